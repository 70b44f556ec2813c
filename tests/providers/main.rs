//! Sign-ins with real identity providers, through their own pages: node-oidc-provider, which is
//! certified, and canaille. `cargo xtask test providers` runs them, because they need packages of npm
//! and PyPI.

mod pages;
mod process;

use std::{env, path::PathBuf};

use jiff::SignedDuration;
use local::Options;
use portico::sign_in::Provider;
use reqwest::Url;
use serde_json::{Value, json};
use tests::{Browser, Portal};

use crate::{
    pages::{Pages, Place},
    process::Process,
};

const EMAIL: &str = "ana@people.example";
const NAME: &str = "Ana Keller";
const PASSWORD: &str = "correct horse";

/// The portal's id and secret at the providers.
const CLIENT: &str = "portico";
const SECRET: &str = "a secret of the tests";

/// A real provider, and the portal that it signs people in to.
struct Scenario {
    process: Process,
    portal: Portal,
    /// The id of the provider in the portal.
    id: &'static str,
    /// What people fill in on its pages, one after the other.
    fields: &'static [&'static [(&'static str, &'static str)]],
}

impl Scenario {
    async fn start(
        mut process: Process,
        id: &'static str,
        fields: &'static [&'static [(&'static str, &'static str)]],
    ) -> Self {
        let provider = Provider {
            client_secret: Some(SECRET.to_owned()),
            ..Provider::new(id, "Real provider", &process.issuer, CLIENT)
        };
        let options = Options { providers: vec![provider], ..Options::default() };
        let portal = Portal::start_with(options).await;
        // That of the provider.
        portal.clock.set(portico::runtime::Clock::default().now());
        process.command(&format!("serve {}", portal.url)).await;
        Self { process, portal, id, fields }
    }

    /// Starts a sign-in and returns the provider's first page.
    async fn ask(&self, browser: &mut Browser, pages: &mut Pages) -> Place {
        let begun = browser.get(&format!("/api/sign-in?provider={}", self.id)).await;
        assert_eq!(begun.status, 303, "{begun}");
        pages.visit(begun.location()).await
    }

    /// Signs in on the provider's pages, and returns both browsers.
    async fn sign_in(&self) -> (Browser, Pages) {
        let (mut browser, mut pages) = (self.portal.browser(), Pages::open(&self.process.issuer));
        let mut place = self.ask(&mut browser, &mut pages).await;
        for fields in self.fields {
            place = pages.submit(place, fields).await;
        }
        let finished = browser.get(&place.elsewhere()).await;
        assert_eq!(finished.location(), "/accounts/?first=1", "{finished}");
        assert!(is_signed_in(&mut browser).await);
        (browser, pages)
    }

    /// Returns the keys that the provider publishes.
    async fn keys(&self) -> Value {
        let mut reader = Browser::open(&self.process.issuer);
        let metadata = reader.get("/.well-known/openid-configuration").await.body;
        reader.get(metadata["jwks_uri"].as_str().expect("an address")).await.body["keys"].clone()
    }

    /// Signs in, changes the provider's key, and signs in again. Returns what the second sign-in
    /// leaves.
    async fn sign_in_before_and_after_a_change_of_the_key(&mut self) -> (Browser, Pages) {
        let (mut first, _) = self.sign_in().await;
        let identity = first.get("/api/session").await.body["identity"].clone();
        assert_eq!((&identity["name"], &identity["email"]), (&json!(NAME), &json!(EMAIL)));
        let known = self.keys().await;
        self.process.command("rotate").await;
        assert_ne!(self.keys().await, known);
        // Keys that nobody knows are asked for once a minute.
        let clock = &self.portal.clock;
        clock.set(clock.now() + SignedDuration::from_secs(61));
        let second = self.sign_in().await;
        assert!(is_signed_in(&mut first).await, "the first session goes on");
        second
    }

    /// Signs out of the portal, and at the provider by the address that the portal gives.
    async fn sign_out(&self, browser: &mut Browser, pages: &mut Pages, fields: &[(&str, &str)]) {
        let answer = browser.post("/api/sign-out", Value::Null).await;
        let address = answer.body["provider_sign_out"].as_str().expect("an address").to_owned();
        let confirm = pages.visit(&address).await;
        let back = pages.submit(confirm, fields).await.elsewhere();
        assert_eq!(Url::parse(&back), Url::parse(&self.portal.url), "back to the portal");
        assert!(!is_signed_in(browser).await);
    }
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/api/session").await.body != Value::Null
}

#[tokio::test]
#[ignore = "needs packages of npm: cargo xtask test providers"]
async fn node_oidc_provider_signs_in_changes_its_key_and_reports_a_sign_out() {
    let settings = json!({ "client": CLIENT, "secret": SECRET, "email": EMAIL, "name": NAME });
    let process = Process::start(&PathBuf::from("node"), "oidc-provider.mjs", &settings).await;
    let fields: &[&[_]] = &[&[("login", EMAIL), ("password", PASSWORD)], &[]];
    let mut scenario = Scenario::start(process, "node", fields).await;
    let (mut other, _) = scenario.sign_in().await;
    let (mut browser, mut pages) = scenario.sign_in_before_and_after_a_change_of_the_key().await;

    // A sign-out at the provider alone ends the session that began with it, and no other.
    let confirm = pages.visit(&format!("{}/session/end", scenario.process.issuer)).await;
    let Place::Page { .. } = pages.submit(confirm, &[("logout", "yes")]).await else {
        panic!("a page of the provider")
    };
    assert!(!is_signed_in(&mut browser).await, "the provider has reported it");
    assert!(is_signed_in(&mut other).await);
    let events = other.get("/api/sessions").await.body["events"].clone();
    assert_eq!(
        events[0]["event"],
        json!({ "type": "sessions-ended", "sessions": 1, "reason": "provider-sign-out" })
    );

    let (mut browser, mut pages) = scenario.sign_in().await;
    scenario.sign_out(&mut browser, &mut pages, &[("logout", "yes")]).await;
    assert!(scenario.ask(&mut browser, &mut pages).await.asks_for("password"));
}

#[tokio::test]
#[ignore = "needs packages of PyPI: cargo xtask test providers"]
async fn canaille_signs_in_changes_its_key_and_signs_out() {
    let settings = json!({
        "client": CLIENT, "secret": SECRET,
        "person": { "email": EMAIL, "name": NAME, "password": PASSWORD },
    });
    let process = Process::start(&python(), "canaille_server.py", &settings).await;
    let fields: &[&[_]] = &[&[("login", EMAIL)], &[("password", PASSWORD)]];
    let mut scenario = Scenario::start(process, "canaille", fields).await;
    let (mut browser, mut pages) = scenario.sign_in_before_and_after_a_change_of_the_key().await;
    scenario.sign_out(&mut browser, &mut pages, &[("answer", "logout")]).await;
    assert!(scenario.ask(&mut browser, &mut pages).await.asks_for("login"));
}

/// Returns the Python that has the provider's packages.
#[expect(clippy::disallowed_methods, reason = "the one setting of this suite")]
fn python() -> PathBuf {
    env::var_os("PROVIDERS_PYTHON").expect("run cargo xtask test providers").into()
}
