//! The limits of invitations an hour: by address, identity and source.

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

#[tokio::test]
async fn an_address_is_counted_over_all_accounts_and_senders() {
    let mut fixture = fixture("invitations-by-address=2").await;
    let mut pat = fixture.link_partner().await;
    let other = path::people(&fixture.portal.create_customer("Another Customer").await);
    let third = path::people(&fixture.portal.create_customer("Third Customer").await);
    let cleo = fixture.administrator.post(&fixture.people, person("cleo@home.example")).await;
    assert_eq!(
        (cleo.status, pat.post(&other, person("Cleo@Home.example")).await.status),
        (201, 201)
    );
    assert_limited(&pat.post(&third, person("cleo@home.example")).await);
    assert_limited(
        &pat.post(
            &format!("{third}/import"),
            json!({ "rows": [person("dora@home.example"), person("cleo@home.example")] }),
        )
        .await,
    );
    assert_eq!(pat.get(&third).await.items().len(), 0, "all of a part or none");
    assert_eq!(pat.post(&third, person("dora@home.example")).await.status, 201, "another address");
}

#[tokio::test]
async fn a_source_is_counted_over_its_identities() {
    let mut fixture = fixture("invitations-by-source=2").await;
    let mut pat = fixture.link_partner().await;
    let list = fixture.people.clone();
    assert_eq!(
        fixture.administrator.post(&list, person("cleo@customer.example")).await.status,
        201
    );
    assert_eq!(pat.post(&list, person("dora@customer.example")).await.status, 201);
    for member in [&mut fixture.administrator, &mut pat] {
        assert_limited(&member.post(&list, person("emil@customer.example")).await);
    }
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
    let mut pat: Person = fixture.link_partner().await;
    let customer = |name: &str, email: &str| {
        json!({
            "name": name, "kind": "customer", "partner": fixture.portal.partner,
            "first_professional": { "name": "Fay First", "email": email },
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
        })
    };
    assert_eq!(
        pat.post("/api/accounts", customer("New Customer", "fay@new.example")).await.status,
        201
    );
    let before = Table::of(&fixture.portal).await;
    assert_limited(
        &pat.post("/api/accounts", customer("Newer Customer", "fay@newer.example")).await,
    );
    before.assert_unchanged(&fixture.portal).await;
}
