//! What else an appointment does: takes the role away, corrects an address, and says when nobody is
//! left who can sign in.

use serde_json::json;
use tests::{Fixture, Table, activity_text};

use super::{appointments, second_staff, with_second_approval};

/// Has Ada make Bob an administrator too.
async fn make_bob_administrator(fixture: &mut Fixture) {
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles =
        json!({ "administrators": [ada, bob], "billing_contact": ada, "shipping_contact": ada });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
}

#[tokio::test]
async fn the_role_is_taken_away_and_everybody_is_told() {
    let mut fixture = Fixture::with_customer().await;
    make_bob_administrator(&mut fixture).await;
    let mut partner = fixture.link_partner().await;
    let ada = fixture.administrator.id.clone();
    let body = json!({ "in_place_of": [ada], "reason": "Ada has another task." });
    let answer = partner.post(&appointments(&fixture), body.clone()).await;
    assert_eq!(answer.status, 200, "{answer}");
    let roles = json!({
        "administrators": [fixture.member.id], "billing_contact": ada, "shipping_contact": ada,
    });
    assert_eq!(answer.body["roles"], roles, "contacts stay contacts");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        ["ada@customer.example", "bob@customer.example"]
    );
    let mail = fixture.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Ada Lovelace is no longer an administrator of Example Customer");
    let activity = fixture.member.get(&fixture.activity).await;
    let made = activity
        .items()
        .iter()
        .find(|activity| activity["event"]["type"] == "administrator-appointed")
        .cloned();
    insta::assert_snapshot!(activity_text(&made.expect("an entry")), @"
    administrator-appointed by Pat Partner as partner of Helpful Partner from 127.0.0.1
      in_place_of: Ada Lovelace
      reason: Ada has another task.
    ");
    let again = partner.post(&appointments(&fixture), body).await;
    assert_eq!(again.invalid_fields(), ["in_place_of"], "she is no administrator any more");
}

#[tokio::test]
async fn taking_the_role_leaves_an_administrator_who_can_sign_in() {
    let fixture = Fixture::with_customer().await;
    fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let mut staff = fixture.link_staff().await;
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "in_place_of": [fixture.administrator.id] });
    let answer = staff.post(&appointments(&fixture), body).await;
    assert_eq!(
        (answer.status, answer.problem(), &answer.body["needs_active"]),
        (409, "role-required", &json!(true)),
        "{answer}"
    );
    let bob = json!([{ "professional": fixture.member.id, "name": "Bob Builder" }]);
    assert_eq!(answer.body["eligible"], bob);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_corrected_address_goes_with_the_appointment_and_the_earlier_one_is_told() {
    let fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@mistyped.example").await;
    let older = fixture.portal.token("cleo@mistyped.example");
    let mut staff = fixture.link_staff().await;
    let body = json!({ "professional": cleo, "email": "Cleo@customer.example" });
    let answer = staff.post(&appointments(&fixture), body.clone()).await;
    assert_eq!(answer.status, 200, "{answer}");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        [
            "ada@customer.example",
            "bob@customer.example",
            "cleo@customer.example",
            "cleo@mistyped.example"
        ]
    );
    assert_eq!(
        fixture.portal.mail("cleo@mistyped.example").subject,
        "The e-mail address of Cleo, administrator of Example Customer, was changed"
    );
    let profile = staff.get(&fixture.person(&cleo)).await.body;
    assert_eq!(
        (&profile["email"], &profile["state"]),
        (&json!("cleo@customer.example"), &json!("revoked"))
    );
    assert_eq!(fixture.stranger().await.link(&older).await.status, 410, "the older link is void");

    let before = Table::of(&fixture.portal).await;
    assert_eq!(staff.post(&appointments(&fixture), body).await.status, 200, "once more");
    let taken = json!({ "professional": cleo, "email": "bob@customer.example" });
    let answer = staff.post(&appointments(&fixture), taken).await;
    assert_eq!(
        (answer.status, answer.problem(), &answer.body["name"]),
        (409, "duplicate-email", &json!("Bob Builder")),
        "{answer}"
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_corrected_address_drops_the_one_that_the_person_has_asked_for() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, mut staff) = (fixture.administrator.path.clone(), fixture.link_staff().await);
    let asked = fixture.administrator.patch(&ada, json!({ "email": "ada@asked.example" })).await;
    assert_eq!(asked.body["pending_email"]["email"], "ada@asked.example", "{asked}");
    let body = json!({ "professional": fixture.administrator.id, "email": "ada@right.example" });
    let answer = staff.post(&appointments(&fixture), body).await;
    assert_eq!(answer.status, 200, "{answer}");
    let ada = staff.get(&ada).await.body;
    assert_eq!(
        (&ada["email"], &ada["pending_email"]),
        (&json!("ada@right.example"), &serde_json::Value::Null)
    );
}

#[tokio::test]
async fn a_corrected_address_needs_the_second_approval_too() {
    let mut fixture = with_second_approval().await;
    let (mut staff, mut second) = (fixture.link_staff().await, second_staff(&fixture).await);
    let body = json!({ "professional": fixture.administrator.id, "email": "ada@new.example" });
    let asked = staff.post(&appointments(&fixture), body).await;
    assert_eq!(
        (asked.status, &asked.body["appointment"]["email"]),
        (202, &json!("ada@new.example"))
    );
    let ada = fixture.administrator.path.clone();
    assert_eq!(fixture.administrator.get(&ada).await.body["email"], "ada@customer.example");
    let decision = format!(
        "{}/{}/decision",
        appointments(&fixture),
        asked.body["appointment"]["appointment"].as_str().expect("an id")
    );
    assert_eq!(second.post(&decision, json!({ "approve": true })).await.status, 200);
    assert_eq!(fixture.administrator.get(&ada).await.body["email"], "ada@new.example");
}

#[tokio::test]
async fn who_can_help_is_told_when_nobody_is_left_who_can_sign_in() {
    let fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let (_partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let body = json!({ "professional": cleo, "in_place_of": [fixture.administrator.id] });
    let answer = staff.post(&appointments(&fixture), body).await;
    assert_eq!(
        (answer.status, &answer.body["active_administrators"]),
        (200, &json!([])),
        "an appointment acts at once: {answer}"
    );
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        [
            "ada@customer.example",
            "bob@customer.example",
            "cleo@customer.example",
            "pat@partner.example"
        ]
    );
    let text = fixture.portal.mail("pat@partner.example").text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("No administrator of “Example Customer” can sign in"), "{text}");
}

#[tokio::test]
async fn the_fifty_first_administrator_is_appointed_only_in_place_of_another() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.add_crowd(&fixture.portal.customer, 49, true).await;
    let mut staff = fixture.link_staff().await;
    let answer =
        staff.post(&appointments(&fixture), json!({ "professional": fixture.member.id })).await;
    assert_eq!(
        (answer.status, &answer.body["errors"][0]["code"]),
        (422, &json!("too-many-administrators")),
        "{answer}"
    );
    let body =
        json!({ "professional": fixture.member.id, "in_place_of": [fixture.administrator.id] });
    assert_eq!(staff.post(&appointments(&fixture), body).await.status, 200);
}
