//! Starts a sign-in: redirects the browser to an identity provider, or lists the providers.

use jiff::ToSpan;
use portico::{
    App, Result,
    domain::{Secret, SignIn, return_path},
    http::{Request, Response, cookies, ok, see_other, sign_in_failed},
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in";

/// Takes `?provider=` (without it, returns the list and how many days *Keep me signed in* lasts), `?return=` (a path of this site),
/// `?keep=true` (stay signed in) and `?choose=true` (the provider asks which identity to use).
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

async fn start(app: &App, request: &Request, provider: &str, return_to: &str) -> Result<Response> {
    let is_set = |name| request.query(name) == Some("true");
    let pending =
        app.providers.start(provider, &app.policy.site_url, is_set("choose"), app.now()).await?;

    // A browser that is signing in in another tab keeps its cookie, so that both tabs can complete.
    let browser = match request.cookie(cookies::SIGN_IN_COOKIE).and_then(Secret::parse) {
        Some(browser) => browser,
        None => Secret::generate()?,
    };
    let sign_in = SignIn {
        state: pending.state.hash(),
        browser: browser.hash(),
        provider: provider.to_owned(),
        verifier: pending.verifier,
        nonce: pending.nonce,
        return_to: return_to.to_owned(),
        keep: is_set("keep"),
        expires_at: app.now() + SignIn::MINUTES.minutes(),
    };
    app.store.create_sign_in(&sign_in).await?;
    see_other(&pending.url, &[cookies::set(cookies::SIGN_IN_COOKIE, browser.expose(), Some(1))])
}
