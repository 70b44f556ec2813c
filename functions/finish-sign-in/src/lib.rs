//! Completes a sign-in: verifies the provider's answer and creates a session.
//!
//! The browser navigates here, so failures redirect to the sign-in page and are no problem
//! documents.

mod secrets;

use std::{sync::Arc, time::Duration};

use http::header::LOCATION;
use jiff::ToSpan;
use portico::{
    App, Error, Result,
    auth::{SESSION_COOKIE, SignInCookies},
    domain::{
        IdentityKey, Language, Secret, Session, SessionEnd, SignIn, SignInEvent, SignInEventKind,
        SignInProblem,
    },
    http::{Request, Response, SignInPage, Source, cookies, see_other, set_cookies},
    lambda,
    lambda::config::Config,
    runtime::concurrently,
    sign_in::{
        CallbackAnswer, CallbackOutcome, FailureKind, Provider, Providers, SignInFailure,
        VerifiedIdentity,
    },
    store::{ClaimOutcome, SignInClaim},
    workflows::end_sessions::end_sessions,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sign-in/callback/{provider}";

/// How often, and how long apart, a request asks whether another one has completed its sign-in.
const QUESTIONS: u32 = 30;
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(200);

/// Links on which a sign-in is recorded at the same time, so that a person with a hundred accounts
/// is redirected a few milliseconds later than one with a single account.
const RECORDED_AT_ONCE: usize = 25;

/// Builds the function from the configuration and the providers' client secrets, which no other
/// function has.
pub async fn connect(config: &Config) -> Result<lambda::Function> {
    let providers = Providers::new(secrets::providers(config).await?);
    Ok(lambda::http(App { providers, ..config.app() }, handle))
}

/// How a sign-in ended that this browser began.
enum End {
    /// With this session's cookie, unless the browser has it.
    SignedIn(Option<String>),
    /// Too late.
    Expired,
    /// Not yet: the provider's page is asked in another way.
    AskedAgain(Response),
    /// As another request with the same answer has: this page says how.
    FailedBefore(String),
    /// An administrator has allowed the portal.
    ConsentGiven,
    Failed(SignInFailure),
    /// After this request had claimed the sign-in.
    FailedWithClaim(SignInFailure, SignInClaim),
}

/// Takes the provider's `?state=` and `?code=`, or its `?error=`, and `?iss=` where it names its
/// issuer.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookies = request.sign_in_cookies();
    let answer =
        CallbackAnswer::read(|name| request.query(name), request.has_repeated_parameters());
    let begun = answer.state.as_ref().and_then(|state| cookies.answered_by(state));
    let Some((cookie, sign_in)) = begun else { return not_begun(&request, &cookies, &answer) };
    let page = SignInPage { return_to: &sign_in.return_to, provider: Some(&sign_in.provider) };
    let mut response = match Box::pin(finish(&app, &request, sign_in, &answer)).await {
        Ok(End::AskedAgain(response)) => return Ok(response),
        Ok(End::SignedIn(session)) => {
            let done = cookies::set(cookie, &SignInCookies::value_when_done(sign_in), Some(1));
            let cookies: Vec<_> = session.into_iter().chain([done]).collect();
            return see_other(&destination(&sign_in.return_to), &cookies);
        }
        Ok(End::Expired) => page.explain(SignInProblem::Expired)?,
        Ok(End::ConsentGiven) => page.explain(SignInProblem::ConsentGiven)?,
        Ok(End::FailedBefore(page)) => see_other(&page, &[])?,
        Ok(End::Failed(failure)) => page.explain_failure(&app, &failure)?,
        Ok(End::FailedWithClaim(failure, claim)) => {
            let response = page.explain_failure(&app, &failure)?;
            note_failure(&app, claim, &response).await;
            response
        }
        Err(error) => page.explain_error(&app, &error)?,
    };
    set_cookies(&mut response, &[cookies::clear(cookie)])?;
    Ok(response)
}

/// Answers a callback to no sign-in in progress of this browser: one that is completed already, or
/// one of which nothing is known. Anybody can make up such an answer, so it decides only what the
/// page says.
fn not_begun(
    request: &Request,
    cookies: &SignInCookies,
    answer: &CallbackAnswer,
) -> Result<Response> {
    let completed = answer.state.as_ref().and_then(|state| cookies.completed_by(state));
    if let Some(completed) = completed
        && request.optional_session_cookie().is_some()
    {
        return see_other(&destination(&completed.return_to), &[]);
    }
    let problem = match &answer.outcome {
        CallbackOutcome::ConsentGiven => SignInProblem::ConsentGiven,
        CallbackOutcome::Refused(failure) if failure.may_be_made_up() => failure.kind.problem(),
        _ => SignInProblem::Unknown,
    };
    // Some providers leave the state out where they refuse.
    let return_to = match (completed, cookies.latest()) {
        (Some(completed), _) => &completed.return_to,
        (None, Some(latest)) if answer.state.is_none() => &latest.return_to,
        _ => "/",
    };
    SignInPage { return_to, provider: None }.explain(problem)
}

/// Completes a sign-in of this browser.
async fn finish(
    app: &App,
    request: &Request,
    sign_in: &SignIn,
    answer: &CallbackAnswer,
) -> Result<End> {
    let failed = |kind, detail: &str| Ok(End::Failed(SignInFailure::new(kind, detail)));
    if !sign_in.is_open(app.now()) {
        return Ok(End::Expired);
    }
    // Before anything else, so that no provider sees what is another's (RFC 9700, 4.4.2).
    if request.path("provider") != Some(&sign_in.provider) {
        return failed(FailureKind::WrongIssuer, "the answer came to another provider's address");
    }
    let Ok(provider) = app.providers.find(&sign_in.provider) else {
        return failed(FailureKind::WrongIssuer, "the provider is not configured any more");
    };
    let code = match &answer.outcome {
        CallbackOutcome::Code(code) => code,
        CallbackOutcome::ConsentGiven => return Ok(End::ConsentGiven),
        CallbackOutcome::Refused(failure) => {
            return refused(app, request, provider, sign_in, answer, failure).await;
        }
    };
    let claim = match claim(app, sign_in).await? {
        ClaimOutcome::Claimed(claim) => claim,
        ClaimOutcome::Failed(page) => return Ok(End::FailedBefore(page)),
        ClaimOutcome::Taken => {
            return failed(FailureKind::AnswerInvalid, "another request is still using it");
        }
        ClaimOutcome::Completed(identity) => {
            // A browser that is signed in as that identity keeps its session: the code may be made
            // up, and then leads to none.
            let own = request.optional_session_cookie().filter(|own| own.identity == identity);
            let secret = sign_in.session_secret(code);
            let session = session_cookie(app, sign_in, &secret, &identity);
            return Ok(End::SignedIn(own.is_none().then_some(session)));
        }
    };
    let (site_url, now) = (&app.policy.site_url, app.now());
    match app.providers.complete(provider, sign_in, answer, code, site_url, now).await {
        Ok(verified) => {
            let earlier = request.optional_session_cookie();
            let is_same = earlier.is_some_and(|own| own.identity == verified.identity.key);
            if sign_in.asks.choose && is_same {
                let failure =
                    SignInFailure::new(FailureKind::SameIdentity, "another identity was wanted");
                return Ok(End::FailedWithClaim(failure, claim));
            }
            let secret = sign_in.session_secret(code);
            Box::pin(create_session(app, request, sign_in, verified, &secret, claim)).await
        }
        Err(failure) => {
            if let Some((identity, reason)) = &failure.refused {
                let refused = SignInEventKind::SignInRefused { reason: *reason };
                // What the person sees does not depend on the record.
                if let Err(error) = record(app, request.sign_in_event(app, identity, refused)).await
                {
                    error.log();
                }
            }
            Ok(End::FailedWithClaim(failure, claim))
        }
    }
}

/// Notes the page that explains a failure. What the person sees does not depend on it.
async fn note_failure(app: &App, claim: SignInClaim, response: &Response) {
    let page = response.headers().get(LOCATION).and_then(|page| page.to_str().ok());
    if let Some(page) = page
        && let Err(error) = app.store.note_failed_sign_in(claim, page).await
    {
        error.log();
    }
}

/// Claims the sign-in. If another request of this browser has done so, as after a double click,
/// waits for its outcome.
async fn claim(app: &App, sign_in: &SignIn) -> Result<ClaimOutcome> {
    let state = sign_in.state().hash();
    for _ in 1..QUESTIONS {
        match app.store.claim_sign_in(&state, sign_in.expires_at()).await? {
            ClaimOutcome::Taken => tokio::time::sleep(BETWEEN_QUESTIONS).await,
            outcome => return Ok(outcome),
        }
    }
    app.store.claim_sign_in(&state, sign_in.expires_at()).await
}

/// Answers that the provider's page has given no code. If it does not take the prompt, it is asked
/// once more without.
async fn refused(
    app: &App,
    request: &Request,
    provider: &Provider,
    sign_in: &SignIn,
    answer: &CallbackAnswer,
    failure: &SignInFailure,
) -> Result<End> {
    let (site_url, now) = (&app.policy.site_url, app.now());
    let sender = answer.issuer.as_deref();
    if let Err(wrong) = app.providers.check_sender(provider, sender, now).await {
        return Ok(End::Failed(wrong));
    }
    let mut again = SignIn { secret: Secret::generate()?, ..sign_in.clone() };
    let has_prompt = sign_in.asks.choose || sign_in.asks.fresh;
    if !failure.may_be_the_prompt() || !has_prompt || sign_in.asks.prompt_refused {
        return Ok(End::Failed(failure.clone()));
    }
    again.asks.prompt_refused = true;
    Ok(match app.providers.start(provider, &again, None, site_url, now).await {
        Ok(url) => {
            let cookie = request.sign_in_cookies().name_for(&again, now);
            let cookie = cookies::set(cookie, &SignInCookies::value(&again), Some(1));
            End::AskedAgain(see_other(&url, &[cookie])?)
        }
        Err(failure) => End::Failed(failure),
    })
}

/// Returns the cookie of a session.
fn session_cookie(app: &App, sign_in: &SignIn, secret: &Secret, identity: &IdentityKey) -> String {
    let value = format!("{}.{identity}", secret.expose());
    let hours = sign_in.asks.keep.then(|| 24 * i64::from(app.policy.keep_days));
    cookies::set(SESSION_COOKIE, &value, hours)
}

async fn record(app: &App, event: Result<SignInEvent>) -> Result<()> {
    app.store.record_sign_in_event(&event?).await
}

async fn create_session(
    app: &App,
    request: &Request,
    sign_in: &SignIn,
    verified: VerifiedIdentity,
    secret: &Secret,
    claim: SignInClaim,
) -> Result<End> {
    let kept = sign_in.asks.keep;
    let hours = if kept { 24 * i64::from(app.policy.keep_days) } else { Session::HOURS };
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
        kept,
        created_at: app.now(),
        last_used_at: app.now(),
        expires_at: app.now() + hours.hours(),
        browser,
        source,
        provider_sign_out: verified.sign_out,
    };
    let event = SignInEventKind::SignedIn { kept };
    let event = request.sign_in_event(app, &session.identity.key, event)?;
    app.store.create_session(&session, claim, &event).await?;
    // The session is valid even if the sign-in could not be recorded.
    if let Err(error) = record_sign_in(app, request, &session).await {
        error.log();
    }
    Ok(End::SignedIn(Some(session_cookie(app, sign_in, secret, &session.identity.key))))
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
