//! One's own new address: pending until its mailbox is proved.

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Table, snapshot};

const PATH: &str = "/api/email-confirmations";

/// Bob's new address.
const NEW: &str = "bob@new.example";

async fn confirm(browser: &mut Browser, token: &str) -> Answer {
    browser.post(PATH, json!({ "token": token })).await
}

impl Asked {
    /// Has Bob enter a new address.
    async fn new() -> Self {
        let mut fixture = Fixture::with_customer().await;
        let answer =
            fixture.member.browser.patch(&fixture.member.path, json!({ "email": NEW })).await;
        assert_eq!(answer.status, 200, "{answer}");
        fixture.portal.deliver().await;
        let token = fixture.portal.token(NEW);
        Self { fixture, answer, token }
    }
}

struct Asked {
    fixture: Fixture,
    /// The answer to the change.
    answer: Answer,
    /// The token that was mailed to the new address.
    token: String,
}

#[tokio::test]
async fn a_persons_own_new_address_is_pending_until_the_mailed_link_is_followed() {
    let Asked { mut fixture, answer, token } = Asked::new().await;
    assert_eq!(answer.body["email"], "bob@customer.example");
    assert_eq!(answer.body["pending_email"]["email"], NEW);
    assert_eq!(fixture.portal.recipients("address-changed"), [""; 0], "nothing has changed yet");
    assert_eq!(fixture.portal.mail(NEW).tags["kind"], "confirm-email");
    assert_eq!(fixture.newest_activity().await["event"]["type"], "mail-sent");

    let answer = confirm(&mut fixture.member.browser, &token).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": {
        "account": "[id 1]",
        "name": "Example Customer"
      },
      "email": "bob@new.example",
      "professional": "[id 2]"
    }
    "#);
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    assert_eq!((&bob["email"], &bob["pending_email"]), (&json!(NEW), &Value::Null));
    let newest = fixture.newest_activity().await;
    assert_eq!(
        (&newest["event"]["changed"], &newest["actor"]["as"]),
        (&json!(["email"]), &json!("self"))
    );
    fixture.portal.deliver().await;
    assert_eq!(
        fixture.portal.recipients("address-changed"),
        ["bob@customer.example"],
        "the earlier address is told once"
    );
    assert_eq!(confirm(&mut fixture.member.browser, &token).await.problem(), "link-superseded");
}

#[tokio::test]
async fn the_link_is_of_use_only_to_the_person_signed_in() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    let before = Table::of(&fixture.portal).await;
    let mut anybody = fixture.portal.browser();
    assert_eq!(confirm(&mut anybody, &token).await.problem(), "not-signed-in");
    let mut stranger = before_sign_in(&fixture).await;
    assert_eq!(confirm(&mut stranger, &token).await.problem(), "not-found");
    assert_eq!(
        confirm(&mut fixture.administrator.browser, &token).await.problem(),
        "forbidden",
        "administrators change it directly"
    );
    let forged = format!("{}{}", &token[..token.len() - 43], "s".repeat(43));
    assert_eq!(confirm(&mut fixture.member.browser, &forged).await.problem(), "link-superseded");
    assert_eq!(confirm(&mut fixture.member.browser, "half").await.problem(), "invalid");
    let event = json!({ "body": { "token": token } });
    assert_eq!(fixture.portal.operator("ConfirmEmail", event).await["status"], 401);
    let after = Table::of(&fixture.portal).await;
    let of_bob = |table: &Table| {
        let account = format!("account#{}", fixture.portal.customer);
        table.item(&account, &format!("professional#{}", fixture.member.id)).clone()
    };
    assert_eq!(of_bob(&before), of_bob(&after));
}

async fn before_sign_in(fixture: &Fixture) -> Browser {
    fixture.portal.sign_in("Sam Stranger", NEW).await
}

#[tokio::test]
async fn the_link_works_for_a_week() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    fixture.portal.set_today("2026-11-30");
    fixture.member.sign_in_again(&fixture.portal).await;
    assert_eq!(confirm(&mut fixture.member.browser, &token).await.problem(), "link-expired");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    assert_eq!(bob["pending_email"], Value::Null, "it is no longer waiting");
}

#[tokio::test]
async fn entering_the_pending_address_sends_again_and_the_one_on_record_cancels() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    let path = fixture.member.path.clone();
    fixture.member.browser.patch(&path, json!({ "email": NEW })).await;
    fixture.portal.deliver().await;
    let newer = fixture.portal.token(NEW);
    assert_eq!(confirm(&mut fixture.member.browser, &token).await.problem(), "link-superseded");
    let answer =
        fixture.member.browser.patch(&path, json!({ "email": "bob@customer.example" })).await;
    assert_eq!(answer.body["pending_email"], Value::Null, "{answer}");
    assert_eq!(fixture.newest_activity().await["event"]["type"], "email-change-cancelled");
    assert_eq!(confirm(&mut fixture.member.browser, &newer).await.problem(), "link-superseded");
    assert_eq!(fixture.portal.recipients("address-changed"), [""; 0]);
}

#[tokio::test]
async fn a_change_of_other_values_keeps_it_pending() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    let path = fixture.member.path.clone();
    fixture.member.browser.patch(&path, json!({ "title": "Buyer" })).await;
    fixture.administrator.patch(&path, json!({ "phone": "030 1" })).await;
    assert_eq!(confirm(&mut fixture.member.browser, &token).await.status, 200);
}

#[tokio::test]
async fn an_administrators_change_of_the_address_and_this_was_not_me_drop_it() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    let path = fixture.member.path.clone();
    fixture.administrator.patch(&path, json!({ "email": "robert@customer.example" })).await;
    assert_eq!(confirm(&mut fixture.member.browser, &token).await.problem(), "link-superseded");

    fixture.member.browser.patch(&path, json!({ "email": NEW })).await;
    fixture.portal.deliver().await;
    let notice = fixture
        .portal
        .mailbox
        .messages()
        .into_iter()
        .find(|mail| mail.tags["kind"] == "linked" && mail.to == "bob@customer.example");
    let notice = tests::link_token(&notice.expect("a notice"));
    let disputed =
        fixture.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await;
    assert_eq!(disputed.status, 200, "{disputed}");
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    assert_eq!((&bob["state"], &bob["pending_email"]), (&json!("on_hold"), &Value::Null));
}

#[tokio::test]
async fn an_address_that_a_colleague_has_or_takes_meanwhile_is_refused() {
    let Asked { mut fixture, token, .. } = Asked::new().await;
    let path = fixture.member.path.clone();
    let taken =
        fixture.member.browser.patch(&path, json!({ "email": "ada@customer.example" })).await;
    assert_eq!((taken.status, taken.problem()), (409, "duplicate-email"), "{taken}");
    assert_eq!(taken.body["name"], "Ada Lovelace");
    fixture.invited("Cleo", NEW).await;
    let late = confirm(&mut fixture.member.browser, &token).await;
    assert_eq!((late.problem(), &late.body["name"]), ("duplicate-email", &json!("Cleo")), "{late}");
}

#[tokio::test]
async fn colleagues_who_do_not_see_the_profile_do_not_see_it() {
    let Asked { mut fixture, .. } = Asked::new().await;
    let mut carl = tests::Person::link(
        &fixture.portal,
        &fixture.portal.customer,
        "Carl",
        "carl@customer.example",
    )
    .await;
    for (list, sees) in [
        (carl.get(&fixture.people).await, false),
        (fixture.administrator.get(&fixture.people).await, true),
    ] {
        let bob = list.items().iter().find(|one| one["name"] == "Bob Builder").expect("Bob");
        assert_eq!(bob["pending_email"].is_object(), sees, "{bob}");
    }
}

#[tokio::test]
async fn a_link_sent_to_the_new_address_switches_the_sign_in_and_proves_it_in_one_go() {
    let Asked { mut fixture, .. } = Asked::new().await;
    // The way of *Use a different sign-in*: correct the address, send the invitation, accept it.
    let sent = fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    assert_eq!(sent.status, 200, "{sent}");
    fixture.portal.deliver().await;
    assert_eq!(fixture.portal.mail(NEW).tags["kind"], "my-link");
    let mut new = fixture.portal.sign_in("Bob Builder", NEW).await;
    let linked = new.link(&fixture.portal.token(NEW)).await;
    assert_eq!((linked.status, &linked.body["already_linked"]), (200, &json!(false)), "{linked}");
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    assert_eq!((&bob["email"], &bob["pending_email"]), (&json!(NEW), &Value::Null));
    assert_eq!(bob["identity"]["email"], NEW);
    fixture.portal.deliver().await;
    assert_eq!(fixture.portal.recipients("address-changed"), ["bob@customer.example"]);
}

#[tokio::test]
async fn a_link_sent_to_an_address_that_is_replaced_or_cancelled_opens_nothing() {
    for corrected in ["bob@third.example", "bob@customer.example"] {
        let mut fixture = Fixture::with_customer().await;
        let body = json!({ "email": NEW, "send_invitation": true });
        let mistyped = fixture.member.browser.patch(&fixture.member.path, body).await;
        assert_eq!(mistyped.status, 200, "{mistyped}");
        fixture.portal.deliver().await;
        let token = fixture.portal.token(NEW);
        let answer =
            fixture.member.browser.patch(&fixture.member.path, json!({ "email": corrected })).await;
        assert_eq!(answer.status, 200, "{answer}");

        let mut stranger = fixture.portal.sign_in("Sam Stranger", NEW).await;
        let linked = stranger.link(&token).await;
        assert_eq!((linked.status, linked.problem()), (410, "link-revoked"), "{linked}");
        let bob = fixture.profile(&fixture.member.id.clone()).await;
        assert_eq!(bob["identity"]["email"], "bob@customer.example", "to {corrected}");
    }
}

#[tokio::test]
async fn save_and_send_mails_one_link_that_proves_the_address_with_the_same_sign_in_too() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    let body = json!({ "email": NEW, "send_invitation": true });
    let answer = fixture.member.browser.patch(&fixture.member.path, body).await;
    assert_eq!(answer.body["pending_email"]["email"], NEW, "{answer}");
    assert_eq!(fixture.portal.sent_mails().await, before + 1, "one mail");
    let token = fixture.portal.token(NEW);
    let linked = fixture.member.browser.link(&token).await;
    assert_eq!(linked.body["already_linked"], true, "{linked}");
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    assert_eq!(bob["email"], NEW);
    assert_eq!(fixture.member.browser.link(&token).await.body["already_linked"], true);
}
