//! Taking a professional off the list, and who must stay.

use serde_json::{Value, json};
use tests::Browser;

use crate::office::{Office, assert_unchanged, event, shown, shown_value, table};

#[tokio::test]
async fn a_deleted_professional_is_out_with_the_next_request() {
    let mut office = Office::open().await;
    assert_eq!(office.bob.browser.get(&office.account).await.status, 200);
    let answer = office.ada.browser.delete(&office.bob.path).await;
    assert_eq!((answer.status, &answer.body), (204, &Value::Null), "{answer}");
    assert_eq!(office.bob.browser.get(&office.account).await.status, 404);
    assert!(office.bob.browser.get("/api/accounts").await.items().is_empty());
    assert_eq!(office.ada.browser.get(&office.bob.path).await.status, 404);
    assert_eq!(office.ada.browser.get(&office.people).await.items().len(), 1);
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
    {
      "act": "professional-deleted",
      "actor": {
        "as": "administrator",
        "home": null,
        "name": "Ada Lovelace"
      },
      "at": "[time]",
      "facts": {},
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Bob Builder",
        "professional": "[id 2]"
      }
    }
    "#);
}

#[tokio::test]
async fn doing_so_again_finds_nobody() {
    let mut office = Office::open().await;
    office.ada.browser.delete(&office.bob.path).await;
    let answer = office.ada.browser.delete(&office.bob.path).await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"));
}

#[tokio::test]
async fn the_address_and_the_identity_are_free_again() {
    let mut office = Office::open().await;
    office.ada.browser.delete(&office.bob.path).await;
    let again = office.invited("Bob Builder", "bob@customer.example").await;
    office
        .portal
        .follow_invitation("bob@customer.example", "Bob Builder", "bob@customer.example")
        .await;
    assert_ne!(again, office.bob.id);
}

#[tokio::test]
async fn who_holds_a_contact_role_or_is_the_last_administrator_stays_and_is_told_who_could_take_over()
 {
    let mut office = Office::open().await;
    office
        .portal
        .add_with(
            &office.portal.customer,
            json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" }),
        )
        .await;
    let before = table(&office.portal).await;
    let answer = office.ada.browser.delete(&office.ada.path).await;
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
    assert_eq!(answer.body["eligible"][0]["professional"], json!(office.bob.id));
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn the_last_administrator_stays_on_every_path() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    let roles = json!({ "administrators": [office.ada.id], "billing_contact": bob, "shipping_contact": bob });
    assert_eq!(office.ada.browser.put(&office.roles, roles).await.status, 200);
    let mut partner = office.partner().await;
    let mut staff = office.staff().await;
    let before = table(&office.portal).await;
    let browsers: [&mut Browser; 3] =
        [&mut office.ada.browser, &mut partner.browser, &mut staff.browser];
    for browser in browsers {
        let answers = [
            browser.delete(&office.ada.path).await,
            browser.patch(&office.ada.path, json!({ "ends_on": "2027-01-01" })).await,
            browser.put(&office.roles, json!({ "administrators": [], "billing_contact": bob, "shipping_contact": bob })).await,
        ];
        for answer in answers {
            assert_eq!(
                (answer.status, answer.problem(), &answer.body["roles"]),
                (409, "role-required", &json!(["administrator"])),
                "{answer}"
            );
        }
    }
    let event = event(&office.portal.customer, Some(&office.ada.id), Value::Null);
    assert_eq!(office.portal.operator("DeleteProfessional", event).await["status"], 409);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn one_of_two_administrators_may_go_and_take_themselves_off() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    let roles = json!({ "administrators": [office.ada.id, bob], "billing_contact": bob, "shipping_contact": bob });
    assert_eq!(office.ada.browser.put(&office.roles, roles).await.status, 200);
    assert_eq!(office.ada.browser.delete(&office.ada.path).await.status, 204);
    assert_eq!(office.ada.browser.get(&office.account).await.status, 404);
    let account = office.bob.browser.get(&office.account).await;
    assert_eq!(account.body["roles"]["administrators"], json!([bob]));
}

#[tokio::test]
async fn hand_over_and_delete_does_both_at_once() {
    let mut office = Office::open().await;
    let answer = office
        .ada
        .browser
        .delete(&format!("{}?hand_over_to={}", office.ada.path, office.bob.id))
        .await;
    assert_eq!(answer.status, 204, "{answer}");
    let bob = &office.bob.id;
    let account = office.bob.browser.get(&office.account).await;
    assert_eq!(
        account.body["roles"],
        json!({ "administrators": [bob], "billing_contact": bob, "shipping_contact": bob })
    );
    let activity = office.bob.browser.get(&office.activity).await;
    assert_eq!(
        (&activity.items()[0]["act"], &activity.items()[0]["facts"]["handed_over_to"]),
        (&json!("professional-deleted"), &json!(bob))
    );
}

#[tokio::test]
async fn handing_over_gives_only_what_cannot_be_without_a_holder() {
    let mut office = Office::open().await;
    let cleo = office
        .portal
        .add_with(
            &office.portal.customer,
            json!({ "name": "Cleo", "email": "cleo@customer.example", "administrator": true }),
        )
        .await;
    let answer = office
        .ada
        .browser
        .delete(&format!("{}?hand_over_to={}", office.ada.path, office.bob.id))
        .await;
    assert_eq!(answer.status, 204, "{answer}");
    let account = office.bob.browser.get(&office.account).await;
    assert_eq!(
        account.body["roles"],
        json!({ "administrators": [cleo], "billing_contact": office.bob.id, "shipping_contact": office.bob.id })
    );
}

#[tokio::test]
async fn nobody_who_leaves_is_handed_a_role() {
    let mut office = Office::open().await;
    let ends = json!({ "name": "Cleo", "email": "cleo@customer.example", "ends_on": "2027-01-01" });
    let ends = office.portal.add_with(&office.portal.customer, ends).await;
    let other = office.portal.create_customer("Another Customer").await;
    let foreign = office.portal.add(&other, "Carl Foreign", "carl@foreign.example").await;
    let before = table(&office.portal).await;
    for heir in
        [&office.ada.id, &ends, &foreign, &"01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(), &String::new()]
    {
        let answer =
            office.ada.browser.delete(&format!("{}?hand_over_to={heir}", office.ada.path)).await;
        assert_eq!(
            (answer.status, answer.faulty().as_slice()),
            (422, ["hand_over_to"].as_slice()),
            "{heir}: {answer}"
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    for (browser, capacity) in [(&mut partner.browser, "partner"), (&mut staff.browser, "staff")] {
        let id = office.portal.add(&office.portal.customer, "Cleo", "cleo@customer.example").await;
        assert_eq!(
            browser.delete(&crate::office::person(&office.portal.customer, &id)).await.status,
            204
        );
        let newest = office.ada.browser.get(&office.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["act"], &newest["actor"]["as"]),
            (&json!("professional-deleted"), &json!(capacity))
        );
    }
    let mut leaving = event(&office.portal.customer, Some(&office.ada.id), Value::Null);
    leaving["query"] = json!({ "hand_over_to": office.bob.id });
    assert_eq!(
        office.portal.operator("DeleteProfessional", leaving).await,
        json!({ "status": 204, "body": null })
    );
    assert_eq!(
        office.bob.browser.get(&office.activity).await.items()[0]["actor"]["as"],
        "operator"
    );
}
