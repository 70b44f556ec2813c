//! Reading changes nothing: mail scanners follow every link before the recipient does.
//!
//! Only starting a sign-in and the provider's callback are GETs that change something: they lead
//! through the provider's pages, and no mail links to them.

use std::collections::BTreeSet;

use http::Method;
use serde_json::{Value, json};
use tests::{Fixture, Table};

const TEMPLATE: &str = include_str!("../../../infra/template.yaml");

/// Lists the paths of all routes, of any method.
fn paths() -> BTreeSet<&'static str> {
    TEMPLATE.split("Path: \"").skip(1).filter_map(|text| text.split('"').next()).collect()
}

#[tokio::test]
async fn get_and_head_change_nothing_on_any_path() {
    let Fixture { portal, administrator: ada, member: bob, staff: stella, .. } =
        Fixture::builder().customer().staff().build().await;
    portal.add(&portal.customer, "Eve Early", "eve@customer.example").await;
    let token = portal.token("eve@customer.example");
    let (table, mails) = (Table::of(&portal).await, portal.mailbox.messages());
    let paths = paths();
    assert!(paths.len() >= 14, "{paths:?}");
    for path in paths.into_iter().filter(|path| *path != "/api/sign-in/callback/{provider}") {
        let path = path.replace("{account}", &portal.customer).replace("{professional}", &bob.id);
        for mut browser in [ada.browser.clone(), stella.browser.clone()] {
            for method in [Method::GET, Method::HEAD] {
                for query in
                    ["", &format!("?token={token}"), "?hand_over_to=1&email=eve@customer.example"]
                {
                    let answer =
                        browser.send(method.clone(), &format!("{path}{query}"), None).await;
                    assert!(answer.status < 500, "{method} {path}{query}: {answer}");
                }
            }
        }
    }
    assert!(Table::of(&portal).await == table, "the table has changed");
    assert_eq!(portal.mailbox.messages(), mails);
}

#[tokio::test]
async fn a_scanner_that_follows_every_link_of_every_mail_uses_none_up() {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    portal.add(&portal.customer, "Eve Early", "eve@customer.example").await;
    let (table, mails) = (Table::of(&portal).await, portal.mailbox.messages());
    let mut scanner = portal.browser();
    for link in mails.iter().flat_map(|message| &message.links) {
        // As mailed, and as a careless scanner requests it, with the fragment in the path or in the
        // query.
        for link in [link.clone(), link.replace('#', ""), link.replace('#', "?")] {
            for method in [Method::GET, Method::HEAD] {
                let answer = scanner.send(method, &link, None).await;
                assert!(answer.status < 500, "{link}: {answer}");
            }
        }
    }
    // Previewing a link changes nothing either.
    for _ in 0..3 {
        let previewed = scanner
            .post(
                "/api/invitations/preview",
                json!({ "token": portal.token("eve@customer.example") }),
            )
            .await;
        assert_eq!(previewed.status, 200, "{previewed}");
    }
    assert!(Table::of(&portal).await == table, "the table has changed");
    assert_eq!(portal.mailbox.messages(), mails);

    let notice = portal.token("ada@customer.example");
    portal.follow_invitation("eve@customer.example", "Eve Early", "eve@home.example").await;
    let disputed = scanner.post("/api/links/disputes", json!({ "token": notice })).await;
    assert_eq!(disputed.status, 200, "{disputed}");
}

#[tokio::test]
async fn direct_reads_by_an_operator_change_nothing() {
    let Fixture { portal, member: bob, .. } = Fixture::builder().customer().build().await;
    let (table, mails) = (Table::of(&portal).await, portal.mailbox.messages());
    let path = json!({ "account": portal.customer, "professional": bob.id });
    for function in [
        "show-account",
        "show-professional",
        "list-professionals",
        "export-professionals",
        "list-activity",
        "show-session",
    ] {
        let answer = portal.operator(function, json!({ "path": path, "body": Value::Null })).await;
        assert_eq!(answer["status"], 200, "{function}: {answer}");
    }
    assert!(Table::of(&portal).await == table, "the table has changed");
    assert_eq!(portal.mailbox.messages(), mails);
}
