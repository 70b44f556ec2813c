//! Everybody who calls the API: with permission, without, and no longer with it.

use serde_json::{Value, json};
use tests::{Fixture, Person};

use crate::caller::{Caller, Record};

/// The fixture of this suite with the browsers of its people, whose answers are checked against the
/// document.
pub(crate) struct Callers {
    pub(crate) fixture: Fixture,
    pub(crate) record: Record,
    /// Ada, of the customer.
    pub(crate) administrator: Caller,
    /// Bob, of the customer.
    pub(crate) member: Caller,
    /// Eve, of the customer.
    pub(crate) former_member: Caller,
    /// Luke, of the customer whose plan has lapsed.
    pub(crate) lapsed_administrator: Caller,
    /// Lena, of that customer.
    pub(crate) lapsed_member: Caller,
    /// Pat, of the partner of both.
    pub(crate) partner: Caller,
    /// Stella, of the vendor.
    pub(crate) staff: Caller,
    /// Sid, of the vendor, without a permission.
    pub(crate) reader: Caller,
    /// Vera, of the vendor until her last day.
    pub(crate) former_staff: Caller,
    /// Signed in, but on no list.
    pub(crate) stranger: Caller,
    /// Not signed in.
    pub(crate) anonymous: Caller,
}

impl Callers {
    pub(crate) async fn start() -> Self {
        let fixture = Fixture::builder()
            .customer()
            .former_member()
            .partner()
            .staff()
            .former_staff()
            .lapsed()
            .expired_invitation()
            .second_approval()
            .build()
            .await;
        let reader = fixture.link_colleague(&[]).await;
        let record = Record::new();
        let caller = |person: &Person| record.caller(person.browser.clone());
        Self {
            administrator: caller(&fixture.administrator),
            member: caller(&fixture.member),
            former_member: caller(&fixture.former_member),
            lapsed_administrator: caller(&fixture.lapsed.administrator),
            lapsed_member: caller(&fixture.lapsed.member),
            partner: caller(&fixture.partner),
            staff: caller(&fixture.staff),
            reader: caller(&reader),
            former_staff: caller(&fixture.former_staff),
            stranger: record.caller(fixture.stranger().await),
            anonymous: record.caller(fixture.portal.browser()),
            fixture,
            record,
        }
    }

    /// Signs in again whoever acts at the end, since an old sign-in does not do for everything.
    pub(crate) async fn sign_in_again(&mut self) {
        for (caller, person) in [
            (&mut self.administrator, &self.fixture.administrator),
            (&mut self.partner, &self.fixture.partner),
            (&mut self.staff, &self.fixture.staff),
        ] {
            caller.browser = self.fixture.portal.sign_in(&person.name, &person.email).await;
        }
    }

    /// Signs in a person again, for another session.
    pub(crate) async fn sign_in(&self, name: &str) -> Caller {
        self.record.caller(self.fixture.portal.sign_in(name, &email(name)).await)
    }

    /// Invokes a function as an operator and checks its answer against the document.
    pub(crate) async fn operate(&self, function: &str, path: &[&str], body: Value) -> Value {
        let path: Value = ["account", "professional"]
            .into_iter()
            .map(str::to_owned)
            .zip(path.iter().copied().map(Value::from))
            .collect();
        let event = json!({ "path": path, "body": body });
        let answer = self.fixture.portal.operator(function, event).await;
        self.record.check_direct(function, &answer);
        answer["body"].clone()
    }
}

/// Returns the address of a person whom a test adds.
pub(crate) fn email(name: &str) -> String {
    format!("{}@people.example", name.to_lowercase().replace(' ', "."))
}
