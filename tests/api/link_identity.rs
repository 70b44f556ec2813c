//! Using a mailed link: the link it makes, the notices, and every reason for a refusal.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tests::{Browser, Fixture, Portal, Table, activity_text, path, snapshot, snapshot_value};

/// Invites Cleo to the customer's account and returns her identifier and the token in her mail.
async fn invite_cleo(fixture: &Fixture) -> (String, String) {
    let id = fixture.invited("Cleo", "cleo@customer.example").await;
    (id, fixture.portal.token("cleo@customer.example"))
}

/// Asserts that the link fails for its recipient, and that trying changes nothing.
async fn assert_refused(portal: &Portal, token: &str, status: u16, kind: &str) {
    let mut browser = portal.sign_in("Cleo", "cleo@home.example").await;
    assert_refused_to(portal, &mut browser, token, status, kind).await;
}

async fn assert_refused_to(
    portal: &Portal,
    browser: &mut Browser,
    token: &str,
    status: u16,
    kind: &str,
) {
    let before = Table::of(portal).await;
    let answer = browser.link(token).await;
    assert_eq!((answer.status, answer.problem()), (status, kind), "{answer}");
    before.assert_unchanged(portal).await;
}

#[tokio::test]
async fn an_invited_colleague_links_and_sees_the_account() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let added = ada.post(&people, json!({ "name": "Bob", "email": "bob@customer.example" })).await;
    assert_eq!(added.status, 201, "{added}");
    portal.deliver().await;
    let mut bob = portal.follow_invitation("bob@customer.example", "Bob", "bob@home.example").await;
    assert_eq!(bob.get("/api/accounts").await.items().len(), 1);
}

#[tokio::test]
async fn linking_answers_which_profile_of_which_account_was_linked() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    let mut browser = fixture.portal.sign_in("Cleo at home", "cleo@home.example").await;
    let answer = browser.link(&token).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "already_linked": false,
      "professional": "[id 2]"
    }
    "#);
    assert_eq!(
        (&answer.body["account"], &answer.body["professional"]),
        (&json!(fixture.portal.customer), &json!(cleo))
    );
    let seen = fixture.profile(&cleo).await;
    assert_eq!(
        (&seen["state"], &seen["invitation"]["state"]),
        (&json!("linked"), &json!("accepted"))
    );
    insta::assert_snapshot!(snapshot_value(&seen["identity"]), @r#"
    {
      "email": "cleo@home.example",
      "linked_at": "[time]",
      "name": "Cleo at home",
      "provider": "Test sign-in"
    }
    "#);
}

#[tokio::test]
async fn a_link_used_twice_by_the_same_identity_is_linked_already() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let mut cleo = fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
        .await;
    let before = Table::of(&fixture.portal).await;
    let answer = cleo.link(&token).await;
    assert_eq!((answer.status, &answer.body["already_linked"]), (200, &json!(true)), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_link_used_by_another_identity_is_refused() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let mut thief = fixture.portal.sign_in("Thief", "thief@evil.example").await;
    assert_eq!(thief.link(&token).await.status, 200);
    assert_refused(&fixture.portal, &token, 409, "link-used").await;
}

#[tokio::test]
async fn an_identity_with_another_profile_of_the_account_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    assert_refused_to(
        &fixture.portal,
        &mut fixture.member.browser,
        &token,
        409,
        "link-wrong-identity",
    )
    .await;
    assert_eq!(
        fixture.stranger().await.link(&token).await.status,
        200,
        "the link stays good for another identity"
    );
}

#[tokio::test]
async fn sending_again_voids_the_older_link() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, older) = invite_cleo(&fixture).await;
    let sent = fixture.administrator.post(&fixture.invitation(&cleo), json!(null)).await;
    assert_eq!(sent.status, 200, "{sent}");
    assert_refused(&fixture.portal, &older, 410, "link-superseded").await;
    fixture.portal.deliver().await;
    assert_refused(&fixture.portal, &older, 410, "link-superseded").await;
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
}

#[tokio::test]
async fn a_revoked_link_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    assert_eq!(fixture.administrator.delete(&fixture.invitation(&cleo)).await.status, 200);
    assert_refused(&fixture.portal, &token, 410, "link-revoked").await;
}

#[tokio::test]
async fn a_link_to_an_address_that_is_no_longer_on_record_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    let changed = fixture
        .administrator
        .patch(&fixture.person(&cleo), json!({ "email": "cleopatra@customer.example" }))
        .await;
    assert_eq!(changed.status, 200, "{changed}");
    assert_refused(&fixture.portal, &token, 410, "link-revoked").await;
}

#[tokio::test]
async fn a_link_expires_after_seven_days_to_the_second() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    let expires_at: Timestamp =
        fixture.profile(&cleo).await["invitation"]["expires_at"].as_str().unwrap().parse().unwrap();
    let invited_at: Timestamp =
        fixture.profile(&cleo).await["invitation"]["created_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(expires_at.duration_since(invited_at), SignedDuration::from_hours(7 * 24));
    fixture.portal.clock.set(expires_at + SignedDuration::from_secs(1));
    assert_refused(&fixture.portal, &token, 410, "link-expired").await;
    fixture.portal.clock.set(expires_at - SignedDuration::from_secs(60));
    let mut browser = fixture.portal.sign_in("Cleo", "cleo@home.example").await;
    assert_eq!(browser.link(&token).await.status, 200);
}

#[tokio::test]
async fn the_link_of_a_deleted_profile_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    assert_eq!(fixture.administrator.delete(&fixture.person(&cleo)).await.status, 204);
    assert_refused(&fixture.portal, &token, 410, "link-deleted").await;
}

#[tokio::test]
async fn the_link_of_a_profile_whose_end_date_has_passed_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    assert_eq!(
        fixture
            .administrator
            .patch(&fixture.person(&cleo), json!({ "ends_on": "2026-11-23" }))
            .await
            .status,
        200
    );
    fixture.portal.set_today("2026-11-24");
    assert_refused(&fixture.portal, &token, 410, "link-deleted").await;
}

#[tokio::test]
async fn nobody_links_to_an_account_whose_plan_has_lapsed() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-23" });
    let account = portal
        .create_account(json!({ "name": "Short Customer", "kind": "customer", "plan": plan }))
        .await;
    portal.add(&account, "Ada", "ada@customer.example").await;
    portal.add(&account, "Cleo", "cleo@customer.example").await;
    let token = portal.token("cleo@customer.example");
    portal.set_today("2026-11-24");
    assert_refused(&portal, &token, 403, "plan-lapsed").await;
}

#[tokio::test]
async fn an_administrator_who_had_not_linked_before_the_plan_lapsed_links_and_reads() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-23" });
    let account = portal
        .create_account(json!({ "name": "Short Customer", "kind": "customer", "plan": plan }))
        .await;
    portal.add(&account, "Ada", "ada@customer.example").await;
    portal.set_today("2026-11-24");
    let mut ada =
        portal.follow_invitation("ada@customer.example", "Ada", "ada@customer.example").await;
    let people = ada.get(&tests::path::people(&account)).await;
    assert_eq!((people.status, people.items().len()), (200, 1), "{people}");
    let eve = json!({ "name": "Eve", "email": "eve@customer.example" });
    let invited = ada.post(&tests::path::people(&account), eve).await;
    assert_eq!((invited.status, invited.problem()), (403, "plan-lapsed"), "{invited}");
}

#[tokio::test]
async fn the_account_knows_which_administrators_can_sign_in() {
    let fixture = Fixture::builder().build().await;
    let mut staff = fixture.link_staff().await;
    let ada = fixture.invited("Ada", "ada@customer.example").await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    fixture.invited("Bob", "bob@customer.example").await;
    let seen = async |staff: &mut tests::Person| {
        let account = staff.get(&fixture.account).await.body;
        (account["has_linked"].clone(), account["active_administrators"].clone())
    };
    assert_eq!(seen(&mut staff).await, (json!(false), json!([])));
    // Administrators get notices of the others' links, so the invitations are taken first.
    let email = |name: &str| format!("{}@customer.example", name.to_lowercase());
    let tokens = ["Bob", "Cleo", "Ada"].map(|name| (name, fixture.portal.token(&email(name))));
    for ((name, token), known) in
        tokens.into_iter().zip([json!([]), json!([cleo]), json!([ada, cleo])])
    {
        let mut browser = fixture.portal.sign_in(name, &email(name)).await;
        assert_eq!(browser.link(&token).await.status, 200);
        assert_eq!(seen(&mut staff).await, (json!(true), known), "{name} has linked");
    }
}

#[tokio::test]
async fn a_link_with_a_wrong_secret_is_refused_and_the_right_one_stays_valid() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let (ids, secret) = token.rsplit_once('.').unwrap();
    let flipped = if secret.starts_with('a') { "b" } else { "a" };
    assert_refused(
        &fixture.portal,
        &format!("{ids}.{flipped}{}", &secret[1..]),
        410,
        "link-deleted",
    )
    .await;
    assert_eq!(fixture.stranger().await.link(&token).await.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_gets_the_same_answer_as_a_profile_that_does_not_exist() {
    let fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    let (ids, _) = token.rsplit_once('.').unwrap();
    let wrong = format!("{ids}.{}", "s".repeat(43));
    let mut browser = fixture.stranger().await;
    for path in ["/api/links", "/api/invitations/preview"] {
        let mut answers = Vec::new();
        for token in [&wrong, &wrong.replace(&cleo, "01ARZ3NDEKTSV4RRFFQ69G5FAV")] {
            let answer = browser.post(path, json!({ "token": token })).await;
            answers.push((answer.status, answer.body));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}

#[tokio::test]
async fn a_link_is_valid_for_its_own_profile_only() {
    let fixture = Fixture::with_customer().await;
    let (cleo, token) = invite_cleo(&fixture).await;
    let dora = fixture.invited("Dora", "dora@customer.example").await;
    assert_refused(&fixture.portal, &token.replace(&cleo, &dora), 410, "link-deleted").await;
    let other = fixture.portal.create_customer("Another Customer").await;
    assert_refused(
        &fixture.portal,
        &token.replace(&fixture.portal.customer, &other),
        410,
        "link-deleted",
    )
    .await;
}

#[tokio::test]
async fn nobody_links_without_being_signed_in() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let mut browser = fixture.portal.browser();
    assert_refused_to(&fixture.portal, &mut browser, &token, 401, "not-signed-in").await;
    let mut signed_out = fixture.stranger().await;
    let cookies = signed_out.cookies.clone();
    assert_eq!(signed_out.post("/api/sign-out", json!(null)).await.status, 200);
    signed_out.cookies = cookies;
    assert_refused_to(&fixture.portal, &mut signed_out, &token, 401, "not-signed-in").await;
    let operator =
        fixture.portal.operator("LinkIdentity", json!({ "body": { "token": token } })).await;
    assert_eq!(operator["status"], 401, "an operator has no identity: {operator}");
    assert_eq!(
        fixture.stranger().await.link(&token).await.status,
        200,
        "the link is as good as before"
    );
}

#[tokio::test]
async fn a_get_request_uses_no_link() {
    let fixture = Fixture::with_customer().await;
    let (_, token) = invite_cleo(&fixture).await;
    let before = Table::of(&fixture.portal).await;
    let mut scanner = fixture.stranger().await;
    let before_scan = Table::of(&fixture.portal).await;
    assert_ne!(before, before_scan, "the scanner is signed in");
    for path in
        ["/api/links", "/api/invitations/preview", "/api/links/requests", "/api/links/disputes"]
    {
        assert_eq!(scanner.get(&format!("{path}?token={token}")).await.status, 404);
        assert_eq!(
            scanner.send(http::Method::HEAD, &format!("{path}?token={token}"), None).await.status,
            404
        );
    }
    before_scan.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn linking_is_in_the_activity_list_with_the_identity_and_its_source() {
    let mut fixture = Fixture::with_customer().await;
    invite_cleo(&fixture).await;
    fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo at home", "cleo@home.example")
        .await;
    let answer = fixture.administrator.get(&fixture.activity).await;
    let linked = answer
        .items()
        .iter()
        .find(|activity| activity["event"]["type"] == "identity-linked")
        .unwrap();
    insta::assert_snapshot!(activity_text(linked), @"
    identity-linked by Cleo as self on Cleo from 127.0.0.1
      identity: cleo@home.example, Test sign-in
    ");
}

#[tokio::test]
async fn the_mailbox_and_every_administrator_are_notified_of_a_link() {
    let fixture = Fixture::with_customer().await;
    let dora = json!({ "name": "Dora", "email": "dora@customer.example", "administrator": true });
    fixture.portal.add_with(&fixture.portal.customer, dora).await;
    // Notices go only to addresses that are proved.
    let dora = "dora@customer.example";
    fixture.portal.follow_invitation(dora, "Dora", dora).await;
    invite_cleo(&fixture).await;
    let before = fixture.portal.sent_mails().await;
    fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo at home", "cleo@home.example")
        .await;
    let all = fixture.portal.mailbox.messages();
    let mut notices: Vec<_> = all[..all.len() - before]
        .iter()
        .map(|message| (message.to.as_str(), message.subject.as_str()))
        .collect();
    notices.sort_unstable();
    let others = "A sign-in was linked to the profile of Cleo for Example Customer";
    assert_eq!(
        notices,
        [
            ("ada@customer.example", others),
            ("cleo@customer.example", "A sign-in was linked to your profile for Example Customer"),
            ("dora@customer.example", others),
        ]
    );
    let mut tokens: Vec<_> = ["ada", "cleo", "dora"]
        .map(|value| fixture.portal.token(&format!("{value}@customer.example")))
        .into();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), 3, "each notice has a secret of its own");
}

#[tokio::test]
async fn an_administrator_who_links_is_notified_once() {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    let notices = portal
        .mailbox
        .messages()
        .iter()
        .filter(|message| message.to == "ada@customer.example" && message.tags["kind"] == "linked")
        .count();
    assert_eq!(notices, 1);
}

#[tokio::test]
async fn one_identity_links_with_profiles_of_several_accounts() {
    let fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    fixture.portal.add(&other, "Robert Builder", "robert@other.example").await;
    let mut bob = fixture
        .portal
        .follow_invitation("robert@other.example", "Bob Builder", "bob@customer.example")
        .await;
    let accounts = bob.get("/api/accounts").await;
    let names: Vec<_> =
        accounts.items().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Another Customer", "Example Customer"]);
}

#[tokio::test]
async fn switching_identity_keeps_profile_roles_and_history() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.profile(&fixture.administrator.id.clone()).await;
    assert_eq!(
        fixture
            .administrator
            .browser
            .post(&fixture.administrator.invitation, json!(null))
            .await
            .status,
        200
    );
    fixture.portal.deliver().await;
    assert_eq!(
        fixture.administrator.get(&fixture.account).await.status,
        200,
        "the old identity works until the new one is linked"
    );
    let mut new = fixture
        .portal
        .follow_invitation("ada@customer.example", "Ada at home", "ada@home.example")
        .await;
    let after = new.get(&fixture.administrator.path).await.body;
    for field in
        ["professional", "name", "email", "title", "phone", "language", "ends_on", "roles", "state"]
    {
        assert_eq!(before[field], after[field], "{field}");
    }
    assert_eq!(after["identity"]["email"], "ada@home.example");
    let history = new.get(&fixture.activity).await;
    let acts: Vec<_> = history
        .items()
        .iter()
        .map(|activity| activity["event"]["type"].as_str().unwrap())
        .collect();
    assert!(
        acts.contains(&"identity-switched")
            && acts.contains(&"identity-linked")
            && acts.contains(&"professional-added"),
        "{acts:?}"
    );
}

#[tokio::test]
async fn a_replaced_identity_loses_access_at_once_and_is_notified() {
    let mut fixture = Fixture::with_customer().await;
    fixture.portal.add(&fixture.portal.customer, "Cleo", "cleo@customer.example").await;
    let mut old =
        fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@old.example").await;
    let id = old.get(&fixture.people).await.items()[2]["professional"].as_str().unwrap().to_owned();
    assert_eq!(fixture.administrator.post(&fixture.invitation(&id), json!(null)).await.status, 200);
    fixture.portal.deliver().await;
    assert_eq!(old.get(&fixture.account).await.status, 200);
    fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo at home", "cleo@new.example")
        .await;
    assert_eq!(old.get(&fixture.account).await.problem(), "not-signed-in");
    let mut old = fixture.portal.sign_in("Cleo", "cleo@old.example").await;
    let answer = old.get(&fixture.account).await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"));
    assert!(old.get("/api/accounts").await.items().is_empty());
    let notice = fixture.portal.mail("cleo@old.example");
    assert_eq!(
        (notice.subject.as_str(), notice.tags["kind"].as_str()),
        ("Your profile for Example Customer now uses a different sign-in", "identity-switched")
    );
    assert!(notice.text.contains("cleo@new.example"), "{}", notice.text);
    assert!(
        !notice.links.iter().any(|link| link.contains('#')),
        "the old identity gets no secret: {:?}",
        notice.links
    );
}

#[tokio::test]
async fn linking_gives_no_access_to_another_account() {
    let fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    invite_cleo(&fixture).await;
    let mut cleo = fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
        .await;
    assert_eq!(cleo.get(&path::account(&other)).await.status, 404);
}
