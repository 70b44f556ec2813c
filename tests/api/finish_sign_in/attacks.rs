//! What somebody could do to a sign-in between its start and its callback.

use portico::domain::Secret;
use serde_json::Value;
use tests::{Browser, Portal, Table};

use super::{SESSION, assert_failed, callback_after_sign_in, sessions};

const SIGN_IN: &str = "__Host-sign-in-";

/// The one cookie of a sign-in that the browser holds.
fn cookie(browser: &Browser) -> (String, String) {
    let mut all = browser.cookies.iter().filter(|(name, _)| name.starts_with(SIGN_IN));
    let (name, value) = all.next().expect("a sign-in");
    assert_eq!(all.next(), None);
    (name.clone(), value.clone())
}

/// Returns the cookie of a sign-in in progress, beside those of completed ones.
fn latest_cookie(browser: &Browser) -> (String, String) {
    let mut all = browser
        .cookies
        .iter()
        .filter(|(name, value)| name.starts_with(SIGN_IN) && !value.contains(".done."));
    let (name, value) = all.next().expect("a sign-in");
    (name.clone(), value.clone())
}

/// Returns the cookie's value with another part: the provider is 1, *keep* 2, the start 3, the
/// return page 4.
fn altered(value: &str, part: usize, other: &str) -> String {
    let mut parts: Vec<_> = value.split('.').collect();
    parts[part] = other;
    parts.join(".")
}

#[tokio::test]
async fn many_callbacks_at_once_lead_to_one_session() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (mut browser, callback) = (browser.clone(), callback.clone());
        calls.spawn(async move {
            let location = browser.get(&callback).await.location().to_owned();
            (location, browser.get("/api/session").await.body["identity"]["name"].clone())
        });
    }
    for (location, name) in calls.join_all().await {
        assert_eq!((&*location, name.as_str()), ("/accounts/?first=1", Some("Ada Lovelace")));
    }
    assert_eq!(sessions(&Table::of(&portal).await), 1);
}

#[tokio::test]
async fn a_callback_is_replayed_in_vain_even_with_its_cookie() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "&return=/library/").await;
    let mut copy = browser.clone();
    assert_eq!(browser.get(&callback).await.location(), "/library/");
    browser.post("/api/sign-out", Value::Null).await;
    assert_eq!(copy.get(&callback).await.location(), "/library/");
    assert_eq!(copy.get("/api/session").await.body, Value::Null, "the session has ended");
    assert_eq!(sessions(&Table::of(&portal).await), 0);
    // A session that lasts is found only with the code, which the provider gave once.
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let (mut copy, in_progress) = (browser.clone(), latest_cookie(&browser));
    assert_eq!(browser.get(&callback).await.location(), "/accounts/?first=1");
    copy.get(&callback.replace("code=", "code=another-")).await;
    assert_eq!(copy.get("/api/session").await.body, Value::Null);
    // Nor does such a code sign anybody out.
    let mut both = copy.clone();
    both.cookies.extend(browser.cookies.clone());
    let (name, in_progress) = in_progress;
    both.cookies.insert(name, in_progress);
    both.get(&callback.replace("code=", "code=another-")).await;
    assert!(both.get("/api/session").await.body.is_object());
}

#[tokio::test]
async fn a_person_is_not_signed_in_as_an_attacker_by_a_link() {
    let portal = Portal::start().await;
    let mut attacker = portal.browser();
    let mut victim = portal.browser();
    for tabs in 0..3 {
        let callback = callback_after_sign_in(&portal, &mut attacker, "").await;
        let before = victim.cookies.clone();
        let answer = victim.get(&callback).await;
        assert_failed(&portal, &answer, &victim, "sign-in-unknown").await;
        assert_eq!(victim.cookies, before, "with {tabs} tabs of the victim's own");
        victim.get("/api/sign-in?provider=test").await;
    }
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_refused() {
    let portal = Portal::start().await;
    let mut attacker = portal.browser();
    let stolen = callback_after_sign_in(&portal, &mut attacker, "").await;
    let mut browser = portal.browser();
    let own = callback_after_sign_in(&portal, &mut browser, "").await;
    let part = |callback: &str| {
        let (before, state) = callback.split_once("&state=").expect("a state");
        (before.to_owned(), state.to_owned())
    };
    // Somebody else's, and that of another tab of the same browser.
    let mixed = format!("{}&state={}", part(&stolen).0, part(&own).1);
    let answer = browser.get(&mixed).await;
    assert_failed(&portal, &answer, &browser, "sign-in-refused").await;
    let first = callback_after_sign_in(&portal, &mut browser, "").await;
    let second = callback_after_sign_in(&portal, &mut browser, "").await;
    let mixed = format!("{}&state={}", part(&first).0, part(&second).1);
    let answer = browser.get(&mixed).await;
    assert_failed(&portal, &answer, &browser, "sign-in-refused").await;
}

#[tokio::test]
async fn a_cookie_under_any_other_name_or_twice_is_ignored() {
    let portal = Portal::start().await;
    for name in ["__Host-sign-in", "__Host-sign-in-4", "sign-in-0", "__Secure-sign-in-0"] {
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, "").await;
        let (own, value) = cookie(&browser);
        browser.cookies.remove(&own);
        browser.cookies.insert(name.to_owned(), value);
        let answer = browser.get(&callback).await;
        assert_failed(&portal, &answer, &browser, "sign-in-unknown").await;
    }
    // A cookie of this name from a subdomain, which browsers refuse: neither is believed.
    if portal.deployment.is_none() {
        let (mut victim, mut attacker) = (portal.browser(), portal.browser());
        victim.get("/api/sign-in?provider=test").await;
        let callback = callback_after_sign_in(&portal, &mut attacker, "").await;
        let ((name, own), (_, theirs)) = (cookie(&victim), cookie(&attacker));
        victim.cookies.insert(name.clone(), format!("{own}; {name}={theirs}"));
        let answer = victim.get(&callback).await;
        assert_failed(&portal, &answer, &victim, "sign-in-unknown").await;
    }
}

#[tokio::test]
async fn an_altered_cookie_leads_nowhere_else_and_lasts_no_longer() {
    let portal = Portal::start().await;
    let now = portal.clock.now().as_second();
    let encode = |path: &str| {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        URL_SAFE_NO_PAD.encode(path)
    };
    for (part, other, problem) in [
        (1, "nobody".to_owned(), "sign-in-refused"),
        (1, String::new(), "sign-in-refused"),
        (2, "32".to_owned(), "sign-in-unknown"),
        (2, "true".to_owned(), "sign-in-unknown"),
        // From the future, long ago, and no time.
        (3, (now + 120).to_string(), "sign-in-expired"),
        (3, (now + 1_000_000_000).to_string(), "sign-in-expired"),
        (3, (now - 601).to_string(), "sign-in-expired"),
        (3, "-1".to_owned(), "sign-in-expired"),
        (3, "0x1".to_owned(), "sign-in-unknown"),
        (4, encode("https://evil.example"), "sign-in-unknown"),
        (4, encode("//evil.example"), "sign-in-unknown"),
        (4, encode("/\\evil.example"), "sign-in-unknown"),
        (4, "/library/".to_owned(), "sign-in-unknown"),
        (0, "s".repeat(43), "sign-in-unknown"),
        (0, "short".to_owned(), "sign-in-unknown"),
    ] {
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, "").await;
        let (name, value) = cookie(&browser);
        browser.cookies.insert(name, altered(&value, part, &other));
        let answer = browser.get(&callback).await;
        assert_failed(&portal, &answer, &browser, problem).await;
        assert!(!answer.location().contains("evil"), "{part} {other}: {}", answer.location());
    }
}

#[tokio::test]
async fn what_no_browser_has_started_writes_nothing() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    browser.get("/api/sign-in?provider=test").await;
    let before = Table::of(&portal).await;
    let invented = Secret::generate().expect("random").expose().to_owned();
    for query in [format!("?state={invented}&code=code-0"), "?code=code-0".to_owned()] {
        browser.get(&format!("/api/sign-in/callback/test{query}")).await;
        portal.browser().get(&format!("/api/sign-in/callback/test{query}")).await;
    }
    // Nor does one that was cancelled, or is too late.
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let state = callback.split_once("&state=").expect("a state").1;
    browser.get(&format!("/api/sign-in/callback/test?error=access_denied&state={state}")).await;
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn a_claimed_sign_in_is_kept_as_long_as_it_could_be_completed() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let started = portal.clock.now().as_second();
    browser.get(&callback).await;
    assert!(browser.cookies.contains_key(SESSION));
    let table = Table::of(&portal).await;
    let claims = table.items("sign-in#", "sign-in");
    assert_eq!(claims.len(), 1);
    let ttl = claims[0].2["ttl"].as_i64().expect("a time");
    assert!((started + 540..=started + 602).contains(&ttl), "{ttl} of {started}");
    let state = callback.split_once("&state=").expect("a state").1;
    assert!(!format!("{table:?}").contains(state), "only the state's hash is stored");
}
