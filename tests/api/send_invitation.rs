//! Having an invitation mailed: to somebody else, or a link to oneself.

use serde_json::{Value, json};

use crate::office::{Office, event, mails, shown, shown_value};

#[tokio::test]
async fn an_administrator_has_one_mailed() {
    let mut office = Office::open().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = office.portal.add_with(&office.portal.customer, cleo).await;
    assert_eq!(office.seen(&cleo).await["state"], "not_invited");
    let answer = office.ada.browser.post(&office.invitation(&cleo), Value::Null).await;
    insta::assert_snapshot!(shown(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "email": "cleo@customer.example",
      "ends_on": null,
      "identity": null,
      "invitation": {
        "created_at": "[time]",
        "expires_at": "[time]",
        "state": "queued"
      },
      "language": "en",
      "last_sign_in": null,
      "name": "Cleo",
      "phone": null,
      "professional": "[id 2]",
      "roles": [],
      "state": "queued",
      "title": null,
      "you": {
        "may": [
          "view-professional",
          "update-professional",
          "set-end-date",
          "delete-professional",
          "send-invitation",
          "revoke-invitation"
        ],
        "self": false
      }
    }
    "#);
    office.portal.deliver().await;
    assert_eq!(office.seen(&cleo).await["state"], "sent");
    let mail = office.portal.mail("cleo@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        (
            "Ada Lovelace has invited you to the Example Vendor customer portal for Example Customer",
            "ada@customer.example"
        )
    );
}

#[tokio::test]
async fn it_is_in_the_activity_list() {
    let mut office = Office::open().await;
    office.ada.browser.post(&office.bob.invitation, Value::Null).await;
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
      {
        "act": "invitation-requested",
        "actor": {
          "as": "administrator",
          "home": null,
          "name": "Ada Lovelace"
        },
        "at": "[time]",
        "facts": {},
        "id": "[id 1]",
        "source": "127.0.0.1",
        "target": {
          "name": "Bob Builder",
          "professional": "[id 2]"
        }
      }
      "#);
}

#[tokio::test]
async fn oneself_gets_a_link_and_not_an_invitation() {
    let mut office = Office::open().await;
    let answer = office.bob.browser.post(&office.bob.invitation, Value::Null).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    office.portal.deliver().await;
    let mail = office.portal.mail("bob@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        ("Your link to the Example Vendor customer portal for Example Customer", "")
    );
    assert_eq!(office.newest_activity().await["act"], "mail-sent");
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    for (browser, name, capacity) in [
        (&mut partner.browser, "Pat Partner", "partner"),
        (&mut staff.browser, "Stella Staff", "staff"),
    ] {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        assert_eq!(browser.post(&office.bob.invitation, Value::Null).await.status, 200);
        let newest = office.ada.browser.get(&office.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["act"], &newest["actor"]),
            (
                &json!("invitation-requested"),
                &json!({ "name": name, "as": capacity, "home": home })
            )
        );
        office.portal.deliver().await;
        assert!(office.portal.mail("bob@customer.example").subject.starts_with(name));
    }
    let answer = office
        .portal
        .operator(
            "SendInvitation",
            event(&office.portal.customer, Some(&office.bob.id), Value::Null),
        )
        .await;
    assert_eq!(answer["status"], 200, "{answer}");
    assert_eq!(
        office.newest_activity().await["actor"],
        json!({ "name": "The portal's operator", "as": "operator", "home": null })
    );
}

#[tokio::test]
async fn each_one_is_a_mail_of_its_own_unless_overtaken_before_it_left() {
    let mut office = Office::open().await;
    let before = mails(&office.portal).await;
    for _ in 0..3 {
        assert_eq!(office.ada.browser.post(&office.bob.invitation, Value::Null).await.status, 200);
    }
    assert_eq!(
        mails(&office.portal).await,
        before + 1,
        "the overtaken ones do not leave: their links would be void"
    );
    assert_eq!(office.ada.browser.post(&office.bob.invitation, Value::Null).await.status, 200);
    assert_eq!(mails(&office.portal).await, before + 2);
}

#[tokio::test]
async fn whoever_has_ended_gets_none() {
    let mut office = Office::open().await;
    office.ada.browser.patch(&office.bob.path, json!({ "ends_on": "2026-11-22" })).await;
    office.portal.set_today("2026-11-23");
    let mut ada = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let answer = ada.post(&office.bob.invitation, Value::Null).await;
    assert_eq!(
        (answer.status, answer.faulty().as_slice()),
        (422, ["ends_on"].as_slice()),
        "{answer}"
    );
}

#[tokio::test]
async fn an_expired_invitation_never_blocks_a_new_one() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    office.portal.set_today("2026-11-30");
    office.ada.browser = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(office.seen(&cleo).await["state"], "expired");
    assert_eq!(office.ada.browser.post(&office.invitation(&cleo), Value::Null).await.status, 200);
    office.portal.deliver().await;
    office.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
}
