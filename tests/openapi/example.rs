//! Accounts for the document's examples, and the examples with real identifiers in place of theirs.

use serde_json::{Value, json};
use tests::{Browser, Fixture, Person};

// The identifiers in the document's examples.
const ACCOUNT: &str = "01JD5QK3Y4N8T7W2V6X0Z9B1CA";
const PARTNER: &str = "01JD5QGM2R7C4K9H3T8E5W1ZPA";
const ADA: &str = "01JD5QK3Y5A1D2A3R4V5E6X7AD";
const BOB: &str = "01JD7H2M8BB0B1C2D3E4F5G6BB";
const SECRET: &str = "q3Zk9VwT5uYb2NcX8mR1sD4gH7jL0pF6aE_iOKxQyUt";

/// Creates an account for each example.
pub(crate) struct Examples {
    pub(crate) fixture: Fixture,
    accounts: u32,
}

/// A customer with two professionals; one holds every role.
pub(crate) struct ExampleAccount {
    pub(crate) account: String,
    pub(crate) bob: String,
    /// The second parameter of a path: Bob, a request for access or an appointment.
    pub(crate) item: String,
    /// Sends the examples that staff may not, since staff only appoint administrators.
    pub(crate) administrator: Option<Browser>,
    ada: String,
    partner: String,
    /// The token of Bob's invitation, or, once he is linked, of the notice.
    token: String,
}

impl Examples {
    pub(crate) async fn start() -> Self {
        Self { fixture: Fixture::builder().staff().second_approval().build().await, accounts: 0 }
    }

    /// Creates a customer for an example of `operation`; each example has its own, so that examples
    /// do not affect each other.
    pub(crate) async fn account(&mut self, operation: &str) -> ExampleAccount {
        self.accounts += 1;
        let (portal, number) = (&self.fixture.portal, self.accounts);
        if operation == "decide-account" {
            return self.waiting(number).await;
        }
        let account = portal.create_customer(&format!("Customer {number}")).await;
        let ada = portal.add(&account, "Ada Lovelace", &format!("ada-{number}@old.example")).await;
        let mailbox = format!("bob-{number}@old.example");
        let bob = portal.add(&account, "Bob Babbage", &mailbox).await;
        if operation == "dispute-link" {
            portal
                .follow_invitation(
                    &mailbox,
                    "Somebody Else",
                    &format!("mallory-{number}@old.example"),
                )
                .await;
        }
        let item = match operation {
            "decide-access-request" => self.ask(number, &account).await,
            "decide-appointment" => self.appoint(number, &account, &bob).await,
            _ => bob.clone(),
        };
        let portal = &self.fixture.portal;
        let mailbox_of_ada = format!("ada-{number}@old.example");
        let mut token = portal.token(&mailbox);
        let administrator = match operation {
            "confirm-email" => {
                let mut browser = portal.follow_invitation(&mailbox, "Bob Babbage", &mailbox).await;
                let new = format!("bob-{number}@new.example");
                let profile = format!("/api/accounts/{account}/professionals/{bob}");
                let asked = browser.patch(&profile, json!({ "email": new })).await;
                assert_eq!(asked.status, 200, "{asked}");
                portal.deliver().await;
                token = portal.token(&new);
                Some(browser)
            }
            "change-sign-in-policy" => {
                // Several factors, and an address at the domain of the example.
                let address = format!("ada-{number}@customer.example");
                let browser =
                    portal.follow_invitation(&mailbox_of_ada, "Ada Lovelace", &address).await;
                portal.assert_factors(&browser, true).await;
                portal.vouch_for_address(&browser, true).await;
                Some(browser)
            }
            "assign-roles" | "invite" | "import-professionals" => Some(
                portal
                    .follow_invitation(
                        &mailbox_of_ada,
                        "Ada Lovelace",
                        &format!("ada-{number}@home.example"),
                    )
                    .await,
            ),
            _ => None,
        };
        ExampleAccount {
            account,
            bob,
            item,
            administrator,
            ada,
            partner: portal.partner.clone(),
            token,
        }
    }

    /// Creates a customer as the partner, which waits for staff.
    async fn waiting(&self, number: u32) -> ExampleAccount {
        let portal = &self.fixture.portal;
        let email = format!("pat-{number}@partner.example");
        let mut partner = Person::link(portal, &portal.partner, "Pat Partner", &email).await;
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
        let new = json!({
            "name": format!("Customer {number}"), "kind": "customer", "partner": portal.partner,
            "plan": plan,
        });
        let created = partner.post("/api/accounts", new).await;
        let account = created.body["account"].as_str().expect("an account").to_owned();
        ExampleAccount {
            account,
            bob: String::new(),
            item: String::new(),
            administrator: None,
            ada: String::new(),
            partner: portal.partner.clone(),
            token: String::new(),
        }
    }

    /// Appoints Bob as the partner, which staff must approve.
    async fn appoint(&self, number: u32, account: &str, bob: &str) -> String {
        let portal = &self.fixture.portal;
        let email = format!("pat-{number}@partner.example");
        let mut partner = Person::link(portal, &portal.partner, "Pat Partner", &email).await;
        let asked = partner
            .post(&format!("/api/accounts/{account}/appointments"), json!({ "professional": bob }))
            .await;
        assert_eq!(asked.status, 202, "{asked}");
        asked.body["appointment"]["appointment"].as_str().expect("an appointment").to_owned()
    }

    /// Asks for access to the customer with this number.
    async fn ask(&mut self, number: u32, account: &str) -> String {
        let mut asking =
            self.fixture.portal.sign_in("Nina New", &format!("nina-{number}@home.example")).await;
        let body = json!({
            "organisation": format!("Customer {number}"), "name": "Nina New",
            "email": format!("nina-{number}@old.example"),
        });
        assert_eq!(asking.post("/api/access-requests", body).await.status, 202);
        self.fixture.portal.deliver().await;
        let listed =
            self.fixture.staff.get(&format!("/api/access-requests?account={account}")).await;
        listed.items()[0]["request"].as_str().expect("a request").to_owned()
    }
}

impl ExampleAccount {
    /// Returns the example with the real identifiers in place of its own.
    pub(crate) fn fill(&self, example: &Value) -> Value {
        match example {
            Value::String(text) if text.ends_with(SECRET) => self.token.clone().into(),
            Value::String(text) => match text.as_str() {
                ACCOUNT => self.account.clone(),
                PARTNER => self.partner.clone(),
                ADA => self.ada.clone(),
                BOB => self.bob.clone(),
                other => other.to_owned(),
            }
            .into(),
            Value::Array(items) => items.iter().map(|item| self.fill(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, member)| (name.clone(), self.fill(member))).collect()
            }
            other => other.clone(),
        }
    }
}
