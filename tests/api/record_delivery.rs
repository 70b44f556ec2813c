//! The mail service's reports: a mail's delivery state and who is notified, in any order of
//! reports.

mod alerts;

use local::{Message, Report};
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

/// Invites Cleo as Ada. Returns the profile's identifier and the mail, which is sent and has no
/// report yet.
async fn invited(fixture: &mut Fixture) -> (String, Message) {
    let added = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    fixture.portal.deliver().await;
    // Drops the reports of the simulated mailboxes: each test makes its own.
    let _aside = fixture.portal.ses.take_reports();
    (
        added.body["professional"].as_str().expect("an id").to_owned(),
        fixture.portal.mail("cleo@customer.example"),
    )
}

/// Publishes the reports in this order; none may fail.
async fn report(portal: &Portal, mail: &Message, reports: &[Report]) {
    let events = reports.iter().map(|report| report.event(mail)).collect();
    assert_eq!(portal.publish(events).await, 0, "{reports:?}");
}

/// Lists the mail events of the account, oldest first.
async fn mail_activities(fixture: &mut Fixture) -> Vec<String> {
    let answer = fixture.administrator.get(&fixture.activity).await;
    let acts = answer
        .items()
        .iter()
        .rev()
        .map(|activity| activity["event"]["type"].as_str().expect("an act").to_owned());
    acts.filter(|act| act.starts_with("mail-")).collect()
}

/// Reads a mail's delivery state in the outbox.
async fn in_outbox(portal: &Portal, mail: &Message) -> String {
    let table = Table::of(portal).await;
    let item = table.item(&format!("mail#{}", mail.tags["mail"]), "mail");
    item["delivery"].as_str().expect("a state").to_owned()
}

#[tokio::test]
async fn each_report_shows_on_the_list_and_on_the_profile() {
    for (reported, state) in [
        (Report::Delivered, "delivered"),
        (Report::Delayed, "delayed"),
        (Report::Bounced, "bounced"),
        (Report::Suppressed, "bounced"),
        (Report::GivenUp, "bounced"),
        (Report::Complained, "complained"),
        (Report::Rejected, "failed"),
        // An out-of-office message means that the mail arrived.
        (Report::AnsweredAutomatically, "sent"),
    ] {
        let mut fixture = Fixture::with_customer().await;
        let (cleo, mail) = invited(&mut fixture).await;
        let answer = fixture.portal.operator("record-delivery", reported.event(&mail)).await;
        assert_eq!(answer, json!({ "delivery": state }), "{reported:?}");
        assert_eq!(fixture.profile(&cleo).await["state"], state, "{reported:?}");
        assert_eq!(fixture.profile(&cleo).await["invitation"]["state"], state, "{reported:?}");
        let list = fixture.administrator.get(&fixture.people).await;
        let listed = list
            .items()
            .iter()
            .find(|item| item["professional"] == cleo.as_str())
            .expect("on the list");
        assert_eq!(listed["state"], state, "{reported:?}");
        assert_eq!(in_outbox(&fixture.portal, &mail).await, state, "{reported:?}");
    }
}

#[tokio::test]
async fn only_reports_that_need_attention_are_in_the_activity_list() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    let before = mail_activities(&mut fixture).await;
    report(&fixture.portal, &mail, &[Report::Delayed, Report::Delivered]).await;
    assert_eq!(mail_activities(&mut fixture).await, before);
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    let newest = fixture.newest_activity().await;
    assert_eq!(
        (&newest["event"]["type"], &newest["event"]["mail"]),
        (&json!("mail-bounced"), &json!("invitation"))
    );
    assert_eq!(
        (&newest["event"]["recipient"]["name"], &newest["actor"]),
        (&json!("Cleo"), &json!({ "name": "The mail service", "as": "schedule", "home": null }))
    );
    report(&fixture.portal, &mail, &[Report::Complained]).await;
    assert_eq!(fixture.newest_activity().await["event"]["type"], "mail-complained");
}

#[tokio::test]
async fn a_report_that_comes_again_changes_nothing() {
    for reported in
        [Report::Delivered, Report::Delayed, Report::Bounced, Report::Complained, Report::Rejected]
    {
        let mut fixture = Fixture::with_customer().await;
        let (_, mail) = invited(&mut fixture).await;
        report(&fixture.portal, &mail, &[reported]).await;
        let before = Table::of(&fixture.portal).await;
        report(&fixture.portal, &mail, &[reported, reported]).await;
        before.assert_unchanged(&fixture.portal).await;
    }
}

#[tokio::test]
async fn a_late_report_hides_nothing() {
    for (reports, state) in [
        (&[Report::Delivered, Report::Delayed][..], "delivered"),
        (&[Report::Delayed, Report::Delivered], "delivered"),
        (&[Report::Bounced, Report::Delivered, Report::Delayed], "bounced"),
        (&[Report::Delivered, Report::Bounced], "bounced"),
        (&[Report::Complained, Report::Delivered], "complained"),
        (&[Report::Rejected, Report::Delivered], "failed"),
        (&[Report::Delivered, Report::AnsweredAutomatically], "delivered"),
    ] {
        let mut fixture = Fixture::with_customer().await;
        let (cleo, mail) = invited(&mut fixture).await;
        report(&fixture.portal, &mail, reports).await;
        assert_eq!(fixture.profile(&cleo).await["state"], state, "{reports:?}");
    }
}

#[tokio::test]
async fn a_report_may_come_before_the_sending_is_noted() {
    let mut fixture = Fixture::with_customer().await;
    let before = mail_activities(&mut fixture).await.len();
    let added = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().expect("an id").to_owned();
    // The mail is sent, and the function ends before it can record that.
    fixture.portal.probe.reset();
    fixture.portal.probe.disturb(tests::CallFailure::Broken, 3, usize::MAX);
    assert_eq!(fixture.portal.stack().deliver().await.expect("the stream is read"), 1);
    fixture.portal.probe.reset();
    assert_eq!(fixture.profile(&cleo).await["state"], "queued");
    let mail = fixture.portal.mail("cleo@customer.example");
    report(&fixture.portal, &mail, &[Report::Delivered]).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "delivered");
    assert_eq!(
        mail_activities(&mut fixture).await[before..],
        ["mail-sent"],
        "that it was sent is known too"
    );
    // The stream repeats the mail: it is known as sent, and stays delivered.
    let mails = fixture.portal.mailbox.messages().len();
    fixture.portal.deliver().await;
    assert_eq!(fixture.portal.mailbox.messages().len(), mails);
    assert_eq!(fixture.profile(&cleo).await["state"], "delivered");
    assert_eq!(mail_activities(&mut fixture).await[before..], ["mail-sent"]);
    let token = tests::link_token(&mail);
    let preview =
        fixture.portal.browser().post("/api/invitations/preview", json!({ "token": token })).await;
    assert_eq!(preview.status, 200, "{preview}");
}

#[tokio::test]
async fn a_bounce_before_the_sending_is_noted_tells_of_both() {
    let mut fixture = Fixture::with_customer().await;
    let before = mail_activities(&mut fixture).await.len();
    fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    fixture.portal.probe.reset();
    fixture.portal.probe.disturb(tests::CallFailure::Broken, 3, usize::MAX);
    assert_eq!(fixture.portal.stack().deliver().await.expect("the stream is read"), 1);
    fixture.portal.probe.reset();
    let mail = fixture.portal.mail("cleo@customer.example");
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    assert_eq!(mail_activities(&mut fixture).await[before..], ["mail-sent", "mail-bounced"]);
}

#[tokio::test]
async fn a_report_about_an_older_invitation_leaves_the_newer_alone() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, old) = invited(&mut fixture).await;
    let invitation = fixture.invitation(&cleo);
    fixture.administrator.post(&invitation, Value::Null).await;
    report(&fixture.portal, &old, &[Report::Bounced]).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "queued");
    assert_eq!(in_outbox(&fixture.portal, &old).await, "bounced");
    assert_eq!(fixture.newest_activity().await["event"]["type"], "mail-bounced");
    fixture.portal.report().await;
    assert_eq!(fixture.profile(&cleo).await["state"], "delivered");
}

#[tokio::test]
async fn a_report_about_a_deleted_person_is_kept_with_the_mail() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, mail) = invited(&mut fixture).await;
    let profile = fixture.person(&cleo);
    assert_eq!(fixture.administrator.delete(&profile).await.status, 204);
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    assert_eq!(in_outbox(&fixture.portal, &mail).await, "bounced");
    assert_eq!(fixture.newest_activity().await["event"]["recipient"]["name"], "Cleo");
}

#[tokio::test]
async fn a_report_of_a_notice_changes_no_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let notice = fixture.portal.mail("bob@customer.example");
    assert_eq!(notice.tags["kind"], "linked");
    report(&fixture.portal, &notice, &[Report::Bounced]).await;
    assert_eq!(in_outbox(&fixture.portal, &notice).await, "bounced");
    let bob = fixture.member.id.clone();
    assert_eq!(fixture.profile(&bob).await["state"], "linked");
    assert_eq!(fixture.newest_activity().await["event"]["mail"], "linked");
}

#[tokio::test]
async fn a_mail_that_is_not_in_the_outbox_is_ignored() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    let before = Table::of(&fixture.portal).await;
    let mut gone = Report::Bounced.event(&mail);
    gone["detail"]["mail"]["tags"]["mail"] = json!(["01JD7H2M8BB0B1C2D3E4F5G6BB"]);
    assert_eq!(fixture.portal.operator("record-delivery", gone).await, json!({ "delivery": null }));
    let mut foreign = Report::Bounced.event(&mail);
    foreign["detail"]["mail"]["tags"].as_object_mut().expect("tags").remove("mail");
    assert_eq!(
        fixture.portal.operator("record-delivery", foreign).await,
        json!({ "delivery": null })
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn reports_of_another_configuration_set_do_not_reach_the_function() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    let before = Table::of(&fixture.portal).await;
    let mut event = Report::Bounced.event(&mail);
    event["detail"]["mail"]["tags"]["ses:configuration-set"] = json!(["AnotherStack"]);
    assert_eq!(fixture.portal.publish(vec![event]).await, 0);
    let mut opened = Report::Bounced.event(&mail);
    opened["detail-type"] = "Email Opened".into();
    assert_eq!(fixture.portal.publish(vec![opened]).await, 0);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_not_spam_report_is_no_complaint() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, mail) = invited(&mut fixture).await;
    let mut event = Report::Complained.event(&mail);
    event["detail"]["complaint"]["complaintFeedbackType"] = "not-spam".into();
    assert_eq!(
        fixture.portal.operator("record-delivery", event).await,
        json!({ "delivery": "sent" })
    );
    assert_eq!(fixture.profile(&cleo).await["state"], "sent");
}

#[tokio::test]
async fn an_event_that_is_no_report_fails_and_names_what_is_missing_without_quoting_it() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    let before = Table::of(&fixture.portal).await;
    let without = |report: Report, pointer: &str| {
        let mut event = report.event(&mail);
        *event.pointer_mut(pointer).expect("it is there") = Value::Null;
        event
    };
    let mut unknown = Report::Bounced.event(&mail);
    unknown["detail-type"] = "Email Opened by cleo@customer.example".into();
    let mut strange = Report::Bounced.event(&mail);
    strange["detail"]["mail"]["tags"]["mail"] = json!(["cleo@customer.example"]);
    for (event, missing) in [
        (json!({}), "detail-type is not a string"),
        (Value::Null, "detail-type is not a string"),
        (without(Report::Delivered, "/detail-type"), "detail-type is not a string"),
        (without(Report::Delivered, "/detail"), "detail.mail.messageId is not a string"),
        (without(Report::Bounced, "/detail/bounce"), "detail.bounce.bounceType is not a string"),
        (
            without(Report::Bounced, "/detail/bounce/bouncedRecipients"),
            "detail.bounce.bouncedRecipients is not a list",
        ),
        (without(Report::Complained, "/detail/complaint"), "detail.complaint is missing"),
        (
            without(Report::Delivered, "/detail/mail/tags/mail"),
            "detail.mail.tags.mail is not a list with a mail id",
        ),
        (unknown, "detail-type is unexpected"),
        (strange, "detail.mail.tags.mail is not a list with a mail id"),
    ] {
        let failed = fixture.portal.invoke("record-delivery", event).await.expect_err(missing);
        assert!(
            failed.contains(missing)
                && failed.ends_with("see RecordDelivery's rule in infra/template.yaml"),
            "{failed}"
        );
        assert!(!failed.contains("customer.example"), "{failed}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn the_simulators_mailboxes_cause_every_delivery_state() {
    let mut fixture = Fixture::with_customer().await;
    for (local, state) in [
        ("success", "delivered"),
        ("bounce+cleo", "bounced"),
        ("suppressionlist", "bounced"),
        ("complaint", "complained"),
        ("ooto", "delivered"),
        ("cleo", "delivered"),
    ] {
        let body = json!({ "name": local, "email": format!("{local}@customer.example") });
        let added = fixture.administrator.post(&fixture.people, body).await;
        fixture.portal.report().await;
        assert_eq!(
            fixture.profile(added.body["professional"].as_str().expect("an id")).await["state"],
            state,
            "{local}"
        );
    }
}
