//! Where the vendor lists plans for partners, they create customers at once.

use local::Options;
use portico::domain::PartnerPlans;
use serde_json::{Value, json};
use tests::{Fixture, Table, path};

use super::{PATH, a_namesake_diverts_no_request, an_invention_collects_nothing, create, customer};

/// Returns a portal whose vendor lets partners create customers at once.
async fn at_once() -> Fixture {
    let partner_plans = PartnerPlans::parse("Support=12, Premium Care=24").expect("plans");
    let options = Options { partner_plans, ..Options::default() };
    Fixture::builder().options(options).partner().staff().build().await
}

#[tokio::test]
async fn where_the_vendor_lists_plans_a_customer_is_created_at_once_with_one_of_them() {
    let Fixture { portal, mut partner, .. } = at_once().await;
    let plans = json!([
        { "name": "Support", "months": 12 }, { "name": "Premium Care", "months": 24 },
    ]);
    let own = partner.get(&path::account(&portal.partner)).await;
    assert_eq!(own.body["partner_plans"], plans, "{own}");
    let with = |plan: Value| {
        let mut body = customer(&portal, "New Customer");
        body["plan"] = plan;
        body
    };
    let before = Table::of(&portal).await;
    for (plan, field) in [
        (
            json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2099-12-31" }),
            "plan.ends_on",
        ),
        (
            json!({ "name": "Support", "starts_on": "2098-01-01", "ends_on": "2098-12-31" }),
            "plan.ends_on",
        ),
        (
            json!({ "name": "Gold", "starts_on": "2026-11-22", "ends_on": "2026-12-31" }),
            "plan.name",
        ),
    ] {
        let answer = partner.post(PATH, with(plan)).await;
        assert_eq!((answer.status, answer.invalid_fields()), (422, vec![field]), "{answer}");
    }
    let year = json!({ "name": "support", "starts_on": "2026-11-22", "ends_on": "2027-11-21" });
    let mut licensed = with(year.clone());
    licensed["licences"] = json!([{ "product": "Planner" }]);
    let answer = partner.post(PATH, licensed).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["licences"]), "{answer}");
    before.assert_unchanged(&portal).await;
    let account = create(&mut partner, with(year)).await;
    portal.deliver().await;
    let mut nora =
        portal.follow_invitation("nora@new.example", "Nora New", "nora@new.example").await;
    let seen = nora.get(&path::account(&account)).await;
    assert_eq!(
        seen.fields(&["confirmation", "partner_plans"]),
        json!({ "confirmation": "unconfirmed", "partner_plans": null }),
        "{seen}"
    );
}

#[tokio::test]
async fn a_correction_of_what_was_created_at_once_stays_within_the_list() {
    let Fixture { portal, mut partner, .. } = at_once().await;
    let mut body = customer(&portal, "New Customer");
    body["plan"]["ends_on"] = json!("2026-12-31");
    let at = path::account(&create(&mut partner, body).await);
    let plan =
        |name, to| json!({ "plan": { "name": name, "starts_on": "2026-11-22", "ends_on": to } });
    let answer = partner.patch(&at, plan("Premium Care", "2099-12-31")).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["plan.ends_on"]), "{answer}");
    let answer = partner.patch(&at, json!({ "licences": [{ "product": "Planner" }] })).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["licences"]), "{answer}");
    assert_eq!(partner.patch(&at, plan("Premium Care", "2028-11-21")).await.status, 200);
    let body = json!({ "decision": "withdraw", "version": 2 });
    let withdrawn = partner.post(&format!("{at}/decision"), body).await;
    assert_eq!(withdrawn.status, 403, "only what waits can be withdrawn: {withdrawn}");
}

#[tokio::test]
async fn a_namesake_created_at_once_diverts_no_request() {
    a_namesake_diverts_no_request(at_once().await).await;
}

#[tokio::test]
async fn an_organisation_invented_at_once_collects_nothing() {
    an_invention_collects_nothing(at_once().await).await;
}
