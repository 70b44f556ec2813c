//! A partner who turns what customers let them do against others.

use http::Method;
use serde_json::json;
use tests::Fixture;

use super::{Flood, OUTSIDE, TIMES, others_leave, within_limits};

/// What the partner does a hundred times.
pub(super) const OPERATIONS: &[&str] =
    &["appoint-administrator", "create-account", "decide-account", "invite"];

#[tokio::test]
async fn a_partner_floods_nobody_either() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let portal = &fixture.portal;
    let other = portal.create_customer("Second Customer").await;
    portal.linked(&other, "Sue Second", "sue@second.example").await;
    let mut pat = fixture.link_partner().await.browser;
    let appointments = fixture.customer_path("/appointments");
    let [ada, bob] = [&fixture.administrator, &fixture.member].map(|person| person.id.as_str());
    let mut flood = Flood::default();
    // Created once, so that there is one to withdraw when no more can be created.
    let mut account = other.clone();
    for number in 0..TIMES {
        let [to, from] = if number.is_multiple_of(2) { [bob, ada] } else { [ada, bob] };
        let victim = format!("victim+{number}@{OUTSIDE}");
        let appointment = json!({
            "professional": to, "in_place_of": [from], "email": victim, "reason": "Changed again.",
        });
        let created = json!({
            "name": format!("Invented {number}"), "kind": "customer", "partner": portal.partner,
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
            "first_professional": { "name": "Vic Tim", "email": victim },
        });
        let invited = json!({ "name": "Vic Tim", "email": format!("victim+n{number}@{OUTSIDE}") });
        flood.send(&mut pat, Method::POST, &appointments, appointment).await;
        flood.send(&mut pat, Method::POST, &fixture.people, invited).await;
        let answer = flood.send(&mut pat, Method::POST, "/api/accounts", created).await;
        if let Some(created) = answer.body["account"].as_str().filter(|_| answer.status == 201) {
            account = created.to_owned();
        }
        let decision = format!("/api/accounts/{account}/decision");
        let withdrawn = json!({ "decision": "withdraw", "version": 1 });
        flood.send(&mut pat, Method::POST, &decision, withdrawn).await;
        if number % 10 == 9 {
            portal.deliver().await;
        }
    }
    flood.was_of(OPERATIONS);
    within_limits(portal);
    others_leave(portal, &other).await;
}
