//! Mail is never lost: under any failure it waits in the outbox and is sent afterwards.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use local::Refusal;
use portico::runtime::metrics::Metric;
use serde_json::json;
use tests::{Answer, CallFailure, Fixture, Portal, Table, link_token};

use crate::rules;

/// The calls that deliver an invitation: the mail, the professional, the secret's hash, the
/// professional again, the outcome.
const CALLS: [&str; 5] =
    ["BatchGetItem", "BatchGetItem", "TransactWriteItems", "BatchGetItem", "TransactWriteItems"];
/// The first call after the mail has left.
const LEFT: usize = 3;

type Item = HashMap<String, AttributeValue>;

async fn invite(portal: &Portal, email: &str) {
    let event = json!({
        "path": { "account": portal.customer }, "body": { "name": "Ada Lovelace", "email": email },
    });
    assert_eq!(portal.operator("Invite", event).await["status"], 201);
}

/// Delivers the mail and returns how many mails wait for a retry.
async fn deliver(portal: &Portal) -> usize {
    portal.stack().deliver().await.expect("the stream is read")
}

/// Returns the tokens mailed to an address, oldest first.
fn tokens(portal: &Portal, email: &str) -> Vec<String> {
    let messages = portal.mailbox.messages();
    messages
        .iter()
        .rev()
        .filter(|message| message.to == email && message.tags["kind"] == "invitation")
        .map(link_token)
        .collect()
}

async fn preview(portal: &Portal, token: &str) -> Answer {
    portal.browser().post("/api/invitations/preview", json!({ "token": token })).await
}

/// Lists the states of the customer's professionals.
async fn states(portal: &Portal) -> Vec<String> {
    let listed = portal
        .operator("ListProfessionals", json!({ "path": { "account": portal.customer } }))
        .await;
    listed["body"]["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item["state"].as_str().expect("a state").to_owned())
        .collect()
}

async fn disturbed(failure: CallFailure) {
    let portal = Portal::start().await;
    for (index, call) in CALLS.iter().enumerate() {
        if failure == CallFailure::Conflict && *call != "TransactWriteItems" {
            continue;
        }
        let what = format!("{failure:?} at call {index}, {call}");
        let email = format!("once{index}@customer.example");
        invite(&portal, &email).await;
        portal.probe.reset();
        portal.probe.disturb(failure, index, 1);
        assert_eq!(deliver(&portal).await, 0, "{what}");
        portal.probe.reset();
        assert_eq!(tokens(&portal, &email).len(), 1, "once: {what}");

        let email = format!("long{index}@customer.example");
        invite(&portal, &email).await;
        portal.probe.disturb(failure, index, usize::MAX);
        assert_eq!(deliver(&portal).await, 1, "for good: {what}");
        portal.probe.reset();
        let left = tokens(&portal, &email).len();
        assert_eq!(left, usize::from(index >= LEFT), "for good: {what}: it left");
        assert_eq!(deliver(&portal).await, 0, "afterwards: {what}");
        let tokens = tokens(&portal, &email);
        // If only the answer to the last call was lost, the mail is recorded as sent and is not
        // sent again.
        let noted = failure == CallFailure::AnswerLost && index == 4;
        assert_eq!(tokens.len(), if noted { 1 } else { left + 1 }, "afterwards: {what}");
        let (newest, older) = tokens.split_last().expect("a mail");
        assert_eq!(preview(&portal, newest).await.status, 200, "the newest link works: {what}");
        for token in older {
            assert_eq!(preview(&portal, token).await.problem(), "link-superseded", "{what}");
        }
    }
    assert!(states(&portal).await.iter().all(|value| value == "sent"));
    assert!(
        Table::of(&portal)
            .await
            .items("mail#", "mail")
            .iter()
            .all(|(_, _, item)| item["delivery"] == "sent")
    );
}

#[tokio::test]
async fn a_mail_is_sent_whichever_call_of_its_delivery_fails() {
    tokio::join!(
        disturbed(CallFailure::Throttled),
        disturbed(CallFailure::Broken),
        disturbed(CallFailure::Conflict),
        disturbed(CallFailure::AnswerLost)
    );
}

#[tokio::test]
async fn a_sent_mail_is_not_sent_again_because_recording_it_conflicts() {
    let portal = Portal::start().await;
    invite(&portal, "ada@customer.example").await;
    portal.probe.reset();
    // As often as a conflict is retried.
    portal.probe.disturb(CallFailure::Conflict, 4, 12);
    assert_eq!(deliver(&portal).await, 1);
    assert_eq!(tokens(&portal, "ada@customer.example").len(), 1);
    let answer = preview(&portal, &portal.token("ada@customer.example")).await;
    assert_eq!(answer.status, 200, "{answer}");
}

/// Links a person in an account with two administrators, so that one mail becomes several, with a
/// failure at one call.
async fn recipients_under(failure: CallFailure, after: usize) {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    for (name, email, administrator) in
        [("Ann Able", "ann@customer.example", true), ("Eve Early", "eve@customer.example", false)]
    {
        let added = ada
            .post(&people, json!({ "name": name, "email": email, "administrator": administrator }))
            .await;
        assert_eq!(added.status, 201, "{added}");
    }
    portal.deliver().await;
    // Notices go only to addresses that are proved.
    portal.follow_invitation("ann@customer.example", "Ann Able", "ann@customer.example").await;
    let mut eve = portal.sign_in("Eve Early", "eve@home.example").await;
    let before = portal.mailbox.messages().len();
    assert_eq!(
        eve.post("/api/links", json!({ "token": portal.token("eve@customer.example") }))
            .await
            .status,
        200
    );
    portal.probe.reset();
    // For all attempts of the SDK.
    portal.probe.disturb(failure, after, 4);
    deliver(&portal).await;
    portal.probe.reset();
    portal.deliver().await;
    let messages = portal.mailbox.messages();
    let mut recipients: Vec<_> =
        messages[..messages.len() - before].iter().map(|message| message.to.as_str()).collect();
    recipients.sort_unstable();
    recipients.dedup();
    assert_eq!(
        recipients,
        ["ada@customer.example", "ann@customer.example", "eve@customer.example"],
        "{failure:?} at call {after}"
    );
    rules::hold(&portal).await;
    // The link of the mail that is read last works.
    let disputed = portal
        .browser()
        .post("/api/links/disputes", json!({ "token": portal.token("ann@customer.example") }))
        .await;
    assert_eq!(disputed.status, 200, "{failure:?} at call {after}: {disputed}");
}

#[tokio::test]
async fn a_notice_to_several_people_reaches_each_of_them_whichever_call_fails() {
    for after in [2, 4, 6] {
        tokio::join!(
            recipients_under(CallFailure::Broken, after),
            recipients_under(CallFailure::AnswerLost, after)
        );
    }
}

#[tokio::test]
async fn a_mail_waits_while_the_mail_service_is_throttled_or_down_and_is_sent_once() {
    for refusal in [Refusal::TOO_MANY_REQUESTS, Refusal::UNAVAILABLE] {
        let portal = Portal::start().await;
        invite(&portal, "ada@customer.example").await;
        invite(&portal, "bob@customer.example").await;
        portal.ses.refuse(usize::MAX, refusal);
        assert_eq!(deliver(&portal).await, 2, "both wait");
        assert_eq!(deliver(&portal).await, 2, "and wait");
        assert!(portal.mailbox.messages().is_empty());
        assert_eq!(states(&portal).await, ["queued", "queued"]);
        portal.ses.accept();
        assert_eq!(deliver(&portal).await, 0);
        for email in ["ada@customer.example", "bob@customer.example"] {
            let tokens = tokens(&portal, email);
            assert_eq!(tokens.len(), 1, "{email}");
            assert_eq!(
                preview(&portal, &tokens[0]).await.status,
                200,
                "the last try's link is the one that works"
            );
        }
        rules::hold_when_delivered(&portal).await;
    }
}

#[tokio::test]
async fn a_waiting_mail_delays_only_those_of_its_lane() {
    let portal = Portal::start().await;
    for number in 0..16 {
        invite(&portal, &format!("ada{number}@customer.example")).await;
    }
    // Until a batch of ten is halved down to one mail.
    portal.ses.refuse(5, Refusal::UNAVAILABLE);
    let waiting = deliver(&portal).await;
    assert!((1..16).contains(&waiting), "{waiting} wait");
    assert_eq!(portal.mailbox.messages().len(), 16 - waiting);
    portal.deliver().await;
    assert_eq!(portal.mailbox.messages().len(), 16);
}

#[tokio::test]
async fn a_mail_that_is_rejected_for_good_is_shown_as_failed_and_can_be_sent_again() {
    let portal = Portal::start().await;
    portal.ses.refuse(1, Refusal::MESSAGE_REJECTED);
    let id = portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    assert_eq!(states(&portal).await, ["failed"]);
    let table = Table::of(&portal).await;
    assert_eq!(
        (table.count(&portal.customer, "mail-failed"), table.count(&portal.customer, "mail-sent")),
        (1, 0)
    );
    portal
        .operator(
            "SendInvitation",
            json!({ "path": { "account": portal.customer, "professional": id } }),
        )
        .await;
    portal.deliver().await;
    assert_eq!(states(&portal).await, ["sent"]);
    assert_eq!(preview(&portal, &portal.token("ada@customer.example")).await.status, 200);
}

#[tokio::test]
async fn a_stream_record_that_is_delivered_twice_sends_one_mail() {
    let portal = Portal::start().await;
    invite(&portal, "ada@customer.example").await;
    let table = Table::of(&portal).await;
    let (id, ..) = table.items("mail#", "mail")[0];
    let record = json!({
        "dynamodb": {
            "Keys": { "pk": { "S": format!("mail#{id}") }, "sk": { "S": "mail" } },
            "SequenceNumber": "1",
        },
    });
    for _ in 0..2 {
        let answer = portal.operator("DeliverMail", json!({ "Records": [record, record] })).await;
        assert_eq!(answer["batchItemFailures"], json!([]));
    }
    portal.deliver().await;
    assert_eq!(tokens(&portal, "ada@customer.example").len(), 1);
}

#[tokio::test]
async fn an_invitation_that_was_revoked_replaced_or_deleted_before_it_left_is_not_mailed() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    for (function, mails) in
        [("RevokeInvitation", 0), ("SendInvitation", 1), ("DeleteProfessional", 0)]
    {
        let email = format!("{}@customer.example", function.to_lowercase());
        let event = json!({
            "path": { "account": portal.customer }, "body": { "name": "Eve Early", "email": email },
        });
        let added = portal.operator("Invite", event).await;
        let path =
            json!({ "account": portal.customer, "professional": added["body"]["professional"] });
        assert!(
            portal.operator(function, json!({ "path": path })).await["status"].as_u64() < Some(300)
        );
        portal.deliver().await;
        assert_eq!(tokens(&portal, &email).len(), mails, "{function}");
    }
}

/// Writes a copy of the newest mail in the outbox, changed by `change`, as a new record of the
/// stream.
async fn put_poison(portal: &Portal, change: impl FnOnce(&mut Item)) -> String {
    let table = Table::of(portal).await;
    let (newest, ..) = *table.items("mail#", "mail").last().expect("a mail");
    let read = portal.dynamodb.get_item().table_name(&portal.table);
    let read = read.key("pk", AttributeValue::S(format!("mail#{newest}")));
    let read = read.key("sk", AttributeValue::S("mail".to_owned())).send().await.expect("read");
    let mut item = read.item.expect("an item");
    let id = "01JD0000000000000000000000";
    item.insert("pk".to_owned(), AttributeValue::S(format!("mail#{id}")));
    item.insert("id".to_owned(), AttributeValue::S(id.to_owned()));
    change(&mut item);
    let put = portal.dynamodb.put_item().table_name(&portal.table).set_item(Some(item));
    put.send().await.expect("written");
    id.to_owned()
}

#[tokio::test]
async fn a_mail_that_fails_for_a_reason_of_its_own_is_set_aside_and_tried_again() {
    let portal = Portal::start().await;
    invite(&portal, "before@customer.example").await;
    // An invitation to nobody.
    let id = put_poison(&portal, |item| {
        item.remove("recipient");
    })
    .await;
    invite(&portal, "after@customer.example").await;
    assert_eq!(deliver(&portal).await, 0, "it holds up nothing in the stream");
    for email in ["before@customer.example", "after@customer.example"] {
        assert_eq!(tokens(&portal, email).len(), 1, "{email}");
    }
    let state = async || {
        let item = Table::of(&portal).await.item(&format!("mail#{id}"), "mail").clone();
        (item["delivery"].clone(), item["held"]["reason"].clone())
    };
    assert_eq!(state().await, (json!("queued"), json!("failure")));
    let set_aside = || portal.stack().app.store.metrics.counted(Metric::SetAside);
    assert_eq!(set_aside(), 1);
    portal.clock.set("2026-11-22T12:20:00Z".parse().expect("a time"));
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    assert_eq!(set_aside(), 2, "it is tried again");
    assert_eq!(state().await, (json!("queued"), json!("failure")), "it is not lost");
}

#[tokio::test]
async fn a_mail_that_cannot_be_read_is_given_up_and_those_behind_it_leave_at_once() {
    let portal = Portal::start().await;
    invite(&portal, "before@customer.example").await;
    put_poison(&portal, |item| {
        item.insert("content".to_owned(), AttributeValue::S("nonsense".to_owned()));
    })
    .await;
    for number in 0..20 {
        invite(&portal, &format!("after{number}@customer.example")).await;
    }
    deliver(&portal).await;
    let mut rounds = 1;
    while deliver(&portal).await > 0 {
        rounds += 1;
        assert!(rounds < 100, "it is retried for ever");
    }
    let sent = (0..20)
        .filter(|number| !tokens(&portal, &format!("after{number}@customer.example")).is_empty());
    assert_eq!(sent.count(), 20);
    let letters = portal.stack().dead_letters().await;
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    assert_eq!(letter.queue, "MailDeadLetters");
}

/// A portal whose administrator wants to know once a day who has linked.
async fn with_daily_reader() -> Portal {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let daily = json!({ "mail_preferences": { "people_linked": "daily" } });
    let path = ada.path.clone();
    assert_eq!(ada.patch(&path, daily).await.status, 200);
    portal
}

/// Invites and links a person without delivering the notices.
async fn link_quietly(portal: &Portal, name: &str) {
    let email = format!("{}@customer.example", name.to_lowercase());
    portal.add(&portal.customer, name, &email).await;
    let mut browser = portal.sign_in(name, &email).await;
    let linked = browser.post("/api/links", json!({ "token": portal.token(&email) })).await;
    assert_eq!(linked.status, 200, "{linked}");
}

/// Returns the texts of the digests sent so far.
fn digests(portal: &Portal) -> Vec<String> {
    let messages = portal.mailbox.messages().into_iter();
    messages
        .filter(|message| message.tags["kind"] == "notices")
        .map(|message| message.text)
        .collect()
}

/// Gathers three notices, of which the second meets a failure at the call `index`, and asserts that
/// the digest names each once. Returns how many calls the delivery of that notice takes.
async fn gathered_under(failure: CallFailure, index: usize) -> usize {
    let portal = with_daily_reader().await;
    link_quietly(&portal, "Ann").await;
    portal.deliver().await;
    link_quietly(&portal, "Ben").await;
    portal.probe.reset();
    // For all attempts of the SDK.
    portal.probe.disturb(failure, index, 4);
    deliver(&portal).await;
    let calls = portal.probe.calls().len();
    portal.probe.reset();
    portal.deliver().await;
    link_quietly(&portal, "Cem").await;
    portal.deliver().await;
    portal.clock.set("2026-11-23T07:01:00Z".parse().expect("a time"));
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    let [digest] = &digests(&portal)[..] else { panic!("one digest after {failure:?} at {index}") };
    assert!(digest.contains("3 × a sign-in was linked"), "{failure:?} at {index}: {digest}");
    for name in ["Ann", "Ben", "Cem"] {
        let named = digest.matches(&format!("“{name}”")).count();
        assert_eq!(named, 1, "{name}, {failure:?} at {index}: {digest}");
    }
    calls
}

#[tokio::test]
async fn a_digest_names_each_notice_once_whichever_call_fails() {
    let mut index = 0;
    loop {
        let (broken, lost, conflict) = tokio::join!(
            Box::pin(gathered_under(CallFailure::Broken, index)),
            Box::pin(gathered_under(CallFailure::AnswerLost, index)),
            Box::pin(gathered_under(CallFailure::Conflict, index)),
        );
        index += 1;
        if index > broken.max(lost).max(conflict) {
            break;
        }
    }
    assert!(index > 5, "a notice is gathered in more calls");
}

/// Sends a digest with a failure at the call `index`, and asserts that it leaves and that a notice
/// which comes meanwhile goes into the next one.
async fn digest_sent_under(failure: CallFailure, index: usize) {
    let portal = with_daily_reader().await;
    link_quietly(&portal, "Ann").await;
    portal.deliver().await;
    portal.clock.set("2026-11-23T07:01:00Z".parse().expect("a time"));
    let release = json!({ "source": "aws.scheduler" });
    portal.probe.reset();
    portal.probe.disturb(failure, index, 4);
    let _failed = portal.invoke("DeliverMail", release.clone()).await;
    portal.probe.reset();
    link_quietly(&portal, "Ben").await;
    portal.deliver().await;
    portal.operator("DeliverMail", release.clone()).await;
    let digests_of = |name: &str| {
        digests(&portal).iter().filter(|digest| digest.contains(&format!("“{name}”"))).count()
    };
    assert!((1..=2).contains(&digests_of("Ann")), "{failure:?} at {index}: at least once");
    assert_eq!(digests_of("Ben"), 0, "{failure:?} at {index}");
    portal.clock.set("2026-11-24T07:01:00Z".parse().expect("a time"));
    portal.operator("DeliverMail", release).await;
    assert_eq!(digests_of("Ben"), 1, "{failure:?} at {index}");
}

#[tokio::test]
async fn a_digest_leaves_whichever_call_fails_and_later_notices_go_into_the_next() {
    for index in 0..12 {
        tokio::join!(
            Box::pin(digest_sent_under(CallFailure::Broken, index)),
            Box::pin(digest_sent_under(CallFailure::AnswerLost, index)),
            Box::pin(digest_sent_under(CallFailure::Conflict, index)),
        );
    }
}

#[tokio::test]
async fn a_notice_that_comes_while_a_digest_leaves_is_in_the_next() {
    let portal = with_daily_reader().await;
    link_quietly(&portal, "Ann").await;
    portal.deliver().await;
    portal.clock.set("2026-11-23T07:01:00Z".parse().expect("a time"));
    // The digest is closed, and the mail service refuses it.
    portal.ses.refuse(1, Refusal::UNAVAILABLE);
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    assert!(digests(&portal).is_empty());
    let table = Table::of(&portal).await;
    let mails = table.items("mail#", "mail");
    let open = mails.iter().filter(|(_, _, mail)| mail["content"]["is_closed"] == false).count();
    assert_eq!(open, 0, "it counts no more");
    // By a clock that is late, a notice still belongs to the closed one: it waits for the next.
    portal.clock.set("2026-11-23T06:59:00Z".parse().expect("a time"));
    link_quietly(&portal, "Ben").await;
    assert!(deliver(&portal).await > 0, "it is tried again later");
    portal.clock.set("2026-11-23T07:02:00Z".parse().expect("a time"));
    portal.deliver().await;
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    portal.clock.set("2026-11-24T07:01:00Z".parse().expect("a time"));
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    let sent = digests(&portal);
    let with =
        |name: &str| sent.iter().filter(|digest| digest.contains(&format!("“{name}”"))).count();
    assert_eq!((sent.len(), with("Ann"), with("Ben")), (2, 1, 1), "{sent:?}");
}
