//! Making a professional administrator from outside.

use local::Options;
use portico::domain::AccountId;
use serde_json::{Value, json};
use tests::{Browser, Portal};

use crate::office::{Office, assert_unchanged, event, mails, shown_value, table, told};

/// The customer's people ask nobody: the partner or staff appoint.
fn appointments(office: &Office) -> String {
    format!("{}/appointments", office.account)
}

/// Starts an office of a vendor that asks for a second person's approval.
async fn with_second_approval() -> Office {
    Office::around(
        Portal::start_with(Options { second_approval: true, ..Options::default() }).await,
    )
    .await
}

async fn second_staff(office: &Office) -> Browser {
    office.portal.linked(Portal::VENDOR, "Sid Second", "sid@vendor.example").await.1
}

#[tokio::test]
async fn partner_and_staff_appoint_and_every_linked_professional_is_told() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let mut partner = office.partner().await;
    let wish = json!({ "professional": office.bob.id, "in_place_of": [office.ada.id], "reason": "Ada has left the company." });
    let answer = partner.browser.post(&appointments(&office), wish).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(
        answer.body["roles"],
        json!({ "administrators": [office.bob.id], "billing_contact": office.bob.id, "shipping_contact": office.bob.id })
    );
    assert_eq!(office.bob.browser.get(&office.account).await.body["you"]["as"], "administrator");
    assert_eq!(office.ada.browser.get(&office.account).await.body["you"]["as"], "professional");
    mails(&office.portal).await;
    assert_eq!(
        told(&office.portal, "administrator-changed"),
        ["ada@customer.example", "bob@customer.example"]
    );
    let mail = office.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Bob Builder is now an administrator of Example Customer");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "in place of Ada Lovelace. Pat Partner of your partner Helpful Partner appointed them."
        ),
        "{text}"
    );
    assert!(text.contains("Ada has left the company."), "{text}");

    let newest = office
        .bob
        .browser
        .get(&office.activity)
        .await
        .items()
        .iter()
        .find(|it| it["act"] == "administrator-appointed")
        .cloned();
    insta::assert_snapshot!(shown_value(&newest.expect("an entry")), @r#"
    {
      "act": "administrator-appointed",
      "actor": {
        "as": "partner",
        "home": "Helpful Partner",
        "name": "Pat Partner"
      },
      "at": "[time]",
      "facts": {
        "in_place_of": "Ada Lovelace",
        "reason": "Ada has left the company."
      },
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Bob Builder",
        "professional": "[id 2]"
      }
    }
    "#);

    let mut staff = office.staff().await;
    let back =
        staff.browser.post(&appointments(&office), json!({ "professional": office.ada.id })).await;
    assert_eq!(back.body["roles"]["administrators"].as_array().expect("a list").len(), 2, "{back}");
}

#[tokio::test]
async fn appointing_again_changes_nothing_and_tells_nobody() {
    let office = Office::open().await;
    let mut staff = office.staff().await;
    let wish = json!({ "professional": office.bob.id });
    assert_eq!(staff.browser.post(&appointments(&office), wish.clone()).await.status, 200);
    mails(&office.portal).await;
    let before = table(&office.portal).await;
    assert_eq!(staff.browser.post(&appointments(&office), wish).await.status, 200);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn nobody_of_the_account_and_no_stranger_appoints() {
    let mut office = Office::open().await;
    let (path, mut stranger) = (appointments(&office), office.stranger().await);
    let before = table(&office.portal).await;
    let wish = json!({ "professional": office.bob.id });
    assert_eq!(office.ada.browser.post(&path, wish.clone()).await.status, 403);
    assert_eq!(office.bob.browser.post(&path, wish.clone()).await.status, 403);
    assert_eq!(stranger.post(&path, wish.clone()).await.status, 404);
    assert_eq!(office.portal.browser().post(&path, wish).await.status, 401);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn whoever_is_appointed_stays_and_whoever_makes_room_is_administrator() {
    let office = Office::open().await;
    let leaving =
        json!({ "name": "Lea", "email": "lea@customer.example", "ends_on": "2027-01-31" });
    let lea = office.portal.add_with(&office.portal.customer, leaving).await;
    let mut staff = office.staff().await;
    let before = table(&office.portal).await;
    for (wish, field, code) in [
        (json!({ "professional": lea }), "professional", "ineligible"),
        (json!({ "professional": staff.id }), "professional", "ineligible"),
        (json!({ "professional": "nobody" }), "professional", "ineligible"),
        (
            json!({ "professional": office.bob.id, "in_place_of": [office.bob.id] }),
            "in_place_of",
            "not-an-administrator",
        ),
        (
            json!({ "professional": office.bob.id, "in_place_of": [lea] }),
            "in_place_of",
            "not-an-administrator",
        ),
        (
            json!({ "professional": office.bob.id, "reason": "see https://phish.example/x" }),
            "reason",
            "address-inside",
        ),
    ] {
        let answer = staff.browser.post(&appointments(&office), wish).await;
        assert_eq!(
            (answer.status, &answer.body["errors"][0]["field"], &answer.body["errors"][0]["code"]),
            (422, &json!(field), &json!(code)),
            "{answer}"
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_account_of_hundreds_is_told_in_parts_and_each_once() {
    let office = Office::open().await;
    let mut people = vec!["ada@customer.example".to_owned(), "bob@customer.example".to_owned()];
    let rows: Vec<_> = (0..240).map(|it| json!({ "name": format!("Person {it}"), "email": format!("p{it}@customer.example") })).collect();
    for rows in rows.chunks(15) {
        let body = json!({ "rows": rows, "send_invitations": false });
        assert_eq!(
            office
                .portal
                .operator("ImportProfessionals", event(&office.portal.customer, None, body))
                .await["status"],
            200
        );
    }
    // Of those who were never linked nobody is told, wherever in the list they stand.
    let listed = office
        .portal
        .store
        .people(AccountId::parse(&office.portal.customer).expect("an id"), None)
        .await
        .expect("people")
        .items;
    assert_eq!(listed.len(), 100, "more than one part");
    for number in [3, 120, 230] {
        let email = format!("p{number}@customer.example");
        let mut browser = office.portal.sign_in("Person", &email).await;
        assert_eq!(
            browser.post("/api/links/requests", json!({ "email": email })).await.status,
            202
        );
        office.portal.deliver().await;
        assert_eq!(
            browser
                .post("/api/links", json!({ "token": office.portal.token(&email) }))
                .await
                .status,
            200
        );
        people.push(email);
    }
    let mut staff = office.staff().await;
    assert_eq!(
        staff
            .browser
            .post(&appointments(&office), json!({ "professional": office.bob.id }))
            .await
            .status,
        200
    );
    mails(&office.portal).await;
    people.sort();
    assert_eq!(told(&office.portal, "administrator-changed"), people);
}

#[tokio::test]
async fn who_is_administrator_is_changed_from_outside_in_no_other_way() {
    let office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let before = table(&office.portal).await;
    let roles = json!({ "administrators": [office.ada.id, office.bob.id], "billing_contact": office.ada.id, "shipping_contact": office.ada.id });
    let eve = json!({ "name": "Eve", "email": "eve@customer.example", "administrator": true });
    let import = format!("{}/import", office.people);
    let hand_over = format!("{}?hand_over_to={}", office.ada.path, office.bob.id);
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(browser.put(&office.roles, roles.clone()).await.status, 403);
        assert_eq!(browser.post(&office.people, eve.clone()).await.status, 403);
        assert_eq!(browser.post(&import, json!({ "rows": [eve] })).await.status, 403);
        assert_eq!(browser.delete(&hand_over).await.status, 403);
    }
    assert_unchanged(&office.portal, &before).await;
    // The contacts are another matter.
    let contacts = json!({ "administrators": [office.ada.id], "billing_contact": office.bob.id, "shipping_contact": office.bob.id });
    assert_eq!(partner.browser.put(&office.roles, contacts).await.status, 200);
}

#[tokio::test]
async fn whoever_is_replaced_is_told_even_if_they_never_linked() {
    let office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let mut partner = office.partner().await;
    for wish in [
        json!({ "professional": cleo }),
        json!({ "professional": office.bob.id, "in_place_of": [cleo] }),
    ] {
        assert_eq!(partner.browser.post(&appointments(&office), wish).await.status, 200);
        mails(&office.portal).await;
    }
    let cleos = told(&office.portal, "administrator-changed")
        .into_iter()
        .filter(|it| it == "cleo@customer.example");
    assert_eq!(cleos.count(), 2, "when they became administrator, and when they were it no longer");
}

#[tokio::test]
async fn with_second_approval_nothing_changes_until_somebody_else_of_the_staff_approves() {
    let mut office = with_second_approval().await;
    let (mut staff, mut second) = (office.staff().await, second_staff(&office).await);
    let wish = json!({ "professional": office.bob.id, "in_place_of": [office.ada.id], "reason": "Ada has left." });
    let asked = staff.browser.post(&appointments(&office), wish.clone()).await;
    assert_eq!(asked.status, 202, "{asked}");
    assert_eq!(asked.body["roles"]["administrators"], json!([office.ada.id]));
    assert_eq!(asked.body["appointment"]["name"], "Bob Builder");
    assert_eq!(asked.body["appointment"]["in_place_of"], json!(["Ada Lovelace"]));
    let yours = async |browser: &mut tests::Browser| {
        browser.get(&office.account).await.body["appointment"]["yours"].clone()
    };
    assert_eq!(
        (yours(&mut staff.browser).await, yours(&mut second).await),
        (json!(true), json!(false))
    );
    assert_eq!(
        office.ada.browser.get(&office.account).await.body["appointment"]["reason"],
        "Ada has left.",
        "its administrator sees it coming"
    );
    assert_eq!(office.bob.browser.get(&office.account).await.body["appointment"], Value::Null);
    mails(&office.portal).await;
    assert_eq!(
        told(&office.portal, "appointment-requested"),
        ["stella@vendor.example"],
        "the vendor's administrators"
    );
    let mail = office.portal.mail("stella@vendor.example");
    assert!(
        mail.links
            .iter()
            .any(|it| it.ends_with(&format!("/account/?account={}", office.portal.customer))),
        "{:?}",
        mail.links
    );

    let before = table(&office.portal).await;
    assert_eq!(staff.browser.post(&appointments(&office), wish).await.status, 202, "asked again");
    let decision = format!(
        "{}/{}/decision",
        appointments(&office),
        asked.body["appointment"]["appointment"].as_str().expect("an id")
    );
    let own = staff.browser.post(&decision, json!({ "approve": true })).await;
    assert_eq!(own.status, 403, "{own}");
    assert_eq!(office.ada.browser.post(&decision, json!({ "approve": true })).await.status, 403);
    assert_unchanged(&office.portal, &before).await;

    let approved = second.post(&decision, json!({ "approve": true })).await;
    assert_eq!((approved.status, &approved.body["appointment"]), (200, &Value::Null), "{approved}");
    assert_eq!(office.bob.browser.get(&office.account).await.body["you"]["as"], "administrator");
    mails(&office.portal).await;
    assert_eq!(
        told(&office.portal, "administrator-changed"),
        ["ada@customer.example", "bob@customer.example"]
    );
}

#[tokio::test]
async fn an_operator_needs_no_second_approval_and_what_waits_is_overtaken() {
    let office = with_second_approval().await;
    let mut partner = office.partner().await;
    assert_eq!(
        partner
            .browser
            .post(&appointments(&office), json!({ "professional": office.bob.id }))
            .await
            .status,
        202
    );
    let wish = json!({ "professional": office.bob.id, "in_place_of": [office.ada.id] });
    let made = office
        .portal
        .operator("AppointAdministrator", event(&office.portal.customer, None, wish))
        .await;
    assert_eq!(
        (&made["status"], &made["body"]["appointment"]),
        (&json!(200), &Value::Null),
        "{made}"
    );
}
