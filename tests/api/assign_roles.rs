//! Assigning roles.

use serde_json::{Value, json};
use tests::{Fixture, Table, activity_text, operator_event, snapshot};

#[tokio::test]
async fn an_administrator_gives_roles_to_others_and_steps_down() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let answer = fixture
        .administrator
        .put(
            &fixture.roles,
            json!({ "administrators": [bob], "billing_contact": bob, "shipping_contact": bob }),
        )
        .await;
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer}");
    let roles = json!({ "administrators": [bob], "billing_contact": bob, "shipping_contact": bob });
    assert_eq!(
        (&answer.body["roles"], &answer.body["version"], &answer.body["you"]["as"]),
        (&roles, &json!(4), &json!("professional"))
    );
    assert_eq!(answer.body, fixture.administrator.get(&fixture.account).await.body);
    assert_eq!(fixture.administrator.get(&fixture.account).await.body["you"]["as"], "professional");
    assert_eq!(fixture.member.get(&fixture.account).await.body["you"]["as"], "administrator");
    let newest = fixture.member.get(&fixture.activity).await.items()[0].clone();
    insta::assert_snapshot!(activity_text(&newest), @"
    roles-assigned by Ada Lovelace as administrator from 127.0.0.1
      administrators_added: Bob Builder
      administrators_removed: Ada Lovelace
      billing_contact: Bob Builder
      shipping_contact: Bob Builder
    ");
}

#[tokio::test]
async fn an_administrator_makes_another_and_each_contact_role_has_one_holder() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles = json!({
        "administrators": [ada, bob, ada], "billing_contact": ada, "shipping_contact": bob,
    });
    let answer = fixture.administrator.put(&fixture.roles, roles).await;
    assert_eq!(answer.status, 200, "{answer}");
    let mut both = [ada.clone(), bob.clone()];
    both.sort_unstable();
    assert_eq!(
        answer.body["roles"],
        json!({ "administrators": both, "billing_contact": ada, "shipping_contact": bob })
    );
}

#[tokio::test]
async fn the_same_roles_change_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let ada = fixture.administrator.id.clone();
    let before = Table::of(&fixture.portal).await;
    let roles = json!({ "administrators": [ada], "billing_contact": ada, "shipping_contact": ada });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_change_of_an_older_version_is_refused_as_changed() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let seen = fixture.administrator.get(&fixture.account).await.body["version"].clone();
    let both = json!({
        "administrators": [ada, bob], "billing_contact": ada, "shipping_contact": ada,
        "version": seen,
    });
    let first = fixture.administrator.put(&fixture.roles, both).await;
    assert_eq!(first.status, 200, "{first}");
    let before = Table::of(&fixture.portal).await;
    let mut late = json!({
        "administrators": [bob], "billing_contact": bob, "shipping_contact": bob, "version": seen,
    });
    let second = fixture.member.put(&fixture.roles, late.clone()).await;
    insta::assert_snapshot!(snapshot(&second), @r#"
    409 application/problem+json
    {
      "changed": [],
      "detail": "somebody else changed this in the meantime; reload the page and try again",
      "status": 409,
      "title": "Someone else has just changed this",
      "type": "/problems/changed/"
    }
    "#);
    before.assert_unchanged(&fixture.portal).await;
    late["version"] = first.body["version"].clone();
    assert_eq!(fixture.member.put(&fixture.roles, late).await.status, 200);
}

#[tokio::test]
async fn roles_go_to_people_on_the_list_who_stay() {
    let mut fixture = Fixture::with_customer().await;
    let ada = fixture.administrator.id.clone();
    let ends = json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" });
    let ends = fixture.portal.add_with(&fixture.portal.customer, ends).await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let foreign = fixture.portal.add(&other, "Carl Foreign", "carl@foreign.example").await;
    let before = Table::of(&fixture.portal).await;
    for person in [ends.as_str(), &foreign, "01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        for (field, roles) in [
            (
                "administrators",
                json!({
                    "administrators": [ada, person], "billing_contact": ada,
                    "shipping_contact": ada,
                }),
            ),
            (
                "billing_contact",
                json!({
                    "administrators": [ada], "billing_contact": person, "shipping_contact": ada,
                }),
            ),
            (
                "shipping_contact",
                json!({
                    "administrators": [ada], "billing_contact": ada, "shipping_contact": person,
                }),
            ),
        ] {
            let answer = fixture.administrator.put(&fixture.roles, roles).await;
            assert_eq!(
                (answer.status, answer.invalid_fields()),
                (422, vec![field]),
                "{person}: {answer}"
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_person_who_is_not_linked_yet_may_hold_a_role() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let ada = fixture.administrator.id.clone();
    let answer = fixture
        .administrator
        .put(
            &fixture.roles,
            json!({ "administrators": [ada], "billing_contact": cleo, "shipping_contact": ada }),
        )
        .await;
    assert_eq!(
        (answer.status, &answer.body["roles"]["billing_contact"]),
        (200, &json!(cleo)),
        "{answer}"
    );
}

#[tokio::test]
async fn without_any_administrator_it_lists_who_could_be_one() {
    let mut fixture = Fixture::with_customer().await;
    let ada = fixture.administrator.id.clone();
    let answer = fixture
        .administrator
        .put(
            &fixture.roles,
            json!({ "administrators": [], "billing_contact": ada, "shipping_contact": ada }),
        )
        .await;
    assert_eq!((answer.status, answer.problem()), (409, "role-required"), "{answer}");
    assert_eq!(
        answer.body["eligible"],
        json!([{ "professional": fixture.member.id, "name": "Bob Builder" }])
    );
}

#[tokio::test]
async fn an_account_has_fifty_administrators_at_most() {
    let mut fixture = Fixture::with_customer().await;
    let ada = fixture.administrator.id.clone();
    let many: Vec<_> =
        (0..51).map(|number| format!("01ARZ3NDEKTSV4RRFFQ69G5F{number:02}")).collect();
    let answer = fixture
        .administrator
        .put(
            &fixture.roles,
            json!({ "administrators": many, "billing_contact": ada, "shipping_contact": ada }),
        )
        .await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["administrators"]), "{answer}");
    assert_eq!(answer.body["errors"][0]["code"], "too-many-administrators");
}

#[tokio::test]
async fn the_last_administrator_who_can_sign_in_does_not_step_down() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles = |administrators: Value| {
        json!({
            "administrators": administrators, "billing_contact": ada, "shipping_contact": ada,
        })
    };
    let before = Table::of(&fixture.portal).await;
    let answer = fixture.administrator.put(&fixture.roles, roles(json!([cleo]))).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    409 application/problem+json
    {
      "detail": "no other administrator could sign in; give the role to a person with an active profile first",
      "eligible": [
        {
          "name": "Bob Builder",
          "professional": "[id 1]"
        }
      ],
      "has_more": false,
      "needs_active": true,
      "roles": [
        "administrator"
      ],
      "status": 409,
      "title": "Give the role to someone else first",
      "type": "/problems/role-required/"
    }
    "#);
    before.assert_unchanged(&fixture.portal).await;
    let both = fixture.administrator.put(&fixture.roles, roles(json!([cleo, bob]))).await;
    assert_eq!((both.status, &both.body["active_administrators"]), (200, &json!([bob])), "{both}");
}

#[tokio::test]
async fn partner_and_staff_change_no_administrator_once_anybody_has_linked() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let ada = fixture.administrator.id.clone();
    let before = Table::of(&fixture.portal).await;
    for administrators in [json!([ada]), json!([ada, cleo, fixture.member.id])] {
        for browser in [&mut partner.browser, &mut staff.browser] {
            let roles = json!({
                "administrators": administrators, "billing_contact": ada, "shipping_contact": ada,
            });
            let answer = browser.put(&fixture.roles, roles).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (403, "appointment-required"),
                "{answer}"
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(fixture.administrator.get(&fixture.account).await.body["has_linked"], true);
}

/// Requirement 24: when the administrator has left, the partner or staff appoint another one.
#[tokio::test]
async fn partner_and_staff_change_the_contacts_an_operator_everything_and_all_are_marked() {
    let fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    for (browser, capacity, contact) in
        [(&mut partner.browser, "partner", &bob), (&mut staff.browser, "staff", &ada)]
    {
        let roles = json!({
            "administrators": [ada], "billing_contact": contact, "shipping_contact": contact,
        });
        let answer = browser.put(&fixture.roles, roles).await;
        assert_eq!(
            (answer.status, &answer.body["roles"]["billing_contact"]),
            (200, &json!(contact)),
            "{answer}"
        );
        let newest = browser.get(&fixture.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["event"]["type"], &newest["actor"]["as"]),
            (&json!("roles-assigned"), &json!(capacity))
        );
    }
    let roles = json!({ "administrators": [bob], "billing_contact": bob, "shipping_contact": bob });
    let answer = fixture
        .portal
        .operator("AssignRoles", operator_event(&fixture.portal.customer, None, roles))
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["you"]["as"]),
        (&json!(200), &json!("operator")),
        "{answer}"
    );
    assert_eq!(answer["body"]["you"]["professional"], Value::Null);
}
