//! What a body of the wrong form gets.

use http::Method;
use serde_json::{Value, json};

use super::{Route, changing, with_body, with_token};
use crate::office::{Office, assert_unchanged, start, table};

#[tokio::test]
async fn a_body_that_is_no_json_object_is_malformed() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let deep = "[".repeat(60_000);
    for route in with_body(&office) {
        for body in ["", "{", "null", "7", "\"text\"", "[]", "\u{feff}{}", deep.as_str()] {
            let answer =
                office.ada.browser.send(route.method.clone(), &route.path, Some(body.into())).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (400, "malformed"),
                "{} {} {:.20}: {answer}",
                route.method,
                route.path,
                body
            );
        }
        let answer = office
            .ada
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
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn the_values_of_an_object_without_their_names_are_malformed() {
    let mut office = Office::open().await;
    let (portal, browser) = (&office.portal, &mut office.ada.browser);
    let before = table(portal).await;
    for (path, body) in [
        (
            &office.people,
            json!(["Cleo", "cleo@customer.example", null, null, null, null, false, true]),
        ),
        (&office.roles, json!([[office.bob.id], office.bob.id, office.bob.id, 2])),
        (&"/api/links/requests".to_owned(), json!(["bob@customer.example", null])),
    ] {
        let method = if *path == office.roles { Method::PUT } else { Method::POST };
        let answer = Route::new(method, path.as_str(), body).call(browser).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{path}: {answer}");
    }
    assert_unchanged(portal, &before).await;
}

#[tokio::test]
async fn every_field_of_the_wrong_type_is_malformed() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    for route in with_body(&office) {
        for field in route.body.as_object().expect("an object").keys() {
            let mut body = route.body.clone();
            body[field] = json!([[7]]);
            let answer = route.send(&mut office.ada.browser, &body).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (400, "malformed"),
                "{} {} {field}: {answer}",
                route.method,
                route.path
            );
        }
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_unknown_field_is_malformed() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    for route in with_body(&office) {
        let mut body = route.body.clone();
        body["surprise"] = json!("!");
        let answer = route.send(&mut office.ada.browser, &body).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (400, "malformed"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
        assert!(answer.body["detail"].as_str().expect("a detail").contains("surprise"), "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_field_given_twice_is_malformed() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let body = r#"{"name":"Cleo","email":"cleo@customer.example","email":"mallory@evil.example"}"#;
    let answer = office.ada.browser.send(Method::POST, &office.people, Some(body.into())).await;
    assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_body_over_64_kib_is_too_large() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    for route in changing(&office) {
        let mut body = route.body.to_string().into_bytes();
        body.resize(64 * 1024 + 1, b' ');
        let answer = office.ada.browser.send(route.method.clone(), &route.path, Some(body)).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (413, "too-large"),
            "{} {}: {answer}",
            route.method,
            route.path
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_body_of_64_kib_is_not_too_large() {
    let mut office = Office::open().await;
    let mut body =
        json!({ "name": "Cleo", "email": "cleo@customer.example" }).to_string().into_bytes();
    body.resize(64 * 1024, b' ');
    let answer = office.ada.browser.send(Method::POST, &office.people, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn a_body_that_is_not_sent_as_json_is_malformed() {
    let office = Office::open().await;
    let before = table(&office.portal).await;
    let cookies: Vec<_> =
        office.ada.browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    for route in with_body(&office) {
        for content_type in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=x"),
            Some("application/jsonp"),
        ] {
            let mut request = reqwest::Client::new()
                .request(route.method.clone(), format!("{}{}", office.portal.url, route.path))
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
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_content_type_with_a_charset_is_json_too() {
    let portal = start().await;
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
