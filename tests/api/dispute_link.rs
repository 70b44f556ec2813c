//! Disputing a link with the "This was not me" link of a notice.

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Table, activity_text, snapshot};

/// A fixture in which an intruder has linked Cleo's profile: her identifier, the intruder's
/// browser, and the token in her notice.
struct Intrusion {
    fixture: Fixture,
    cleo: String,
    intruder: Browser,
    invitation: String,
    notice: String,
}

impl Intrusion {
    async fn happens() -> Self {
        let fixture = Fixture::with_customer().await;
        let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
        let invitation = fixture.portal.token("cleo@customer.example");
        let intruder = fixture
            .portal
            .follow_invitation("cleo@customer.example", "Cleo", "intruder@evil.example")
            .await;
        let notice = fixture.portal.token("cleo@customer.example");
        Self { fixture, cleo, intruder, invitation, notice }
    }

    /// Follows a notice's link in a browser without a session.
    async fn dispute(&self, token: &str) -> Answer {
        self.fixture.portal.browser().post("/api/links/disputes", json!({ "token": token })).await
    }

    async fn assert_out_of_date(&self, token: &str) {
        let before = Table::of(&self.fixture.portal).await;
        let answer = self.dispute(token).await;
        assert_eq!((answer.status, answer.problem()), (410, "dispute-expired"), "{answer}");
        before.assert_unchanged(&self.fixture.portal).await;
    }
}

#[tokio::test]
async fn it_ends_the_link_at_once_and_puts_the_profile_on_hold() {
    let mut intrusion = Intrusion::happens().await;
    assert_eq!(intrusion.intruder.get(&intrusion.fixture.account).await.status, 200);
    let answer = intrusion.dispute(&intrusion.notice).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": {
        "name": "Example Customer"
      },
      "professional": {
        "name": "Cleo"
      }
    }
    "#);
    assert_eq!(intrusion.intruder.get(&intrusion.fixture.account).await.status, 401, "signed out");
    let seen = intrusion.fixture.profile(&intrusion.cleo).await;
    assert_eq!((&seen["state"], &seen["identity"]), (&json!("on_hold"), &Value::Null));
}

#[tokio::test]
async fn the_notice_of_an_administrator_does_the_same() {
    let mut intrusion = Intrusion::happens().await;
    assert_eq!(
        intrusion.dispute(&intrusion.fixture.portal.token("ada@customer.example")).await.status,
        200
    );
    assert_eq!(intrusion.intruder.get(&intrusion.fixture.account).await.status, 401);
    intrusion.assert_out_of_date(&intrusion.notice).await;
}

#[tokio::test]
async fn a_former_administrator_ends_no_link() {
    for is_deleted in [false, true] {
        let mut fixture = Fixture::with_customer().await;
        let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
        let roles = |administrators: Value| {
            json!({
                "administrators": administrators, "billing_contact": ada, "shipping_contact": ada,
            })
        };
        assert_eq!(
            fixture.administrator.put(&fixture.roles, roles(json!([ada, bob]))).await.status,
            200
        );
        fixture.invited("Cleo", "cleo@customer.example").await;
        fixture
            .portal
            .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
            .await;
        let notice = fixture.portal.token("bob@customer.example");
        if is_deleted {
            assert_eq!(fixture.administrator.delete(&fixture.member.path).await.status, 204);
        } else {
            assert_eq!(
                fixture.administrator.put(&fixture.roles, roles(json!([ada]))).await.status,
                200
            );
        }
        fixture.portal.deliver().await;
        let before = Table::of(&fixture.portal).await;
        let answer =
            fixture.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await;
        assert_eq!((answer.status, answer.problem()), (410, "dispute-expired"), "{answer}");
        before.assert_unchanged(&fixture.portal).await;
    }
}

#[tokio::test]
async fn the_mailbox_and_the_administrators_are_notified() {
    let intrusion = Intrusion::happens().await;
    intrusion.fixture.link_partner().await;
    intrusion.dispute(&intrusion.notice).await;
    intrusion.fixture.portal.sent_mails().await;
    assert_eq!(
        intrusion.fixture.portal.recipients("link-disputed"),
        ["ada@customer.example", "cleo@customer.example"]
    );
    let mail = intrusion.fixture.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Someone reported Cleo’s sign-in as suspicious");
    assert!(mail.links.iter().any(|link| link.contains(&format!(
        "/people/profile/?account={}&professional={}",
        intrusion.fixture.portal.customer, intrusion.cleo
    ))));
    assert_eq!(
        intrusion.fixture.portal.mail("cleo@customer.example").subject,
        "Someone reported the sign-in of your profile for Example Customer as suspicious"
    );
}

#[tokio::test]
async fn without_an_administrator_who_can_sign_in_partner_and_staff_are_notified() {
    let fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    // Newest first; later notices are about others.
    let notice =
        fixture.portal.mailbox.messages().into_iter().rfind(|message| {
            message.to == "ada@customer.example" && message.tags["kind"] == "linked"
        });
    let token = tests::link_token(&notice.expect("the notice of Ada's own link"));
    assert_eq!(
        fixture
            .portal
            .browser()
            .post("/api/links/disputes", json!({ "token": token }))
            .await
            .status,
        200
    );
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("link-disputed"),
        ["ada@customer.example", "pat@partner.example"]
    );
    assert_eq!(
        fixture.portal.mail("pat@partner.example").subject,
        "Someone reported Ada Lovelace’s sign-in as suspicious"
    );
}

#[tokio::test]
async fn a_partner_who_cannot_appoint_is_passed_over_for_the_vendor() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let grant = format!("{}/grant", fixture.account);
    let narrowed = fixture.administrator.put(&grant, json!({ "grant": "manage_people" })).await;
    assert_eq!(narrowed.status, 200, "{narrowed}");
    let notice =
        fixture.portal.mailbox.messages().into_iter().rfind(|message| {
            message.to == "ada@customer.example" && message.tags["kind"] == "linked"
        });
    let token = tests::link_token(&notice.expect("the notice of Ada's own link"));
    let disputed =
        fixture.portal.browser().post("/api/links/disputes", json!({ "token": token })).await;
    assert_eq!(disputed.status, 200, "{disputed}");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("link-disputed"),
        ["ada@customer.example", "stella@vendor.example"]
    );
    let text = fixture.portal.mail("stella@vendor.example").text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("No administrator of “Example Customer” can sign in"), "{text}");
    let account = fixture.staff.get(&fixture.account).await.body;
    assert_eq!(account["active_administrators"], json!([]));
}

#[tokio::test]
async fn disputing_twice_gives_the_same_answer_and_one_record() {
    let intrusion = Intrusion::happens().await;
    let first = intrusion.dispute(&intrusion.notice).await;
    let before = Table::of(&intrusion.fixture.portal).await;
    let second = intrusion.dispute(&intrusion.notice).await;
    assert_eq!((first.status, first.body), (second.status, second.body));
    before.assert_unchanged(&intrusion.fixture.portal).await;
}

#[tokio::test]
async fn it_is_in_the_activity_list_as_done_by_the_mailbox() {
    let mut intrusion = Intrusion::happens().await;
    intrusion.dispute(&intrusion.notice).await;
    assert_eq!(
        activity_text(&intrusion.fixture.newest_activity().await),
        "link-disputed by The reader of the notice as mailbox on Cleo from 127.0.0.1"
    );
}

#[tokio::test]
async fn a_profile_on_hold_cannot_be_linked_again_with_any_older_link() {
    let mut intrusion = Intrusion::happens().await;
    assert_eq!(
        intrusion
            .intruder
            .post(&intrusion.fixture.invitation(&intrusion.cleo), json!(null))
            .await
            .status,
        200
    );
    intrusion.fixture.portal.deliver().await;
    let switching = intrusion.fixture.portal.token("cleo@customer.example");
    assert_eq!(intrusion.dispute(&intrusion.notice).await.status, 200);
    for token in [&intrusion.invitation, &switching] {
        let answer = intrusion.intruder.link(token).await;
        assert_eq!(answer.status, 410, "{answer}");
    }
}

#[tokio::test]
async fn a_profile_on_hold_gets_no_link_until_an_administrator_sends_one() {
    let mut intrusion = Intrusion::happens().await;
    assert_eq!(intrusion.dispute(&intrusion.notice).await.status, 200);
    let before = intrusion.fixture.portal.sent_mails().await;
    intrusion.intruder = intrusion.fixture.stranger().await;
    for body in
        [json!({ "email": "cleo@customer.example" }), json!({ "token": intrusion.invitation })]
    {
        assert_eq!(intrusion.intruder.post("/api/links/requests", body).await.status, 202);
    }
    assert_eq!(intrusion.fixture.portal.sent_mails().await, before, "asking brings nothing");
    assert_eq!(
        intrusion
            .fixture
            .administrator
            .post(&intrusion.fixture.invitation(&intrusion.cleo), json!(null))
            .await
            .status,
        200
    );
    intrusion.fixture.portal.deliver().await;
    intrusion
        .fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
        .await;
    assert_eq!(
        intrusion.fixture.profile(&intrusion.cleo).await["identity"]["email"],
        "cleo@home.example"
    );
}

#[tokio::test]
async fn an_administrators_save_without_an_invitation_lifts_no_hold() {
    let mut intrusion = Intrusion::happens().await;
    intrusion.dispute(&intrusion.notice).await;
    let path = intrusion.fixture.person(&intrusion.cleo);
    assert_eq!(
        intrusion.fixture.administrator.patch(&path, json!({ "title": "Buyer" })).await.status,
        200
    );
    assert_eq!(intrusion.fixture.profile(&intrusion.cleo).await["state"], "on_hold");
    assert_eq!(
        intrusion
            .fixture
            .administrator
            .patch(&path, json!({ "send_invitation": true }))
            .await
            .status,
        200
    );
    assert_eq!(intrusion.fixture.profile(&intrusion.cleo).await["state"], "queued");
}

#[tokio::test]
async fn the_roles_stay_with_the_profile() {
    let mut intrusion = Intrusion::happens().await;
    let notice = intrusion
        .fixture
        .portal
        .mailbox
        .messages()
        .into_iter()
        .rfind(|message| message.to == "ada@customer.example" && message.tags["kind"] == "linked")
        .unwrap();
    let mut staff = intrusion.fixture.link_staff().await;
    assert_eq!(intrusion.dispute(&tests::link_token(&notice)).await.status, 200);
    intrusion.fixture.administrator.sign_in_again(&intrusion.fixture.portal).await;
    assert_eq!(intrusion.fixture.administrator.get(&intrusion.fixture.account).await.status, 404);
    let ada = staff.get(&intrusion.fixture.administrator.path).await.body;
    assert_eq!(
        (&ada["state"], &ada["roles"]),
        (&json!("on_hold"), &json!(["administrator", "billing_contact", "shipping_contact"]))
    );
    intrusion.intruder.get(&intrusion.fixture.account).await;
}

#[tokio::test]
async fn a_dispute_is_accepted_for_thirty_days() {
    let intrusion = Intrusion::happens().await;
    intrusion.fixture.portal.set_today("2026-12-23");
    intrusion.assert_out_of_date(&intrusion.notice).await;
    intrusion.fixture.portal.set_today("2026-12-21");
    assert_eq!(intrusion.dispute(&intrusion.notice).await.status, 200);
}

#[tokio::test]
async fn the_notice_of_an_older_link_ends_no_newer_one() {
    let mut intrusion = Intrusion::happens().await;
    assert_eq!(
        intrusion
            .intruder
            .post(&intrusion.fixture.invitation(&intrusion.cleo), json!(null))
            .await
            .status,
        200
    );
    intrusion.fixture.portal.deliver().await;
    intrusion
        .fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
        .await;
    intrusion.assert_out_of_date(&intrusion.notice).await;
}

#[tokio::test]
async fn a_wrong_secret_or_a_deleted_profile_is_out_of_date() {
    let mut intrusion = Intrusion::happens().await;
    let (ids, _) = intrusion.notice.rsplit_once('.').unwrap();
    intrusion.assert_out_of_date(&format!("{ids}.{}", "s".repeat(43))).await;
    intrusion
        .assert_out_of_date(
            &intrusion.notice.replace(&intrusion.cleo, &intrusion.fixture.member.id),
        )
        .await;
    intrusion
        .assert_out_of_date(
            &intrusion
                .notice
                .replace(&intrusion.fixture.portal.customer, &intrusion.fixture.portal.partner),
        )
        .await;
    assert_eq!(
        intrusion
            .fixture
            .administrator
            .delete(&intrusion.fixture.person(&intrusion.cleo))
            .await
            .status,
        204
    );
    intrusion.assert_out_of_date(&intrusion.notice).await;
}

#[tokio::test]
async fn the_token_of_an_invitation_disputes_nothing() {
    let intrusion = Intrusion::happens().await;
    let answer = intrusion.dispute(&intrusion.invitation).await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["token"].as_slice()),
        "{answer}"
    );
}

#[tokio::test]
async fn an_operator_may_do_it_with_the_notice_in_hand() {
    let intrusion = Intrusion::happens().await;
    let answer = intrusion
        .fixture
        .portal
        .operator("DisputeLink", json!({ "body": { "token": intrusion.notice } }))
        .await;
    assert_eq!(answer["status"], 200, "{answer}");
}
