//! The schedule that announces ends of access and asks who still needs access.

use local::Options;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, operator_event};

use crate::deliver_mail::{assert_one_link, readable, without_choice};

async fn run(portal: &Portal) -> Value {
    portal.operator("RemindAdministrators", json!({})).await
}

/// Runs the schedule and delivers its mail. Returns the recipients of that kind of mail, sorted.
async fn recipients(portal: &Portal, kind: &str) -> Vec<String> {
    let before = portal.sent_mails().await;
    run(portal).await;
    let count = portal.sent_mails().await - before;
    let new = portal
        .mailbox
        .messages()
        .into_iter()
        .take(count)
        .filter(|message| message.tags["kind"] == kind);
    let mut recipients: Vec<_> = new.map(|message| message.to).collect();
    recipients.sort_unstable();
    recipients
}

async fn with_end(portal: &Portal, email: &str, ends_on: &str) -> String {
    portal
        .add_with(
            &portal.customer,
            json!({ "name": "Emil Erpel", "email": email, "ends_on": ends_on }),
        )
        .await
}

/// Adds a person who has proved the address: notices go to no others.
async fn with_end_and_link(portal: &Portal, email: &str, ends_on: &str) -> String {
    let professional = with_end(portal, email, ends_on).await;
    portal.follow_invitation(email, "Emil Erpel", email).await;
    professional
}

#[tokio::test]
async fn an_end_date_is_announced_to_the_person_and_the_administrators_two_weeks_before() {
    let fixture = Fixture::with_customer().await;
    with_end_and_link(&fixture.portal, "emil@customer.example", "2027-01-31").await;
    fixture.portal.skip_to("2027-01-16").await;
    assert!(recipients(&fixture.portal, "access-ending").await.is_empty(), "fifteen days before");
    fixture.portal.set_today("2027-01-17");
    assert_eq!(
        recipients(&fixture.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"],
        "and not to Bob"
    );
}

#[tokio::test]
async fn an_end_date_is_announced_once_however_often_and_late_the_schedule_runs() {
    let fixture = Fixture::with_customer().await;
    with_end_and_link(&fixture.portal, "emil@customer.example", "2027-01-31").await;
    fixture.portal.skip_to("2027-01-16").await;
    run(&fixture.portal).await;
    fixture.portal.set_today("2027-01-27");
    assert_eq!(recipients(&fixture.portal, "access-ending").await.len(), 2, "ten days late");
    let before = Table::of(&fixture.portal).await;
    assert_eq!(
        run(&fixture.portal).await,
        json!({ "ends": 0, "reviews": 0, "through": "2027-01-25", "finished": true })
    );
    before.assert_unchanged(&fixture.portal).await;
    for day in ["2027-01-28", "2027-01-31", "2027-02-10"] {
        fixture.portal.set_today(day);
        assert!(recipients(&fixture.portal, "access-ending").await.is_empty(), "{day}");
    }
}

#[tokio::test]
async fn a_changed_end_date_is_announced_again_and_a_removed_one_is_not() {
    let mut fixture = Fixture::with_customer().await;
    let emil = with_end_and_link(&fixture.portal, "emil@customer.example", "2027-01-31").await;
    let fay = with_end_and_link(&fixture.portal, "fay@customer.example", "2027-01-31").await;
    fixture.portal.skip_to("2027-01-17").await;
    fixture.administrator.sign_in_again(&fixture.portal).await;
    assert_eq!(
        fixture.administrator.patch(&fixture.person(&fay), json!({ "ends_on": null })).await.status,
        200
    );
    assert_eq!(
        recipients(&fixture.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"]
    );
    assert_eq!(
        fixture
            .administrator
            .patch(&fixture.person(&emil), json!({ "ends_on": "2027-03-31" }))
            .await
            .status,
        200
    );
    assert!(recipients(&fixture.portal, "access-ending").await.is_empty(), "the new end is far");
    fixture.portal.skip_to("2027-03-17").await;
    assert_eq!(
        recipients(&fixture.portal, "access-ending").await,
        ["ada@customer.example", "emil@customer.example"]
    );
}

#[tokio::test]
async fn an_end_date_that_is_near_from_the_start_is_announced_at_once_and_a_past_one_is_not() {
    let fixture = Fixture::with_customer().await;
    with_end_and_link(&fixture.portal, "emil@customer.example", "2026-11-25").await;
    assert_eq!(recipients(&fixture.portal, "access-ending").await.len(), 2);
    with_end_and_link(&fixture.portal, "fay@customer.example", "2026-11-25").await;
    fixture.portal.set_today("2026-11-26");
    assert!(recipients(&fixture.portal, "access-ending").await.is_empty());
}

#[tokio::test]
async fn an_outdated_notice_is_not_sent() {
    let mut fixture = Fixture::with_customer().await;
    let emil = with_end(&fixture.portal, "emil@customer.example", "2026-11-30").await;
    fixture.portal.deliver().await;
    run(&fixture.portal).await;
    assert_eq!(
        fixture
            .administrator
            .patch(&fixture.person(&emil), json!({ "ends_on": null }))
            .await
            .status,
        200
    );
    let before = fixture.portal.mailbox.messages().len();
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn the_notice_says_whose_access_ends_when_and_what_to_do() {
    let fixture = Fixture::with_customer().await;
    let emil = json!({
        "name": "Emil Erpel", "email": "emil@customer.example", "ends_on": "2026-11-30",
        "language": "de",
    });
    fixture.portal.add_with(&fixture.portal.customer, emil).await;
    // Notices go only to addresses that are proved.
    let emil = "emil@customer.example";
    fixture.portal.follow_invitation(emil, "Emil Erpel", emil).await;
    recipients(&fixture.portal, "access-ending").await;
    let [to_ada, to_emil] =
        ["ada@customer.example", "emil@customer.example"].map(|email| fixture.portal.mail(email));
    assert_one_link(&to_ada);
    assert_one_link(&to_emil);
    assert!(to_ada.links[0].contains("/people/profile/?account="), "{:?}", to_ada.links);
    assert!(to_emil.links[0].contains("/de/people/profile/?account="), "{:?}", to_emil.links);
    let text = without_choice(&to_ada.text).replace(&to_ada.links[0], "[link]");
    insta::assert_snapshot!(text, @r#"
    Hello Ada Lovelace,

    The access of “Emil Erpel” to the Example Vendor customer portal for
    “Example Customer” expires soon. The last day is:

      30 November 2026

    If that is right, there is nothing to do. If “Emil Erpel” needs access
    for longer, open the profile, press "Edit", and change or clear the end
    date.

    The profile:
    [link]

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
    insta::assert_snapshot!(to_emil.text.replace(&to_emil.links[0], "[link]"), @r"
    Guten Tag Emil Erpel,

    Ihr Zugang zum Kundenportal von Example Vendor für „Example Customer“
    läuft bald ab. Der letzte Tag ist:

      30. November 2026

    Brauchen Sie den Zugang länger, bitten Sie einen Administrator von
    „Example Customer“, das Enddatum Ihres Profils zu ändern. Sonst brauchen
    Sie nichts zu tun.

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
    let fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    fixture.portal.skip_to("2026-12-20").await;
    assert!(recipients(&fixture.portal, "review-access").await.is_empty(), "she has thirty days");
    fixture.portal.set_today("2027-01-31");
    assert_eq!(
        recipients(&fixture.portal, "review-access").await,
        ["ada@customer.example"],
        "the billing contact is no administrator"
    );
    assert!(recipients(&fixture.portal, "review-access").await.is_empty());
    fixture.portal.skip_to("2027-07-30").await;
    assert!(recipients(&fixture.portal, "review-access").await.is_empty());
    fixture.portal.set_today("2027-07-31");
    assert_eq!(recipients(&fixture.portal, "review-access").await, ["ada@customer.example"]);
    let mail = fixture.portal.mail("ada@customer.example");
    assert_one_link(&mail);
    assert!(
        mail.links[0].ends_with(&format!("/people/review/?account={}", fixture.portal.customer)),
        "{:?}",
        mail.links
    );
    let text = readable(&fixture.portal, &mail).replace(&fixture.portal.customer, "[account]");
    insta::assert_snapshot!(text, @r"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: Who still needs access for Example Customer?

    Hello Ada Lovelace,

    Some people in “Example Customer” may no longer need the Example Vendor
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
    let fixture = Fixture::with_customer().await;
    // The first review is due after thirty days at the earliest.
    fixture.portal.skip_to("2026-12-20").await;
    fixture.portal.set_today("2027-01-31");
    assert!(
        recipients(&fixture.portal, "review-access").await.is_empty(),
        "everybody was here two months ago"
    );
    fixture.portal.skip_to("2027-07-31").await;
    fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(
        recipients(&fixture.portal, "review-access").await,
        ["ada@customer.example"],
        "for Bob"
    );
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
        portal.linked(&account, "Cleo", "cleo@customer.example").await;
        portal.add(&account, "Dora", "dora@customer.example").await;
        portal.skip_to("2026-12-14").await;
        portal.set_today("2027-01-31");
        assert_eq!(
            recipients(&portal, "review-access").await.len(),
            asked,
            "{review_months} months, plan until {ends_on}"
        );
    }
}

#[tokio::test]
async fn an_end_date_ends_access_whether_or_not_the_schedule_runs() {
    let fixture = Fixture::with_customer().await;
    with_end(&fixture.portal, "emil@customer.example", "2026-11-30").await;
    fixture
        .portal
        .follow_invitation("emil@customer.example", "Emil Erpel", "emil@home.example")
        .await;
    for (today, status) in [("2026-11-30", 200), ("2026-12-01", 403)] {
        fixture.portal.set_today(today);
        let mut emil = fixture.portal.sign_in("Emil Erpel", "emil@home.example").await;
        let answer = emil.get(&fixture.account).await;
        assert_eq!(answer.status, status, "{today}: {answer}");
    }
}

#[tokio::test]
async fn a_required_role_holder_gets_no_end_date_in_any_way() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let ada = fixture.administrator.path.clone();
    let answer = fixture.administrator.patch(&ada, json!({ "ends_on": "2027-01-31" })).await;
    assert_eq!((answer.status, answer.problem()), (409, "role-required"), "{answer}");
    let administrator = json!({
        "name": "Fay", "email": "fay@customer.example", "ends_on": "2027-01-31",
        "administrator": true,
    });
    assert_eq!(
        fixture.administrator.post(&fixture.people, administrator.clone()).await.invalid_fields(),
        ["ends_on"]
    );
    let mut row = administrator;
    row["administrator"] = "yes".into();
    let import = fixture
        .administrator
        .post(&format!("{}/import", fixture.people), json!({ "rows": [row] }))
        .await;
    assert_eq!(import.body["results"][0]["errors"][0]["field"], "ends_on", "{import}");
    before.assert_unchanged(&fixture.portal).await;

    let emil = with_end(&fixture.portal, "emil@customer.example", "2027-01-31").await;
    let roles = json!({
        "administrators": [fixture.administrator.id, emil],
        "billing_contact": fixture.administrator.id, "shipping_contact": fixture.administrator.id,
    });
    let answer = fixture
        .portal
        .operator("AssignRoles", operator_event(&fixture.portal.customer, None, roles))
        .await;
    assert_eq!(answer["status"], 422, "{answer}");
    let answer = fixture.administrator.delete(&format!("{ada}?hand_over_to={emil}")).await;
    assert_eq!(answer.status, 422, "{answer}");
    let empty = fixture.portal.create_customer("Empty Customer").await;
    let first = json!({ "name": "Fay", "email": "fay@empty.example", "ends_on": "2027-01-31" });
    let answer = fixture.portal.operator("Invite", operator_event(&empty, None, first)).await;
    assert_eq!(answer["status"], 422, "the first of an account takes every role: {answer}");
}

#[tokio::test]
async fn the_first_review_of_an_account_is_a_month_or_two_after_it_was_created() {
    let portal = Portal::start().await;
    for number in 0..20 {
        portal.create_customer(&format!("Customer {number}")).await;
    }
    let table = Table::of(&portal).await;
    let due = table.all().filter_map(|(_, _, item)| item["due_pk"].as_str());
    let days: std::collections::BTreeSet<_> =
        due.filter_map(|text| text.strip_prefix("review#")?.split('#').next()).collect();
    assert!(
        days.len() > 5 && days.iter().all(|day| ("2026-12-22"..="2027-01-18").contains(day)),
        "{days:?}"
    );
}
