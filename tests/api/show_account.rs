//! An account as its people, its partner, staff and operators see it.

use serde_json::{Value, json};
use tests::{Fixture, Portal, operator_event, path, snapshot, snapshot_value};

#[tokio::test]
async fn an_administrator_sees_plan_partner_roles_and_what_they_may_do() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.get(&fixture.account).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "active_administrators": [
        "[id 2]"
      ],
      "appointment": null,
      "confirmation": "confirmed",
      "contact": {},
      "external_id": null,
      "grant": "appoint_administrator",
      "has_linked": true,
      "held_mail": null,
      "kind": "customer",
      "licences": [],
      "name": "Example Customer",
      "partner": {
        "account": "[id 3]",
        "email": "help@partner.example",
        "name": "Helpful Partner",
        "phone": "+49 30 1234",
        "website": "https://partner.example"
      },
      "partner_plans": null,
      "plan": {
        "ends_on": "2027-12-31",
        "name": "Support",
        "starts_on": "2026-01-01",
        "state": "current"
      },
      "roles": {
        "administrators": [
          "[id 2]"
        ],
        "billing_contact": "[id 2]",
        "shipping_contact": "[id 2]"
      },
      "sign_in_policy": {
        "factors": "nobody",
        "lift": null,
        "linking": {
          "kind": "any",
          "values": []
        },
        "outside": null
      },
      "time_zone": "UTC",
      "version": 3,
      "you": {
        "allowed_actions": [
          "view-account",
          "list-professionals",
          "export-professionals",
          "invite",
          "assign-roles",
          "list-activity",
          "narrow-grant",
          "change-grant",
          "change-sign-in-policy",
          "lift-sign-in-policy",
          "decide-access-request"
        ],
        "as": "administrator",
        "professional": "[id 2]"
      }
    }
    "#);
}

#[tokio::test]
async fn everybody_else_sees_the_same_account_with_their_own_relationship() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let mut seen = fixture.administrator.get(&fixture.account).await.body;
    seen["you"].take();
    // Who sees the policy is in the tests of change-sign-in-policy.
    seen["sign_in_policy"].take();
    let mut relationships = Vec::new();
    for browser in [&mut fixture.member.browser, &mut partner.browser, &mut staff.browser] {
        let mut body = browser.get(&fixture.account).await.body;
        relationships.push(body["you"].take());
        body["sign_in_policy"].take();
        assert_eq!(body, seen);
    }
    let operator = fixture
        .portal
        .operator("ShowAccount", operator_event(&fixture.portal.customer, None, Value::Null))
        .await;
    relationships.push(operator["body"]["you"].clone());
    insta::assert_snapshot!(snapshot_value(&json!(relationships)), @r#"
    [
      {
        "allowed_actions": [
          "view-account",
          "list-professionals"
        ],
        "as": "professional",
        "professional": "[id 1]"
      },
      {
        "allowed_actions": [
          "view-account",
          "list-professionals",
          "export-professionals",
          "invite",
          "assign-roles",
          "list-activity",
          "appoint-administrator",
          "decide-access-request"
        ],
        "as": "partner",
        "professional": null
      },
      {
        "allowed_actions": [
          "view-account",
          "list-professionals",
          "export-professionals",
          "invite",
          "assign-roles",
          "list-activity",
          "list-managed",
          "create-account",
          "import-accounts",
          "update-account",
          "confirm-account",
          "withdraw-account",
          "narrow-grant",
          "change-grant",
          "lift-sign-in-policy",
          "appoint-administrator",
          "decide-appointment",
          "decide-access-request",
          "release-mail"
        ],
        "as": "staff",
        "professional": null
      },
      {
        "allowed_actions": [
          "view-account",
          "list-professionals",
          "export-professionals",
          "invite",
          "assign-roles",
          "list-activity",
          "list-managed",
          "create-account",
          "import-accounts",
          "update-account",
          "confirm-account",
          "withdraw-account",
          "narrow-grant",
          "change-grant",
          "lift-sign-in-policy",
          "appoint-administrator",
          "decide-appointment",
          "decide-access-request",
          "release-mail"
        ],
        "as": "operator",
        "professional": null
      }
    ]
    "#);
}

#[tokio::test]
async fn the_plans_state_follows_the_date() {
    let portal = Portal::start().await;
    for (today, state) in [
        ("2025-12-31", "lapsed"),
        ("2026-01-01", "current"),
        ("2027-10-31", "current"),
        ("2027-11-01", "ending"),
        ("2027-12-31", "ending"),
        ("2028-01-01", "lapsed"),
    ] {
        portal.set_today(today);
        let answer = portal
            .operator("ShowAccount", operator_event(&portal.customer, None, Value::Null))
            .await;
        assert_eq!(answer["body"]["plan"]["state"], state, "{today}");
    }
}

#[tokio::test]
async fn a_partner_sees_its_own_customers_only() {
    let fixture = Fixture::with_customer().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let orphan = fixture
        .portal
        .create_account(json!({ "name": "Orphan Customer", "kind": "customer", "plan": plan }))
        .await;
    let mut partner = fixture.link_partner().await;
    assert_eq!(partner.get(&fixture.account).await.status, 200);
    assert_eq!(partner.get(&path::account(&orphan)).await.status, 404);
    assert_eq!(partner.get(&path::account(Portal::VENDOR)).await.status, 404);
}

#[tokio::test]
async fn a_lapsed_partner_loses_its_customers() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Reseller", "starts_on": "2026-01-01", "ends_on": "2026-11-22" });
    let partner = portal
        .create_account(json!({ "name": "Short Partner", "kind": "partner", "plan": plan }))
        .await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let customer = portal
        .create_account(
            json!({ "name": "Its Customer", "kind": "customer", "partner": partner, "plan": plan }),
        )
        .await;
    let (_, mut browser) = portal.linked(&partner, "Pat Short", "pat@short.example").await;
    assert_eq!(browser.get(&path::account(&customer)).await.status, 200);
    portal.set_today("2026-11-23");
    let mut browser_after = portal.sign_in("Pat Short", "pat@short.example").await;
    let answer = browser_after.get(&path::account(&customer)).await;
    assert_eq!(
        (answer.status, answer.problem(), &answer.body["plan"]),
        (403, "plan-lapsed", &json!("Reseller")),
        "{answer}"
    );
}

#[tokio::test]
async fn partner_and_staff_still_see_a_customer_whose_plan_has_lapsed() {
    let fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    fixture.link_staff().await;
    fixture.portal.set_today("2028-01-01");
    for email in ["pat@partner.example", "stella@vendor.example"] {
        let mut browser = fixture.portal.sign_in("Helper", email).await;
        let answer = browser.get(&fixture.account).await;
        assert_eq!(
            (answer.status, &answer.body["plan"]["state"]),
            (200, &json!("lapsed")),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_professional_who_is_staff_too_may_do_what_staff_may() {
    let mut fixture = Fixture::with_customer().await;
    fixture.portal.add(Portal::VENDOR, "Bob Builder", "bob@vendor.example").await;
    let mut bob = fixture
        .portal
        .follow_invitation("bob@vendor.example", "Bob Builder", "bob@customer.example")
        .await;
    let added = bob
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!(added.status, 201, "{added}");
    assert_eq!(fixture.newest_activity().await["actor"]["as"], "staff");
}
