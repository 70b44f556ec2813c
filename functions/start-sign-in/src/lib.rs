//! Starts a sign-in: redirects the browser to an identity provider, or lists the providers.

use portico::{
    App, Result,
    auth::SignInCookies,
    domain::{EmailAddress, Secret, SignIn, SignInAsks, return_path},
    http::{Request, Response, SignInPage, cookies, ok, see_other},
    sign_in::Provider,
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in";

/// Takes `?provider=` (without it, returns the list and how many days *Keep me signed in* lasts),
/// `?return=` (a path of this site), `?keep=true` (stay signed in), `?choose=true` (the provider
/// asks which identity to use), `?fresh=true` (the provider asks the person again),
/// `?factors=true` (with several factors) and `?login_hint=` (the address to sign in with).
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Some(id) = request.query("provider") else { return list(&app) };
    let return_to = return_path(request.query("return").unwrap_or("/"));
    let Ok(provider) = app.providers.find(id) else {
        // Removed from the configuration, or made up.
        return SignInPage { return_to, provider: None }
            .explain(portico::domain::SignInProblem::Unknown);
    };
    start(&app, &request, provider, return_to).await
}

fn list(app: &App) -> Result<Response> {
    let site_url = &app.policy.site_url;
    let provider = |provider: &Provider| {
        json!({
            "id": provider.id,
            "name": provider.name,
            "asserts_factors": provider.factors.are_asserted(),
            "admin_consent": provider.admin_consent(site_url),
        })
    };
    let providers: Vec<_> = app.providers.list().iter().map(provider).collect();
    ok(&json!({ "providers": providers, "keep_days": app.policy.keep_days }))
}

/// Redirects to the provider. What the callback needs is in a cookie of this browser, so nothing is
/// written: anybody can start sign-ins, and most are never finished.
async fn start(
    app: &App,
    request: &Request,
    provider: &Provider,
    return_to: &str,
) -> Result<Response> {
    let is_set = |name| request.query(name) == Some("true");
    let now = app.now();
    let sign_in = SignIn {
        secret: Secret::generate()?,
        provider: provider.id.clone(),
        asks: SignInAsks {
            // Only the person decides that, on the portal's own page, and no link of another site.
            keep: is_set("keep") && !request.is_cross_site(),
            choose: is_set("choose"),
            fresh: is_set("fresh"),
            factors: is_set("factors"),
            prompt_refused: false,
        },
        started_at: now,
        return_to: return_to.to_owned(),
    };
    let hint = request.query("login_hint").and_then(|hint| EmailAddress::parse(hint).ok());
    let hint = hint.as_ref().map(EmailAddress::as_str);
    match app.providers.start(provider, &sign_in, hint, &app.policy.site_url, now).await {
        Ok(url) => {
            // One cookie for each tab, so that all of them can complete. It outlasts the sign-in,
            // so that people who are late are led back to the page they came from.
            let cookie = request.sign_in_cookies().name_for(&sign_in, now);
            see_other(&url, &[cookies::set(cookie, &SignInCookies::value(&sign_in), Some(1))])
        }
        Err(failure) => {
            let page = SignInPage { return_to, provider: Some(&provider.id) };
            page.explain_failure(app, &failure)
        }
    }
}
