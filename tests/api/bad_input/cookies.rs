//! Cookies of other sites of the parent domain, which a browser sends along.

use serde_json::{Value, json};
use tests::{Browser, Fixture, Portal};

/// Sends a request with a Cookie header of any bytes.
async fn with_cookies(portal: &Portal, path: &str, cookies: &[u8]) -> (u16, Value) {
    let client = reqwest::Client::new();
    let header = reqwest::header::HeaderValue::from_bytes(cookies).expect("a header");
    let request = client.get(format!("{}{path}", portal.url)).header("cookie", header);
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

fn own(browser: &Browser) -> String {
    format!("__Host-session={}", browser.cookies["__Host-session"])
}

#[tokio::test]
async fn a_foreign_cookie_of_any_bytes_signs_nobody_out() {
    let fixture = Fixture::with_customer().await;
    let own = own(&fixture.administrator.browser);
    for foreign in [&b"theme=f\xfcr"[..], "name=Zoë; =; ;;x".as_bytes(), b"\xff\xfe\x80", b"a=\"b"]
    {
        for header in
            [[foreign, b"; ", own.as_bytes()].concat(), [own.as_bytes(), b"; ", foreign].concat()]
        {
            let (status, body) = with_cookies(&fixture.portal, "/api/session", &header).await;
            assert_eq!((status, &body["accounts"]), (200, &json!(1)), "{header:?}");
        }
    }
}

#[tokio::test]
async fn the_functions_read_cookies_bytewise_whoever_forwards_them() {
    let fixture = Fixture::with_customer().await;
    let event = json!({
        "version": "2.0", "routeKey": "GET /api/session", "rawPath": "/api/session",
        "rawQueryString": "", "isBase64Encoded": false, "headers": {},
        "cookies": ["theme=für", own(&fixture.administrator.browser), "x=\u{fffd}"],
        "requestContext": {
            "accountId": "1", "apiId": "1", "stage": "$default", "requestId": "1",
            "routeKey": "GET /api/session", "timeEpoch": 0,
            "http": {
                "method": "GET", "path": "/api/session", "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1", "userAgent": "",
            },
        },
    });
    let answer = fixture.portal.operator("ShowSession", event).await;
    let body: Value = serde_json::from_str(answer["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!(body["identity"]["name"], "Ada Lovelace", "{answer}");
}

#[tokio::test]
async fn of_two_different_sessions_neither_is_believed() {
    let fixture = Fixture::with_customer().await;
    let (ada, bob) = (own(&fixture.administrator.browser), own(&fixture.member.browser));
    let (status, body) =
        with_cookies(&fixture.portal, "/api/session", format!("{ada}; {bob}").as_bytes()).await;
    assert_eq!((status, body), (200, Value::Null));
    let (_, body) =
        with_cookies(&fixture.portal, "/api/session", format!("{ada}; {ada}").as_bytes()).await;
    assert_eq!(body["identity"]["name"], "Ada Lovelace");
}

#[tokio::test]
async fn twelve_kilobytes_of_foreign_cookies_are_ignored_and_more_are_refused() {
    let fixture = Fixture::with_customer().await;
    let own = own(&fixture.administrator.browser);
    let foreign = |length: usize| format!("x={}; {own}", "x".repeat(length));
    let (status, body) =
        with_cookies(&fixture.portal, "/api/session", foreign(12_000).as_bytes()).await;
    assert_eq!((status, &body["accounts"]), (200, &json!(1)), "{body}");
    // What CloudFront itself accepts is 20 KB; the emulator has no such limit.
    if fixture.portal.deployment.is_none() {
        let (status, _) =
            with_cookies(&fixture.portal, "/api/session", foreign(21_000).as_bytes()).await;
        assert_eq!(status, 431);
    }
}
