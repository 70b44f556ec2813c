//! An OpenID Connect provider in this process: it signs real tokens, and forges them on demand.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use portico::sign_in::Provider;
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

use crate::Clock;

const CLIENT: &str = "portico";
const OTHER_TENANT: &str = "5d7f8c2a-6a0e-4f5b-9c53-0f2f3b7c1a11";
const SECRET: &str = "a secret of the tests";

/// A provider that lets anyone sign in.
#[derive(Clone)]
pub struct IdentityProvider {
    service: Service,
    /// The tenant that everybody belongs to, where the provider acts as Microsoft.
    tenant: Option<&'static str>,
    /// Ends with the provider.
    _server: Arc<JoinSet<()>>,
}

/// The state of its server.
#[derive(Clone)]
struct Service {
    url: String,
    /// The issuer that a portal configures and finds the metadata under.
    issuer: String,
    /// The clock of its tokens: the one that the portal checks them against.
    clock: Clock,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    key: SigningKey,
    key_id: String,
    /// The issuer that the metadata names.
    named: String,
    codes: BTreeMap<String, Code>,
    /// The number of codes so far, used ones too.
    codes_given: usize,
    issued: Option<String>,
    forgery: Option<Forgery>,
}

struct Code {
    claims: Value,
    challenge: String,
}

/// The forgery in each token that a provider issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// For another client.
    Audience,
    /// An hour too old.
    Expired,
    /// From another issuer.
    Issuer,
    /// With the nonce of another sign-in.
    Nonce,
    /// Signed by a key that is not the provider's.
    Key,
    /// Not signed at all, algorithm `none`.
    Unsigned,
    /// The token of the sign-in before.
    Replay,
    /// Of a Microsoft tenant that is not the issuer's.
    WrongTenant,
    /// Of no Microsoft tenant.
    NoTenant,
    /// From another Microsoft tenant, which its issuer names.
    OtherTenant,
    /// With Microsoft's issuer template in place of an issuer.
    Template,
    /// From another host, with the right Microsoft tenant.
    OtherHost,
}

impl IdentityProvider {
    /// The Microsoft tenant that everybody belongs to.
    pub const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    /// Starts a provider on a port, 0 for any free one. A portal in this process checks its tokens
    /// against the real time instead of its own clock; a deployed portal has only its own clock.
    pub async fn start(port: u16, clock: Clock) -> Self {
        Self::start_at(port, clock, "", None).await
    }

    /// Starts a provider that acts as Microsoft for `tenants`: all of them, as `common` or
    /// `organizations`, or [`Self::TENANT`] alone.
    pub async fn start_microsoft(tenants: &str) -> Self {
        Self::start_at(
            0,
            Clock::here(portico::runtime::Clock::default()),
            &format!("/{tenants}/v2.0"),
            Some(Self::TENANT),
        )
        .await
    }

    async fn start_at(port: u16, clock: Clock, path: &str, tenant: Option<&'static str>) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let issuer = format!("{url}{path}");
        let named =
            issuer.replace("/common/", "/{tenantid}/").replace("/organizations/", "/{tenantid}/");
        let inner = Inner {
            key: key(1),
            key_id: "first".to_owned(),
            named,
            codes: BTreeMap::new(),
            codes_given: 0,
            issued: None,
            forgery: None,
        };
        let service = Service { url, issuer, clock, inner: Arc::new(Mutex::new(inner)) };
        let router = Router::new()
            .route(&format!("{path}/.well-known/openid-configuration"), get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(service.clone());
        let mut server = JoinSet::new();
        server.spawn(async {
            // Ends with the runtime at the latest.
            let _ended = axum::serve(listener, router).await;
        });
        Self { service, tenant, _server: Arc::new(server) }
    }

    /// Returns the portal's settings for it.
    pub fn configuration(&self, id: &str, name: &str) -> Provider {
        Provider {
            client_secret: Some(SECRET.to_owned()),
            ..Provider::new(id, name, &self.service.issuer, CLIENT)
        }
    }

    /// Signs a person in, as the provider's page does, and returns the address that leads back to
    /// the portal.
    pub fn authorize(&self, address: &str, name: &str, email: &str) -> String {
        let url = Url::parse(address).expect("an address");
        let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(
            (
                query["client_id"].as_str(),
                query["code_challenge_method"].as_str(),
                query["response_type"].as_str()
            ),
            (CLIENT, "S256", "code")
        );
        let issuer = self.tenant.map_or_else(
            || self.service.issuer.clone(),
            |tenant| format!("{}/{tenant}/v2.0", self.service.url),
        );
        let mut claims = json!({
            "iss": issuer, "sub": format!("subject of {email}"), "aud": CLIENT,
            "nonce": query["nonce"], "name": name, "email": email,
        });
        if let Some(tenant) = self.tenant {
            claims["tid"] = tenant.into();
        }
        let mut inner = self.service.inner.lock().expect("not poisoned");
        let (_, port) = self.service.url.rsplit_once(':').expect("a port");
        let code = format!("code-{port}-{}", inner.codes_given);
        inner.codes_given += 1;
        inner
            .codes
            .insert(code.clone(), Code { claims, challenge: query["code_challenge"].clone() });
        format!("{}?code={code}&state={}", query["redirect_uri"], query["state"])
    }

    /// Forges every token from now on, or none.
    pub fn forge(&self, forgery: Option<Forgery>) {
        self.service.inner.lock().expect("not poisoned").forgery = forgery;
    }

    /// Names another issuer in its metadata from now on.
    pub fn pose_as(&self, issuer: &str) {
        issuer.clone_into(&mut self.service.inner.lock().expect("not poisoned").named);
    }

    /// Signs with a new key from now on, as providers do every few weeks.
    pub fn rotate_key(&self) {
        let mut inner = self.service.inner.lock().expect("not poisoned");
        inner.key = key(2);
        "second".clone_into(&mut inner.key_id);
    }
}

async fn metadata(State(service): State<Service>) -> Json<Value> {
    let url = service.url;
    let issuer = service.inner.lock().expect("not poisoned").named.clone();
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"), "end_session_endpoint": format!("{url}/sign-out"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(service): State<Service>) -> Json<Value> {
    let inner = service.inner.lock().expect("not poisoned");
    let point = inner.key.verifying_key().to_encoded_point(false);
    let part =
        |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("a coordinate"));
    Json(json!({
        "keys": [
            {
                "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": inner.key_id,
                "x": part(point.x()), "y": part(point.y()),
            },
        ],
    }))
}

/// Exchanges a code for its ID token, once, for a client that authenticates and proves that it
/// started the flow (PKCE).
async fn token(State(service): State<Service>, headers: http::HeaderMap, form: String) -> Response {
    let form: BTreeMap<_, _> =
        Url::parse(&format!("form:?{form}")).expect("a form").query_pairs().into_owned().collect();
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let mut inner = service.inner.lock().expect("not poisoned");
    let code = form.get("code").and_then(|code| inner.codes.remove(code));
    match code {
        Some(code) if code.challenge == challenge && headers.contains_key("authorization") => {
            let replayed = inner.issued.clone().filter(|_| inner.forgery == Some(Forgery::Replay));
            let token = replayed
                .unwrap_or_else(|| sign(&inner, code.claims, service.clock.now().as_second()));
            inner.issued = Some(token.clone());
            Json(json!({
                "access_token": "unused", "token_type": "Bearer", "expires_in": 300,
                "id_token": token,
            }))
            .into_response()
        }
        _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response(),
    }
}

fn sign(inner: &Inner, mut claims: Value, now: i64) -> String {
    claims["iat"] = now.into();
    claims["exp"] = (now + 300).into();
    match inner.forgery {
        Some(Forgery::Audience) => claims["aud"] = "another".into(),
        Some(Forgery::Expired) => claims["exp"] = (now - 3600).into(),
        Some(Forgery::Issuer) => claims["iss"] = "https://another.example".into(),
        Some(Forgery::Nonce) => claims["nonce"] = "another".into(),
        Some(Forgery::WrongTenant) => claims["tid"] = OTHER_TENANT.into(),
        Some(Forgery::NoTenant) => claims["tid"] = Value::Null,
        Some(Forgery::OtherTenant) => of_tenant(&mut claims, OTHER_TENANT),
        Some(Forgery::Template) => of_tenant(&mut claims, "{tenantid}"),
        Some(Forgery::OtherHost) => {
            claims["iss"] =
                format!("https://another.example/{}/v2.0", IdentityProvider::TENANT).into();
        }
        Some(Forgery::Key | Forgery::Unsigned | Forgery::Replay) | None => {}
    }
    let algorithm = if inner.forgery == Some(Forgery::Unsigned) { "none" } else { "ES256" };
    let header = json!({ "alg": algorithm, "kid": inner.key_id, "typ": "JWT" });
    let content = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let signature: Signature = match inner.forgery {
        Some(Forgery::Unsigned) => return format!("{content}."),
        Some(Forgery::Key) => key(3).sign(content.as_bytes()),
        _ => inner.key.sign(content.as_bytes()),
    };
    format!("{content}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// Moves claims to another Microsoft tenant, issuer included.
fn of_tenant(claims: &mut Value, tenant: &str) {
    let issuer =
        claims["iss"].as_str().expect("an issuer").replace(IdentityProvider::TENANT, tenant);
    claims["iss"] = issuer.into();
    claims["tid"] = tenant.into();
}

/// Creates a key from any number; the tests need no secret keys.
fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32].into()).expect("a key")
}
