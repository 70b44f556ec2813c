//! One person who does everything a hundred times floods no mailbox, and holds up nobody else's
//! mail.

use std::collections::BTreeMap;

use http::Method;
use portico::domain::EmailAddress;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

/// How often each change is made.
const TIMES: usize = 100;

/// What a mailbox gets in an hour at most, by what the mails are: the defaults of `Limits`.
const LIMITS: [(&str, usize); 4] =
    [("invitations", 20), ("links", 3), ("notices", 20), ("security", 10)];

/// Mailboxes of people who have nothing to do with the account.
const OUTSIDE: &str = "outside.example";

/// The customer's administrator, who turns everything against others.
struct Attacker {
    fixture: Fixture,
    /// Another customer, whose administrator is asked for access.
    other: String,
    /// Somebody who was invited and does not react.
    invited: String,
}

impl Attacker {
    async fn start() -> Self {
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
        Self { fixture, other, invited }
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
        let added = self.fixture.administrator.post(&people, person).await;
        if let Some(id) = added.body["professional"].as_str() {
            let path = self.fixture.person(id);
            self.send(Method::DELETE, &path, Value::Null).await;
            self.send(Method::POST, &format!("{path}/restore"), Value::Null).await;
            self.send(Method::POST, &format!("{path}/invitation"), Value::Null).await;
        }
        let listed = self.fixture.administrator.get("/api/access-requests").await;
        let open = listed.items().iter().find(|item| item["state"] == "open");
        if let Some(id) = open.and_then(|item| item["request"].as_str()) {
            self.send(Method::DELETE, &format!("/api/access-requests/{id}"), Value::Null).await;
        }
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
                "/api/access-requests".to_owned(),
                json!({
                    "organisation": "Second Customer", "name": "Call Now",
                    "email": format!("victim@{OUTSIDE}"),
                }),
            ),
        ]
    }

    async fn send(&mut self, method: Method, path: &str, body: Value) {
        let body = (!body.is_null()).then(|| body.to_string().into_bytes());
        let answer = self.fixture.administrator.browser.send(method.clone(), path, body).await;
        assert!(answer.status < 500, "{method} {path}: {answer}");
    }
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
        | "administrator-changed" => "security",
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

#[tokio::test]
async fn no_mailbox_gets_more_than_its_limit_and_no_other_account_waits() {
    let mut attacker = Attacker::start().await;
    for number in 0..TIMES {
        attacker.do_everything(number).await;
        if number % 10 == 9 {
            attacker.fixture.portal.deliver().await;
        }
    }
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

#[tokio::test]
async fn a_partner_floods_nobody_either() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let portal = &fixture.portal;
    let other = portal.create_customer("Second Customer").await;
    portal.linked(&other, "Sue Second", "sue@second.example").await;
    let mut pat = fixture.link_partner().await;
    let appointments = fixture.customer_path("/appointments");
    let [ada, bob] = [&fixture.administrator, &fixture.member].map(|person| person.id.as_str());
    let mut statuses = BTreeMap::<_, usize>::new();
    for number in 0..TIMES {
        let [to, from] = if number.is_multiple_of(2) { [bob, ada] } else { [ada, bob] };
        let victim = format!("victim+{number}@{OUTSIDE}");
        let appointment = json!({
            "professional": to, "in_place_of": [from], "email": victim, "reason": "Changed again.",
        });
        let created = json!({
            "name": format!("Invented {number}"), "kind": "customer", "partner": portal.partner,
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
            "first_professional": { "name": "Vic Tim", "email": victim },
        });
        let invited = json!({ "name": "Vic Tim", "email": format!("victim+n{number}@{OUTSIDE}") });
        let mut change = async |path: &str, body: Value| {
            let answer = pat.post(path, body).await;
            assert!(answer.status < 500, "{path}: {answer}");
            *statuses
                .entry((path.rsplit('/').next().map(str::to_owned), answer.status))
                .or_default() += 1;
            answer
        };
        change(&appointments, appointment).await;
        change(&fixture.people, invited).await;
        let answer = change("/api/accounts", created).await;
        if let Some(account) = answer.body["account"].as_str().filter(|_| answer.status == 201) {
            let withdrawn = json!({ "decision": "withdraw", "version": 1 });
            change(&format!("/api/accounts/{account}/decision"), withdrawn).await;
        }
        if number % 10 == 9 {
            portal.deliver().await;
        }
    }
    for path in ["appointments", "professionals", "accounts", "decision"] {
        let done = [200, 201, 204].map(|status| statuses.get(&(Some(path.to_owned()), status)));
        assert!(done.iter().flatten().any(|times| **times > 0), "{path}: {statuses:?}");
    }
    within_limits(portal);
    others_leave(portal, &other).await;
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
