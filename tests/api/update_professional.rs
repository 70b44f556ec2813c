//! Changing a professional.

use serde_json::{Value, json};
use tests::{Fixture, Table, operator_event, snapshot};

#[tokio::test]
async fn an_administrator_changes_everything() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({
        "name": "Robert Builder", "email": "robert@customer.example", "title": "Buyer",
        "phone": "+49 30 123", "language": "pt-BR", "ends_on": "2027-01-01",
    });
    let answer = fixture.administrator.patch(&fixture.member.path, body.clone()).await;
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer}");
    let fields: Vec<_> = body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(answer.fields(&fields), body);
    assert_eq!(
        (&answer.body["identity"]["email"], &answer.body["state"]),
        (&json!("bob@customer.example"), &json!("linked")),
        "the identity stays linked"
    );
    let member = fixture.member.id.clone();
    assert_eq!(answer.body, fixture.profile(&member).await);
    let newest = fixture.newest_activity().await;
    assert_eq!(
        newest["event"],
        json!({
            "type": "professional-updated", "invited": false,
            "professional": { "id": member, "name": "Robert Builder" },
            "changed": ["name", "email", "title", "phone", "language", "ends_on"],
        })
    );
    assert_eq!(
        newest["actor"],
        json!({ "name": "Ada Lovelace", "as": "administrator", "home": null })
    );
}

#[tokio::test]
async fn absent_fields_stay_and_null_clears() {
    let mut fixture = Fixture::with_customer().await;
    let all = json!({ "title": "Buyer", "phone": "+49 30 123", "ends_on": "2027-01-01" });
    fixture.administrator.patch(&fixture.member.path, all.clone()).await;
    let kept =
        fixture.administrator.patch(&fixture.member.path, json!({ "name": "Bobby" })).await.body;
    for field in ["title", "phone", "ends_on"] {
        assert_eq!(kept[field], all[field], "{field}");
    }
    let cleared = fixture
        .administrator
        .patch(&fixture.member.path, json!({ "title": null, "phone": null, "ends_on": null }))
        .await
        .body;
    for field in ["title", "phone", "ends_on"] {
        assert_eq!(cleared[field], Value::Null, "{field}");
    }
    assert_eq!(cleared["name"], "Bobby");
}

#[tokio::test]
async fn nothing_new_changes_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    for body in [
        json!({}),
        json!({
            "name": "Bob Builder", "email": " BOB@customer.example", "title": null,
            "send_invitation": false,
        }),
    ] {
        let answer = fixture.administrator.patch(&fixture.member.path, body).await;
        assert_eq!(answer.status, 200, "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn people_change_everything_of_their_own_but_the_end_date() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({
        "name": "Bobby", "email": "bobby@customer.example", "title": "Buyer", "phone": "+49 30 123",
        "language": "de",
    });
    let answer = fixture.member.browser.patch(&fixture.member.path, body).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(
        answer.body["pending_email"]["email"], "bobby@customer.example",
        "until it is proved"
    );
    let activity = fixture.administrator.get(&fixture.activity).await;
    assert_eq!(activity.items()[0]["event"]["type"], "email-change-requested");
    let newest = &activity.items()[1];
    assert_eq!(newest["event"]["changed"], json!(["name", "title", "phone", "language"]));
    assert_eq!(newest["actor"], json!({ "name": "Bob Builder", "as": "self", "home": null }));
    let before = Table::of(&fixture.portal).await;
    for ends_on in [json!("2027-01-01"), Value::Null] {
        let answer = fixture
            .member
            .browser
            .patch(&fixture.member.path, json!({ "name": "Rob", "ends_on": ends_on }))
            .await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (browser, capacity) in [(&mut partner.browser, "partner"), (&mut staff.browser, "staff")] {
        let answer = browser.patch(&fixture.member.path, json!({ "title": capacity })).await;
        assert_eq!((answer.status, &answer.body["title"]), (200, &json!(capacity)), "{answer}");
        let newest = fixture.administrator.get(&fixture.activity).await.items()[0].clone();
        assert_eq!(newest["actor"]["as"], capacity);
    }
    let answer = fixture
        .portal
        .operator(
            "UpdateProfessional",
            operator_event(
                &fixture.portal.customer,
                Some(&fixture.member.id),
                json!({ "title": null }),
            ),
        )
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["title"]),
        (&json!(200), &Value::Null),
        "{answer}"
    );
    assert_eq!(fixture.newest_activity().await["actor"]["as"], "operator");
}

#[tokio::test]
async fn save_and_send_goes_to_the_new_address_and_voids_the_older_link() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@old.example").await;
    let older = fixture.portal.token("cleo@old.example");
    let before = fixture.portal.sent_mails().await;
    let answer = fixture
        .administrator
        .patch(
            &fixture.person(&cleo),
            json!({ "email": "cleo@new.example", "send_invitation": true }),
        )
        .await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("queued")), "{answer}");
    let event = fixture.newest_activity().await["event"].clone();
    assert_eq!((&event["changed"], &event["invited"]), (&json!(["email"]), &json!(true)));
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
    let mut browser = fixture.stranger().await;
    assert_eq!(browser.link(&older).await.problem(), "link-superseded");
    assert_eq!(browser.link(&fixture.portal.token("cleo@new.example")).await.status, 200);
}

#[tokio::test]
async fn save_and_send_without_a_change_sends() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let before = fixture.portal.sent_mails().await;
    let answer = fixture
        .administrator
        .patch(&fixture.person(&cleo), json!({ "send_invitation": true }))
        .await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
}

#[tokio::test]
async fn a_changed_address_voids_an_invitation_that_went_to_the_old_one() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@old.example").await;
    let before = fixture.portal.sent_mails().await;
    let answer = fixture
        .administrator
        .patch(&fixture.person(&cleo), json!({ "email": "cleo@new.example" }))
        .await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("revoked")), "{answer}");
    assert_eq!(fixture.portal.sent_mails().await, before, "nothing is sent unasked");
}

#[tokio::test]
async fn a_changed_name_keeps_the_link_valid() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let token = fixture.portal.token("cleo@customer.example");
    assert_eq!(
        fixture
            .administrator
            .patch(&fixture.person(&cleo), json!({ "name": "Cleopatra" }))
            .await
            .status,
        200
    );
    assert_eq!(fixture.stranger().await.link(&token).await.status, 200);
}

#[tokio::test]
async fn a_changed_address_keeps_the_linked_identity() {
    let mut fixture = Fixture::with_customer().await;
    fixture
        .administrator
        .patch(&fixture.member.path, json!({ "email": "robert@customer.example" }))
        .await;
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn an_address_that_a_colleague_has_is_refused_and_names_them() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let answer = fixture
        .administrator
        .patch(&fixture.member.path, json!({ "email": "ada@customer.example", "name": "Rob" }))
        .await;
    assert_eq!((answer.status, answer.problem()), (409, "duplicate-email"), "{answer}");
    assert_eq!(
        (&answer.body["professional"], &answer.body["name"]),
        (&json!(fixture.administrator.id), &json!("Ada Lovelace"))
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_address_no_longer_used_is_free_again() {
    let mut fixture = Fixture::with_customer().await;
    fixture
        .administrator
        .patch(&fixture.member.path, json!({ "email": "robert@customer.example" }))
        .await;
    let answer = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Other Bob", "email": "bob@customer.example" }))
        .await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn holders_of_a_role_get_no_end_date() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let answer = fixture
        .administrator
        .browser
        .patch(&fixture.administrator.path, json!({ "ends_on": "2027-01-01" }))
        .await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    409 application/problem+json
    {
      "detail": "this person is the account's administrator and billing contact and shipping contact; give those roles to another person first",
      "eligible": [
        {
          "name": "Bob Builder",
          "professional": "[id 1]"
        }
      ],
      "roles": [
        "administrator",
        "billing_contact",
        "shipping_contact"
      ],
      "status": 409,
      "title": "Give the role to someone else first",
      "type": "/problems/role-required/"
    }
    "#);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_end_date_that_has_passed_may_be_sent_back_and_be_lifted() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.patch(&fixture.member.path, json!({ "ends_on": "2026-11-22" })).await;
    fixture.portal.set_today("2026-11-24");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let answer =
        ada.patch(&fixture.member.path, json!({ "name": "Bobby", "ends_on": "2026-11-22" })).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("ended")), "{answer}");
    assert_eq!(
        ada.patch(&fixture.member.path, json!({ "ends_on": "2026-11-23" })).await.invalid_fields(),
        ["ends_on"]
    );
    let answer = ada.patch(&fixture.member.path, json!({ "ends_on": null })).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    assert_eq!(bob.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn outsiders_cannot_become_administrator_through_an_administrators_mailbox() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles =
        json!({ "administrators": [ada, cleo], "billing_contact": ada, "shipping_contact": bob });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let to = |email: &str| json!({ "email": email, "send_invitation": true });

    let before = Table::of(&fixture.portal).await;
    for browser in [&mut partner.browser, &mut staff.browser] {
        let answer = browser.patch(&fixture.administrator.path, to("pat@partner.example")).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, "forbidden"),
            "of one who is linked: {answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
    // The address of a contact who is not an administrator may change.
    assert_eq!(partner.patch(&fixture.member.path, to("bob@new.example")).await.status, 200);
    // People who may appoint correct the mistyped address of an administrator who never linked.
    assert_eq!(partner.patch(&fixture.person(&cleo), to("cleo@new.example")).await.status, 200);
    let grant = format!("{}/grant", fixture.account);
    assert_eq!(
        fixture.administrator.put(&grant, json!({ "grant": "manage_people" })).await.status,
        200
    );
    assert_eq!(partner.patch(&fixture.person(&cleo), to("pat@partner.example")).await.status, 403);
    assert_eq!(staff.patch(&fixture.person(&cleo), to("cleo@newest.example")).await.status, 200);
}

#[tokio::test]
async fn the_earlier_address_of_a_linked_profile_is_notified() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let person = fixture.person(&cleo);
    assert_eq!(
        fixture
            .administrator
            .patch(&person, json!({ "email": "cleo@mistyped.example" }))
            .await
            .status,
        200
    );
    assert_eq!(
        fixture
            .administrator
            .patch(&fixture.member.path, json!({ "email": "bob@new.example" }))
            .await
            .status,
        200
    );
    assert_eq!(
        fixture
            .member
            .browser
            .patch(&fixture.member.path, json!({ "email": "bob@newest.example" }))
            .await
            .status,
        200
    );
    fixture.portal.deliver().await;
    let token = json!({ "token": fixture.portal.token("bob@newest.example") });
    let confirmed = fixture.member.browser.post("/api/email-confirmations", token).await;
    assert_eq!(confirmed.status, 200, "{confirmed}");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("address-changed"),
        ["bob@customer.example", "bob@new.example"],
        "not a stranger at a mistyped one"
    );
    let mail = fixture.portal.mail("bob@customer.example");
    assert_eq!(mail.subject, "The e-mail address of your profile for Example Customer was changed");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("by Ada Lovelace.") && !text.contains("bob@new.example"), "{text}");
    assert!(!fixture.portal.mail("bob@new.example").text.contains(" by "), "by Bob himself");
}
