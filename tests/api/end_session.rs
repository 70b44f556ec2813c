//! Ending one's own sessions.

use serde_json::{Value, json};
use tests::{Browser, Portal, Table};

async fn three(portal: &Portal) -> [Browser; 3] {
    [
        portal.sign_in("Ada Lovelace", "ada@customer.example").await,
        portal.sign_in("Ada Lovelace", "ada@customer.example").await,
        portal.sign_in("Ada Lovelace", "ada@customer.example").await,
    ]
}

/// Returns the id of the browser's own session.
async fn own(browser: &mut Browser) -> String {
    let answer = browser.get("/api/sessions").await;
    let sessions = answer.body["sessions"].as_array().expect("a list");
    let own = sessions.iter().find(|session| session["current"] == true).expect("one's own");
    own["session"].as_str().expect("an id").to_owned()
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/api/session").await.body != Value::Null
}

#[tokio::test]
async fn one_session_is_ended_with_its_next_request_and_the_others_stay() {
    let portal = Portal::start().await;
    let [mut here, mut lost, mut other] = three(&portal).await;
    let path = format!("/api/sessions/{}", own(&mut lost).await);
    let answer = here.delete(&path).await;
    assert_eq!((answer.status, answer.headers.get("set-cookie")), (204, None), "{answer}");
    assert!(!is_signed_in(&mut lost).await);
    assert!(is_signed_in(&mut here).await && is_signed_in(&mut other).await);
    let newest = here.get("/api/sessions").await.body["events"][0]["event"].clone();
    assert_eq!(newest, json!({ "type": "sessions-ended", "sessions": 1, "reason": "owner" }));
    assert_eq!(here.delete(&path).await.problem(), "not-found", "it has ended already");
}

#[tokio::test]
async fn all_others_are_ended_at_once() {
    let portal = Portal::start().await;
    let [mut here, mut lost, mut other] = three(&portal).await;
    assert_eq!(here.delete("/api/sessions/others").await.status, 204);
    assert!(is_signed_in(&mut here).await);
    assert!(!is_signed_in(&mut lost).await && !is_signed_in(&mut other).await);
    let before = Table::of(&portal).await;
    assert_eq!(here.delete("/api/sessions/others").await.status, 204, "a retry is safe");
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn all_are_ended_with_ones_own_and_its_cookie() {
    let portal = Portal::start().await;
    let [mut here, mut lost, _] = three(&portal).await;
    let mut bob = portal.sign_in("Bob Builder", "bob@customer.example").await;
    assert_eq!(here.delete("/api/sessions/all").await.status, 204);
    assert!(!here.cookies.contains_key("__Host-session"));
    assert!(!is_signed_in(&mut lost).await);
    assert!(is_signed_in(&mut bob).await, "another identity's");
    assert!(
        Table::of(&portal).await.items("identity#", "session#").len() == 1,
        "nothing is left of them"
    );
}

#[tokio::test]
async fn nobody_ends_anybody_elses() {
    let portal = Portal::start().await;
    let [mut ada, ..] = three(&portal).await;
    let mut bob = portal.sign_in("Bob Builder", "bob@customer.example").await;
    let path = format!("/api/sessions/{}", own(&mut ada).await);
    let before = Table::of(&portal).await;
    assert_eq!(bob.delete(&path).await.problem(), "not-found");
    for path in [&path, "/api/sessions/others", "/api/sessions/all"] {
        assert_eq!(portal.browser().delete(path).await.problem(), "not-signed-in", "{path}");
    }
    assert_eq!(bob.delete("/api/sessions/nonsense").await.problem(), "not-found");
    let event = json!({ "path": { "session": "all" } });
    assert_eq!(portal.operator("EndSession", event).await["status"], 401);
    before.assert_unchanged(&portal).await;
}
