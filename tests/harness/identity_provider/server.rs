//! The endpoints of a provider.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    response::Response,
    routing::{get, post},
};
use http::HeaderMap;
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Behaviour, CLIENT,
    behaviour::Answering,
    client_auth::{Client, authenticate},
    keys::encode,
    token::{Forgery, id_token},
};
use crate::Clock;

/// The access token of every answer, which a portal has no use for and must not log.
pub(super) const ACCESS_TOKEN: &str = "access-token-that-nobody-may-log";

/// The state of a provider's server.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) url: String,
    /// The issuer that a portal configures and finds the metadata under.
    pub(super) issuer: String,
    pub(super) inner: Arc<Mutex<Inner>>,
}

pub(super) struct Inner {
    /// The clock of its tokens: the one that the portal checks them against.
    pub(super) clock: Clock,
    pub(super) behaviour: Behaviour,
    /// The issuer that the metadata names.
    pub(super) named: String,
    pub(super) codes: BTreeMap<String, Code>,
    /// The number of codes so far, used ones too.
    pub(super) codes_given: usize,
    pub(super) issued: Option<String>,
    pub(super) forgery: Option<Forgery>,
    pub(super) requests: Requests,
    pub(super) token_requests: Vec<TokenRequest>,
    /// The ids of the clients' assertions so far, none of which is taken twice.
    pub(super) assertions: BTreeSet<String>,
}

pub(super) struct Code {
    pub(super) claims: Value,
    pub(super) challenge: String,
    pub(super) redirect_uri: String,
}

/// How often a provider's endpoints were asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// The metadata.
    pub metadata: usize,
    /// The keys.
    pub keys: usize,
    /// The token endpoint.
    pub token: usize,
    /// The endpoint with claims about people.
    pub userinfo: usize,
}

/// A request to the token endpoint.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// How the client authenticated, by the method's registered name.
    pub client_auth: &'static str,
    /// The form.
    pub form: BTreeMap<String, String>,
    /// The claims of the client's assertion; `null` if it sent none.
    pub assertion: Value,
    /// The header of the client's assertion; `null` if it sent none.
    pub assertion_header: Value,
}

pub(super) fn router(path: &str, service: Service) -> Router {
    Router::new()
        .route(&format!("{path}/.well-known/openid-configuration"), get(metadata))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .route("/userinfo", get(userinfo))
        .with_state(service)
}

impl Service {
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }
}

async fn metadata(State(service): State<Service>) -> Response {
    let (answering, named) = {
        let mut inner = service.lock();
        inner.requests.metadata += 1;
        (inner.behaviour.metadata.clone(), inner.named.clone())
    };
    let url = service.url;
    let metadata = json!({
        "issuer": named, "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"), "end_session_endpoint": format!("{url}/sign-out"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [
            "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA",
        ],
    });
    answer(&answering, metadata).await
}

async fn keys(State(service): State<Service>) -> Response {
    let (answering, published) = {
        let mut inner = service.lock();
        inner.requests.keys += 1;
        (inner.behaviour.keys.clone(), inner.behaviour.published.clone())
    };
    answer(&answering, json!({ "keys": published })).await
}

/// Answers about another person than any token.
async fn userinfo(State(service): State<Service>) -> Json<Value> {
    service.lock().requests.userinfo += 1;
    Json(json!({ "sub": "another" }))
}

/// Exchanges a code for its ID token, once, for a client that authenticates and proves that it
/// started the flow (PKCE).
async fn token(State(service): State<Service>, headers: HeaderMap, form: String) -> Response {
    let form: BTreeMap<_, _> =
        Url::parse(&format!("form:?{form}")).expect("a form").query_pairs().into_owned().collect();
    let (answering, answered) = {
        let mut inner = service.lock();
        inner.requests.token += 1;
        let client = Client::read(&headers, &form);
        let authenticated = authenticate(&service, &mut inner, &client);
        inner.token_requests.push(client.request(form.clone()));
        let answered = if authenticated {
            exchange(&mut inner, &form).ok_or((400, "invalid_grant"))
        } else {
            Err((401, "invalid_client"))
        };
        (inner.behaviour.token.clone(), answered)
    };
    match answered {
        Ok(tokens) => answer(&answering, tokens).await,
        Err((status, error)) => {
            let refusing = Answering { status, delay: answering.delay, ..Answering::default() };
            answer(&refusing, json!({ "error": error })).await
        }
    }
}

fn exchange(inner: &mut Inner, form: &BTreeMap<String, String>) -> Option<Value> {
    let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let code = inner.codes.remove(text("code"))?;
    let challenge = encode(Sha256::digest(text("code_verifier")));
    if text("grant_type") != "authorization_code"
        || text("redirect_uri") != code.redirect_uri
        || challenge != code.challenge
    {
        return None;
    }
    let replayed = inner.issued.clone().filter(|_| inner.forgery == Some(Forgery::Replay));
    let token = replayed.unwrap_or_else(|| id_token(inner, code.claims));
    inner.issued = Some(token.clone());
    Some(json!({
        "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 300,
        "id_token": token,
    }))
}

async fn answer(answering: &Answering, mut members: Value) -> Response {
    tokio::time::sleep(answering.delay).await;
    answering.members.apply(&mut members);
    let body = answering.text.apply(members.to_string());
    let mut response = Response::builder().status(answering.status);
    if !answering.content_type.is_empty() {
        response = response.header("content-type", answering.content_type);
    }
    response.body(Body::from(body)).expect("an answer")
}

/// Checks that a request to the authorization endpoint is this client's.
pub(super) fn check_authorization(query: &BTreeMap<String, String>) {
    let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!(
        (text("client_id"), text("code_challenge_method"), text("response_type")),
        (CLIENT, "S256", "code")
    );
    assert!(text("scope").split(' ').any(|scope| scope == "openid"), "{query:?}");
}
