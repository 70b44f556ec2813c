//! Mix-up attacks: whoever runs one provider of a portal takes nobody over who signs in with
//! another (RFC 9700, 4.4; RFC 9207).

use serde_json::json;
use tests::{Answer, Browser, Edit, IdentityProvider, Portal};

use super::{
    EMAIL, NAME, REFUSED, Rows, SESSION, SIGNED_IN, outcome, portal_with, start, with_parameters,
};

/// A portal with an honest provider, `test`, and one that an attacker runs, `other`.
struct TwoProviders {
    portal: Portal,
    attacker: IdentityProvider,
}

impl TwoProviders {
    async fn start() -> Self {
        let attacker = IdentityProvider::start_another().await;
        Self { portal: portal_with(&[("other", &attacker)]).await, attacker }
    }

    fn provider(&self, id: &str) -> &IdentityProvider {
        if id == "test" { &self.portal.provider } else { &self.attacker }
    }

    /// Returns how often the token endpoints were asked: the honest one's, and the attacker's.
    fn exchanges(&self) -> (usize, usize) {
        (self.portal.provider.requests().token, self.attacker.requests().token)
    }

    /// Starts a sign-in with one provider and returns the address of its page.
    async fn begin(&self, browser: &mut Browser, id: &str) -> String {
        start(browser, id, "").await.expect("a provider's page")
    }
}

/// Returns the page's address with another redirect address of the portal.
fn redirected(page: &str, from: &str, to: &str) -> String {
    let changed = page.replace(&format!("callback%2F{from}"), &format!("callback%2F{to}"));
    assert_ne!(changed, page, "the redirect address names the provider");
    changed
}

fn assert_refused(answer: &Answer, browser: &Browser, case: &str) {
    assert_ne!(outcome(answer), SIGNED_IN, "{case}");
    assert!(!browser.cookies.contains_key(SESSION), "{case}");
}

#[tokio::test]
async fn every_provider_has_a_redirect_address_of_its_own() {
    let two = TwoProviders::start().await;
    for id in ["test", "other"] {
        let page = two.begin(&mut two.portal.browser(), id).await;
        assert_eq!(
            super::parameter(&page, "redirect_uri"),
            Some(format!("{}/api/sign-in/callback/{id}", two.portal.url)),
        );
    }
}

#[tokio::test]
async fn an_honest_providers_code_does_not_reach_the_attackers_token_endpoint() {
    let two = TwoProviders::start().await;
    let mut victim = two.portal.browser();
    // The victim chooses the attacker's provider. Its page sends the browser on to the honest one,
    // with the portal's client id there and the victim's state.
    let page = redirected(&two.begin(&mut victim, "other").await, "other", "test");
    let callback = two.portal.provider.authorize(&page, NAME, EMAIL);
    let answer = victim.get(&callback).await;
    assert_refused(&answer, &victim, "the honest provider's answer");
    assert_eq!(two.exchanges(), (0, 0));
}

#[tokio::test]
async fn an_answer_counts_at_the_address_of_its_own_provider_alone() {
    let two = TwoProviders::start().await;
    let mut rows = Rows::default();
    for (begun, answering, arriving, right) in [
        ("test", "test", "test", SIGNED_IN),
        ("other", "other", "other", SIGNED_IN),
        ("test", "test", "other", REFUSED),
        ("other", "other", "test", REFUSED),
        ("other", "test", "test", REFUSED),
        ("test", "other", "other", REFUSED),
        ("test", "test", "nobody", REFUSED),
        ("test", "test", "TEST", REFUSED),
        ("test", "test", "tes", REFUSED),
        ("test", "test", "test2", REFUSED),
    ] {
        for error in [None, Some(("access_denied", ""))] {
            two.provider(answering).change(|says| says.error = error);
            let before = two.exchanges();
            let mut browser = two.portal.browser();
            let page = two.begin(&mut browser, begun).await;
            let page = if begun == arriving { page } else { redirected(&page, begun, arriving) };
            let callback = two.provider(answering).authorize(&page, NAME, EMAIL);
            let answer = browser.get(&callback).await;
            let case = format!("{begun}, answered by {answering} at {arriving}, {error:?}");
            let right = if error.is_some() { REFUSED } else { right };
            rows.check(&case, &outcome(&answer), right);
            if right == REFUSED && two.exchanges() != before {
                rows.check(&case, "exchanged", REFUSED);
            }
            two.provider(answering).reset();
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn an_error_at_another_providers_address_is_not_told_as_that_sign_ins() {
    let two = TwoProviders::start().await;
    two.attacker.change(|says| says.error = Some(("access_denied", "")));
    let mut victim = two.portal.browser();
    let page = redirected(&two.begin(&mut victim, "test").await, "test", "other");
    let answer = victim.get(&two.attacker.authorize(&page, NAME, EMAIL)).await;
    assert_ne!(outcome(&answer), "sign-in-cancelled");
}

#[tokio::test]
async fn the_issuer_in_an_answer_is_the_one_that_was_asked_and_is_named_once() {
    let two = TwoProviders::start().await;
    let (own, others) = (two.portal.provider.issuer(), two.attacker.issuer());
    let (slash, upper, padded) = (format!("{own}/"), own.to_uppercase(), format!(" {own}"));
    let mut rows = Rows::default();
    for (case, issuers, is_promised, right) in [
        ("right", vec![own], false, SIGNED_IN),
        ("right and promised", vec![own], true, SIGNED_IN),
        ("absent and not promised", vec![], false, SIGNED_IN),
        ("absent though promised", vec![], true, REFUSED),
        ("of the other provider", vec![others], false, REFUSED),
        ("invented", vec!["https://evil.example"], false, REFUSED),
        ("empty", vec![""], false, REFUSED),
        ("empty though promised", vec![""], true, REFUSED),
        ("with a slash", vec![slash.as_str()], false, REFUSED),
        ("in capitals", vec![upper.as_str()], false, REFUSED),
        ("with a space", vec![padded.as_str()], false, REFUSED),
        ("twice", vec![own, own], false, REFUSED),
        ("twice, the second wrong", vec![own, others], false, REFUSED),
        ("twice, the first wrong", vec![others, own], false, REFUSED),
        ("twice, the second empty", vec![own, ""], true, REFUSED),
    ] {
        let issuers: Vec<_> = issuers.into_iter().map(|issuer| ("iss", issuer)).collect();
        super::forget_metadata(&two.portal);
        two.portal.provider.change(|says| {
            says.metadata.members = Edit::set(json!({
                "authorization_response_iss_parameter_supported": is_promised,
            }));
        });
        for denied in [false, true] {
            two.portal.provider.change(|says| {
                says.error = denied.then_some(("access_denied", "The user declined."));
            });
            let before = two.exchanges();
            let mut browser = two.portal.browser();
            let page = two.begin(&mut browser, "test").await;
            let callback = two.portal.provider.authorize(&page, NAME, EMAIL);
            let answer = browser.get(&with_parameters(&callback, &[], &issuers)).await;
            let outcome = outcome(&answer);
            let case = format!("{case}, denied: {denied}");
            if !denied {
                rows.check(&case, &outcome, right);
            } else if right == SIGNED_IN {
                rows.check(&case, &outcome, "sign-in-cancelled");
            } else if outcome == "sign-in-cancelled" || outcome == SIGNED_IN {
                rows.check(&case, &outcome, "not told as the provider's denial");
            }
            if right == REFUSED && two.exchanges() != before {
                rows.check(&case, "exchanged", "refused before the exchange");
            }
        }
    }
    rows.assert_right();
}
