//! Completes a sign-in: verifies the provider's answer and creates a session.
//!
//! The browser navigates here, so failures redirect to the sign-in page and are no problem
//! documents.

mod secrets;

use std::sync::Arc;

use jiff::ToSpan;
use portico::{
    App, Error, Result,
    auth::SESSION_COOKIE,
    domain::{Language, Secret, Session, SessionEnd, SignIn, SignInEvent, SignInEventKind},
    http::{
        Request, Response, Source, cookies, explain_sign_in, see_other, set_cookies, sign_in_failed,
    },
    lambda,
    lambda::config::Config,
    runtime::concurrently,
    sign_in::{Providers, SignInOutcome, VerifiedIdentity},
    workflows::end_sessions::end_sessions,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in/callback";

/// Links on which a sign-in is recorded at the same time, so that a person with a hundred accounts
/// is redirected a few milliseconds later than one with a single account.
const RECORDED_AT_ONCE: usize = 25;

/// Builds the function from the configuration and the providers' client secrets, which no other
/// function has.
pub async fn connect(config: &Config) -> Result<lambda::Function> {
    let providers = Providers::new(secrets::providers(config).await?);
    Ok(lambda::http(App { providers, ..config.app() }, handle))
}

/// Takes the provider's `?state=` and `?code=`, or its `?error=`.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookies = request.sign_in_cookies();
    let state = request.query("state").and_then(Secret::parse);
    // Unknown, completed already or another browser's.
    let Some((cookie, sign_in)) = state.and_then(|state| cookies.answered_by(&state)) else {
        return explain_sign_in("sign-in-expired", "/");
    };
    let mut response = Box::pin(finish(&app, &request, sign_in))
        .await
        .or_else(|error| sign_in_failed(&error, &sign_in.return_to))?;
    set_cookies(&mut response, &[cookies::clear(cookie)])?;
    Ok(response)
}

/// Completes a sign-in of this browser.
async fn finish(app: &App, request: &Request, sign_in: &SignIn) -> Result<Response> {
    let explain = |problem| explain_sign_in(problem, &sign_in.return_to);
    if !sign_in.is_open(app.now()) {
        return explain("sign-in-expired");
    }
    let Some(code) = request.query("code") else {
        let cancelled = request.query("error").is_some_and(|error| {
            matches!(error, "access_denied" | "login_required" | "interaction_required")
        });
        return explain(if cancelled { "sign-in-cancelled" } else { "sign-in-failed" });
    };
    if !app.providers.has(&sign_in.provider) {
        return explain("sign-in-failed");
    }
    if !app.store.claim_sign_in(&sign_in.state().hash(), sign_in.expires_at()).await? {
        return explain("sign-in-expired");
    }
    let (site_url, now) = (&app.policy.site_url, app.now());
    match app.providers.complete(sign_in, code.to_owned(), site_url, now).await? {
        SignInOutcome::Verified(verified) => {
            Box::pin(create_session(app, request, sign_in, verified)).await
        }
        SignInOutcome::Refused { identity, reason, cause } => {
            let refused = SignInEventKind::SignInRefused { reason };
            // What the person sees does not depend on the record.
            if let Err(error) = record(app, request.sign_in_event(app, &identity, refused)).await {
                error.log();
            }
            sign_in_failed(&cause, &sign_in.return_to)
        }
    }
}

async fn record(app: &App, event: Result<SignInEvent>) -> Result<()> {
    app.store.record_sign_in_event(&event?).await
}

async fn create_session(
    app: &App,
    request: &Request,
    sign_in: &SignIn,
    verified: VerifiedIdentity,
) -> Result<Response> {
    let secret = Secret::generate()?;
    let kept_hours = 24 * i64::from(app.policy.keep_days);
    let hours = if sign_in.keep { kept_hours } else { Session::HOURS };
    let (source, browser) = match request.source() {
        Source::Web { address, browser, .. } => (address.clone(), browser.clone()),
        Source::Operator => return Err(Error::NotSignedIn),
    };
    let session = Session {
        id: app.new_id()?,
        secret: secret.hash(),
        identity: verified.identity,
        provider: sign_in.provider.clone(),
        issuer: verified.issuer,
        provider_session: verified.provider_session,
        authentication: verified.authentication,
        kept: sign_in.keep,
        created_at: app.now(),
        last_used_at: app.now(),
        expires_at: app.now() + hours.hours(),
        browser,
        source,
        provider_sign_out: verified.sign_out,
    };
    let signed_in = SignInEventKind::SignedIn { kept: session.kept };
    let event = request.sign_in_event(app, &session.identity.key, signed_in)?;
    app.store.create_session(&session, &event).await?;
    // The session is valid even if the sign-in could not be recorded.
    if let Err(error) = record_sign_in(app, request, &session).await {
        error.log();
    }

    let value = format!("{}.{}", secret.expose(), session.identity.key);
    let cookie = cookies::set(SESSION_COOKIE, &value, sign_in.keep.then_some(hours));
    see_other(&destination(&sign_in.return_to), &[cookie])
}

/// Ends the browser's earlier session and those that are too many, and records the sign-in on the
/// identity's professionals.
async fn record_sign_in(app: &App, request: &Request, session: &Session) -> Result<()> {
    if let Some(older) = request.optional_session_cookie() {
        let event = request.sign_in_event(app, &older.identity, SignInEventKind::SignedOut)?;
        app.store.sign_out(&older.secret, &event).await?;
    }
    let identity = &session.identity.key;
    let (links, sessions) =
        tokio::try_join!(app.store.links_of(identity), app.store.sessions_of(identity))?;
    let surplus = Session::beyond_most(&sessions);
    end_sessions(app, surplus, SessionEnd::TooMany, |ended| app.sign_in_event(identity, ended))
        .await?;
    let (store, identity, now) = (&app.store, Arc::new(session.identity.clone()), app.now());
    let records = links.into_iter().map(|link| {
        let (store, identity) = (store.clone(), Arc::clone(&identity));
        async move { store.record_sign_in(&link, &identity, now).await }
    });
    // One that fails keeps no other from being recorded.
    concurrently(RECORDED_AT_ONCE, records).await?.into_iter().collect()
}

/// Returns the requested page. From the home page, people go on to their accounts, where the number
/// of accounts decides what follows (requirement 4).
fn destination(return_to: &str) -> String {
    let language = Language::of_page(return_to);
    if return_to == language.page("/") {
        language.page("/accounts/?first=1")
    } else {
        return_to.to_owned()
    }
}
