//! The accounts of an identity, and those that a partner or the vendor manages.

use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Portal, snapshot};

fn names(answer: &Answer) -> Vec<&str> {
    answer.items().iter().map(|item| item["name"].as_str().expect("a name")).collect()
}

fn managed(by: &str) -> String {
    format!("/api/accounts?managed_by={by}")
}

#[tokio::test]
async fn an_identity_sees_its_accounts_with_plan_and_own_roles() {
    let fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("another customer").await;
    fixture.portal.add(&other, "Ada Lovelace", "ada@customer.example").await;
    let mut ada = fixture
        .portal
        .follow_invitation("ada@customer.example", "Ada Lovelace", "ada@customer.example")
        .await;
    let answer = ada.get("/api/accounts").await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "items": [
        {
          "account": "[id 1]",
          "confirmation": "confirmed",
          "grant": "appoint_administrator",
          "kind": "customer",
          "name": "another customer",
          "partner": {
            "account": "[id 2]",
            "name": "Helpful Partner"
          },
          "plan": {
            "ends_on": "2027-12-31",
            "name": "Support",
            "starts_on": "2026-01-01",
            "state": "current"
          },
          "professional": "[id 3]",
          "roles": [
            "administrator",
            "billing_contact",
            "shipping_contact"
          ]
        },
        {
          "account": "[id 4]",
          "confirmation": "confirmed",
          "grant": "appoint_administrator",
          "kind": "customer",
          "name": "Example Customer",
          "partner": {
            "account": "[id 2]",
            "name": "Helpful Partner"
          },
          "plan": {
            "ends_on": "2027-12-31",
            "name": "Support",
            "starts_on": "2026-01-01",
            "state": "current"
          },
          "professional": "[id 5]",
          "roles": [
            "administrator",
            "billing_contact",
            "shipping_contact"
          ]
        }
      ],
      "next": null
    }
    "#);
}

#[tokio::test]
async fn a_lapsed_account_stays_in_the_list() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2028-01-01");
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let answer = bob.get("/api/accounts").await;
    assert_eq!(answer.items()[0]["plan"]["state"], "lapsed", "{answer}");
}

#[tokio::test]
async fn an_identity_without_a_link_sees_an_empty_list() {
    let portal = Portal::start().await;
    let answer =
        portal.sign_in("Sam Stranger", "sam@stranger.example").await.get("/api/accounts").await;
    assert_eq!(answer.body, json!({ "items": [], "next": null }));
}

#[tokio::test]
async fn a_partner_sees_its_customers_by_name_with_their_plans() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.create_customer("Árpád Ltd").await;
    fixture
        .portal
        .create_account(json!({
            "name": "Orphan", "kind": "customer",
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
        }))
        .await;
    let mut partner = fixture.link_partner().await;
    let answer = partner.get(&managed(&fixture.portal.partner)).await;
    assert_eq!(names(&answer), ["Árpád Ltd", "Example Customer"]);
    let first = &answer.items()[1];
    assert_eq!(
        (&first["roles"], &first["professional"], &first["plan"]["state"]),
        (&json!([]), &Value::Null, &json!("current")),
        "{answer}"
    );
}

#[tokio::test]
async fn staff_see_all_accounts_and_each_partners_customers() {
    let fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    assert_eq!(
        names(&staff.get(&managed(Portal::VENDOR)).await),
        ["Example Customer", "Helpful Partner"]
    );
    assert_eq!(names(&staff.get(&managed(&fixture.portal.partner)).await), ["Example Customer"]);
}

#[tokio::test]
async fn customers_are_searched_and_read_page_by_page() {
    let portal = Portal::start().await;
    let mut expected = vec!["Example Customer".to_owned()];
    for number in 0..12 {
        let name = format!("Müller {number:02}");
        portal.create_customer(&name).await;
        expected.push(name);
    }
    let mut partner =
        Person::link(&portal, &portal.partner, "Pat Partner", "pat@partner.example").await;
    let mut staff =
        Person::link(&portal, Portal::VENDOR, "Stella Staff", "stella@vendor.example").await;
    for (browser, by, search) in [
        (&mut partner.browser, portal.partner.as_str(), ""),
        (&mut staff.browser, Portal::VENDOR, "mUller"),
    ] {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let answer =
                browser.get(&format!("{}&limit=5&search={search}{after}", managed(by))).await;
            all.extend(names(&answer).into_iter().map(str::to_owned));
            let Some(next) = answer.body["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(all, if search.is_empty() { &expected[..] } else { &expected[1..] });
    }
}

#[tokio::test]
async fn nobody_else_sees_which_accounts_an_account_manages() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    let other =
        fixture.portal.create_account(json!({ "name": "Other Partner", "kind": "partner" })).await;
    for by in [&fixture.portal.partner, &other, Portal::VENDOR, "nonsense"] {
        assert_eq!(fixture.administrator.get(&managed(by)).await.status, 404);
    }
    for by in [&other, Portal::VENDOR] {
        assert_eq!(partner.get(&managed(by)).await.status, 404);
    }
    let answer = fixture.administrator.get(&managed(&fixture.portal.customer)).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (403, "forbidden"),
        "a customer manages no account"
    );
    let answer = partner.get(&managed(&fixture.portal.customer)).await;
    assert_eq!((answer.status, answer.problem()), (403, "forbidden"));
}

#[tokio::test]
async fn an_operator_sees_all_accounts_and_has_none_of_their_own() {
    let portal = Portal::start().await;
    let answer =
        portal.operator("ListAccounts", json!({ "query": { "managed_by": Portal::VENDOR } })).await;
    assert_eq!(
        (&answer["status"], answer["body"]["items"].as_array().map(Vec::len)),
        (&json!(200), Some(2)),
        "{answer}"
    );
    assert_eq!(portal.operator("ListAccounts", json!({})).await["status"], 401);
}

#[tokio::test]
async fn a_filtered_page_holds_its_matching_accounts_and_the_next_cursor() {
    let fixture = Fixture::with_customer().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-12-01" });
    for name in ["Aaa", "Zzz"] {
        fixture
            .portal
            .create_account(json!({
                "name": name, "kind": "customer", "partner": fixture.portal.partner, "plan": plan,
            }))
            .await;
    }
    let mut staff = fixture.link_staff().await;
    let all = managed(Portal::VENDOR);
    let answer = staff.get(&format!("{all}&plan_state=ending")).await;
    assert_eq!(names(&answer), ["Aaa", "Zzz"]);
    assert_eq!(names(&staff.get(&format!("{all}&kind=partner")).await), ["Helpful Partner"]);
    // Aaa, then Example Customer and Helpful Partner, which do not match, then Zzz.
    let first = staff.get(&format!("{all}&plan_state=ending&limit=1")).await;
    assert_eq!(names(&first), ["Aaa"]);
    let second = staff
        .get(&format!(
            "{all}&plan_state=ending&limit=2&after={}",
            first.body["next"].as_str().expect("more")
        ))
        .await;
    assert_eq!((names(&second), second.body["next"].is_string()), (vec![], true), "{second}");
    for query in ["plan_state=good", "kind=reseller"] {
        assert_eq!(staff.get(&format!("{all}&{query}")).await.problem(), "malformed");
    }
}

#[tokio::test]
async fn staff_find_an_account_by_the_vendors_number() {
    let mut fixture = Fixture::with_customer().await;
    let (mut staff, mut partner) = (fixture.link_staff().await, fixture.link_partner().await);
    let numbered = json!({ "name": "Numbered", "kind": "partner", "external_id": "P/7?" });
    let created = staff.post("/api/accounts", numbered).await;
    let path = "/api/accounts?external_id=P%2F7%3F";
    let found = staff.get(path).await;
    assert_eq!(
        (names(&found), &found.items()[0]["account"], &found.body["next"]),
        (vec!["Numbered"], &created.body["account"], &Value::Null)
    );
    let none = staff.get("/api/accounts?external_id=P-8").await;
    assert_eq!((none.status, &none.body), (200, &json!({ "items": [], "next": null })));
    let invalid = staff.get("/api/accounts?external_id=with%20space").await;
    assert_eq!((invalid.status, invalid.invalid_fields()), (422, vec!["external_id"]), "{invalid}");
    for browser in [&mut fixture.administrator.browser, &mut partner.browser] {
        for path in [path, "/api/accounts?external_id=P-8"] {
            assert_eq!(
                browser.get(path).await.status,
                404,
                "nobody else learns which numbers there are"
            );
        }
    }
}
