//! What the files of this suite share: an account with people in it, and answers made comparable.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde_json::{Value, json};
use tests::{Answer, Browser, Portal};

/// The customer's account with two linked professionals. It is noon, so that no day or hour ends during a test.
pub(crate) struct Office {
    pub(crate) portal: Portal,
    /// The first professional: administrator, billing and shipping contact.
    pub(crate) ada: Member,
    /// Holds no role.
    pub(crate) bob: Member,
    pub(crate) account: String,
    pub(crate) people: String,
    pub(crate) roles: String,
    pub(crate) activity: String,
}

/// A linked professional with the browser they are signed in with.
pub(crate) struct Member {
    pub(crate) id: String,
    /// Where the profile is.
    pub(crate) path: String,
    /// Where the profile's invitation is.
    pub(crate) invitation: String,
    pub(crate) browser: Browser,
}

/// Everything in the table, by key.
pub(crate) type Table = BTreeMap<(String, String), HashMap<String, AttributeValue>>;

impl Office {
    pub(crate) async fn open() -> Self {
        Self::around(start().await).await
    }

    /// Opens it in a portal that runs.
    pub(crate) async fn around(portal: Portal) -> Self {
        let account = account(&portal.customer);
        let ada =
            Member::link(&portal, &portal.customer, "Ada Lovelace", "ada@customer.example").await;
        let bob =
            Member::link(&portal, &portal.customer, "Bob Builder", "bob@customer.example").await;
        let [people, roles, activity] =
            ["professionals", "roles", "activity"].map(|it| format!("{account}/{it}"));
        Self { portal, ada, bob, account, people, roles, activity }
    }

    /// Adds a professional who is not linked and returns it without opening a browser for it.
    pub(crate) async fn invited(&self, name: &str, email: &str) -> String {
        self.portal.add(&self.portal.customer, name, email).await
    }

    pub(crate) fn person(&self, id: &str) -> String {
        person(&self.portal.customer, id)
    }

    pub(crate) fn invitation(&self, id: &str) -> String {
        format!("{}/invitation", self.person(id))
    }

    /// Somebody of the partner of record; its first, so its administrator.
    pub(crate) async fn partner(&self) -> Member {
        Member::link(&self.portal, &self.portal.partner, "Pat Partner", "pat@partner.example").await
    }

    /// Somebody of the vendor; its first, so its administrator.
    pub(crate) async fn staff(&self) -> Member {
        Member::link(&self.portal, Portal::VENDOR, "Stella Staff", "stella@vendor.example").await
    }

    /// Somebody signed in whom no account knows.
    pub(crate) async fn stranger(&self) -> Browser {
        self.portal.sign_in("Sam Stranger", "sam@stranger.example").await
    }

    /// Reads a professional as Ada sees it.
    pub(crate) async fn seen(&mut self, id: &str) -> Value {
        let path = self.person(id);
        let answer = self.ada.browser.get(&path).await;
        assert_eq!(answer.status, 200, "{answer}");
        answer.body
    }

    /// Reads the newest item of the account's activity list as Ada sees it.
    pub(crate) async fn newest_activity(&mut self) -> Value {
        let answer = self.ada.browser.get(&self.activity).await;
        answer.items()[0].clone()
    }
}

impl Member {
    /// Adds a professional and follows the invitation with an identity of the same address.
    pub(crate) async fn link(portal: &Portal, account: &str, name: &str, email: &str) -> Self {
        let (id, browser) = portal.linked(account, name, email).await;
        let path = person(account, &id);
        Self { invitation: format!("{path}/invitation"), id, path, browser }
    }
}

/// Starts a portal at noon.
pub(crate) async fn start() -> Portal {
    Portal::start().await
}

pub(crate) fn account(id: &str) -> String {
    format!("/api/accounts/{id}")
}

pub(crate) fn people(account: &str) -> String {
    format!("/api/accounts/{account}/professionals")
}

pub(crate) fn person(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}")
}

/// An operator's event about an account, or about a professional in it.
pub(crate) fn event(account: &str, professional: Option<&str>, body: Value) -> Value {
    let mut event = json!({ "path": { "account": account } });
    if let Some(professional) = professional {
        event["path"]["professional"] = professional.into();
    }
    event["body"] = body;
    event
}

/// Reads the whole table, past everything that stands between the functions and it.
pub(crate) async fn table(portal: &Portal) -> Table {
    let mut all = Table::new();
    let mut start = None;
    loop {
        let page = portal
            .dynamodb
            .scan()
            .table_name(&portal.table)
            .set_exclusive_start_key(start)
            .send()
            .await
            .expect("the table");
        for item in page.items.unwrap_or_default() {
            let [pk, sk] = ["pk", "sk"].map(|it| item[it].as_s().expect("a string").clone());
            all.insert((pk, sk), item);
        }
        start = page.last_evaluated_key;
        if start.is_none() {
            return all;
        }
    }
}

/// Asserts that the table is as it was.
pub(crate) async fn assert_unchanged(portal: &Portal, before: &Table) {
    let after = table(portal).await;
    let changed =
        before.iter().filter(|(key, item)| after.get(key) != Some(item)).map(|(key, _)| key);
    let added = after.keys().filter(|key| !before.contains_key(key));
    let differing: Vec<_> = changed.chain(added).collect();
    assert!(differing.is_empty(), "these items changed: {differing:?}");
}

/// Uses a mailed link.
pub(crate) async fn link(browser: &mut Browser, token: &str) -> Answer {
    browser.post("/api/links", json!({ "token": token })).await
}

/// Counts the mails sent so far, after everything in the outbox has left.
pub(crate) async fn mails(portal: &Portal) -> usize {
    portal.deliver().await;
    portal.mailbox.messages().len()
}

/// Lists the addresses that mails of a kind went to, in order.
pub(crate) fn told(portal: &Portal, kind: &str) -> Vec<String> {
    let mut told: Vec<_> = portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|it| it.tags["kind"] == kind)
        .map(|it| it.to)
        .collect();
    told.sort();
    told
}

/// Spells an answer without what differs from run to run: status, content type and body.
pub(crate) fn shown(answer: &Answer) -> String {
    Answer { body: tidied(answer.body.clone(), &mut Vec::new()), ..answer.clone() }.to_string()
}

/// Spells a value without what differs from run to run.
pub(crate) fn shown_value(value: &Value) -> String {
    serde_json::to_string_pretty(&tidied(value.clone(), &mut Vec::new())).expect("JSON")
}

/// Numbers identifiers in the order they appear, and hides times.
fn tidied(value: Value, ids: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) if text.parse::<Timestamp>().is_ok() => "[time]".into(),
        Value::String(text) if is_id(&text) => {
            let number = ids.iter().position(|it| *it == text).unwrap_or(ids.len());
            if number == ids.len() {
                ids.push(text);
            }
            format!("[id {}]", number + 1).into()
        }
        Value::Array(items) => items.into_iter().map(|it| tidied(it, ids)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, it)| (name, tidied(it, ids))).collect()
        }
        other => other,
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 26
        && text != Portal::VENDOR
        && text.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase())
}
