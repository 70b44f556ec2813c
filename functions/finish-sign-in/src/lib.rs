//! Finishes a sign-in: checks what the provider says and begins a session.
//!
//! A person sees what comes of this, so failures lead to the sign-in page and not to a problem document.

mod secrets;

use jiff::ToSpan;
use portico::{
    App, Error, Result,
    auth::SESSION_COOKIE,
    domain::{Language, Secret, Session, SignIn},
    http::{Request, Response, Source, cookies, explain_sign_in, see_other, sign_in_failed},
    lambda,
    lambda::config::Config,
    sign_in::{Providers, VerifiedIdentity},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in/callback";

/// Links whose professionals are told of a sign-in; an identity with more than that waits too long for bookkeeping.
const NOTED: usize = 25;

/// Makes the function of the configuration, with the providers' secrets, which no other function is given.
pub async fn connect(config: &Config) -> Result<lambda::Function> {
    let providers = Providers::new(secrets::providers(config).await?);
    Ok(lambda::http(App { providers, ..config.app() }, handle))
}

/// Takes the provider's `?state=` and `?code=`, or its `?error=`.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let taken = match pending(&app, &request).await {
        Ok(taken) => taken,
        Err(error) => return sign_in_failed(&error, "/"),
    };
    let Some(sign_in) = taken else { return explain_sign_in("sign-in-expired", "/") };
    if app.now() >= sign_in.expires_at {
        return explain_sign_in("sign-in-expired", &sign_in.return_to);
    }
    let Some(code) = request.query("code") else {
        let cancelled = request.query("error").is_some_and(|it| {
            matches!(it, "access_denied" | "login_required" | "interaction_required")
        });
        return explain_sign_in(
            if cancelled { "sign-in-cancelled" } else { "sign-in-failed" },
            &sign_in.return_to,
        );
    };
    let SignIn { provider, verifier, nonce, .. } = sign_in.clone();
    match app
        .providers
        .complete(&provider, code.to_owned(), verifier, nonce, &app.policy.site_url, app.now())
        .await
    {
        Ok(verified) => create_session(&app, &request, &sign_in, verified)
            .await
            .or_else(|error| sign_in_failed(&error, &sign_in.return_to)),
        Err(error) => sign_in_failed(&error, &sign_in.return_to),
    }
}

/// Takes out the sign-in that this browser began; none if it is unknown, finished already or another browser's.
async fn pending(app: &App, request: &Request) -> Result<Option<SignIn>> {
    let state = request.query("state").and_then(Secret::parse);
    let browser = request.cookie(cookies::SIGN_IN_COOKIE).and_then(Secret::parse);
    let (Some(state), Some(browser)) = (state, browser) else { return Ok(None) };
    let sign_in = app.store.consume_sign_in(&state.hash()).await?;
    Ok(sign_in.filter(|it| it.browser == browser.hash()))
}

async fn create_session(
    app: &App,
    request: &Request,
    sign_in: &SignIn,
    verified: VerifiedIdentity,
) -> Result<Response> {
    let secret = Secret::generate()?;
    let hours = if sign_in.keep { Session::KEPT_HOURS } else { Session::HOURS };
    let (source, browser) = match request.source() {
        Source::Web { address, browser, .. } => (address.clone(), browser.clone()),
        Source::Operator => return Err(Error::NotSignedIn),
    };
    let session = Session {
        id: secret.hash(),
        identity: verified.identity,
        kept: sign_in.keep,
        created_at: app.now(),
        expires_at: app.now() + hours.hours(),
        browser,
        source,
        provider_sign_out: verified.sign_out,
    };
    app.store.create_session(&session).await?;
    // The session has begun; nobody is kept out because something about it could not be noted.
    if let Err(error) = keep_books(app, request, &session).await {
        error.log();
    }

    let value = format!("{}.{}", secret.expose(), session.identity.key);
    let cookie = cookies::set(SESSION_COOKIE, &value, sign_in.keep.then_some(hours));
    see_other(&destination(&sign_in.return_to), &[cookie])
}

/// Ends the session that the browser had and notes the sign-in on the identity's professionals.
async fn keep_books(app: &App, request: &Request, session: &Session) -> Result<()> {
    if let Some(older) = request.optional_session_cookie() {
        app.store.end_session(&older.session).await?;
    }
    for link in app.store.links_of(&session.identity.key).await?.iter().take(NOTED) {
        app.store.record_sign_in(link, &session.identity, app.now()).await?;
    }
    Ok(())
}

/// Whoever had no wish is taken to the page that knows what follows from the number of accounts (requirement 4).
fn destination(return_to: &str) -> String {
    let language = Language::of_page(return_to);
    if return_to == language.page("/") {
        language.page("/accounts/?first=1")
    } else {
        return_to.to_owned()
    }
}
