//! The daily schedule that flags lapsed plans.

use local::Options;
use serde_json::{Value, json};
use tests::Portal;

use crate::office::{assert_unchanged, event, mails, shown_value, start, table};

async fn run(portal: &Portal) -> Value {
    portal.operator("flag-lapsed-plans", json!({})).await
}

/// Adds an administrator and another billing contact to the portal's customer.
async fn with_people(portal: &Portal) {
    let ada = portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let bob = portal.add(&portal.customer, "Bob Builder", "bob@customer.example").await;
    portal.add(&portal.customer, "Cleo", "cleo@customer.example").await;
    let roles = json!({ "administrators": [ada], "billing_contact": bob, "shipping_contact": ada });
    assert_eq!(portal.operator("AssignRoles", event(&portal.customer, None, roles)).await["status"], 200);
}

async fn lapses(portal: &Portal, account: &str) -> usize {
    let answer = portal.operator("ListActivity", event(account, None, Value::Null)).await;
    answer["body"]["items"].as_array().expect("a list").iter().filter(|it| it["act"] == "plan-lapsed").count()
}

#[tokio::test]
async fn a_plan_is_flagged_on_the_first_day_without_access_and_not_before() {
    let portal = start().await;
    with_people(&portal).await;
    let before = mails(&portal).await;
    portal.set_today("2027-12-31");
    assert_eq!(run(&portal).await, json!({ "flagged": 0, "through": "2027-12-31" }));
    assert_eq!(mails(&portal).await, before);
    portal.set_today("2028-01-01");
    assert_eq!(run(&portal).await, json!({ "flagged": 1, "through": "2028-01-01" }));
    assert_eq!(mails(&portal).await, before + 2);
    let answer = portal.operator("ListActivity", event(&portal.customer, None, Value::Null)).await;
    let lapsed = answer["body"]["items"].as_array().unwrap().iter().find(|it| it["act"] == "plan-lapsed").unwrap();
    insta::assert_snapshot!(shown_value(lapsed), @r#"
    {
      "act": "plan-lapsed",
      "actor": {
        "as": "schedule",
        "home": null,
        "name": "The daily schedule"
      },
      "at": "[time]",
      "facts": {
        "plan": "Support",
        "since": "2028-01-01"
      },
      "id": "[id 1]",
      "source": null,
      "target": null
    }
    "#);
}

#[tokio::test]
async fn administrators_and_billing_contact_are_told_once() {
    let portal = start().await;
    with_people(&portal).await;
    let before = mails(&portal).await;
    portal.set_today("2028-01-01");
    run(&portal).await;
    assert_eq!(mails(&portal).await, before + 2);
    let mut told: Vec<_> = portal.mailbox.messages()[..2].iter().map(|it| (it.to.clone(), it.subject.clone())).collect();
    told.sort_unstable();
    let subject = "The service plan of Example Customer has lapsed".to_owned();
    assert_eq!(told, [("ada@customer.example".to_owned(), subject.clone()), ("bob@customer.example".to_owned(), subject)]);
    for _ in 0..2 {
        assert_eq!(run(&portal).await["flagged"], 0);
    }
    portal.set_today("2028-01-05");
    assert_eq!(run(&portal).await["flagged"], 0);
    assert_eq!(mails(&portal).await, before + 2);
    assert_eq!(lapses(&portal, &portal.customer).await, 1);
}

#[tokio::test]
async fn a_run_that_is_repeated_changes_nothing() {
    let portal = start().await;
    portal.set_today("2028-01-01");
    run(&portal).await;
    let before = table(&portal).await;
    run(&portal).await;
    assert_unchanged(&portal, &before).await;
}

#[tokio::test]
async fn a_schedule_that_was_down_for_days_makes_up_for_it() {
    let portal = start().await;
    let plan = |ends_on: &str| json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": ends_on });
    let mut accounts = Vec::new();
    for ends_on in ["2026-11-22", "2026-11-23", "2026-11-28", "2026-12-30"] {
        accounts.push(portal.create_account(json!({ "name": format!("Until {ends_on}"), "kind": "customer", "plan": plan(ends_on) })).await);
    }
    run(&portal).await;
    portal.set_today("2026-12-20");
    assert_eq!(run(&portal).await, json!({ "flagged": 3, "through": "2026-12-20" }));
    let answer = portal.operator("ListActivity", event(&accounts[1], None, Value::Null)).await;
    assert_eq!(answer["body"]["items"][0]["facts"], json!({ "plan": "Support", "since": "2026-11-24" }), "since when, not when it was noticed");
    assert_eq!(lapses(&portal, &accounts[3]).await, 0);
}

#[tokio::test]
async fn an_account_created_with_a_plan_long_over_is_flagged_too() {
    let portal = start().await;
    let plan = json!({ "name": "Support", "starts_on": "2020-01-01", "ends_on": "2020-12-31" });
    let account = portal.create_account(json!({ "name": "Long Gone", "kind": "customer", "plan": plan })).await;
    assert_eq!(run(&portal).await["flagged"], 1);
    let answer = portal.operator("ListActivity", event(&account, None, Value::Null)).await;
    assert_eq!(answer["body"]["items"][0]["facts"]["since"], "2021-01-01");
}

#[tokio::test]
async fn days_of_grace_put_it_off() {
    let portal = Portal::start_with(Options { grace_days: 10, ..Options::default() }).await;
    with_people(&portal).await;
    portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    let state = async || portal.operator("ShowAccount", event(&portal.customer, None, Value::Null)).await["body"]["plan"]["state"].clone();
    portal.set_today("2028-01-10");
    assert_eq!((state().await, run(&portal).await["flagged"].clone()), (json!("grace"), json!(0)));
    let account = crate::office::account(&portal.customer);
    assert_eq!(portal.sign_in("Cleo", "cleo@home.example").await.get(&account).await.status, 200, "grace is access");
    portal.set_today("2028-01-11");
    assert_eq!((state().await, run(&portal).await["flagged"].clone()), (json!("lapsed"), json!(1)));
    let answer = portal.operator("ListActivity", event(&portal.customer, None, Value::Null)).await;
    let lapsed = answer["body"]["items"].as_array().unwrap().iter().find(|it| it["act"] == "plan-lapsed").unwrap();
    assert_eq!(lapsed["facts"]["since"], "2028-01-11");
    let mut cleo = portal.sign_in("Cleo", "cleo@home.example").await;
    assert_eq!(cleo.get(&account).await.body["since"], "2028-01-11");
}

#[tokio::test]
async fn a_plan_that_has_not_begun_is_not_flagged() {
    let portal = start().await;
    let plan = json!({ "name": "Support", "starts_on": "2027-01-01", "ends_on": "2027-12-31" });
    portal.create_account(json!({ "name": "Early Bird", "kind": "customer", "plan": plan })).await;
    assert_eq!(run(&portal).await["flagged"], 0);
}

#[tokio::test]
async fn access_ends_by_the_dates_even_if_the_schedule_never_ran() {
    let portal = start().await;
    portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    portal.linked(&portal.customer, "Bob Builder", "bob@customer.example").await;
    portal.set_today("2028-01-01");
    let mut bob = portal.sign_in("Bob Builder", "bob@customer.example").await;
    let answer = bob.get(&crate::office::account(&portal.customer)).await;
    assert_eq!((answer.problem(), &answer.body["since"]), ("plan-lapsed", &json!("2028-01-01")), "{answer}");
    run(&portal).await;
    let again = bob.get(&crate::office::account(&portal.customer)).await;
    assert_eq!(answer.body, again.body, "the flag changes nothing of it");
}
