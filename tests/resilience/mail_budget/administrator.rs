//! An administrator who turns everything that they may do against others.

use http::Method;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture};

use super::{Flood, OUTSIDE, TIMES, others_leave, within_limits};

/// What the administrator does a hundred times.
pub(super) const OPERATIONS: &[&str] = &[
    "ask-for-access",
    "assign-roles",
    "change-grant",
    "decide-access-request",
    "delete-professional",
    "import-professionals",
    "invite",
    "request-links",
    "resend-invitations",
    "restore-professional",
    "revoke-invitation",
    "send-invitation",
    "update-professional",
    "withdraw-access-request",
];

const REQUESTS: &str = "/api/access-requests";

/// The customer's administrator, who turns everything against others.
pub(super) struct Attacker {
    pub(super) fixture: Fixture,
    /// What they have sent.
    flood: Flood,
    /// Another customer, whose administrator is asked for access.
    pub(super) other: String,
    /// Somebody who was invited and does not react.
    invited: String,
    /// Their second identity, which asks for access to their own account.
    second: Browser,
    /// The newest of their requests for access.
    asked: String,
    /// The newest of the requests that they decide on.
    asked_of_them: String,
}

impl Attacker {
    pub(super) async fn start() -> Self {
        let fixture = Fixture::builder().customer().partner().build().await;
        let portal = &fixture.portal;
        let other = portal.create_customer("Second Customer").await;
        portal.linked(&other, "Sue Second", "sue@second.example").await;
        let invited = fixture.invited("Vic Tim", &format!("victim@{OUTSIDE}")).await;
        // Profiles of one mailbox in many accounts.
        for number in 0..12 {
            let account = portal.create_customer(&format!("Customer {number}")).await;
            let person = json!({
                "name": "Mia Many", "email": format!("many@{OUTSIDE}"), "send_invitation": false,
            });
            portal.add_with(&account, person).await;
        }
        let second = fixture.stranger().await;
        Self {
            fixture,
            flood: Flood::default(),
            other,
            invited,
            second,
            asked: String::new(),
            asked_of_them: String::new(),
        }
    }

    /// Makes every change once, the `number`th time.
    async fn do_everything(&mut self, number: usize) {
        for (method, path, body) in self.changes(number) {
            self.send(method, &path, body).await;
        }
        // Added, deleted, restored, and invited by that again.
        let person = json!({
            "name": "Res Tored", "email": format!("victim+restored{number}@{OUTSIDE}"),
        });
        let people = self.fixture.people.clone();
        let added = self.send(Method::POST, &people, person).await;
        if let Some(id) = added.body["professional"].as_str() {
            let path = self.fixture.person(id);
            self.send(Method::DELETE, &path, Value::Null).await;
            self.send(Method::POST, &format!("{path}/restore"), Value::Null).await;
            self.send(Method::POST, &format!("{path}/invitation"), Value::Null).await;
        }
        self.withdraw_and_decide().await;
    }

    /// Withdraws the request of this round, and approves the one of the second identity. Both can
    /// ask only a few times in an hour; afterwards the newest is withdrawn and approved again.
    async fn withdraw_and_decide(&mut self) {
        let open = |answer: &Answer| {
            let open = answer.items().iter().find(|item| item["state"] == "open");
            open.and_then(|item| item["request"].as_str()).map(str::to_owned)
        };
        if let Some(asked) = open(&self.fixture.administrator.get(REQUESTS).await) {
            self.asked = asked;
        }
        self.send(Method::DELETE, &format!("{REQUESTS}/{}", self.asked), Value::Null).await;
        let ask = json!({
            "organisation": "Example Customer", "name": "Call Now",
            "email": format!("victim@{OUTSIDE}"),
        });
        self.flood.send(&mut self.second, Method::POST, REQUESTS, ask).await;
        let of_account = format!("{REQUESTS}?account={}", self.fixture.portal.customer);
        if let Some(asked) = open(&self.fixture.administrator.get(&of_account).await) {
            self.asked_of_them = asked;
        }
        let decision = format!("/access-requests/{}/decision", self.asked_of_them);
        let decision = self.fixture.customer_path(&decision);
        self.send(Method::POST, &decision, json!({ "decision": "approve" })).await;
    }

    fn changes(&self, number: usize) -> Vec<(Method, String, Value)> {
        let fixture = &self.fixture;
        let is_even = number.is_multiple_of(2);
        let either = |even: &str, odd: &str| if is_even { even.to_owned() } else { odd.to_owned() };
        let (ada, bob) = (&fixture.administrator, &fixture.member);
        let administrators = if is_even { vec![&ada.id, &bob.id] } else { vec![&ada.id] };
        let toggled = |inside: &str| either(&format!("victim+{number}@{OUTSIDE}"), inside);
        vec![
            (Method::PATCH, ada.path.clone(), json!({ "email": toggled(&ada.email) })),
            (Method::PATCH, bob.path.clone(), json!({ "email": toggled(&bob.email) })),
            // Digests and single notices alike.
            (
                Method::PATCH,
                ada.path.clone(),
                json!({ "mail_preferences": { "partners": either("daily", "at_once") } }),
            ),
            (
                Method::PATCH,
                fixture.person(&self.invited),
                json!({ "title": format!("No {number}"), "send_invitation": true }),
            ),
            (
                Method::PUT,
                fixture.customer_path("/grant"),
                json!({ "grant": either("view", "manage_people") }),
            ),
            (
                Method::PUT,
                fixture.roles.clone(),
                json!({
                    "administrators": administrators, "billing_contact": ada.id,
                    "shipping_contact": ada.id,
                }),
            ),
            (
                Method::POST,
                fixture.people.clone(),
                json!({ "name": "New Person", "email": format!("victim+new{number}@{OUTSIDE}") }),
            ),
            (
                Method::POST,
                format!("{}/import", fixture.people),
                json!({ "rows": [{
                    "name": "Ivy Import", "email": format!("v.ictim+i{number}@{OUTSIDE}"),
                }] }),
            ),
            (Method::POST, fixture.invitation(&self.invited), Value::Null),
            (Method::POST, ada.invitation.clone(), Value::Null),
            (
                Method::POST,
                fixture.customer_path("/invitations"),
                json!({ "before": fixture.portal.clock.now().to_string() }),
            ),
            (Method::DELETE, fixture.invitation(&self.invited), Value::Null),
            (
                Method::POST,
                "/api/links/requests".to_owned(),
                json!({ "email": format!("many@{OUTSIDE}") }),
            ),
            (
                Method::POST,
                REQUESTS.to_owned(),
                json!({
                    "organisation": "Second Customer", "name": "Call Now",
                    "email": format!("victim@{OUTSIDE}"),
                }),
            ),
        ]
    }

    pub(super) async fn send(&mut self, method: Method, path: &str, body: Value) -> Answer {
        self.flood.send(&mut self.fixture.administrator.browser, method, path, body).await
    }
}

#[tokio::test]
async fn no_mailbox_gets_more_than_its_limit_and_no_other_account_waits() {
    let mut attacker = Attacker::start().await;
    for number in 0..TIMES {
        attacker.do_everything(number).await;
        if number % 10 == 9 {
            attacker.fixture.portal.deliver().await;
        }
    }
    attacker.flood.was_of(OPERATIONS);
    let portal = &attacker.fixture.portal;
    let received_within_the_hour = within_limits(portal);
    let victim = format!("victim@{OUTSIDE}");
    assert_eq!(received_within_the_hour[&(victim.clone(), "invitations")], 20, "the limit counts");
    assert!(
        received_within_the_hour.get(&(victim, "security")).is_none_or(|mails| *mails <= 1),
        "nobody has proved this mailbox"
    );
    let many = received_within_the_hour[&(format!("many@{OUTSIDE}"), "links")];
    assert!((1..=3).contains(&many), "many links come in one mail: {many}");

    others_leave(portal, &attacker.other).await;
}
