//! Acts that move authority take a fresh sign-in, whichever function does them.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, Table, operator_event, snapshot};

/// The seconds for which a sign-in is fresh.
const FRESH: i64 = 15 * 60;

fn later(portal: &Portal, seconds: i64) {
    portal.clock.set(portal.clock.now() + SignedDuration::from_secs(seconds));
}

async fn send(browser: &mut Browser, request: &(Method, String, Value)) -> Answer {
    let (method, path, body) = request;
    let body = (!body.is_null()).then(|| body.to_string().into_bytes());
    browser.send(method.clone(), path, body).await
}

fn is_step_up(answer: &Answer) -> bool {
    let needed = answer.fields(&["fresh", "factors", "provider"]);
    (answer.status, answer.problem()) == (401, "step-up-required")
        && needed == json!({ "fresh": true, "factors": false, "provider": "test" })
}

/// What moves authority on the customer's account, for its administrator and for staff.
fn acts(fixture: &Fixture) -> [Vec<(Method, String, Value)>; 2] {
    let (ada, bob) = (&fixture.administrator.id, &fixture.member.id);
    let path = |rest: &str| fixture.customer_path(rest);
    let roles = json!({
        "administrators": [ada, bob], "billing_contact": ada, "shipping_contact": ada,
    });
    let policy = json!({ "factors": "nobody", "linking": { "kind": "any" } });
    let nobody = "01JD7H2M8C1NV1TE5X6Y7Z8A1V";
    let own = vec![
        (Method::PUT, path("/roles"), roles.clone()),
        (Method::PUT, path("/grant"), json!({ "grant": "view" })),
        (Method::PUT, path("/grant"), json!({ "grant": "appoint_administrator" })),
        (Method::PUT, path("/sign-in-policy"), policy.clone()),
        (Method::GET, path("/professionals/export"), Value::Null),
        (Method::DELETE, fixture.member.path.clone(), Value::Null),
    ];
    let decision = format!("/appointments/{nobody}/decision");
    let staff = vec![
        (Method::POST, path("/appointments"), json!({ "professional": bob })),
        (Method::POST, path(&decision), json!({ "approve": true })),
        (Method::PUT, path("/sign-in-policy"), policy),
        (Method::GET, path("/professionals/export"), Value::Null),
        (Method::DELETE, fixture.member.path.clone(), Value::Null),
    ];
    [own, staff]
}

#[tokio::test]
async fn what_moves_authority_takes_a_sign_in_of_the_last_fifteen_minutes() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let [own, staffs] = acts(&fixture);
    later(&fixture.portal, FRESH);
    let before = Table::of(&fixture.portal).await;
    for (acts, browser) in
        [(&own, &mut fixture.administrator.browser), (&staffs, &mut fixture.staff.browser)]
    {
        for act in acts {
            let answer = send(browser, act).await;
            assert!(is_step_up(&answer), "{act:?}: {answer}");
        }
    }
    before.assert_unchanged(&fixture.portal).await;

    fixture.staff.sign_in_again(&fixture.portal).await;
    fixture.administrator.sign_in_again(&fixture.portal).await;
    // Almost as late as it may be; the tests take some time.
    later(&fixture.portal, FRESH - 120);
    for (acts, browser) in
        [(&own, &mut fixture.administrator.browser), (&staffs, &mut fixture.staff.browser)]
    {
        for act in acts {
            let answer = send(browser, act).await;
            assert!(!is_step_up(&answer), "{act:?}: {answer}");
        }
    }
}

#[tokio::test]
async fn the_answer_says_what_is_needed_and_of_which_provider() {
    let mut fixture = Fixture::with_customer().await;
    later(&fixture.portal, FRESH);
    let answer = fixture.administrator.delete(&fixture.member.path).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    401 application/problem+json
    {
      "detail": "this takes a sign-in of the last 15 minutes; sign in again, then repeat it",
      "factors": false,
      "fresh": true,
      "provider": "test",
      "status": 401,
      "title": "Please confirm that it is you",
      "type": "/problems/step-up-required/"
    }
    "#);
    assert_eq!(
        answer.headers["www-authenticate"],
        "Bearer error=\"insufficient_user_authentication\", \
         error_description=\"a fresh sign-in is required\", max_age=\"900\""
    );
}

#[tokio::test]
async fn everything_else_works_with_an_old_sign_in_and_pages_offer_the_same() {
    let mut fixture = Fixture::with_customer().await;
    let offered = async |fixture: &mut Fixture| {
        let account = fixture.administrator.get(&fixture.account).await;
        let person = fixture.administrator.get(&fixture.member.path).await;
        [account, person].map(|answer| answer.body["you"]["allowed_actions"].clone())
    };
    let before = offered(&mut fixture).await;
    later(&fixture.portal, 11 * 3600);
    assert_eq!(offered(&mut fixture).await, before);
    assert!(before[0].as_array().expect("a list").contains(&json!("assign-roles")), "{before:?}");
    assert!(before[1].as_array().expect("a list").contains(&json!("delete-professional")));
    let ada = &mut fixture.administrator;
    let invited = json!({ "name": "Eve", "email": "eve@customer.example" });
    assert_eq!(ada.post(&fixture.people, invited).await.status, 201);
    let changed = ada.patch(&fixture.member.path, json!({ "title": "Builder" })).await;
    assert_eq!(changed.status, 200, "{changed}");
    assert_eq!(ada.post(&fixture.member.invitation, Value::Null).await.status, 200);
    assert_eq!(ada.get(&fixture.activity).await.status, 200);
}

/// Nobody signs in again only to learn that they may not.
#[tokio::test]
async fn who_may_not_do_it_is_told_so_first() {
    let mut fixture = Fixture::with_customer().await;
    let [own, _] = acts(&fixture);
    let mut stranger = fixture.stranger().await;
    later(&fixture.portal, FRESH);
    for act in &own {
        let of_member = send(&mut fixture.member.browser, act).await;
        assert_eq!((of_member.status, of_member.problem()), (403, "forbidden"), "{act:?}");
        let of_stranger = send(&mut stranger, act).await;
        assert_eq!((of_stranger.status, of_stranger.problem()), (404, "not-found"), "{act:?}");
        let of_nobody = send(&mut fixture.portal.browser(), act).await;
        assert_eq!((of_nobody.status, of_nobody.problem()), (401, "not-signed-in"), "{act:?}");
    }
    let unknown = fixture.person("01JD7H2M8C1NV1TE5X6Y7Z8A1V");
    assert_eq!(fixture.administrator.delete(&unknown).await.status, 404);
}

#[tokio::test]
async fn a_partner_is_asked_where_a_mailbox_decides_who_becomes_administrator() {
    let mut fixture = Fixture::builder().partner().build().await;
    let first = fixture.invited("Ada Lovelace", "ada@customer.example").await;
    let path = fixture.person(&first);
    later(&fixture.portal, FRESH);
    let renamed = fixture.partner.patch(&path, json!({ "title": "Countess" })).await;
    assert_eq!(renamed.status, 200, "{renamed}");
    let address = json!({ "email": "ada.lovelace@customer.example" });
    let before = Table::of(&fixture.portal).await;
    let asked = fixture.partner.patch(&path, address.clone()).await;
    assert!(is_step_up(&asked), "{asked}");
    before.assert_unchanged(&fixture.portal).await;
    fixture.partner.sign_in_again(&fixture.portal).await;
    assert_eq!(fixture.partner.patch(&path, address).await.status, 200);
}

#[tokio::test]
async fn operators_have_no_session_and_are_not_asked() {
    let fixture = Fixture::with_customer().await;
    later(&fixture.portal, FRESH);
    let grant = operator_event(&fixture.portal.customer, None, json!({ "grant": "view" }));
    let answer = fixture.portal.operator("ChangeGrant", grant).await;
    assert_eq!(answer["status"], 200, "{answer}");
}

#[tokio::test]
async fn a_new_address_that_hands_a_profile_over_takes_a_fresh_sign_in() {
    let mut fixture = Fixture::builder().customer().build().await;
    let eve = fixture.invited_administrator("Eve Early", "eve@customer.example").await;
    let ivy = fixture.invited("Ivy Idle", "ivy@customer.example").await;
    later(&fixture.portal, FRESH);
    let before = Table::of(&fixture.portal).await;
    let (eves, ivys) = (fixture.person(&eve), fixture.person(&ivy));
    let (adas, bobs) = (fixture.administrator.path.clone(), fixture.member.path.clone());
    let address = |email: &str| json!({ "email": email });
    let ada = &mut fixture.administrator;
    for path in [&eves, &adas] {
        let answer = ada.patch(path, address("mallory@evil.example")).await;
        assert!(is_step_up(&answer), "{path}: {answer}");
    }
    let bob = &mut fixture.member;
    let answer = bob.patch(&bobs, address("mallory@evil.example")).await;
    assert!(is_step_up(&answer), "one's own, also without a role: {answer}");
    before.assert_unchanged(&fixture.portal).await;

    // Nothing is handed over by these.
    let ada = &mut fixture.administrator;
    assert_eq!(ada.patch(&ivys, address("ivy.idle@customer.example")).await.status, 200);
    assert_eq!(ada.patch(&eves, json!({ "title": "CFO" })).await.status, 200);
    assert_eq!(ada.patch(&adas, address("ada@customer.example")).await.status, 200, "the same");

    ada.browser = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let ada = &mut fixture.administrator;
    assert_eq!(ada.patch(&eves, address("eve.early@customer.example")).await.status, 200);
    assert_eq!(ada.patch(&adas, address("ada.new@customer.example")).await.status, 200);
}
