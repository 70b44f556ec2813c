//! Appointing an administrator from outside the account.

mod other_changes;

use portico::domain::AccountId;
use serde_json::{Value, json};
use tests::{Browser, Fixture, Table, activity_text, operator_event};

/// Returns the path to which the partner or staff post an appointment.
fn appointments(fixture: &Fixture) -> String {
    format!("{}/appointments", fixture.account)
}

/// Builds a fixture in which a second staff member must approve.
async fn with_second_approval() -> Fixture {
    Fixture::builder().customer().second_approval().build().await
}

async fn second_staff(fixture: &Fixture) -> Browser {
    fixture.link_colleague(&["appointments"]).await.browser
}

#[tokio::test]
async fn partner_and_staff_appoint_and_every_linked_professional_is_notified() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let mut partner = fixture.link_partner().await;
    let body = json!({
        "professional": fixture.member.id, "in_place_of": [fixture.administrator.id],
        "reason": "Ada has left the company.",
    });
    let answer = partner.post(&appointments(&fixture), body).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(
        answer.body["roles"],
        json!({
            "administrators": [fixture.member.id], "billing_contact": fixture.member.id,
            "shipping_contact": fixture.member.id,
        })
    );
    assert_eq!(fixture.member.get(&fixture.account).await.body["you"]["as"], "administrator");
    assert_eq!(fixture.administrator.get(&fixture.account).await.body["you"]["as"], "professional");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        ["ada@customer.example", "bob@customer.example"]
    );
    let mail = fixture.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Bob Builder is now an administrator of Example Customer");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "in place of “Ada Lovelace”. “Pat Partner” of your partner “Helpful Partner” \
                  appointed them.";
    assert!(text.contains(reason), "{text}");
    assert!(text.contains("Ada has left the company."), "{text}");

    let newest = fixture
        .member
        .get(&fixture.activity)
        .await
        .items()
        .iter()
        .find(|activity| activity["event"]["type"] == "administrator-appointed")
        .cloned();
    insta::assert_snapshot!(activity_text(&newest.expect("an entry")), @"
    administrator-appointed by Pat Partner as partner of Helpful Partner on Bob Builder from 127.0.0.1
      in_place_of: Ada Lovelace
      reason: Ada has left the company.
    ");

    let mut staff = fixture.link_staff().await;
    let back = staff
        .post(&appointments(&fixture), json!({ "professional": fixture.administrator.id }))
        .await;
    assert_eq!(back.body["roles"]["administrators"].as_array().expect("a list").len(), 2, "{back}");
}

#[tokio::test]
async fn appointing_again_changes_nothing_and_notifies_nobody() {
    let fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let body = json!({ "professional": fixture.member.id });
    assert_eq!(staff.post(&appointments(&fixture), body.clone()).await.status, 200);
    fixture.portal.sent_mails().await;
    let before = Table::of(&fixture.portal).await;
    assert_eq!(staff.post(&appointments(&fixture), body).await.status, 200);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn neither_people_of_the_account_nor_strangers_appoint() {
    let mut fixture = Fixture::with_customer().await;
    let (path, mut stranger) = (appointments(&fixture), fixture.stranger().await);
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "professional": fixture.member.id });
    assert_eq!(fixture.administrator.post(&path, body.clone()).await.status, 403);
    assert_eq!(fixture.member.post(&path, body.clone()).await.status, 403);
    assert_eq!(stranger.post(&path, body.clone()).await.status, 404);
    assert_eq!(fixture.portal.browser().post(&path, body).await.status, 401);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn only_people_who_stay_are_appointed_and_only_administrators_replaced() {
    let fixture = Fixture::with_customer().await;
    let leaving =
        json!({ "name": "Lea", "email": "lea@customer.example", "ends_on": "2027-01-31" });
    let lea = fixture.portal.add_with(&fixture.portal.customer, leaving).await;
    let mut staff = fixture.link_staff().await;
    let before = Table::of(&fixture.portal).await;
    for (body, field, code) in [
        (json!({ "professional": lea }), "professional", "ineligible"),
        (json!({ "professional": staff.id }), "professional", "ineligible"),
        (json!({ "professional": "nobody" }), "professional", "ineligible"),
        (
            json!({ "professional": fixture.member.id, "in_place_of": [fixture.member.id] }),
            "in_place_of",
            "not-an-administrator",
        ),
        (
            json!({ "professional": fixture.member.id, "in_place_of": [lea] }),
            "in_place_of",
            "not-an-administrator",
        ),
        (
            json!({ "professional": fixture.member.id, "reason": "see https://phish.example/x" }),
            "reason",
            "address-inside",
        ),
        (json!({}), "professional", "empty"),
        (json!({ "professional": fixture.member.id, "email": "nobody" }), "email", "email"),
        (
            json!({ "email": "bob@new.example", "in_place_of": [fixture.administrator.id] }),
            "email",
            "not-asked-for",
        ),
    ] {
        let answer = staff.post(&appointments(&fixture), body).await;
        assert_eq!(
            (answer.status, &answer.body["errors"][0]["field"], &answer.body["errors"][0]["code"]),
            (422, &json!(field), &json!(code)),
            "{answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_account_of_hundreds_is_notified_in_parts_and_each_person_once() {
    let fixture = Fixture::with_customer().await;
    let mut people = vec!["ada@customer.example".to_owned(), "bob@customer.example".to_owned()];
    let rows: Vec<_> = (0..240)
        .map(|number| {
            json!({
                "name": format!("Person {number}"), "email": format!("p{number}@customer.example"),
            })
        })
        .collect();
    for rows in rows.chunks(15) {
        let body = json!({ "rows": rows, "send_invitations": false });
        assert_eq!(
            fixture
                .portal
                .operator(
                    "ImportProfessionals",
                    operator_event(&fixture.portal.customer, None, body)
                )
                .await["status"],
            200
        );
    }
    // People who never linked are not notified, whatever their place in the list.
    let listed = fixture
        .portal
        .store
        .people(AccountId::parse(&fixture.portal.customer).expect("an id"), None)
        .await
        .expect("people")
        .items;
    assert_eq!(listed.len(), 100, "more than one part");
    for number in [3, 120, 230] {
        let email = format!("p{number}@customer.example");
        let mut browser = fixture.portal.sign_in("Person", &email).await;
        assert_eq!(
            browser.post("/api/links/requests", json!({ "email": email })).await.status,
            202
        );
        fixture.portal.deliver().await;
        assert_eq!(
            browser
                .post("/api/links", json!({ "token": fixture.portal.token(&email) }))
                .await
                .status,
            200
        );
        people.push(email);
    }
    let mut staff = fixture.link_staff().await;
    assert_eq!(
        staff
            .post(&appointments(&fixture), json!({ "professional": fixture.member.id }))
            .await
            .status,
        200
    );
    fixture.portal.sent_mails().await;
    people.sort();
    assert_eq!(fixture.portal.recipients("administrator-changed"), people);
}

#[tokio::test]
async fn outsiders_cannot_change_administrators_in_another_way() {
    let fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let before = Table::of(&fixture.portal).await;
    let roles = json!({
        "administrators": [fixture.administrator.id, fixture.member.id],
        "billing_contact": fixture.administrator.id, "shipping_contact": fixture.administrator.id,
    });
    let eve = json!({ "name": "Eve", "email": "eve@customer.example", "administrator": true });
    let import = format!("{}/import", fixture.people);
    let hand_over = format!("{}?hand_over_to={}", fixture.administrator.path, fixture.member.id);
    let row = json!({ "name": "Eve", "email": "eve@customer.example", "administrator": "yes" });
    for browser in [&mut partner.browser, &mut staff.browser] {
        for answer in [
            browser.put(&fixture.roles, roles.clone()).await,
            browser.post(&fixture.people, eve.clone()).await,
            browser.post(&import, json!({ "rows": [row], "dry_run": true })).await,
            browser.post(&import, json!({ "rows": [row] })).await,
            browser.delete(&hand_over).await,
            browser.patch(&fixture.administrator.path, json!({ "email": "e@evil.example" })).await,
        ] {
            assert_eq!(
                (answer.status, answer.problem()),
                (403, "appointment-required"),
                "{answer}"
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
    // Contacts may be changed.
    let contacts = json!({
        "administrators": [fixture.administrator.id], "billing_contact": fixture.member.id,
        "shipping_contact": fixture.member.id,
    });
    assert_eq!(partner.put(&fixture.roles, contacts).await.status, 200);
}

#[tokio::test]
async fn replaced_administrators_are_notified_even_if_they_never_linked() {
    let fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let mut partner = fixture.link_partner().await;
    for body in [
        json!({ "professional": cleo }),
        json!({ "professional": fixture.member.id, "in_place_of": [cleo] }),
    ] {
        assert_eq!(partner.post(&appointments(&fixture), body).await.status, 200);
        fixture.portal.sent_mails().await;
    }
    let cleos = fixture
        .portal
        .recipients("administrator-changed")
        .into_iter()
        .filter(|value| value == "cleo@customer.example");
    assert_eq!(cleos.count(), 2, "when they became administrator, and when they were it no longer");
}

#[tokio::test]
async fn with_second_approval_nothing_changes_until_somebody_else_of_the_staff_approves() {
    let mut fixture = with_second_approval().await;
    let (mut staff, mut second) = (fixture.link_staff().await, second_staff(&fixture).await);
    let body = json!({
        "professional": fixture.member.id, "in_place_of": [fixture.administrator.id],
        "reason": "Ada has left.",
    });
    let asked = staff.post(&appointments(&fixture), body.clone()).await;
    assert_eq!(asked.status, 202, "{asked}");
    assert_eq!(asked.body["roles"]["administrators"], json!([fixture.administrator.id]));
    assert_eq!(asked.body["appointment"]["name"], "Bob Builder");
    assert_eq!(asked.body["appointment"]["in_place_of"], json!(["Ada Lovelace"]));
    let yours = async |browser: &mut tests::Browser| {
        browser.get(&fixture.account).await.body["appointment"]["yours"].clone()
    };
    assert_eq!(
        (yours(&mut staff.browser).await, yours(&mut second).await),
        (json!(true), json!(false))
    );
    assert_eq!(
        fixture.administrator.get(&fixture.account).await.body["appointment"]["reason"],
        "Ada has left.",
        "its administrator sees it coming"
    );
    assert_eq!(fixture.member.get(&fixture.account).await.body["appointment"], Value::Null);
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("appointment-requested"),
        ["sid@vendor.example", "stella@vendor.example"],
        "who may approve"
    );
    let mail = fixture.portal.mail("stella@vendor.example");
    assert!(
        mail.links
            .iter()
            .any(|link| link.ends_with(&format!("/account/?account={}", fixture.portal.customer))),
        "{:?}",
        mail.links
    );

    let before = Table::of(&fixture.portal).await;
    assert_eq!(staff.post(&appointments(&fixture), body).await.status, 202, "asked again");
    let decision = format!(
        "{}/{}/decision",
        appointments(&fixture),
        asked.body["appointment"]["appointment"].as_str().expect("an id")
    );
    let own = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!(own.status, 403, "{own}");
    assert_eq!(fixture.administrator.post(&decision, json!({ "approve": true })).await.status, 403);
    before.assert_unchanged(&fixture.portal).await;

    let approved = second.post(&decision, json!({ "approve": true })).await;
    assert_eq!((approved.status, &approved.body["appointment"]), (200, &Value::Null), "{approved}");
    assert_eq!(fixture.member.get(&fixture.account).await.body["you"]["as"], "administrator");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        ["ada@customer.example", "bob@customer.example"]
    );
}

#[tokio::test]
async fn an_operator_needs_no_second_approval_and_what_waits_is_overtaken() {
    let fixture = with_second_approval().await;
    let mut partner = fixture.link_partner().await;
    assert_eq!(
        partner
            .post(&appointments(&fixture), json!({ "professional": fixture.member.id }))
            .await
            .status,
        202
    );
    let body =
        json!({ "professional": fixture.member.id, "in_place_of": [fixture.administrator.id] });
    let made = fixture
        .portal
        .operator("AppointAdministrator", operator_event(&fixture.portal.customer, None, body))
        .await;
    assert_eq!(
        (&made["status"], &made["body"]["appointment"]),
        (&json!(200), &Value::Null),
        "{made}"
    );
}
