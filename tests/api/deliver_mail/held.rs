//! The circuit breakers: mail is held while too much of what one account or person causes bounces,
//! or too much of all mail, and sent afterwards.

use jiff::{Timestamp, ToSpan as _};
use local::{Options, Report};
use portico::domain::DeliveryCounts;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

/// Enough mails for the bounce rate to count, with more bounces than needed, so that a few more
/// mails do not close the breaker.
const TOO_MANY_BOUNCES: DeliveryCounts = DeliveryCounts { sent: 200, bounced: 20, complained: 0 };

/// Counts mails as sent in this hour, with their results, of different accounts.
async fn count(portal: &Portal, counts: DeliveryCounts) {
    // In two parts, since the counts are spread over several items.
    for part in 0..2_u64 {
        let share = |whole: u64| whole / 2 + (whole % 2) * part;
        let counts = DeliveryCounts {
            sent: share(counts.sent),
            bounced: share(counts.bounced),
            complained: share(counts.complained),
        };
        portal.store.count_for_portal(part, portal.clock.now(), counts).await.expect("counted");
    }
    forget(portal).await;
}

/// Moves the clock forward, so that the counts a function has cached expire. The functions of a
/// deployment outlive a portal, so this restarts them.
async fn forget(portal: &Portal) {
    portal.clock.set(portal.clock.now() + 5.minutes());
    if let Some(deployment) = &portal.deployment {
        deployment.cold().await;
    }
}

pub(crate) async fn release(portal: &Portal) -> Value {
    let answer = portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    portal.deliver().await;
    answer
}

pub(crate) fn mailed_to(portal: &Portal, email: &str) -> usize {
    portal.mailbox.messages().iter().filter(|message| message.to == email).count()
}

async fn invite(portal: &Portal, email: &str) -> String {
    portal.add(&portal.customer, "Some Person", email).await
}

#[tokio::test]
async fn all_mail_is_held_from_the_rates_at_which_ses_reviews_an_account_and_not_below() {
    for (sent, bounced, complained, leaves) in [
        (199, 199, 0, 1),
        (200, 9, 0, 1),
        (200, 10, 0, 0),
        (1999, 0, 9, 1),
        (4000, 0, 3, 1),
        (4000, 0, 4, 0),
    ] {
        let portal = Portal::start().await;
        count(&portal, DeliveryCounts { sent, bounced, complained }).await;
        invite(&portal, "cleo@customer.example").await;
        assert_eq!(
            mailed_to(&portal, "cleo@customer.example"),
            leaves,
            "{bounced} bounces and {complained} complaints of {sent}"
        );
    }
}

#[tokio::test]
async fn mails_sent_and_permanent_bounces_are_counted() {
    let of_ours = "OnAccountSuppressionList";
    for (report, kind, leaves) in [
        (Report::Bounced, "General", 0),
        (Report::Suppressed, "Suppressed", 0),
        (Report::Suppressed, of_ours, 1),
        (Report::GivenUp, "MailboxFull", 1),
    ] {
        let portal = Portal::start().await;
        // One more sent and one more bounced make one in twenty of 200.
        count(&portal, DeliveryCounts { sent: 199, bounced: 9, complained: 0 }).await;
        invite(&portal, "cleo@customer.example").await;
        let mail = portal.mail("cleo@customer.example");
        let mut event = report.event(&mail);
        event["detail"]["bounce"]["bounceSubType"] = kind.into();
        assert_eq!(portal.publish(vec![event.clone(), event]).await, 0);
        forget(&portal).await;
        invite(&portal, "dora@customer.example").await;
        assert_eq!(mailed_to(&portal, "dora@customer.example"), leaves, "{report:?}, {kind}");
    }
}

#[tokio::test]
async fn a_complaint_is_counted() {
    let portal = Portal::start().await;
    count(&portal, DeliveryCounts { sent: 1999, bounced: 0, complained: 1 }).await;
    invite(&portal, "cleo@customer.example").await;
    assert_eq!(
        portal.publish(vec![Report::Complained.event(&portal.mail("cleo@customer.example"))]).await,
        0
    );
    forget(&portal).await;
    invite(&portal, "dora@customer.example").await;
    assert_eq!(mailed_to(&portal, "dora@customer.example"), 0);
}

#[tokio::test]
async fn all_mail_is_held_for_hours_and_leaves_once() {
    let mut fixture = Fixture::with_customer().await;
    count(&fixture.portal, TOO_MANY_BOUNCES).await;
    let cleo = invite(&fixture.portal, "cleo@customer.example").await;
    assert_eq!(fixture.profile(&cleo).await["state"], "queued");
    assert_eq!(release(&fixture.portal).await, json!({ "released": 0, "open": true }));
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 0);

    fixture.portal.clock.set("2026-11-22T17:59:00Z".parse().expect("a time"));
    assert_eq!(release(&fixture.portal).await["open"], true, "the hour still counts");
    fixture.portal.clock.set("2026-11-22T18:01:00Z".parse().expect("a time"));
    assert_eq!(release(&fixture.portal).await, json!({ "released": 1, "open": false }));
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 1);
    assert_eq!(release(&fixture.portal).await, json!({ "released": 0, "open": false }));
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 1, "once");
}

#[tokio::test]
async fn a_link_that_was_held_is_valid_as_long_as_one_that_was_not() {
    let portal = Portal::start().await;
    count(&portal, TOO_MANY_BOUNCES).await;
    let cleo = invite(&portal, "cleo@customer.example").await;
    // By then an invitation of the 22nd, noon, would have expired.
    portal.set_today("2026-12-01");
    release(&portal).await;
    let mail = portal.mail("cleo@customer.example");
    assert!(mail.text.contains("until 8 December 2026"), "{}", mail.text);
    let event = json!({ "path": { "account": portal.customer, "professional": cleo } });
    let seen = portal.operator("ShowProfessional", event).await;
    let expires: Timestamp = seen["body"]["invitation"]["expires_at"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a time");
    assert_eq!(
        expires.as_second() / 3600,
        (portal.clock.now() + (7 * 24).hours()).as_second() / 3600
    );
    portal.set_today("2026-12-07");
    portal.follow_invitation("cleo@customer.example", "Some Person", "cleo@home.example").await;
}

#[tokio::test]
async fn an_invitation_that_was_taken_back_or_replaced_while_it_was_held_does_not_leave() {
    let mut fixture = Fixture::with_customer().await;
    count(&fixture.portal, TOO_MANY_BOUNCES).await;
    let cleo = invite(&fixture.portal, "cleo@customer.example").await;
    let dora = invite(&fixture.portal, "dora@customer.example").await;
    assert_eq!(fixture.administrator.delete(&fixture.invitation(&cleo)).await.status, 200);
    assert_eq!(
        fixture.administrator.post(&fixture.invitation(&dora), Value::Null).await.status,
        200
    );
    fixture.portal.deliver().await;
    fixture.portal.set_today("2026-11-29");
    assert_eq!(release(&fixture.portal).await["open"], false);
    assert_eq!(
        (
            mailed_to(&fixture.portal, "cleo@customer.example"),
            mailed_to(&fixture.portal, "dora@customer.example")
        ),
        (0, 1)
    );
    assert!(
        fixture.portal.mail("dora@customer.example").subject.starts_with("Ada Lovelace"),
        "the newest"
    );
}

#[tokio::test]
async fn notices_that_access_depends_on_are_never_held() {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    invite(&portal, "cleo@customer.example").await;
    count(&portal, TOO_MANY_BOUNCES).await;
    portal.follow_invitation("cleo@customer.example", "Some Person", "cleo@home.example").await;
    portal.deliver().await;
    let notices = portal.mailbox.messages().into_iter().filter(|message| {
        message.tags["kind"] == "linked" && message.to == "cleo@customer.example"
    });
    assert_eq!(notices.count(), 1);
}

#[tokio::test]
async fn mail_repeated_while_it_is_held_changes_nothing() {
    let portal = Portal::start().await;
    count(&portal, TOO_MANY_BOUNCES).await;
    invite(&portal, "cleo@customer.example").await;
    let before = Table::of(&portal).await;
    let (pk, _) = before.keys().find(|(pk, _)| pk.starts_with("mail#")).expect("the mail");
    let again = json!({
        "Records": [{ "dynamodb": { "Keys": { "pk": { "S": pk } }, "SequenceNumber": "1" } }],
    });
    assert_eq!(portal.operator("DeliverMail", again).await, json!({ "batchItemFailures": [] }));
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn nothing_is_held_where_the_breaker_is_off() {
    let portal = Portal::start_with(Options { holds_mail: false, ..Options::default() }).await;
    count(&portal, TOO_MANY_BOUNCES).await;
    invite(&portal, "cleo@customer.example").await;
    assert_eq!(mailed_to(&portal, "cleo@customer.example"), 1);
}

/// Has `sender` invite this many people to mailboxes that do not exist, and reports the bounces.
pub(crate) async fn invite_in_vain(
    portal: &Portal,
    sender: &mut tests::Person,
    list: &str,
    count: usize,
    name: &str,
) {
    for number in 0..count {
        let email = format!("{name}{number}@nowhere.example");
        let added = sender.post(list, json!({ "name": "No Body", "email": email })).await;
        assert_eq!(added.status, 201, "{added}");
    }
    portal.deliver().await;
    let bounces = portal
        .mailbox
        .messages()
        .iter()
        .filter(|message| message.to.starts_with(name) && message.to.ends_with("@nowhere.example"))
        .map(|message| Report::Bounced.event(message))
        .collect();
    assert_eq!(portal.publish(bounces).await, 0);
    portal.deliver().await;
    forget(portal).await;
}

#[tokio::test]
async fn an_accounts_bounces_hold_its_own_mail_and_no_other_accounts() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let list = fixture.people.clone();
    // Enough to stop everybody's mail if they counted together.
    invite_in_vain(&fixture.portal, &mut fixture.administrator, &list, 250, "nobody").await;

    let answer = fixture
        .administrator
        .post(&list, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!(answer.status, 201, "{answer}");
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 0, "its own waits");
    fixture.portal.add(&other, "Dora", "dora@other.example").await;
    assert_eq!(mailed_to(&fixture.portal, "dora@other.example"), 1, "another's leaves");
    assert_eq!(release(&fixture.portal).await, json!({ "released": 0, "open": false }));

    let table = Table::of(&fixture.portal).await;
    let counted = table.item(&format!("counts#account#{}", fixture.portal.customer), "2026-11-22");
    assert_eq!(counted["bounced"], 250, "the tally names the account: {counted}");
    assert!(table.item(&format!("counts#account#{other}"), "2026-11-22")["bounced"] == 0);
}

#[tokio::test]
async fn what_an_account_is_held_for_ends_after_two_days() {
    let mut fixture = Fixture::with_customer().await;
    let list = fixture.people.clone();
    invite_in_vain(&fixture.portal, &mut fixture.administrator, &list, 10, "nobody").await;
    let cleo = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    assert_eq!(fixture.administrator.post(&list, cleo).await.status, 201);
    fixture.portal.deliver().await;
    // The news of the bounces is not held; those over the limit of the hour come in one mail.
    fixture.portal.set_today("2026-11-23");
    assert_eq!(release(&fixture.portal).await["released"], 1);
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 0);
    assert!(fixture.portal.mail("ada@customer.example").subject.starts_with("5 more notices"));
    fixture.portal.set_today("2026-11-24");
    assert_eq!(release(&fixture.portal).await["released"], 1);
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 1);
}

#[tokio::test]
async fn a_persons_bounces_hold_what_the_person_causes_for_any_account() {
    let mut fixture = Fixture::builder().customer().partner().build().await;
    let list = fixture.people.clone();
    // The partner's bounces are the partner's, and not its customer's.
    invite_in_vain(&fixture.portal, &mut fixture.partner, &list, 10, "nobody").await;
    let cleo = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    assert_eq!(fixture.partner.post(&list, cleo).await.status, 201);
    let dora = json!({ "name": "Dora", "email": "dora@customer.example" });
    assert_eq!(fixture.administrator.post(&list, dora).await.status, 201);
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 0);
    assert_eq!(mailed_to(&fixture.portal, "dora@customer.example"), 1);
}

#[tokio::test]
async fn a_notice_to_an_address_that_nobody_proved_is_within_the_accounts_bounce_budget() {
    let mut fixture = Fixture::with_customer().await;
    let list = fixture.people.clone();
    let bob = fixture.member.path.clone();
    let changed = json!({ "email": "bob@unproved.example" });
    assert_eq!(fixture.administrator.patch(&bob, changed).await.status, 200);
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "bob@customer.example"), 3, "invited, linked, changed");
    invite_in_vain(&fixture.portal, &mut fixture.administrator, &list, 10, "nobody").await;
    let changed = json!({ "email": "bob@customer.example" });
    assert_eq!(fixture.administrator.patch(&bob, changed).await.status, 200);
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "bob@unproved.example"), 0, "it waits");
}
