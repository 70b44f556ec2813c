//! `/_local/`: pages and endpoints for people and tests on this machine, which production lacks.

use askama::Template;
use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{FromRequest as _, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use heck::ToKebabCase as _;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use portico::App;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::{
    example::Person,
    functions::{Functions, InvocationError},
    mailbox::{Mailbox, Message},
    schedule,
};

/// Allows the page's own style, forms and frames, and no script.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Keeps a mail's HTML from running scripts and sending requests or forms. Links that a person
/// clicks open in the whole window.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    form-action 'none'; frame-ancestors 'self'; \
    sandbox allow-top-navigation-by-user-activation";

/// Most messages that the page lists. The JSON has all of them.
const MOST_LISTED: usize = 200;

/// What the pages show and control.
#[derive(Clone)]
pub(crate) struct Pages {
    pub(crate) app: App,
    pub(crate) mailbox: Mailbox,
    pub(crate) functions: Functions,
    pub(crate) schedules: Vec<String>,
    pub(crate) people: Vec<Person>,
    /// Wakes the schedules when the clock is set.
    pub(crate) clock_moves: mpsc::Sender<()>,
}

/// Returns the routes below `/_local`.
pub(crate) fn router(pages: Pages) -> Router {
    Router::new()
        .route("/_local", get(async || Redirect::permanent("/_local/")))
        .route("/_local/", get(home))
        .route("/_local/style.css", get(style))
        .route("/_local/mail", get(mail))
        .route("/_local/mail/{id}", get(source))
        .route("/_local/mail/{id}/message", get(message))
        .route("/_local/mail/{id}/html", get(html))
        .route("/_local/clock", post(set_clock))
        .route("/_local/run/{function}", post(run))
        .route("/_local/invoke/{function}", post(invoke))
        .layer(from_fn(guard))
        .with_state(pages)
}

/// Refuses requests that other sites make a browser send: through a host name of theirs that
/// resolves to this machine (DNS rebinding), or through a form of theirs.
async fn guard(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(reason) => (StatusCode::FORBIDDEN, format!("{reason}\n")).into_response(),
        None => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<&'static str> {
    let text = |name| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    let host = text("host").rsplit_once(':').map_or(text("host"), |(host, _)| host);
    if !["localhost", "127.0.0.1", "[::1]"].contains(&host) {
        return Some("open this page under localhost");
    }
    let own = ["", "none", "same-origin"].contains(&text("sec-fetch-site"));
    (request.method() != "GET" && !own).then_some("use the form on this machine's own page")
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    notice: Option<String>,
    people: Vec<Row<'a>>,
    /// The newest messages, up to [`MOST_LISTED`].
    messages: &'a [Message],
    all: usize,
    today: Date,
    now: Timestamp,
    schedules: &'a [String],
}

/// A person of the example and the newest open link to each of their profiles.
struct Row<'a> {
    person: &'a Person,
    invitations: Vec<&'a str>,
}

impl Pages {
    fn home(&self, notice: Option<String>) -> Response {
        let messages = self.mailbox.messages();
        let people = self
            .people
            .iter()
            .map(|person| Row { person, invitations: invitations(&messages, &person.email) });
        let home = Home {
            notice,
            people: people.collect(),
            messages: &messages[..messages.len().min(MOST_LISTED)],
            all: messages.len(),
            today: self.app.today(),
            now: self.app.now(),
            schedules: &self.schedules,
        };
        page(&home)
    }
}

/// Returns the newest invitation link of each profile. `messages` are sorted newest first.
fn invitations<'a>(messages: &'a [Message], email: &str) -> Vec<&'a str> {
    let mut profiles = Vec::new();
    let mut newest = Vec::new();
    for link in
        messages.iter().filter(|message| message.is_to(email)).flat_map(|message| &message.links)
    {
        // SITE/link/#ACCOUNT.PROFESSIONAL.INVITATION.SECRET
        let Some((_, token)) = link.split_once("/link/#") else { continue };
        let profile: Vec<_> = token.split('.').take(2).collect();
        if !profiles.contains(&profile) {
            profiles.push(profile);
            newest.push(link.as_str());
        }
    }
    newest
}

async fn home(State(pages): State<Pages>) -> Response {
    pages.home(None)
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../templates/style.css"))
        .into_response()
}

async fn mail(State(pages): State<Pages>) -> Json<Vec<Message>> {
    Json(pages.mailbox.messages())
}

async fn source(State(pages): State<Pages>, Path(id): Path<String>) -> Response {
    match pages.mailbox.source(&id) {
        Ok(Some(source)) => ([(header::CONTENT_TYPE, "message/rfc822")], source).into_response(),
        Ok(None) => missing("message"),
        Err(error) => failed(&error),
    }
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    message: &'a Message,
}

async fn message(State(pages): State<Pages>, Path(id): Path<String>) -> Response {
    match pages.mailbox.message(&id) {
        Some(message) => page(&MessagePage { message: &message }),
        None => missing("message"),
    }
}

async fn html(State(pages): State<Pages>, Path(id): Path<String>) -> Response {
    let Some(message) = pages.mailbox.message(&id) else { return missing("message") };
    // Comes first, so that links leave the frame. Without a head, the browser moves it there.
    let html = match message.html.split_once("<head>") {
        Some((before, after)) => format!("{before}<head><base target=\"_top\">{after}"),
        None => format!("<base target=\"_top\">{}", message.html),
    };
    ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
}

/// `null` resets the clock to this machine's date.
#[derive(Deserialize)]
struct SetClock {
    today: Option<Date>,
}

async fn set_clock(State(pages): State<Pages>, headers: HeaderMap, request: Request) -> Response {
    let form = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let input = if form {
        Form::<SetClock>::from_request(request, &())
            .await
            .map(|form| form.0)
            .map_err(IntoResponse::into_response)
    } else {
        Json::<SetClock>::from_request(request, &())
            .await
            .map(|json| json.0)
            .map_err(IntoResponse::into_response)
    };
    match input {
        Ok(input) => set_date(&pages.app, input.today),
        Err(refusal) => return refusal,
    }
    // A full channel has woken the schedules already; a closed one has none to wake.
    let _woken = pages.clock_moves.try_send(());
    if wants_html(&headers) {
        return Redirect::to("/_local/").into_response();
    }
    Json(json!({ "today": pages.app.today(), "now": pages.app.now() })).into_response()
}

/// Sets the clock to `today`, or to this machine's date, at this machine's time of day.
pub(crate) fn set_date(app: &App, today: Option<Date>) {
    let machine = portico::runtime::Clock::default().now().to_zoned(TimeZone::UTC);
    let date = machine.with().date(today.unwrap_or(machine.date())).build();
    app.clock.set(date.unwrap_or(machine).timestamp());
}

async fn run(
    State(pages): State<Pages>,
    Path(function): Path<String>,
    headers: HeaderMap,
) -> Response {
    let function = function.to_kebab_case();
    if !pages.schedules.contains(&function) {
        return missing("scheduled function");
    }
    match schedule::run(&pages.app, &pages.functions, &function).await {
        Ok(answer) if wants_html(&headers) => {
            pages.home(Some(format!("{function} returned {answer}")))
        }
        answer => invoked(answer),
    }
}

async fn invoke(State(pages): State<Pages>, Path(function): Path<String>, body: Bytes) -> Response {
    let event = match serde_json::from_slice(if body.is_empty() { b"{}" } else { &body }) {
        Ok(event) => event,
        Err(error) => {
            return (StatusCode::BAD_REQUEST, format!("the event is not JSON: {error}\n"))
                .into_response();
        }
    };
    invoked(pages.functions.invoke(&function, event).await)
}

fn invoked(answer: Result<Value, InvocationError>) -> Response {
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(InvocationError::Unknown(_)) => missing("function"),
        Err(error) => failed(&error),
    }
}

fn page(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], Html(html)).into_response(),
        Err(error) => failed(&error),
    }
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

fn missing(what: &str) -> Response {
    (StatusCode::NOT_FOUND, format!("there is no such {what}\n")).into_response()
}

fn failed(error: &dyn std::error::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response()
}
