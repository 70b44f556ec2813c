//! An OpenID Connect provider in this process: it signs real tokens, forges them on demand, and
//! says whatever a test wants it to ([`Behaviour`]).

mod behaviour;
mod client_auth;
mod keys;
mod server;
mod token;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use portico::sign_in::Provider;
use reqwest::Url;
use serde_json::json;
use tokio::task::JoinSet;

use crate::Clock;
use server::{Code, Inner, Service};

pub use behaviour::{Answering, Behaviour, Edit, Rewrite, Signer};
pub use keys::TestKey;
pub use server::{Requests, TokenRequest};
pub use token::Forgery;

const CLIENT: &str = "portico";
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

impl IdentityProvider {
    /// The id of the portal at the provider.
    pub const CLIENT: &str = CLIENT;
    /// The secret of the portal at the provider.
    pub const SECRET: &str = SECRET;
    /// The access token in every answer, which a portal has no use for.
    pub const ACCESS_TOKEN: &str = server::ACCESS_TOKEN;
    /// The Microsoft tenant that everybody belongs to.
    pub const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    /// Starts a provider on a port, 0 for any free one.
    pub async fn start(port: u16, clock: Clock) -> Self {
        Self::start_at(port, clock, "", None).await
    }

    /// Starts another provider of a portal in this process, on this machine's clock until it
    /// [follows](Self::follow) the portal's.
    pub async fn start_another() -> Self {
        Self::start(0, Clock::here(portico::runtime::Clock::default())).await
    }

    /// Starts another provider that acts as Microsoft for `tenants`: all of them, as `common` or
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

    /// Starts a provider whose issuer has a path, such as `/realms/acme`.
    pub async fn start_under(path: &str) -> Self {
        Self::start_at(0, Clock::here(portico::runtime::Clock::default()), path, None).await
    }

    async fn start_at(port: u16, clock: Clock, path: &str, tenant: Option<&'static str>) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let issuer = format!("{url}{path}");
        let named =
            issuer.replace("/common/", "/{tenantid}/").replace("/organizations/", "/{tenantid}/");
        let inner = Inner {
            clock,
            behaviour: Behaviour::default(),
            named,
            codes: BTreeMap::new(),
            codes_given: 0,
            issued: None,
            forgery: None,
            requests: Requests::default(),
            token_requests: Vec::new(),
            assertions: BTreeSet::new(),
        };
        let service = Service { url, issuer, inner: Arc::new(Mutex::new(inner)) };
        let router = server::router(path, service.clone());
        let mut server = JoinSet::new();
        server.spawn(async {
            // Ends with the runtime at the latest.
            let _ended = axum::serve(listener, router).await;
        });
        Self { service, tenant, _server: Arc::new(server) }
    }

    /// Dates its tokens by a portal's clock from now on.
    pub fn follow(&self, clock: &Clock) {
        self.service.lock().clock = clock.clone();
    }

    /// Returns its issuer.
    pub fn issuer(&self) -> &str {
        &self.service.issuer
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
        server::check_authorization(&query);
        let issuer = self.tenant.map_or_else(
            || self.service.issuer.clone(),
            |tenant| format!("{}/{tenant}/v2.0", self.service.url),
        );
        let mut claims = json!({
            "iss": issuer, "sub": format!("subject of {email}"), "aud": CLIENT,
            "nonce": query["nonce"], "name": name, "email": email,
            "email_verified": true,
        });
        if let Some(tenant) = self.tenant {
            claims["tid"] = tenant.into();
        }
        let mut inner = self.service.lock();
        let refused = inner.behaviour.refused_prompts.iter().find_map(|(prompt, error)| {
            (query.get("prompt").map(String::as_str) == Some(*prompt)).then_some((*error, ""))
        });
        let mut back = match refused.or(inner.behaviour.error) {
            Some((error, description)) => {
                vec![("error", error.to_owned()), ("error_description", description.to_owned())]
            }
            None => vec![("code", inner.give_code(&self.service.url, &query, claims))],
        };
        back.push(("state", query["state"].clone()));
        back.extend(inner.behaviour.callback.clone());
        back.retain(|(name, value)| *name != "error_description" || !value.is_empty());
        let back = Url::parse_with_params(&query["redirect_uri"], back).expect("an address");
        back.into()
    }

    /// Changes what it says from now on.
    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.service.lock().behaviour);
    }

    /// Says the usual again from now on.
    pub fn reset(&self) {
        let mut inner = self.service.lock();
        inner.behaviour = Behaviour::default();
        inner.forgery = None;
    }

    /// Returns how often its endpoints were asked so far.
    pub fn requests(&self) -> Requests {
        self.service.lock().requests
    }

    /// Lists the requests to its token endpoint so far.
    pub fn token_requests(&self) -> Vec<TokenRequest> {
        self.service.lock().token_requests.clone()
    }

    /// Returns the ID token that it has issued last.
    pub fn issued(&self) -> Option<String> {
        self.service.lock().issued.clone()
    }

    /// Signs a logout token with `changes` of its claims.
    pub fn logout_token(&self, changes: &Edit) -> String {
        token::logout_token(&mut self.service.lock(), &self.service.issuer, CLIENT, changes)
    }

    /// Forges every token from now on, or none.
    pub fn forge(&self, forgery: Option<Forgery>) {
        self.service.lock().forgery = forgery;
    }

    /// Names another issuer in its metadata from now on.
    pub fn pose_as(&self, issuer: &str) {
        issuer.clone_into(&mut self.service.lock().named);
    }

    /// Signs with a new key from now on, as providers do every few weeks.
    pub fn rotate_key(&self) {
        self.change(|behaviour| behaviour.use_key(TestKey::P256(2), "ES256", "second"));
    }
}

impl Inner {
    /// Draws a code for an authorization request. Its form depends on the provider, so that no two
    /// providers give the same.
    fn give_code(
        &mut self,
        url: &str,
        query: &BTreeMap<String, String>,
        claims: serde_json::Value,
    ) -> String {
        let (_, port) = url.rsplit_once(':').expect("a port");
        let code = format!("code-{port}-{}", self.codes_given);
        self.codes_given += 1;
        let given = Code {
            claims,
            challenge: query["code_challenge"].clone(),
            redirect_uri: query["redirect_uri"].clone(),
        };
        self.codes.insert(code.clone(), given);
        code
    }
}
