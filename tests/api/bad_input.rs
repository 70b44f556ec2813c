//! Bad input on every route that it can reach: the kind of problem, and no change.

mod bodies;
mod callers;
mod cookies;
mod values;

use http::Method;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture};

const UNKNOWN: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/// A route with a valid body that names things which do not exist.
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
    let roles = json!({
        "administrators": [UNKNOWN], "billing_contact": UNKNOWN, "shipping_contact": UNKNOWN,
        "version": 1,
    });
    vec![
        Route::new(Method::GET, account, Value::Null),
        Route::new(Method::GET, format!("{account}/professionals"), Value::Null),
        Route::new(Method::POST, format!("{account}/professionals"), invite()),
        Route::new(Method::POST, format!("{account}/professionals/import"), import()),
        Route::new(Method::GET, format!("{account}/professionals/export"), Value::Null),
        Route::new(
            Method::POST,
            format!("{account}/decision"),
            json!({ "decision": "confirm", "version": 0 }),
        ),
        Route::new(
            Method::POST,
            format!("{account}/invitations"),
            json!({ "before": "2026-11-22T11:00:00Z", "after": UNKNOWN }),
        ),
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
    let mut routes: Vec<_> = ["/api/invitations/preview", "/api/links", "/api/links/requests"]
        .map(|path| Route::new(Method::POST, path, body.clone()))
        .into();
    let body = json!({ "token": format!("{UNKNOWN}.{UNKNOWN}.{}", "s".repeat(43)) });
    routes.extend(
        ["/api/links/disputes", "/api/email-confirmations"]
            .map(|path| Route::new(Method::POST, path, body.clone())),
    );
    routes
}

fn create_account() -> Route {
    let body = json!({
        "name": "New Customer", "kind": "customer", "external_id": "4711",
        "contact": { "email": "post@new.example" },
        "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
        "licences": [{ "product": "Planner", "quantity": 10 }],
        "first_professional": { "name": "Nora New", "email": "nora@new.example" },
    });
    Route::new(Method::POST, "/api/accounts", body)
}

fn request_links() -> Route {
    Route::new(Method::POST, "/api/links/requests", json!({ "email": "bob@customer.example" }))
}

fn invite() -> Value {
    json!({
        "name": "Cleo", "email": "cleo@customer.example", "title": "Buyer", "phone": "+49 30 123",
        "language": "de", "ends_on": "2027-01-01",
        "administrator": false, "send_invitation": true,
    })
}

fn import() -> Value {
    json!({
        "dry_run": false, "send_invitations": true,
        "rows": [{ "name": "Cleo", "email": "cleo@customer.example" }],
    })
}

fn patch() -> Value {
    json!({
        "name": "Other", "email": "other@customer.example", "title": "Buyer", "phone": "+49 30 123",
        "language": "de", "send_invitation": true,
    })
}

/// Every route that takes a body.
fn with_body(fixture: &Fixture) -> Vec<Route> {
    let mut routes = on_account(&fixture.account);
    routes.extend(on_professional(&fixture.member.path));
    routes.extend(with_token());
    routes.extend([create_account(), request_links()]);
    routes.retain(|route| !route.body.is_null());
    routes
}

/// Every route that changes something.
fn changing(fixture: &Fixture) -> Vec<Route> {
    let mut routes = on_account(&fixture.account);
    routes.extend(on_professional(&fixture.member.path));
    routes.extend(with_token());
    routes.extend([
        create_account(),
        request_links(),
        Route::new(Method::POST, "/api/sign-out", Value::Null),
        Route::new(Method::DELETE, "/api/sessions/others", Value::Null),
    ]);
    routes.retain(|route| route.method != Method::GET);
    routes
}
