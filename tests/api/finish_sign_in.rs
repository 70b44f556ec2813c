//! Coming back from an identity provider: sessions, and refused forgeries.

mod attacks;
mod microsoft;

use jiff::{SignedDuration, Timestamp};
use local::Options;
use serde_json::{Value, json};
use tests::{Answer, Browser, Forgery, Portal, Table};

const SESSION: &str = "__Host-session";

/// Starts a sign-in as Ada and returns the provider's callback address.
async fn callback_after_sign_in(portal: &Portal, browser: &mut Browser, query: &str) -> String {
    let started = browser.get(&format!("/api/sign-in?provider=test{query}")).await;
    assert_eq!(started.status, 303, "{started}");
    portal.provider.authorize(started.location(), "Ada Lovelace", "ada@customer.example")
}

/// The forgeries that every token is checked for.
const FORGERIES: [Forgery; 7] = [
    Forgery::Audience,
    Forgery::Expired,
    Forgery::Issuer,
    Forgery::Nonce,
    Forgery::Key,
    Forgery::Unsigned,
    Forgery::Replay,
];

/// What the sign-in page tells a person whose token is forged.
fn problem_of(forgery: Forgery) -> &'static str {
    match forgery {
        Forgery::Expired | Forgery::Nonce | Forgery::Replay => "sign-in-refused",
        _ => "provider-misconfigured",
    }
}

fn sessions(table: &Table) -> usize {
    table.keys().filter(|(_, sk)| sk.starts_with("session#")).count()
}

/// Asserts that a sign-in failed as `problem`, without a session in the browser or in the table.
async fn assert_failed(portal: &Portal, answer: &Answer, browser: &Browser, problem: &str) {
    let expected = format!("/sign-in/?problem={problem}");
    assert!(
        answer.status == 303 && answer.location().starts_with(&expected),
        "{answer} {}",
        answer.location()
    );
    assert!(!browser.cookies.contains_key(SESSION));
    assert_eq!(sessions(&Table::of(portal).await), 0);
}

#[tokio::test]
async fn an_identity_gets_a_session_and_returns_to_the_page_it_came_from() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback =
        callback_after_sign_in(&portal, &mut browser, "&return=/library/?q=1%26x=2").await;
    let answer = browser.get(&callback).await;
    assert_eq!((answer.status, answer.location()), (303, "/library/?q=1&x=2"));
    assert_eq!(browser.get("/api/session").await.body["identity"]["email"], "ada@customer.example");
}

#[tokio::test]
async fn its_cookie_ends_with_the_browser() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let cookie = browser.get(&callback).await.cookie(SESSION).to_owned();
    let attributes: Vec<_> = cookie.split("; ").skip(1).collect();
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(attributes.contains(&attribute), "{attribute} in {cookie}");
    }
    assert!(
        !cookie.contains("Max-Age") && !cookie.contains("Expires") && !cookie.contains("Domain"),
        "{cookie}"
    );
}

#[tokio::test]
async fn keep_me_signed_in_keeps_the_cookie_for_thirty_days() {
    let portal = Portal::start().await;
    for (query, kept) in [("&keep=true", true), ("&keep=false", false), ("&keep=", false)] {
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, query).await;
        let cookie = browser.get(&callback).await.cookie(SESSION).to_owned();
        assert_eq!(cookie.contains("Max-Age=2592000"), kept, "{query}: {cookie}");
        assert_eq!(browser.get("/api/session").await.body["kept"], kept, "{query}");
    }
}

#[tokio::test]
async fn the_vendor_may_shorten_how_long_people_stay_signed_in() {
    let options = Options { keep_days: 7, ..Options::default() };
    let portal = Portal::start_with(options).await;
    let mut browser = portal.browser();
    assert_eq!(browser.get("/api/sign-in").await.body["keep_days"], 7);
    let callback = callback_after_sign_in(&portal, &mut browser, "&keep=true").await;
    let cookie = browser.get(&callback).await.cookie(SESSION).to_owned();
    assert!(cookie.contains("Max-Age=604800"), "{cookie}");
    portal.clock.set("2026-11-29T11:59:00Z".parse::<Timestamp>().expect("a time"));
    assert_eq!(browser.get("/api/session").await.body["kept"], true);
    portal.clock.set("2026-11-29T12:01:00Z".parse::<Timestamp>().expect("a time"));
    assert_eq!(browser.get("/api/session").await.body, Value::Null);
}

/// Lists the kinds of an identity's sign-ins on record, newest first, with their reasons.
async fn recorded(browser: &mut Browser) -> Vec<String> {
    let answer = browser.get("/api/sessions").await;
    let events = answer.body["events"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    events
        .iter()
        .map(|item| {
            let text = |name: &str| item["event"][name].as_str().unwrap_or_default().to_owned();
            [text("type"), text("reason")].join(" ").trim().to_owned()
        })
        .collect()
}

#[tokio::test]
async fn an_answer_to_another_sign_in_or_a_late_one_is_on_record_for_the_identity() {
    let portal = Portal::start().await;
    let mut ada = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    // First the answer to the sign-in above once more.
    for forgery in [Forgery::Replay].into_iter().chain(FORGERIES) {
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, "").await;
        portal.provider.forge(Some(forgery));
        browser.get(&callback).await;
        portal.provider.forge(None);
    }
    // With another nonce, too old, and repeated: the provider has signed these for the portal.
    let another = "sign-in-refused another-sign-in";
    assert_eq!(
        recorded(&mut ada).await,
        [another, "sign-in-refused expired", another, "signed-in"]
    );
}

#[tokio::test]
async fn a_sign_in_beyond_fifty_ends_the_session_that_was_used_least_recently() {
    let portal = Portal::start().await;
    let mut oldest = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut second = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    for _ in 2..50 {
        portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    }
    assert_eq!(
        oldest.get("/api/sessions").await.body["sessions"].as_array().map(Vec::len),
        Some(50)
    );
    portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(oldest.get("/api/session").await.body, Value::Null);
    assert_eq!(sessions(&Table::of(&portal).await), 50);
    assert_eq!(recorded(&mut second).await[0], "sessions-ended too-many");
}

#[tokio::test]
async fn a_forged_token_gives_no_session() {
    for forgery in FORGERIES {
        let portal = Portal::start().await;
        let mut earlier = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
        earlier.post("/api/sign-out", Value::Null).await;
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, "").await;
        portal.provider.forge(Some(forgery));
        let answer = browser.get(&callback).await;
        assert_failed(&portal, &answer, &browser, problem_of(forgery)).await;
        portal.provider.forge(None);
        let callback = callback_after_sign_in(&portal, &mut browser, "").await;
        assert_eq!(
            browser.get(&callback).await.location(),
            "/accounts/?first=1",
            "after {forgery:?} an honest token is believed"
        );
    }
}

#[tokio::test]
async fn a_provider_may_rotate_its_keys() {
    let portal = Portal::start().await;
    portal.sign_in("Bob Builder", "bob@customer.example").await;
    portal.provider.rotate_key();
    // Forged tokens cannot make the portal ask for the keys more than once a minute.
    portal.clock.set(portal.clock.now() + SignedDuration::from_secs(61));
    portal.sign_in("Ada Lovelace", "ada@customer.example").await;
}

#[tokio::test]
async fn a_callback_signs_in_once_and_leads_to_its_page_again() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    assert_eq!(browser.get(&callback).await.location(), "/accounts/?first=1");
    assert_eq!(browser.get(&callback).await.location(), "/accounts/?first=1", "reloaded");
    assert_eq!(sessions(&Table::of(&portal).await), 1);
    browser.cookies.remove(SESSION);
    let answer = browser.get(&callback).await;
    assert!(
        answer.location().starts_with("/sign-in/?problem=sign-in-unknown"),
        "{}",
        answer.location()
    );
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn every_tab_completes_its_own_sign_in_in_any_order() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let mut tabs = Vec::new();
    for (page, keep) in [("/a/", true), ("/b/", false), ("/c/", false), ("/d/", true)] {
        let query = format!("&return={page}&keep={keep}");
        let callback = callback_after_sign_in(&portal, &mut browser, &query).await;
        tabs.push((callback, page, keep));
    }
    for tab in [2, 0, 3, 1] {
        let (callback, page, keep) = &tabs[tab];
        let answer = browser.get(callback).await;
        assert_eq!((answer.status, answer.location()), (303, *page));
        assert_eq!(answer.cookie(SESSION).contains("Max-Age"), *keep, "{page}");
    }
}

#[tokio::test]
async fn the_oldest_of_five_tabs_has_to_start_again() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let start = "2026-11-22T12:00:00Z".parse::<Timestamp>().expect("a time");
    let mut tabs = Vec::new();
    for second in 0..5 {
        portal.clock.set(start + SignedDuration::from_secs(second));
        tabs.push(callback_after_sign_in(&portal, &mut browser, "").await);
    }
    let answer = browser.get(&tabs[0]).await;
    assert_failed(&portal, &answer, &browser, "sign-in-unknown").await;
    for tab in &tabs[1..] {
        assert_eq!(browser.get(tab).await.location(), "/accounts/?first=1");
    }
}

#[tokio::test]
async fn a_callback_works_only_in_the_browser_that_started() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let mut victim = portal.browser();
    let answer = victim.get(&callback).await;
    assert_failed(&portal, &answer, &victim, "sign-in-unknown").await;
    victim.get("/api/sign-in?provider=test").await;
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let answer = victim.get(&callback).await;
    assert_failed(&portal, &answer, &victim, "sign-in-unknown").await;
}

#[tokio::test]
async fn a_person_has_ten_minutes_at_the_provider() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let clock = |time: &str| portal.clock.set(time.parse::<Timestamp>().expect("a time"));
    clock("2026-11-22T12:00:00Z");
    let late = callback_after_sign_in(&portal, &mut browser, "&return=/library/").await;
    let in_time = callback_after_sign_in(&portal, &mut browser, "").await;
    clock("2026-11-22T12:10:30Z");
    let answer = browser.get(&late).await;
    assert_failed(&portal, &answer, &browser, "sign-in-expired").await;
    assert!(
        answer.location().ends_with("&return=%2Flibrary%2F&provider=test"),
        "the way back is kept: {}",
        answer.location()
    );
    clock("2026-11-22T12:09:30Z");
    assert_eq!(browser.get(&in_time).await.location(), "/accounts/?first=1");
}

#[tokio::test]
async fn cancelling_at_the_provider_is_reported_and_keeps_the_return_address() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    for (error, problem) in
        [("access_denied", "sign-in-cancelled"), ("server_error", "provider-unavailable")]
    {
        let callback = callback_after_sign_in(&portal, &mut browser, "&return=/library/").await;
        let state = callback.split_once("&state=").expect("a state").1;
        let answer =
            browser.get(&format!("/api/sign-in/callback/test?error={error}&state={state}")).await;
        assert_failed(&portal, &answer, &browser, problem).await;
        assert!(
            answer.location().ends_with("&return=%2Flibrary%2F&provider=test"),
            "{}",
            answer.location()
        );
    }
}

#[tokio::test]
async fn a_sign_in_from_a_german_page_stays_in_german() {
    let portal = Portal::start().await;
    for (return_path, destination) in [
        ("/de/", "/de/accounts/?first=1"),
        ("/de/people/?account=1", "/de/people/?account=1"),
        ("/de/link/", "/de/link/"),
        ("/dev/", "/dev/"),
        ("/en/", "/en/"),
    ] {
        let mut browser = portal.browser();
        let callback =
            callback_after_sign_in(&portal, &mut browser, &format!("&return={return_path}")).await;
        assert_eq!(browser.get(&callback).await.location(), destination, "{return_path}");
    }
    for (query, problem) in [
        ("error=access_denied", "sign-in-cancelled"),
        ("error=server_error", "provider-unavailable"),
        ("code=wrong", "sign-in-refused"),
    ] {
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&portal, &mut browser, "&return=/de/people/").await;
        let state = callback.split_once("&state=").expect("a state").1;
        let answer =
            browser.get(&format!("/api/sign-in/callback/test?{query}&state={state}")).await;
        assert_eq!(
            answer.location(),
            format!("/de/sign-in/?problem={problem}&return=%2Fde%2Fpeople%2F&provider=test")
        );
    }
}

#[tokio::test]
async fn an_invented_callback_gives_no_session() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    browser.get("/api/sign-in?provider=test").await;
    let state = "s".repeat(43);
    for query in [
        String::new(),
        "?state=".to_owned(),
        format!("?state={state}&code=code-0"),
        format!("?state={state}"),
        "?code=code-0".to_owned(),
    ] {
        let answer = browser.get(&format!("/api/sign-in/callback/test{query}")).await;
        assert_failed(&portal, &answer, &browser, "sign-in-unknown").await;
    }
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let answer = browser.get(&callback.replace("code=", "code=other-")).await;
    assert_failed(&portal, &answer, &browser, "sign-in-refused").await;
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let portal = Portal::start().await;
    for return_path in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "%5C%5Cevil.example",
        "evil.example",
        "/%09/evil.example",
        "/%0d%0aSet-Cookie:x",
        "javascript:alert(1)",
        "%20/library",
        "/b%C3%BCcher",
    ] {
        let mut browser = portal.browser();
        let callback =
            callback_after_sign_in(&portal, &mut browser, &format!("&return={return_path}")).await;
        assert_eq!(browser.get(&callback).await.location(), "/accounts/?first=1", "{return_path}");
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_older_session_of_the_browser() {
    let portal = Portal::start().await;
    let mut browser = portal.sign_in("Bob Builder", "bob@customer.example").await;
    let mut older = browser.clone();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    browser.get(&callback).await;
    assert_eq!(older.get("/api/session").await.body, Value::Null);
    assert_eq!(browser.get("/api/session").await.body["identity"]["name"], "Ada Lovelace");
    assert_eq!(sessions(&Table::of(&portal).await), 1);
}

#[tokio::test]
async fn the_table_holds_no_usable_session() {
    let portal = Portal::start().await;
    let browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let (secret, _) = browser.cookies[SESSION].split_once('.').expect("two parts");
    assert!(!format!("{:?}", Table::of(&portal).await).contains(secret));
}

#[tokio::test]
async fn an_operator_cannot_sign_in_for_another_person() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&portal, &mut browser, "").await;
    let (code, state) = callback
        .split_once("?code=")
        .and_then(|(_, text)| text.split_once("&state="))
        .expect("code and state");
    let path = json!({ "provider": "test" });
    let query = json!({ "code": code, "state": state });
    portal.operator("FinishSignIn", json!({ "path": path, "query": query })).await;
    assert_eq!(sessions(&Table::of(&portal).await), 0);
}
