//! The schedule that tells of ends of access and asks who still needs it.

use jiff::{ToSpan as _, civil::Date};
use local::Options;
use serde_json::{Value, json};
use tests::Portal;

use crate::{
    deliver_mail::{assert_one_link, readable},
    office::{Office, assert_unchanged, event, mails, start, table},
};

async fn run(portal: &Portal) -> Value {
    portal.operator("RemindAdministrators", json!({})).await
}

/// Runs the schedule, and has the mail delivered; returns how many mails left for each address since, sorted.
async fn told(portal: &Portal, kind: &str) -> Vec<String> {
    let before = mails(portal).await;
    run(portal).await;
    let count = mails(portal).await - before;
    let new =
        portal.mailbox.messages().into_iter().take(count).filter(|it| it.tags["kind"] == kind);
    let mut told: Vec<_> = new.map(|it| it.to).collect();
    told.sort_unstable();
    told
}

/// Lets months go by in which the schedule has run and found nothing.
async fn pass_until(portal: &Portal, today: &str) {
    portal.set_today(today);
    let today: Date = today.parse().expect("a date");
    for agenda in ["ends", "reviews"] {
        portal
            .walked(&format!("remind-administrators-{agenda}"), &(today - 3.days()).to_string())
            .await;
    }
}

async fn with_end(portal: &Portal, email: &str, ends_on: &str) -> String {
    portal
        .add_with(
            &portal.customer,
            json!({ "name": "Emil Erpel", "email": email, "ends_on": ends_on }),
        )
        .await
}

#[tokio::test]
async fn an_end_is_told_to_the_person_and_the_administrators_two_weeks_before() {
    let office = Office::open().await;
    with_end(&office.portal, "emil@customer.example", "2027-01-31").await;
    office.portal.set_today("2027-01-16");
    assert!(told(&office.portal, "access-ending").await.is_empty(), "fifteen days before");
    office.portal.set_today("2027-01-17");
    assert_eq!(
        told(&office.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"],
        "and not to Bob"
    );
}

#[tokio::test]
async fn an_end_is_told_once_however_often_and_late_the_schedule_runs() {
    let office = Office::open().await;
    with_end(&office.portal, "emil@customer.example", "2027-01-31").await;
    run(&office.portal).await;
    office.portal.set_today("2027-01-27");
    assert_eq!(told(&office.portal, "access-ending").await.len(), 2, "ten days late");
    let before = table(&office.portal).await;
    assert_eq!(
        run(&office.portal).await,
        json!({ "ends": 0, "reviews": 0, "through": "2027-01-25", "finished": true })
    );
    assert_unchanged(&office.portal, &before).await;
    for day in ["2027-01-28", "2027-01-31", "2027-02-10"] {
        office.portal.set_today(day);
        assert!(told(&office.portal, "access-ending").await.is_empty(), "{day}");
    }
}

#[tokio::test]
async fn a_changed_end_is_told_anew_and_one_that_was_taken_away_is_not() {
    let mut office = Office::open().await;
    let emil = with_end(&office.portal, "emil@customer.example", "2027-01-31").await;
    let fay = with_end(&office.portal, "fay@customer.example", "2027-01-31").await;
    office.portal.set_today("2027-01-17");
    office.ada.browser = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(
        office.ada.browser.patch(&office.person(&fay), json!({ "ends_on": null })).await.status,
        200
    );
    assert_eq!(
        told(&office.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"]
    );
    assert_eq!(
        office
            .ada
            .browser
            .patch(&office.person(&emil), json!({ "ends_on": "2027-03-31" }))
            .await
            .status,
        200
    );
    assert!(told(&office.portal, "access-ending").await.is_empty(), "the new end is far");
    pass_until(&office.portal, "2027-03-17").await;
    assert_eq!(
        told(&office.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"]
    );
}

#[tokio::test]
async fn an_end_that_is_near_from_the_start_is_told_at_once_and_one_that_has_passed_is_not() {
    let office = Office::open().await;
    with_end(&office.portal, "emil@customer.example", "2026-11-25").await;
    assert_eq!(told(&office.portal, "access-ending").await.len(), 2);
    with_end(&office.portal, "fay@customer.example", "2026-11-25").await;
    office.portal.set_today("2026-11-26");
    assert!(told(&office.portal, "access-ending").await.is_empty());
}

#[tokio::test]
async fn a_notice_that_is_overtaken_before_it_leaves_does_not_leave() {
    let mut office = Office::open().await;
    let emil = with_end(&office.portal, "emil@customer.example", "2026-11-30").await;
    office.portal.deliver().await;
    run(&office.portal).await;
    assert_eq!(
        office.ada.browser.patch(&office.person(&emil), json!({ "ends_on": null })).await.status,
        200
    );
    let before = office.portal.mailbox.messages().len();
    assert_eq!(mails(&office.portal).await, before);
}

#[tokio::test]
async fn the_notice_says_whose_access_ends_when_and_what_to_do() {
    let office = Office::open().await;
    let emil = json!({ "name": "Emil Erpel", "email": "emil@customer.example", "ends_on": "2026-11-30", "language": "de" });
    office.portal.add_with(&office.portal.customer, emil).await;
    told(&office.portal, "access-ending").await;
    let [to_ada, to_emil] =
        ["ada@customer.example", "emil@customer.example"].map(|it| office.portal.mail(it));
    assert_one_link(&to_ada);
    assert_one_link(&to_emil);
    assert!(to_ada.links[0].contains("/people/profile/?account="), "{:?}", to_ada.links);
    assert!(to_emil.links[0].contains("/de/people/profile/?account="), "{:?}", to_emil.links);
    insta::assert_snapshot!(to_ada.text.replace(&to_ada.links[0], "[link]"), @r#"
    Hello Ada Lovelace,

    The access of Emil Erpel to the Example Vendor customer portal for Example
    Customer expires soon. The last day is:

      30 November 2026

    If that is right, there is nothing to do. If Emil Erpel needs access for
    longer, open the profile, press "Edit", and change or clear the end date.

    The profile:
    [link]

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
    insta::assert_snapshot!(to_emil.text.replace(&to_emil.links[0], "[link]"), @r"
    Guten Tag Emil Erpel,

    Ihr Zugang zum Kundenportal von Example Vendor für Example Customer läuft
    bald ab. Der letzte Tag ist:

      30. November 2026

    Brauchen Sie den Zugang länger, bitten Sie einen Administrator von Example
    Customer, das Enddatum Ihres Profils zu ändern. Sonst brauchen Sie nichts
    zu tun.

    Zum Profil:
    [link]

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
    assert_eq!(
        to_ada.subject,
        "Emil Erpel’s access for Example Customer expires on 30 November 2026"
    );
    assert_eq!(to_emil.subject, "Ihr Zugang für Example Customer läuft am 30. November 2026 ab");
}

#[tokio::test]
async fn administrators_are_asked_about_people_who_never_linked_and_then_every_six_months() {
    let office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    office.portal.set_today("2026-12-20");
    assert!(told(&office.portal, "review-access").await.is_empty(), "she has thirty days");
    office.portal.set_today("2027-01-31");
    assert_eq!(
        told(&office.portal, "review-access").await,
        ["ada@customer.example"],
        "the billing contact is no administrator"
    );
    assert!(told(&office.portal, "review-access").await.is_empty());
    pass_until(&office.portal, "2027-07-30").await;
    assert!(told(&office.portal, "review-access").await.is_empty());
    office.portal.set_today("2027-07-31");
    assert_eq!(told(&office.portal, "review-access").await, ["ada@customer.example"]);
    let mail = office.portal.mail("ada@customer.example");
    assert_one_link(&mail);
    assert!(
        mail.links[0].ends_with(&format!("/people/review/?account={}", office.portal.customer)),
        "{:?}",
        mail.links
    );
    insta::assert_snapshot!(readable(&office.portal, &mail).replace(&office.portal.customer, "[account]"), @r"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: Who still needs access for Example Customer?

    Hello Ada Lovelace,

    Some people in Example Customer may no longer need the Example Vendor
    customer portal: they have never signed in, or not for 6 months or longer.

    Please review them. For each person, you can remove the access or keep it,
    with an end date if you like:

    [site]/people/review/?account=[account]

    If you do nothing, everyone keeps access, and we remind you again in 6
    months.

    If nobody in your organisation can help, e-mail access@vendor.example.
    ");
}

#[tokio::test]
async fn administrators_are_asked_about_people_who_have_not_signed_in_for_long() {
    let office = Office::open().await;
    office.portal.set_today("2027-01-31");
    assert!(
        told(&office.portal, "review-access").await.is_empty(),
        "everybody was here two months ago"
    );
    pass_until(&office.portal, "2027-07-31").await;
    office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(told(&office.portal, "review-access").await, ["ada@customer.example"], "for Bob");
}

#[tokio::test]
async fn nobody_is_asked_in_a_lapsed_account_nor_where_the_vendor_asks_nobody() {
    for (review_months, ends_on, asked) in
        [(6, "2027-12-31", 1), (6, "2026-12-15", 0), (0, "2027-12-31", 0)]
    {
        let portal = Portal::start_with(Options { review_months, ..Options::default() }).await;
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": ends_on });
        let account = portal
            .create_account(json!({ "name": "Another Customer", "kind": "customer", "plan": plan }))
            .await;
        portal.add(&account, "Cleo", "cleo@customer.example").await;
        portal.set_today("2027-01-31");
        assert_eq!(
            told(&portal, "review-access").await.len(),
            asked,
            "{review_months} months, plan until {ends_on}"
        );
    }
}

#[tokio::test]
async fn an_end_date_ends_access_by_itself_whether_or_not_the_schedule_runs() {
    let office = Office::open().await;
    with_end(&office.portal, "emil@customer.example", "2026-11-30").await;
    office
        .portal
        .follow_invitation("emil@customer.example", "Emil Erpel", "emil@home.example")
        .await;
    for (today, status) in [("2026-11-30", 200), ("2026-12-01", 403)] {
        office.portal.set_today(today);
        let mut emil = office.portal.sign_in("Emil Erpel", "emil@home.example").await;
        let answer = emil.get(&office.account).await;
        assert_eq!(answer.status, status, "{today}: {answer}");
    }
}

#[tokio::test]
async fn who_must_stay_for_the_sake_of_a_role_gets_no_end_by_any_way() {
    let mut office = Office::open().await;
    let before = table(&office.portal).await;
    let ada = office.ada.path.clone();
    let answer = office.ada.browser.patch(&ada, json!({ "ends_on": "2027-01-31" })).await;
    assert_eq!((answer.status, answer.problem()), (409, "role-required"), "{answer}");
    let administrator = json!({ "name": "Fay", "email": "fay@customer.example", "ends_on": "2027-01-31", "administrator": true });
    assert_eq!(
        office.ada.browser.post(&office.people, administrator.clone()).await.faulty(),
        ["ends_on"]
    );
    let import = office
        .ada
        .browser
        .post(&format!("{}/import", office.people), json!({ "rows": [administrator] }))
        .await;
    assert_eq!(import.body["results"][0]["errors"][0]["field"], "ends_on", "{import}");
    assert_unchanged(&office.portal, &before).await;

    let emil = with_end(&office.portal, "emil@customer.example", "2027-01-31").await;
    let roles = json!({ "administrators": [office.ada.id, emil], "billing_contact": office.ada.id, "shipping_contact": office.ada.id });
    let answer =
        office.portal.operator("AssignRoles", event(&office.portal.customer, None, roles)).await;
    assert_eq!(answer["status"], 422, "{answer}");
    let answer = office.ada.browser.delete(&format!("{ada}?hand_over_to={emil}")).await;
    assert_eq!(answer.status, 422, "{answer}");
    let empty = office.portal.create_customer("Empty Customer").await;
    let first = json!({ "name": "Fay", "email": "fay@empty.example", "ends_on": "2027-01-31" });
    let answer = office.portal.operator("Invite", event(&empty, None, first)).await;
    assert_eq!(answer["status"], 422, "the first of an account takes every role: {answer}");
}

#[tokio::test]
async fn the_first_look_at_an_account_is_a_month_or_two_after_it_was_created() {
    let portal = start().await;
    for number in 0..20 {
        portal.create_customer(&format!("Customer {number}")).await;
    }
    let due: Vec<_> = table(&portal)
        .await
        .into_values()
        .filter_map(|it| it.get("due_pk")?.as_s().ok().cloned())
        .collect();
    let days: std::collections::BTreeSet<_> =
        due.iter().filter_map(|it| it.strip_prefix("review#")?.split('#').next()).collect();
    assert!(
        days.len() > 5 && days.iter().all(|it| ("2026-12-22"..="2027-01-18").contains(it)),
        "{days:?}"
    );
}
