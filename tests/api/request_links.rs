//! Asking for links: by the e-mail on record, or with a link that no longer works.

use std::collections::BTreeMap;

use local::Report;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, Table, activity_text, snapshot};

const PATH: &str = "/api/links/requests";

async fn by_email(browser: &mut Browser, email: &str) -> Answer {
    browser.post(PATH, json!({ "email": email })).await
}

async fn by_token(browser: &mut Browser, token: &str) -> Answer {
    browser.post(PATH, json!({ "token": token })).await
}

/// Returns the whole answer without the date and the ids that AWS adds to each answer.
fn whole(answer: Answer) -> (u16, BTreeMap<String, String>, String) {
    let mut headers = answer.headers;
    for name in ["apigw-requestid", "date", "via", "x-amz-cf-id"] {
        headers.remove(name);
    }
    (answer.status, headers, answer.body.to_string())
}

/// Invites Cleo, who does not react.
async fn with_cleo() -> (Fixture, String, String) {
    let fixture = Fixture::with_customer().await;
    let id = fixture.invited("Cleo", "cleo@customer.example").await;
    let token = fixture.portal.token("cleo@customer.example");
    (fixture, id, token)
}

#[tokio::test]
async fn one_mail_brings_the_link_of_each_profile_and_one_identity_takes_them_all() {
    let portal = Portal::start().await;
    let accounts = [
        portal.customer.clone(),
        portal.create_customer("Another Customer").await,
        portal.partner.clone(),
    ];
    for account in &accounts {
        portal.add(account, "Cleo", "cleo@customer.example").await;
    }
    let before = portal.sent_mails().await;
    let mut cleo = portal.sign_in("Cleo", "cleo@home.example").await;
    let answer = by_email(&mut cleo, " Cleo@Customer.Example ").await;
    insta::assert_snapshot!(snapshot(&answer), @r"
    202 application/json
    {}
    ");
    assert_eq!(portal.sent_mails().await, before + 1);
    let mail = portal.mail("cleo@customer.example");
    assert_eq!(mail.tags["kind"], "my-links");
    for account in ["Example Customer", "Another Customer", "Helpful Partner"] {
        assert!(mail.text.contains(&format!("“{account}”:")), "{}", mail.text);
    }
    for link in &mail.links {
        let (_, token) = link.split_once('#').expect("a token");
        assert_eq!(cleo.link(token).await.status, 200);
    }
    assert_eq!(cleo.get("/api/accounts").await.items().len(), 3);
}

#[tokio::test]
async fn a_mail_with_several_links_is_reported_in_each_account() {
    let mut fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let elsewhere = fixture.portal.add(&other, "Cleo", "cleo@customer.example").await;
    by_email(&mut fixture.stranger().await, "cleo@customer.example").await;
    fixture.portal.deliver().await;
    let report = Report::Bounced.event(&fixture.portal.mail("cleo@customer.example"));
    assert_eq!(fixture.portal.publish(vec![report]).await, 0);
    for (account, id) in [(&fixture.portal.customer, &cleo), (&other, &elsewhere)] {
        let event = json!({ "path": { "account": account, "professional": id } });
        let shown = fixture.portal.operator("ShowProfessional", event).await;
        assert_eq!(shown["body"]["state"], "bounced", "{shown}");
    }
    let newest = fixture.newest_activity().await;
    assert_eq!(newest["event"]["type"], "mail-bounced", "{newest}");
}

#[tokio::test]
async fn a_request_for_many_links_makes_one_mail_and_says_how_many_more_there_are() {
    let portal = Portal::start().await;
    for number in 0..30 {
        let account = portal.create_customer(&format!("Customer {number}")).await;
        let cleo =
            json!({ "name": "Cleo", "email": "cleo@home.example", "send_invitation": false });
        portal.add_with(&account, cleo).await;
    }
    let before = portal.sent_mails().await;
    let mut cleo = portal.sign_in("Cleo", "cleo@home.example").await;
    by_email(&mut cleo, "cleo@home.example").await;
    assert_eq!(portal.sent_mails().await, before + 1);
    let mail = portal.mail("cleo@home.example");
    assert_eq!(mail.links.len(), 25);
    assert!(mail.text.contains("You have 5 more."), "{}", mail.text);
    for link in &mail.links {
        let (_, token) = link.split_once('#').expect("a token");
        assert_eq!(cleo.link(token).await.status, 200);
    }
    by_email(&mut cleo, "cleo@home.example").await;
    portal.deliver().await;
    let named = |text: &str| -> Vec<String> {
        (0..30)
            .map(|number| format!("“Customer {number}”:"))
            .filter(|name| text.contains(name))
            .collect()
    };
    let (first, second) = (named(&mail.text), named(&portal.mail("cleo@home.example").text));
    assert_eq!((first.len(), second.len()), (25, 25));
    let missed = (0..30).map(|number| format!("“Customer {number}”:"));
    for name in missed.filter(|name| !first.contains(name)) {
        assert!(second.contains(&name), "who is not linked comes first: {name}");
    }
}

#[tokio::test]
async fn a_fresh_link_voids_the_older_one() {
    let (fixture, _, older) = with_cleo().await;
    let mut cleo = fixture.stranger().await;
    by_email(&mut cleo, "cleo@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(cleo.link(&older).await.problem(), "link-superseded");
    assert_eq!(cleo.link(&fixture.portal.token("cleo@customer.example")).await.status, 200);
}

#[tokio::test]
async fn it_is_in_the_activity_list_as_done_by_the_mailbox() {
    let (mut fixture, _, _) = with_cleo().await;
    by_email(&mut fixture.stranger().await, "cleo@customer.example").await;
    fixture.portal.deliver().await;
    let answer = fixture.administrator.get(&fixture.activity).await;
    assert_eq!(
        activity_text(&answer.items()[1]),
        "invitation-requested by Somebody who entered the address on record as mailbox on Cleo"
    );
}

#[tokio::test]
async fn the_answer_is_the_same_for_known_unknown_on_hold_revoked_and_limited_addresses() {
    let (mut fixture, cleo, token) = with_cleo().await;
    fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    fixture.invited("Dora", "dora@customer.example").await;
    fixture.portal.follow_invitation("dora@customer.example", "Dora", "dora@home.example").await;
    fixture
        .portal
        .browser()
        .post(
            "/api/links/disputes",
            json!({ "token": fixture.portal.token("dora@customer.example") }),
        )
        .await;
    let mut asking = fixture.stranger().await;
    let expected = whole(by_email(&mut asking, "bob@customer.example").await);
    for email in ["nobody@customer.example", "cleo@customer.example", "dora@customer.example"] {
        assert_eq!(whole(by_email(&mut asking, email).await), expected, "{email}");
    }
    for _ in 0..4 {
        assert_eq!(whole(by_email(&mut asking, "bob@customer.example").await), expected);
    }
    let unknown = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    for token in [
        token.as_str(),
        &token.replace(&cleo, unknown),
        &token.replace(&fixture.portal.customer, unknown),
    ] {
        assert_eq!(
            whole(by_token(&mut fixture.portal.browser(), token).await),
            expected,
            "{token}"
        );
    }
}

#[tokio::test]
async fn known_and_unknown_addresses_cost_the_portal_the_same_calls() {
    let (fixture, _, _) = with_cleo().await;
    let mut asking = fixture.stranger().await;
    let mut calls = Vec::new();
    for email in ["cleo@customer.example", "nobody@customer.example"] {
        fixture.portal.probe.reset();
        by_email(&mut asking, email).await;
        calls.push(fixture.portal.probe.calls());
    }
    assert_eq!(calls[0], calls[1]);
}

#[tokio::test]
async fn known_and_unknown_links_and_profiles_cost_the_portal_the_same_work() {
    let (fixture, cleo, token) = with_cleo().await;
    let (ids, _) = token.rsplit_once('.').unwrap();
    let wrong = format!("{ids}.{}", "s".repeat(43));
    let mut work = Vec::new();
    for token in [&token, &wrong, &wrong.replace(&cleo, "01ARZ3NDEKTSV4RRFFQ69G5FAV")] {
        fixture.portal.probe.reset();
        let answer = whole(by_token(&mut fixture.portal.browser(), token).await);
        let written = fixture.portal.probe.requests()[1]["TransactItems"].as_array().map(Vec::len);
        work.push((answer, fixture.portal.probe.calls(), written));
    }
    assert_eq!(work[0], work[1]);
    assert_eq!(work[0], work[2]);
    assert_eq!(work[0].1, ["BatchGetItem", "TransactWriteItems"]);
}

#[tokio::test]
async fn who_knows_the_ids_but_no_link_neither_voids_an_invitation_nor_uses_up_its_limit() {
    let (fixture, _, token) = with_cleo().await;
    let (ids, _) = token.rsplit_once('.').unwrap();
    let before = fixture.portal.sent_mails().await;
    for letter in ["s", "t", "u", "v", "w"] {
        let guess = format!("{ids}.{}", letter.repeat(43));
        let answer = by_token(&mut fixture.portal.browser(), &guess).await;
        assert_eq!(answer.status, 202, "{answer}");
    }
    assert_eq!(fixture.portal.sent_mails().await, before);
    let mut cleo = fixture.stranger().await;
    by_email(&mut cleo, "cleo@customer.example").await;
    assert_eq!(fixture.portal.sent_mails().await, before + 1, "the address has its whole limit");
    assert_eq!(cleo.link(&fixture.portal.token("cleo@customer.example")).await.status, 200);
}

#[tokio::test]
async fn a_link_that_was_used_expired_or_replaced_brings_another() {
    let (mut fixture, cleo, first) = with_cleo().await;
    let mut tokens = vec![first];
    for _ in 0..3 {
        fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await;
        fixture.portal.deliver().await;
        tokens.push(fixture.portal.token("cleo@customer.example"));
    }
    let used = tokens.last().expect("a token").clone();
    assert_eq!(fixture.stranger().await.link(&used).await.status, 200);
    for (hour, token) in tokens.iter().enumerate() {
        let before = fixture.portal.sent_mails().await;
        fixture.portal.set_today(&format!("2026-12-{:02}", 20 + hour));
        assert_eq!(by_token(&mut fixture.portal.browser(), token).await.status, 202);
        assert_eq!(fixture.portal.sent_mails().await, before + 1, "link {hour}");
    }
}

#[tokio::test]
async fn people_who_are_revoked_on_hold_or_ended_get_no_link() {
    let (mut fixture, cleo, _) = with_cleo().await;
    fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    fixture
        .portal
        .browser()
        .post(
            "/api/links/disputes",
            json!({ "token": fixture.portal.token("bob@customer.example") }),
        )
        .await;
    assert_eq!(fixture.profile(&fixture.member.id.clone()).await["state"], "on_hold");
    let ended =
        json!({ "name": "Emil", "email": "emil@customer.example", "ends_on": "2026-11-22" });
    fixture.portal.add_with(&fixture.portal.customer, ended).await;
    fixture.portal.set_today("2026-11-23");
    let before = fixture.portal.sent_mails().await;
    let mut asking = fixture.stranger().await;
    for name in ["cleo", "bob", "emil"] {
        assert_eq!(by_email(&mut asking, &format!("{name}@customer.example")).await.status, 202);
    }
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn uninvited_and_linked_people_get_a_link() {
    let fixture = Fixture::with_customer().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    fixture.portal.add_with(&fixture.portal.customer, cleo).await;
    let before = fixture.portal.sent_mails().await;
    let mut asking = fixture.stranger().await;
    by_email(&mut asking, "cleo@customer.example").await;
    by_email(&mut asking, "bob@customer.example").await;
    assert_eq!(fixture.portal.sent_mails().await, before + 2);
}

#[tokio::test]
async fn a_former_address_gets_no_link() {
    let (mut fixture, cleo, _) = with_cleo().await;
    fixture
        .administrator
        .patch(
            &fixture.person(&cleo),
            json!({ "email": "new@customer.example", "send_invitation": true }),
        )
        .await;
    let before = fixture.portal.sent_mails().await;
    let mut asking = fixture.stranger().await;
    by_email(&mut asking, "cleo@customer.example").await;
    assert_eq!(fixture.portal.sent_mails().await, before);
    by_email(&mut asking, "new@customer.example").await;
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
}

#[tokio::test]
async fn three_mails_an_hour_go_to_one_address_whatever_the_requester() {
    let (fixture, _, _) = with_cleo().await;
    let before = fixture.portal.sent_mails().await;
    for number in 0..5 {
        let mut asking =
            fixture.portal.sign_in("Somebody", &format!("somebody{number}@stranger.example")).await;
        assert_eq!(by_email(&mut asking, "cleo@customer.example").await.status, 202);
        fixture.portal.deliver().await;
    }
    assert_eq!(fixture.portal.sent_mails().await, before + 3);
    let token = fixture.portal.token("cleo@customer.example");
    assert_eq!(by_token(&mut fixture.portal.browser(), &token).await.status, 202);
    assert_eq!(
        fixture.portal.sent_mails().await,
        before + 3,
        "a token is another way to the same address"
    );
    by_email(&mut fixture.stranger().await, "bob@customer.example").await;
    assert_eq!(fixture.portal.sent_mails().await, before + 4, "another address is not limited");
    fixture.portal.clock.set("2026-11-22T13:00:01Z".parse().unwrap());
    by_email(&mut fixture.stranger().await, "cleo@customer.example").await;
    assert_eq!(
        fixture.portal.sent_mails().await,
        before + 5,
        "the next hour has a limit of its own"
    );
    for _ in 0..2 {
        fixture.portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
        assert_eq!(
            fixture.portal.sent_mails().await,
            before + 6,
            "the first over the limit has waited, and stands for the others"
        );
    }
}

#[tokio::test]
async fn an_identity_may_ask_ten_times_an_hour() {
    let portal = Portal::start().await;
    let mut asking = portal.sign_in("Sam Stranger", "sam@stranger.example").await;
    for number in 0..10 {
        assert_eq!(
            by_email(&mut asking, &format!("guess{number}@customer.example")).await.status,
            202
        );
    }
    let before = Table::of(&portal).await;
    let answer = by_email(&mut asking, "guess10@customer.example").await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"), "{answer}");
    let wait: u32 = answer.headers["retry-after"].parse().unwrap();
    assert!((3500..=3600).contains(&wait), "until the hour is over: {wait}");
    before.assert_unchanged(&portal).await;
    let mut again = portal.sign_in("Sam Stranger", "sam@stranger.example").await;
    assert_eq!(
        by_email(&mut again, "guess10@customer.example").await.status,
        429,
        "a new session is the same identity"
    );
    let mut other = portal.sign_in("Other", "other@stranger.example").await;
    assert_eq!(by_email(&mut other, "guess10@customer.example").await.status, 202);
    portal.clock.set("2026-11-22T13:00:01Z".parse().unwrap());
    assert_eq!(
        by_email(&mut asking, "guess10@customer.example").await.status,
        202,
        "the next hour has a limit of its own"
    );
}

#[tokio::test]
async fn a_source_may_ask_sixty_times_an_hour() {
    let (fixture, _, token) = with_cleo().await;
    for identity in 0..6 {
        let mut asking = fixture
            .portal
            .sign_in("Somebody", &format!("somebody{identity}@stranger.example"))
            .await;
        for number in 0..10 {
            assert_eq!(
                by_email(&mut asking, &format!("guess{identity}{number}@customer.example"))
                    .await
                    .status,
                202
            );
        }
    }
    let mut asking = fixture.stranger().await;
    for answer in [
        by_email(&mut asking, "bob@customer.example").await,
        by_token(&mut fixture.portal.browser(), &token).await,
    ] {
        assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"), "{answer}");
        assert!(answer.headers.contains_key("retry-after"));
    }
}

#[tokio::test]
async fn a_link_that_no_longer_works_brings_a_fresh_one_to_the_address_on_record() {
    let (mut fixture, cleo, token) = with_cleo().await;
    fixture
        .administrator
        .patch(
            &fixture.person(&cleo),
            json!({ "email": "new@customer.example", "send_invitation": true }),
        )
        .await;
    fixture.portal.deliver().await;
    fixture.portal.set_today("2026-12-22");
    let before = fixture.portal.sent_mails().await;
    assert_eq!(by_token(&mut fixture.portal.browser(), &token).await.status, 202);
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
    assert_eq!(
        fixture.stranger().await.link(&fixture.portal.token("new@customer.example")).await.status,
        200
    );
}

#[tokio::test]
async fn a_token_brings_the_link_of_its_own_profile_only() {
    let (fixture, _, token) = with_cleo().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    fixture.portal.add(&other, "Cleo", "cleo@customer.example").await;
    let before = fixture.portal.sent_mails().await;
    by_token(&mut fixture.portal.browser(), &token).await;
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
    assert!(fixture.portal.mail("cleo@customer.example").subject.ends_with("Example Customer"));
}

#[tokio::test]
async fn either_an_address_or_a_token_is_needed() {
    let fixture = Fixture::with_customer().await;
    let mut asking = fixture.stranger().await;
    let token = format!("{0}.{0}.{0}.{1}", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "s".repeat(43));
    for body in [
        json!({}),
        json!({ "email": null, "token": null }),
        json!({ "email": "bob@customer.example", "token": token }),
    ] {
        assert_eq!(asking.post(PATH, body).await.problem(), "malformed");
    }
}

#[tokio::test]
async fn an_operator_may_ask_with_a_token_and_has_no_identity_to_ask_with_an_address() {
    let (fixture, _, token) = with_cleo().await;
    let before = fixture.portal.sent_mails().await;
    let ask = async |body: Value| {
        fixture.portal.operator("RequestLinks", json!({ "body": body })).await["status"].clone()
    };
    assert_eq!(ask(json!({ "token": token })).await, 202);
    assert_eq!(ask(json!({ "email": "cleo@customer.example" })).await, 401);
    assert_eq!(fixture.portal.sent_mails().await, before + 1);
}

#[tokio::test]
async fn the_link_goes_to_the_address_on_record_and_not_to_the_requester() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Cleo", "cleo@customer.example").await;
    let mut asking: Browser = portal.sign_in("Sam Stranger", "sam@stranger.example").await;
    by_email(&mut asking, "cleo@customer.example").await;
    portal.deliver().await;
    assert!(portal.mailbox.newest_to("sam@stranger.example").is_none());
    assert_eq!(Portal::mail(&portal, "cleo@customer.example").tags["kind"], "my-link");
}
