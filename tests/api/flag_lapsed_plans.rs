//! The schedule that announces ending plans and flags lapsed ones.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use local::Options;
use portico::{
    App,
    domain::{AccountId, Plan, Policy},
    lambda::{self, Call},
};
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, activity_text, operator_event, path};

async fn run(portal: &Portal) -> Value {
    portal.operator("flag-lapsed-plans", json!({})).await
}

/// Runs the schedule on a day, after it has run through the day before.
async fn run_on(portal: &Portal, day: &str) -> Value {
    portal.set_today(day);
    let noticed = run(portal).await["noticed"].clone();
    portal.deliver().await;
    noticed
}

/// Adds an administrator, another billing contact and a person without a role to the portal's
/// customer, and an administrator and another person to its partner. The schedule has run until two
/// months before the plan's last day, 31 December 2027.
async fn with_people(portal: &Portal) {
    let ada = portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let bob = portal.add(&portal.customer, "Bob Builder", "bob@customer.example").await;
    portal.add(&portal.customer, "Cleo", "cleo@customer.example").await;
    let roles = json!({ "administrators": [ada], "billing_contact": bob, "shipping_contact": ada });
    let event = operator_event(&portal.customer, None, roles);
    assert_eq!(portal.operator("AssignRoles", event).await["status"], 200);
    portal.add(&portal.partner, "Pia Partner", "pia@partner.example").await;
    portal.add(&portal.partner, "Paul Partner", "paul@partner.example").await;
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
}

/// Returns the subjects of the plan notices in each mailbox, oldest first.
fn notices(portal: &Portal) -> BTreeMap<String, Vec<String>> {
    let mut notices = BTreeMap::<_, Vec<_>>::new();
    for mail in portal
        .mailbox
        .messages()
        .into_iter()
        .rev()
        .filter(|message| message.tags["kind"].starts_with("plan-"))
    {
        notices.entry(mail.to).or_default().push(mail.subject);
    }
    notices
}

/// Joins the lines of a text.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn events(portal: &Portal, account: &str, act: &str) -> Vec<Value> {
    let answer = portal.operator("ListActivity", operator_event(account, None, Value::Null)).await;
    answer["body"]["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|activity| activity["event"]["type"] == act)
        .cloned()
        .collect()
}

async fn customer(portal: &Portal, ends_on: &str, zone: &str) -> String {
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": ends_on });
    portal
        .create_account(json!({
            "name": format!("In {zone}"), "kind": "customer", "plan": plan, "time_zone": zone,
        }))
        .await
}

/// Gives an account another plan, as a renewal does.
async fn renew(portal: &Portal, account: &str, ends_on: &str) {
    let before = portal
        .store
        .accounts(&[AccountId::parse(account).expect("an id")])
        .await
        .expect("read")
        .remove(0);
    let mut after = before.clone();
    let plan = Plan::parse("Support", "2026-01-01", ends_on).expect("a plan");
    after.set_plan(Some(plan), before.today(portal.clock.now()), 0);
    portal.store.replace_unrecorded(&before, &after).await.expect("renewed");
}

#[tokio::test]
async fn every_stage_is_announced_once_on_its_day_to_administrators_billing_contact_and_partner() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    let mut announced = Vec::new();
    for day in [
        "2027-10-31",
        "2027-11-01",
        "2027-11-02",
        "2027-11-30",
        "2027-12-01",
        "2027-12-16",
        "2027-12-17",
        "2027-12-18",
        "2027-12-28",
        "2027-12-29",
        "2027-12-30",
        "2027-12-31",
        "2028-01-01",
        "2028-01-02",
        "2028-02-01",
    ] {
        for _ in 0..2 {
            let noticed = run_on(&portal, day).await;
            if noticed != json!({}) {
                announced.push((day, noticed));
            }
        }
    }
    let days = ["2027-11-01", "2027-12-01", "2027-12-17", "2027-12-29", "2027-12-31", "2028-01-01"];
    let stages = ["60-days", "30-days", "14-days", "2-days", "last-day", "lapsed"];
    assert_eq!(
        announced,
        days.into_iter().zip(stages.map(|stage| json!({ stage: 1 }))).collect::<Vec<_>>()
    );
    let subjects = [
        "Plan ends in 60 days",
        "Plan ends in 30 days",
        "Plan ends in 14 days",
        "Plan ends in 2 days",
        "Plan ends today",
        "Plan has expired",
    ];
    let subjects = subjects.map(|subject| format!("{subject}: Example Customer")).to_vec();
    let readers = ["ada@customer.example", "bob@customer.example", "pia@partner.example"];
    assert_eq!(
        notices(&portal),
        readers.map(|reader| (reader.to_owned(), subjects.clone())).into()
    );
}

#[tokio::test]
async fn every_notice_is_in_the_accounts_activity() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    run_on(&portal, "2027-12-17").await;
    assert_eq!(run_on(&portal, "2028-01-01").await, json!({ "lapsed": 1 }));
    let ending = events(&portal, &portal.customer, "plan-ending").await;
    assert_eq!(
        (ending.len(), &ending[0]["event"]["plan"]),
        (1, &json!({ "name": "Support", "ends_on": "2027-12-31" }))
    );
    let lapsed = events(&portal, &portal.customer, "plan-lapsed").await;
    insta::assert_snapshot!(activity_text(&lapsed[0]), @"
    plan-lapsed by The schedule as schedule
      plan: 2027-12-31, Support
      since: 2028-01-01
    ");
    assert_eq!(
        events(&portal, &portal.customer, "mail-sent")
            .await
            .iter()
            .filter(|activity| activity["event"]["mail"] == "plan-ending")
            .count(),
        3
    );
}

#[tokio::test]
async fn a_run_answers_its_progress_and_repeated_changes_nothing() {
    let portal = Portal::start().await;
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    portal.set_today("2028-01-01");
    assert_eq!(
        run(&portal).await,
        json!({
            "flagged": 1, "noticed": { "lapsed": 1 }, "through": "2027-12-30", "finished": true,
        })
    );
    let before = Table::of(&portal).await;
    assert_eq!(
        run(&portal).await,
        json!({ "flagged": 0, "noticed": {}, "through": "2027-12-30", "finished": true })
    );
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn the_first_run_starts_with_the_day_the_vendor_was_created() {
    let portal = Portal::start().await;
    let account = customer(&portal, "2026-12-22", "UTC").await;
    portal.set_today("2027-01-05");
    assert_eq!(run(&portal).await["noticed"], json!({ "lapsed": 1 }));
    assert_eq!(events(&portal, &account, "plan-lapsed").await.len(), 1);
}

#[tokio::test]
async fn a_schedule_that_was_down_announces_only_the_last_stage_with_the_days_left() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    assert_eq!(run_on(&portal, "2027-12-20").await, json!({ "14-days": 1 }));
    let mail = portal.mail("ada@customer.example");
    assert_eq!(mail.subject, "Plan ends in 11 days: Example Customer");
    let text = flat(&mail.text);
    assert!(text.contains("ends in 11 days, on 31 December 2027"), "{text}");
    assert!(!text.contains("14 days"), "{text}");
    assert_eq!(run_on(&portal, "2028-01-03").await, json!({ "lapsed": 1 }), "three days late");
    let lapsed = events(&portal, &portal.customer, "plan-lapsed").await;
    assert_eq!(lapsed[0]["event"]["since"], "2028-01-01", "since when, not when it was noticed");
    assert_eq!(notices(&portal)["ada@customer.example"].len(), 2);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_and_back_announces_once() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    assert_eq!(run_on(&portal, "2028-01-15").await, json!({ "lapsed": 1 }));
    assert_eq!(run_on(&portal, "2027-12-16").await, json!({}));
    assert_eq!(run_on(&portal, "2028-01-01").await, json!({}));
    assert_eq!(notices(&portal)["ada@customer.example"].len(), 1);
}

#[tokio::test]
async fn a_renewal_ends_the_notices_and_starts_them_again() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    assert_eq!(run_on(&portal, "2027-12-01").await, json!({ "30-days": 1 }));
    renew(&portal, &portal.customer, "2028-12-31").await;
    for day in ["2027-12-17", "2027-12-31", "2028-01-01"] {
        assert_eq!(run_on(&portal, day).await, json!({}), "{day}");
    }
    portal.skip_to("2028-10-31").await;
    assert_eq!(run_on(&portal, "2028-10-31").await, json!({}));
    assert_eq!(run_on(&portal, "2028-11-01").await, json!({ "60-days": 1 }));
    // Shortened to a day for which two stages have passed.
    renew(&portal, &portal.customer, "2028-11-20").await;
    assert_eq!(run_on(&portal, "2028-11-02").await, json!({}));
    assert_eq!(run_on(&portal, "2028-11-06").await, json!({ "14-days": 1 }));
    assert_eq!(notices(&portal)["bob@customer.example"].len(), 3);
}

#[tokio::test]
async fn a_notice_is_not_sent_after_a_renewal() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    portal.set_today("2027-12-31");
    run(&portal).await;
    renew(&portal, &portal.customer, "2028-12-31").await;
    portal.deliver().await;
    assert_eq!(notices(&portal), BTreeMap::new());
}

#[tokio::test]
async fn a_notice_that_waited_says_what_is_true_when_it_leaves() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    portal.set_today("2027-12-17");
    run(&portal).await;
    portal.set_today("2027-12-20");
    portal.deliver().await;
    assert_eq!(
        portal.mail("ada@customer.example").subject,
        "Plan ends in 11 days: Example Customer"
    );
}

#[tokio::test]
async fn days_of_grace_put_the_lapse_off() {
    let portal = Portal::start_with(Options { grace_days: 10, ..Options::default() }).await;
    with_people(&portal).await;
    let state = async || {
        let event = operator_event(&portal.customer, None, Value::Null);
        portal.operator("ShowAccount", event).await["body"]["plan"]["state"].clone()
    };
    assert_eq!(run_on(&portal, "2027-12-29").await, json!({ "2-days": 1 }));
    assert!(
        flat(&portal.mail("ada@customer.example").text).contains("from 11 January 2028 on"),
        "the first day without access"
    );
    assert_eq!(
        run_on(&portal, "2028-01-02").await,
        json!({ "last-day": 1 }),
        "late, in the days of grace"
    );
    assert_eq!(portal.mail("ada@customer.example").subject, "Plan has ended: Example Customer");
    assert_eq!((run_on(&portal, "2028-01-10").await, state().await), (json!({}), json!("grace")));
    assert_eq!(
        (run_on(&portal, "2028-01-11").await, state().await),
        (json!({ "lapsed": 1 }), json!("lapsed"))
    );
    assert_eq!(
        events(&portal, &portal.customer, "plan-lapsed").await[0]["event"]["since"],
        "2028-01-11"
    );
}

#[tokio::test]
async fn days_of_grace_that_are_changed_count_at_once() {
    let portal = Portal::start_with(Options { grace_days: 30, ..Options::default() }).await;
    with_people(&portal).await;
    let run = async |grace_days: u8| {
        let app = &portal.stack().app;
        let app =
            App { policy: Arc::new(Policy { grace_days, ..(*app.policy).clone() }), ..app.clone() };
        let call = Call {
            event: Value::Null,
            function: String::new(),
            id: String::new(),
            time_left: None,
        };
        let answer = lambda::schedule(app, flag_lapsed_plans::handle)(call).await;
        answer.expect("the schedule runs")["noticed"].clone()
    };
    portal.set_today("2027-12-31");
    assert_eq!(run(30).await, json!({ "last-day": 1 }));
    portal.set_today("2028-01-05");
    assert_eq!(run(30).await, json!({}));
    // Shorter: the lapse is announced now, once, and not on 31 January.
    assert_eq!(run(3).await, json!({ "lapsed": 1 }));
    // Longer again: it was announced already.
    assert_eq!(run(30).await, json!({}));
    portal.set_today("2028-01-31");
    assert_eq!(run(30).await, json!({}));
}

#[tokio::test]
async fn an_account_is_notified_on_the_day_of_its_own_time_zone() {
    let portal = Portal::start().await;
    for zone in ["Pacific/Auckland", "Pacific/Kiritimati", "UTC", "Pacific/Honolulu", "Etc/GMT+12"]
    {
        customer(&portal, "2026-12-15", zone).await;
    }
    let mut announced = Vec::new();
    portal.schedule_ran_through("flag-lapsed-plans", "2026-11-28").await;
    portal.clock.set("2026-11-30T00:30:00Z".parse().expect("a time"));
    for hour in 0..42 {
        let now: Timestamp = "2026-11-30T00:30:00Z".parse().expect("a time");
        portal.clock.set(now + jiff::SignedDuration::from_hours(hour));
        let answer = run(&portal).await;
        announced.extend(
            answer["noticed"]
                .as_object()
                .expect("stages")
                .iter()
                .map(|(stage, count)| (hour, stage.clone(), count.clone())),
        );
    }
    // 14 days before, 1 December, begins at 10:00 UTC of the day before in Kiritimati, at 11:00 in
    // Auckland, and so on to the date line.
    let expected = [10, 11, 24, 34, 36].map(|hour| (hour, "14-days".to_owned(), json!(1)));
    assert_eq!(announced, expected);
}

#[tokio::test]
async fn a_day_is_complete_when_it_is_over_in_every_time_zone() {
    let portal = Portal::start().await;
    customer(&portal, "2026-12-15", "Pacific/Honolulu").await;
    portal.schedule_ran_through("flag-lapsed-plans", "2026-11-29").await;
    for (time, through) in [
        ("2026-12-01T12:30:00Z", "2026-11-29"),
        ("2026-12-01T13:30:00Z", "2026-11-30"),
        ("2026-12-02T12:30:00Z", "2026-11-30"),
        ("2026-12-02T13:30:00Z", "2026-12-01"),
    ] {
        portal.clock.set(time.parse().expect("a time"));
        assert_eq!(run(&portal).await["through"], through, "{time}");
    }
}

#[tokio::test]
async fn people_who_left_are_not_notified_and_an_empty_account_breaks_nothing() {
    let portal = Portal::start().await;
    let alone = customer(&portal, "2027-01-20", "UTC").await;
    let plan = json!({ "name": "Reseller", "starts_on": "2026-01-01", "ends_on": "2027-01-20" });
    let partner = json!({ "name": "Other Partner", "kind": "partner", "plan": plan });
    let partner = portal.create_account(partner).await;
    portal.add(&partner, "Olga Other", "olga@other.example").await;
    let theirs =
        json!({ "name": "Their Customer", "kind": "customer", "partner": partner, "plan": plan });
    let theirs = portal.create_account(theirs).await;
    portal.add(&theirs, "Tom Their", "tom@their.example").await;
    portal.schedule_ran_through("flag-lapsed-plans", "2026-12-18").await;
    assert_eq!(run_on(&portal, "2027-01-06").await, json!({ "14-days": 3 }));
    let subjects = |name: &str, of: &[&str]| {
        (
            name.to_owned(),
            of.iter().map(|value| format!("Plan ends in 14 days: {value}")).collect::<Vec<_>>(),
        )
    };
    let mut announced = notices(&portal);
    for stages in announced.values_mut() {
        stages.sort();
    }
    assert_eq!(
        announced,
        [
            subjects("olga@other.example", &["Other Partner", "Their Customer"]),
            subjects("tom@their.example", &["Their Customer"])
        ]
        .into()
    );
    // The partner lapses with its customer and is still notified of both.
    assert_eq!(run_on(&portal, "2027-01-21").await, json!({ "lapsed": 3 }));
    assert_eq!(notices(&portal)["olga@other.example"].len(), 4);
    assert_eq!(events(&portal, &alone, "plan-lapsed").await.len(), 1);
}

#[tokio::test]
async fn the_partners_copy_names_the_customer_and_leads_to_it() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    run_on(&portal, "2027-12-17").await;
    let [own, copy] =
        ["ada@customer.example", "pia@partner.example"].map(|email| portal.mail(email));
    for mail in [&own, &copy] {
        assert_eq!(mail.links[0], format!("{}/account/?account={}", portal.url, portal.customer));
    }
    let [own, copy] = [flat(&own.text), flat(&copy.text)];
    assert!(
        own.contains("contact your partner “Helpful Partner”")
            && !own.contains("You are the partner"),
        "{own}"
    );
    assert!(
        copy.contains("You are the partner of “Example Customer”.")
            && !copy.contains("your partner"),
        "{copy}"
    );
}

#[tokio::test]
async fn the_customers_activity_list_does_not_name_the_partners_people() {
    let portal = Portal::start().await;
    with_people(&portal).await;
    run_on(&portal, "2027-12-17").await;
    let notices = |activity: &&Value| activity["event"]["mail"] == "plan-ending";
    let sent = events(&portal, &portal.customer, "mail-sent").await;
    let mut named: Vec<_> = sent
        .iter()
        .filter(notices)
        .map(|item| item["event"]["recipient"]["name"].as_str())
        .collect();
    named.sort_unstable();
    assert_eq!(named, [None, Some("Ada Lovelace"), Some("Bob Builder")], "{sent:?}");
    let all = portal
        .operator("ListActivity", operator_event(&portal.customer, None, Value::Null))
        .await
        .to_string();
    assert!(!all.contains("Pia Partner"), "{all}");
    assert_eq!(
        events(&portal, &portal.partner, "mail-sent").await.iter().filter(notices).count(),
        0,
        "it is about the customer"
    );
}

#[tokio::test]
async fn a_plan_that_is_already_over_is_not_announced() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2020-01-01", "ends_on": "2020-12-31" });
    portal.create_account(json!({ "name": "Long Gone", "kind": "customer", "plan": plan })).await;
    let begun = json!({ "name": "Support", "starts_on": "2027-01-01", "ends_on": "2027-12-31" });
    portal.create_account(json!({ "name": "Early Bird", "kind": "customer", "plan": begun })).await;
    let before = portal.sent_mails().await;
    assert_eq!(run(&portal).await["noticed"], json!({}));
    assert_eq!(portal.sent_mails().await, before);
}

#[tokio::test]
async fn access_ends_by_the_dates_even_if_the_schedule_never_ran() {
    let Fixture { portal, .. } = Fixture::with_customer().await;
    portal.set_today("2028-01-01");
    let mut bob = portal.sign_in("Bob Builder", "bob@customer.example").await;
    let answer = bob.get(&path::account(&portal.customer)).await;
    assert_eq!(
        (answer.problem(), &answer.body["since"]),
        ("plan-lapsed", &json!("2028-01-01")),
        "{answer}"
    );
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    run(&portal).await;
    let again = bob.get(&path::account(&portal.customer)).await;
    assert_eq!(answer.body, again.body, "the flag changes nothing of it");
}
