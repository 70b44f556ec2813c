//! Approving and declining an appointment as the second person.

use portico::domain::{
    AccountId, Actor, Appointee, Appointment, AppointmentId, AppointmentRequest, AuditEvent,
    AuditEventId, EmailAddress, Event, ProfessionalId, authorization::ActingAs,
};
use serde_json::{Value, json};
use tests::{Browser, Fixture, Table, activity_text};

/// The appointment.
const ASKED: &str = "01JD7H2M8C1NV1TE5X6Y7Z8A1V";

/// Has another staff member ask to appoint Bob in place of Ada. Returns the path of the decision.
async fn asked(fixture: &Fixture) -> String {
    asked_by(fixture, Actor::system("Sid Second", ActingAs::Staff)).await
}

async fn asked_by(fixture: &Fixture, by: Actor) -> String {
    asked_for(fixture, by, Some).await
}

/// Has `by` ask to take the role from Ada and to appoint what `appointing` makes of Bob.
async fn asked_for(
    fixture: &Fixture,
    by: Actor,
    appointing: impl FnOnce(Appointee) -> Option<Appointee>,
) -> String {
    let store = &fixture.portal.store;
    let before = store
        .accounts(&[AccountId::parse(&fixture.portal.customer).expect("an id")])
        .await
        .expect("the account")
        .remove(0);
    let people = store.people(before.id, None).await.expect("people").items;
    let name = |id: &str| {
        people
            .iter()
            .find(|person| person.id.to_string() == id)
            .map(|value| (value.id, value.details.name.to_string()))
            .expect("somebody")
    };
    let ((bob, bobs_name), ada) = (name(&fixture.member.id), name(&fixture.administrator.id));
    let request = AppointmentRequest {
        appointee: appointing(Appointee {
            id: bob,
            name: bobs_name,
            on_record: EmailAddress::parse(&fixture.member.email).expect("an address"),
            email: None,
        }),
        in_place_of: [ada].into(),
        reason: None,
    };
    let event = Event::AppointmentRequested {
        professional: request.new_administrator(&before.roles),
        in_place_of: request.leaving_people(),
        new_address_of: request.new_address_of(),
        reason: None,
    };
    let mut after = before.clone();
    after.appointment = Some(Appointment {
        id: AppointmentId::parse(ASKED).expect("an id"),
        request,
        by: by.clone(),
        at: fixture.portal.clock.now(),
        approved: None,
    });
    let event = AuditEvent {
        id: AuditEventId::parse(ASKED).expect("an id"),
        account: before.id,
        at: fixture.portal.clock.now(),
        actor: by,
        event,
        source: None,
        request: None,
    };
    store
        .change_account(portico::store::AccountChange::new(&before, &after, &event))
        .await
        .expect("asked");
    format!("{}/appointments/{ASKED}/decision", fixture.account)
}

#[expect(clippy::unnecessary_wraps, reason = "one of the choices of `asked_for`")]
fn with_new_address(bob: Appointee) -> Option<Appointee> {
    Some(Appointee { email: EmailAddress::parse("bob@new.example").ok(), ..bob })
}

async fn administrators(browser: &mut Browser, fixture: &Fixture) -> Value {
    browser.get(&fixture.account).await.body["roles"]["administrators"].clone()
}

#[tokio::test]
async fn staff_approve_and_the_account_is_notified() {
    let fixture = Fixture::with_customer().await;
    let decision = asked(&fixture).await;
    let mut staff = fixture.link_staff().await;
    let before = fixture.portal.sent_mails().await;
    let approved = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!(approved.status, 200, "{approved}");
    assert_eq!(approved.body["roles"]["administrators"], json!([fixture.member.id]));
    assert_eq!(fixture.portal.sent_mails().await, before + 2);
    let list = staff.get(&fixture.activity).await;
    let made = list
        .items()
        .iter()
        .find(|activity| activity["event"]["type"] == "administrator-appointed")
        .cloned()
        .expect("an entry");
    insta::assert_snapshot!(activity_text(&made), @"
    administrator-appointed by Stella Staff as staff of Example Vendor on Bob Builder from 127.0.0.1
      in_place_of: Ada Lovelace
      requested_by: Sid Second
    ");

    let before = Table::of(&fixture.portal).await;
    assert_eq!(staff.post(&decision, json!({ "approve": true })).await.status, 200, "once more");
    assert_eq!(
        staff.post(&decision, json!({ "approve": false })).await.status,
        409,
        "somebody decided otherwise"
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn staff_decline_with_a_reason_and_nobody_changes() {
    let fixture = Fixture::with_customer().await;
    let decision = asked(&fixture).await;
    let mut staff = fixture.link_staff().await;
    let declined = staff
        .post(&decision, json!({ "approve": false, "reason": "Ada answers the telephone." }))
        .await;
    assert_eq!((declined.status, &declined.body["appointment"]), (200, &Value::Null), "{declined}");
    assert_eq!(
        administrators(&mut staff.browser, &fixture).await,
        json!([fixture.administrator.id])
    );
    let newest = staff.get(&fixture.activity).await.items()[0].clone();
    assert_eq!(
        (&newest["event"]["type"], &newest["event"]["reason"]),
        (&json!("appointment-declined"), &json!("Ada answers the telephone."))
    );
    assert_eq!(staff.post(&decision, json!({ "approve": false })).await.status, 200, "once more");
}

#[tokio::test]
async fn nobody_approves_what_they_asked_for_with_another_identity() {
    let fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let stella = Actor {
        professional: ProfessionalId::parse(&staff.id),
        ..Actor::system("Stella Staff", ActingAs::Staff)
    };
    let decision = asked_by(&fixture, stella).await;
    let before = Table::of(&fixture.portal).await;
    assert_eq!(staff.get(&fixture.account).await.body["appointment"]["yours"], true);
    let own = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!((own.status, own.problem()), (403, "forbidden"), "{own}");
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(staff.post(&decision, json!({ "approve": false })).await.status, 200, "taken back");
}

#[tokio::test]
async fn only_staff_decide_and_only_on_the_newest() {
    let mut fixture = Fixture::with_customer().await;
    let decision = asked(&fixture).await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let before = Table::of(&fixture.portal).await;
    for (browser, status) in [
        (&mut fixture.administrator.browser, 403),
        (&mut fixture.member.browser, 403),
        (&mut partner.browser, 403),
        (&mut fixture.portal.browser(), 401),
    ] {
        assert_eq!(browser.post(&decision, json!({ "approve": true })).await.status, status);
    }
    let other = decision.replace(ASKED, &fixture.member.id);
    assert_eq!(staff.post(&other, json!({ "approve": true })).await.status, 404);
    assert_eq!(staff.post(&decision, json!({ "approve": true, "reason": "" })).await.status, 422);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_approved_address_takes_effect_and_the_earlier_one_is_told() {
    let fixture = Fixture::with_customer().await;
    let sid = Actor::system("Sid Second", ActingAs::Staff);
    let decision = asked_for(&fixture, sid, with_new_address).await;
    let mut staff = fixture.link_staff().await;
    let shown = staff.get(&fixture.account).await.body["appointment"].clone();
    assert_eq!(
        (&shown["name"], &shown["email"]),
        (&json!("Bob Builder"), &json!("bob@new.example"))
    );
    let approved = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!(approved.status, 200, "{approved}");
    assert_eq!(staff.get(&fixture.member.path).await.body["email"], "bob@new.example");
    fixture.portal.sent_mails().await;
    assert_eq!(
        fixture.portal.recipients("administrator-changed"),
        ["ada@customer.example", "bob@customer.example", "bob@new.example"]
    );
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_is_not_given() {
    let mut fixture = Fixture::with_customer().await;
    let sid = Actor::system("Sid Second", ActingAs::Staff);
    let decision = asked_for(&fixture, sid, with_new_address).await;
    fixture.invited("Robert", "bob@new.example").await;
    let mut staff = fixture.link_staff().await;
    let answer = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!(
        (answer.status, answer.problem(), &answer.body["name"]),
        (409, "duplicate-email", &json!("Robert")),
        "{answer}"
    );
    assert_eq!(
        fixture.administrator.get(&fixture.account).await.body["you"]["as"],
        "administrator"
    );
}

#[tokio::test]
async fn nobody_is_approved_whose_mailbox_was_changed_since() {
    let fixture = Fixture::with_customer().await;
    let decision = asked(&fixture).await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let changed = partner.patch(&fixture.member.path, json!({ "email": "pat@evil.example" })).await;
    assert_eq!(changed.status, 200, "Bob is no administrator: {changed}");
    let before = Table::of(&fixture.portal).await;
    let answer = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!((answer.status, answer.problem()), (409, "changed"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn what_would_leave_nobody_by_now_is_not_approved() {
    let fixture = Fixture::with_customer().await;
    let sid = Actor::system("Sid Second", ActingAs::Staff);
    let decision = asked_for(&fixture, sid, |_| None).await;
    let mut staff = fixture.link_staff().await;
    let before = Table::of(&fixture.portal).await;
    let answer = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!((answer.status, answer.problem()), (409, "role-required"), "{answer}");
    assert_eq!(
        answer.body["eligible"],
        json!([{ "professional": fixture.member.id, "name": "Bob Builder" }])
    );
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_person_who_left_meanwhile_is_not_appointed() {
    let mut fixture = Fixture::with_customer().await;
    let decision = asked(&fixture).await;
    assert_eq!(fixture.administrator.delete(&fixture.member.path).await.status, 204);
    let mut staff = fixture.link_staff().await;
    let answer = staff.post(&decision, json!({ "approve": true })).await;
    assert_eq!(
        (answer.status, &answer.body["errors"][0]["code"]),
        (422, &json!("ineligible")),
        "{answer}"
    );
    assert_eq!(
        administrators(&mut staff.browser, &fixture).await,
        json!([fixture.administrator.id])
    );
}
