//! How clients authenticate at a provider's token endpoint (OpenID Connect Core 1.0, 9).

use std::collections::BTreeMap;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::HeaderMap;
use reqwest::Url;
use serde_json::Value;

use super::{
    CLIENT, SECRET,
    server::{Inner, Service, TokenRequest},
};

/// The only type of assertion (RFC 7523, 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a client says of itself.
pub(super) struct Client {
    method: &'static str,
    id: String,
    secret: String,
    assertion: Option<Assertion>,
}

struct Assertion {
    header: Value,
    claims: Value,
    content: String,
    signature: Vec<u8>,
    kind: String,
}

impl Client {
    pub(super) fn read(headers: &HeaderMap, form: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| form.get(name).cloned().unwrap_or_default();
        let basic = headers.get("authorization").and_then(|header| basic(header.to_str().ok()?));
        let assertion = form.get("client_assertion").map(|assertion| {
            Assertion::parse(assertion, text("client_assertion_type"))
                .unwrap_or_else(|| panic!("no assertion: {assertion}"))
        });
        let posts = form.contains_key("client_secret");
        let method = match (&basic, posts, &assertion) {
            (None, false, None) => "none",
            (Some(_), false, None) => "client_secret_basic",
            (None, true, None) => "client_secret_post",
            (None, false, Some(_)) => "private_key_jwt",
            _ => "several at once",
        };
        let (id, secret) = basic.unwrap_or_else(|| (text("client_id"), text("client_secret")));
        // With Apple the secret is an assertion.
        let assertion = assertion.or_else(|| Assertion::parse(&secret, String::new()));
        Self { method, id, secret, assertion }
    }

    /// Returns what is on record about the request.
    pub(super) fn request(self, form: BTreeMap<String, String>) -> TokenRequest {
        let (assertion, assertion_header) = self
            .assertion
            .map_or((Value::Null, Value::Null), |assertion| (assertion.claims, assertion.header));
        TokenRequest { client_auth: self.method, form, assertion, assertion_header }
    }
}

/// Checks whether the client is the portal, by a method that the provider takes.
pub(super) fn authenticate(service: &Service, inner: &mut Inner, client: &Client) -> bool {
    if !inner.behaviour.client_auth.contains(&client.method) {
        return false;
    }
    match &client.assertion {
        Some(assertion) if client.method == "client_secret_post" => {
            client.id == CLIENT && has_clients_signature(inner, assertion)
        }
        Some(assertion) => is_believed(service, inner, assertion),
        None if client.method == "none" => client.id == CLIENT,
        None => client.id == CLIENT && client.secret == SECRET,
    }
}

/// Checks an assertion (RFC 7523, 3): from and about the client, for this provider, by the key that
/// it names, for the next minutes, and used once.
fn is_believed(service: &Service, inner: &mut Inner, assertion: &Assertion) -> bool {
    let Assertion { claims, kind, .. } = assertion;
    let audiences = [service.issuer.clone(), format!("{}/token", service.url)];
    let is_for_this_provider =
        claims["aud"].as_str().is_some_and(|aud| audiences.iter().any(|own| own == aud));
    let now = inner.clock.now().as_second();
    let is_timely = claims["exp"].as_i64().is_some_and(|exp| (now..=now + 600).contains(&exp));
    let is_new = claims["jti"]
        .as_str()
        .is_some_and(|id| !id.is_empty() && inner.assertions.insert(id.to_owned()));
    kind == ASSERTION_TYPE
        && claims["iss"] == CLIENT
        && claims["sub"] == CLIENT
        && is_for_this_provider
        && is_timely
        && is_new
        && has_clients_signature(inner, assertion)
}

/// Checks whether the client's key, under its id, has signed the assertion.
fn has_clients_signature(inner: &Inner, assertion: &Assertion) -> bool {
    let Assertion { header, content, signature, .. } = assertion;
    let algorithm = header["alg"].as_str().unwrap_or_default();
    inner.behaviour.client_key.is_some_and(|(key, id)| {
        header["kid"] == id && key.verifies(algorithm, content.as_bytes(), signature)
    })
}

impl Assertion {
    fn parse(text: &str, kind: String) -> Option<Self> {
        let (content, signature) = text.rsplit_once('.')?;
        let (header, claims) = content.split_once('.')?;
        let json = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        Some(Self {
            header: json(header)?,
            claims: json(claims)?,
            content: content.to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
            kind,
        })
    }
}

/// Reads id and secret, both form-encoded (RFC 6749, 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, pair) = header.split_once(' ')?;
    let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let form = Url::parse(&format!("form:?id={id}&secret={secret}")).ok()?;
    let mut values = form.query_pairs().map(|(_, value)| value.into_owned());
    let parts = (values.next()?, values.next()?);
    scheme.eq_ignore_ascii_case("basic").then_some(parts)
}
