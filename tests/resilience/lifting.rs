//! Requests to lift a sign-in policy that come at once: two people have to ask, however often one of
//! them does.

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Request, Table};
use tokio::task::JoinSet;

/// The number of concurrent requests of each person.
const EACH: usize = 6;

fn policy(factors: &str) -> Value {
    json!({ "factors": factors, "linking": { "kind": "any" } })
}

/// Asks to lift the customer's policy with all of these browsers at once.
async fn ask(fixture: &Fixture, browsers: &[&Browser]) -> Vec<Answer> {
    let mut tasks = JoinSet::new();
    for browser in browsers.iter().flat_map(|browser| [*browser; EACH]) {
        let mut body = policy("nobody");
        body["reason"] = json!("Nobody can get in.");
        let path = fixture.customer_path("/sign-in-policy");
        let mut request = Request::new(browser, "PUT", path, body);
        tasks.spawn(async move { request.send().await });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn one_person_never_lifts_a_policy_and_two_lift_it_once() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let sid = fixture.link_colleague(&["appointments"]).await;
    let ada = &mut fixture.administrator;
    fixture.portal.assert_factors(&ada.browser, true).await;
    let set = ada.put(&format!("{}/sign-in-policy", fixture.account), policy("everybody")).await;
    assert_eq!(set.status, 200, "{set}");

    let answers = ask(&fixture, &[&sid.browser]).await;
    assert!(answers.iter().all(|answer| [202, 503].contains(&answer.status)), "{answers:?}");
    let of = |table: &Table, kind: &str| table.count(&fixture.portal.customer, kind);
    let asked = Table::of(&fixture.portal).await;
    assert_eq!(of(&asked, "sign-in-policy-lift-requested"), 1);
    assert_eq!(of(&asked, "sign-in-policy-lifted"), 0);

    let answers = ask(&fixture, &[&sid.browser, &fixture.staff.browser]).await;
    assert!(answers.iter().all(|answer| [200, 202, 503].contains(&answer.status)), "{answers:?}");
    let lifted = Table::of(&fixture.portal).await;
    assert_eq!(of(&lifted, "sign-in-policy-lift-requested"), 1);
    assert_eq!(of(&lifted, "sign-in-policy-lifted"), 1);
}
