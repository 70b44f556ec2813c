//! What callers without the right, and callers of what is not theirs, get.

use http::Method;
use serde_json::{Value, json};
use tests::Portal;

use super::{
    Route, UNKNOWN, changing, create_account, invite, on_account, on_professional, request_links,
};
use crate::office::{Office, account, assert_unchanged, person, table};

#[tokio::test]
async fn a_foreign_account_is_answered_like_an_unknown_one() {
    let mut office = Office::open().await;
    let foreign = office.portal.create_customer("Another Customer").await;
    let (carl, _) = office.portal.linked(&foreign, "Carl Foreign", "carl@foreign.example").await;
    let mut stranger = office.stranger().await;
    let before = table(&office.portal).await;
    for browser in [&mut office.ada.browser, &mut stranger] {
        let mut expected = None;
        for id in [
            foreign.as_str(),
            UNKNOWN,
            Portal::VENDOR,
            &office.portal.partner,
            &foreign.to_lowercase(),
            "nonsense",
            "%20",
            "account%23",
        ] {
            let path = account(id);
            for route in on_account(&path).into_iter().chain(on_professional(&person(id, &carl))) {
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
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_foreign_professional_is_answered_like_an_unknown_one() {
    let mut office = Office::open().await;
    let foreign = office.portal.create_customer("Another Customer").await;
    let carl = office.portal.add(&foreign, "Carl Foreign", "carl@foreign.example").await;
    let mut partner = office.partner().await;
    let before = table(&office.portal).await;
    for browser in [&mut office.ada.browser, &mut partner.browser] {
        let mut expected = None;
        for id in [carl.as_str(), UNKNOWN, &office.bob.id.to_lowercase(), "nonsense"] {
            for route in on_professional(&person(&office.portal.customer, id)) {
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
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn whoever_may_not_see_a_colleague_cannot_tell_whether_there_is_one() {
    let mut office = Office::open().await;
    let mut answers = Vec::new();
    for id in [office.ada.id.as_str(), UNKNOWN] {
        for route in on_professional(&person(&office.portal.customer, id)) {
            answers.push(route.call(&mut office.bob.browser).await.body.to_string());
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_told_so() {
    let office = Office::open().await;
    let before = table(&office.portal).await;
    let mut routes = on_account(&office.account);
    routes.extend(on_professional(&office.bob.path));
    routes.extend([
        create_account(),
        request_links(),
        Route::new(Method::GET, "/api/accounts", Value::Null),
    ]);
    routes.push(Route::new(
        Method::GET,
        format!("/api/accounts?managed_by={}", office.portal.partner),
        Value::Null,
    ));
    let secret = "s".repeat(43);
    for cookie in
        [None, Some(String::new()), Some("nonsense".to_owned()), Some(format!("{secret}.{secret}"))]
    {
        let mut browser = office.portal.browser();
        browser.cookies.extend(cookie.map(|it| ("__Host-session".to_owned(), it)));
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
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn whoever_lacks_the_right_is_forbidden() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let mut routes = on_account(&office.account);
    // Everybody sees the account and who is in it.
    routes.retain(|it| {
        it.method != Method::GET || it.path != office.account && it.path != office.people
    });
    routes.extend(on_professional(&office.ada.path));
    routes.extend([
        create_account(),
        Route::new(Method::PATCH, office.bob.path.as_str(), json!({ "ends_on": null })),
        Route::new(Method::DELETE, office.bob.path.as_str(), Value::Null),
        Route::new(Method::DELETE, office.bob.invitation.as_str(), Value::Null),
        Route::new(
            Method::GET,
            format!("/api/accounts?managed_by={}", office.portal.customer),
            Value::Null,
        ),
    ]);
    for route in routes {
        let answer = route.call(&mut office.bob.browser).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, "forbidden"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_change_that_another_site_asks_for_is_refused() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let own = office.portal.url.clone();
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
        office.ada.browser.headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for route in changing(&office) {
            let answer = route.call(&mut office.ada.browser).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (403, "cross-site"),
                "{} {} {headers:?}: {answer}",
                route.method,
                route.path
            );
        }
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_browser_that_sends_the_portals_own_origin_alone_is_heard() {
    let mut office = Office::open().await;
    office.ada.browser.headers = vec![("origin".to_owned(), office.portal.url.clone())];
    let answer = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn reading_needs_no_header_of_the_portals_own_pages() {
    let mut office = Office::open().await;
    office.ada.browser.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
    let answer = office.ada.browser.get(&office.account).await;
    assert_eq!(answer.status, 200, "{answer}");
}

#[tokio::test]
async fn a_lapsed_plan_shuts_out_everyone_and_says_since_when_and_whom_to_ask() {
    let office = Office::open().await;
    office.portal.set_today("2028-01-01");
    let mut bob = office.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let mut ada = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let before = table(&office.portal).await;
    let routes =
        || on_account(&office.account).into_iter().chain(on_professional(&office.bob.path));
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
    for route in routes() {
        let answer = route.call(&mut ada).await;
        let expected = if route.method == Method::GET { 200 } else { 403 };
        assert_eq!(answer.status, expected, "{} {}: {answer}", route.method, route.path);
    }
    let mut told = bob.get(&office.account).await.body;
    told["partner"]["account"] = "[partner]".into();
    insta::assert_json_snapshot!(told, @r#"
    {
      "access_mailbox": "access@vendor.example",
      "administrator": false,
      "begins_on": null,
      "detail": "the service plan Support has lapsed, so there is no access since 2028-01-01; ask Helpful Partner to renew it",
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
      "title": "Service plan lapsed",
      "type": "/problems/plan-lapsed/"
    }
    "#);
    let told = ada.post(&office.people, invite()).await;
    assert_eq!(
        (told.problem(), &told.body["administrator"]),
        ("plan-lapsed", &json!(true)),
        "{told}"
    );
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_end_date_that_has_passed_shuts_out_and_says_since_when() {
    let mut office = Office::open().await;
    let answer =
        office.ada.browser.patch(&office.bob.path, json!({ "ends_on": "2026-11-22" })).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(
        office.bob.browser.get(&office.account).await.status,
        200,
        "the last day is a day of access"
    );
    office.portal.set_today("2026-11-23");
    let mut bob = office.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let before = table(&office.portal).await;
    for route in on_account(&office.account).into_iter().chain(on_professional(&office.bob.path)) {
        let answer = route.call(&mut bob).await;
        assert_eq!(
            (answer.status, answer.problem(), &answer.body["since"]),
            (403, "access-ended", &json!("2026-11-22")),
            "{}: {answer}",
            route.path
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_operators_bad_input_gets_the_same() {
    let office = Office::open().await;
    let before = table(&office.portal).await;
    let path = json!({ "account": office.portal.customer });
    for (event, status, kind) in [
        (json!({ "path": path, "body": { "name": 7 } }), 400, "malformed"),
        (json!({ "path": path }), 400, "malformed"),
        (json!({ "path": path, "body": {}, "surprise": 1 }), 400, "malformed"),
        (json!({ "path": { "account": 7 } }), 400, "malformed"),
        (json!("text"), 400, "malformed"),
        (json!({ "path": path, "body": { "name": "", "email": "" } }), 422, "invalid"),
        (
            json!({ "path": { "account": UNKNOWN }, "body": { "name": "Cleo", "email": "cleo@customer.example" } }),
            404,
            "not-found",
        ),
        (json!({ "body": { "name": "Cleo", "email": "cleo@customer.example" } }), 404, "not-found"),
    ] {
        let answer = office.portal.operator("Invite", event.clone()).await;
        assert_eq!(
            (&answer["status"], &answer["body"]["type"]),
            (&json!(status), &json!(format!("/problems/{kind}/"))),
            "{event}: {answer}"
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_problem_is_spelt_as_the_standard_asks() {
    let mut office = Office::open().await;
    let answer = office.bob.browser.get(&office.activity).await;
    insta::assert_snapshot!(answer, @r#"
    403 application/problem+json
    {
      "detail": "only an administrator of the account may do this",
      "status": 403,
      "title": "Not allowed",
      "type": "/problems/forbidden/"
    }
    "#);
    assert_eq!(answer.headers["cache-control"], "no-store");
}
