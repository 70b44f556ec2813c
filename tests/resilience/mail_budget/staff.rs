//! A member of staff who turns what the vendor lets them do against a customer.

use http::Method;
use serde_json::{Value, json};
use tests::Fixture;

use super::{Flood, OUTSIDE, TIMES, others_leave, within_limits};

/// What staff do a hundred times.
pub(super) const OPERATIONS: &[&str] = &[
    "appoint-administrator",
    "change-sign-in-policy",
    "decide-appointment",
    "import-accounts",
    "invite",
    "release-mail",
    "update-account",
];

#[tokio::test]
async fn staff_flood_nobody_either() {
    let fixture = Fixture::builder().customer().partner().staff().second_approval().build().await;
    let portal = &fixture.portal;
    let other = portal.create_customer("Second Customer").await;
    portal.linked(&other, "Sue Second", "sue@second.example").await;
    let bouncing = portal.create_customer("Bouncing Customer").await;
    let Fixture { partner: pat, staff: stella, .. } = &fixture;
    let (mut pat, mut stella) = (pat.browser.clone(), stella.browser.clone());
    let mut administrator = fixture.administrator.browser.clone();
    let policy = fixture.customer_path("/sign-in-policy");
    let [ada, bob] = [&fixture.administrator, &fixture.member].map(|person| person.id.as_str());
    let appointments = fixture.customer_path("/appointments");
    let mut flood = Flood::default();
    // The newest that waits for approval.
    let mut appointment = String::new();
    for number in 0..TIMES {
        for partner in [Value::Null, json!(portal.partner)] {
            let changed = json!({ "partner": partner });
            flood.send(&mut stella, Method::PATCH, &fixture.account, changed).await;
        }
        let [to, from] = if number.is_multiple_of(2) { [bob, ada] } else { [ada, bob] };
        let asked = json!({
            "professional": to, "in_place_of": [from], "reason": "Changed again.",
            "email": format!("victim+{number}@{OUTSIDE}"),
        });
        let asked = flood.send(&mut pat, Method::POST, &appointments, asked).await;
        if let Some(id) = asked.body["appointment"]["appointment"].as_str() {
            id.clone_into(&mut appointment);
        }
        let decision = format!("{appointments}/{appointment}/decision");
        flood.send(&mut stella, Method::POST, &decision, json!({ "approve": true })).await;
        let row = json!({
            "external_id": "K-1", "name": format!("Imported {number}"), "plan": "Support",
            "starts_on": "2026-01-01", "ends_on": "2027-12-31",
        });
        let rows = json!({ "rows": [row] });
        flood.send(&mut stella, Method::POST, "/api/accounts/import", rows).await;
        // Each request to lift the policy is notified, and setting it again forgets the request.
        let linking = json!({ "kind": "issuers", "values": [portal.provider.issuer()] });
        let set = json!({ "factors": "nobody", "linking": linking });
        flood.send(&mut administrator, Method::PUT, &policy, set).await;
        let lifted = json!({
            "factors": "nobody", "linking": { "kind": "any" }, "reason": "Lifted again.",
        });
        flood.send(&mut stella, Method::PUT, &policy, lifted).await;
        // Bounces, so that the account's mail is held, and is released again at once.
        let people = format!("/api/accounts/{bouncing}/professionals");
        for email in [format!("bounce@n{number}.example"), format!("victim+h{number}@{OUTSIDE}")] {
            let person = json!({ "name": "No Body", "email": email });
            flood.send(&mut stella, Method::POST, &people, person).await;
        }
        let release = format!("/api/accounts/{bouncing}/mail/release");
        flood.send(&mut stella, Method::POST, &release, Value::Null).await;
        if number % 10 == 9 {
            portal.report().await;
        }
    }
    flood.was_of(OPERATIONS);
    within_limits(portal);
    others_leave(portal, &other).await;
}
