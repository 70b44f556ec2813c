//! Resending invitations to everyone who has not accepted theirs.

use std::collections::BTreeMap;

use portico::{
    domain::{AccountId, Delivery, ProfessionalId},
    store::Lookup,
};
use serde_json::{Value, json};
use tests::{
    Answer, Browser, CallFailure, Fixture, Person, Portal, Table, activity_text, operator_event,
    path,
};

fn path(account: &str) -> String {
    format!("{}/invitations", path::account(account))
}

/// Returns the body of the first request: everything until now.
fn until_now(portal: &Portal) -> Value {
    json!({ "before": portal.clock.now().to_string() })
}

/// Repeats the request until nothing is left and returns the count in each answer.
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

/// Records the delivery state of an invitation's mail, as only reports of the mail service do.
async fn record_delivery(portal: &Portal, id: &str, delivery: Delivery) {
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
    store
        .change_professional(portico::store::ProfessionalChange::new(&before, &after))
        .await
        .expect("written");
}

#[tokio::test]
async fn people_who_have_not_accepted_get_a_new_link_and_the_older_is_void() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let old = fixture.portal.token("cleo@customer.example");
    let before = until_now(&fixture.portal);
    let answer = fixture.administrator.post(&path(&fixture.portal.customer), before).await;
    assert_eq!(
        (answer.status, &answer.body),
        (200, &json!({ "sent": 1, "next": null })),
        "{answer}"
    );
    assert_eq!(
        activity_text(&fixture.newest_activity().await),
        "invitation-requested by Ada Lovelace as administrator on Cleo from 127.0.0.1"
    );
    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("cleo@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        (
            "Ada Lovelace has invited you to the Example Vendor customer portal for \
             Example Customer",
            "ada@customer.example"
        )
    );
    let mut cleo = fixture.portal.sign_in("Cleo", "cleo@home.example").await;
    assert_eq!(cleo.link(&old).await.problem(), "link-superseded");
    assert_eq!(cleo.link(&tests::link_token(&mail)).await.status, 200);
}

#[tokio::test]
async fn each_state_gets_a_new_invitation_or_is_skipped() {
    let mut fixture = Fixture::with_customer().await;
    let customer = fixture.portal.customer.clone();
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
        "on_hold",
        "not_invited",
        "ended",
        "expired",
    ] {
        let mut body = json!({
            "name": state, "email": format!("{state}@customer.example"),
            "send_invitation": state != "not_invited",
        });
        if state == "ended" {
            body["ends_on"] = "2026-11-23".into();
        }
        people.insert(state, fixture.portal.add_with(&customer, body).await);
    }
    for (state, delivery) in [
        ("delivered", Delivery::Delivered),
        ("delayed", Delivery::Delayed),
        ("failed", Delivery::Failed),
        ("bounced", Delivery::Bounced),
        ("complained", Delivery::Complained),
    ] {
        record_delivery(&fixture.portal, &people[state], delivery).await;
    }
    let invitation = fixture.invitation(&people["revoked"]);
    fixture.administrator.delete(&invitation).await;
    for state in ["linked", "on_hold"] {
        fixture
            .portal
            .follow_invitation(
                &format!("{state}@customer.example"),
                state,
                &format!("{state}@home.example"),
            )
            .await;
    }
    let notice = fixture.portal.token("on_hold@customer.example");
    assert_eq!(
        fixture
            .portal
            .browser()
            .post("/api/links/disputes", json!({ "token": notice }))
            .await
            .status,
        200
    );
    // A week later one link has expired; the others get a new one first.
    fixture.portal.set_today("2026-11-30");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    for state in ["sent", "delivered", "delayed", "failed", "bounced", "complained"] {
        let invitation = fixture.invitation(&people[state]);
        assert_eq!(fixture.administrator.post(&invitation, Value::Null).await.status, 200);
    }
    fixture.portal.deliver().await;
    for (state, delivery) in [
        ("delivered", Delivery::Delivered),
        ("delayed", Delivery::Delayed),
        ("failed", Delivery::Failed),
        ("bounced", Delivery::Bounced),
        ("complained", Delivery::Complained),
    ] {
        record_delivery(&fixture.portal, &people[state], delivery).await;
    }
    // The mail of this one has not been sent yet.
    let queued = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "queued", "email": "queued@customer.example" }))
        .await;
    people.insert("queued", queued.body["professional"].as_str().expect("an id").to_owned());
    for (state, id) in &people {
        assert_eq!(fixture.profile(id).await["state"], *state);
    }

    let moment = until_now(&fixture.portal);
    assert_eq!(resend(&mut fixture.administrator.browser, &customer, &moment).await, [5]);
    for (state, id) in &people {
        let sent = ["sent", "delivered", "delayed", "failed", "expired"].contains(state);
        assert_eq!(
            fixture.profile(id).await["state"],
            if sent { "queued" } else { *state },
            "{state}"
        );
    }
}

#[tokio::test]
async fn asking_again_after_a_lost_answer_sends_nothing_twice() {
    let fixture = Fixture::with_customer().await;
    let customer = fixture.portal.customer.clone();
    for number in 0..3 {
        fixture.invited("Cleo", &format!("cleo{number}@customer.example")).await;
    }
    let before = fixture.portal.sent_mails().await;
    let moment = until_now(&fixture.portal);
    let mut ada = fixture.administrator.browser.clone();
    fixture.portal.probe.disturb(CallFailure::AnswerLost, 2, usize::MAX);
    let answer: Answer = ada.post(&path(&customer), moment.clone()).await;
    fixture.portal.probe.reset();
    assert_eq!((answer.status, answer.problem()), (503, "unavailable"), "{answer}");
    assert_eq!(fixture.portal.sent_mails().await, before + 3, "it happened");
    let after = Table::of(&fixture.portal).await;
    assert_eq!(resend(&mut ada, &customer, &moment).await, [0]);
    after.assert_unchanged(&fixture.portal).await;
    assert_eq!(fixture.portal.sent_mails().await, before + 3);
    // A later request sends to everyone again.
    let later = until_now(&fixture.portal);
    assert_eq!(resend(&mut ada, &customer, &later).await, [3]);
}

#[tokio::test]
async fn more_people_than_a_page_all_get_one_mail() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    for part in 0..8 {
        let row = |number: usize| {
            json!({
                "name": "Some Person", "email": format!("p{}@customer.example", part * 14 + number),
            })
        };
        let rows: Vec<_> = (0..14).map(row).collect();
        let answer = portal
            .operator(
                "ImportProfessionals",
                operator_event(&portal.customer, None, json!({ "rows": rows })),
            )
            .await;
        assert_eq!(answer["status"], 200, "{answer}");
    }
    let first = portal.sent_mails().await;
    let moment = until_now(&portal);
    let sent = resend(&mut ada.browser, &portal.customer, &moment).await;
    assert_eq!((sent.iter().sum::<u64>(), sent.iter().max()), (112, Some(&24)), "{sent:?}");
    assert_eq!(portal.sent_mails().await, first + 112);
    let mut per_person = BTreeMap::new();
    for message in portal.mailbox.messages().iter().filter(|message| message.to.starts_with('p')) {
        *per_person.entry(message.to.clone()).or_insert(0) += 1;
    }
    assert!(
        per_person.len() == 112 && per_person.values().all(|value| *value == 2),
        "{per_person:?}"
    );
    let again = resend(&mut ada.browser, &portal.customer, &moment).await;
    assert_eq!(again, [0, 0], "pages of a hundred, with nothing left to send");
}

#[tokio::test]
async fn only_invitations_older_than_the_moment_are_sent_again() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let moment = until_now(&fixture.portal);
    fixture.invited("Dora", "dora@customer.example").await;
    let customer = fixture.portal.customer.clone();
    assert_eq!(resend(&mut fixture.administrator.browser, &customer, &moment).await, [1]);
    fixture.portal.deliver().await;
    let to_dora = fixture
        .portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|message| message.to == "dora@customer.example")
        .count();
    assert_eq!(to_dora, 1);
}

#[tokio::test]
async fn a_moment_in_the_future_or_none_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let path = path(&fixture.portal.customer);
    let before = Table::of(&fixture.portal).await;
    for moment in [
        "2026-11-22T13:00:00Z",
        "9999-12-31T00:00:00Z",
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22T11:00:00",
        "0",
    ] {
        let answer = fixture.administrator.post(&path, json!({ "before": moment })).await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice()),
            (422, ["before"].as_slice()),
            "{moment}: {answer}"
        );
    }
    for body in [
        json!({}),
        json!({ "before": null }),
        json!({ "before": "2026-11-22T11:00:00Z", "after": "nobody" }),
    ] {
        let answer = fixture.administrator.post(&path, body).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_answer_has_the_portals_time() {
    let mut fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2026-12-01");
    let date = fixture.administrator.get("/api/session").await.headers["date"].clone();
    assert!(date.starts_with("Tue, 01 Dec 2026 12:00:"), "{date}");
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let customer = fixture.portal.customer.clone();
    for (member, name, capacity) in
        [(&mut partner, "Pat Partner", "partner"), (&mut staff, "Stella Staff", "staff")]
    {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        let moment = until_now(&fixture.portal);
        assert_eq!(resend(&mut member.browser, &customer, &moment).await, [1]);
        let newest = fixture.administrator.get(&fixture.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["event"]["type"], &newest["actor"]),
            (
                &json!("invitation-requested"),
                &json!({ "name": name, "as": capacity, "home": home })
            )
        );
        fixture.portal.deliver().await;
        assert!(fixture.portal.mail("cleo@customer.example").subject.starts_with(name));
    }
    let moment = until_now(&fixture.portal);
    let answer =
        fixture.portal.operator("ResendInvitations", operator_event(&customer, None, moment)).await;
    assert_eq!(answer, json!({ "status": 200, "body": { "sent": 1, "next": null } }));
}

#[tokio::test]
async fn without_permission_to_invite_nobody_resends() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let foreign = fixture.portal.create_customer("Another Customer").await;
    let mut carl =
        Person::link(&fixture.portal, &foreign, "Carl Foreign", "carl@foreign.example").await;
    let (path, moment) = (path(&fixture.portal.customer), until_now(&fixture.portal));
    let before = Table::of(&fixture.portal).await;
    for (browser, status, problem) in
        [(&mut fixture.member.browser, 403, "forbidden"), (&mut carl.browser, 404, "not-found")]
    {
        let answer = browser.post(&path, moment.clone()).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}
