//! Signing in with every provider that people have: what is believed, what is refused, and what
//! people are told. The provider says whatever a row of a table wants.

mod audiences;
mod certification;
mod claims;
mod client_authentication;
mod clocks;
mod display;
mod keys;
mod metadata;
mod mix_up;
mod no_token_in_the_log;
mod outcomes;
mod payloads;
mod provider_shapes;
mod repeated;
mod silence;
mod strength;
mod strict_claims;
mod token_answers;

use jiff::ToSpan as _;
use local::Options;
use reqwest::Url;
use serde_json::Value;
use tests::{Answer, Behaviour, Browser, IdentityProvider, Portal};

/// The outcome of a sign-in that gives a session.
const SIGNED_IN: &str = "signed in";
/// The outcome of a sign-in that gives none, whatever the person is told.
const REFUSED: &str = "refused";

const SESSION: &str = "__Host-session";
const NAME: &str = "Ada Lovelace";
const EMAIL: &str = "ada@customer.example";

/// A change of what a provider says.
type Change = fn(&mut Behaviour);

/// One attempt to sign in as Ada, in a browser of her own.
struct Attempt {
    browser: Browser,
    answer: Answer,
}

impl Attempt {
    /// Signs in with the provider that every portal of the tests has.
    async fn of(portal: &Portal) -> Self {
        Self::with(portal, "test", &portal.provider).await
    }

    /// Signs in with a provider that the portal knows under an id.
    async fn with(portal: &Portal, id: &str, provider: &IdentityProvider) -> Self {
        let mut browser = portal.browser();
        let answer = match start(&mut browser, id, "").await {
            Ok(address) => browser.get(&provider.authorize(&address, NAME, EMAIL)).await,
            Err(answer) => answer,
        };
        Self { browser, answer }
    }

    /// Returns [`SIGNED_IN`] or the problem that the sign-in page is told.
    fn outcome(&self) -> String {
        let outcome = outcome(&self.answer);
        assert_eq!(
            self.browser.cookies.contains_key(SESSION),
            outcome == SIGNED_IN,
            "a session without a sign-in, or the reverse: {}",
            self.answer.location()
        );
        outcome
    }

    /// Returns the identity of the session.
    async fn identity(&mut self) -> Value {
        let answer = self.browser.get("/api/session").await;
        assert_eq!(answer.status, 200, "{answer}");
        answer.body["identity"].clone()
    }
}

/// Starts a sign-in and returns the address of the provider's page, or the answer if the portal
/// leads back to its own sign-in page.
async fn start(browser: &mut Browser, id: &str, query: &str) -> Result<String, Answer> {
    let started = browser.get(&format!("/api/sign-in?provider={id}{query}")).await;
    assert_eq!(started.status, 303, "{started}");
    if started.location().starts_with('/') {
        return Err(started);
    }
    Ok(started.location().to_owned())
}

/// Starts a sign-in as Ada with the provider that every portal has, and returns the address that
/// leads back from it.
async fn callback_of(portal: &Portal, browser: &mut Browser, query: &str) -> String {
    let address = start(browser, "test", query).await.expect("a provider's page");
    portal.provider.authorize(&address, NAME, EMAIL)
}

/// Returns what an answer tells the person: [`SIGNED_IN`], or the problem's name.
fn outcome(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "people see a page, whatever happens: {answer}");
    let problem = parameter(answer.location(), "problem");
    match problem {
        Some(problem) => {
            assert!(answer.location().contains("/sign-in/?"), "{}", answer.location());
            problem
        }
        None => SIGNED_IN.to_owned(),
    }
}

/// Returns a parameter of a path or an address.
fn parameter(address: &str, name: &str) -> Option<String> {
    let address = Url::parse("http://site.example").and_then(|site| site.join(address));
    let address = address.expect("an address");
    address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Returns an address without some of its parameters and with others at its end.
fn with_parameters(address: &str, without: &[&str], more: &[(&str, &str)]) -> String {
    let mut changed = Url::parse(address).expect("an address");
    let kept: Vec<(String, String)> = changed
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| !without.contains(&name.as_str()))
        .collect();
    changed.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(more);
    changed.into()
}

/// Moves the clock so far that the portal reads metadata and keys again.
fn forget_metadata(portal: &Portal) {
    portal.clock.set(portal.clock.now() + 61.minutes());
}

/// Starts a portal that knows these providers beside its own.
async fn portal_with(others: &[(&str, &IdentityProvider)]) -> Portal {
    let providers = others.iter().map(|(id, provider)| provider.configuration(id, id)).collect();
    let portal = Portal::start_with(Options { providers, ..Options::default() }).await;
    for (_, provider) in others {
        provider.follow(&portal.clock);
    }
    portal
}

/// The rows of a table whose outcome is wrong.
#[derive(Default)]
struct Rows(Vec<String>);

impl Rows {
    /// Compares the outcome of a row with what is right; [`REFUSED`] is any problem.
    fn check(&mut self, name: impl std::fmt::Display, outcome: &str, right: &str) {
        let is_right = if right == REFUSED { outcome != SIGNED_IN } else { outcome == right };
        if !is_right {
            self.0.push(format!("{name}: {outcome} and not {right}"));
        }
    }

    /// Asserts that every row was right.
    fn assert_right(self) {
        assert!(self.0.is_empty(), "{} rows are wrong: {:#?}", self.0.len(), self.0);
    }
}
