//! Whoever loses a right has lost it with the very next request of a session that is open, and whoever gains one has it then.

use jiff::Timestamp;
use portico::domain::{AccountId, Activity, Actor, Deed, authorization::ActingAs};
use serde_json::{Value, json};
use tests::{Answer, Browser, Portal};

use crate::scene::{Person, Scene};

/// Reads the account, then tries to add somebody to it.
async fn read_and_write(browser: &mut Browser, account: &str) -> (Answer, Answer) {
    let read = browser.get(&format!("/api/accounts/{account}")).await;
    let person = json!({ "name": "New Person", "email": format!("new{}@customer.example", read.body["version"]), "send_invitation": false });
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
async fn who_is_taken_off_the_list_is_out() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    is_let_in(&mut scene.bob.browser, &account).await;
    changed(
        &scene
            .ada
            .browser
            .delete(&scene.customer(&format!("/professionals/{}", scene.bob.id)))
            .await,
    );
    is_refused(&mut scene.bob.browser, &account, 404, "not-found").await;
    assert_eq!(scene.bob.browser.get("/api/accounts").await.items().len(), 0);
    assert_eq!(
        scene.bob.browser.get("/api/session").await.body["accounts"],
        0,
        "the session itself goes on"
    );
}

#[tokio::test]
async fn who_is_put_back_on_the_list_is_in_again_with_the_right_they_had() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    let roles = json!({ "administrators": [scene.ada.id, scene.bob.id], "billing_contact": scene.ada.id, "shipping_contact": scene.ada.id });
    changed(&scene.ada.browser.put(&scene.customer("/roles"), roles).await);
    let bob = scene.customer(&format!("/professionals/{}", scene.bob.id));
    changed(&scene.ada.browser.delete(&bob).await);
    is_refused(&mut scene.bob.browser, &account, 404, "not-found").await;
    changed(&scene.ada.browser.post(&format!("{bob}/restore"), Value::Null).await);
    let (read, write) = read_and_write(&mut scene.bob.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "{read} {write}");
}

#[tokio::test]
async fn partners_and_staffs_people_who_are_taken_off_their_list_are_out() {
    let Scene { portal, mut pia, mut sam, .. } = Scene::set().await;
    for (home, person) in [(portal.partner.as_str(), &mut pia), (Portal::VENDOR, &mut sam)] {
        is_let_in(&mut person.browser, &portal.customer).await;
        let heir = portal.add(home, "Eve Early", "eve@home.example").await;
        let path = json!({ "account": home, "professional": person.id });
        let deleted = portal
            .operator(
                "DeleteProfessional",
                json!({ "path": path, "query": { "hand_over_to": heir } }),
            )
            .await;
        assert_eq!(deleted["status"], 204, "{deleted}");
        is_refused(&mut person.browser, &portal.customer, 404, "not-found").await;
    }
}

#[tokio::test]
async fn a_role_given_or_taken_counts_at_once() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    let roles = |administrators: &[&str]| json!({ "administrators": administrators, "billing_contact": scene.ada.id, "shipping_contact": scene.ada.id });
    let (both, alone) = (roles(&[&scene.ada.id, &scene.bob.id]), roles(&[&scene.ada.id]));
    let path = scene.customer("/roles");
    assert_eq!(read_and_write(&mut scene.bob.browser, &account).await.1.problem(), "forbidden");
    changed(&scene.ada.browser.put(&path, both).await);
    assert_eq!(read_and_write(&mut scene.bob.browser, &account).await.1.status, 201);
    changed(&scene.ada.browser.put(&path, alone).await);
    assert_eq!(read_and_write(&mut scene.bob.browser, &account).await.1.problem(), "forbidden");
    let activity = scene.bob.browser.get(&scene.customer("/activity")).await;
    assert_eq!(activity.problem(), "forbidden");
}

#[tokio::test]
async fn a_lapse_shuts_out_at_midnight_and_leaves_administrators_what_they_may_read() {
    let portal = Portal::start().await;
    set_clock(&portal, "2026-11-22T20:00:00Z");
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-22" });
    let account = portal.create_account(json!({ "name": "Ending Customer", "kind": "customer", "partner": portal.partner, "plan": plan })).await;
    let mut ada = Person::link(&portal, &account, "Ada Lovelace", "ada@customer.example").await;
    let mut bob = Person::link(&portal, &account, "Bob Brown", "bob@customer.example").await;
    let mut pia =
        Person::link(&portal, &portal.partner, "Pia Partner", "pia@partner.example").await;
    is_let_in(&mut bob.browser, &account).await;
    // No schedule has run.
    set_clock(&portal, "2026-11-23T00:00:01Z");
    is_refused(&mut bob.browser, &account, 403, "plan-lapsed").await;
    let (read, write) = read_and_write(&mut ada.browser, &account).await;
    assert_eq!((read.status, write.problem()), (200, "plan-lapsed"), "{read} {write}");
    let (read, write) = read_and_write(&mut pia.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "the partner can help: {write}");
}

#[tokio::test]
async fn an_end_date_shuts_out_at_midnight() {
    let scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    set_clock(&scene.portal, "2026-11-22T20:00:00Z");
    let mut ada = scene.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut bob = scene.portal.sign_in("Bob Brown", "bob@customer.example").await;
    let path = scene.customer(&format!("/professionals/{}", scene.bob.id));
    changed(&ada.patch(&path, json!({ "ends_on": "2026-11-22" })).await);
    is_let_in(&mut bob, &account).await;
    set_clock(&scene.portal, "2026-11-23T00:00:01Z");
    is_refused(&mut bob, &account, 403, "access-ended").await;
    changed(&ada.patch(&path, json!({ "ends_on": null })).await);
    is_let_in(&mut bob, &account).await;
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_out_every_tab() {
    let Scene { portal, mut ada, .. } = Scene::set().await;
    let mut other_tab = ada.browser.clone();
    let mut other_browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    changed(&ada.browser.post("/api/sign-out", Value::Null).await);
    is_refused(&mut other_tab, &portal.customer, 401, "not-signed-in").await;
    assert!(other_tab.get("/api/session").await.body.is_null());
    is_let_in(&mut other_browser, &portal.customer).await;
}

#[tokio::test]
async fn a_session_ends_after_a_day() {
    let Scene { portal, mut ada, .. } = Scene::set().await;
    let clock = &portal.clock;
    clock.set(clock.now() + jiff::SignedDuration::from_secs(24 * 3600 - 60));
    is_let_in(&mut ada.browser, &portal.customer).await;
    clock.set(clock.now() + jiff::SignedDuration::from_secs(60));
    is_refused(&mut ada.browser, &portal.customer, 401, "not-signed-in").await;
}

#[tokio::test]
async fn a_partner_that_is_no_longer_of_record_is_out() {
    let Scene { portal, mut pia, .. } = Scene::set().await;
    is_let_in(&mut pia.browser, &portal.customer).await;
    // No function changes the partner yet, so the store does.
    let store = &portal.store;
    let id = AccountId::parse(&portal.customer).expect("an id");
    let before = store.accounts(&[id]).await.expect("read").remove(0);
    let mut after = before.clone();
    after.partner = None;
    let activity = Activity {
        id: portal.stack().app.new_id().expect("an id"),
        account: id,
        at: portal.clock.now(),
        actor: Actor::system("A test", ActingAs::Operator),
        act: Deed::AccountCreated,
        target: None,
        facts: [].into(),
        source: None,
        request: None,
    };
    store.change_account(&before, &after, &[], &[], &activity).await.expect("changed");
    is_refused(&mut pia.browser, &portal.customer, 404, "not-found").await;
}

#[tokio::test]
async fn an_identity_that_was_replaced_is_out_and_the_new_one_in() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    let own = scene.customer(&format!("/professionals/{}/invitation", scene.bob.id));
    changed(&scene.bob.browser.post(&own, Value::Null).await);
    scene.portal.deliver().await;
    is_let_in(&mut scene.bob.browser, &account).await;
    let mut other = scene
        .portal
        .follow_invitation("bob@customer.example", "Bob Brown", "bob@other.example")
        .await;
    is_refused(&mut scene.bob.browser, &account, 404, "not-found").await;
    is_let_in(&mut other, &account).await;
}

#[tokio::test]
async fn whoever_took_a_link_that_was_not_theirs_is_out_with_the_dispute() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    let notice = scene.portal.token("bob@customer.example");
    is_let_in(&mut scene.bob.browser, &account).await;
    changed(&scene.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await);
    is_refused(&mut scene.bob.browser, &account, 404, "not-found").await;
}

#[tokio::test]
async fn what_a_customer_takes_from_its_partner_is_gone_with_the_partners_next_request() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    is_let_in(&mut scene.pia.browser, &account).await;
    changed(&scene.ada.browser.put(&scene.customer("/grant"), json!({ "grant": "view" })).await);
    let (read, write) = read_and_write(&mut scene.pia.browser, &account).await;
    assert_eq!((read.status, write.problem()), (200, "forbidden"), "{write}");
    changed(&scene.ada.browser.put(&scene.customer("/grant"), json!({ "grant": "none" })).await);
    is_refused(&mut scene.pia.browser, &account, 403, "forbidden").await;
    changed(
        &scene
            .ada
            .browser
            .put(&scene.customer("/grant"), json!({ "grant": "manage_people" }))
            .await,
    );
    let (read, write) = read_and_write(&mut scene.pia.browser, &account).await;
    assert_eq!((read.status, write.status), (200, 201), "{write}");
    changed(&scene.sam.browser.patch(&scene.customer(""), json!({ "partner": null })).await);
    is_refused(&mut scene.pia.browser, &account, 404, "not-found").await;
}

#[tokio::test]
async fn a_renewal_lets_everybody_in_with_their_next_request() {
    let mut scene = Scene::set().await;
    let account = scene.portal.customer.clone();
    let plan = |last: &str| json!({ "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": last } });
    changed(&scene.sam.browser.patch(&scene.customer(""), plan("2026-11-21")).await);
    is_refused(&mut scene.bob.browser, &account, 403, "plan-lapsed").await;
    changed(&scene.sam.browser.patch(&scene.customer(""), plan("2027-11-21")).await);
    is_let_in(&mut scene.bob.browser, &account).await;
}
