//! Starts a sign-in: redirects the browser to an identity provider, or lists the providers.

use portico::{
    App, Result,
    auth::SignInCookies,
    domain::{Secret, SignIn, return_path},
    http::{Request, Response, cookies, ok, see_other, sign_in_failed},
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in";

/// Takes `?provider=` (without it, returns the list and how many days *Keep me signed in* lasts),
/// `?return=` (a path of this site), `?keep=true` (stay signed in) and `?choose=true` (the provider
/// asks which identity to use).
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Some(provider) = request.query("provider") else {
        let providers: Vec<_> = app
            .providers
            .list()
            .iter()
            .map(|provider| json!({ "id": provider.id, "name": provider.name }))
            .collect();
        return ok(&json!({ "providers": providers, "keep_days": app.policy.keep_days }));
    };
    let return_to = return_path(request.query("return").unwrap_or("/"));
    match start(&app, &request, provider, return_to).await {
        Err(error) => sign_in_failed(&error, return_to),
        started => started,
    }
}

/// Redirects to the provider. What the callback needs is in a cookie of this browser, so nothing is
/// written: anybody can start sign-ins, and most are never finished.
async fn start(app: &App, request: &Request, provider: &str, return_to: &str) -> Result<Response> {
    let is_set = |name| request.query(name) == Some("true");
    let now = app.now();
    let sign_in = SignIn {
        secret: Secret::generate()?,
        provider: provider.to_owned(),
        keep: is_set("keep"),
        started_at: now,
        return_to: return_to.to_owned(),
    };
    let url = app.providers.start(&sign_in, &app.policy.site_url, is_set("choose"), now).await?;
    // One cookie for each tab, so that all of them can complete. It outlasts the sign-in, so that
    // people who are late are led back to the page they came from.
    let cookie = request.sign_in_cookies().name_for(&sign_in, now);
    see_other(&url, &[cookies::set(cookie, &SignInCookies::value(&sign_in), Some(1))])
}
