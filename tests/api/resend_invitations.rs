//! Having new invitations mailed to everyone who has not accepted theirs.

use std::collections::BTreeMap;

use portico::{
    domain::{AccountId, Delivery, ProfessionalId},
    store::Lookup,
};
use serde_json::{Value, json};
use tests::{Answer, Browser, Fault, Portal};

use crate::office::{Member, Office, assert_unchanged, event, mails, shown_value, start, table};

fn path(account: &str) -> String {
    format!("{}/invitations", crate::office::account(account))
}

/// What is asked first: everything until now.
fn until_now(portal: &Portal) -> Value {
    json!({ "before": portal.clock.now().to_string() })
}

/// Asks until nothing is left and returns the answers' numbers.
async fn resend(browser: &mut Browser, account: &str, before: &Value) -> Vec<u64> {
    let (mut sent, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = browser
            .post(&path(account), json!({ "before": before["before"], "after": after }))
            .await;
        assert_eq!(answer.status, 200, "{answer}");
        sent.push(answer.body["sent"].as_u64().expect("a number"));
        after = answer.body["next"].clone();
        if after.is_null() {
            return sent;
        }
    }
}

/// Says how far the mail of somebody's invitation has come, which only events of the mail service will.
async fn note_delivery(portal: &Portal, id: &str, delivery: Delivery) {
    let store = &portal.store;
    let (account, id) = (
        AccountId::parse(&portal.customer).expect("an id"),
        ProfessionalId::parse(id).expect("an id"),
    );
    let before = store
        .look_up(Lookup::default().professional(account, id))
        .await
        .expect("read")
        .professionals
        .remove(0);
    let mut after = before.clone();
    after.invitation.as_mut().expect("invited").delivery = delivery;
    store.change_professional(&before, &after, None, &[], None).await.expect("written");
}

#[tokio::test]
async fn whoever_has_not_accepted_is_sent_a_new_link_and_the_older_is_void() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let old = office.portal.token("cleo@customer.example");
    let before = until_now(&office.portal);
    let answer = office.ada.browser.post(&path(&office.portal.customer), before).await;
    assert_eq!(
        (answer.status, &answer.body),
        (200, &json!({ "sent": 1, "next": null })),
        "{answer}"
    );
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
        "name": "Cleo",
        "professional": "[id 2]"
      }
    }
    "#);
    office.portal.deliver().await;
    let mail = office.portal.mail("cleo@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        (
            "Ada Lovelace has invited you to the Example Vendor customer portal for Example Customer",
            "ada@customer.example"
        )
    );
    let mut cleo = office.portal.sign_in("Cleo", "cleo@home.example").await;
    assert_eq!(crate::office::link(&mut cleo, &old).await.problem(), "link-superseded");
    assert_eq!(crate::office::link(&mut cleo, &tests::link_token(&mail)).await.status, 200);
}

#[tokio::test]
async fn every_state_is_sent_to_or_left_out_as_it_should_be() {
    let mut office = Office::open().await;
    let customer = office.portal.customer.clone();
    let mut people = BTreeMap::new();
    for state in [
        "sent",
        "delivered",
        "delayed",
        "failed",
        "bounced",
        "complained",
        "revoked",
        "linked",
        "held",
        "not_invited",
        "ended",
        "expired",
    ] {
        let mut body = json!({ "name": state, "email": format!("{state}@customer.example"), "send_invitation": state != "not_invited" });
        if state == "ended" {
            body["ends_on"] = "2026-11-23".into();
        }
        people.insert(state, office.portal.add_with(&customer, body).await);
    }
    for (state, delivery) in [
        ("delivered", Delivery::Delivered),
        ("delayed", Delivery::Delayed),
        ("failed", Delivery::Failed),
        ("bounced", Delivery::Bounced),
        ("complained", Delivery::Complained),
    ] {
        note_delivery(&office.portal, &people[state], delivery).await;
    }
    let invitation = office.invitation(&people["revoked"]);
    office.ada.browser.delete(&invitation).await;
    for state in ["linked", "held"] {
        office
            .portal
            .follow_invitation(
                &format!("{state}@customer.example"),
                state,
                &format!("{state}@home.example"),
            )
            .await;
    }
    let notice = office.portal.token("held@customer.example");
    assert_eq!(
        office
            .portal
            .browser()
            .post("/api/links/disputes", json!({ "token": notice }))
            .await
            .status,
        200
    );
    // A week later, which is too late for one of them; the others are sent another first.
    office.portal.set_today("2026-11-30");
    office.ada.browser = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    for state in ["sent", "delivered", "delayed", "failed", "bounced", "complained"] {
        let invitation = office.invitation(&people[state]);
        assert_eq!(office.ada.browser.post(&invitation, Value::Null).await.status, 200);
    }
    office.portal.deliver().await;
    for (state, delivery) in [
        ("delivered", Delivery::Delivered),
        ("delayed", Delivery::Delayed),
        ("failed", Delivery::Failed),
        ("bounced", Delivery::Bounced),
        ("complained", Delivery::Complained),
    ] {
        note_delivery(&office.portal, &people[state], delivery).await;
    }
    // One whose mail has not left yet.
    let queued = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "queued", "email": "queued@customer.example" }))
        .await;
    people.insert("queued", queued.body["professional"].as_str().expect("an id").to_owned());
    for (state, id) in &people {
        assert_eq!(office.seen(id).await["state"], *state);
    }

    let moment = until_now(&office.portal);
    assert_eq!(resend(&mut office.ada.browser, &customer, &moment).await, [5]);
    for (state, id) in &people {
        let sent = ["sent", "delivered", "delayed", "failed", "expired"].contains(state);
        assert_eq!(office.seen(id).await["state"], if sent { "queued" } else { *state }, "{state}");
    }
}

#[tokio::test]
async fn asking_again_after_a_lost_answer_sends_nothing_twice() {
    let office = Office::open().await;
    let customer = office.portal.customer.clone();
    for number in 0..3 {
        office.invited("Cleo", &format!("cleo{number}@customer.example")).await;
    }
    let before = mails(&office.portal).await;
    let moment = until_now(&office.portal);
    let mut ada = office.ada.browser.clone();
    office.portal.probe.disturb(Fault::AnswerLost, 2, usize::MAX);
    let answer: Answer = ada.post(&path(&customer), moment.clone()).await;
    office.portal.probe.reset();
    assert_eq!((answer.status, answer.problem()), (503, "unavailable"), "{answer}");
    assert_eq!(mails(&office.portal).await, before + 3, "it happened");
    let after = table(&office.portal).await;
    assert_eq!(resend(&mut ada, &customer, &moment).await, [0]);
    assert_unchanged(&office.portal, &after).await;
    assert_eq!(mails(&office.portal).await, before + 3);
    // A later wish is another one.
    let later = until_now(&office.portal);
    assert_eq!(resend(&mut ada, &customer, &later).await, [3]);
}

#[tokio::test]
async fn more_people_than_a_page_are_all_sent_to_once() {
    let portal = start().await;
    let (_, mut ada) =
        portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    for part in 0..10 {
        let row = |number: usize| json!({ "name": "Some Person", "email": format!("p{}@customer.example", part * 14 + number) });
        let rows: Vec<_> = (0..14).map(row).collect();
        let answer = portal
            .operator("ImportProfessionals", event(&portal.customer, None, json!({ "rows": rows })))
            .await;
        assert_eq!(answer["status"], 200, "{answer}");
    }
    let first = mails(&portal).await;
    let moment = until_now(&portal);
    let sent = resend(&mut ada, &portal.customer, &moment).await;
    assert_eq!((sent.iter().sum::<u64>(), sent.iter().max()), (140, Some(&24)), "{sent:?}");
    assert_eq!(mails(&portal).await, first + 140);
    let mut per_person = BTreeMap::new();
    for message in portal.mailbox.messages().iter().filter(|it| it.to.starts_with('p')) {
        *per_person.entry(message.to.clone()).or_insert(0) += 1;
    }
    assert!(per_person.len() == 140 && per_person.values().all(|it| *it == 2), "{per_person:?}");
    let again = resend(&mut ada, &portal.customer, &moment).await;
    assert_eq!(again, [0, 0], "pages of a hundred, with nothing left to send");
}

#[tokio::test]
async fn only_invitations_older_than_the_moment_are_sent_again() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let moment = until_now(&office.portal);
    office.invited("Dora", "dora@customer.example").await;
    let customer = office.portal.customer.clone();
    assert_eq!(resend(&mut office.ada.browser, &customer, &moment).await, [1]);
    office.portal.deliver().await;
    let to_dora = office
        .portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|it| it.to == "dora@customer.example")
        .count();
    assert_eq!(to_dora, 1);
}

#[tokio::test]
async fn a_moment_to_come_or_none_at_all_is_refused() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let path = path(&office.portal.customer);
    let before = table(&office.portal).await;
    for moment in [
        "2026-11-22T13:00:00Z",
        "9999-12-31T00:00:00Z",
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22T11:00:00",
        "0",
    ] {
        let answer = office.ada.browser.post(&path, json!({ "before": moment })).await;
        assert_eq!(
            (answer.status, answer.faulty().as_slice()),
            (422, ["before"].as_slice()),
            "{moment}: {answer}"
        );
    }
    for body in [
        json!({}),
        json!({ "before": null }),
        json!({ "before": "2026-11-22T11:00:00Z", "after": "nobody" }),
    ] {
        let answer = office.ada.browser.post(&path, body).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_answer_says_what_time_it_is_for_the_portal() {
    let mut office = Office::open().await;
    office.portal.set_today("2026-12-01");
    let date = office.ada.browser.get("/api/session").await.headers["date"].clone();
    assert!(date.starts_with("Tue, 01 Dec 2026 12:00:"), "{date}");
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let customer = office.portal.customer.clone();
    for (member, name, capacity) in
        [(&mut partner, "Pat Partner", "partner"), (&mut staff, "Stella Staff", "staff")]
    {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        let moment = until_now(&office.portal);
        assert_eq!(resend(&mut member.browser, &customer, &moment).await, [1]);
        let newest = office.ada.browser.get(&office.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["act"], &newest["actor"]),
            (
                &json!("invitation-requested"),
                &json!({ "name": name, "as": capacity, "home": home })
            )
        );
        office.portal.deliver().await;
        assert!(office.portal.mail("cleo@customer.example").subject.starts_with(name));
    }
    let moment = until_now(&office.portal);
    let answer = office.portal.operator("ResendInvitations", event(&customer, None, moment)).await;
    assert_eq!(answer, json!({ "status": 200, "body": { "sent": 1, "next": null } }));
}

#[tokio::test]
async fn whoever_may_not_invite_may_not_resend() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    let foreign = office.portal.create_customer("Another Customer").await;
    let mut carl =
        Member::link(&office.portal, &foreign, "Carl Foreign", "carl@foreign.example").await;
    let (path, moment) = (path(&office.portal.customer), until_now(&office.portal));
    let before = table(&office.portal).await;
    for (browser, status, problem) in
        [(&mut office.bob.browser, 403, "forbidden"), (&mut carl.browser, 404, "not-found")]
    {
        let answer = browser.post(&path, moment.clone()).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}
