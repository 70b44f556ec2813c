//! Previewing a mailed link before it is used.

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, Table, snapshot};

async fn preview(browser: &mut Browser, token: &str) -> Answer {
    browser.post("/api/invitations/preview", json!({ "token": token })).await
}

async fn invite_cleo(fixture: &Fixture) -> (String, String) {
    let id = fixture.invited("Cleo", "cleo@customer.example").await;
    (id, fixture.portal.token("cleo@customer.example"))
}

#[tokio::test]
async fn it_names_account_and_profile_and_masks_the_address() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let answer = preview(&mut fixture.portal.browser(), &token).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": {
        "account": "[id 1]",
        "name": "Example Customer"
      },
      "already_linked": false,
      "expires_at": "[time]",
      "identity": null,
      "login_hint": null,
      "professional": {
        "email": "c***@customer.example",
        "name": "Cleo",
        "professional": "[id 2]"
      },
      "switches": false
    }
    "#);
}

#[tokio::test]
async fn it_tells_the_address_where_the_account_accepts_only_its_domain() {
    let mut fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    fixture.portal.vouch_for_address(&fixture.administrator.browser, true).await;
    let path = format!("{}/sign-in-policy", fixture.account);
    let issuer = fixture.portal.provider.configuration("test", "Test sign-in").issuer;
    for (kind, values, hint) in [
        ("mail-domains", vec!["customer.example"], json!("cleo@customer.example")),
        ("issuers", vec![issuer.as_str()], json!(null)),
        ("any", vec![], json!(null)),
    ] {
        let linking = json!({ "kind": kind, "values": values });
        let set = json!({ "factors": "nobody", "linking": linking });
        assert_eq!(fixture.administrator.put(&path, set).await.status, 200, "{kind}");
        let answer = preview(&mut fixture.portal.browser(), &token).await;
        assert_eq!((answer.status, &answer.body["login_hint"]), (200, &hint), "{kind}");
        let shown = json!("c***@customer.example");
        assert_eq!(answer.body["professional"]["email"], shown, "{kind}");
    }
}

#[tokio::test]
async fn it_says_which_identity_is_signed_in() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let answer = preview(&mut fixture.stranger().await, &token).await;
    let expected = json!({
        "name": "Sam Stranger", "email": "sam@stranger.example", "provider": "Test sign-in",
    });
    assert_eq!((answer.status, &answer.body["identity"]), (200, &expected), "{answer}");
}

#[tokio::test]
async fn it_changes_nothing_however_often_it_is_called() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let mut stranger = fixture.stranger().await;
    let before = Table::of(&fixture.portal).await;
    for _ in 0..5 {
        assert_eq!(preview(&mut stranger, &token).await.status, 200);
        assert_eq!(preview(&mut fixture.portal.browser(), &token).await.status, 200);
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn it_says_that_another_identity_would_be_replaced() {
    let mut fixture = Fixture::with_customer().await;
    assert_eq!(
        fixture.member.browser.post(&fixture.member.invitation, json!(null)).await.status,
        200
    );
    fixture.portal.deliver().await;
    let token = fixture.portal.token("bob@customer.example");
    let flags =
        |answer: Answer| (answer.body["switches"].clone(), answer.body["already_linked"].clone());
    assert_eq!(
        flags(preview(&mut fixture.stranger().await, &token).await),
        (json!(true), json!(false))
    );
    assert_eq!(
        flags(preview(&mut fixture.portal.browser(), &token).await),
        (json!(true), json!(false))
    );
    assert_eq!(
        flags(preview(&mut fixture.member.browser, &token).await),
        (json!(false), json!(true))
    );
}

#[tokio::test]
async fn it_says_that_a_used_link_has_linked_the_identity_already() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let mut cleo = fixture.stranger().await;
    assert_eq!(cleo.link(&token).await.status, 200);
    let answer = preview(&mut cleo, &token).await;
    assert_eq!((answer.status, &answer.body["already_linked"]), (200, &json!(true)), "{answer}");
}

#[tokio::test]
async fn it_fails_as_using_the_link_would() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, older) = invite_cleo(&fixture).await;
    let mut signed_out = fixture.portal.browser();
    let kind = |answer: Answer| (answer.status, answer.problem().to_owned());
    let gone = |kind: &str| (410, kind.to_owned());

    fixture.administrator.post(&fixture.invitation(&cleo), json!(null)).await;
    fixture.portal.deliver().await;
    assert_eq!(kind(preview(&mut signed_out, &older).await), gone("link-superseded"));
    let token = fixture.portal.token("cleo@customer.example");
    assert_eq!(
        kind(preview(&mut fixture.member.browser, &token).await),
        (409, "link-wrong-identity".to_owned())
    );
    fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    assert_eq!(kind(preview(&mut signed_out, &token).await), gone("link-revoked"));

    fixture.administrator.post(&fixture.invitation(&cleo), json!(null)).await;
    fixture.portal.deliver().await;
    let token = fixture.portal.token("cleo@customer.example");
    let mut other = fixture.stranger().await;
    other.link(&token).await;
    assert_eq!(kind(preview(&mut signed_out, &token).await), (409, "link-used".to_owned()));
    fixture.administrator.delete(&fixture.person(&cleo)).await;
    assert_eq!(kind(preview(&mut signed_out, &token).await), gone("link-deleted"));

    fixture.invited("Dora", "dora@customer.example").await;
    let token = fixture.portal.token("dora@customer.example");
    fixture.portal.set_today("2026-11-30");
    assert_eq!(kind(preview(&mut signed_out, &token).await), gone("link-expired"));
    fixture.portal.set_today("2028-01-01");
    assert_eq!(
        preview(&mut signed_out, &token).await.status,
        410,
        "an expired link does not reveal the plan"
    );
}

#[tokio::test]
async fn it_says_that_the_plan_has_lapsed() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-23" });
    let account = portal
        .create_account(json!({ "name": "Short Customer", "kind": "customer", "plan": plan }))
        .await;
    portal.add(&account, "Ada", "ada@customer.example").await;
    portal.add(&account, "Cleo", "cleo@customer.example").await;
    let token = portal.token("cleo@customer.example");
    portal.set_today("2026-11-24");
    let administrators =
        preview(&mut portal.browser(), &portal.token("ada@customer.example")).await;
    assert_eq!(administrators.status, 200, "who may read may link: {administrators}");
    let answer = preview(&mut portal.browser(), &token).await;
    assert_eq!(
        (answer.status, answer.problem(), &answer.body["since"], &answer.body["partner"]),
        (403, "plan-lapsed", &json!("2026-11-24"), &Value::Null)
    );
}

#[tokio::test]
async fn without_the_secret_no_name_is_shown() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let (ids, _) = token.rsplit_once('.').unwrap();
    let answer = preview(&mut fixture.portal.browser(), &format!("{ids}.{}", "s".repeat(43))).await;
    assert_eq!((answer.status, answer.problem()), (410, "link-deleted"));
    let body = answer.body.to_string();
    assert!(
        !body.contains("Cleo")
            && !body.contains("Example Customer")
            && !body.contains("customer.example"),
        "{body}"
    );
}

#[tokio::test]
async fn an_operator_sees_it_too() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let answer =
        fixture.portal.operator("ShowInvitation", json!({ "body": { "token": token } })).await;
    assert_eq!(
        (&answer["status"], &answer["body"]["identity"]),
        (&json!(200), &Value::Null),
        "{answer}"
    );
}
