//! What the mail service reports of a mail: how far it has come, who is told, and that it ends the same whatever comes when.

mod alerts;

use local::{Message, Report};
use serde_json::{Value, json};
use tests::Portal;

use crate::office::{Office, assert_unchanged, table};

/// Invites Cleo as Ada does; returns the profile's identifier and the mail, which has left and of which nothing is reported yet.
async fn invited(office: &mut Office) -> (String, Message) {
    let added = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    office.portal.deliver().await;
    // What the portal's own simulated mailboxes say is put aside: each test reports for itself.
    let _aside = office.portal.ses.take_reports();
    (
        added.body["professional"].as_str().expect("an id").to_owned(),
        office.portal.mail("cleo@customer.example"),
    )
}

/// Hands over reports in this order; none may fail.
async fn report(portal: &Portal, mail: &Message, reports: &[Report]) {
    let events = reports.iter().map(|it| it.event(mail)).collect();
    assert_eq!(portal.publish(events).await, 0, "{reports:?}");
}

/// Lists what the activity list says of mails, oldest first.
async fn told(office: &mut Office) -> Vec<String> {
    let answer = office.ada.browser.get(&office.activity).await;
    let acts = answer.items().iter().rev().map(|it| it["act"].as_str().expect("an act").to_owned());
    acts.filter(|it| it.starts_with("mail-")).collect()
}

/// Reads how far the outbox says that a mail has come.
async fn in_outbox(portal: &Portal, mail: &Message) -> String {
    let key = (format!("mail#{}", mail.tags["mail"]), "mail".to_owned());
    table(portal).await[&key]["delivery"].as_s().expect("a state").clone()
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
        // The out-of-office message came because the mail had arrived.
        (Report::AnsweredAutomatically, "sent"),
    ] {
        let mut office = Office::open().await;
        let (cleo, mail) = invited(&mut office).await;
        let answer = office.portal.operator("record-delivery", reported.event(&mail)).await;
        assert_eq!(answer, json!({ "delivery": state }), "{reported:?}");
        assert_eq!(office.seen(&cleo).await["state"], state, "{reported:?}");
        assert_eq!(office.seen(&cleo).await["invitation"]["state"], state, "{reported:?}");
        let list = office.ada.browser.get(&office.people).await;
        let listed = list
            .items()
            .iter()
            .find(|it| it["professional"] == cleo.as_str())
            .expect("on the list");
        assert_eq!(listed["state"], state, "{reported:?}");
        assert_eq!(in_outbox(&office.portal, &mail).await, state, "{reported:?}");
    }
}

#[tokio::test]
async fn what_needs_somebodys_attention_is_in_the_activity_list_and_nothing_else() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    let before = told(&mut office).await;
    report(&office.portal, &mail, &[Report::Delayed, Report::Delivered]).await;
    assert_eq!(told(&mut office).await, before);
    report(&office.portal, &mail, &[Report::Bounced]).await;
    let newest = office.newest_activity().await;
    assert_eq!(
        (&newest["act"], &newest["facts"]["mail"]),
        (&json!("mail-bounced"), &json!("invitation"))
    );
    assert_eq!(
        (&newest["target"]["name"], &newest["actor"]),
        (&json!("Cleo"), &json!({ "name": "The mail service", "as": "schedule", "home": null }))
    );
    report(&office.portal, &mail, &[Report::Complained]).await;
    assert_eq!(office.newest_activity().await["act"], "mail-complained");
}

#[tokio::test]
async fn a_report_that_comes_again_changes_nothing() {
    for reported in
        [Report::Delivered, Report::Delayed, Report::Bounced, Report::Complained, Report::Rejected]
    {
        let mut office = Office::open().await;
        let (_, mail) = invited(&mut office).await;
        report(&office.portal, &mail, &[reported]).await;
        let before = table(&office.portal).await;
        report(&office.portal, &mail, &[reported, reported]).await;
        assert_unchanged(&office.portal, &before).await;
    }
}

#[tokio::test]
async fn what_comes_late_covers_nothing_up() {
    for (reports, state) in [
        (&[Report::Delivered, Report::Delayed][..], "delivered"),
        (&[Report::Delayed, Report::Delivered], "delivered"),
        (&[Report::Bounced, Report::Delivered, Report::Delayed], "bounced"),
        (&[Report::Delivered, Report::Bounced], "bounced"),
        (&[Report::Complained, Report::Delivered], "complained"),
        (&[Report::Rejected, Report::Delivered], "failed"),
        (&[Report::Delivered, Report::AnsweredAutomatically], "delivered"),
    ] {
        let mut office = Office::open().await;
        let (cleo, mail) = invited(&mut office).await;
        report(&office.portal, &mail, reports).await;
        assert_eq!(office.seen(&cleo).await["state"], state, "{reports:?}");
    }
}

#[tokio::test]
async fn a_report_may_come_before_the_sending_is_noted() {
    let mut office = Office::open().await;
    let before = told(&mut office).await.len();
    let added = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().expect("an id").to_owned();
    // The mail leaves, and the function ends before it can note it.
    office.portal.probe.reset();
    office.portal.probe.disturb(tests::Fault::Broken, 3, usize::MAX);
    assert_eq!(office.portal.stack().deliver().await.expect("the stream is read"), 1);
    office.portal.probe.reset();
    assert_eq!(office.seen(&cleo).await["state"], "queued");
    let mail = office.portal.mail("cleo@customer.example");
    report(&office.portal, &mail, &[Report::Delivered]).await;
    assert_eq!(office.seen(&cleo).await["state"], "delivered");
    assert_eq!(told(&mut office).await[before..], ["mail-sent"], "that it was sent is known too");
    // The stream brings the mail again: it is known to have left, and stays delivered.
    let mails = office.portal.mailbox.messages().len();
    office.portal.deliver().await;
    assert_eq!(office.portal.mailbox.messages().len(), mails);
    assert_eq!(office.seen(&cleo).await["state"], "delivered");
    assert_eq!(told(&mut office).await[before..], ["mail-sent"]);
    let token = tests::link_token(&mail);
    let preview =
        office.portal.browser().post("/api/invitations/preview", json!({ "token": token })).await;
    assert_eq!(preview.status, 200, "{preview}");
}

#[tokio::test]
async fn a_bounce_before_the_sending_is_noted_tells_of_both() {
    let mut office = Office::open().await;
    let before = told(&mut office).await.len();
    office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    office.portal.probe.reset();
    office.portal.probe.disturb(tests::Fault::Broken, 3, usize::MAX);
    assert_eq!(office.portal.stack().deliver().await.expect("the stream is read"), 1);
    office.portal.probe.reset();
    let mail = office.portal.mail("cleo@customer.example");
    report(&office.portal, &mail, &[Report::Bounced]).await;
    assert_eq!(told(&mut office).await[before..], ["mail-sent", "mail-bounced"]);
}

#[tokio::test]
async fn a_report_about_an_older_invitation_leaves_the_newer_alone() {
    let mut office = Office::open().await;
    let (cleo, old) = invited(&mut office).await;
    let invitation = office.invitation(&cleo);
    office.ada.browser.post(&invitation, Value::Null).await;
    report(&office.portal, &old, &[Report::Bounced]).await;
    assert_eq!(office.seen(&cleo).await["state"], "queued");
    assert_eq!(in_outbox(&office.portal, &old).await, "bounced");
    assert_eq!(office.newest_activity().await["act"], "mail-bounced");
    office.portal.report().await;
    assert_eq!(office.seen(&cleo).await["state"], "delivered");
}

#[tokio::test]
async fn a_report_about_somebody_deleted_is_kept_with_the_mail() {
    let mut office = Office::open().await;
    let (cleo, mail) = invited(&mut office).await;
    let profile = office.person(&cleo);
    assert_eq!(office.ada.browser.delete(&profile).await.status, 204);
    report(&office.portal, &mail, &[Report::Bounced]).await;
    assert_eq!(in_outbox(&office.portal, &mail).await, "bounced");
    assert_eq!(office.newest_activity().await["target"]["name"], "Cleo");
}

#[tokio::test]
async fn a_report_of_a_notice_changes_no_invitation() {
    let mut office = Office::open().await;
    let notice = office.portal.mail("bob@customer.example");
    assert_eq!(notice.tags["kind"], "linked");
    report(&office.portal, &notice, &[Report::Bounced]).await;
    assert_eq!(in_outbox(&office.portal, &notice).await, "bounced");
    let bob = office.bob.id.clone();
    assert_eq!(office.seen(&bob).await["state"], "linked");
    assert_eq!(office.newest_activity().await["facts"]["mail"], "linked");
}

#[tokio::test]
async fn a_mail_that_is_not_in_the_outbox_is_left_aside() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    let before = table(&office.portal).await;
    let mut gone = Report::Bounced.event(&mail);
    gone["detail"]["mail"]["tags"]["mail"] = json!(["01JD7H2M8BB0B1C2D3E4F5G6BB"]);
    assert_eq!(office.portal.operator("record-delivery", gone).await, json!({ "delivery": null }));
    let mut foreign = Report::Bounced.event(&mail);
    foreign["detail"]["mail"]["tags"].as_object_mut().expect("tags").remove("mail");
    assert_eq!(
        office.portal.operator("record-delivery", foreign).await,
        json!({ "delivery": null })
    );
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn what_came_through_another_configuration_set_does_not_reach_the_function() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    let before = table(&office.portal).await;
    let mut event = Report::Bounced.event(&mail);
    event["detail"]["mail"]["tags"]["ses:configuration-set"] = json!(["AnotherStack"]);
    assert_eq!(office.portal.publish(vec![event]).await, 0);
    let mut opened = Report::Bounced.event(&mail);
    opened["detail-type"] = "Email Opened".into();
    assert_eq!(office.portal.publish(vec![opened]).await, 0);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_complaint_that_says_it_is_none_is_none() {
    let mut office = Office::open().await;
    let (cleo, mail) = invited(&mut office).await;
    let mut event = Report::Complained.event(&mail);
    event["detail"]["complaint"]["complaintFeedbackType"] = "not-spam".into();
    assert_eq!(
        office.portal.operator("record-delivery", event).await,
        json!({ "delivery": "sent" })
    );
    assert_eq!(office.seen(&cleo).await["state"], "sent");
}

#[tokio::test]
async fn what_is_no_report_fails_and_says_what_is_missing_without_quoting_it() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    let before = table(&office.portal).await;
    let without = |report: Report, pointer: &str| {
        let mut event = report.event(&mail);
        *event.pointer_mut(pointer).expect("it is there") = Value::Null;
        event
    };
    let mut unknown = Report::Bounced.event(&mail);
    unknown["detail-type"] = "Email Opened by cleo@customer.example".into();
    let mut strange = Report::Bounced.event(&mail);
    strange["detail"]["mail"]["tags"]["mail"] = json!(["cleo@customer.example"]);
    for (event, fault) in [
        (json!({}), "detail-type is not a text"),
        (Value::Null, "detail-type is not a text"),
        (without(Report::Delivered, "/detail-type"), "detail-type is not a text"),
        (without(Report::Delivered, "/detail"), "detail.mail.messageId is not a text"),
        (without(Report::Bounced, "/detail/bounce"), "detail.bounce.bounceType is not a text"),
        (
            without(Report::Bounced, "/detail/bounce/bouncedRecipients"),
            "detail.bounce.bouncedRecipients is not a list",
        ),
        (without(Report::Complained, "/detail/complaint"), "detail.complaint is missing"),
        (
            without(Report::Delivered, "/detail/mail/tags/mail"),
            "detail.mail.tags.mail is not a list with a mail's identifier",
        ),
        (unknown, "detail-type is none that is asked for"),
        (strange, "detail.mail.tags.mail is not a list with a mail's identifier"),
    ] {
        let failed = office.portal.invoke("record-delivery", event).await.expect_err(fault);
        assert!(
            failed.contains(fault)
                && failed.ends_with("see the rule of RecordDelivery in infra/template.yaml"),
            "{failed}"
        );
        assert!(!failed.contains("customer.example"), "{failed}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn the_simulators_mailboxes_show_every_end_without_a_report_made_by_hand() {
    let mut office = Office::open().await;
    for (local, state) in [
        ("success", "delivered"),
        ("bounce+cleo", "bounced"),
        ("suppressionlist", "bounced"),
        ("complaint", "complained"),
        ("ooto", "delivered"),
        ("cleo", "delivered"),
    ] {
        let body = json!({ "name": local, "email": format!("{local}@customer.example") });
        let added = office.ada.browser.post(&office.people, body).await;
        office.portal.report().await;
        assert_eq!(
            office.seen(added.body["professional"].as_str().expect("an id")).await["state"],
            state,
            "{local}"
        );
    }
}
