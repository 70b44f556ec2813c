//! Deleting a professional, and who must stay.

use serde_json::{Value, json};
use tests::{Browser, Fixture, Table, activity_text, operator_event, path, snapshot};

#[tokio::test]
async fn a_deleted_professional_has_no_access_from_the_next_request_on() {
    let mut fixture = Fixture::with_customer().await;
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
    let answer = fixture.administrator.delete(&fixture.member.path).await;
    assert_eq!((answer.status, &answer.body), (204, &Value::Null), "{answer}");
    assert_eq!(fixture.member.get(&fixture.account).await.status, 404);
    assert!(fixture.member.get("/api/accounts").await.items().is_empty());
    assert_eq!(fixture.administrator.get(&fixture.member.path).await.status, 404);
    assert_eq!(fixture.administrator.get(&fixture.people).await.items().len(), 1);
    assert_eq!(
        activity_text(&fixture.newest_activity().await),
        "professional-deleted by Ada Lovelace as administrator on Bob Builder from 127.0.0.1"
    );
}

#[tokio::test]
async fn deleting_again_finds_nobody() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.delete(&fixture.member.path).await;
    let answer = fixture.administrator.delete(&fixture.member.path).await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"));
}

#[tokio::test]
async fn the_address_and_the_identity_are_free_again() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.delete(&fixture.member.path).await;
    let again = fixture.invited("Bob Builder", "bob@customer.example").await;
    fixture
        .portal
        .follow_invitation("bob@customer.example", "Bob Builder", "bob@customer.example")
        .await;
    assert_ne!(again, fixture.member.id);
}

#[tokio::test]
async fn a_contact_or_the_last_administrator_stays_and_the_answer_lists_successors() {
    let mut fixture = Fixture::with_customer().await;
    fixture
        .portal
        .add_with(
            &fixture.portal.customer,
            json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" }),
        )
        .await;
    let before = Table::of(&fixture.portal).await;
    let answer = fixture.administrator.browser.delete(&fixture.administrator.path).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    409 application/problem+json
    {
      "detail": "this person is the account's administrator and billing contact and shipping contact; give those roles to a person with an active profile first",
      "eligible": [
        {
          "name": "Bob Builder",
          "professional": "[id 1]"
        }
      ],
      "has_more": false,
      "needs_active": true,
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
    assert_eq!(answer.body["eligible"][0]["professional"], json!(fixture.member.id));
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn the_last_administrator_stays_on_every_path() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let roles = json!({
        "administrators": [fixture.administrator.id], "billing_contact": bob,
        "shipping_contact": bob,
    });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    let mut partner = fixture.link_partner().await;
    let mut staff = fixture.link_staff().await;
    let before = Table::of(&fixture.portal).await;
    let browsers: [&mut Browser; 3] =
        [&mut fixture.administrator.browser, &mut partner.browser, &mut staff.browser];
    for browser in browsers {
        let answers = [
            browser.delete(&fixture.administrator.path).await,
            browser.patch(&fixture.administrator.path, json!({ "ends_on": "2027-01-01" })).await,
            browser
                .put(
                    &fixture.roles,
                    json!({
                        "administrators": [], "billing_contact": bob, "shipping_contact": bob,
                    }),
                )
                .await,
        ];
        for answer in answers {
            assert_eq!(
                (answer.status, answer.problem(), &answer.body["roles"]),
                (409, "role-required", &json!(["administrator"])),
                "{answer}"
            );
        }
    }
    let event =
        operator_event(&fixture.portal.customer, Some(&fixture.administrator.id), Value::Null);
    assert_eq!(fixture.portal.operator("DeleteProfessional", event).await["status"], 409);
    before.assert_unchanged(&fixture.portal).await;
}

/// Ada has linked and Cleo never has: both are administrators, and Bob, a linked member, is both
/// contacts.
async fn with_one_who_can_sign_in() -> (Fixture, String) {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let roles = json!({
        "administrators": [fixture.administrator.id, cleo],
        "billing_contact": fixture.member.id, "shipping_contact": fixture.member.id,
    });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    (fixture, cleo)
}

#[tokio::test]
async fn the_last_administrator_who_can_sign_in_stays_though_another_never_linked() {
    let (mut fixture, cleo) = with_one_who_can_sign_in().await;
    let ada = fixture.administrator.path.clone();
    let before = Table::of(&fixture.portal).await;
    let mut answers = vec![
        fixture.administrator.browser.delete(&ada).await,
        fixture.administrator.browser.delete(&format!("{ada}?hand_over_to={cleo}")).await,
    ];
    answers
        .push(fixture.administrator.browser.patch(&ada, json!({ "ends_on": "2027-01-01" })).await);
    for answer in answers {
        assert_eq!(
            (answer.status, answer.problem(), &answer.body["roles"], &answer.body["needs_active"]),
            (409, "role-required", &json!(["administrator"]), &json!(true)),
            "{answer}"
        );
        let bob = json!([{ "professional": fixture.member.id, "name": "Bob Builder" }]);
        assert_eq!((&answer.body["eligible"], &answer.body["has_more"]), (&bob, &json!(false)));
    }
    let event =
        operator_event(&fixture.portal.customer, Some(&fixture.administrator.id), Value::Null);
    assert_eq!(fixture.portal.operator("DeleteProfessional", event).await["status"], 409);
    before.assert_unchanged(&fixture.portal).await;

    let handed = fixture
        .administrator
        .browser
        .delete(&format!("{ada}?hand_over_to={}", fixture.member.id))
        .await;
    assert_eq!(handed.status, 204, "{handed}");
    let account = fixture.member.get(&fixture.account).await.body;
    assert_eq!(account["active_administrators"], json!([fixture.member.id]));
    assert_eq!(account["roles"]["administrators"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn where_nobody_has_linked_any_administrator_is_enough() {
    let fixture = Fixture::builder().build().await;
    let ada = fixture.invited("Ada Lovelace", "ada@customer.example").await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let mut leaving = operator_event(&fixture.portal.customer, Some(&ada), Value::Null);
    leaving["query"] = json!({ "hand_over_to": cleo });
    assert_eq!(fixture.portal.operator("DeleteProfessional", leaving).await["status"], 204);
}

#[tokio::test]
async fn everyone_who_could_take_over_is_offered_wherever_they_are_in_the_list() {
    let (mut fixture, _) = with_one_who_can_sign_in().await;
    fixture.portal.add_crowd(&fixture.portal.customer, 120, false).await;
    let zoe = "zoe@customer.example";
    let (zoe, _) = fixture.portal.linked(&fixture.portal.customer, "Zoe Last", zoe).await;
    let answer = fixture.administrator.browser.delete(&fixture.administrator.path).await;
    let named = |answer: &tests::Answer| {
        let people = answer.body["eligible"].as_array().expect("a list").clone();
        people.iter().map(|person| person["professional"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(named(&answer), [json!(fixture.member.id), json!(zoe)], "only they have linked");
    assert_eq!(answer.body["has_more"], false);

    // Anyone can be a contact; there are more people than are listed.
    let answer = fixture.administrator.browser.delete(&fixture.member.path).await;
    assert_eq!(answer.body["roles"], json!(["billing_contact", "shipping_contact"]));
    assert_eq!((named(&answer).len(), &answer.body["has_more"]), (100, &json!(true)));
}

#[tokio::test]
async fn an_administrator_of_a_lapsed_account_removes_leavers_and_undoes_it() {
    let mut fixture = Fixture::builder().lapsed().build().await;
    let lapsed = &mut fixture.lapsed;
    let (lena, account) = (lapsed.member.path.clone(), path::account(&lapsed.account));
    assert_eq!(lapsed.administrator.delete(&lena).await.status, 204);
    assert_eq!(lapsed.member.get(&account).await.status, 404);
    let restored = lapsed.administrator.post(&format!("{lena}/restore"), Value::Null).await;
    assert_eq!(restored.status, 201, "{restored}");
    let changed = lapsed.administrator.patch(&lena, json!({ "title": "Buyer" })).await;
    assert_eq!((changed.status, changed.problem()), (403, "plan-lapsed"), "{changed}");
    assert_eq!(lapsed.member.delete(&lapsed.administrator.path).await.problem(), "plan-lapsed");
}

#[tokio::test]
async fn one_of_two_administrators_may_delete_themselves() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let roles = json!({
        "administrators": [fixture.administrator.id, bob], "billing_contact": bob,
        "shipping_contact": bob,
    });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    assert_eq!(fixture.administrator.browser.delete(&fixture.administrator.path).await.status, 204);
    assert_eq!(fixture.administrator.get(&fixture.account).await.status, 404);
    let account = fixture.member.get(&fixture.account).await;
    assert_eq!(account.body["roles"]["administrators"], json!([bob]));
}

#[tokio::test]
async fn deleting_with_a_handover_does_both_at_once() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture
        .administrator
        .delete(&format!("{}?hand_over_to={}", fixture.administrator.path, fixture.member.id))
        .await;
    assert_eq!(answer.status, 204, "{answer}");
    let bob = fixture.member.id.clone();
    let account = fixture.member.get(&fixture.account).await;
    assert_eq!(
        account.body["roles"],
        json!({ "administrators": [bob], "billing_contact": bob, "shipping_contact": bob })
    );
    let activity = fixture.member.get(&fixture.activity).await;
    assert_eq!(
        (&activity.items()[0]["event"]["type"], &activity.items()[0]["event"]["handed_over_to"]),
        (&json!("professional-deleted"), &json!({ "id": bob, "name": "Bob Builder" }))
    );
}

#[tokio::test]
async fn handing_over_gives_only_roles_that_need_a_holder() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "cleo@customer.example")
        .await;
    let answer = fixture
        .administrator
        .delete(&format!("{}?hand_over_to={}", fixture.administrator.path, fixture.member.id))
        .await;
    assert_eq!(answer.status, 204, "{answer}");
    let account = fixture.member.get(&fixture.account).await;
    assert_eq!(
        account.body["roles"],
        json!({
            "administrators": [cleo], "billing_contact": fixture.member.id,
            "shipping_contact": fixture.member.id,
        })
    );
}

#[tokio::test]
async fn a_person_who_leaves_is_handed_no_role() {
    let mut fixture = Fixture::with_customer().await;
    let ends = json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" });
    let ends = fixture.portal.add_with(&fixture.portal.customer, ends).await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let foreign = fixture.portal.add(&other, "Carl Foreign", "carl@foreign.example").await;
    let before = Table::of(&fixture.portal).await;
    let ada = fixture.administrator.id.clone();
    for successor in
        [&ada, &ends, &foreign, &"01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(), &String::new()]
    {
        let answer = fixture
            .administrator
            .delete(&format!("{}?hand_over_to={successor}", fixture.administrator.path))
            .await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice()),
            (422, ["hand_over_to"].as_slice()),
            "{successor}: {answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (browser, capacity) in [(&mut partner.browser, "partner"), (&mut staff.browser, "staff")] {
        let id =
            fixture.portal.add(&fixture.portal.customer, "Cleo", "cleo@customer.example").await;
        assert_eq!(browser.delete(&path::person(&fixture.portal.customer, &id)).await.status, 204);
        let newest = fixture.administrator.get(&fixture.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["event"]["type"], &newest["actor"]["as"]),
            (&json!("professional-deleted"), &json!(capacity))
        );
    }
    let mut leaving =
        operator_event(&fixture.portal.customer, Some(&fixture.administrator.id), Value::Null);
    leaving["query"] = json!({ "hand_over_to": fixture.member.id });
    assert_eq!(
        fixture.portal.operator("DeleteProfessional", leaving).await,
        json!({ "status": 204, "body": null })
    );
    assert_eq!(fixture.member.get(&fixture.activity).await.items()[0]["actor"]["as"], "operator");
}
