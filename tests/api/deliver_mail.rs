//! Delivering mail: the text, the one link and the headers of each mail, and no secret in the
//! table.

pub(crate) mod digests;
pub(crate) mod held;
mod languages;

use local::{Message, Refusal};
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

/// Returns the text without its last paragraph, the link to the choice of e-mails, if it has one.
/// `the_headers_are_where_notices_can_be_turned_off_and_nowhere_else` looks at it in every mail.
pub(crate) fn without_choice(text: &str) -> String {
    let choice = ["\nChoose which e-mails you get:", "\nE-Mails auswählen, die Sie erhalten:"];
    let end = choice.iter().find_map(|choice| text.find(choice)).unwrap_or(text.len());
    text[..end].to_owned()
}

/// Formats a mail as its reader sees it, without the values that differ from run to run.
pub(crate) fn readable(portal: &Portal, mail: &Message) -> String {
    let mut text = without_choice(&mail.text);
    if let Some((_, token)) = mail.links[0].split_once('#') {
        text = text.replace(token, "[token]");
    }
    // Non-breaking spaces look like ordinary ones.
    let text = text
        .replace(&portal.url, "[site]")
        .replace(&portal.customer, "[account]")
        .replace('\u{a0}', " ");
    format!(
        "From: {}\nTo: {}\nReply-To: {}\nSubject: {}\n\n{text}",
        mail.from, mail.to, mail.reply_to, mail.subject
    )
}

/// Asserts that text and HTML hold the same link, and no other but the one to the choice of e-mails
/// at the end of those that can be chosen.
pub(crate) fn assert_one_link(mail: &Message) {
    let (preferences, links): (Vec<_>, Vec<_>) =
        mail.links.iter().partition(|link| link.ends_with("#e-mails"));
    assert_eq!(links.len(), 1, "{}", mail.text);
    assert!(preferences.is_empty() || mail.links.last() == preferences.last().copied());
    assert_eq!(mail.text.matches("://").count(), mail.links.len(), "{}", mail.text);
    assert_eq!(mail.html.matches("://").count(), mail.links.len(), "{}", mail.html);
    assert!(
        mail.html.contains(&format!("href=\"{}\"", mail.links[0].replace('&', "&#38;"))),
        "{}",
        mail.html
    );
    assert!(!mail.html.contains("<img") && !mail.html.contains("<script"), "{}", mail.html);
}

#[tokio::test]
async fn an_invitation_explains_linking_and_replies_go_to_the_inviter() {
    let mut fixture = Fixture::with_customer().await;
    fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("cleo@customer.example");
    assert_one_link(&mail);
    insta::assert_snapshot!(readable(&fixture.portal, &mail), @r#"
    From: Portico <portal@vendor.example>
    To: cleo@customer.example
    Reply-To: ada@customer.example
    Subject: Ada Lovelace has invited you to the Example Vendor customer portal for Example Customer

    Hello Cleo,

    “Ada Lovelace” has invited you to the Example Vendor customer portal for
    “Example Customer”.

    To accept, use a sign-in you already have (your Microsoft, Google …
    account). You don’t need a new password.

    [site]/link/#[token]

    1. Open the link.
    2. Sign in. If you have several sign-ins, choose the one you want to use
       for “Example Customer”. Please don’t create a new one if you already
       have one.
    3. Press "Accept invitation".

    The link works once, until 29 November 2026, 12:00 UTC. Please don’t
    forward this e-mail: whoever uses the link first gets your access.

    If you weren’t expecting this, you can ignore it. To ask “Ada
    Lovelace”, reply to this e-mail.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn replies_to_an_operators_invitation_go_to_the_vendor() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let mail = portal.mail("ada@customer.example");
    assert_eq!(
        (mail.reply_to.as_str(), mail.subject.as_str()),
        ("", "Example Vendor has invited you to its customer portal for Example Customer")
    );
}

#[tokio::test]
async fn a_requested_link_says_so() {
    let mut fixture = Fixture::with_customer().await;
    fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("bob@customer.example");
    assert_one_link(&mail);
    insta::assert_snapshot!(readable(&fixture.portal, &mail), @r#"
    From: Portico <portal@vendor.example>
    To: bob@customer.example
    Reply-To: 
    Subject: Your link to the Example Vendor customer portal for Example Customer

    Hello Bob Builder,

    Someone, probably you, asked for a link to your profile for “Example
    Customer” in the Example Vendor customer portal.

    [site]/link/#[token]

    1. Open the link.
    2. Use the sign-in you want for “Example Customer” (your Microsoft,
       Google … account). If you have several, choose the right one; please
       don’t create a new one if you already have one. If you are switching,
       your old sign-in keeps working until you have finished.
    3. Press "Accept invitation".

    The link works once, until 29 November 2026, 12:00 UTC. It replaces all
    older links to this profile. Please don’t forward this e-mail: whoever
    uses the link first gets your access.

    If this wasn’t you, you can ignore it: nothing changes unless someone
    uses this link.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn a_link_notice_says_to_the_mailbox_how_to_end_the_link() {
    let fixture = Fixture::with_customer().await;
    let mail = fixture.portal.mail("bob@customer.example");
    assert_one_link(&mail);
    insta::assert_snapshot!(readable(&fixture.portal, &mail), @r#"
    From: Portico <portal@vendor.example>
    To: bob@customer.example
    Reply-To: 
    Subject: A sign-in was linked to your profile for Example Customer

    Hello Bob Builder,

    Your profile for “Example Customer” in the Example Vendor customer
    portal was linked to this sign-in on 22 November 2026, 12:00 UTC:

      “Bob Builder” (bob@customer.example, Test sign-in)

    From now on, this sign-in opens the portal for “Example Customer”.

    If this was not you, open this page and press "This was not me":

    [site]/not-me/#[token]

    We then remove the sign-in straight away and put the profile on hold until
    an administrator sends a new invitation. You can do this for 30 days.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn a_link_notice_says_to_the_administrator_whose_link_this_is() {
    let fixture = Fixture::with_customer().await;
    let mail = fixture.portal.mail("ada@customer.example");
    assert_one_link(&mail);
    insta::assert_snapshot!(readable(&fixture.portal, &mail), @r#"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: A sign-in was linked to the profile of Bob Builder for Example Customer

    Hello Ada Lovelace,

    The profile of “Bob Builder” for “Example Customer” in the Example
    Vendor customer portal was linked to this sign-in on 22 November 2026,
    12:00 UTC:

      “Bob Builder” (bob@customer.example, Test sign-in)

    From now on, this sign-in opens the portal for “Example Customer”.

    If this should not have happened, open this page and press "This was not
    me":

    [site]/not-me/#[token]

    We then remove the sign-in straight away and put the profile on hold until
    an administrator sends a new invitation. You can do this for 30 days.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn the_notice_to_a_replaced_identity_names_the_new_one() {
    let mut fixture = Fixture::with_customer().await;
    fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    fixture.portal.deliver().await;
    fixture
        .portal
        .follow_invitation("bob@customer.example", "Bob at home", "bob@home.example")
        .await;
    let all = fixture.portal.mailbox.messages();
    let mail = all.iter().find(|message| message.tags["kind"] == "identity-switched").unwrap();
    assert_one_link(mail);
    insta::assert_snapshot!(readable(&fixture.portal, mail), @r#"
    From: Portico <portal@vendor.example>
    To: bob@customer.example
    Reply-To: 
    Subject: Your profile for Example Customer now uses a different sign-in

    Hello Bob Builder,

    The sign-in with this e-mail address no longer opens the Example Vendor
    customer portal for “Example Customer”. On 22 November 2026, 12:00 UTC,
    the profile of “Bob Builder” was switched to this sign-in:

      “Bob at home” (bob@home.example, Test sign-in)

    If you switched it yourself, there is nothing to do.

    If this wasn’t you, tell an administrator of “Example Customer”
    straight away, or use "This was not me" in the notice we sent to the
    e-mail address on record.

    The portal: [site]/

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn a_lapsed_plan_is_explained_with_who_to_ask() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let direct = portal
        .create_account(json!({ "name": "Direct Customer", "kind": "customer", "plan": plan }))
        .await;
    portal.add(&direct, "Dora", "dora@direct.example").await;
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    portal.set_today("2028-01-01");
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.deliver().await;
    let mail = portal.mail("ada@customer.example");
    assert_one_link(&mail);
    insta::assert_snapshot!(readable(&portal, &mail), @r"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: Plan has expired: Example Customer

    Hello Ada Lovelace,

    The service plan “Support” of “Example Customer” has expired. Since 1
    January 2028, people at “Example Customer” have had no access to the
    Example Vendor customer portal. Administrators can still see the plan and
    the list of people.

    To renew it, contact your partner “Helpful Partner”,
    help@partner.example, +49 30 1234. As soon as it is renewed, everyone has
    access again and no new invitations are needed.

    Plan and licences:
    [site]/account/?account=[account]
    ");
    let mail = portal.mail("dora@direct.example");
    assert_one_link(&mail);
    assert!(
        mail.text.contains("To renew it, e-mail us at access@vendor.example."),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn the_message_is_plain_text_and_html_with_the_headers_of_automatic_mail() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Søren Ærø", "soren@customer.example").await;
    let mail = portal.mail("soren@customer.example");
    let source = String::from_utf8(portal.mailbox.source(&mail.id).unwrap().unwrap()).unwrap();
    assert!(source.is_ascii());
    for line in [
        "From: Portico <portal@vendor.example>\r\n",
        "To: soren@customer.example\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "multipart/alternative",
        "text/plain; charset=\"utf-8\"",
        "text/html; charset=\"utf-8\"",
    ] {
        assert!(source.contains(line), "{line} in {source}");
    }
    assert!(mail.text.starts_with("Hello Søren Ærø,"), "{}", mail.text);
    assert_eq!(mail.tags["kind"], "invitation");
    assert_eq!(mail.tags["mail"].len(), 26);
}

#[tokio::test]
async fn markup_in_values_stays_text() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let account = portal
        .create_account(
            json!({ "name": "Tom & \"Jerry\" {{ it }}", "kind": "customer", "plan": plan }),
        )
        .await;
    portal.add(&account, "O'Neill & Sons {{ it }}", "oneill@customer.example").await;
    let mail = portal.mail("oneill@customer.example");
    assert!(mail.text.starts_with("Hello O'Neill & Sons {{ it }},"), "{}", mail.text);
    assert!(
        mail.html.contains("Sons {{ it }}</bdi>")
            && !mail.html.contains("O'Neill & Sons")
            && !mail.html.contains("Tom & "),
        "{}",
        mail.html
    );
}

#[tokio::test]
async fn a_providers_claim_carries_no_link_into_a_notice() {
    let fixture = Fixture::with_customer().await;
    for (index, name) in [
        "Win at https://evil.example",
        "<a href=//evil.example>x</a>",
        "evil.example",
        "Cleo\r\nBcc: all@customer.example",
    ]
    .iter()
    .enumerate()
    {
        let email = format!("cleo{index}@customer.example");
        fixture.portal.add(&fixture.portal.customer, "Cleo", &email).await;
        fixture.portal.follow_invitation(&email, name, &format!("{index}@home.example")).await;
        let mail = fixture.portal.mail(&email);
        assert_eq!(mail.tags["kind"], "linked");
        assert_one_link(&mail);
        assert!(
            !mail.text.contains("evil.example")
                && !mail.html.contains("evil.example")
                && !mail.text.contains("\r\nBcc"),
            "{}",
            mail.text
        );
    }
}

#[tokio::test]
async fn an_identity_whose_e_mail_is_no_address_gets_no_notice_and_nothing_fails() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.add(&fixture.portal.customer, "Cleo", "cleo@customer.example").await;
    let mut cleo = fixture
        .portal
        .follow_invitation("cleo@customer.example", "Cleo", "no address at all")
        .await;
    assert_eq!(cleo.get(&fixture.account).await.status, 200);
    let asked = cleo.post("/api/links/requests", json!({ "email": "cleo@customer.example" })).await;
    assert_eq!(asked.status, 202, "{asked}");
    fixture.portal.deliver().await;
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    assert!(
        fixture
            .portal
            .mailbox
            .messages()
            .iter()
            .all(|message| message.tags["kind"] != "identity-switched")
    );
}

#[tokio::test]
async fn no_secret_of_a_mail_is_in_the_table() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.add(&fixture.portal.customer, "Cleo", "cleo@customer.example").await;
    let all = format!("{:?}", Table::of(&fixture.portal).await);
    let secrets: Vec<_> = fixture
        .portal
        .mailbox
        .messages()
        .iter()
        .map(|message| tests::link_token(message).rsplit_once('.').unwrap().1.to_owned())
        .collect();
    assert!(secrets.len() >= 5);
    for secret in secrets {
        assert!(!all.contains(&secret), "a secret is in the table");
    }
}

#[tokio::test]
async fn a_mail_that_the_stream_repeats_is_not_sent_again() {
    let fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    let snapshot = Table::of(&fixture.portal).await;
    let records: Vec<_> = snapshot
        .keys()
        .filter(|(pk, _)| pk.starts_with("mail#"))
        .map(|(pk, sk)| json!({
            "dynamodb": { "Keys": { "pk": { "S": pk }, "sk": { "S": sk } }, "SequenceNumber": "1" },
        }))
        .collect();
    assert!(records.len() > 4);
    let answer = fixture.portal.operator("deliver-mail", json!({ "Records": records })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert_eq!(fixture.portal.sent_mails().await, before);
    snapshot.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_shows_as_failed() {
    let mut fixture = Fixture::with_customer().await;
    let added = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().unwrap().to_owned();
    fixture.portal.ses.refuse(1, Refusal::MESSAGE_REJECTED);
    fixture.portal.deliver().await;
    assert_eq!(fixture.profile(&cleo).await["state"], "failed");
    let newest = fixture.newest_activity().await;
    assert_eq!(
        (&newest["event"]["type"], &newest["event"]["mail"], &newest["actor"]["as"]),
        (&json!("mail-failed"), &json!("invitation"), &json!("schedule"))
    );
    let again = fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await;
    assert_eq!(again.body["state"], "queued");
    fixture.portal.deliver().await;
    assert_eq!(fixture.profile(&cleo).await["state"], "sent");
}
