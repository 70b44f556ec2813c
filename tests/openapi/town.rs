//! Everybody there is to call the API: those who may, those who may not, and those who no longer may.

use local::Options;
use serde_json::{Value, json};
use tests::Portal;

use crate::caller::{Caller, Record};

/// A portal on 2026-12-10, when some invitation has expired, some end date has passed and some plan has lapsed.
pub(crate) struct Town {
    pub(crate) portal: Portal,
    pub(crate) record: Record,
    /// Administrator, billing and shipping contact of the customer.
    pub(crate) ada: Person,
    /// Of the customer, without a role.
    pub(crate) bob: Person,
    /// Of the customer; her last day has passed.
    pub(crate) eve: Person,
    /// Administrator and contacts of an account whose plan has lapsed.
    pub(crate) luke: Person,
    /// Of that account, without a role.
    pub(crate) lena: Person,
    /// Of the partner of both.
    pub(crate) pat: Person,
    /// Of the vendor.
    pub(crate) stella: Person,
    /// Signed in; no account knows him.
    pub(crate) stranger: Caller,
    /// Not signed in.
    pub(crate) nobody: Caller,
    /// The account whose plan has lapsed.
    pub(crate) lapsed: String,
    /// The token of an invitation to the customer that has expired.
    pub(crate) expired: String,
}

/// A linked professional and how it calls.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) caller: Caller,
}

impl Town {
    pub(crate) async fn settle() -> Self {
        let (portal, record) = (
            Portal::start_with(Options { second_approval: true, ..Options::default() }).await,
            Record::new(),
        );
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-30" });
        let body = json!({ "name": "Late Customer", "kind": "customer", "partner": portal.partner, "plan": plan });
        let lapsed = portal.create_account(body).await;
        let people = [
            ("Ada Lovelace", &portal.customer),
            ("Bob Babbage", &portal.customer),
            ("Eve Gone", &portal.customer),
            ("Luke Late", &lapsed),
            ("Lena Late", &lapsed),
            ("Pat Partner", &portal.partner),
            ("Stella Staff", &Portal::VENDOR.to_owned()),
        ];
        let mut ids = Vec::new();
        for (name, account) in people {
            ids.push(portal.linked(account, name, &mailbox(name)).await.0);
        }
        let [ada, bob, eve, luke, lena, pat, stella] = ids.try_into().expect("seven");
        portal.add(&portal.customer, "Olga Old", &mailbox("Olga Old")).await;
        let expired = portal.token(&mailbox("Olga Old"));
        operate(
            &portal,
            &record,
            "update-professional",
            &[&portal.customer, &eve],
            json!({ "ends_on": "2026-11-25" }),
        )
        .await;
        let vera = portal.linked(Portal::VENDOR, "Vera Gone", &mailbox("Vera Gone")).await.0;
        operate(
            &portal,
            &record,
            "update-professional",
            &[Portal::VENDOR, &vera],
            json!({ "ends_on": "2026-11-25" }),
        )
        .await;

        portal.set_today("2026-12-10");
        let town = (&portal, &record);
        Self {
            ada: Person { id: ada, caller: sign_in(town, "Ada Lovelace").await },
            bob: Person { id: bob, caller: sign_in(town, "Bob Babbage").await },
            eve: Person { id: eve, caller: sign_in(town, "Eve Gone").await },
            luke: Person { id: luke, caller: sign_in(town, "Luke Late").await },
            lena: Person { id: lena, caller: sign_in(town, "Lena Late").await },
            pat: Person { id: pat, caller: sign_in(town, "Pat Partner").await },
            stella: Person { id: stella, caller: sign_in(town, "Stella Staff").await },
            stranger: sign_in(town, "Sam Stranger").await,
            nobody: record.caller(portal.browser()),
            portal,
            record,
            lapsed,
            expired,
        }
    }

    /// Signs in as somebody, for as many sessions as are needed.
    pub(crate) async fn sign_in(&self, name: &str) -> Caller {
        sign_in((&self.portal, &self.record), name).await
    }

    /// Invokes a function as an operator.
    pub(crate) async fn operate(&self, function: &str, path: &[&str], body: Value) -> Value {
        operate(&self.portal, &self.record, function, path, body).await
    }
}

/// Returns the address that somebody of this name has.
pub(crate) fn mailbox(name: &str) -> String {
    format!("{}@people.example", name.to_lowercase().replace(' ', "."))
}

async fn sign_in((portal, record): (&Portal, &Record), name: &str) -> Caller {
    record.caller(portal.sign_in(name, &mailbox(name)).await)
}

async fn operate(
    portal: &Portal,
    record: &Record,
    function: &str,
    path: &[&str],
    body: Value,
) -> Value {
    let path: Value = ["account", "professional"]
        .into_iter()
        .map(str::to_owned)
        .zip(path.iter().copied().map(Value::from))
        .collect();
    let answer = portal.operator(function, json!({ "path": path, "body": body })).await;
    record.check_direct(function, &answer);
    answer["body"].clone()
}
