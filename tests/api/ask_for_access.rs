//! Asking for access, without learning which accounts exist.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, Table, snapshot};

pub(crate) const PATH: &str = "/api/access-requests";

pub(crate) fn asked(organisation: &str, email: &str) -> Value {
    json!({
        "organisation": organisation, "name": "Nina New", "email": email,
        "message": "I work with Ada.",
    })
}

pub(crate) async fn ask(browser: &mut Browser, organisation: &str, email: &str) -> Answer {
    browser.post(PATH, asked(organisation, email)).await
}

/// Signs in a person without an account and asks for access.
pub(crate) async fn nina_asks(portal: &Portal, organisation: &str) -> Browser {
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    let answer = ask(&mut nina, organisation, "nina@customer.example").await;
    assert_eq!(answer.status, 202, "{answer}");
    portal.deliver().await;
    nina
}

/// Returns the state of the only request of this identity.
pub(crate) async fn state(browser: &mut Browser) -> String {
    let answer = browser.get(PATH).await;
    assert_eq!(answer.items().len(), 1, "{answer}");
    answer.items()[0]["state"].as_str().expect("a state").to_owned()
}

pub(crate) fn of(account: &str) -> String {
    format!("{PATH}?account={account}")
}

/// Lists the recipients of the mails about requests for access, newest first.
pub(crate) fn request_mails(portal: &Portal) -> Vec<String> {
    let sent = portal
        .mailbox
        .messages()
        .into_iter()
        .rev()
        .filter(|message| message.tags["kind"] == "access-requested");
    sent.map(|message| message.to.clone()).collect()
}

/// Returns the whole answer without the date and the ids that AWS adds to each answer.
fn whole(answer: Answer) -> (u16, BTreeMap<String, String>, String) {
    let mut headers = answer.headers;
    for name in ["apigw-requestid", "date", "via", "x-amz-cf-id"] {
        headers.remove(name);
    }
    (answer.status, headers, answer.body.to_string())
}

#[tokio::test]
async fn the_administrators_are_asked_and_the_asker_sees_only_that_it_is_open() {
    let fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "  example CUSTOMER ").await;
    assert_eq!(
        request_mails(&fixture.portal),
        ["ada@customer.example"],
        "who is no administrator is not asked"
    );
    let mail = fixture.portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Someone is asking for access to Example Customer");
    assert!(
        mail.text.contains("nina@customer.example") && !mail.text.contains("I work with Ada"),
        "{}",
        mail.text
    );
    let requests = nina.get(PATH).await;
    insta::assert_snapshot!(snapshot(&requests), @r#"
    200 application/json
    {
      "items": [
        {
          "asked_at": "[time]",
          "email": "nina@customer.example",
          "ended_at": null,
          "name": "Nina New",
          "organisation": "example CUSTOMER",
          "reason": null,
          "request": "[id 1]",
          "state": "open"
        }
      ],
      "next": null
    }
    "#);
}

#[tokio::test]
async fn the_answer_is_the_same_whether_or_not_there_is_such_an_organisation() {
    let fixture = Fixture::with_customer().await;
    let empty = fixture.portal.create_customer("Nobody There Yet").await;
    assert_ne!(empty, fixture.portal.customer);
    let mut asking = fixture.stranger().await;
    let expected = whole(ask(&mut asking, "Example Customer", "nina@customer.example").await);
    for (organisation, email) in [
        ("No Such Customer", "nina@customer.example"),
        ("Nobody There Yet", "nina@customer.example"),
        ("Helpful Partner", "ada@customer.example"),
    ] {
        assert_eq!(whole(ask(&mut asking, organisation, email).await), expected, "{organisation}");
    }
    assert_eq!(
        whole(ask(&mut asking, "Example Customer", "nina@customer.example").await),
        expected,
        "asked before"
    );
}

#[tokio::test]
async fn it_costs_the_portal_the_same_calls_whether_or_not_there_is_such_an_organisation() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.create_customer("Nobody There Yet").await;
    let (mut calls, mut sizes) = (Vec::new(), Vec::new());
    for (number, (organisation, email)) in [
        ("Example Customer", "ada@customer.example"),
        ("No Such Customer", "bob@customer.example"),
        ("Nobody There Yet", "nil@customer.example"),
        ("Example Vendor", "eve@customer.example"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut asking =
            fixture.portal.sign_in("Somebody", &format!("somebody{number}@stranger.example")).await;
        fixture.portal.probe.reset();
        assert_eq!(ask(&mut asking, organisation, email).await.status, 202);
        let mut made = fixture.portal.probe.calls();
        made.sort();
        calls.push(made);
        sizes.push(
            fixture
                .portal
                .probe
                .requests()
                .iter()
                .map(|request| request["TransactItems"].as_array().map_or(0, Vec::len))
                .sum::<usize>(),
        );
    }
    assert_eq!(calls[0], ["BatchGetItem", "Query", "TransactWriteItems"]);
    assert!(
        calls.iter().all(|call| *call == calls[0]) && sizes.iter().all(|size| *size == sizes[0]),
        "{calls:?} {sizes:?}"
    );
}

#[tokio::test]
async fn an_organisation_is_found_by_its_name_or_its_number() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let numbered = portal
        .create_account(json!({
            "name": "Numbered Ltd", "kind": "customer", "external_id": "C-4711", "plan": plan,
        }))
        .await;
    let twin = portal.create_customer("Twin Ltd").await;
    portal.create_customer("Twin Ltd").await;
    let (_, mut stella) =
        portal.linked(Portal::VENDOR, "Stella Staff", "stella@vendor.example").await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    for (number, organisation) in
        ["C-4711", "numbered ltd", "Twin Ltd", "Number", "Example Vendor"].into_iter().enumerate()
    {
        assert_eq!(
            ask(&mut nina, organisation, &format!("nina{number}@customer.example")).await.status,
            202
        );
    }
    portal.deliver().await;
    let meant = |answer: Answer| {
        answer
            .items()
            .iter()
            .map(|item| item["organisation"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(meant(stella.get(&of(&numbered)).await), ["numbered ltd", "C-4711"]);
    assert_eq!(
        meant(stella.get(&of(&twin)).await),
        ["Twin Ltd"],
        "the one that had the name first"
    );
    assert_eq!(meant(stella.get(&of(Portal::VENDOR)).await), ["Example Vendor", "Number"]);
}

#[tokio::test]
async fn without_an_administrator_who_can_decide_the_partner_is_asked_at_once_or_else_staff() {
    let fixture = Fixture::with_customer().await;
    fixture.link_staff().await;
    let empty = fixture.portal.create_customer("Nobody There Yet").await;
    nina_asks(&fixture.portal, "Nobody There Yet").await;
    assert_eq!(
        request_mails(&fixture.portal),
        ["stella@vendor.example"],
        "nobody of the partner is linked"
    );
    fixture.link_partner().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-30" });
    let late = json!({
        "name": "Late Ltd", "kind": "customer", "partner": fixture.portal.partner, "plan": plan,
    });
    let late = fixture.portal.create_account(late).await;
    fixture.portal.linked(&late, "Luke Late", "luke@late.example").await;
    fixture.portal.set_today("2026-12-01");
    let mut other = fixture.portal.sign_in("Otto", "otto@home.example").await;
    ask(&mut other, "Late Ltd", "otto@late.example").await;
    fixture.portal.deliver().await;
    assert_eq!(
        request_mails(&fixture.portal),
        ["stella@vendor.example", "pat@partner.example"],
        "a lapsed account's administrators cannot decide"
    );
    let mut stella = fixture.portal.sign_in("Stella Staff", "stella@vendor.example").await;
    assert_eq!(stella.get(&of(&empty)).await.items()[0]["stage"], "staff");
    assert_eq!(stella.get(&of(&late)).await.items()[0]["stage"], "partner");
}

#[tokio::test]
async fn a_partner_that_may_not_manage_people_is_passed_over() {
    let mut fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    fixture.link_staff().await;
    let grant = fixture
        .administrator
        .put(&format!("{}/grant", fixture.account), json!({ "grant": "view" }))
        .await;
    assert_eq!(grant.status, 200, "{grant}");
    nina_asks(&fixture.portal, "Example Customer").await;
    fixture.portal.set_today("2026-11-27");
    fixture.portal.operator("route-access-requests", json!({})).await;
    fixture.portal.deliver().await;
    assert!(
        !request_mails(&fixture.portal).contains(&"pat@partner.example".to_owned()),
        "{:?}",
        request_mails(&fixture.portal)
    );
}

#[tokio::test]
async fn an_identity_has_one_open_request_for_an_organisation_and_five_in_all() {
    let portal = Portal::start().await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    ask(&mut nina, "Example Customer", "nina@customer.example").await;
    let before = Table::of(&portal).await;
    assert_eq!(ask(&mut nina, "EXAMPLE  customer", "nina@other.example").await.status, 202);
    before.assert_unchanged(&portal).await;
    for number in 1..5 {
        assert_eq!(
            ask(
                &mut nina,
                &format!("Customer {number}"),
                &format!("nina{number}@customer.example")
            )
            .await
            .status,
            202
        );
    }
    let answer = ask(&mut nina, "Customer 6", "nina@customer.example").await;
    assert_eq!(
        (answer.status, answer.invalid_fields(), &answer.body["errors"][0]["code"]),
        (422, vec!["organisation"], &json!("open-requests"))
    );
    let first = nina.get(PATH).await.items()[4]["request"].as_str().unwrap().to_owned();
    assert_eq!(nina.delete(&format!("{PATH}/{first}")).await.status, 200);
    portal.clock.set("2026-11-22T13:00:01Z".parse().unwrap());
    assert_eq!(
        ask(&mut nina, "Customer 6", "nina@customer.example").await.status,
        202,
        "one made room"
    );
}

#[tokio::test]
async fn two_requests_at_once_for_one_organisation_make_one() {
    let portal = Portal::start().await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    let mut again = nina.clone();
    let (one, other) = tokio::join!(
        ask(&mut nina, "Example Customer", "nina@customer.example"),
        ask(&mut again, "Example Customer", "nina@customer.example")
    );
    assert_eq!((one.status, other.status), (202, 202));
    assert_eq!(nina.get(PATH).await.items().len(), 1);
}

#[tokio::test]
async fn an_identity_may_ask_five_times_an_hour() {
    let portal = Portal::start().await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    for number in 0..5 {
        assert_eq!(
            ask(&mut nina, "Example Customer", &format!("nina{number}@customer.example"))
                .await
                .status,
            202
        );
        let id = nina.get(PATH).await.items()[0]["request"].as_str().unwrap().to_owned();
        assert_eq!(nina.delete(&format!("{PATH}/{id}")).await.status, 200);
    }
    let answer = ask(&mut nina, "Example Customer", "nina@customer.example").await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"), "{answer}");
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_decider_gets_five_mails_an_hour_and_one_that_names_the_other_askers() {
    let fixture = Fixture::with_customer().await;
    for number in 0..24 {
        let email = format!("somebody{number}@home.example");
        let mut asking = fixture.portal.sign_in("Somebody", &email).await;
        assert_eq!(ask(&mut asking, "Example Customer", &email).await.status, 202);
    }
    fixture.portal.deliver().await;
    assert_eq!(request_mails(&fixture.portal).len(), 5);
    fixture.portal.clock.set("2026-11-22T13:00:01Z".parse().unwrap());
    fixture.portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    fixture.portal.deliver().await;
    let counted = fixture.portal.mail("ada@customer.example");
    assert_eq!(counted.subject, "19 more notices about Example Customer");
    assert!(counted.text.contains("19 × someone is asking for access"), "{}", counted.text);
    assert_eq!(counted.text.matches("“Nina New”").count(), 19, "{}", counted.text);
}

#[tokio::test]
async fn every_field_error_is_reported_and_links_and_hidden_characters_are_refused() {
    let portal = Portal::start().await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    let body = json!({
        "organisation": "http://evil.example", "name": "win at evil.example", "email": "nobody",
        "title": "", "phone": "none",
        "message": "see www.evil.example",
    });
    let answer = nina.post(PATH, body).await;
    assert_eq!(
        (answer.status, answer.invalid_fields()),
        (422, vec!["organisation", "name", "email", "title", "phone", "message"])
    );
    for message in ["see\u{202e}this", "visit evil.example now", &"x".repeat(501), "\u{7}"] {
        let mut body = asked("Example Customer", "nina@customer.example");
        body["message"] = message.into();
        assert_eq!(nina.post(PATH, body).await.invalid_fields(), ["message"], "{message}");
    }
    let mut lines = asked("Example Customer", "nina@customer.example");
    lines["message"] = "Two\r\nlines".into();
    assert_eq!(nina.post(PATH, lines).await.status, 202);
}

#[tokio::test]
async fn without_a_session_and_as_an_operator_there_is_no_identity_to_ask_with() {
    let portal = Portal::start().await;
    assert_eq!(
        ask(&mut portal.browser(), "Example Customer", "nina@customer.example").await.status,
        401
    );
    assert_eq!(
        portal
            .operator(
                "AskForAccess",
                json!({ "body": asked("Example Customer", "nina@customer.example") })
            )
            .await["status"],
        401
    );
    assert_eq!(portal.sent_mails().await, 0);
}
