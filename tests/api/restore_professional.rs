//! Undoing a deletion.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tests::Answer;

use crate::office::{
    Member, Office, assert_unchanged, event, link, mails, shown, shown_value, table,
};

/// Deletes a professional as Ada.
async fn delete(office: &mut Office, id: &str) {
    let path = office.person(id);
    let answer = office.ada.browser.delete(&path).await;
    assert_eq!(answer.status, 204, "{answer}");
}

/// Undoes a deletion as Ada.
async fn restore(office: &mut Office, id: &str) -> Answer {
    let path = format!("{}/restore", office.person(id));
    office.ada.browser.post(&path, Value::Null).await
}

/// Moves the clock on.
fn wait(office: &Office, seconds: i64) {
    let clock = &office.portal.clock;
    clock.set(clock.now() + SignedDuration::from_secs(seconds));
}

#[tokio::test]
async fn who_was_deleted_is_on_the_list_as_before() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    office
        .ada
        .browser
        .patch(
            &office.bob.path,
            json!({ "title": "Builder", "phone": "+49 30 123", "ends_on": "2027-01-01" }),
        )
        .await;
    let before = office.seen(&bob).await;
    let sent = mails(&office.portal).await;
    delete(&mut office, &bob).await;
    assert_eq!(office.bob.browser.get(&office.account).await.status, 404);
    let answer = restore(&mut office, &bob).await;
    insta::assert_snapshot!(shown(&answer), @r#"
    201 application/json
    {
      "account": "[id 1]",
      "email": "bob@customer.example",
      "ends_on": "2027-01-01",
      "identity": {
        "email": "bob@customer.example",
        "linked_at": "[time]",
        "name": "Bob Builder",
        "provider": "Test sign-in"
      },
      "invitation": {
        "created_at": "[time]",
        "expires_at": "[time]",
        "state": "accepted"
      },
      "language": "en",
      "last_sign_in": "[time]",
      "name": "Bob Builder",
      "phone": "+49 30 123",
      "professional": "[id 2]",
      "roles": [],
      "state": "linked",
      "title": "Builder",
      "you": {
        "may": [
          "view-professional",
          "update-professional",
          "set-end-date",
          "delete-professional",
          "send-invitation",
          "revoke-invitation"
        ],
        "self": false
      }
    }
    "#);
    assert_eq!(answer.body, before);
    assert_eq!(office.seen(&bob).await, before);
    assert_eq!(office.ada.browser.get(&office.people).await.items().len(), 2);
    assert_eq!(
        office.bob.browser.get(&office.account).await.status,
        200,
        "the identity opens the portal again"
    );
    assert_eq!(mails(&office.portal).await, sent, "nobody is mailed");
}

#[tokio::test]
async fn it_is_in_the_activity_list() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    restore(&mut office, &bob).await;
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
    {
      "act": "professional-restored",
      "actor": {
        "as": "administrator",
        "home": null,
        "name": "Ada Lovelace"
      },
      "at": "[time]",
      "facts": {
        "linked": "yes"
      },
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Bob Builder",
        "professional": "[id 2]"
      }
    }
    "#);
    assert_eq!(
        office.ada.browser.get(&office.activity).await.items()[1]["act"],
        "professional-deleted"
    );
}

#[tokio::test]
async fn nothing_but_the_version_differs_from_before_the_deletion() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    let before = table(&office.portal).await;
    delete(&mut office, &bob).await;
    restore(&mut office, &bob).await;
    let after = table(&office.portal).await;
    let activity = |sk: &str| sk.starts_with("activity#");
    for ((pk, sk), mut item) in after.clone() {
        match before.get(&(pk.clone(), sk.clone())) {
            Some(old) if sk == format!("professional#{bob}") => {
                item.insert("version".to_owned(), old["version"].clone());
                assert_eq!(item, *old);
            }
            Some(old) => assert_eq!(item, *old, "{pk} {sk}"),
            None => assert!(activity(&sk), "{pk} {sk} is left over"),
        }
    }
    assert_eq!(after.len(), before.len() + 2, "what was kept for restoring is gone");
}

#[tokio::test]
async fn it_can_be_undone_for_ten_minutes() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    let at: Timestamp =
        office.newest_activity().await["at"].as_str().expect("a time").parse().expect("a time");
    // Whole seconds: the deletion is later within its second than this is, or the other way round.
    office.portal.clock.set(at + SignedDuration::from_secs(599));
    assert_eq!(restore(&mut office, &bob).await.status, 201);
}

#[tokio::test]
async fn after_ten_minutes_it_is_for_good() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    wait(&office, 601);
    let before = table(&office.portal).await;
    let answer = restore(&mut office, &bob).await;
    assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{answer}");
    assert_unchanged(&office.portal, &before).await;
    assert_eq!(office.bob.browser.get(&office.account).await.status, 404);
}

#[tokio::test]
async fn there_is_nothing_to_restore_twice_nor_of_who_is_on_the_list() {
    let mut office = Office::open().await;
    let (ada, bob) = (office.ada.id.clone(), office.bob.id.clone());
    delete(&mut office, &bob).await;
    assert_eq!(restore(&mut office, &bob).await.status, 201);
    let before = table(&office.portal).await;
    for id in [&bob, &ada, &"01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned()] {
        let answer = restore(&mut office, id).await;
        assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{answer}");
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn of_two_deletions_the_later_is_undone() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    restore(&mut office, &bob).await;
    wait(&office, 300);
    office.ada.browser.patch(&office.bob.path, json!({ "name": "Bob the Second" })).await;
    delete(&mut office, &bob).await;
    // More than ten minutes after the first.
    wait(&office, 400);
    let answer = restore(&mut office, &bob).await;
    assert_eq!((answer.status, &answer.body["name"]), (201, &json!("Bob the Second")), "{answer}");
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_stays_with_who_has_it() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    let other = office.invited("Robert", "bob@customer.example").await;
    let before = table(&office.portal).await;
    let answer = restore(&mut office, &bob).await;
    assert_eq!((answer.status, answer.problem()), (409, "duplicate-email"), "{answer}");
    assert_eq!(
        (&answer.body["professional"], &answer.body["name"]),
        (&json!(other), &json!("Robert"))
    );
    assert_unchanged(&office.portal, &before).await;
    delete(&mut office, &other).await;
    assert_eq!(restore(&mut office, &bob).await.status, 201, "once the address is free again");
}

#[tokio::test]
async fn an_identity_that_has_another_profile_meanwhile_stays_there() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    let new = office.invited("Robert", "robert@customer.example").await;
    let invitation = office.portal.token("robert@customer.example");
    assert_eq!(link(&mut office.bob.browser, &invitation).await.status, 200);
    let answer = restore(&mut office, &bob).await;
    assert_eq!(
        (answer.status, &answer.body["identity"], &answer.body["state"]),
        (201, &Value::Null, &json!("revoked")),
        "{answer}"
    );
    assert_eq!(office.newest_activity().await["facts"], json!({ "linked": "no" }));
    assert_eq!(
        office.bob.browser.get(&office.account).await.body["you"]["professional"],
        json!(new)
    );
    // Another identity is linked with a new invitation.
    let path = office.bob.invitation.clone();
    office.ada.browser.post(&path, Value::Null).await;
    office.portal.deliver().await;
    office
        .portal
        .follow_invitation("bob@customer.example", "Bob Builder", "bob@other.example")
        .await;
    assert_eq!(office.seen(&bob).await["state"], "linked");
}

#[tokio::test]
async fn an_invitation_that_was_open_stays_void() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let token = office.portal.token("cleo@customer.example");
    let mut browser = office.portal.sign_in("Cleo", "cleo@home.example").await;
    delete(&mut office, &cleo).await;
    assert_eq!(link(&mut browser, &token).await.problem(), "link-deleted");
    let answer = restore(&mut office, &cleo).await;
    assert_eq!((answer.status, &answer.body["state"]), (201, &json!("revoked")), "{answer}");
    let before = table(&office.portal).await;
    let previewed = browser.post("/api/invitations/preview", json!({ "token": token })).await;
    assert_eq!((previewed.status, previewed.problem()), (410, "link-revoked"), "{previewed}");
    assert_eq!(link(&mut browser, &token).await.problem(), "link-revoked");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn an_invitation_that_had_not_left_yet_does_not_leave() {
    let mut office = Office::open().await;
    let before = mails(&office.portal).await;
    let answer = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = answer.body["professional"].as_str().expect("an id").to_owned();
    delete(&mut office, &cleo).await;
    restore(&mut office, &cleo).await;
    assert_eq!(mails(&office.portal).await, before);
    assert_eq!(office.seen(&cleo).await["state"], "revoked");
}

#[tokio::test]
async fn this_was_not_me_is_heard_again() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    let notice = json!({ "token": office.portal.token("bob@customer.example") });
    let mut anybody = office.portal.browser();
    delete(&mut office, &bob).await;
    assert_eq!(
        anybody.post("/api/links/disputes", notice.clone()).await.problem(),
        "dispute-expired"
    );
    restore(&mut office, &bob).await;
    assert_eq!(anybody.post("/api/links/disputes", notice).await.status, 200);
    delete(&mut office, &bob).await;
    let answer = restore(&mut office, &bob).await;
    assert_eq!(answer.body["state"], "held", "a hold stays");
}

#[tokio::test]
async fn roles_that_were_handed_over_stay_where_they_are() {
    let mut office = Office::open().await;
    let (ada, bob) = (office.ada.id.clone(), office.bob.id.clone());
    assert_eq!(
        office.ada.browser.delete(&format!("{}?hand_over_to={bob}", office.ada.path)).await.status,
        204
    );
    let answer =
        office.bob.browser.post(&format!("{}/restore", office.ada.path), Value::Null).await;
    assert_eq!(
        (answer.status, &answer.body["roles"]),
        (201, &json!(["administrator"])),
        "{answer}"
    );
    let roles = office.ada.browser.get(&office.account).await.body["roles"].clone();
    let mut administrators = [ada, bob.clone()];
    administrators.sort_unstable();
    assert_eq!(
        roles,
        json!({ "administrators": administrators, "billing_contact": bob, "shipping_contact": bob })
    );
}

#[tokio::test]
async fn what_is_kept_goes_by_itself_and_is_shown_to_nobody() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    delete(&mut office, &bob).await;
    let at: Timestamp =
        office.newest_activity().await["at"].as_str().expect("a time").parse().expect("a time");
    let table = table(&office.portal).await;
    let kept = &table[&(format!("account#{}", office.portal.customer), format!("deleted#{bob}"))];
    let ttl: i64 = kept["ttl"].as_n().expect("a number").parse().expect("a number");
    assert_eq!(ttl, at.as_second() + 600);
    assert_eq!(office.ada.browser.get(&office.bob.path).await.status, 404);
    assert_eq!(
        office.ada.browser.get(&format!("{}?search=bob", office.people)).await.items().len(),
        0
    );
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut office = Office::open().await;
    let bob = office.bob.id.clone();
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    for (member, capacity) in [(&mut partner, "partner"), (&mut staff, "staff")] {
        delete(&mut office, &bob).await;
        let answer =
            member.browser.post(&format!("{}/restore", office.bob.path), Value::Null).await;
        assert_eq!(answer.status, 201, "{answer}");
        let newest = office.newest_activity().await;
        assert_eq!(
            (&newest["act"], &newest["actor"]["as"]),
            (&json!("professional-restored"), &json!(capacity))
        );
    }
    delete(&mut office, &bob).await;
    let answer = office
        .portal
        .operator("RestoreProfessional", event(&office.portal.customer, Some(&bob), Value::Null))
        .await;
    assert_eq!(answer["status"], 201, "{answer}");
}

#[tokio::test]
async fn whoever_may_not_invite_may_not_restore() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let foreign = office.portal.create_customer("Another Customer").await;
    let mut carl =
        Member::link(&office.portal, &foreign, "Carl Foreign", "carl@foreign.example").await;
    delete(&mut office, &cleo).await;
    let before = table(&office.portal).await;
    let path = format!("{}/restore", office.person(&cleo));
    for (browser, status, problem) in
        [(&mut office.bob.browser, 403, "forbidden"), (&mut carl.browser, 404, "not-found")]
    {
        let answer = browser.post(&path, Value::Null).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
    }
    // Nor somewhere else.
    let elsewhere = format!("{}/restore", crate::office::person(&foreign, &cleo));
    assert_eq!(carl.browser.post(&elsewhere, Value::Null).await.status, 404);
    assert_unchanged(&office.portal, &before).await;
}
