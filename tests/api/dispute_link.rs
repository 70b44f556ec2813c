//! "This was not me": what the link in a notice does.

use serde_json::{Value, json};
use tests::{Answer, Browser};

use crate::office::{Office, assert_unchanged, link, mails, shown, shown_value, table, told};

/// An office with Cleo, whom somebody else has linked: her identifier, the intruder's browser, and the token in her notice.
struct Intrusion {
    office: Office,
    cleo: String,
    intruder: Browser,
    invitation: String,
    notice: String,
}

impl Intrusion {
    async fn happens() -> Self {
        let office = Office::open().await;
        let cleo = office.invited("Cleo", "cleo@customer.example").await;
        let invitation = office.portal.token("cleo@customer.example");
        let intruder = office
            .portal
            .follow_invitation("cleo@customer.example", "Cleo", "intruder@evil.example")
            .await;
        let notice = office.portal.token("cleo@customer.example");
        Self { office, cleo, intruder, invitation, notice }
    }

    /// Follows a notice's link in a browser nobody is signed in with.
    async fn dispute(&self, token: &str) -> Answer {
        self.office.portal.browser().post("/api/links/disputes", json!({ "token": token })).await
    }

    async fn assert_out_of_date(&self, token: &str) {
        let before = table(&self.office.portal).await;
        let answer = self.dispute(token).await;
        assert_eq!((answer.status, answer.problem()), (410, "dispute-expired"), "{answer}");
        assert_unchanged(&self.office.portal, &before).await;
    }
}

#[tokio::test]
async fn it_ends_the_link_at_once_and_holds_the_profile() {
    let mut it = Intrusion::happens().await;
    assert_eq!(it.intruder.get(&it.office.account).await.status, 200);
    let answer = it.dispute(&it.notice).await;
    insta::assert_snapshot!(shown(&answer), @r#"
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
    assert_eq!(it.intruder.get(&it.office.account).await.status, 404);
    let seen = it.office.seen(&it.cleo).await;
    assert_eq!((&seen["state"], &seen["identity"]), (&json!("held"), &Value::Null));
}

#[tokio::test]
async fn the_notice_of_an_administrator_does_the_same() {
    let mut it = Intrusion::happens().await;
    assert_eq!(it.dispute(&it.office.portal.token("ada@customer.example")).await.status, 200);
    assert_eq!(it.intruder.get(&it.office.account).await.status, 404);
    it.assert_out_of_date(&it.notice).await;
}

#[tokio::test]
async fn whoever_is_no_longer_administrator_ends_nobodys_link() {
    for is_deleted in [false, true] {
        let mut office = Office::open().await;
        let (ada, bob) = (office.ada.id.clone(), office.bob.id.clone());
        let roles = |administrators: Value| json!({ "administrators": administrators, "billing_contact": ada, "shipping_contact": ada });
        assert_eq!(
            office.ada.browser.put(&office.roles, roles(json!([ada, bob]))).await.status,
            200
        );
        office.invited("Cleo", "cleo@customer.example").await;
        office.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
        let notice = office.portal.token("bob@customer.example");
        if is_deleted {
            assert_eq!(office.ada.browser.delete(&office.bob.path).await.status, 204);
        } else {
            assert_eq!(
                office.ada.browser.put(&office.roles, roles(json!([ada]))).await.status,
                200
            );
        }
        office.portal.deliver().await;
        let before = table(&office.portal).await;
        let answer =
            office.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await;
        assert_eq!((answer.status, answer.problem()), (410, "dispute-expired"), "{answer}");
        assert_unchanged(&office.portal, &before).await;
    }
}

#[tokio::test]
async fn the_mailbox_and_the_administrators_are_told() {
    let it = Intrusion::happens().await;
    it.office.partner().await;
    it.dispute(&it.notice).await;
    mails(&it.office.portal).await;
    assert_eq!(
        told(&it.office.portal, "link-disputed"),
        ["ada@customer.example", "cleo@customer.example"]
    );
    let mail = it.office.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Someone reported Cleo’s sign-in as suspicious");
    assert!(mail.links.iter().any(|link| link.contains(&format!(
        "/people/profile/?account={}&professional={}",
        it.office.portal.customer, it.cleo
    ))));
    assert_eq!(
        it.office.portal.mail("cleo@customer.example").subject,
        "The link of your profile for Example Customer was reported as not yours"
    );
}

#[tokio::test]
async fn where_no_administrator_is_left_who_can_enter_those_are_told_who_look_after_the_account() {
    let office = Office::open().await;
    office.partner().await;
    // The newest come first; later ones tell her of others.
    let notice = office
        .portal
        .mailbox
        .messages()
        .into_iter()
        .rfind(|it| it.to == "ada@customer.example" && it.tags["kind"] == "linked");
    let token = tests::link_token(&notice.expect("the notice of Ada's own link"));
    assert_eq!(
        office.portal.browser().post("/api/links/disputes", json!({ "token": token })).await.status,
        200
    );
    mails(&office.portal).await;
    assert_eq!(
        told(&office.portal, "link-disputed"),
        ["ada@customer.example", "pat@partner.example"]
    );
    assert_eq!(
        office.portal.mail("pat@partner.example").subject,
        "The link of Ada Lovelace was reported as wrong"
    );
}

#[tokio::test]
async fn pressing_twice_is_told_the_same_and_noted_once() {
    let it = Intrusion::happens().await;
    let first = it.dispute(&it.notice).await;
    let before = table(&it.office.portal).await;
    let second = it.dispute(&it.notice).await;
    assert_eq!((first.status, first.body), (second.status, second.body));
    assert_unchanged(&it.office.portal, &before).await;
}

#[tokio::test]
async fn it_is_in_the_activity_list_as_done_by_the_mailbox() {
    let mut it = Intrusion::happens().await;
    it.dispute(&it.notice).await;
    insta::assert_snapshot!(shown_value(&it.office.newest_activity().await), @r#"
    {
      "act": "link-disputed",
      "actor": {
        "as": "mailbox",
        "home": null,
        "name": "Whoever read the notice"
      },
      "at": "[time]",
      "facts": {},
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Cleo",
        "professional": "[id 2]"
      }
    }
    "#);
}

#[tokio::test]
async fn a_held_profile_cannot_be_linked_again_with_any_older_link() {
    let mut it = Intrusion::happens().await;
    assert_eq!(it.intruder.post(&it.office.invitation(&it.cleo), json!(null)).await.status, 200);
    it.office.portal.deliver().await;
    let switching = it.office.portal.token("cleo@customer.example");
    assert_eq!(it.dispute(&it.notice).await.status, 200);
    for token in [&it.invitation, &switching] {
        let answer = link(&mut it.intruder, token).await;
        assert_eq!(answer.status, 410, "{answer}");
    }
}

#[tokio::test]
async fn a_held_profile_gets_no_link_until_an_administrator_sends_one() {
    let mut it = Intrusion::happens().await;
    assert_eq!(it.dispute(&it.notice).await.status, 200);
    let before = mails(&it.office.portal).await;
    for body in [json!({ "email": "cleo@customer.example" }), json!({ "token": it.invitation })] {
        assert_eq!(it.intruder.post("/api/links/requests", body).await.status, 202);
    }
    assert_eq!(mails(&it.office.portal).await, before, "asking brings nothing");
    assert_eq!(
        it.office.ada.browser.post(&it.office.invitation(&it.cleo), json!(null)).await.status,
        200
    );
    it.office.portal.deliver().await;
    it.office.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    assert_eq!(it.office.seen(&it.cleo).await["identity"]["email"], "cleo@home.example");
}

#[tokio::test]
async fn an_administrators_save_without_an_invitation_lifts_no_hold() {
    let mut it = Intrusion::happens().await;
    it.dispute(&it.notice).await;
    let path = it.office.person(&it.cleo);
    assert_eq!(it.office.ada.browser.patch(&path, json!({ "title": "Buyer" })).await.status, 200);
    assert_eq!(it.office.seen(&it.cleo).await["state"], "held");
    assert_eq!(
        it.office.ada.browser.patch(&path, json!({ "send_invitation": true })).await.status,
        200
    );
    assert_eq!(it.office.seen(&it.cleo).await["state"], "queued");
}

#[tokio::test]
async fn the_roles_stay_with_the_profile() {
    let mut it = Intrusion::happens().await;
    let notice = it
        .office
        .portal
        .mailbox
        .messages()
        .into_iter()
        .rfind(|it| it.to == "ada@customer.example" && it.tags["kind"] == "linked")
        .unwrap();
    let mut staff = it.office.staff().await;
    assert_eq!(it.dispute(&tests::link_token(&notice)).await.status, 200);
    assert_eq!(it.office.ada.browser.get(&it.office.account).await.status, 404);
    let ada = staff.browser.get(&it.office.ada.path).await.body;
    assert_eq!(
        (&ada["state"], &ada["roles"]),
        (&json!("held"), &json!(["administrator", "billing_contact", "shipping_contact"]))
    );
    it.intruder.get(&it.office.account).await;
}

#[tokio::test]
async fn it_is_heard_for_thirty_days() {
    let it = Intrusion::happens().await;
    it.office.portal.set_today("2026-12-23");
    it.assert_out_of_date(&it.notice).await;
    it.office.portal.set_today("2026-12-21");
    assert_eq!(it.dispute(&it.notice).await.status, 200);
}

#[tokio::test]
async fn the_notice_of_an_older_link_ends_no_newer_one() {
    let mut it = Intrusion::happens().await;
    assert_eq!(it.intruder.post(&it.office.invitation(&it.cleo), json!(null)).await.status, 200);
    it.office.portal.deliver().await;
    it.office.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    it.assert_out_of_date(&it.notice).await;
}

#[tokio::test]
async fn a_wrong_secret_or_a_deleted_profile_is_out_of_date() {
    let mut it = Intrusion::happens().await;
    let (ids, _) = it.notice.rsplit_once('.').unwrap();
    it.assert_out_of_date(&format!("{ids}.{}", "s".repeat(43))).await;
    it.assert_out_of_date(&it.notice.replace(&it.cleo, &it.office.bob.id)).await;
    it.assert_out_of_date(
        &it.notice.replace(&it.office.portal.customer, &it.office.portal.partner),
    )
    .await;
    assert_eq!(it.office.ada.browser.delete(&it.office.person(&it.cleo)).await.status, 204);
    it.assert_out_of_date(&it.notice).await;
}

#[tokio::test]
async fn the_token_of_an_invitation_disputes_nothing() {
    let it = Intrusion::happens().await;
    let answer = it.dispute(&it.invitation).await;
    assert_eq!(
        (answer.status, answer.faulty().as_slice()),
        (422, ["token"].as_slice()),
        "{answer}"
    );
}

#[tokio::test]
async fn an_operator_may_do_it_with_the_notice_in_hand() {
    let it = Intrusion::happens().await;
    let answer =
        it.office.portal.operator("DisputeLink", json!({ "body": { "token": it.notice } })).await;
    assert_eq!(answer["status"], 200, "{answer}");
}
