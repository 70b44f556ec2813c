//! Changing what is on record about a professional.

use serde_json::{Value, json};

use crate::office::{Office, assert_unchanged, event, link, mails, shown, table, told};

#[tokio::test]
async fn an_administrator_changes_everything() {
    let mut office = Office::open().await;
    let body = json!({
        "name": "Robert Builder", "email": "robert@customer.example", "title": "Buyer", "phone": "+49 30 123", "language": "pt-BR", "ends_on": "2027-01-01",
    });
    let answer = office.ada.browser.patch(&office.bob.path, body).await;
    insta::assert_snapshot!(shown(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "email": "robert@customer.example",
      "ends_on": "2027-01-01",
      "identity": {
        "email": "bob@customer.example",
        "linked_at": "[time]",
        "name": "Bob Builder",
        "provider": "Test sign-in"
      },
      "invitation": {
        "created_at": "[time]",
        "expires_at": "[time]",
        "state": "accepted"
      },
      "language": "pt-BR",
      "last_sign_in": "[time]",
      "name": "Robert Builder",
      "phone": "+49 30 123",
      "professional": "[id 2]",
      "roles": [],
      "state": "linked",
      "title": "Buyer",
      "you": {
        "may": [
          "view-professional",
          "update-professional",
          "set-end-date",
          "delete-professional",
          "send-invitation",
          "revoke-invitation"
        ],
        "self": false
      }
    }
    "#);
    let newest = office.newest_activity().await;
    assert_eq!(
        newest["facts"],
        json!({ "changed": "name, email, title, phone, language, ends_on", "invited": "no" })
    );
    assert_eq!(
        newest["actor"],
        json!({ "name": "Ada Lovelace", "as": "administrator", "home": null })
    );
}

#[tokio::test]
async fn what_is_absent_stays_and_null_clears() {
    let mut office = Office::open().await;
    let all = json!({ "title": "Buyer", "phone": "+49 30 123", "ends_on": "2027-01-01" });
    office.ada.browser.patch(&office.bob.path, all.clone()).await;
    let kept = office.ada.browser.patch(&office.bob.path, json!({ "name": "Bobby" })).await.body;
    for field in ["title", "phone", "ends_on"] {
        assert_eq!(kept[field], all[field], "{field}");
    }
    let cleared = office
        .ada
        .browser
        .patch(&office.bob.path, json!({ "title": null, "phone": null, "ends_on": null }))
        .await
        .body;
    for field in ["title", "phone", "ends_on"] {
        assert_eq!(cleared[field], Value::Null, "{field}");
    }
    assert_eq!(cleared["name"], "Bobby");
}

#[tokio::test]
async fn nothing_new_changes_nothing() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    for body in [
        json!({}),
        json!({ "name": "Bob Builder", "email": " BOB@customer.example", "title": null, "send_invitation": false }),
    ] {
        let answer = office.ada.browser.patch(&office.bob.path, body).await;
        assert_eq!(answer.status, 200, "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn oneself_changes_everything_but_the_end_date() {
    let mut office = Office::open().await;
    let body = json!({ "name": "Bobby", "email": "bobby@customer.example", "title": "Buyer", "phone": "+49 30 123", "language": "de" });
    let answer = office.bob.browser.patch(&office.bob.path, body).await;
    assert_eq!(answer.status, 200, "{answer}");
    let newest = office.newest_activity().await;
    assert_eq!(newest["actor"], json!({ "name": "Bob Builder", "as": "self", "home": null }));
    let before = table(&office.portal).await;
    for ends_on in [json!("2027-01-01"), Value::Null] {
        let answer = office
            .bob
            .browser
            .patch(&office.bob.path, json!({ "name": "Rob", "ends_on": ends_on }))
            .await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    for (browser, capacity) in [(&mut partner.browser, "partner"), (&mut staff.browser, "staff")] {
        let answer = browser.patch(&office.bob.path, json!({ "title": capacity })).await;
        assert_eq!((answer.status, &answer.body["title"]), (200, &json!(capacity)), "{answer}");
        let newest = office.ada.browser.get(&office.activity).await.items()[0].clone();
        assert_eq!(newest["actor"]["as"], capacity);
    }
    let answer = office
        .portal
        .operator(
            "UpdateProfessional",
            event(&office.portal.customer, Some(&office.bob.id), json!({ "title": null })),
        )
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["title"]),
        (&json!(200), &Value::Null),
        "{answer}"
    );
    assert_eq!(office.newest_activity().await["actor"]["as"], "operator");
}

#[tokio::test]
async fn save_and_send_goes_to_the_new_address_and_voids_the_older_link() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@old.example").await;
    let older = office.portal.token("cleo@old.example");
    let before = mails(&office.portal).await;
    let answer = office
        .ada
        .browser
        .patch(
            &office.person(&cleo),
            json!({ "email": "cleo@new.example", "send_invitation": true }),
        )
        .await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("queued")), "{answer}");
    assert_eq!(
        office.newest_activity().await["facts"],
        json!({ "changed": "email", "invited": "yes" })
    );
    assert_eq!(mails(&office.portal).await, before + 1);
    let mut browser = office.stranger().await;
    assert_eq!(link(&mut browser, &older).await.problem(), "link-superseded");
    assert_eq!(link(&mut browser, &office.portal.token("cleo@new.example")).await.status, 200);
}

#[tokio::test]
async fn save_and_send_without_a_change_sends() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let before = mails(&office.portal).await;
    let answer =
        office.ada.browser.patch(&office.person(&cleo), json!({ "send_invitation": true })).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(mails(&office.portal).await, before + 1);
}

#[tokio::test]
async fn a_changed_address_voids_an_invitation_that_went_to_the_old_one() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@old.example").await;
    let before = mails(&office.portal).await;
    let answer = office
        .ada
        .browser
        .patch(&office.person(&cleo), json!({ "email": "cleo@new.example" }))
        .await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("revoked")), "{answer}");
    assert_eq!(mails(&office.portal).await, before, "nothing is sent unasked");
}

#[tokio::test]
async fn a_changed_name_leaves_the_link_good() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let token = office.portal.token("cleo@customer.example");
    assert_eq!(
        office
            .ada
            .browser
            .patch(&office.person(&cleo), json!({ "name": "Cleopatra" }))
            .await
            .status,
        200
    );
    assert_eq!(link(&mut office.stranger().await, &token).await.status, 200);
}

#[tokio::test]
async fn a_changed_address_leaves_the_linked_identity_in() {
    let mut office = Office::open().await;
    office.ada.browser.patch(&office.bob.path, json!({ "email": "robert@customer.example" })).await;
    assert_eq!(office.bob.browser.get(&office.account).await.status, 200);
}

#[tokio::test]
async fn an_address_that_a_colleague_has_is_refused_and_names_them() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let answer = office
        .ada
        .browser
        .patch(&office.bob.path, json!({ "email": "ada@customer.example", "name": "Rob" }))
        .await;
    assert_eq!((answer.status, answer.problem()), (409, "duplicate-email"), "{answer}");
    assert_eq!(
        (&answer.body["professional"], &answer.body["name"]),
        (&json!(office.ada.id), &json!("Ada Lovelace"))
    );
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_address_that_was_given_up_is_free_again() {
    let mut office = Office::open().await;
    office.ada.browser.patch(&office.bob.path, json!({ "email": "robert@customer.example" })).await;
    let answer = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Other Bob", "email": "bob@customer.example" }))
        .await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn who_holds_a_role_gets_no_end_date() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let answer =
        office.ada.browser.patch(&office.ada.path, json!({ "ends_on": "2027-01-01" })).await;
    insta::assert_snapshot!(shown(&answer), @r#"
    409 application/problem+json
    {
      "detail": "this person is the account's administrator and billing contact and shipping contact, and the account cannot be left without; give that to somebody else first",
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
      "title": "Role needs a holder",
      "type": "/problems/role-required/"
    }
    "#);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_end_date_that_has_passed_may_be_sent_back_and_be_lifted() {
    let mut office = Office::open().await;
    office.ada.browser.patch(&office.bob.path, json!({ "ends_on": "2026-11-22" })).await;
    office.portal.set_today("2026-11-24");
    let mut ada = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let answer =
        ada.patch(&office.bob.path, json!({ "name": "Bobby", "ends_on": "2026-11-22" })).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("ended")), "{answer}");
    assert_eq!(
        ada.patch(&office.bob.path, json!({ "ends_on": "2026-11-23" })).await.faulty(),
        ["ends_on"]
    );
    let answer = ada.patch(&office.bob.path, json!({ "ends_on": null })).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    let mut bob = office.portal.sign_in("Bob Builder", "bob@customer.example").await;
    assert_eq!(bob.get(&office.account).await.status, 200);
}

#[tokio::test]
async fn nobody_from_outside_becomes_administrator_by_way_of_an_administrators_mailbox() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let (ada, bob) = (office.ada.id.clone(), office.bob.id.clone());
    let roles =
        json!({ "administrators": [ada, cleo], "billing_contact": ada, "shipping_contact": bob });
    assert_eq!(office.ada.browser.put(&office.roles, roles).await.status, 200);
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let to = |email: &str| json!({ "email": email, "send_invitation": true });

    let before = table(&office.portal).await;
    for browser in [&mut partner.browser, &mut staff.browser] {
        let answer = browser.patch(&office.ada.path, to("pat@partner.example")).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, "forbidden"),
            "of one who is linked: {answer}"
        );
    }
    assert_unchanged(&office.portal, &before).await;
    // Who holds other roles only has nothing that an appointment would give.
    assert_eq!(partner.browser.patch(&office.bob.path, to("bob@new.example")).await.status, 200);
    // A mistyped address of one who never linked is corrected by whoever may appoint.
    assert_eq!(
        partner.browser.patch(&office.person(&cleo), to("cleo@new.example")).await.status,
        200
    );
    let grant = format!("{}/grant", office.account);
    assert_eq!(
        office.ada.browser.put(&grant, json!({ "grant": "manage_people" })).await.status,
        200
    );
    assert_eq!(
        partner.browser.patch(&office.person(&cleo), to("pat@partner.example")).await.status,
        403
    );
    assert_eq!(
        staff.browser.patch(&office.person(&cleo), to("cleo@newest.example")).await.status,
        200
    );
}

#[tokio::test]
async fn the_earlier_address_of_a_linked_profile_is_told() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let person = office.person(&cleo);
    assert_eq!(
        office.ada.browser.patch(&person, json!({ "email": "cleo@mistyped.example" })).await.status,
        200
    );
    assert_eq!(
        office
            .ada
            .browser
            .patch(&office.bob.path, json!({ "email": "bob@new.example" }))
            .await
            .status,
        200
    );
    assert_eq!(
        office
            .bob
            .browser
            .patch(&office.bob.path, json!({ "email": "bob@newest.example" }))
            .await
            .status,
        200
    );
    mails(&office.portal).await;
    assert_eq!(
        told(&office.portal, "address-changed"),
        ["bob@customer.example", "bob@new.example"],
        "not a stranger at a mistyped one"
    );
    let mail = office.portal.mail("bob@customer.example");
    assert_eq!(mail.subject, "The e-mail address of your profile for Example Customer was changed");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("by Ada Lovelace.") && !text.contains("bob@new.example"), "{text}");
    assert!(!office.portal.mail("bob@new.example").text.contains(" by "), "by Bob himself");
}
