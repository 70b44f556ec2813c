//! Creating accounts.

use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, activity_text, path, snapshot};

const PATH: &str = "/api/accounts";

fn customer() -> Value {
    json!({
        "name": "New Customer", "kind": "customer", "external_id": "ERP-4711",
        "plan": { "name": "Enhancement", "starts_on": "2026-01-01", "ends_on": "2027-01-10" },
        "first_professional": {
            "name": "Nora New", "email": "nora@new.example", "title": "Buyer",
            "phone": "+49 30 123", "language": "de",
        },
    })
}

/// Returns the customer's body with `field` set to `value`, or without it.
fn with(field: &str, value: Value) -> Value {
    let mut body = customer();
    match value {
        Value::Null => _ = body.as_object_mut().expect("an object").remove(field),
        value => body[field] = value,
    }
    body
}

#[tokio::test]
async fn staff_create_a_customer_with_its_first_professional() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let answer = staff.post(PATH, customer()).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    201 application/json
    {
      "account": "[id 1]",
      "confirmation": "confirmed",
      "grant": null,
      "kind": "customer",
      "name": "New Customer",
      "partner": null,
      "plan": {
        "ends_on": "2027-01-10",
        "name": "Enhancement",
        "starts_on": "2026-01-01",
        "state": "ending"
      },
      "professional": "[id 2]",
      "roles": [
        "administrator",
        "billing_contact",
        "shipping_contact"
      ]
    }
    "#);
    portal.deliver().await;
    let mut nora =
        portal.follow_invitation("nora@new.example", "Nora New", "nora@new.example").await;
    let path = path::account(answer.body["account"].as_str().unwrap());
    let seen = nora.get(&path).await;
    assert_eq!(
        (&seen.body["plan"]["state"], &seen.body["you"]["as"]),
        (&json!("ending"), &json!("administrator")),
        "{seen}"
    );
    let activity = nora.get(&format!("{path}/activity")).await;
    let acts: Vec<_> = activity
        .items()
        .iter()
        .filter(|activity| activity["actor"]["as"] == "staff")
        .map(|activity| activity["event"]["type"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["professional-added", "account-created"]);
    insta::assert_snapshot!(activity_text(activity.items().last().unwrap()), @"
    account-created by Stella Staff as staff of Example Vendor from 127.0.0.1
      imported: false
      waiting: false
    ");
}

#[tokio::test]
async fn it_shows_the_products_it_is_licensed_for() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let licences = json!([
        { "product": " Planner  for  .NET ", "quantity": 10 },
        { "product": "Ledger", "quantity": null }, { "product": "Archive" },
    ]);
    let answer = staff.post(PATH, with("licences", licences)).await;
    assert_eq!(answer.status, 201, "{answer}");
    let path = path::account(answer.body["account"].as_str().expect("an id"));
    let shown = json!([
        { "product": "Planner for .NET", "quantity": 10 },
        { "product": "Ledger", "quantity": null },
        { "product": "Archive", "quantity": null },
    ]);
    assert_eq!(staff.get(&path).await.body["licences"], shown, "in the order given");
    portal.deliver().await;
    let mut nora =
        portal.follow_invitation("nora@new.example", "Nora New", "nora@new.example").await;
    assert_eq!(nora.get(&path).await.body["licences"], shown, "to its own people");
}

#[tokio::test]
async fn a_product_is_licensed_once_whatever_its_spelling() {
    let mut fixture = Fixture::builder().staff().build().await;
    let licences = json!([
        { "product": "Planner Zoë" }, { "product": "Ledger" },
        { "product": "planner  ZOE", "quantity": 2 },
    ]);
    let answer = fixture.staff.post(PATH, with("licences", licences)).await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["licences.2.product"].as_slice()),
        "{answer}"
    );
    assert_eq!(answer.body["errors"][0]["code"], "repeated-product");
}

#[tokio::test]
async fn an_account_has_fifty_licences_at_most() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let licences = |count: usize| {
        (0..count)
            .map(|number| json!({ "product": format!("Planner {number}"), "quantity": 1 }))
            .collect::<Value>()
    };
    let before = Table::of(&portal).await;
    let answer = staff.post(PATH, with("licences", licences(51))).await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["licences"].as_slice()),
        "{answer}"
    );
    for licences in [
        json!([{ "product": "Planner", "quantity": -1 }]),
        json!([{ "product": "Planner", "quantity": 1.5 }]),
        json!([{ "quantity": 1 }]),
    ] {
        let answer = staff.post(PATH, with("licences", licences)).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    before.assert_unchanged(&portal).await;
    assert_eq!(staff.post(PATH, with("licences", licences(50))).await.status, 201);
}

#[tokio::test]
async fn its_external_id_makes_creating_it_twice_impossible() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let first = staff.post(PATH, customer()).await;
    assert_eq!(first.status, 201, "{first}");
    let before = Table::of(&portal).await;
    let again = staff.post(PATH, with("name", json!("Other Name"))).await;
    assert_eq!(
        (again.status, again.problem(), &again.body["account"]),
        (409, "account-exists", &first.body["account"]),
        "{again}"
    );
    before.assert_unchanged(&portal).await;
    assert_eq!(staff.post(PATH, with("external_id", json!("ERP-4712"))).await.status, 201);
    assert_eq!(staff.post(PATH, with("external_id", Value::Null)).await.status, 201);
}

#[tokio::test]
async fn there_is_one_vendor() {
    let portal = Portal::start().await;
    let before = Table::of(&portal).await;
    let answer = portal
        .operator("CreateAccount", json!({ "body": { "name": "Second Vendor", "kind": "vendor" } }))
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["account"]),
        (&json!(409), &json!(Portal::VENDOR)),
        "{answer}"
    );
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn an_unticked_invitation_sends_nothing() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let before = portal.sent_mails().await;
    let mut body = customer();
    body["first_professional"]["send_invitation"] = json!(false);
    assert_eq!(staff.post(PATH, body).await.status, 201);
    assert_eq!(portal.sent_mails().await, before);
}

#[tokio::test]
async fn an_account_needs_no_first_professional() {
    let mut fixture = Fixture::builder().staff().build().await;
    let answer = fixture.staff.post(PATH, with("first_professional", Value::Null)).await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn a_partner_creates_customers_of_its_own() {
    let Fixture { portal, mut partner, .. } = Fixture::builder().partner().build().await;
    let answer = partner.post(PATH, with("partner", json!(portal.partner))).await;
    assert_eq!(answer.status, 201, "{answer}");
    let path = path::account(answer.body["account"].as_str().unwrap());
    let seen = partner.get(&path).await;
    assert_eq!(
        (&seen.body["you"]["as"], &seen.body["partner"]["account"]),
        (&json!("partner"), &json!(portal.partner)),
        "{seen}"
    );
    let activity = partner.get(&format!("{path}/activity")).await;
    assert!(
        activity.items().iter().all(|activity| activity["actor"]["as"] == "partner"),
        "{activity}"
    );
}

#[tokio::test]
async fn a_partner_creates_nothing_else() {
    let Fixture { portal, mut partner, .. } = Fixture::builder().partner().build().await;
    let other = portal.create_account(json!({ "name": "Other Partner", "kind": "partner" })).await;
    let before = Table::of(&portal).await;
    for (body, status) in [
        (with("partner", json!(other)), 404),
        (with("partner", json!(portal.customer)), 403),
        (customer(), 403),
        (json!({ "name": "New Partner", "kind": "partner" }), 403),
        (json!({ "name": "New Partner", "kind": "partner", "partner": portal.partner }), 403),
        (json!({ "name": "New Vendor", "kind": "vendor" }), 403),
    ] {
        let answer = partner.post(PATH, body.clone()).await;
        assert_eq!(answer.status, status, "{body}: {answer}");
    }
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn staff_create_partners_and_customers_of_partners() {
    let mut fixture = Fixture::builder().staff().build().await;
    let contact = json!({
        "email": "help@new.example", "phone": "+49 30 9", "website": "https://new.example",
    });
    let partner = fixture
        .staff
        .post(PATH, json!({ "name": "New Partner", "kind": "partner", "contact": contact }))
        .await;
    assert_eq!(partner.status, 201, "{partner}");
    let body = with("partner", partner.body["account"].clone());
    let answer = fixture.staff.post(PATH, body).await;
    assert_eq!(answer.status, 201, "{answer}");
    let seen =
        fixture.staff.get(&path::account(answer.body["account"].as_str().unwrap())).await.body;
    let card = json!({
        "account": partner.body["account"], "name": "New Partner", "email": "help@new.example",
        "phone": "+49 30 9", "website": "https://new.example",
    });
    assert_eq!(seen["partner"], card);
}

#[tokio::test]
async fn a_customers_people_and_strangers_create_none() {
    let mut fixture = Fixture::with_customer().await;
    let mut stranger = fixture.stranger().await;
    let before = Table::of(&fixture.portal).await;
    for browser in [&mut fixture.administrator.browser, &mut stranger] {
        let without_partner = browser.post(PATH, customer()).await;
        assert_eq!(
            (without_partner.status, without_partner.problem()),
            (403, "forbidden"),
            "{without_partner}"
        );
        let for_partner = browser.post(PATH, with("partner", json!(fixture.portal.partner))).await;
        assert_eq!(
            (for_partner.status, for_partner.problem()),
            (404, "not-found"),
            "{for_partner}"
        );
    }
    let answer =
        fixture.administrator.post(PATH, with("partner", json!(fixture.portal.customer))).await;
    assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn values_that_contradict_each_other_are_named() {
    let portal = Portal::start().await;
    let before = Table::of(&portal).await;
    for (body, fields) in [
        (with("plan", Value::Null), vec!["plan"]),
        (
            with(
                "plan",
                json!({ "name": "Support", "starts_on": "2027-01-01", "ends_on": "2026-12-31" }),
            ),
            vec!["plan.ends_on"],
        ),
        (
            json!({ "name": "New Partner", "kind": "partner", "partner": portal.partner }),
            vec!["partner"],
        ),
        (with("partner", json!(portal.customer)), vec!["partner"]),
        (with("partner", json!(Portal::VENDOR)), vec!["partner"]),
        (with("external_id", json!("x".repeat(65))), vec!["external_id"]),
        (with("external_id", json!("")), vec!["external_id"]),
        (with("name", json!("See http://evil.example")), vec!["name"]),
        (with("contact", json!({ "website": "http://plain.example" })), vec!["contact.website"]),
    ] {
        let answer = portal.operator("CreateAccount", json!({ "body": body })).await;
        let named: Vec<_> = answer["body"]["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["field"].as_str())
            .collect();
        assert_eq!((answer["status"].clone(), named), (json!(422), fields), "{body}: {answer}");
    }
    let unknown = with("partner", json!("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    assert_eq!(portal.operator("CreateAccount", json!({ "body": unknown })).await["status"], 404);
    assert_eq!(
        portal.operator("CreateAccount", json!({ "body": with("kind", json!("reseller")) })).await
            ["status"],
        400
    );
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn a_company_may_be_named_like_its_web_address() {
    let portal = Portal::start().await;
    let answer = portal
        .operator("CreateAccount", json!({ "body": with("name", json!("Example.com Ltd")) }))
        .await;
    assert_eq!(
        (&answer["status"], &answer["body"]["name"]),
        (&json!(201), &json!("Example.com Ltd")),
        "{answer}"
    );
}
