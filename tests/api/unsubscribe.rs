//! Turning notices off from a mail: with the one click of a mail program (RFC 8058), and on the
//! page that a person opens.

use http::Method;
use jiff::SignedDuration;
use local::Message;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, Table, operator_event};

use crate::deliver_mail::digests::{choose, deliver_at, mailed};

const PAT: &str = "pat@partner.example";

/// Returns the address in a mail's List-Unsubscribe header.
pub(crate) fn address(portal: &Portal, mail: &Message) -> String {
    let header = &mail.headers["List-Unsubscribe"];
    assert_eq!(mail.headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click");
    let url = header.strip_prefix('<').and_then(|url| url.strip_suffix('>')).expect("an address");
    url.strip_prefix(&portal.url).expect("of this site").to_owned()
}

/// Opens what a mail program's server is: without the header and the cookies of the portal's pages.
pub(crate) fn mail_program(portal: &Portal) -> Browser {
    let mut browser = portal.browser();
    browser.headers.clear();
    browser
}

async fn click(portal: &Portal, address: &str) -> Answer {
    let body = b"List-Unsubscribe=One-Click".to_vec();
    mail_program(portal).send(Method::POST, address, Some(body)).await
}

/// A portal whose partner got a notice that its permissions changed.
pub(crate) async fn notified() -> (Fixture, Message) {
    let mut fixture = Fixture::builder().customer().partner().build().await;
    let path = fixture.customer_path("/grant");
    assert_eq!(fixture.administrator.put(&path, json!({ "grant": "view" })).await.status, 200);
    fixture.portal.deliver().await;
    let mail = mailed(&fixture.portal, "grant-changed", PAT).remove(0);
    (fixture, mail)
}

async fn frequency(fixture: &mut Fixture, group: &str) -> Value {
    let path = fixture.partner.path.clone();
    let shown = fixture.partner.get(&path).await;
    let own = shown.body["you"]["mail_preferences"].as_array().expect("one's own").clone();
    own.iter().find(|one| one["notices"] == group).expect("the group")["frequency"].clone()
}

#[tokio::test]
async fn one_click_turns_the_group_off_and_a_second_changes_nothing() {
    let (mut fixture, mail) = notified().await;
    let address = address(&fixture.portal, &mail);
    let answer = click(&fixture.portal, &address).await;
    assert_eq!((answer.status, answer.body), (200, json!({})));
    assert_eq!(frequency(&mut fixture, "partners").await, "never");
    assert_eq!(frequency(&mut fixture, "plans").await, "at_once", "no other group");

    let before = Table::of(&fixture.portal).await;
    assert_eq!(click(&fixture.portal, &address).await.status, 200);
    before.assert_unchanged(&fixture.portal).await;
    let path = fixture.customer_path("/grant");
    let widened = json!({ "grant": "manage_people" });
    assert_eq!(fixture.administrator.put(&path, widened).await.status, 200);
    fixture.portal.deliver().await;
    assert_eq!(mailed(&fixture.portal, "grant-changed", PAT).len(), 1, "no more");

    let activity = format!("/api/accounts/{}/activity", fixture.portal.partner);
    let listed = fixture.partner.get(&activity).await;
    let event = &listed.items()[0];
    assert_eq!(event["event"]["type"], "mail-preferences-changed", "{listed}");
    assert_eq!(event["actor"]["as"], "mailbox", "{listed}");
}

#[tokio::test]
async fn a_mail_to_an_earlier_address_turns_nothing_off() {
    let (mut fixture, mail) = notified().await;
    let address = address(&fixture.portal, &mail);
    let event = operator_event(
        &fixture.portal.partner,
        Some(&fixture.partner.id),
        json!({ "email": "pat@moved.example" }),
    );
    assert_eq!(fixture.portal.operator("UpdateProfessional", event).await["status"], 200);
    assert_eq!(click(&fixture.portal, &address).await.status, 200);
    assert_eq!(frequency(&mut fixture, "partners").await, "at_once");
}

#[tokio::test]
async fn a_mail_from_before_a_dispute_turns_nothing_off_afterwards() {
    let (fixture, mail) = notified().await;
    let address = address(&fixture.portal, &mail);
    let notice = tests::link_token(&mailed(&fixture.portal, "linked", PAT).remove(0));
    let browser = &mut fixture.portal.browser();
    assert_eq!(browser.post("/api/links/disputes", json!({ "token": notice })).await.status, 200);
    let before = Table::of(&fixture.portal).await;
    assert_eq!(click(&fixture.portal, &address).await.status, 200);
    before.assert_unchanged(&fixture.portal).await;
    let clock = &fixture.portal.clock;
    clock.set(clock.now() + SignedDuration::from_secs(1));
    let event = operator_event(&fixture.portal.partner, Some(&fixture.partner.id), Value::Null);
    assert_eq!(fixture.portal.operator("SendInvitation", event).await["status"], 200);
    fixture.portal.deliver().await;
    let before = Table::of(&fixture.portal).await;
    assert_eq!(click(&fixture.portal, &address).await.status, 200);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_wrong_token_is_answered_the_same_and_changes_nothing() {
    let (mut fixture, mail) = notified().await;
    let path = fixture.customer_path("/grant");
    let widened = json!({ "grant": "manage_people" });
    assert_eq!(fixture.administrator.put(&path, widened).await.status, 200);
    fixture.portal.deliver().await;
    let other = address(&fixture.portal, &mailed(&fixture.portal, "grant-changed", PAT)[0]);
    let address = address(&fixture.portal, &mail);
    let (start, token) = address.split_once("token=").expect("a token");
    let parts: Vec<_> = token.split('.').collect();
    let [id, account, professional, secret] = parts[..] else { panic!("four parts") };
    let other = other.split_once("token=").expect("a token").1.to_owned();
    let other_secret = other.split('.').next_back().expect("a secret");
    let before = Table::of(&fixture.portal).await;
    let unknown = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    for token in [
        // Forged.
        format!("{id}.{account}.{professional}.{}", "s".repeat(43)),
        // Of another mail.
        format!("{id}.{account}.{professional}.{other_secret}"),
        // For somebody else.
        format!("{id}.{}.{}.{secret}", fixture.portal.customer, fixture.administrator.id),
        format!("{id}.{account}.{unknown}.{secret}"),
        format!("{unknown}.{account}.{professional}.{secret}"),
    ] {
        let answer = click(&fixture.portal, &format!("{start}token={token}")).await;
        assert_eq!((answer.status, answer.body), (200, json!({})), "{token}");
    }
    for token in ["", "half", &format!("{id}.{account}.{professional}"), &format!("{token}.x")] {
        let answer = click(&fixture.portal, &format!("{start}token={token}")).await;
        assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["token"]), "{token}");
    }
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(frequency(&mut fixture, "partners").await, "at_once");
}

#[tokio::test]
async fn no_other_route_is_open_to_other_sites() {
    let mut fixture = Fixture::builder().customer().build().await;
    fixture.administrator.browser.headers.clear();
    let path = fixture.administrator.path.clone();
    let body = json!({ "mail_preferences": { "plans": "never" } });
    let answer = fixture.administrator.patch(&path, body).await;
    assert_eq!(answer.problem(), "cross-site", "{answer}");
}

#[tokio::test]
async fn the_headers_are_where_notices_can_be_turned_off_and_nowhere_else() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let (people, grant) = (fixture.people.clone(), fixture.customer_path("/grant"));
    assert_eq!(fixture.administrator.put(&grant, json!({ "grant": "view" })).await.status, 200);
    let bounced = json!({ "name": "No Body", "email": "bounce@nowhere.example" });
    assert_eq!(fixture.administrator.post(&people, bounced).await.status, 201);
    let own = fixture.member.path.clone();
    let email = json!({ "email": "bob.new@customer.example" });
    assert_eq!(fixture.member.patch(&own, email).await.status, 200);
    let mut nina = fixture.portal.sign_in("Nina New", "nina@home.example").await;
    let asked = json!({
        "organisation": "Example Customer", "name": "Nina New", "email": "nina@customer.example",
    });
    assert_eq!(nina.post("/api/access-requests", asked).await.status, 202);
    let links = json!({ "email": "ada@customer.example" });
    assert_eq!(nina.post("/api/links/requests", links).await.status, 202);
    choose(&mut fixture.administrator, json!({ "partners": "daily" })).await;
    fixture.portal.report().await;
    let portal = &fixture.portal;
    let partner = json!({ "path": { "account": portal.customer }, "body": { "partner": null } });
    assert_eq!(portal.operator("UpdateAccount", partner).await["status"], 200);
    let partner =
        json!({ "path": { "account": portal.customer }, "body": { "partner": portal.partner } });
    assert_eq!(portal.operator("UpdateAccount", partner).await["status"], 200);
    portal.deliver().await;
    deliver_at(portal, "2026-11-23T07:01:00Z").await;

    let mut seen = std::collections::BTreeSet::new();
    for message in portal.mailbox.messages() {
        let kind = message.tags["kind"].clone();
        let can_be_off = [
            "grant-changed",
            "partner-changed",
            "invitation-bounced",
            "access-requested",
            "notices",
        ];
        let is_offered = message.headers.contains_key("List-Unsubscribe");
        assert_eq!(is_offered, can_be_off.contains(&kind.as_str()), "{kind} to {}", message.to);
        if is_offered {
            let url = address(portal, &message);
            assert!(!message.text.contains(&url) && !message.html.contains(&url), "{kind}");
        }
        // Those to administrators about others can be gathered.
        let is_own = message.text.contains("Your profile") || message.text.contains("Your access");
        let chooses = is_offered || kind == "linked" && !is_own;
        assert_eq!(message.text.contains("Choose which e-mails you get"), chooses, "{kind}");
        assert_eq!(message.html.contains("Choose which e-mails you get"), chooses, "{kind}");
        seen.insert(kind);
    }
    let expected = [
        "access-requested",
        "confirm-email",
        "grant-changed",
        "invitation",
        "invitation-bounced",
        "linked",
        "my-link",
        "notices",
    ];
    for kind in expected {
        assert!(seen.contains(kind), "{kind} was not sent: {seen:?}");
    }
}
