//! Callers without permission, and callers of a foreign account.

use http::Method;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, path};

use super::{
    Route, UNKNOWN, changing, create_account, invite, on_account, on_professional, request_links,
};

#[tokio::test]
async fn a_foreign_account_is_answered_like_an_unknown_one() {
    let mut fixture = Fixture::with_customer().await;
    let foreign = fixture.portal.create_customer("Another Customer").await;
    let (carl, _) = fixture.portal.linked(&foreign, "Carl Foreign", "carl@foreign.example").await;
    let mut stranger = fixture.stranger().await;
    let before = Table::of(&fixture.portal).await;
    for browser in [&mut fixture.administrator.browser, &mut stranger] {
        let mut expected = None;
        for id in [
            foreign.as_str(),
            UNKNOWN,
            Portal::VENDOR,
            &fixture.portal.partner,
            &foreign.to_lowercase(),
            "nonsense",
            "%20",
            "account%23",
        ] {
            let path = path::account(id);
            for route in
                on_account(&path).into_iter().chain(on_professional(&path::person(id, &carl)))
            {
                let answer = route.call(browser).await;
                let answer = (
                    answer.status,
                    answer.headers.get("content-type").cloned(),
                    answer.body.to_string(),
                );
                assert_eq!(answer.0, 404, "{} {}: {answer:?}", route.method, route.path);
                assert_eq!(
                    answer,
                    *expected.get_or_insert(answer.clone()),
                    "{} {}",
                    route.method,
                    route.path
                );
            }
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_foreign_professional_is_answered_like_an_unknown_one() {
    let mut fixture = Fixture::with_customer().await;
    let foreign = fixture.portal.create_customer("Another Customer").await;
    let carl = fixture.portal.add(&foreign, "Carl Foreign", "carl@foreign.example").await;
    let mut partner = fixture.link_partner().await;
    let before = Table::of(&fixture.portal).await;
    for browser in [&mut fixture.administrator.browser, &mut partner.browser] {
        let mut expected = None;
        for id in [carl.as_str(), UNKNOWN, &fixture.member.id.to_lowercase(), "nonsense"] {
            for route in on_professional(&path::person(&fixture.portal.customer, id)) {
                let answer = route.call(browser).await;
                assert_eq!(
                    (answer.status, answer.problem()),
                    (404, "not-found"),
                    "{} {}: {answer}",
                    route.method,
                    route.path
                );
                let answer = answer.body.to_string();
                assert_eq!(
                    answer,
                    *expected.get_or_insert(answer.clone()),
                    "{} {}",
                    route.method,
                    route.path
                );
            }
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn without_permission_to_see_a_colleague_an_unknown_one_looks_the_same() {
    let mut fixture = Fixture::with_customer().await;
    let mut answers = Vec::new();
    for id in [fixture.administrator.id.as_str(), UNKNOWN] {
        for route in on_professional(&path::person(&fixture.portal.customer, id)) {
            answers.push(route.call(&mut fixture.member.browser).await.body.to_string());
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn requests_without_a_session_are_unauthenticated() {
    let fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let mut routes = on_account(&fixture.account);
    routes.extend(on_professional(&fixture.member.path));
    routes.extend([
        create_account(),
        request_links(),
        Route::new(Method::GET, "/api/accounts", Value::Null),
    ]);
    routes.push(Route::new(
        Method::GET,
        format!("/api/accounts?managed_by={}", fixture.portal.partner),
        Value::Null,
    ));
    let secret = "s".repeat(43);
    for cookie in
        [None, Some(String::new()), Some("nonsense".to_owned()), Some(format!("{secret}.{secret}"))]
    {
        let mut browser = fixture.portal.browser();
        browser.cookies.extend(cookie.map(|value| ("__Host-session".to_owned(), value)));
        for route in &routes {
            let answer = route.call(&mut browser).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (401, "not-signed-in"),
                "{} {}: {answer}",
                route.method,
                route.path
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn without_permission_it_is_forbidden() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let mut routes = on_account(&fixture.account);
    // Everybody sees the account and its people.
    routes.retain(|route| {
        route.method != Method::GET || route.path != fixture.account && route.path != fixture.people
    });
    routes.extend(on_professional(&fixture.administrator.path));
    routes.extend([
        create_account(),
        Route::new(Method::PATCH, fixture.member.path.as_str(), json!({ "ends_on": null })),
        Route::new(Method::DELETE, fixture.member.path.as_str(), Value::Null),
        Route::new(Method::DELETE, fixture.member.invitation.as_str(), Value::Null),
        Route::new(
            Method::GET,
            format!("/api/accounts?managed_by={}", fixture.portal.customer),
            Value::Null,
        ),
    ]);
    for route in routes {
        let answer = route.call(&mut fixture.member.browser).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, "forbidden"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_change_requested_by_another_site_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let own = fixture.portal.url.clone();
    let (other_port, longer) =
        (own.replace("localhost", "127.0.0.1"), format!("{own}.evil.example"));
    let cases: [&[(&str, &str)]; 11] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", &other_port)],
        &[("origin", &longer)],
        &[("referer", &own)],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
    ];
    for headers in cases {
        fixture.administrator.browser.headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for route in changing(&fixture) {
            let answer = route.call(&mut fixture.administrator.browser).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (403, "cross-site"),
                "{} {} {headers:?}: {answer}",
                route.method,
                route.path
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_browser_that_sends_only_the_portals_own_origin_is_accepted() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.browser.headers = vec![("origin".to_owned(), fixture.portal.url.clone())];
    let answer = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn reading_needs_no_header_from_the_portals_own_pages() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.browser.headers =
        vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
    let answer = fixture.administrator.get(&fixture.account).await;
    assert_eq!(answer.status, 200, "{answer}");
}

#[tokio::test]
async fn a_lapsed_plan_locks_everyone_out_and_says_since_when_and_who_to_ask() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2028-01-01");
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let before = Table::of(&fixture.portal).await;
    let routes =
        || on_account(&fixture.account).into_iter().chain(on_professional(&fixture.member.path));
    for route in routes() {
        let answer = route.call(&mut bob).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, "plan-lapsed"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
    }
    // What takes access away still works, as the tests of those functions show.
    let takes_access_away =
        |route: &Route| route.method == Method::DELETE || route.path.ends_with("/restore");
    for route in routes().filter(|route| !takes_access_away(route)) {
        let answer = route.call(&mut ada).await;
        let expected = if route.method == Method::GET { 200 } else { 403 };
        assert_eq!(answer.status, expected, "{} {}: {answer}", route.method, route.path);
    }
    let mut answer = bob.get(&fixture.account).await.body;
    answer["partner"]["account"] = "[partner]".into();
    insta::assert_json_snapshot!(answer, @r#"
    {
      "access_mailbox": "access@vendor.example",
      "administrator": false,
      "begins_on": null,
      "detail": "the service plan Support has expired, and there has been no access since 2028-01-01; ask Helpful Partner to renew it",
      "partner": {
        "account": "[partner]",
        "email": "help@partner.example",
        "name": "Helpful Partner",
        "phone": "+49 30 1234",
        "website": "https://partner.example"
      },
      "plan": "Support",
      "since": "2028-01-01",
      "status": 403,
      "title": "The service plan has expired",
      "type": "/problems/plan-lapsed/"
    }
    "#);
    let answer = ada.post(&fixture.people, invite()).await;
    assert_eq!(
        (answer.problem(), &answer.body["administrator"]),
        ("plan-lapsed", &json!(true)),
        "{answer}"
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_end_date_that_has_passed_locks_out_and_says_since_when() {
    let mut fixture = Fixture::with_customer().await;
    let answer =
        fixture.administrator.patch(&fixture.member.path, json!({ "ends_on": "2026-11-22" })).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(
        fixture.member.get(&fixture.account).await.status,
        200,
        "the last day is a day of access"
    );
    fixture.portal.set_today("2026-11-23");
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let before = Table::of(&fixture.portal).await;
    for route in
        on_account(&fixture.account).into_iter().chain(on_professional(&fixture.member.path))
    {
        let answer = route.call(&mut bob).await;
        assert_eq!(
            (answer.status, answer.problem(), &answer.body["since"]),
            (403, "access-ended", &json!("2026-11-22")),
            "{}: {answer}",
            route.path
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_operators_bad_input_gets_the_same_problems() {
    let fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let path = json!({ "account": fixture.portal.customer });
    for (event, status, kind) in [
        (json!({ "path": path, "body": { "name": 7 } }), 400, "malformed"),
        (json!({ "path": path }), 400, "malformed"),
        (json!({ "path": path, "body": {}, "surprise": 1 }), 400, "malformed"),
        (json!({ "path": { "account": 7 } }), 400, "malformed"),
        (json!("text"), 400, "malformed"),
        (json!({ "path": path, "body": { "name": "", "email": "" } }), 422, "invalid"),
        (
            json!({
                "path": { "account": UNKNOWN },
                "body": { "name": "Cleo", "email": "cleo@customer.example" },
            }),
            404,
            "not-found",
        ),
        (json!({ "body": { "name": "Cleo", "email": "cleo@customer.example" } }), 404, "not-found"),
    ] {
        let answer = fixture.portal.operator("Invite", event.clone()).await;
        assert_eq!(
            (&answer["status"], &answer["body"]["type"]),
            (&json!(status), &json!(format!("/problems/{kind}/"))),
            "{event}: {answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_problem_has_the_form_of_the_standard() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.member.get(&fixture.activity).await;
    insta::assert_snapshot!(answer, @r#"
    403 application/problem+json
    {
      "detail": "only an administrator of the account can do this",
      "permission": null,
      "status": 403,
      "title": "You don't have permission to do this",
      "type": "/problems/forbidden/"
    }
    "#);
    assert_eq!(answer.headers["cache-control"], "no-store");
}
