//! What bad input gets, on every route it can reach: the kind of problem, and nothing changed.

use http::Method;
use serde_json::{Value, json};
use tests::{Answer, Browser, Portal};

use crate::office::{Office, account, assert_unchanged, person, start, table};

const UNKNOWN: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/// A route with a body that is right but for what it names.
struct Route {
    method: Method,
    path: String,
    body: Value,
}

impl Route {
    fn new(method: Method, path: impl Into<String>, body: Value) -> Self {
        Self { method, path: path.into(), body }
    }

    async fn call(&self, browser: &mut Browser) -> Answer {
        self.send(browser, &self.body).await
    }

    async fn send(&self, browser: &mut Browser, body: &Value) -> Answer {
        let body = (!body.is_null()).then(|| body.to_string().into_bytes());
        browser.send(self.method.clone(), &self.path, body).await
    }
}

/// The routes below `account` that act on it as a whole.
fn on_account(account: &str) -> Vec<Route> {
    let roles = json!({ "administrators": [UNKNOWN], "billing_contact": UNKNOWN, "shipping_contact": UNKNOWN, "version": 1 });
    vec![
        Route::new(Method::GET, account, Value::Null),
        Route::new(Method::GET, format!("{account}/professionals"), Value::Null),
        Route::new(Method::POST, format!("{account}/professionals"), invite()),
        Route::new(Method::POST, format!("{account}/professionals/import"), import()),
        Route::new(Method::GET, format!("{account}/professionals/export"), Value::Null),
        Route::new(Method::POST, format!("{account}/invitations"), json!({ "before": "2026-11-22T11:00:00Z", "after": UNKNOWN })),
        Route::new(Method::PUT, format!("{account}/roles"), roles),
        Route::new(Method::GET, format!("{account}/activity"), Value::Null),
    ]
}

/// The routes that act on one professional.
fn on_professional(person: &str) -> Vec<Route> {
    vec![
        Route::new(Method::GET, person, Value::Null),
        Route::new(Method::PATCH, person, patch()),
        Route::new(Method::DELETE, person, Value::Null),
        Route::new(Method::POST, format!("{person}/restore"), Value::Null),
        Route::new(Method::POST, format!("{person}/invitation"), Value::Null),
        Route::new(Method::DELETE, format!("{person}/invitation"), Value::Null),
    ]
}

/// The routes that take a mailed token.
fn with_token() -> Vec<Route> {
    let body = json!({ "token": format!("{UNKNOWN}.{UNKNOWN}.{UNKNOWN}.{}", "s".repeat(43)) });
    let mut routes: Vec<_> =
        ["/api/invitations/preview", "/api/links", "/api/links/requests"].map(|path| Route::new(Method::POST, path, body.clone())).into();
    routes.push(Route::new(Method::POST, "/api/links/disputes", json!({ "token": format!("{UNKNOWN}.{UNKNOWN}.{}", "s".repeat(43)) })));
    routes
}

fn create_account() -> Route {
    let body = json!({
        "name": "New Customer", "kind": "customer", "external_id": "4711", "contact": { "email": "post@new.example" },
        "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" }, "licences": [{ "product": "Planner", "quantity": 10 }],
        "first_professional": { "name": "Nora New", "email": "nora@new.example" },
    });
    Route::new(Method::POST, "/api/accounts", body)
}

fn request_links() -> Route {
    Route::new(Method::POST, "/api/links/requests", json!({ "email": "bob@customer.example" }))
}

fn invite() -> Value {
    json!({
        "name": "Cleo", "email": "cleo@customer.example", "title": "Buyer", "phone": "+49 30 123", "language": "de", "ends_on": "2027-01-01",
        "administrator": false, "send_invitation": true,
    })
}

fn import() -> Value {
    json!({ "dry_run": false, "send_invitations": true, "rows": [{ "name": "Cleo", "email": "cleo@customer.example" }] })
}

fn patch() -> Value {
    json!({ "name": "Other", "email": "other@customer.example", "title": "Buyer", "phone": "+49 30 123", "language": "de", "send_invitation": true })
}

/// Every route there is that takes a body.
fn with_body(office: &Office) -> Vec<Route> {
    let mut routes = on_account(&office.account);
    routes.extend(on_professional(&office.bob.path));
    routes.extend(with_token());
    routes.extend([create_account(), request_links()]);
    routes.retain(|it| !it.body.is_null());
    routes
}

/// Every route there is that changes something.
fn changing(office: &Office) -> Vec<Route> {
    let mut routes = on_account(&office.account);
    routes.extend(on_professional(&office.bob.path));
    routes.extend(with_token());
    routes.extend([create_account(), request_links(), Route::new(Method::POST, "/api/sign-out", Value::Null)]);
    routes.retain(|it| it.method != Method::GET);
    routes
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_malformed() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let deep = "[".repeat(60_000);
    for route in with_body(&office) {
        for body in ["", "{", "null", "7", "\"text\"", "[]", "\u{feff}{}", deep.as_str()] {
            let answer = office.ada.browser.send(route.method.clone(), &route.path, Some(body.into())).await;
            assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{} {} {:.20}: {answer}", route.method, route.path, body);
        }
        let answer = office.ada.browser.send(route.method.clone(), &route.path, Some(vec![b'"', 0xff, b'"'])).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "not UTF-8, {} {}: {answer}", route.method, route.path);
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn the_values_of_an_object_without_their_names_are_malformed() {
    let mut office = Office::open().await;
    let (portal, browser) = (&office.portal, &mut office.ada.browser);
    let before = table(portal).await;
    for (path, body) in [
        (&office.people, json!(["Cleo", "cleo@customer.example", null, null, null, null, false, true])),
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
            assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{} {} {field}: {answer}", route.method, route.path);
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
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{} {}: {answer}", route.method, route.path);
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
        assert_eq!((answer.status, answer.problem()), (413, "too-large"), "{} {}: {answer}", route.method, route.path);
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_body_of_64_kib_is_not_too_large() {
    let mut office = Office::open().await;
    let mut body = json!({ "name": "Cleo", "email": "cleo@customer.example" }).to_string().into_bytes();
    body.resize(64 * 1024, b' ');
    let answer = office.ada.browser.send(Method::POST, &office.people, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer}");
}

#[tokio::test]
async fn a_body_that_is_not_sent_as_json_is_malformed() {
    let office = Office::open().await;
    let before = table(&office.portal).await;
    let cookies: Vec<_> = office.ada.browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    for route in with_body(&office) {
        for content_type in
            [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data; boundary=x"), Some("application/jsonp")]
        {
            let mut request = reqwest::Client::new()
                .request(route.method.clone(), format!("{}{}", office.portal.stack.url, route.path))
                .header("sec-fetch-site", "same-origin")
                .header("cookie", cookies.join("; "))
                .body(route.body.to_string());
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 400, "{} {} {content_type:?}", route.method, route.path);
            let problem: Value = answer.json().await.expect("JSON");
            assert_eq!(problem["type"], "/problems/malformed/", "{} {} {content_type:?}", route.method, route.path);
        }
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_content_type_with_a_charset_is_json_too() {
    let portal = start().await;
    let answer = reqwest::Client::new()
        .post(format!("{}/api/links/requests", portal.stack.url))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "Application/JSON; charset=utf-8")
        .body(with_token()[0].body.to_string())
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 202);
}

#[tokio::test]
async fn every_faulty_field_is_named() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let before = table(&office.portal).await;
    let person = json!({ "name": "", "email": "x", "title": "a\u{7}b", "phone": "none", "language": "English", "ends_on": "2026-02-30" });
    let all = ["name", "email", "title", "phone", "language", "ends_on"].as_slice();
    let bob = office.bob.id.as_str();
    let cases = [
        (Method::POST, office.people.clone(), person.clone(), all),
        (Method::PATCH, office.bob.path.clone(), person, ["name", "email", "language", "title", "phone", "ends_on"].as_slice()),
        (
            Method::PUT,
            office.roles.clone(),
            json!({ "administrators": ["x", bob], "billing_contact": "", "shipping_contact": "y" }),
            &["administrators", "billing_contact", "shipping_contact"],
        ),
        (Method::DELETE, format!("{}?hand_over_to=nobody", office.bob.path), Value::Null, &["hand_over_to"]),
        (Method::POST, format!("{}/invitations", office.account), json!({ "before": "soon" }), &["before"]),
        (Method::POST, format!("{}/import", office.people), json!({ "rows": [] }), &["rows"]),
        (Method::POST, "/api/links/requests".to_owned(), json!({ "email": "no address" }), &["email"]),
        (Method::POST, "/api/links/requests".to_owned(), json!({ "token": "half" }), &["token"]),
        (Method::POST, "/api/links".to_owned(), json!({ "token": "half" }), &["token"]),
        (Method::POST, "/api/links/disputes".to_owned(), json!({ "token": "half" }), &["token"]),
        (Method::POST, "/api/invitations/preview".to_owned(), json!({ "token": "half" }), &["token"]),
    ];
    for (method, path, body, fields) in cases {
        let answer = Route::new(method, path.as_str(), body).call(&mut office.ada.browser).await;
        assert_eq!((answer.status, answer.problem(), answer.faulty().as_slice()), (422, "invalid", fields), "{path}: {answer}");
    }
    let answer = staff
        .browser
        .post(
            "/api/accounts",
            json!({
                "name": "", "kind": "partner", "external_id": "with space", "contact": { "email": "x", "phone": "x", "website": "javascript:alert(1)" },
                "plan": { "name": "<b>", "starts_on": "yesterday", "ends_on": "2027-1-1" },
                "licences": [{ "product": "Planner" }, { "product": "", "quantity": 0 }, { "product": "https://evil.example" }],
                "first_professional": { "name": " ", "email": "x", "title": "http://evil.example", "phone": "x", "language": "x" },
            }),
        )
        .await;
    insta::assert_json_snapshot!(answer.faulty(), @r#"
    [
      "name",
      "external_id",
      "contact.email",
      "contact.phone",
      "contact.website",
      "plan.name",
      "plan.starts_on",
      "plan.ends_on",
      "licences.1.product",
      "licences.1.quantity",
      "licences.2.product",
      "first_professional.name",
      "first_professional.email",
      "first_professional.title",
      "first_professional.phone",
      "first_professional.language"
    ]
    "#);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_name_that_could_mislead_a_reader_is_refused() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let long = "a".repeat(101);
    for name in [
        "",
        " ",
        "…",
        "https://evil.example",
        "Ada www.evil.example",
        "evil.example",
        "Pay at evil.example now",
        "ada@evil.example",
        "<b>Ada</b>",
        "Ada\r\nBcc: all@customer.example",
        "Ada\tLovelace",
        "Ada\u{0}",
        "Ada \u{202e}evol",
        "Ada\u{200b}Lovelace",
        "Ada\u{feff}",
        "evil。example",
        "a/b",
        &long,
    ] {
        for (method, path) in [(Method::POST, &office.people), (Method::PATCH, &office.bob.path)] {
            let body = if method == Method::POST { json!({ "name": name, "email": "cleo@customer.example" }) } else { json!({ "name": name }) };
            let answer = Route::new(method, path.as_str(), body).call(&mut office.ada.browser).await;
            assert_eq!((answer.status, answer.faulty().as_slice()), (422, ["name"].as_slice()), "{name:?}: {answer}");
        }
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn names_from_all_over_the_world_are_kept_as_typed() {
    let mut office = Office::open().await;
    for name in
        ["Søren Kierkegaard", "李 小龍", "Nguyễn Văn A", "Σωκράτης", "محمد", "O'Brien-Smith, Jr.", "J. R. R. Tolkien", "می\u{200c}خواهم", "X Æ A-12"]
    {
        let answer = office.ada.browser.patch(&office.bob.path, json!({ "name": name })).await;
        assert_eq!((answer.status, answer.body["name"].as_str()), (200, Some(name)), "{answer}");
    }
}

#[tokio::test]
async fn an_address_that_mail_cannot_reach_is_refused() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let long = format!("{}@customer.example", "a".repeat(65));
    for email in [
        "",
        "ada",
        "ada@",
        "@customer.example",
        "ada@localhost",
        "ada@customer..example",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "a b@customer.example",
        "ada@customer.example, eve@evil.example",
        "Ada <ada@customer.example>",
        "ada@customer.example\r\nBcc: eve@evil.example",
        "\"a b\"@customer.example",
        "ädä@customer.example",
        &long,
    ] {
        let answer = office.ada.browser.post(&office.people, json!({ "name": "Cleo", "email": email })).await;
        assert_eq!((answer.status, answer.faulty().as_slice()), (422, ["email"].as_slice()), "{email:?}: {answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_query_out_of_bounds_is_malformed() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let managed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    let [people, export, activity] = [&office.people, &format!("{}/export", office.people), &office.activity].map(|it| format!("{it}?"));
    let lists = [people, export, activity, format!("{managed}&"), "/api/accounts?".to_owned()];
    for list in lists {
        for query in ["limit=0", "limit=101", "limit=-1", "limit=ten", "limit=", "after=%25", "after=", "surprise=1", "limit=5&surprise=1"] {
            let browser = if list.starts_with(&managed) { &mut staff.browser } else { &mut office.ada.browser };
            let answer = browser.get(&format!("{list}{query}")).await;
            assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{list}{query}: {answer}");
        }
    }
}

/// Cursors are made by the portal; whoever makes one up is told so, and learns nothing from it.
#[tokio::test]
async fn a_made_up_cursor_is_malformed_or_leads_to_the_own_list() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let managed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    for (list, own) in [
        (format!("{}?", office.people), true),
        (format!("{}?search=a&", office.people), true),
        (format!("{}?order=descending&", office.people), true),
        (format!("{}/export?", office.people), true),
        (format!("{}?", office.activity), true),
        (format!("{managed}&"), false),
    ] {
        for cursor in
            ["account", "activity#", "zzz#01ARZ3NDEKTSV4RRFFQ69G5FAV", "activity#zzz", "professional#01ARZ3NDEKTSV4RRFFQ69G5FAV", "#", "\u{0}"]
        {
            let browser = if own { &mut office.ada.browser } else { &mut staff.browser };
            let answer = browser.get(&format!("{list}after={}", URL_SAFE_NO_PAD.encode(cursor))).await;
            assert!(answer.status == 200 || answer.problem() == "malformed", "{list} {cursor}: {answer}");
        }
    }
}

#[tokio::test]
async fn a_foreign_account_is_answered_like_an_unknown_one() {
    let mut office = Office::open().await;
    let foreign = office.portal.create_customer("Another Customer").await;
    let (carl, _) = office.portal.linked(&foreign, "Carl Foreign", "carl@foreign.example").await;
    let mut stranger = office.stranger().await;
    let before = table(&office.portal).await;
    for browser in [&mut office.ada.browser, &mut stranger] {
        let mut expected = None;
        for id in [foreign.as_str(), UNKNOWN, Portal::VENDOR, &office.portal.partner, &foreign.to_lowercase(), "nonsense", "%20", "account%23"] {
            let path = account(id);
            for route in on_account(&path).into_iter().chain(on_professional(&person(id, &carl))) {
                let answer = route.call(browser).await;
                let answer = (answer.status, answer.headers.get("content-type").cloned(), answer.body.to_string());
                assert_eq!(answer.0, 404, "{} {}: {answer:?}", route.method, route.path);
                assert_eq!(answer, *expected.get_or_insert(answer.clone()), "{} {}", route.method, route.path);
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
                assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{} {}: {answer}", route.method, route.path);
                let answer = answer.body.to_string();
                assert_eq!(answer, *expected.get_or_insert(answer.clone()), "{} {}", route.method, route.path);
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
    routes.extend([create_account(), request_links(), Route::new(Method::GET, "/api/accounts", Value::Null)]);
    routes.push(Route::new(Method::GET, format!("/api/accounts?managed_by={}", office.portal.partner), Value::Null));
    let secret = "s".repeat(43);
    for cookie in [None, Some(String::new()), Some("nonsense".to_owned()), Some(format!("{secret}.{secret}"))] {
        let mut browser = office.portal.browser();
        browser.cookies.extend(cookie.map(|it| ("__Host-session".to_owned(), it)));
        for route in &routes {
            let answer = route.call(&mut browser).await;
            assert_eq!((answer.status, answer.problem()), (401, "not-signed-in"), "{} {}: {answer}", route.method, route.path);
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
    routes.retain(|it| it.method != Method::GET || it.path != office.account && it.path != office.people);
    routes.extend(on_professional(&office.ada.path));
    routes.extend([
        create_account(),
        Route::new(Method::PATCH, office.bob.path.as_str(), json!({ "ends_on": null })),
        Route::new(Method::DELETE, office.bob.path.as_str(), Value::Null),
        Route::new(Method::DELETE, office.bob.invitation.as_str(), Value::Null),
        Route::new(Method::GET, format!("/api/accounts?managed_by={}", office.portal.customer), Value::Null),
    ]);
    for route in routes {
        let answer = route.call(&mut office.bob.browser).await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{} {}: {answer}", route.method, route.path);
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_change_that_another_site_asks_for_is_refused() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let own = office.portal.stack.url.clone();
    let (other_port, longer) = (own.replace("localhost", "127.0.0.1"), format!("{own}.evil.example"));
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
        office.ada.browser.headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for route in changing(&office) {
            let answer = route.call(&mut office.ada.browser).await;
            assert_eq!((answer.status, answer.problem()), (403, "cross-site"), "{} {} {headers:?}: {answer}", route.method, route.path);
        }
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_browser_that_sends_the_portals_own_origin_alone_is_heard() {
    let mut office = Office::open().await;
    office.ada.browser.headers = vec![("origin".to_owned(), office.portal.stack.url.clone())];
    let answer = office.ada.browser.post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" })).await;
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
    let routes = || on_account(&office.account).into_iter().chain(on_professional(&office.bob.path));
    for route in routes() {
        let answer = route.call(&mut bob).await;
        assert_eq!((answer.status, answer.problem()), (403, "plan-lapsed"), "{} {}: {answer}", route.method, route.path);
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
    assert_eq!((told.problem(), &told.body["administrator"]), ("plan-lapsed", &json!(true)), "{told}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_end_date_that_has_passed_shuts_out_and_says_since_when() {
    let mut office = Office::open().await;
    let answer = office.ada.browser.patch(&office.bob.path, json!({ "ends_on": "2026-11-22" })).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(office.bob.browser.get(&office.account).await.status, 200, "the last day is a day of access");
    office.portal.set_today("2026-11-23");
    let mut bob = office.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let before = table(&office.portal).await;
    for route in on_account(&office.account).into_iter().chain(on_professional(&office.bob.path)) {
        let answer = route.call(&mut bob).await;
        assert_eq!((answer.status, answer.problem(), &answer.body["since"]), (403, "access-ended", &json!("2026-11-22")), "{}: {answer}", route.path);
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
        (json!({ "path": { "account": UNKNOWN }, "body": { "name": "Cleo", "email": "cleo@customer.example" } }), 404, "not-found"),
        (json!({ "body": { "name": "Cleo", "email": "cleo@customer.example" } }), 404, "not-found"),
    ] {
        let answer = office.portal.operator("Invite", event.clone()).await;
        assert_eq!((&answer["status"], &answer["body"]["type"]), (&json!(status), &json!(format!("/problems/{kind}/"))), "{event}: {answer}");
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
