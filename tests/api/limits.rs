//! The limits of mails: by the identity that causes them, and by the mailbox and the account that
//! they are for.

use local::Options;
use portico::domain::Limits;
use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Portal, Table, operator_event, path};

/// Builds a fixture with these limits.
async fn fixture(limits: &str) -> Fixture {
    let limits = Limits::parse(limits).expect("limits");
    Fixture::builder()
        .portal(Portal::start_with(Options { limits, ..Options::default() }).await)
        .customer()
        .build()
        .await
}

fn person(email: &str) -> Value {
    json!({ "name": "Some Person", "email": email })
}

fn rows(count: usize, domain: &str) -> Vec<Value> {
    (0..count).map(|number| person(&format!("p{number}@{domain}"))).collect()
}

/// Asserts that the request was limited until the end of the hour that began with the portal.
fn assert_limited(answer: &Answer) {
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"), "{answer}");
    let wait: u32 = answer.headers["retry-after"].parse().expect("a number");
    assert!((3400..=3600).contains(&wait), "until the hour is over: {wait}");
}

fn next_hour(portal: &Portal) {
    portal.clock.set("2026-11-22T13:00:01Z".parse().expect("a time"));
}

#[tokio::test]
async fn all_ways_in_which_an_identity_sends_invitations_count_together() {
    let mut fixture = fixture("invitations-by-identity=4").await;
    let list = fixture.people.clone();
    let cleo = fixture.administrator.post(&list, person("cleo@customer.example")).await;
    let cleo = cleo.body["professional"].as_str().expect("an id").to_owned();
    assert_eq!(
        fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await.status,
        200
    );
    let path = fixture.person(&cleo);
    assert_eq!(
        fixture
            .administrator
            .patch(&path, json!({ "email": "c@customer.example", "send_invitation": true }))
            .await
            .status,
        200
    );
    let resend = json!({ "before": fixture.portal.clock.now().to_string() });
    fixture.portal.deliver().await;
    let invitations = format!("{}/invitations", fixture.account);
    assert_eq!(fixture.administrator.post(&invitations, resend).await.body["sent"], 1);
    fixture.portal.deliver().await;

    let before = Table::of(&fixture.portal).await;
    let now = fixture.portal.clock.now().to_string();
    assert_limited(&fixture.administrator.post(&list, person("dora@customer.example")).await);
    assert_limited(&fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await);
    assert_limited(
        &fixture
            .administrator
            .patch(&path, json!({ "title": "Buyer", "send_invitation": true }))
            .await,
    );
    assert_limited(&fixture.administrator.post(&invitations, json!({ "before": now })).await);
    assert_limited(
        &fixture
            .administrator
            .post(&format!("{list}/import"), json!({ "rows": rows(2, "customer.example") }))
            .await,
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn requests_without_mail_and_other_identities_and_hours_are_not_limited() {
    let mut fixture = fixture("invitations-by-identity=1").await;
    let list = fixture.people.clone();
    let mut pat = fixture.link_partner().await;
    let cleo = fixture.administrator.post(&list, person("cleo@customer.example")).await;
    assert_eq!(cleo.status, 201);
    assert_limited(&fixture.administrator.post(&list, person("dora@customer.example")).await);

    let quiet =
        json!({ "name": "Dora", "email": "dora@customer.example", "send_invitation": false });
    assert_eq!(fixture.administrator.post(&list, quiet).await.status, 201);
    let bob = fixture.member.path.clone();
    assert_eq!(fixture.administrator.patch(&bob, json!({ "title": "Buyer" })).await.status, 200);
    for body in [
        json!({ "rows": rows(3, "a.example"), "dry_run": true }),
        json!({ "rows": rows(3, "b.example"), "send_invitations": false }),
    ] {
        assert_eq!(fixture.administrator.post(&format!("{list}/import"), body).await.status, 200);
    }
    assert_eq!(
        pat.post(&list, person("emil@customer.example")).await.status,
        201,
        "another identity"
    );
    assert_limited(&pat.post(&list, person("fay@customer.example")).await);
    for number in 0..3 {
        let invite = operator_event(
            &fixture.portal.customer,
            None,
            person(&format!("o{number}@customer.example")),
        );
        assert_eq!(fixture.portal.operator("Invite", invite).await["status"], 201, "an operator");
    }
    next_hour(&fixture.portal);
    assert_eq!(
        fixture.administrator.post(&list, person("gus@customer.example")).await.status,
        201,
        "another hour"
    );
}

#[tokio::test]
async fn requests_refused_for_another_reason_are_not_counted() {
    let mut fixture = fixture("invitations-by-identity=1").await;
    let list = fixture.people.clone();
    for _ in 0..3 {
        assert_eq!(
            fixture.administrator.post(&list, person("bob@customer.example")).await.problem(),
            "duplicate-email"
        );
    }
    assert_eq!(
        fixture.administrator.post(&list, person("cleo@customer.example")).await.status,
        201
    );
    assert_eq!(
        fixture.administrator.post(&list, person("bob@customer.example")).await.problem(),
        "duplicate-email",
        "what can be fixed is reported first"
    );
}

/// Runs the schedule that lets held mail leave.
async fn release(portal: &Portal) {
    portal.operator("DeliverMail", json!({ "source": "aws.scheduler" })).await;
    portal.deliver().await;
}

fn mailed_to(portal: &Portal, email: &str, kind: &str) -> usize {
    let messages = portal.mailbox.messages();
    messages.iter().filter(|mail| mail.to == email && mail.tags["kind"] == kind).count()
}

#[tokio::test]
async fn a_mailbox_is_counted_over_all_accounts_senders_and_labels_and_the_rest_waits() {
    let mut fixture = fixture("invitations-by-address=2").await;
    let mut pat = fixture.link_partner().await;
    let mut lists = vec![fixture.people.clone()];
    for name in ["Second", "Third", "Fourth"] {
        lists.push(path::people(&fixture.portal.create_customer(name).await));
    }
    let emails =
        ["cleo@home.example", "Cleo@Home.example", "cleo+a@home.example", "cleo+b@home.example"];
    for (list, email) in lists.iter().zip(emails) {
        assert_eq!(pat.post(list, person(email)).await.status, 201);
    }
    fixture.portal.deliver().await;
    let all = |portal: &Portal| {
        mailed_to(portal, "cleo@home.example", "invitation")
            + mailed_to(portal, "cleo+a@home.example", "invitation")
            + mailed_to(portal, "cleo+b@home.example", "invitation")
    };
    assert_eq!(all(&fixture.portal), 2);
    release(&fixture.portal).await;
    assert_eq!(all(&fixture.portal), 2, "the hour is not over");
    assert_eq!(
        fixture.administrator.post(&lists[0], person("dora@home.example")).await.status,
        201
    );
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "dora@home.example", "invitation"), 1, "another mailbox");
    next_hour(&fixture.portal);
    release(&fixture.portal).await;
    assert_eq!(all(&fixture.portal), 4, "nothing is lost");
}

#[tokio::test]
async fn notices_over_a_mailboxs_limit_are_counted_in_one_mail_by_kind() {
    let fixture = fixture("security-notices-by-address=3").await;
    let account = fixture.portal.customer.clone();
    // Ada has been told of Bob.
    for number in 0..6 {
        let email = format!("p{number}@customer.example");
        fixture.portal.linked(&account, "Some Person", &email).await;
    }
    let ada = "ada@customer.example";
    assert_eq!(mailed_to(&fixture.portal, ada, "linked"), 3);
    release(&fixture.portal).await;
    assert_eq!(mailed_to(&fixture.portal, ada, "notices"), 0, "the hour is not over");
    next_hour(&fixture.portal);
    release(&fixture.portal).await;
    assert_eq!(mailed_to(&fixture.portal, ada, "notices"), 1);
    let mail = fixture.portal.mail(ada);
    assert_eq!(mail.subject, "5 more notices about Example Customer");
    assert!(mail.text.contains("5 × a sign-in was linked to a profile"), "{}", mail.text);
    release(&fixture.portal).await;
    assert_eq!(mailed_to(&fixture.portal, ada, "notices"), 1, "once");
    assert_eq!(mailed_to(&fixture.portal, "p5@customer.example", "linked"), 1, "each own mailbox");
}

#[tokio::test]
async fn an_address_that_nobody_proved_gets_one_notice_a_day_that_it_was_replaced() {
    let mut fixture = fixture("").await;
    let bob = fixture.member.path.clone();
    for _ in 0..15 {
        for email in ["stranger@elsewhere.example", "bob@customer.example"] {
            let changed = fixture.administrator.patch(&bob, json!({ "email": email })).await;
            assert_eq!(changed.status, 200, "{changed}");
            fixture.portal.deliver().await;
        }
    }
    let stranger = "stranger@elsewhere.example";
    assert_eq!(mailed_to(&fixture.portal, stranger, "address-changed"), 1);
    next_hour(&fixture.portal);
    release(&fixture.portal).await;
    assert_eq!(mailed_to(&fixture.portal, stranger, "notices"), 0, "the day is not over");
    fixture.portal.set_today("2026-11-23");
    release(&fixture.portal).await;
    assert_eq!(mailed_to(&fixture.portal, stranger, "notices"), 1);
    assert!(fixture.portal.mail(stranger).text.contains("14 ×"), "the others are counted");
}

#[tokio::test]
async fn whatever_an_identity_causes_is_counted_and_not_only_invitations() {
    let mut fixture = fixture("notices-by-identity=3").await;
    let grant = format!("{}/grant", fixture.account);
    for grants in ["view", "none", "manage_people"] {
        let changed = fixture.administrator.put(&grant, json!({ "grant": grants })).await;
        assert_eq!(changed.status, 200, "{changed}");
    }
    let before = Table::of(&fixture.portal).await;
    let refused = fixture.administrator.put(&grant, json!({ "grant": "view" })).await;
    assert_limited(&refused);
    assert_eq!(
        refused.body["detail"],
        "this would send more e-mail than one person may within an hour; try again in 60 minutes"
    );
    before.assert_unchanged(&fixture.portal).await;
    let patched = fixture.administrator.patch(&fixture.member.path, json!({ "title": "X" })).await;
    assert_eq!(patched.status, 200, "what mails nobody is not limited");
}

#[tokio::test]
async fn an_accounts_mails_over_its_limit_wait_for_the_next_hour_and_no_others() {
    let mut fixture = fixture("mails-by-account=12").await;
    let path = format!("{}/import", fixture.people);
    let answer =
        fixture.administrator.post(&path, json!({ "rows": rows(16, "first.example") })).await;
    assert_eq!(answer.status, 200, "{answer}");
    let other = fixture.portal.create_customer("Another Customer").await;
    fixture.portal.add(&other, "Dora", "dora@other.example").await;
    let to_first = |portal: &Portal| {
        let messages = portal.mailbox.messages();
        messages.iter().filter(|mail| mail.to.ends_with("@first.example")).count()
    };
    let left = to_first(&fixture.portal);
    assert!(left < 16, "{left}");
    assert_eq!(mailed_to(&fixture.portal, "dora@other.example", "invitation"), 1);
    next_hour(&fixture.portal);
    release(&fixture.portal).await;
    assert!(to_first(&fixture.portal) > left);
}

#[tokio::test]
async fn a_part_of_an_import_counts_whole_and_the_next_hour_continues_where_it_stopped() {
    let mut fixture = fixture("invitations-by-identity=20").await;
    let path = format!("{}/import", fixture.people);
    let before = fixture.portal.sent_mails().await;
    assert_eq!(
        fixture
            .administrator
            .post(&path, json!({ "rows": rows(16, "first.example") }))
            .await
            .status,
        200
    );
    let second = json!({ "rows": rows(16, "second.example") });
    assert_limited(&fixture.administrator.post(&path, second.clone()).await);
    assert_eq!(fixture.portal.sent_mails().await, before + 16);
    next_hour(&fixture.portal);
    let answer = fixture.administrator.post(&path, second).await;
    assert!(
        answer.body["results"]
            .as_array()
            .expect("results")
            .iter()
            .all(|result| result["outcome"] == "added"),
        "{answer}"
    );
    assert_eq!(fixture.portal.sent_mails().await, before + 32);
}

#[tokio::test]
async fn a_part_larger_than_a_limit_is_accepted_at_the_start_of_an_hour() {
    let mut fixture = fixture("invitations-by-identity=5").await;
    let path = format!("{}/import", fixture.people);
    assert_eq!(
        fixture
            .administrator
            .post(&path, json!({ "rows": rows(16, "first.example") }))
            .await
            .status,
        200
    );
    assert_limited(
        &fixture.administrator.post(&path, json!({ "rows": rows(1, "second.example") })).await,
    );
}

#[tokio::test]
async fn the_invitation_of_an_accounts_first_professional_is_counted() {
    let fixture = fixture("invitations-by-identity=1").await;
    let mut stella: Person = fixture.link_staff().await;
    let customer = |name: &str, email: &str| {
        json!({
            "name": name, "kind": "customer", "partner": fixture.portal.partner,
            "first_professional": { "name": "Fay First", "email": email },
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
        })
    };
    assert_eq!(
        stella.post("/api/accounts", customer("New Customer", "fay@new.example")).await.status,
        201
    );
    let before = Table::of(&fixture.portal).await;
    assert_limited(
        &stella.post("/api/accounts", customer("Newer Customer", "fay@newer.example")).await,
    );
    before.assert_unchanged(&fixture.portal).await;
}
