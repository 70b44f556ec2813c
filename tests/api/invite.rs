//! Adding a professional, with an invitation or without.

use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, activity_text, operator_event, path, snapshot};

#[tokio::test]
async fn an_administrator_adds_a_professional_who_is_invited() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({
        "name": "Cleo", "email": "Cleo@Customer.Example", "title": "Buyer", "phone": "+49 30 123",
        "language": "de", "ends_on": "2027-01-01",
    });
    let answer = fixture.administrator.post(&fixture.people, body).await;
    assert_eq!((answer.status, answer.kind()), (201, "application/json"), "{answer}");
    assert_eq!(
        answer
            .fields(&["name", "email", "title", "phone", "language", "ends_on", "roles", "state"]),
        json!({
            "name": "Cleo", "email": "cleo@customer.example", "title": "Buyer",
            "phone": "+49 30 123", "language": "de",
            "ends_on": "2027-01-01", "roles": [], "state": "queued",
        })
    );
    let added = answer.body["professional"].as_str().expect("an id").to_owned();
    assert_eq!(answer.body, fixture.profile(&added).await);
    assert_eq!(answer.body["account"], json!(fixture.portal.customer));
    insta::assert_snapshot!(activity_text(&fixture.newest_activity().await), @"
    professional-added by Ada Lovelace as administrator on Cleo from 127.0.0.1
      imported: false
      invited: true
    ");
    fixture.portal.deliver().await;
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
}

#[tokio::test]
async fn the_first_professional_takes_every_role() {
    let portal = Portal::start().await;
    let first = portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let second = portal.add(&portal.customer, "Bob Builder", "bob@customer.example").await;
    let answer =
        portal.operator("ShowAccount", operator_event(&portal.customer, None, Value::Null)).await;
    assert_eq!(
        answer["body"]["roles"],
        json!({ "administrators": [first], "billing_contact": first, "shipping_contact": first })
    );
    let show = async |id: &str| {
        portal
            .operator("ShowProfessional", operator_event(&portal.customer, Some(id), Value::Null))
            .await["body"]["roles"]
            .clone()
    };
    assert_eq!(show(&first).await, json!(["administrator", "billing_contact", "shipping_contact"]));
    assert_eq!(show(&second).await, json!([]));
}

#[tokio::test]
async fn a_further_administrator_takes_that_role_only() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example", "administrator": true });
    let answer = fixture.administrator.post(&fixture.people, body).await;
    assert_eq!(
        (answer.status, &answer.body["roles"]),
        (201, &json!(["administrator"])),
        "{answer}"
    );
    let roles = fixture.administrator.get(&fixture.account).await.body["roles"].clone();
    let mut administrators = vec![
        fixture.administrator.id.clone(),
        answer.body["professional"].as_str().unwrap().to_owned(),
    ];
    administrators.sort_unstable();
    assert_eq!(
        roles,
        json!({
            "administrators": administrators, "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        })
    );
}

#[tokio::test]
async fn an_account_takes_no_fifty_first_administrator() {
    let mut fixture = Fixture::with_customer().await;
    fixture.portal.add_crowd(&fixture.portal.customer, 49, true).await;
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example", "administrator": true });
    let answer = fixture.administrator.post(&fixture.people, body).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["administrator"]), "{answer}");
    assert_eq!(answer.body["errors"][0]["code"], "too-many-administrators");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_unticked_invitation_sends_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    let body =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let answer = fixture.administrator.post(&fixture.people, body).await;
    assert_eq!(
        (answer.status, &answer.body["state"], &answer.body["invitation"]),
        (201, &json!("not_invited"), &Value::Null),
        "{answer}"
    );
    assert_eq!(fixture.portal.sent_mails().await, before);
    assert_eq!(fixture.newest_activity().await["event"]["invited"], false);
}

#[tokio::test]
async fn a_used_address_names_the_existing_profile() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let answer = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Robert", "email": "BOB@customer.example" }))
        .await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    409 application/problem+json
    {
      "detail": "Bob Builder already has this e-mail address in this account; edit that profile instead",
      "name": "Bob Builder",
      "professional": "[id 1]",
      "status": 409,
      "title": "This e-mail address is already in use",
      "type": "/problems/duplicate-email/"
    }
    "#);
    assert_eq!(answer.body["professional"], json!(fixture.member.id));
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_address_may_be_in_several_accounts() {
    let fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    fixture.portal.add(&other, "Bob Builder", "bob@customer.example").await;
}

#[tokio::test]
async fn holders_of_a_role_can_have_no_end_date() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({
        "name": "Cleo", "email": "cleo@customer.example", "administrator": true,
        "ends_on": "2027-01-01",
    });
    let answer = fixture.administrator.post(&fixture.people, body.clone()).await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["ends_on"].as_slice()),
        "{answer}"
    );
    let empty = fixture.portal.create_customer("Empty Customer").await;
    let first =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" });
    let answer = fixture.portal.operator("Invite", operator_event(&empty, None, first)).await;
    assert_eq!(
        (&answer["status"], &answer["body"]["errors"][0]["field"]),
        (&json!(422), &json!("ends_on")),
        "{answer}"
    );
}

#[tokio::test]
async fn an_end_date_is_today_or_later() {
    let mut fixture = Fixture::with_customer().await;
    for (ends_on, status) in [
        ("2026-11-21", 422),
        ("2026-11-22", 201),
        ("9001-01-01", 422),
        ("2027-02-29", 422),
        ("2028-02-29", 201),
    ] {
        let body = json!({
            "name": "Cleo", "email": format!("cleo{ends_on}@customer.example"), "ends_on": ends_on,
        });
        assert_eq!(
            fixture.administrator.post(&fixture.people, body).await.status,
            status,
            "{ends_on}"
        );
    }
}

#[tokio::test]
async fn partner_and_staff_add_an_accounts_first_professional_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (browser, name, capacity) in [
        (&mut partner.browser, "Pat Partner", "partner"),
        (&mut staff.browser, "Stella Staff", "staff"),
    ] {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        let empty = fixture.portal.create_customer("Empty Customer").await;
        let answer = browser
            .post(
                &path::people(&empty),
                json!({ "name": "Cleo", "email": "cleo@customer.example" }),
            )
            .await;
        assert_eq!(
            (answer.status, answer.body["roles"].as_array().map(Vec::len)),
            (201, Some(3)),
            "{answer}"
        );
        let activity = browser.get(&format!("{}/activity", path::account(&empty))).await;
        assert_eq!(
            activity.items()[0]["actor"],
            json!({ "name": name, "as": capacity, "home": home })
        );
        fixture.portal.deliver().await;
        assert_eq!(
            fixture.portal.mail("cleo@customer.example").reply_to,
            format!(
                "{}@{}.example",
                if capacity == "partner" { "pat" } else { "stella" },
                if capacity == "partner" { "partner" } else { "vendor" }
            )
        );
    }
    assert_eq!(
        fixture.administrator.get(&fixture.people).await.items().len(),
        2,
        "nobody was added to another account"
    );
}

#[tokio::test]
async fn an_operator_adds_professionals_without_the_site() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    let answer = fixture
        .portal
        .operator("Invite", operator_event(&fixture.portal.customer, None, body))
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["state"]),
        (&json!(201), &json!("queued")),
        "{answer}"
    );
    let newest = fixture.newest_activity().await;
    assert_eq!(
        (&newest["actor"], &newest["source"]),
        (&json!({ "name": "The portal's operator", "as": "operator", "home": null }), &Value::Null)
    );
}

#[tokio::test]
async fn a_former_professional_cannot_add_people() {
    let mut fixture = Fixture::with_customer().await;
    assert_eq!(fixture.administrator.delete(&fixture.member.path).await.status, 204);
    let answer = fixture
        .member
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"));
}
