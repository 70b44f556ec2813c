//! Lost and gained permissions apply from the next request of an open session.

use jiff::Timestamp;
use portico::domain::{AccountId, Actor, AuditEvent, Event, authorization::ActingAs};
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal};

/// Reads the account, then tries to add a person to it.
async fn read_and_write(browser: &mut Browser, account: &str) -> (Answer, Answer) {
    let read = browser.get(&format!("/api/accounts/{account}")).await;
    let person = json!({
        "name": "New Person", "email": format!("new{}@customer.example", read.body["version"]),
        "send_invitation": false,
    });
    let write = browser.post(&format!("/api/accounts/{account}/professionals"), person).await;
    (read, write)
}

/// Checks that both are refused, with this status and kind.
async fn is_refused(browser: &mut Browser, account: &str, status: u16, problem: &str) {
    let (read, write) = read_and_write(browser, account).await;
    assert_eq!((read.status, read.problem()), (status, problem), "reading: {read}");
    assert_eq!((write.status, write.problem()), (status, problem), "writing: {write}");
}

/// Checks that the account is open to the session.
async fn is_let_in(browser: &mut Browser, account: &str) {
    let read = browser.get(&format!("/api/accounts/{account}")).await;
    assert_eq!(read.status, 200, "{read}");
}

fn changed(answer: &Answer) {
    assert!(answer.status < 300, "{answer}");
}

/// Sets the clock to a time, so that a session of the evening before is still open.
fn set_clock(portal: &Portal, time: &str) {
    portal.clock.set(time.parse::<Timestamp>().expect("a time"));
}

#[tokio::test]
async fn a_deleted_professional_has_no_access() {
    let mut fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    is_let_in(&mut fixture.member.browser, &account).await;
    changed(
        &fixture
            .administrator
            .delete(&fixture.customer_path(&format!("/professionals/{}", fixture.member.id)))
            .await,
    );
    is_refused(&mut fixture.member.browser, &account, 404, "not-found").await;
    assert_eq!(fixture.member.get("/api/accounts").await.items().len(), 0);
    assert_eq!(
        fixture.member.get("/api/session").await.body["accounts"],
        0,
        "the session itself goes on"
    );
}

#[tokio::test]
async fn a_restored_professional_has_access_again_with_the_role_they_had() {
    let mut fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    let roles = json!({
        "administrators": [fixture.administrator.id, fixture.member.id],
        "billing_contact": fixture.administrator.id, "shipping_contact": fixture.administrator.id,
    });
    changed(&fixture.administrator.put(&fixture.customer_path("/roles"), roles).await);
    let bob = fixture.customer_path(&format!("/professionals/{}", fixture.member.id));
    changed(&fixture.administrator.delete(&bob).await);
    is_refused(&mut fixture.member.browser, &account, 404, "not-found").await;
    changed(&fixture.administrator.post(&format!("{bob}/restore"), Value::Null).await);
    let (read, write) = read_and_write(&mut fixture.member.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "{read} {write}");
}

#[tokio::test]
async fn deleted_people_of_partner_and_vendor_have_no_access() {
    let Fixture { portal, partner: mut pat, staff: mut stella, .. } =
        Fixture::builder().partner().staff().build().await;
    for (home, person) in [(portal.partner.as_str(), &mut pat), (Portal::VENDOR, &mut stella)] {
        is_let_in(&mut person.browser, &portal.customer).await;
        let (successor, _) = portal.linked(home, "Eve Early", "eve@home.example").await;
        let path = json!({ "account": home, "professional": person.id });
        let deleted = portal
            .operator(
                "DeleteProfessional",
                json!({ "path": path, "query": { "hand_over_to": successor } }),
            )
            .await;
        assert_eq!(deleted["status"], 204, "{deleted}");
        is_refused(&mut person.browser, &portal.customer, 404, "not-found").await;
    }
}

#[tokio::test]
async fn an_assigned_or_removed_role_applies_at_once() {
    let mut fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    let roles = |administrators: &[&str]| {
        json!({
            "administrators": administrators, "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        })
    };
    let (both, alone) = (
        roles(&[&fixture.administrator.id, &fixture.member.id]),
        roles(&[&fixture.administrator.id]),
    );
    let path = fixture.customer_path("/roles");
    assert_eq!(
        read_and_write(&mut fixture.member.browser, &account).await.1.problem(),
        "forbidden"
    );
    changed(&fixture.administrator.put(&path, both).await);
    assert_eq!(read_and_write(&mut fixture.member.browser, &account).await.1.status, 201);
    changed(&fixture.administrator.put(&path, alone).await);
    assert_eq!(
        read_and_write(&mut fixture.member.browser, &account).await.1.problem(),
        "forbidden"
    );
    let activity = fixture.member.get(&fixture.customer_path("/activity")).await;
    assert_eq!(activity.problem(), "forbidden");
}

#[tokio::test]
async fn a_lapse_locks_out_at_midnight_and_administrators_can_still_read() {
    let portal = Portal::start().await;
    set_clock(&portal, "2026-11-22T20:00:00Z");
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-22" });
    let account = portal
        .create_account(json!({
            "name": "Ending Customer", "kind": "customer", "partner": portal.partner, "plan": plan,
        }))
        .await;
    let mut ada = Person::link(&portal, &account, "Ada Lovelace", "ada@customer.example").await;
    let mut bob = Person::link(&portal, &account, "Bob Builder", "bob@customer.example").await;
    let mut pat =
        Person::link(&portal, &portal.partner, "Pat Partner", "pat@partner.example").await;
    is_let_in(&mut bob.browser, &account).await;
    // No schedule has run.
    set_clock(&portal, "2026-11-23T00:00:01Z");
    is_refused(&mut bob.browser, &account, 403, "plan-lapsed").await;
    let (read, write) = read_and_write(&mut ada.browser, &account).await;
    assert_eq!((read.status, write.problem()), (200, "plan-lapsed"), "{read} {write}");
    let (read, write) = read_and_write(&mut pat.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "the partner can help: {write}");
}

#[tokio::test]
async fn an_end_date_locks_out_at_midnight() {
    let fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    set_clock(&fixture.portal, "2026-11-22T20:00:00Z");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let path = fixture.customer_path(&format!("/professionals/{}", fixture.member.id));
    changed(&ada.patch(&path, json!({ "ends_on": "2026-11-22" })).await);
    is_let_in(&mut bob, &account).await;
    set_clock(&fixture.portal, "2026-11-23T00:00:01Z");
    is_refused(&mut bob, &account, 403, "access-ended").await;
    changed(&ada.patch(&path, json!({ "ends_on": null })).await);
    is_let_in(&mut bob, &account).await;
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_out_every_tab() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().customer().build().await;
    let mut other_tab = ada.browser.clone();
    let mut other_browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    changed(&ada.post("/api/sign-out", Value::Null).await);
    is_refused(&mut other_tab, &portal.customer, 401, "not-signed-in").await;
    assert!(other_tab.get("/api/session").await.body.is_null());
    is_let_in(&mut other_browser, &portal.customer).await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_without_use() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().customer().build().await;
    let clock = &portal.clock;
    clock.set(clock.now() + jiff::SignedDuration::from_secs(12 * 3600 - 60));
    is_let_in(&mut ada.browser, &portal.customer).await;
    clock.set(clock.now() + jiff::SignedDuration::from_secs(60));
    is_refused(&mut ada.browser, &portal.customer, 401, "not-signed-in").await;
}

#[tokio::test]
async fn a_former_partner_has_no_access() {
    let Fixture { portal, partner: mut pat, .. } = Fixture::builder().partner().build().await;
    is_let_in(&mut pat.browser, &portal.customer).await;
    // No function changes the partner yet, so the store does.
    let store = &portal.store;
    let id = AccountId::parse(&portal.customer).expect("an id");
    let before = store.accounts(&[id]).await.expect("read").remove(0);
    let mut after = before.clone();
    after.partner = None;
    let event = AuditEvent {
        id: portal.stack().app.new_id().expect("an id"),
        account: id,
        at: portal.clock.now(),
        actor: Actor::system("A test", ActingAs::Operator),
        event: Event::AccountCreated { imported: false, waiting: false },
        source: None,
        request: None,
    };
    store
        .change_account(portico::store::AccountChange::new(&before, &after, &event))
        .await
        .expect("changed");
    is_refused(&mut pat.browser, &portal.customer, 404, "not-found").await;
}

#[tokio::test]
async fn a_replaced_identity_has_no_access_and_the_new_one_has() {
    let mut fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    let own = fixture.customer_path(&format!("/professionals/{}/invitation", fixture.member.id));
    changed(&fixture.member.post(&own, Value::Null).await);
    fixture.portal.deliver().await;
    is_let_in(&mut fixture.member.browser, &account).await;
    let mut other = fixture
        .portal
        .follow_invitation("bob@customer.example", "Bob Builder", "bob@other.example")
        .await;
    is_refused(&mut fixture.member.browser, &account, 401, "not-signed-in").await;
    fixture.member.sign_in_again(&fixture.portal).await;
    is_refused(&mut fixture.member.browser, &account, 404, "not-found").await;
    is_let_in(&mut other, &account).await;
}

#[tokio::test]
async fn a_dispute_ends_the_access_of_a_stolen_link() {
    let mut fixture = Fixture::builder().customer().build().await;
    let account = fixture.portal.customer.clone();
    let notice = fixture.portal.token("bob@customer.example");
    is_let_in(&mut fixture.member.browser, &account).await;
    changed(
        &fixture.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await,
    );
    is_refused(&mut fixture.member.browser, &account, 401, "not-signed-in").await;
    fixture.member.sign_in_again(&fixture.portal).await;
    is_refused(&mut fixture.member.browser, &account, 404, "not-found").await;
}

#[tokio::test]
async fn permissions_that_a_customer_removes_are_gone_with_the_partners_next_request() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let account = fixture.portal.customer.clone();
    is_let_in(&mut fixture.partner.browser, &account).await;
    changed(
        &fixture
            .administrator
            .put(&fixture.customer_path("/grant"), json!({ "grant": "view" }))
            .await,
    );
    let (read, write) = read_and_write(&mut fixture.partner.browser, &account).await;
    assert_eq!((read.status, write.problem()), (200, "forbidden"), "{write}");
    changed(
        &fixture
            .administrator
            .put(&fixture.customer_path("/grant"), json!({ "grant": "none" }))
            .await,
    );
    is_refused(&mut fixture.partner.browser, &account, 403, "forbidden").await;
    changed(
        &fixture
            .administrator
            .put(&fixture.customer_path("/grant"), json!({ "grant": "manage_people" }))
            .await,
    );
    let (read, write) = read_and_write(&mut fixture.partner.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "{write}");
    changed(&fixture.staff.patch(&fixture.customer_path(""), json!({ "partner": null })).await);
    is_refused(&mut fixture.partner.browser, &account, 404, "not-found").await;
}

#[tokio::test]
async fn permissions_of_staff_are_given_and_taken_with_the_next_request() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let account = fixture.portal.customer.clone();
    let mut sid = fixture.link_colleague(&[]).await;
    for (permissions, expected) in
        [(&[][..], 403), (&["people"], 201), (&["plans"], 403), (&[], 403)]
    {
        fixture.portal.give_staff(&sid.id, permissions).await;
        let (read, write) = read_and_write(&mut sid.browser, &account).await;
        assert_eq!((read.status, write.status), (200, expected), "{permissions:?}: {write}");
    }
}

#[tokio::test]
async fn a_renewal_restores_access_with_the_next_request() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let account = fixture.portal.customer.clone();
    let plan = |last: &str| {
        json!({
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": last },
        })
    };
    changed(&fixture.staff.patch(&fixture.customer_path(""), plan("2026-11-21")).await);
    is_refused(&mut fixture.member.browser, &account, 403, "plan-lapsed").await;
    changed(&fixture.staff.patch(&fixture.customer_path(""), plan("2027-11-21")).await);
    is_let_in(&mut fixture.member.browser, &account).await;
}
