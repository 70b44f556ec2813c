//! Back, reload and doubled requests of a callback lead to the same place, by one exchange.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Browser, Edit, Portal};
use tokio::task::JoinSet;

use super::{REFUSED, SESSION, SIGNED_IN, callback_of, outcome, parameter};

async fn assert_signed_in(browser: &mut Browser, case: &str) {
    let answer = browser.get("/api/session").await;
    assert_eq!(answer.body["identity"]["email"], super::EMAIL, "{case}: {answer}");
}

#[tokio::test]
async fn back_and_reload_lead_to_the_same_page() {
    for (return_path, destination) in [
        ("/", "/accounts/?first=1"),
        ("/library/?q=1", "/library/?q=1"),
        ("/de/people/", "/de/people/"),
    ] {
        let portal = Portal::start().await;
        let mut browser = portal.browser();
        let query = format!("&return={return_path}");
        let callback = callback_of(&portal, &mut browser, &query).await;
        for time in 1..=3 {
            let answer = browser.get(&callback).await;
            assert_eq!((answer.status, answer.location()), (303, destination), "time {time}");
            assert_signed_in(&mut browser, return_path).await;
        }
        assert_eq!(portal.provider.requests().token, 1, "{return_path}");
    }
}

#[tokio::test]
async fn four_requests_at_once_lead_to_the_same_page_and_leave_the_browser_signed_in() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_of(&portal, &mut browser, "&return=/de/people/").await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (mut browser, callback) = (browser.clone(), callback.clone());
        calls.spawn(async move { browser.get(&callback).await });
    }
    let answers = calls.join_all().await;
    for answer in &answers {
        assert_eq!((answer.status, answer.location()), (303, "/de/people/"));
    }
    assert_eq!(portal.provider.requests().token, 1);
    // One browser gets all the answers, in whatever order.
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let mut browser = browser.clone();
        for number in order {
            for cookie in &answers[number].cookies {
                let (name, value) = cookie.split_once('=').expect("a cookie");
                let (value, attributes) = value.split_once(';').expect("attributes");
                if attributes.contains("Max-Age=0") {
                    browser.cookies.remove(name);
                } else {
                    browser.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        assert_signed_in(&mut browser, "after all answers").await;
    }
}

#[tokio::test]
async fn a_callback_signs_nobody_in_after_they_signed_out() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_of(&portal, &mut browser, "").await;
    assert_eq!(outcome(&browser.get(&callback).await), SIGNED_IN);
    browser.post("/api/sign-out", Value::Null).await;
    let answer = browser.get(&callback).await;
    assert_ne!(outcome(&answer), SIGNED_IN, "{REFUSED}");
    assert!(!browser.cookies.contains_key(SESSION));
    assert_eq!(browser.get("/api/session").await.body, Value::Null);
    assert_eq!(portal.provider.requests().token, 1);
}

#[tokio::test]
async fn a_callback_repeated_in_another_browser_signs_nobody_in() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_of(&portal, &mut browser, "").await;
    browser.get(&callback).await;
    let mut other = portal.browser();
    assert_ne!(outcome(&other.get(&callback).await), SIGNED_IN);
    assert_eq!(other.get("/api/session").await.body, Value::Null);
    assert_eq!(portal.provider.requests().token, 1);
}

#[tokio::test]
async fn a_failed_callback_fails_again_without_a_second_exchange() {
    let portal = Portal::start().await;
    portal.provider.forge(Some(tests::Forgery::Audience));
    let mut browser = portal.browser();
    let callback = callback_of(&portal, &mut browser, "&return=/de/people/").await;
    for _ in 0..2 {
        let answer = browser.get(&callback).await;
        assert_ne!(outcome(&answer), SIGNED_IN);
    }
    assert_eq!(portal.provider.requests().token, 1);
}

#[tokio::test]
async fn four_requests_at_once_that_fail_show_one_page_with_one_reference() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    portal.provider.change(|says| says.claims = Edit::set(json!({ "aud": "another" })));
    let callback = callback_of(&portal, &mut browser, "&return=/de/people/").await;
    let mut requests = JoinSet::new();
    for _ in 0..4 {
        let (mut browser, callback) = (browser.clone(), callback.clone());
        requests.spawn(async move { browser.get(&callback).await.location().to_owned() });
    }
    let pages: BTreeSet<_> = requests.join_all().await.into_iter().collect();
    let [page] = &*pages.into_iter().collect::<Vec<_>>() else { panic!("several pages") };
    assert!(page.starts_with("/de/sign-in/?problem=provider-misconfigured&"), "{page}");
    assert!(parameter(page, "reference").is_some(), "{page}");
    assert_eq!(portal.provider.requests().token, 1);
}
