//! Approving and declining an appointment as the second person.

use portico::domain::{
    AccountId, ActivityId, Actor, Appointment, AppointmentId, AppointmentRequest, Deed,
    ProfessionalId, authorization::ActingAs,
};
use serde_json::{Value, json};
use tests::Browser;

use crate::office::{Office, assert_unchanged, mails, shown_value, table};

/// The appointment.
const ASKED: &str = "01JD7H2M8C1NV1TE5X6Y7Z8A1V";

/// Has a colleague of the staff ask for Bob in Ada's place; returns where to decide.
async fn asked(office: &Office) -> String {
    asked_by(office, Actor::system("Sid Second", ActingAs::Staff)).await
}

async fn asked_by(office: &Office, by: Actor) -> String {
    let store = &office.portal.store;
    let before = store
        .accounts(&[AccountId::parse(&office.portal.customer).expect("an id")])
        .await
        .expect("the account")
        .remove(0);
    let people = store.people(before.id, None).await.expect("people").items;
    let name = |id: &str| {
        people
            .iter()
            .find(|it| it.id.to_string() == id)
            .map(|it| (it.id, it.details.name.to_string()))
            .expect("somebody")
    };
    let ((bob, bobs_name), ada) = (name(&office.bob.id), name(&office.ada.id));
    let request = AppointmentRequest {
        professional: bob,
        name: bobs_name,
        in_place_of: [ada].into(),
        reason: None,
    };
    let mut after = before.clone();
    after.appointment = Some(Appointment {
        id: AppointmentId::parse(ASKED).expect("an id"),
        request,
        by: by.clone(),
        at: office.portal.clock.now(),
        approved: None,
    });
    let activity = portico::domain::Activity {
        id: ActivityId::parse(ASKED).expect("an id"),
        account: before.id,
        at: office.portal.clock.now(),
        actor: by,
        act: Deed::AppointmentRequested,
        target: None,
        facts: [].into(),
        source: None,
        request: None,
    };
    store.change_account(&before, &after, &[], &[], &activity).await.expect("asked");
    format!("{}/appointments/{ASKED}/decision", office.account)
}

async fn administrators(browser: &mut Browser, office: &Office) -> Value {
    browser.get(&office.account).await.body["roles"]["administrators"].clone()
}

#[tokio::test]
async fn staff_approve_and_the_account_is_told() {
    let office = Office::open().await;
    let decision = asked(&office).await;
    let mut staff = office.staff().await;
    let before = mails(&office.portal).await;
    let approved = staff.browser.post(&decision, json!({ "approve": true })).await;
    assert_eq!(approved.status, 200, "{approved}");
    assert_eq!(approved.body["roles"]["administrators"], json!([office.bob.id]));
    assert_eq!(mails(&office.portal).await, before + 2);
    let list = staff.browser.get(&office.activity).await;
    let made = list
        .items()
        .iter()
        .find(|it| it["act"] == "administrator-appointed")
        .cloned()
        .expect("an entry");
    insta::assert_snapshot!(shown_value(&made), @r#"
    {
      "act": "administrator-appointed",
      "actor": {
        "as": "staff",
        "home": "Example Vendor",
        "name": "Stella Staff"
      },
      "at": "[time]",
      "facts": {
        "asked_by": "Sid Second",
        "in_place_of": "Ada Lovelace"
      },
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Bob Builder",
        "professional": "[id 2]"
      }
    }
    "#);

    let before = table(&office.portal).await;
    assert_eq!(
        staff.browser.post(&decision, json!({ "approve": true })).await.status,
        200,
        "once more"
    );
    assert_eq!(
        staff.browser.post(&decision, json!({ "approve": false })).await.status,
        409,
        "somebody decided otherwise"
    );
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn staff_decline_with_a_reason_and_nobody_changes() {
    let office = Office::open().await;
    let decision = asked(&office).await;
    let mut staff = office.staff().await;
    let declined = staff
        .browser
        .post(&decision, json!({ "approve": false, "reason": "Ada answers the telephone." }))
        .await;
    assert_eq!((declined.status, &declined.body["appointment"]), (200, &Value::Null), "{declined}");
    assert_eq!(administrators(&mut staff.browser, &office).await, json!([office.ada.id]));
    let newest = staff.browser.get(&office.activity).await.items()[0].clone();
    assert_eq!(
        (&newest["act"], &newest["facts"]["reason"]),
        (&json!("appointment-declined"), &json!("Ada answers the telephone."))
    );
    assert_eq!(
        staff.browser.post(&decision, json!({ "approve": false })).await.status,
        200,
        "once more"
    );
}

#[tokio::test]
async fn nobody_approves_what_they_asked_for_with_another_identity() {
    let office = Office::open().await;
    let mut staff = office.staff().await;
    let stella = Actor {
        professional: ProfessionalId::parse(&staff.id),
        ..Actor::system("Stella Staff", ActingAs::Staff)
    };
    let decision = asked_by(&office, stella).await;
    let before = table(&office.portal).await;
    assert_eq!(staff.browser.get(&office.account).await.body["appointment"]["yours"], true);
    let own = staff.browser.post(&decision, json!({ "approve": true })).await;
    assert_eq!((own.status, own.problem()), (403, "forbidden"), "{own}");
    assert_unchanged(&office.portal, &before).await;
    assert_eq!(
        staff.browser.post(&decision, json!({ "approve": false })).await.status,
        200,
        "taken back"
    );
}

#[tokio::test]
async fn only_staff_decide_and_only_on_the_newest() {
    let mut office = Office::open().await;
    let decision = asked(&office).await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let before = table(&office.portal).await;
    for (browser, status) in [
        (&mut office.ada.browser, 403),
        (&mut office.bob.browser, 403),
        (&mut partner.browser, 403),
        (&mut office.portal.browser(), 401),
    ] {
        assert_eq!(browser.post(&decision, json!({ "approve": true })).await.status, status);
    }
    let other = decision.replace(ASKED, &office.bob.id);
    assert_eq!(staff.browser.post(&other, json!({ "approve": true })).await.status, 404);
    assert_eq!(
        staff.browser.post(&decision, json!({ "approve": true, "reason": "" })).await.status,
        422
    );
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn whoever_has_left_meanwhile_is_not_appointed() {
    let mut office = Office::open().await;
    let decision = asked(&office).await;
    assert_eq!(office.ada.browser.delete(&office.bob.path).await.status, 204);
    let mut staff = office.staff().await;
    let answer = staff.browser.post(&decision, json!({ "approve": true })).await;
    assert_eq!(
        (answer.status, &answer.body["errors"][0]["code"]),
        (422, &json!("ineligible")),
        "{answer}"
    );
    assert_eq!(administrators(&mut staff.browser, &office).await, json!([office.ada.id]));
}
