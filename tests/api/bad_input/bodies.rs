//! Bodies of the wrong form.

use http::Method;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

use super::{Route, changing, with_body, with_token};

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let deep = "[".repeat(60_000);
    for route in with_body(&fixture) {
        for body in ["", "{", "null", "7", "\"text\"", "[]", "\u{feff}{}", deep.as_str()] {
            let answer = fixture
                .administrator
                .browser
                .send(route.method.clone(), &route.path, Some(body.into()))
                .await;
            assert_eq!(
                (answer.status, answer.problem()),
                (400, "malformed"),
                "{} {} {:.20}: {answer}",
                route.method,
                route.path,
                body
            );
        }
        let answer = fixture
            .administrator
            .browser
            .send(route.method.clone(), &route.path, Some(vec![b'"', 0xff, b'"']))
            .await;
        assert_eq!(
            (answer.status, answer.problem()),
            (400, "malformed"),
            "not UTF-8, {} {}: {answer}",
            route.method,
            route.path
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn the_values_of_an_object_without_their_names_are_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let (portal, browser) = (&fixture.portal, &mut fixture.administrator.browser);
    let before = Table::of(portal).await;
    for (path, body) in [
        (
            &fixture.people,
            json!(["Cleo", "cleo@customer.example", null, null, null, null, false, true]),
        ),
        (&fixture.roles, json!([[fixture.member.id], fixture.member.id, fixture.member.id, 2])),
        (&"/api/links/requests".to_owned(), json!(["bob@customer.example", null])),
    ] {
        let method = if *path == fixture.roles { Method::PUT } else { Method::POST };
        let answer = Route::new(method, path.as_str(), body).call(browser).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{path}: {answer}");
    }
    before.assert_unchanged(portal).await;
}

#[tokio::test]
async fn every_field_of_the_wrong_type_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    for route in with_body(&fixture) {
        for field in route.body.as_object().expect("an object").keys() {
            let mut body = route.body.clone();
            body[field] = json!([[7]]);
            let answer = route.send(&mut fixture.administrator.browser, &body).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (400, "malformed"),
                "{} {} {field}: {answer}",
                route.method,
                route.path
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_unknown_field_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    for route in with_body(&fixture) {
        let mut body = route.body.clone();
        body["surprise"] = json!("!");
        let answer = route.send(&mut fixture.administrator.browser, &body).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (400, "malformed"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
        assert!(answer.body["detail"].as_str().expect("a detail").contains("surprise"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_field_given_twice_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let body = r#"{"name":"Cleo","email":"cleo@customer.example","email":"mallory@evil.example"}"#;
    let answer =
        fixture.administrator.browser.send(Method::POST, &fixture.people, Some(body.into())).await;
    assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_body_over_64_kib_is_too_large() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    for route in changing(&fixture) {
        let mut body = route.body.to_string().into_bytes();
        body.resize(64 * 1024 + 1, b' ');
        let answer =
            fixture.administrator.browser.send(route.method.clone(), &route.path, Some(body)).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (413, "too-large"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_body_of_64_kib_is_not_too_large() {
    let mut fixture = Fixture::with_customer().await;
    let mut body =
        json!({ "name": "Cleo", "email": "cleo@customer.example" }).to_string().into_bytes();
    body.resize(64 * 1024, b' ');
    let answer =
        fixture.administrator.browser.send(Method::POST, &fixture.people, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn a_body_that_is_not_sent_as_json_is_malformed() {
    let fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let cookies: Vec<_> = fixture
        .administrator
        .browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    for route in with_body(&fixture) {
        for content_type in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=x"),
            Some("application/jsonp"),
        ] {
            let mut request = reqwest::Client::new()
                .request(route.method.clone(), format!("{}{}", fixture.portal.url, route.path))
                .header("sec-fetch-site", "same-origin")
                .header("cookie", cookies.join("; "))
                .body(route.body.to_string());
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 400, "{} {} {content_type:?}", route.method, route.path);
            let problem: Value = answer.json().await.expect("JSON");
            assert_eq!(
                problem["type"], "/problems/malformed/",
                "{} {} {content_type:?}",
                route.method, route.path
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_content_type_with_a_charset_is_json_too() {
    let portal = Portal::start().await;
    let answer = reqwest::Client::new()
        .post(format!("{}/api/links/requests", portal.url))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "Application/JSON; charset=utf-8")
        .body(with_token()[0].body.to_string())
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 202);
}
