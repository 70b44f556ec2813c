//! The partner's card on each customer follows the partner.

use serde_json::{Value, json};
use tests::{Portal, Table, operator_event, path};

#[tokio::test]
async fn every_customer_gets_the_card_and_nothing_else_changes() {
    let portal = Portal::start().await;
    // More than one page.
    let mut customers = vec![portal.customer.clone()];
    for number in 0..120 {
        customers.push(portal.create_customer(&format!("Customer {number:03}")).await);
    }
    let alone = portal.create_account(json!({ "name": "Other Partner", "kind": "partner" })).await;
    let other = portal.create_customer("Customer of another").await;
    let moved = portal
        .operator("UpdateAccount", operator_event(&other, None, json!({ "partner": alone })))
        .await;
    assert_eq!(moved["status"], 200, "{moved}");
    let body = json!({ "name": "Renamed Partner", "contact": { "email": "new@partner.example" } });
    let changed =
        portal.operator("UpdateAccount", operator_event(&portal.partner, None, body)).await;
    assert_eq!(changed["status"], 200, "{changed}");
    let card = async |id: &str| {
        let event = operator_event(id, None, Value::Null);
        portal.operator("ShowAccount", event).await["body"]["partner"].clone()
    };
    assert_eq!(
        card(&portal.customer).await["name"],
        "Helpful Partner",
        "not in the same transaction"
    );

    portal.deliver().await;
    let expected = json!({
        "account": portal.partner, "name": "Renamed Partner", "email": "new@partner.example",
        "phone": null, "website": null,
    });
    for customer in &customers {
        assert_eq!(card(customer).await, expected);
    }
    assert_eq!(card(&other).await["name"], "Other Partner");
    // Changes that customers do not see do not touch them.
    let before = Table::of(&portal).await;
    portal
        .operator(
            "UpdateAccount",
            operator_event(&portal.partner, None, json!({ "time_zone": "Europe/Berlin" })),
        )
        .await;
    portal.deliver().await;
    let after = Table::of(&portal).await;
    let changed = before.all().filter(|(pk, sk, item)| after.item(pk, sk) != *item);
    let changed: Vec<_> = changed.map(|(pk, sk, _)| (pk, sk)).collect();
    assert_eq!(changed, [(account_key(&portal.partner).as_str(), "account")]);
}

fn account_key(id: &str) -> String {
    path::account(id).replace("/api/accounts/", "account#")
}

#[tokio::test]
async fn work_that_is_done_twice_or_for_no_account_changes_nothing() {
    let portal = Portal::start().await;
    portal
        .operator(
            "UpdateAccount",
            operator_event(&portal.partner, None, json!({ "name": "Renamed Partner" })),
        )
        .await;
    portal.deliver().await;
    let before = Table::of(&portal).await;
    let (pk, id) = before.keys().find(|(pk, _)| pk.starts_with("card#")).expect("the work");
    let record = |pk: &str| {
        json!({
            "dynamodb": {
                "SequenceNumber": "1", "NewImage": { "pk": { "S": pk }, "sk": { "S": id } },
            },
        })
    };
    for pk in [pk, "card#01ARZ3NDEKTSV4RRFFQ69G5FAV", "card#nobody"] {
        let answer = portal.operator("CopyPartnerCard", json!({ "Records": [record(pk)] })).await;
        assert_eq!(answer, json!({ "batchItemFailures": [] }));
    }
    before.assert_unchanged(&portal).await;
}
