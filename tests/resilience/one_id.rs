//! One id follows a person's request from the API to the mails that it causes.

use jiff::Timestamp;
use local::{Options, Report};
use portico::domain::OriginKeyHash;
use serde_json::{Value, json};
use tests::{Fixture, Log, Portal, Table};

/// Returns the id of the newest request that `function` answered.
fn newest(log: &Log, function: &str) -> Value {
    let answered = log.saying("answered");
    let newest = answered
        .iter()
        .rev()
        .find(|item| item["span"]["function"] == function)
        .unwrap_or_else(|| panic!("{function} in {}", log.text()));
    assert!(newest["span"]["request.id"].as_str().is_some_and(|text| text.len() > 5), "{newest}");
    newest.clone()
}

/// Lists the ids and kinds of the mails that `request` has caused.
fn mails(table: &Table, request: &Value) -> Vec<(String, String)> {
    let caused =
        table.items("mail#", "mail").into_iter().filter(|(_, _, item)| item["request"] == *request);
    caused
        .map(|(id, _, item)| {
            (id.to_owned(), item["content"]["kind"].as_str().expect("a kind").to_owned())
        })
        .collect()
}

/// Lists the mails that deliver-mail has logged for `request`.
fn done(log: &Log, request: &Value) -> Vec<(String, String)> {
    let done = log
        .saying("mail processed")
        .into_iter()
        .filter(|item| item["span"]["request.id"] == *request);
    let mut done: Vec<_> = done
        .map(|item| {
            [&item["span"]["mail.id"], &item["fields"]["mail.kind"]]
                .map(|value| value.as_str().expect("a text").to_owned())
        })
        .map(Into::into)
        .collect();
    done.sort();
    done
}

#[tokio::test]
async fn one_id_leads_from_a_request_to_its_mail() {
    let log = Log::keep();
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let account = format!("/api/accounts/{}", portal.customer);
    let invited = ada
        .post(
            &format!("{account}/professionals"),
            json!({ "name": "Bob Builder", "email": "bob@customer.example" }),
        )
        .await;
    assert_eq!(invited.status, 201, "{invited}");
    portal.deliver().await;

    let answered = newest(&log, "invite");
    let request = &answered["span"]["request.id"];
    assert_eq!(
        (&answered["span"]["account.id"], &answered["fields"]["response.status"]),
        (&json!(portal.customer), &json!(201))
    );
    assert!(
        answered["fields"]["duration_ms"].is_u64() && answered["fields"]["problem.kind"].is_null(),
        "{answered}"
    );
    let table = Table::of(&portal).await;
    let caused = mails(&table, request);
    assert_eq!(caused.iter().map(|(_, kind)| kind.as_str()).collect::<Vec<_>>(), ["invitation"]);
    assert_eq!(done(&log, request), caused);
    let activity = table.items(&format!("account#{}", portal.customer), "event#");
    let requests: Vec<_> = activity
        .iter()
        .filter(|(_, _, item)| item["request"] == *request)
        .map(|(_, _, activity)| activity["event"]["type"].as_str().expect("an act"))
        .collect();
    assert_eq!(requests, ["professional-added", "mail-sent"]);
    let shown = ada.get(&format!("{account}/activity")).await;
    assert!(shown.items().iter().all(|item| item.get("request").is_none()), "{shown}");

    let report = Report::Bounced.event(&portal.mail("bob@customer.example"));
    assert_eq!(portal.publish(vec![report]).await, 0);
    let recorded = log.saying("report recorded").pop().expect("a line");
    assert_eq!(
        (&recorded["span"]["request.id"], &recorded["span"]["mail.id"]),
        (request, &json!(caused[0].0))
    );
    let mut kinds: Vec<_> =
        mails(&Table::of(&portal).await, request).into_iter().map(|(_, kind)| kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["invitation", "invitation-bounced"], "the alert is part of it");
}

#[tokio::test]
async fn a_mail_caused_by_another_carries_the_id_of_the_first_request() {
    let log = Log::keep();
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let asked = ada.post("/api/links/requests", json!({ "email": "ada@customer.example" })).await;
    assert_eq!(asked.status, 202, "{asked}");
    portal.deliver().await;
    let request = newest(&log, "request-links")["span"]["request.id"].clone();
    let caused = mails(&Table::of(&portal).await, &request);
    let mut kinds: Vec<_> = caused.iter().map(|(_, kind)| kind.as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["my-link", "requested-links"]);
    assert_eq!(done(&log, &request), caused);

    let linked = newest(&log, "link-identity")["span"]["request.id"].clone();
    assert!(
        mails(&Table::of(&portal).await, &linked)
            .iter()
            .filter(|(_, kind)| kind == "linked")
            .count()
            >= 2,
        "the one for all and each one's"
    );
}

#[tokio::test]
async fn a_failed_request_is_logged_with_its_kind_of_problem_and_without_its_content() {
    let log = Log::keep();
    let key = "a key that CloudFront knows";
    let portal = Portal::start_with(Options {
        origin_keys: [OriginKeyHash::of(key.as_bytes())].into_iter().collect(),
        ..Options::default()
    })
    .await;
    let mut anybody = portal.browser();
    anybody.headers.extend([
        ("x-origin-key".to_owned(), key.to_owned()),
        ("cloudfront-viewer-address".to_owned(), "203.0.113.9:443".to_owned()),
    ]);
    anybody.get("/api/accounts/a-made-up-account?search=Lovelace").await;
    let answered = newest(&log, "show-account");
    assert_eq!(
        (&answered["fields"]["problem.kind"], &answered["span"]["account.id"]),
        (&json!("not-found"), &Value::Null),
        "{answered}"
    );
    anybody.get("/api/sign-in?provider=nobody").await;
    assert_eq!(newest(&log, "start-sign-in")["fields"]["problem.kind"], "sign-in-unknown");

    let begun = anybody.get("/api/sign-in?provider=test").await;
    let callback =
        portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example");
    anybody.get(&callback).await;
    let sessions = Table::of(&portal).await;
    assert_eq!(
        sessions.items("identity#", "session#")[0].2["source"],
        "203.0.113.9",
        "the key is believed"
    );
    for secret in [key, "203.0.113.9", "a-made-up-account", "Lovelace"] {
        let leaks: Vec<_> = log
            .text()
            .lines()
            .filter(|line| line.contains(secret) && !line.contains("DEBUG"))
            .map(str::to_owned)
            .collect();
        assert!(leaks.is_empty(), "{secret} is logged: {leaks:?}");
    }
    assert!(!log.text().contains(key), "the key is logged");
}

#[tokio::test]
async fn a_scheduled_call_has_an_id_too() {
    let log = Log::keep();
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    portal.stack().app.clock.set("2028-01-05T12:00:00Z".parse::<Timestamp>().expect("a time"));
    portal.operator("FlagLapsedPlans", json!({})).await;
    portal.deliver().await;
    let flagged = log.saying("due plans processed");
    let request = &flagged.last().expect("a line")["span"]["request.id"];
    let caused = mails(&Table::of(&portal).await, request);
    assert_eq!(caused.iter().filter(|(_, kind)| kind == "plan-lapsed").count(), 2, "{caused:?}");
    assert_eq!(done(&log, request), caused);
}
