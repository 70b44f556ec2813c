//! Undoing a deletion.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Table, activity_text, operator_event, path};

/// Deletes a professional as Ada.
async fn delete(fixture: &mut Fixture, id: &str) {
    let path = fixture.person(id);
    let answer = fixture.administrator.delete(&path).await;
    assert_eq!(answer.status, 204, "{answer}");
}

/// Undoes a deletion as Ada.
async fn restore(fixture: &mut Fixture, id: &str) -> Answer {
    let path = format!("{}/restore", fixture.person(id));
    fixture.administrator.post(&path, Value::Null).await
}

/// Moves the clock forward.
fn wait(fixture: &Fixture, seconds: i64) {
    let clock = &fixture.portal.clock;
    clock.set(clock.now() + SignedDuration::from_secs(seconds));
}

#[tokio::test]
async fn a_restored_professional_is_on_the_list_as_before() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    fixture
        .administrator
        .patch(
            &fixture.member.path,
            json!({ "title": "Builder", "phone": "+49 30 123", "ends_on": "2027-01-01" }),
        )
        .await;
    let before = fixture.profile(&bob).await;
    let sent = fixture.portal.sent_mails().await;
    delete(&mut fixture, &bob).await;
    assert_eq!(fixture.member.get(&fixture.account).await.status, 404);
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!((answer.status, answer.kind()), (201, "application/json"), "{answer}");
    assert_eq!(answer.body, before);
    assert_eq!(fixture.profile(&bob).await, before);
    assert_eq!(fixture.administrator.get(&fixture.people).await.items().len(), 2);
    assert_eq!(
        fixture.member.get(&fixture.account).await.status,
        200,
        "the identity opens the portal again"
    );
    assert_eq!(fixture.portal.sent_mails().await, sent, "nobody is mailed");
}

#[tokio::test]
async fn it_is_in_the_activity_list() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    restore(&mut fixture, &bob).await;
    insta::assert_snapshot!(activity_text(&fixture.newest_activity().await), @"
    professional-restored by Ada Lovelace as administrator on Bob Builder from 127.0.0.1
      linked: true
    ");
    assert_eq!(
        fixture.administrator.get(&fixture.activity).await.items()[1]["event"]["type"],
        "professional-deleted"
    );
}

#[tokio::test]
async fn nothing_but_the_version_differs_from_before_the_deletion() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let before = Table::of(&fixture.portal).await;
    delete(&mut fixture, &bob).await;
    restore(&mut fixture, &bob).await;
    let after = Table::of(&fixture.portal).await;
    let activity = |sk: &str| sk.starts_with("event#");
    for (pk, sk, item) in after.all() {
        match before.item(pk, sk) {
            Value::Null => assert!(activity(sk), "{pk} {sk} is left over"),
            old if sk == format!("professional#{bob}") => {
                let mut item = item.clone();
                item["version"] = old["version"].clone();
                assert_eq!(item, *old);
            }
            old => assert_eq!(item, old, "{pk} {sk}"),
        }
    }
    assert_eq!(after.keys().count(), before.keys().count() + 2, "the kept profile is gone");
}

#[tokio::test]
async fn it_can_be_undone_for_ten_minutes() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    let at: Timestamp =
        fixture.newest_activity().await["at"].as_str().expect("a time").parse().expect("a time");
    // Whole seconds, since the sub-second part of either time may be larger.
    fixture.portal.clock.set(at + SignedDuration::from_secs(599));
    assert_eq!(restore(&mut fixture, &bob).await.status, 201);
}

#[tokio::test]
async fn after_ten_minutes_it_is_final() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    wait(&fixture, 601);
    let before = Table::of(&fixture.portal).await;
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(fixture.member.get(&fixture.account).await.status, 404);
}

#[tokio::test]
async fn nobody_is_restored_twice_or_while_on_the_list() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    delete(&mut fixture, &bob).await;
    assert_eq!(restore(&mut fixture, &bob).await.status, 201);
    let before = Table::of(&fixture.portal).await;
    for id in [&bob, &ada, &"01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned()] {
        let answer = restore(&mut fixture, id).await;
        assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn the_later_of_two_deletions_is_undone() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    restore(&mut fixture, &bob).await;
    wait(&fixture, 300);
    fixture.administrator.patch(&fixture.member.path, json!({ "name": "Bob the Second" })).await;
    delete(&mut fixture, &bob).await;
    // More than ten minutes after the first.
    wait(&fixture, 400);
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!((answer.status, &answer.body["name"]), (201, &json!("Bob the Second")), "{answer}");
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_stays_with_its_holder() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    let other = fixture.invited("Robert", "bob@customer.example").await;
    let before = Table::of(&fixture.portal).await;
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!((answer.status, answer.problem()), (409, "duplicate-email"), "{answer}");
    assert_eq!(
        (&answer.body["professional"], &answer.body["name"]),
        (&json!(other), &json!("Robert"))
    );
    before.assert_unchanged(&fixture.portal).await;
    delete(&mut fixture, &other).await;
    assert_eq!(restore(&mut fixture, &bob).await.status, 201, "once the address is free again");
}

#[tokio::test]
async fn an_identity_that_has_another_profile_meanwhile_stays_there() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    let new = fixture.invited("Robert", "robert@customer.example").await;
    let invitation = fixture.portal.token("robert@customer.example");
    assert_eq!(fixture.member.browser.link(&invitation).await.status, 200);
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!(
        (answer.status, &answer.body["identity"], &answer.body["state"]),
        (201, &Value::Null, &json!("revoked")),
        "{answer}"
    );
    assert_eq!(fixture.newest_activity().await["event"]["linked"], false);
    assert_eq!(fixture.member.get(&fixture.account).await.body["you"]["professional"], json!(new));
    // Another identity is linked with a new invitation.
    let path = fixture.member.invitation.clone();
    fixture.administrator.post(&path, Value::Null).await;
    fixture.portal.deliver().await;
    fixture
        .portal
        .follow_invitation("bob@customer.example", "Bob Builder", "bob@other.example")
        .await;
    assert_eq!(fixture.profile(&bob).await["state"], "linked");
}

#[tokio::test]
async fn an_invitation_that_was_open_stays_void() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let token = fixture.portal.token("cleo@customer.example");
    let mut browser = fixture.portal.sign_in("Cleo", "cleo@home.example").await;
    delete(&mut fixture, &cleo).await;
    assert_eq!(browser.link(&token).await.problem(), "link-deleted");
    let answer = restore(&mut fixture, &cleo).await;
    assert_eq!((answer.status, &answer.body["state"]), (201, &json!("revoked")), "{answer}");
    let before = Table::of(&fixture.portal).await;
    let previewed = browser.post("/api/invitations/preview", json!({ "token": token })).await;
    assert_eq!((previewed.status, previewed.problem()), (410, "link-revoked"), "{previewed}");
    assert_eq!(browser.link(&token).await.problem(), "link-revoked");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_invitation_that_was_not_sent_yet_is_not_sent() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    let answer = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = answer.body["professional"].as_str().expect("an id").to_owned();
    delete(&mut fixture, &cleo).await;
    restore(&mut fixture, &cleo).await;
    assert_eq!(fixture.portal.sent_mails().await, before);
    assert_eq!(fixture.profile(&cleo).await["state"], "revoked");
}

#[tokio::test]
async fn a_dispute_is_accepted_again() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let notice = json!({ "token": fixture.portal.token("bob@customer.example") });
    let mut anybody = fixture.portal.browser();
    delete(&mut fixture, &bob).await;
    assert_eq!(
        anybody.post("/api/links/disputes", notice.clone()).await.problem(),
        "dispute-expired"
    );
    restore(&mut fixture, &bob).await;
    assert_eq!(anybody.post("/api/links/disputes", notice).await.status, 200);
    delete(&mut fixture, &bob).await;
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!(answer.body["state"], "on_hold", "a hold stays");
}

#[tokio::test]
async fn roles_that_were_handed_over_stay_with_the_successor() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    assert_eq!(
        fixture
            .administrator
            .delete(&format!("{}?hand_over_to={bob}", fixture.administrator.path))
            .await
            .status,
        204
    );
    let answer =
        fixture.member.post(&format!("{}/restore", fixture.administrator.path), Value::Null).await;
    assert_eq!(
        (answer.status, &answer.body["roles"]),
        (201, &json!(["administrator"])),
        "{answer}"
    );
    let roles = fixture.administrator.get(&fixture.account).await.body["roles"].clone();
    let mut administrators = [ada, bob.clone()];
    administrators.sort_unstable();
    assert_eq!(
        roles,
        json!({ "administrators": administrators, "billing_contact": bob, "shipping_contact": bob })
    );
}

#[tokio::test]
async fn the_kept_profile_expires_and_is_shown_to_nobody() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    delete(&mut fixture, &bob).await;
    let at: Timestamp =
        fixture.newest_activity().await["at"].as_str().expect("a time").parse().expect("a time");
    let table = Table::of(&fixture.portal).await;
    let account = format!("account#{}", fixture.portal.customer);
    let kept = table.item(&account, &format!("deleted#{bob}"));
    assert_eq!(kept["ttl"], at.as_second() + 600);
    assert_eq!(fixture.administrator.get(&fixture.member.path).await.status, 404);
    assert_eq!(
        fixture.administrator.get(&format!("{}?search=bob", fixture.people)).await.items().len(),
        0
    );
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let bob = fixture.member.id.clone();
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (member, capacity) in [(&mut partner, "partner"), (&mut staff, "staff")] {
        delete(&mut fixture, &bob).await;
        let answer = member.post(&format!("{}/restore", fixture.member.path), Value::Null).await;
        assert_eq!(answer.status, 201, "{answer}");
        let newest = fixture.newest_activity().await;
        assert_eq!(
            (&newest["event"]["type"], &newest["actor"]["as"]),
            (&json!("professional-restored"), &json!(capacity))
        );
    }
    delete(&mut fixture, &bob).await;
    let answer = fixture
        .portal
        .operator(
            "RestoreProfessional",
            operator_event(&fixture.portal.customer, Some(&bob), Value::Null),
        )
        .await;
    assert_eq!(answer["status"], 201, "{answer}");
}

#[tokio::test]
async fn partner_and_staff_restore_no_administrator_once_anybody_has_linked() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited_administrator("Cleo", "cleo@customer.example").await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    delete(&mut fixture, &cleo).await;
    let path = format!("{}/restore", fixture.person(&cleo));
    let before = Table::of(&fixture.portal).await;
    for member in [&mut partner, &mut staff] {
        let answer = member.post(&path, Value::Null).await;
        assert_eq!((answer.status, answer.problem()), (403, "appointment-required"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(restore(&mut fixture, &cleo).await.status, 201);
}

#[tokio::test]
async fn a_restored_administrator_can_sign_in_as_before_and_needs_room() {
    let mut fixture = Fixture::with_customer().await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles =
        json!({ "administrators": [ada, bob], "billing_contact": ada, "shipping_contact": ada });
    assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
    let active = async |fixture: &mut Fixture| {
        let account = fixture.account.clone();
        fixture.administrator.get(&account).await.body["active_administrators"].clone()
    };
    let both = active(&mut fixture).await;
    delete(&mut fixture, &bob).await;
    assert_eq!(active(&mut fixture).await, json!([ada]));
    assert_eq!(restore(&mut fixture, &bob).await.status, 201);
    assert_eq!(active(&mut fixture).await, both);

    delete(&mut fixture, &bob).await;
    fixture.portal.add_crowd(&fixture.portal.customer, 49, true).await;
    let before = Table::of(&fixture.portal).await;
    let answer = restore(&mut fixture, &bob).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["administrator"]), "{answer}");
    assert_eq!(answer.body["errors"][0]["code"], "too-many-administrators");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn without_permission_to_invite_nobody_restores() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let foreign = fixture.portal.create_customer("Another Customer").await;
    let mut carl =
        Person::link(&fixture.portal, &foreign, "Carl Foreign", "carl@foreign.example").await;
    delete(&mut fixture, &cleo).await;
    let before = Table::of(&fixture.portal).await;
    let path = format!("{}/restore", fixture.person(&cleo));
    for (browser, status, problem) in
        [(&mut fixture.member.browser, 403, "forbidden"), (&mut carl.browser, 404, "not-found")]
    {
        let answer = browser.post(&path, Value::Null).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
    }
    // Nor through another account's path.
    let elsewhere = format!("{}/restore", path::person(&foreign, &cleo));
    assert_eq!(carl.post(&elsewhere, Value::Null).await.status, 404);
    before.assert_unchanged(&fixture.portal).await;
}
