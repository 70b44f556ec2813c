//! Digests: what comes too often in an hour, or what a person wants once a day, in one mail that
//! says whom and what it is about.

use jiff::Timestamp;
use local::Message;
use serde_json::{Value, json};
use tests::{Fixture, Person, Portal, Table};

use super::held::release;

const ADA: &str = "ada@customer.example";

/// The default of `notices-of-a-kind`.
const AT_ONCE: usize = 5;

/// Sets how often a person gets which notices.
pub(crate) async fn choose(person: &mut Person, preferences: Value) {
    let path = person.path.clone();
    let answer = person.patch(&path, json!({ "mail_preferences": preferences })).await;
    assert_eq!(answer.status, 200, "{answer}");
}

/// Returns the mails of a kind to an address, newest first.
pub(crate) fn mailed(portal: &Portal, kind: &str, email: &str) -> Vec<Message> {
    let messages = portal.mailbox.messages().into_iter();
    messages.filter(|message| message.tags["kind"] == kind && message.to == email).collect()
}

/// Moves the clock to `time` and lets deliver-mail send what is due then.
pub(crate) async fn deliver_at(portal: &Portal, time: &str) {
    let time: Timestamp = time.parse().expect("a time");
    assert!(time > portal.clock.now(), "time goes forward");
    portal.clock.set(time);
    release(portal).await;
}

/// Adds and links people of the customer.
async fn link_people(portal: &Portal, name: &str, count: usize) {
    for number in 1..=count {
        let email = format!("{}{number}@customer.example", name.to_lowercase());
        portal.linked(&portal.customer, &format!("{name} {number:02}"), &email).await;
    }
}

#[tokio::test]
async fn when_many_link_each_administrator_gets_a_few_mails_and_one_that_names_the_others() {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    let amy = json!({ "name": "Amy Able", "email": "amy@able.example", "administrator": true });
    portal.add_with(&portal.customer, amy).await;
    portal.follow_invitation("amy@able.example", "Amy Able", "amy@able.example").await;
    portal.clock.set("2026-11-22T13:01:00Z".parse().expect("a time"));
    let before = portal.mailbox.messages().len();
    link_people(&portal, "Person", 60).await;
    deliver_at(&portal, "2026-11-22T14:01:00Z").await;
    deliver_at(&portal, "2026-11-22T15:01:00Z").await;

    let messages = portal.mailbox.messages();
    for email in [ADA, "amy@able.example"] {
        let new = messages[..messages.len() - before].iter();
        let kinds: Vec<_> = new
            .filter(|message| message.to == email)
            .map(|message| message.tags["kind"].as_str())
            .collect();
        assert_eq!(kinds.len(), AT_ONCE + 1, "{email}: {kinds:?}");
        let [digest] = &mailed(&portal, "notices", email)[..] else { panic!("one digest") };
        assert_eq!(digest.subject, "55 more notices about Example Customer");
        assert!(digest.text.contains("55 × a sign-in was linked to a profile"), "{}", digest.text);
        for number in 6..=55 {
            let name = format!("Person {number:02}");
            assert!(digest.text.contains(&name), "{name}: {}", digest.text);
            assert!(
                digest.html.contains(&format!("<li><bdi>{name}</bdi></li>")),
                "{}",
                digest.html
            );
        }
        assert!(digest.text.contains("and 5 more"), "{}", digest.text);
        assert!(!digest.text.contains("Person 05") && !digest.text.contains("Person 56"));
        let page = format!("{}/people/?account={}", portal.url, portal.customer);
        assert_eq!(digest.links[0], page);
    }
    // Each person's own mailbox always gets its notice.
    assert_eq!(mailed(&portal, "linked", "person60@customer.example").len(), 1);
}

#[tokio::test]
async fn a_partner_gets_one_digest_for_all_its_customers() {
    let Fixture { portal, .. } = Fixture::builder().partner().build().await;
    portal.clock.set("2026-11-22T13:01:00Z".parse().expect("a time"));
    for number in 1..=12 {
        let customer = portal.create_customer(&format!("Customer {number:02}")).await;
        let grant = json!({ "path": { "account": customer }, "body": { "grant": "view" } });
        assert_eq!(portal.operator("ChangeGrant", grant).await["status"], 200);
        portal.deliver().await;
    }
    assert_eq!(mailed(&portal, "grant-changed", "pat@partner.example").len(), AT_ONCE);
    deliver_at(&portal, "2026-11-22T14:01:00Z").await;
    let [digest] = &mailed(&portal, "notices", "pat@partner.example")[..] else {
        panic!("one digest")
    };
    for number in 6..=12 {
        assert!(digest.text.contains(&format!("Customer {number:02}")), "{}", digest.text);
    }
    assert!(digest.links[0].ends_with(&format!("/customers/?account={}", portal.partner)));
    let table = Table::of(&portal).await;
    let sent = table.items(&format!("account#{}", portal.partner), "event#");
    let recorded = sent.iter().filter(|(_, _, event)| event["event"]["mail"] == "notices").count();
    assert_eq!(recorded, 1, "the partner's own activity list shows it");
}

#[tokio::test]
async fn once_a_day_everything_comes_in_one_mail_in_the_morning_of_the_account() {
    let mut fixture = Fixture::builder().administrator().build().await;
    let zone = json!({
        "path": { "account": fixture.portal.customer }, "body": { "time_zone": "Europe/Berlin" },
    });
    assert_eq!(fixture.portal.operator("UpdateAccount", zone).await["status"], 200);
    choose(
        &mut fixture.administrator,
        json!({ "people_linked": "daily", "bounced_invitations": "daily" }),
    )
    .await;
    let portal = &fixture.portal;
    link_people(portal, "Person", 2).await;
    let bounced = json!({ "name": "No Body", "email": "bounce@nowhere.example" });
    let people = fixture.people.clone();
    assert_eq!(fixture.administrator.post(&people, bounced).await.status, 201);
    let portal = &fixture.portal;
    portal.report().await;
    deliver_at(portal, "2026-11-23T05:59:00Z").await;
    assert!(mailed(portal, "notices", ADA).is_empty(), "it is not yet seven in Berlin");

    deliver_at(portal, "2026-11-23T06:00:00Z").await;
    let [digest] = &mailed(portal, "notices", ADA)[..] else { panic!("one digest") };
    assert_eq!(digest.subject, "3 notices about Example Customer");
    let text = digest.text.replace(&portal.url, "[site]").replace(&portal.customer, "[account]");
    insta::assert_snapshot!(text.replace('\u{a0}', " "), @r"
    Hello Ada Lovelace,

    These are the notices about “Example Customer” in the Example Vendor
    customer portal since 22 November 2026, 12:00 UTC. You chose to get them
    once a day:

      1 × an invitation bounced
        “No Body”

      2 × a sign-in was linked to a profile
        “Person 01”
        “Person 02”

    If someone here should not have access, delete their profile in the list
    of people. The sign-in stops working straight away.

    See them in the portal:
    [site]/activity/?account=[account]

    If nobody in your organisation can help, e-mail access@vendor.example.

    Choose which e-mails you get:
    [site]/profile/?account=[account]#e-mails
    ");
    assert!(mailed(portal, "invitation-bounced", ADA).is_empty());
    deliver_at(portal, "2026-11-24T06:00:00Z").await;
    assert_eq!(mailed(portal, "notices", ADA).len(), 1, "nothing more has happened");
}

#[tokio::test]
async fn what_was_turned_off_is_not_mailed_and_stays_in_the_activity_list() {
    let mut fixture = Fixture::builder().administrator().build().await;
    choose(&mut fixture.administrator, json!({ "bounced_invitations": "never" })).await;
    let bounced = json!({ "name": "No Body", "email": "bounce@nowhere.example" });
    let people = fixture.people.clone();
    assert_eq!(fixture.administrator.post(&people, bounced).await.status, 201);
    fixture.portal.report().await;
    deliver_at(&fixture.portal, "2026-11-24T08:00:00Z").await;
    assert!(mailed(&fixture.portal, "invitation-bounced", ADA).is_empty());
    assert!(mailed(&fixture.portal, "notices", ADA).is_empty());
    let table = Table::of(&fixture.portal).await;
    assert_eq!(table.count(&fixture.portal.customer, "mail-bounced"), 1);
    let waiting = table.items("mail#", "mail");
    assert!(waiting.iter().all(|(_, _, mail)| mail["delivery"] != "queued"), "{waiting:?}");
}

#[tokio::test]
async fn a_digest_follows_what_its_reader_has_chosen_and_may_read_since() {
    let mut fixture = Fixture::builder().customer().build().await;
    let daily = json!({ "people_linked": "daily", "bounced_invitations": "daily" });
    choose(&mut fixture.administrator, daily.clone()).await;
    let roles = json!({
        "administrators": [fixture.administrator.id, fixture.member.id],
        "billing_contact": fixture.administrator.id, "shipping_contact": fixture.administrator.id,
    });
    let path = fixture.roles.clone();
    assert_eq!(fixture.administrator.put(&path, roles.clone()).await.status, 200);
    choose(&mut fixture.member, daily).await;
    link_people(&fixture.portal, "Person", 1).await;
    let bounced = json!({ "name": "No Body", "email": "bounce@nowhere.example" });
    let people = fixture.people.clone();
    assert_eq!(fixture.administrator.post(&people, bounced).await.status, 201);
    fixture.portal.report().await;

    // Bob is no administrator any more, and Ada has turned one of the groups off.
    let mut without = roles;
    without["administrators"] = json!([fixture.administrator.id]);
    assert_eq!(fixture.administrator.put(&path, without).await.status, 200);
    choose(&mut fixture.administrator, json!({ "bounced_invitations": "never" })).await;
    deliver_at(&fixture.portal, "2026-11-23T07:01:00Z").await;
    assert!(mailed(&fixture.portal, "notices", "bob@customer.example").is_empty());
    let [digest] = &mailed(&fixture.portal, "notices", ADA)[..] else { panic!("one digest") };
    assert_eq!(digest.subject, "1 notice about Example Customer");
    assert!(digest.text.contains("Person 01") && !digest.text.contains("No Body"));
}

#[tokio::test]
async fn security_notices_and_what_is_about_oneself_always_come_at_once() {
    let mut fixture = Fixture::builder().customer().build().await;
    let groups: Vec<String> = own_groups(&mut fixture.administrator).await;
    let daily: Value = groups
        .iter()
        .map(|group| (group.clone(), "daily".into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    choose(&mut fixture.administrator, daily).await;
    let portal = &fixture.portal;
    let (cleo, _) = portal.linked(&portal.customer, "Cleo New", "cleo@customer.example").await;
    let token = portal.token("cleo@customer.example");
    let disputed = portal.browser().post("/api/links/disputes", json!({ "token": token })).await;
    assert_eq!(disputed.status, 200, "{disputed}");
    portal.deliver().await;
    assert_eq!(mailed(portal, "link-disputed", ADA).len(), 1, "{cleo}");
    assert_eq!(mailed(portal, "linked", "cleo@customer.example").len(), 1);
    // Ada's own, and Bob's before she chose.
    assert_eq!(mailed(portal, "linked", ADA).len(), 2);
}

async fn own_groups(person: &mut Person) -> Vec<String> {
    let path = person.path.clone();
    let shown = person.get(&path).await;
    let own = shown.body["you"]["mail_preferences"].as_array().expect("one's own");
    own.iter().map(|one| one["notices"].as_str().expect("a group").to_owned()).collect()
}

#[tokio::test]
async fn everybody_sees_the_groups_that_their_roles_get() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let administrator = [
        "people_linked",
        "access_ending",
        "access_requests",
        "bounced_invitations",
        "reviews",
        "plans",
        "partners",
    ];
    assert_eq!(own_groups(&mut fixture.administrator).await, administrator);
    assert_eq!(own_groups(&mut fixture.partner).await, administrator);
    assert!(own_groups(&mut fixture.member).await.is_empty());
    let staff = own_groups(&mut fixture.staff).await;
    assert!(staff.contains(&"approvals".to_owned()) && !staff.contains(&"plans".to_owned()));
    let path = fixture.staff.path.clone();
    let never = json!({ "mail_preferences": { "access_requests": "never" } });
    let answer = fixture.staff.patch(&path, never.clone()).await;
    assert_eq!(answer.invalid_fields(), ["mail_preferences.access_requests"], "{answer}");
    let path = fixture.administrator.path.clone();
    assert_eq!(fixture.administrator.patch(&path, never).await.status, 200, "others decide then");
}

#[tokio::test]
async fn people_choose_for_themselves_alone() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    choose(&mut fixture.administrator, json!({ "plans": "daily" })).await;
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "mail_preferences": { "plans": "never" } });
    let (ada, bob) = (fixture.administrator.path.clone(), fixture.member.path.clone());
    for (who, path) in [
        (&mut fixture.member.browser, &ada),
        (&mut fixture.administrator.browser, &bob),
        (&mut fixture.partner.browser, &ada),
        (&mut fixture.staff.browser, &ada),
    ] {
        let answer = who.patch(path, body.clone()).await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
    }
    let operator = json!({
        "path": { "account": fixture.portal.customer, "professional": fixture.administrator.id },
        "body": body,
    });
    assert_eq!(fixture.portal.operator("UpdateProfessional", operator).await["status"], 403);
    before.assert_unchanged(&fixture.portal).await;
    // Nobody else sees them, on whatever page.
    for browser in [&mut fixture.partner.browser, &mut fixture.staff.browser] {
        let shown = browser.get(&ada).await;
        assert!(shown.body["you"]["mail_preferences"].is_null(), "{shown}");
        assert!(!shown.body.to_string().contains("daily"), "{shown}");
    }
    let event = fixture.newest_activity().await;
    assert_eq!(event["event"]["type"], "mail-preferences-changed");
    assert!(!event.to_string().contains("daily"), "{event}");
}

#[tokio::test]
async fn an_unknown_group_or_choice_is_an_error_of_its_field() {
    let mut fixture = Fixture::builder().administrator().build().await;
    let before = Table::of(&fixture.portal).await;
    let path = fixture.administrator.path.clone();
    let body = json!({
        "title": "Buyer",
        "mail_preferences": { "linked": "daily", "plans": "weekly", "people_linked": "never" },
    });
    let answer = fixture.administrator.patch(&path, body).await;
    assert_eq!(answer.status, 422, "{answer}");
    assert_eq!(
        answer.invalid_fields(),
        ["mail_preferences.linked", "mail_preferences.people_linked", "mail_preferences.plans"]
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_disputed_link_forgets_what_was_chosen_with_it() {
    let mut fixture = Fixture::builder().customer().build().await;
    choose(&mut fixture.administrator, json!({ "people_linked": "daily" })).await;
    let own = mailed(&fixture.portal, "linked", ADA).into_iter().last().expect("the notice");
    let token = tests::link_token(&own);
    let disputed =
        fixture.portal.browser().post("/api/links/disputes", json!({ "token": token })).await;
    assert_eq!(disputed.status, 200, "{disputed}");
    let table = Table::of(&fixture.portal).await;
    let (account, id) = (&fixture.portal.customer, &fixture.administrator.id);
    let profile = table.item(&format!("account#{account}"), &format!("professional#{id}"));
    assert!(profile.get("mail_preferences").is_none(), "{profile}");
}
