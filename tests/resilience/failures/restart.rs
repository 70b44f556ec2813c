//! The process ends at the worst moment and starts again on its stored data.

use local::{Options, Stack};
use serde_json::json;
use tests::{CallFailure, Portal, Probe, link_token};

use crate::{folder::Folder, rules};

/// Ends a portal with its work unfinished and starts it again on the same folder.
async fn restart(portal: Portal, folder: &Folder) -> Portal {
    let Portal { stack, provider, partner, customer, .. } = portal;
    stack.expect("in this process").stop().await;
    let probe = Probe::default();
    let options = Options {
        data: Some(folder.path().to_owned()),
        providers: vec![provider.configuration("test", "Test sign-in")],
        wrap: Some(probe.wrap()),
        today: Some("2026-11-22".parse().expect("a date")),
        ..Options::default()
    };
    let stack = Stack::start(options).await.expect("the stack starts");
    Portal { partner, customer, ..Portal::around(stack, provider, probe) }
}

async fn invite(portal: &Portal) {
    let event = json!({
        "path": { "account": portal.customer },
        "body": { "name": "Ada Lovelace", "email": "ada@customer.example" },
    });
    assert_eq!(portal.operator("Invite", event).await["status"], 201);
}

#[tokio::test]
async fn a_mail_queued_just_before_the_process_ended_is_sent_after_the_start() {
    let folder = Folder::make("before-mail");
    let portal = folder.start().await;
    invite(&portal).await;
    assert!(portal.mailbox.messages().is_empty());
    let portal = restart(portal, &folder).await;
    portal.deliver().await;
    assert_eq!(portal.mailbox.messages().len(), 1);
    portal.follow_invitation("ada@customer.example", "Ada Lovelace", "ada@home.example").await;
    rules::hold_when_delivered(&portal).await;
}

#[tokio::test]
async fn a_mail_sent_just_before_the_process_ended_is_sent_again_and_the_second_link_is_valid() {
    let folder = Folder::make("before-note");
    let portal = folder.start().await;
    invite(&portal).await;
    portal.probe.reset();
    // The result of sending can no longer be recorded.
    portal.probe.disturb(CallFailure::Broken, 3, usize::MAX);
    assert_eq!(portal.stack().deliver().await.expect("the stream is read"), 1);
    let first = portal.token("ada@customer.example");
    let portal = restart(portal, &folder).await;
    portal.deliver().await;
    let tokens: Vec<_> = portal.mailbox.messages().iter().map(link_token).collect();
    assert_eq!((tokens.len(), &tokens[1]), (2, &first));
    let answer = portal.browser().post("/api/invitations/preview", json!({ "token": first })).await;
    assert_eq!(answer.problem(), "link-superseded", "{answer}");
    portal.follow_invitation("ada@customer.example", "Ada Lovelace", "ada@home.example").await;
    rules::hold(&portal).await;
}

#[tokio::test]
async fn nothing_is_mailed_again_after_a_start() {
    let folder = Folder::make("after-mail");
    let portal = folder.start().await;
    portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let mails = portal.mailbox.messages();
    let table = rules::hold_when_delivered(&portal).await;
    let portal = restart(portal, &folder).await;
    portal.deliver().await;
    assert_eq!(portal.mailbox.messages(), mails);
    assert!(rules::hold_when_delivered(&portal).await == table, "a start changes nothing");
}
