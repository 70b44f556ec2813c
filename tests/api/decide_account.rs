//! Customers that a partner creates: they wait for staff, who confirm or decline them, and the
//! partner corrects or withdraws them.

mod at_once;

use portico::domain::Account;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal, Table, activity_text, operator_event, path};

use crate::ask_for_access::{nina_asks, of, request_mails};

const PATH: &str = "/api/accounts";
const VENDORS: &str = "/api/accounts?managed_by=00000000000000000000000000";

fn customer(portal: &Portal, name: &str) -> Value {
    json!({
        "name": name, "kind": "customer", "partner": portal.partner, "external_id": "P-1",
        "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2099-12-31" },
        "first_professional": { "name": "Nora New", "email": "nora@new.example" },
    })
}

fn decision(account: &str) -> String {
    format!("{}/decision", path::account(account))
}

/// Creates a customer as the partner, and returns its identifier.
async fn create(partner: &mut Person, body: Value) -> String {
    let answer = partner.post(PATH, body).await;
    assert_eq!(answer.status, 201, "{answer}");
    answer.body["account"].as_str().expect("an id").to_owned()
}

/// Decides on the account as the caller sees it at this moment.
async fn decide(who: &mut Browser, account: &str, decision_: &str, reason: Value) -> Answer {
    let seen = who.get(&path::account(account)).await;
    let mut body = json!({ "decision": decision_, "version": seen.body["version"] });
    if !reason.is_null() {
        body["reason"] = reason;
    }
    who.post(&decision(account), body).await
}

/// Returns a portal with partner and staff and a customer of the partner that waits.
async fn waiting() -> (Fixture, String) {
    let mut fixture = Fixture::builder().partner().staff().build().await;
    let body = customer(&fixture.portal, "New Customer");
    let account = create(&mut fixture.partner, body).await;
    (fixture, account)
}

fn kinds_of_mail(portal: &Portal, to: &str) -> Vec<String> {
    let messages = portal.mailbox.messages().into_iter();
    messages
        .filter(|message| message.to == to)
        .map(|message| message.tags["kind"].clone())
        .collect()
}

#[tokio::test]
async fn a_partners_new_customer_waits_and_staff_are_asked() {
    let (Fixture { portal, mut partner, mut staff, .. }, account) = waiting().await;
    portal.deliver().await;
    assert_eq!(kinds_of_mail(&portal, "nora@new.example"), [""; 0]);
    let mail = portal.mail("stella@vendor.example");
    assert_eq!(
        mail.subject,
        "Helpful Partner has a new customer, which waits for your confirmation"
    );
    let text = mail.text.replace('\n', " ");
    assert!(text.contains("“Pat Partner” of “Helpful Partner”") && text.contains("“New Customer”"));
    let link = format!("/account/?account={account}");
    assert!(mail.links.iter().any(|url| url.ends_with(&link)), "{:?}", mail.links);
    let seen = partner.get(&path::account(&account)).await;
    assert_eq!(
        seen.body["you"]["allowed_actions"],
        json!([
            "view-account",
            "list-professionals",
            "list-activity",
            "update-account",
            "withdraw-account"
        ]),
        "{seen}"
    );
    let lists = [
        (&mut partner, format!("{PATH}?managed_by={}", portal.partner)),
        (&mut staff, VENDORS.to_owned()),
    ];
    for (who, list) in lists {
        for filter in ["", "&confirmation=waiting"] {
            let listed = who.get(&format!("{list}{filter}")).await;
            let one = listed.items().iter().find(|item| item["account"] == account.as_str());
            assert_eq!(one.expect("listed")["confirmation"], "waiting", "{listed}");
        }
        let others = who.get(&format!("{list}&confirmation=confirmed")).await;
        assert!(others.items().iter().all(|item| item["account"] != account.as_str()));
    }
    let activity = partner.get(&path::activity(&account)).await;
    insta::assert_snapshot!(activity_text(activity.items().last().expect("an event")), @"
    account-created by Pat Partner as partner of Helpful Partner
      imported: false
      waiting: true
    ");
}

#[tokio::test]
async fn nobody_gets_in_by_an_account_that_waits() {
    let (Fixture { portal, mut partner, mut staff, .. }, account) = waiting().await;
    let people = partner.get(&path::people(&account)).await;
    let nora = people.items()[0]["professional"].as_str().expect("an id").to_owned();
    let new = json!({ "name": "Ned New", "email": "ned@new.example" });
    let rows = json!({ "rows": [{ "name": "Ned", "email": "ned@new.example" }] });
    let roles =
        json!({ "administrators": [nora], "billing_contact": nora, "shipping_contact": nora });
    let one = path::person(&account, &nora);
    let before = Table::of(&portal).await;
    for (method, path, body) in [
        ("POST", path::people(&account), new.clone()),
        ("POST", format!("{}/import", path::people(&account)), rows),
        ("POST", path::invitation(&account, &nora), Value::Null),
        ("POST", format!("{}/invitations", path::people(&account)), json!({})),
        ("PATCH", one.clone(), json!({ "title": "Chief", "send_invitation": true })),
        ("PUT", path::roles(&account), roles),
        ("DELETE", one, Value::Null),
    ] {
        for who in [&mut partner, &mut staff] {
            let body = (!body.is_null()).then(|| body.to_string().into_bytes());
            let method = method.parse().expect("a method");
            let answer = who.browser.send(method, &path, body).await;
            assert!([403, 404, 405].contains(&answer.status), "{path}: {answer}");
        }
    }
    let answer =
        portal.operator("Invite", json!({ "path": { "account": account }, "body": new })).await;
    assert_eq!(answer["status"], 403, "{answer}");
    before.assert_unchanged(&portal).await;
    // She asks for her links, too.
    let mut browser = portal.sign_in("Nora New", "nora@new.example").await;
    let asked = browser.post("/api/links/requests", json!({ "email": "nora@new.example" })).await;
    assert_eq!(asked.status, 202, "{asked}");
    portal.deliver().await;
    assert_eq!(kinds_of_mail(&portal, "nora@new.example"), [""; 0]);
    assert_eq!(browser.get(&path::account(&account)).await.status, 404);
}

#[tokio::test]
async fn its_plan_has_no_effect_and_causes_no_notices_until_it_is_confirmed() {
    let mut fixture = Fixture::builder().partner().staff().build().await;
    let mut body = customer(&fixture.portal, "New Customer");
    body["plan"]["ends_on"] = json!("2026-12-20");
    let account = create(&mut fixture.partner, body).await;
    let Fixture { portal, mut staff, .. } = fixture;
    portal.deliver().await;
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.set_today("2026-12-06");
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.deliver().await;
    assert!(portal.recipients("plan-ending").is_empty());
    staff.sign_in_again(&portal).await;
    assert_eq!(decide(&mut staff.browser, &account, "confirm", Value::Null).await.status, 200);
    portal.set_today("2026-12-18");
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.deliver().await;
    assert!(portal.recipients("plan-ending").contains(&"nora@new.example".to_owned()));
}

#[tokio::test]
async fn staff_confirm_what_they_saw_and_the_partners_invitation_is_sent() {
    let (Fixture { portal, mut staff, mut partner, .. }, account) = waiting().await;
    portal.deliver().await;
    let confirmed = decide(&mut staff.browser, &account, "confirm", Value::Null).await;
    assert_eq!(
        (confirmed.status, &confirmed.body["confirmation"]),
        (200, &json!("confirmed")),
        "{confirmed}"
    );
    portal.deliver().await;
    let invitation = portal.mail("nora@new.example");
    assert!(invitation.text.contains("Pat Partner"), "{}", invitation.text);
    assert_eq!(portal.mail("pat@partner.example").subject, "New Customer is confirmed");
    let before = Table::of(&portal).await;
    let body = json!({ "decision": "confirm", "version": 1 });
    assert_eq!(staff.post(&decision(&account), body).await.status, 200, "a retry");
    let declined = decide(&mut staff.browser, &account, "decline", Value::Null).await;
    assert_eq!((declined.status, declined.problem()), (409, "changed"), "{declined}");
    let withdrawn = decide(&mut partner.browser, &account, "withdraw", Value::Null).await;
    assert_eq!((withdrawn.status, withdrawn.problem()), (403, "forbidden"), "{withdrawn}");
    before.assert_unchanged(&portal).await;
    let mut nora =
        portal.follow_invitation("nora@new.example", "Nora New", "nora@new.example").await;
    let seen = nora.get(&path::account(&account)).await;
    assert_eq!(seen.body["plan"]["state"], "current", "{seen}");
    let activity = nora.get(&path::activity(&account)).await;
    let event = activity.items().iter().find(|item| item["event"]["type"] == "account-confirmed");
    assert_eq!(event.expect("on record")["event"]["invited"]["name"], "Nora New");
    let listed = staff.get(&format!("{VENDORS}&confirmation=waiting")).await;
    assert!(listed.items().is_empty(), "{listed}");
}

#[tokio::test]
async fn without_the_partners_wish_nobody_is_invited() {
    let mut fixture = Fixture::builder().partner().staff().build().await;
    let mut body = customer(&fixture.portal, "New Customer");
    body["first_professional"]["send_invitation"] = json!(false);
    let account = create(&mut fixture.partner, body).await;
    let answer = decide(&mut fixture.staff.browser, &account, "confirm", Value::Null).await;
    assert_eq!(answer.status, 200, "{answer}");
    fixture.portal.deliver().await;
    assert_eq!(kinds_of_mail(&fixture.portal, "nora@new.example"), [""; 0]);
}

#[tokio::test]
async fn staff_decline_with_a_reason_and_the_account_is_gone() {
    let (Fixture { portal, mut staff, mut partner, .. }, account) = waiting().await;
    portal.deliver().await;
    let reason = json!("We know it as Cedar Foods.");
    let declined = decide(&mut staff.browser, &account, "decline", reason.clone()).await;
    assert_eq!(declined.status, 204, "{declined}");
    portal.deliver().await;
    let mail = portal.mail("pat@partner.example");
    assert_eq!(mail.subject, "New Customer was declined");
    assert!(mail.text.contains("We know it as Cedar Foods."), "{}", mail.text);
    assert_eq!(partner.get(&path::account(&account)).await.status, 404);
    let body = json!({ "decision": "decline", "version": 1 });
    assert_eq!(staff.post(&decision(&account), body).await.status, 404, "a retry");
    for (who, list) in [(&mut partner, &*portal.partner), (&mut staff, Portal::VENDOR)] {
        let activity = who.get(&path::activity(list)).await;
        let event =
            activity.items().iter().find(|item| item["event"]["type"] == "account-declined");
        let event = &event.expect("on record")["event"];
        assert_eq!(
            (&event["account"]["name"], &event["reason"]),
            (&json!("New Customer"), &reason)
        );
    }
    let table = Table::of(&portal).await;
    let left = table.items(&format!("account#{account}"), "");
    assert!(left.iter().all(|(_, rest, _)| rest.starts_with("event#")), "{left:?}");
    let body = customer(&portal, "New Customer");
    assert_eq!(partner.post(PATH, body).await.status, 201, "its number is free again");
}

#[tokio::test]
async fn a_decision_on_what_has_been_corrected_since_is_refused() {
    let (Fixture { portal, mut staff, mut partner, .. }, account) = waiting().await;
    let people = partner.get(&path::people(&account)).await;
    let nora = people.items()[0]["professional"].as_str().expect("an id").to_owned();
    for (path, body) in [
        (path::account(&account), json!({ "name": "Cedar FOODS" })),
        (path::person(&account, &nora), json!({ "email": "eve@elsewhere.example" })),
    ] {
        let seen = staff.get(&path::account(&account)).await.body["version"].clone();
        let corrected = partner.patch(&path, body).await;
        assert_eq!(corrected.status, 200, "{corrected}");
        for choice in ["confirm", "decline"] {
            let body = json!({ "decision": choice, "version": seen });
            let answer = staff.post(&decision(&account), body).await;
            assert_eq!((answer.status, answer.problem()), (409, "changed"), "{answer}");
        }
    }
    assert_eq!(decide(&mut staff.browser, &account, "confirm", Value::Null).await.status, 200);
    portal.deliver().await;
    assert_eq!(kinds_of_mail(&portal, "nora@new.example"), [""; 0]);
    assert_eq!(kinds_of_mail(&portal, "eve@elsewhere.example"), ["invitation"]);
}

#[tokio::test]
async fn a_partner_corrects_what_waits_and_withdraws_it() {
    let (Fixture { portal, mut partner, .. }, account) = waiting().await;
    let body = json!({
        "name": "Newer Customer", "time_zone": "Europe/Berlin", "external_id": "P-2",
        "plan": { "name": "Gold", "starts_on": "2026-01-01", "ends_on": "2031-12-31" },
        "licences": [{ "product": "Planner", "quantity": 3 }],
        "contact": { "phone": "+49 30 1" },
    });
    let corrected = partner.patch(&path::account(&account), body).await;
    assert_eq!(
        corrected.fields(&["name", "external_id", "confirmation"]),
        json!({ "name": "Newer Customer", "external_id": "P-2", "confirmation": "waiting" }),
        "{corrected}"
    );
    let handed = partner.patch(&path::account(&account), json!({ "partner": null })).await;
    assert_eq!((handed.status, handed.invalid_fields()), (422, vec!["partner"]), "{handed}");
    // The earlier number is free, the new one is not.
    let mut other = customer(&portal, "Other Customer");
    other.as_object_mut().expect("an object").remove("first_professional");
    create(&mut partner, other.clone()).await;
    other["external_id"] = json!("P-2");
    assert_eq!(partner.post(PATH, other.clone()).await.problem(), "account-exists");
    let withdrawn = decide(&mut partner.browser, &account, "withdraw", Value::Null).await;
    assert_eq!(withdrawn.status, 204, "{withdrawn}");
    assert_eq!(partner.get(&path::account(&account)).await.status, 404);
    create(&mut partner, other).await;
}

#[tokio::test]
async fn a_partner_corrects_until_the_customer_has_linked() {
    let (Fixture { portal, mut staff, mut partner, .. }, account) = waiting().await;
    assert_eq!(decide(&mut staff.browser, &account, "confirm", Value::Null).await.status, 200);
    portal.deliver().await;
    let plan = json!({ "name": "Gold", "starts_on": "2026-01-01", "ends_on": "2099-12-31" });
    let answer = partner.patch(&path::account(&account), json!({ "plan": plan })).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["plan"]), "staff confirmed it");
    let answer = partner.patch(&path::account(&account), json!({ "name": "NEW customer" })).await;
    assert_eq!(answer.body["confirmation"], "confirmed", "the same name in another case");
    let answer = partner.patch(&path::account(&account), json!({ "name": "Newer" })).await;
    assert_eq!(answer.body["confirmation"], "unconfirmed", "{answer}");
    portal.follow_invitation("nora@new.example", "Nora New", "nora@new.example").await;
    let answer = partner.patch(&path::account(&account), json!({ "name": "Newest" })).await;
    assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
    // What staff created or took over is not the partner's to correct.
    let theirs = path::account(&portal.create_customer("By Staff").await);
    assert_eq!(partner.patch(&theirs, json!({ "name": "Mine" })).await.status, 403);
}

#[tokio::test]
async fn a_vendors_number_is_not_the_partners_to_change() {
    let (Fixture { portal: _portal, mut staff, mut partner, .. }, account) = waiting().await;
    let at = path::account(&account);
    assert_eq!(staff.patch(&at, json!({ "external_id": "ERP-1" })).await.status, 200);
    let answer = partner.patch(&at, json!({ "external_id": "P-9" })).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["external_id"]), "{answer}");
    assert_eq!(decide(&mut staff.browser, &account, "decline", Value::Null).await.status, 204);
    let numbered = staff.get(&format!("{PATH}?external_id=ERP-1")).await;
    assert!(numbered.items().is_empty(), "both numbers are free: {numbered}");
}

#[tokio::test]
async fn at_most_twenty_of_a_partner_wait() {
    let Fixture { portal, mut partner, mut staff, .. } =
        Fixture::builder().partner().staff().build().await;
    let numbered = |number: u32| {
        let mut body = customer(&portal, &format!("Customer {number}"));
        body["external_id"] = json!(format!("P-{number}"));
        body.as_object_mut().expect("an object").remove("first_professional");
        body
    };
    let mut newest = String::new();
    for number in 0..Account::MAX_WAITING {
        newest = create(&mut partner, numbered(number)).await;
    }
    let before = Table::of(&portal).await;
    let answer = partner.post(PATH, numbered(99)).await;
    assert_eq!((answer.status, answer.problem()), (409, "too-many-waiting"), "{answer}");
    before.assert_unchanged(&portal).await;
    assert_eq!(decide(&mut staff.browser, &newest, "confirm", Value::Null).await.status, 200);
    newest = create(&mut partner, numbered(99)).await;
    assert_eq!(decide(&mut partner.browser, &newest, "withdraw", Value::Null).await.status, 204);
    create(&mut partner, numbered(100)).await;
    assert_eq!(partner.post(PATH, numbered(101)).await.status, 409);
}

#[tokio::test]
async fn a_namesake_that_a_partner_creates_diverts_no_request() {
    a_namesake_diverts_no_request(Fixture::builder().partner().staff().build().await).await;
}

/// Asks for access to a customer of whose name the partner has another, before and after staff have
/// confirmed that.
async fn a_namesake_diverts_no_request(mut fixture: Fixture) {
    let portal = &fixture.portal;
    portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let mut namesake = customer(portal, "example CUSTOMER");
    namesake["plan"]["ends_on"] = json!("2026-12-31");
    let account = create(&mut fixture.partner, namesake).await;
    nina_asks(&fixture.portal, "Example Customer").await;
    assert_eq!(request_mails(&fixture.portal), ["ada@customer.example"]);
    // Not after staff have confirmed it either: where requests go stays as it was.
    fixture.portal.clock.set(fixture.portal.clock.now() + std::time::Duration::from_mins(1));
    let answer = decide(&mut fixture.staff.browser, &account, "confirm", Value::Null).await;
    assert_eq!(answer.status, 200, "{answer}");
    let mut other = fixture.stranger().await;
    crate::ask_for_access::ask(&mut other, "EXAMPLE customer", "sam@stranger.example").await;
    fixture.portal.deliver().await;
    assert_eq!(request_mails(&fixture.portal), ["ada@customer.example"; 2]);
}

#[tokio::test]
async fn an_invented_organisation_collects_nothing() {
    an_invention_collects_nothing(Fixture::builder().partner().staff().build().await).await;
}

/// Asks for access to an organisation that only the partner has named, until staff confirm it.
async fn an_invention_collects_nothing(mut fixture: Fixture) {
    let mut invented = customer(&fixture.portal, "Cedar Foods");
    invented["plan"]["ends_on"] = json!("2026-12-31");
    let account = create(&mut fixture.partner, invented).await;
    nina_asks(&fixture.portal, "Cedar Foods").await;
    assert_eq!(request_mails(&fixture.portal), ["stella@vendor.example"], "staff alone");
    let listed = fixture.partner.get(&of(&account)).await;
    assert_eq!(listed.status, 403, "{listed}");
    let request = fixture.staff.get(&of(Portal::VENDOR)).await;
    let id = request.items()[0]["request"].as_str().expect("a request").to_owned();
    let pass_on = |to: &str| json!({ "decision": "pass_on", "account": to });
    let at = format!("{}/access-requests/{id}/decision", path::account(Portal::VENDOR));
    let answer = fixture.staff.post(&at, pass_on(&account)).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["account"]), "{answer}");
    let confirmed = decide(&mut fixture.staff.browser, &account, "confirm", Value::Null).await;
    assert_eq!(confirmed.status, 200, "{confirmed}");
    assert_eq!(fixture.staff.post(&at, pass_on(&account)).await.status, 200);
    let listed = fixture.partner.get(&of(&account)).await;
    assert_eq!(listed.items().len(), 1, "the usual rules hold: {listed}");
    // A new name is not confirmed: the partner does not see the strangers' words any more.
    let renamed =
        fixture.partner.patch(&path::account(&account), json!({ "name": "Oak Foods" })).await;
    assert_eq!(renamed.status, 200, "{renamed}");
    assert_eq!(fixture.partner.get(&of(&account)).await.status, 403);
}

#[tokio::test]
async fn of_two_confirmed_names_the_one_that_was_there_first_keeps_the_requests() {
    let Fixture { portal, administrator: _ada, mut staff, .. } =
        Fixture::builder().administrator().staff().build().await;
    portal.clock.set(portal.clock.now() + std::time::Duration::from_mins(1));
    let later = portal.create_customer("Somebody Else").await;
    portal.linked(&later, "Lara Late", "lara@late.example").await;
    let renamed = staff.patch(&path::account(&later), json!({ "name": "example customer" })).await;
    assert_eq!(renamed.status, 200, "{renamed}");
    nina_asks(&portal, "Example Customer").await;
    assert_eq!(request_mails(&portal), ["ada@customer.example"]);
    // Renamed there and back, it got its name later.
    for name in ["Former Customer", "Example Customer"] {
        portal.clock.set(portal.clock.now() + std::time::Duration::from_mins(1));
        let answer = staff.patch(&path::account(&portal.customer), json!({ "name": name })).await;
        assert_eq!(answer.status, 200, "{answer}");
    }
    let mut other = portal.sign_in("Sam", "sam@stranger.example").await;
    crate::ask_for_access::ask(&mut other, "Example Customer", "sam@stranger.example").await;
    portal.deliver().await;
    assert_eq!(request_mails(&portal), ["ada@customer.example", "lara@late.example"]);
}

#[tokio::test]
async fn a_reason_is_for_refusals_and_a_version_is_needed() {
    let (Fixture { portal, mut staff, .. }, account) = waiting().await;
    let before = Table::of(&portal).await;
    let body = json!({ "decision": "confirm", "version": 1, "reason": "Fine." });
    let answer = staff.post(&decision(&account), body).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["reason"]), "{answer}");
    let answer = staff.post(&decision(&account), json!({ "decision": "confirm" })).await;
    assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn an_operator_decides_too() {
    let (Fixture { portal, .. }, account) = waiting().await;
    let event = |decision: &str| {
        operator_event(&account, None, json!({ "decision": decision, "version": 1 }))
    };
    let answer = portal.operator("DecideAccount", event("confirm")).await;
    assert_eq!(answer["body"]["confirmation"], "confirmed", "{answer}");
    portal.deliver().await;
    assert_eq!(kinds_of_mail(&portal, "nora@new.example"), ["invitation"]);
}
