//! One person who does everything a hundred times floods no mailbox, and holds up nobody else's
//! mail.

mod administrator;
mod holder;
mod partner;
mod staff;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use http::Method;
use portico::domain::EmailAddress;
use serde_json::{Value, json};
use tests::{Answer, Browser, Portal, Table};

use self::administrator::Attacker;

/// How often each change is made.
const TIMES: usize = 100;

/// What a mailbox gets in an hour at most, by what the mails are: the defaults of `Limits`.
const LIMITS: [(&str, usize); 4] =
    [("invitations", 20), ("links", 3), ("notices", 20), ("security", 10)];

/// Mailboxes of people who have nothing to do with the account.
const OUTSIDE: &str = "outside.example";

/// Operations that change something and are in no flood: their functions queue no mail.
const QUIET: [(&str, &str); 6] = [
    ("back-channel-logout", "ends sessions"),
    ("end-session", "ends a session"),
    ("forward-sign-in", "redirects"),
    ("show-invitation", "reads what the link of its body is for"),
    ("sign-out", "ends a session"),
    ("unsubscribe", "turns off notices"),
];

/// The operations that are not a GET, with their methods and paths, as the API's document has them.
static CHANGES: LazyLock<Vec<(String, Method, String)>> = LazyLock::new(|| {
    let document: Value =
        yaml_serde::from_str(include_str!("../../infra/openapi.yaml")).expect("YAML");
    let mut changes = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let Some(id) = operation["operationId"].as_str() else { continue };
            let method: Method = method.to_uppercase().parse().expect("a method");
            if method != Method::GET {
                changes.push((id.to_owned(), method, path.clone()));
            }
        }
    }
    changes
});

/// What one person has sent, by operation.
#[derive(Default)]
struct Flood(BTreeMap<&'static str, Sent>);

/// How often a request was sent and did what it asks for.
#[derive(Debug, Default)]
struct Sent {
    times: usize,
    done: usize,
}

impl Flood {
    /// Sends a change, which may be refused but must not fail.
    async fn send(
        &mut self,
        browser: &mut Browser,
        method: Method,
        path: &str,
        body: Value,
    ) -> Answer {
        let bytes = (!body.is_null()).then(|| body.to_string().into_bytes());
        let answer = browser.send(method.clone(), path, bytes).await;
        assert!(answer.status < 500, "{method} {path}: {answer}");
        let sent = self.0.entry(operation(&method, path)).or_default();
        sent.times += 1;
        sent.done += usize::from(answer.status < 300);
        answer
    }

    /// Checks that each of these operations was sent a hundred times, at least once with success.
    fn was_of(&self, operations: &[&str]) {
        for operation in operations {
            let sent = self.0.get(operation).map(|sent| (sent.times >= TIMES, sent.done > 0));
            assert_eq!(sent, Some((true, true)), "{operation}: {:?}", self.0);
        }
    }
}

/// Returns the name of the operation with this method and path.
fn operation(method: &Method, path: &str) -> &'static str {
    let is_at = |template: &str| {
        let (parts, template) = (path.split('/'), template.split('/'));
        parts.clone().count() == template.clone().count()
            && parts.zip(template).all(|(part, named)| named.starts_with('{') || named == part)
    };
    let found = CHANGES.iter().filter(|(_, of, template)| of == method && is_at(template));
    // `/accounts/import` is also an account's path with `import` as its identifier.
    let found = found.min_by_key(|(_, _, template)| template.matches('{').count());
    found.map_or_else(|| panic!("no operation {method} {path}"), |(id, _, _)| id.as_str())
}

/// Returns what a mail counts as.
fn class(kind: &str) -> &'static str {
    match kind {
        "invitation" | "confirm-email" => "invitations",
        "my-link" | "my-links" => "links",
        "linked"
        | "identity-switched"
        | "address-changed"
        | "link-disputed"
        | "administrator-changed"
        | "sign-in-policy-lift" => "security",
        _ => "notices",
    }
}

/// Counts the mails in each mailbox by what they are.
fn received(portal: &Portal) -> BTreeMap<(String, &'static str), usize> {
    let mut received = BTreeMap::new();
    for message in portal.mailbox.messages() {
        let mailbox = EmailAddress::parse(&message.to).expect("an address").mailbox();
        *received.entry((mailbox, class(&message.tags["kind"]))).or_default() += 1;
    }
    received
}

/// Checks that no mailbox got more than its limit of an hour, and returns what each got.
fn within_limits(portal: &Portal) -> BTreeMap<(String, &'static str), usize> {
    let received = received(portal);
    for ((mailbox, class), mails) in &received {
        let (_, limit) = LIMITS.iter().find(|(name, _)| name == class).expect("a limit");
        assert!(mails <= limit, "{mailbox} got {mails} {class}");
    }
    received
}

/// Checks that mail of the account `other` leaves at once.
async fn others_leave(portal: &Portal, other: &str) {
    portal.add(other, "Nina New", "nina@second.example").await;
    assert!(portal.mailbox.newest_to("nina@second.example").is_some(), "another account's leaves");
    let table = Table::of(portal).await;
    for (id, _, mail) in table.items("mail#", "mail") {
        let of_other = mail["cause"]["account"] == other;
        assert!(!of_other || mail["held"].is_null(), "mail {id} of another account waits: {mail}");
    }
}

#[test]
fn each_change_is_in_a_flood_or_queues_no_mail() {
    let floods =
        [administrator::OPERATIONS, holder::OPERATIONS, partner::OPERATIONS, staff::OPERATIONS];
    let mut expected: Vec<_> = floods.concat();
    expected.extend(QUIET.iter().map(|(operation, _)| *operation));
    let listed: BTreeSet<_> = expected.into_iter().collect();
    let all: BTreeSet<_> = CHANGES.iter().map(|(id, _, _)| id.as_str()).collect();
    assert_eq!(all, listed, "add each change to a flood, or to QUIET with its reason");
    for (operation, reason) in QUIET {
        let source = format!("{}/../functions/{operation}/src/lib.rs", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(source).expect("a source");
        for queues in ["outbox_mail(", "mails:", "workflows::invite"] {
            assert!(!source.contains(queues), "{operation} {reason}, but has {queues}");
        }
    }
}

#[tokio::test]
async fn the_tally_names_the_account_whose_mail_bounces_and_holds_only_that() {
    let mut attacker = Attacker::start().await;
    let people = attacker.fixture.people.clone();
    for number in 0..TIMES {
        // The emulated mail service bounces these, each in a mailbox of its own.
        let person = json!({ "name": "No Body", "email": format!("bounce@n{number}.example") });
        attacker.send(Method::POST, &people, person).await;
        let bob = attacker.fixture.member.path.clone();
        let email = json!({ "email": format!("bounce@b{number}.example") });
        attacker.send(Method::PATCH, &bob, email).await;
        if number % 10 == 9 {
            attacker.fixture.portal.report().await;
        }
    }
    let portal = &attacker.fixture.portal;
    let table = Table::of(portal).await;
    for (account, _, counted) in table.items("counts#account#", "2026-11-22") {
        let is_attacker = account == portal.customer;
        assert_eq!(counted["bounced"].as_u64() >= Some(10), is_attacker, "{account}: {counted}");
        assert!(counted["bounced"].as_u64() < Some(60), "it was stopped early: {counted}");
    }
    portal.clock.set(portal.clock.now() + jiff::SignedDuration::from_mins(5));
    portal.add(&attacker.other, "Nina New", "nina@second.example").await;
    assert!(portal.mailbox.newest_to("nina@second.example").is_some(), "another account's leaves");
    portal.add(&portal.customer, "Own Person", "own@customer.example").await;
    assert!(portal.mailbox.newest_to("own@customer.example").is_none(), "the account's own waits");
}
