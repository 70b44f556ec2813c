//! Every provider of the run book's matrix (infra/providers.md): metadata and ID token of the shape
//! that its public documentation gives. Who is in them is made up.

use std::collections::BTreeMap;

use check_provider::{Severity, check};
use local::Options;
use portico::sign_in::{ClientAuth, Provider};
use reqwest::Url;
use serde_json::{Map, Value, json};
use tests::{Answer, Browser, Edit, IdentityProvider, Portal, Rewrite, Table, TestKey};

use super::SESSION;

/// The file of each shape.
const SHAPES: [(&str, &str); 16] = [
    ("adfs", include_str!("providers/adfs.json")),
    ("apple", include_str!("providers/apple.json")),
    ("auth0", include_str!("providers/auth0.json")),
    ("authentik", include_str!("providers/authentik.json")),
    ("cognito", include_str!("providers/cognito.json")),
    ("entra-common", include_str!("providers/entra-common.json")),
    ("entra-external-id", include_str!("providers/entra-external-id.json")),
    ("entra-organizations", include_str!("providers/entra-organizations.json")),
    ("entra-tenant", include_str!("providers/entra-tenant.json")),
    ("google", include_str!("providers/google.json")),
    ("jumpcloud", include_str!("providers/jumpcloud.json")),
    ("keycloak", include_str!("providers/keycloak.json")),
    ("linkedin", include_str!("providers/linkedin.json")),
    ("okta", include_str!("providers/okta.json")),
    ("pingfederate", include_str!("providers/pingfederate.json")),
    ("zitadel", include_str!("providers/zitadel.json")),
];

/// The run book's matrix.
const MATRIX: &str = include_str!("../../../infra/providers.md");

/// A portal with one provider that has the shape of a file.
struct Shaped {
    name: &'static str,
    shape: Value,
    provider: Provider,
    identity_provider: IdentityProvider,
    portal: Portal,
}

impl Shaped {
    /// Starts a provider for the shape: with its metadata, except that the endpoints are those of
    /// the test, its tokens, and the client authentication that the metadata announces.
    async fn start(name: &'static str, file: &str) -> Self {
        let shape: Value = serde_json::from_str(file).expect("JSON");
        let issuer = shape["configuration"]["issuer"].as_str().expect("an issuer");
        let path = issuer.strip_prefix("ISSUER").expect("a placeholder").trim_end_matches('/');
        let identity_provider = IdentityProvider::start_under(path).await;
        let url = identity_provider.issuer().strip_suffix(path).expect("the path").to_owned();
        let filled = |part: &Value| -> Value {
            let text = part.to_string().replace("ISSUER", &url);
            serde_json::from_str(&text.replace("CLIENT", IdentityProvider::CLIENT)).expect("JSON")
        };

        let mut metadata = filled(&shape["metadata"]);
        for (endpoint, path) in [
            ("authorization_endpoint", "authorize"),
            ("token_endpoint", "token"),
            ("jwks_uri", "keys"),
        ] {
            metadata[endpoint] = format!("{url}/{path}").into();
        }
        let mut provider: Provider =
            serde_json::from_value(filled(&shape["configuration"])).expect("a provider");
        provider.client_secret = Some(IdentityProvider::SECRET.to_owned());
        if provider.auth == Some(ClientAuth::Apple) {
            // The secret that Apple wants has tests of its own.
            provider.auth = Some(ClientAuth::Post);
        }
        let methods = client_auth(&metadata, &provider);
        let (header, claims) = (shape["token_header"].clone(), filled(&shape["claims"]));
        identity_provider.change(|behaviour| {
            behaviour.metadata.text = Rewrite::to(metadata.to_string());
            behaviour.use_key(TestKey::Rsa(1), "RS256", "KEY");
            behaviour.header = header;
            behaviour.claims = Edit::new(move |issued| *issued = in_time(&claims, issued));
            behaviour.client_auth = methods;
        });
        let options = Options { providers: vec![provider.clone()], ..Options::default() };
        let portal = Portal::start_with(options).await;
        identity_provider.follow(&portal.clock);
        Self { name, shape, provider, identity_provider, portal }
    }

    /// Signs in in a new browser.
    async fn sign_in(&self, query: &str) -> (Browser, Answer) {
        let mut browser = self.portal.browser();
        let started =
            browser.get(&format!("/api/sign-in?provider={}{query}", self.provider.id)).await;
        assert_eq!(started.status, 303, "{}: {started}", self.name);
        let page = Url::parse(started.location()).expect("an address");
        let asked: BTreeMap<_, _> = page.query_pairs().into_owned().collect();
        let wanted = self.provider.factors.ask.join(" ");
        let expected = (query.contains("factors") && !wanted.is_empty()).then_some(&wanted);
        assert_eq!(asked.get("acr_values"), expected, "{}", self.name);
        let callback = self.identity_provider.authorize(started.location(), "", "");
        let answer = browser.get(&callback).await;
        (browser, answer)
    }
}

/// Returns the methods of client authentication that metadata announces; without any, the one that
/// the configuration names.
fn client_auth(metadata: &Value, provider: &Provider) -> Vec<&'static str> {
    let announced = metadata["token_endpoint_auth_methods_supported"].as_array();
    let is_announced = |method: &str| {
        announced.is_some_and(|listed| listed.iter().any(|announced| announced == method))
    };
    let known = ["client_secret_basic", "client_secret_post"];
    match (announced, provider.auth) {
        (None, Some(ClientAuth::Post)) => vec!["client_secret_post"],
        (None, _) => vec!["client_secret_basic"],
        _ => known.into_iter().filter(|method| is_announced(method)).collect(),
    }
}

/// Returns the claims of a shape with the nonce and the times of a token that is issued now.
fn in_time(claims: &Value, issued: &Map<String, Value>) -> Map<String, Value> {
    let now = issued["iat"].as_i64().expect("a time");
    let filled = |value: &Value| match value.as_str() {
        Some("NONCE") => issued["nonce"].clone(),
        Some("NOW") => now.into(),
        Some(text) => match text.strip_prefix("NOW+").and_then(|text| text.parse::<i64>().ok()) {
            Some(seconds) => (now + seconds).into(),
            None => value.clone(),
        },
        None => value.clone(),
    };
    let claims = claims.as_object().expect("claims");
    claims.iter().map(|(name, value)| (name.clone(), filled(value))).collect()
}

#[tokio::test]
async fn people_of_every_provider_in_the_matrix_sign_in_as_who_they_are() {
    for (name, file) in SHAPES {
        let shaped = Shaped::start(name, file).await;
        let (browser, answer) = shaped.sign_in("").await;
        let expected = &shaped.shape["expected"];
        if expected["refused"].is_string() {
            let (location, problem) = (answer.location(), "problem=sign-in-refused");
            assert!(location.contains(problem), "{name}: {location}");
            assert!(!browser.cookies.contains_key(SESSION), "{name}");
            continue;
        }
        assert_eq!(answer.location(), "/accounts/?first=1", "{name}");
        let table = Table::of(&shaped.portal).await;
        let sessions: Vec<_> =
            table.all().filter(|(_, sk, _)| sk.starts_with("session#")).collect();
        let [(_, _, session)] = sessions[..] else { panic!("{name}: {sessions:?}") };
        let (identity, authentication) = (&session["identity"], &session["authentication"]);
        let found = json!({
            "name": identity["name"], "email": identity["email"],
            "verified": identity["email_verified"],
            "several_factors": authentication["several_factors"],
        });
        assert_eq!(found, *expected, "{name}: {session}");
        let states_time = shaped.shape["claims"].get("auth_time").is_some();
        assert_eq!(authentication["is_stated"], states_time, "{name}");
        assert_eq!(session["provider_session"], shaped.shape["claims"]["sid"], "{name}");
    }
}

#[tokio::test]
async fn several_factors_are_asked_for_and_must_be_asserted() {
    for (name, file) in SHAPES {
        let shaped = Shaped::start(name, file).await;
        let (_, answer) = shaped.sign_in("&factors=true").await;
        let location = answer.location();
        match shaped.shape["expected"]["several_factors"].as_bool() {
            Some(true) => assert_eq!(location, "/accounts/?first=1", "{name}"),
            Some(false) => {
                assert!(location.contains("problem=factors-missing"), "{name}: {location}");
            }
            None => assert!(location.contains("problem=sign-in-refused"), "{name}: {location}"),
        }
    }
}

#[tokio::test]
async fn the_check_of_providers_finds_no_error_with_any_that_signs_in() {
    for (name, file) in SHAPES {
        let shaped = Shaped::start(name, file).await;
        if shaped.shape["expected"]["refused"].is_string() {
            continue;
        }
        let report = check(&shaped.provider, "https://portal.example").await;
        assert!(report.worst() < Some(Severity::Unreachable), "{name}: {report}");
    }
}

#[test]
fn the_matrix_names_every_shape_and_every_page_that_it_comes_from() {
    for (name, file) in SHAPES {
        assert!(MATRIX.contains(&format!("providers/{name}.json")), "{name}");
        let shape: Value = serde_json::from_str(file).expect("JSON");
        let sources = shape["sources"].as_array().expect("sources");
        let addresses = sources
            .iter()
            .filter_map(|source| source.as_str())
            .filter_map(|source| source.split(' ').find(|word| word.starts_with("https://")));
        let mut count = 0;
        for address in addresses {
            let address = address.trim_end_matches([',', ';']);
            assert!(MATRIX.contains(address), "{name}: {address}");
            count += 1;
        }
        assert!(count > 0, "{name} has no source");
    }
}
