//! Deciding on requests for access, and withdrawing them.

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal};

use crate::ask_for_access::{PATH, ask, nina_asks, of, request_mails, state};

/// Decides on the newest open request in an account.
async fn decide(browser: &mut Browser, account: &str, body: Value) -> Answer {
    let listed = browser.get(&of(account)).await;
    let id = listed.items()[0]["request"].as_str().expect("a request").to_owned();
    browser.post(&decision(account, &id), body).await
}

fn decision(account: &str, request: &str) -> String {
    format!("/api/accounts/{account}/access-requests/{request}/decision")
}

async fn own(browser: &mut Browser) -> String {
    browser.get(PATH).await.items()[0]["request"].as_str().expect("a request").to_owned()
}

#[tokio::test]
async fn approving_invites_and_the_mailed_link_lets_in() {
    let mut fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let answer = decide(
        &mut fixture.administrator.browser,
        &fixture.portal.customer,
        json!({ "decision": "approve" }),
    )
    .await;
    assert_eq!(
        (answer.status, &answer.body["state"], &answer.body["decided_by"]),
        (200, &json!("approved"), &json!("Ada Lovelace")),
        "{answer}"
    );
    fixture.portal.deliver().await;
    let requests = nina.get(PATH).await;
    assert_eq!(requests.items()[0]["state"], "approved");
    assert!(!requests.to_string().contains("Ada Lovelace"), "the asker does not learn who decides");
    assert_eq!(nina.get(&fixture.account).await.status, 404, "approving alone gives no access");
    let link = json!({ "token": fixture.portal.token("nina@customer.example") });
    assert_eq!(nina.post("/api/links", link).await.status, 200);
    assert_eq!(nina.get(&fixture.account).await.status, 200);
    let acts: Vec<_> = fixture
        .administrator
        .get(&fixture.activity)
        .await
        .items()
        .iter()
        .map(|activity| activity["event"]["type"].as_str().unwrap().to_owned())
        .collect();
    for act in ["access-requested", "access-request-approved", "professional-added"] {
        assert!(acts.iter().any(|value| value == act), "{act} in {acts:?}");
    }
}

#[tokio::test]
async fn another_persons_address_in_a_request_gains_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let mut mallory = fixture.portal.sign_in("Mallory", "mallory@home.example").await;
    ask(&mut mallory, "Example Customer", "bob@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(
        decide(
            &mut fixture.administrator.browser,
            &fixture.portal.customer,
            json!({ "decision": "approve" })
        )
        .await
        .status,
        200
    );
    fixture.portal.deliver().await;
    assert_eq!(state(&mut mallory).await, "approved");
    assert!(fixture.portal.mailbox.newest_to("mallory@home.example").is_none());
    assert_eq!(mallory.get(&fixture.account).await.status, 404);
    assert_eq!(
        fixture.member.get(&fixture.account).await.status,
        200,
        "who is linked stays so until the mailbox's owner switches"
    );
    assert_eq!(fixture.portal.mail("bob@customer.example").tags["kind"], "invitation");
}

#[tokio::test]
async fn linked_people_are_not_invited_again() {
    let mut fixture = Fixture::with_customer().await;
    ask(&mut fixture.member.browser, "Example Customer", "bob@customer.example").await;
    fixture.portal.deliver().await;
    let before = fixture.portal.sent_mails().await;
    let answer = decide(
        &mut fixture.administrator.browser,
        &fixture.portal.customer,
        json!({ "decision": "approve" }),
    )
    .await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("approved")), "{answer}");
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn declining_needs_a_reason_which_the_asker_reads_and_mails_nobody() {
    let mut fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let account = fixture.portal.customer.clone();
    for body in [json!({ "decision": "decline" }), json!({ "decision": "decline", "reason": " " })]
    {
        assert_eq!(
            decide(&mut fixture.administrator.browser, &account, body).await.invalid_fields(),
            ["reason"]
        );
    }
    let before = fixture.portal.sent_mails().await;
    let reason = json!({ "decision": "decline", "reason": "Please use your address at work." });
    assert_eq!(
        decide(&mut fixture.administrator.browser, &account, reason.clone()).await.body["state"],
        "declined"
    );
    let requests = nina.get(PATH).await;
    assert_eq!(
        (&requests.items()[0]["state"], &requests.items()[0]["reason"]),
        (&json!("declined"), &json!("Please use your address at work."))
    );
    assert_eq!(
        fixture.portal.sent_mails().await,
        before,
        "nothing is mailed to an unverified address"
    );
    let id = own(&mut nina).await;
    assert_eq!(
        fixture.administrator.post(&decision(&account, &id), reason).await.status,
        200,
        "the same decision again gets the same answer"
    );
    let other = fixture
        .administrator
        .post(&decision(&account, &id), json!({ "decision": "approve" }))
        .await;
    assert_eq!((other.status, other.problem()), (409, "changed"));
    assert_eq!(
        ask(&mut nina, "Example Customer", "nina@work.example").await.status,
        202,
        "the requester may ask again"
    );
}

#[tokio::test]
async fn staff_forward_requests_to_the_vendor_and_cannot_approve_them_there() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let customer = fixture.portal.customer.clone();
    let mut nina = nina_asks(&fixture.portal, "Exmaple Customer").await;
    assert_eq!(request_mails(&fixture.portal), ["stella@vendor.example"]);
    let approve =
        decide(&mut staff.browser, Portal::VENDOR, json!({ "decision": "approve" })).await;
    assert_eq!(approve.status, 403, "else an unknown person would become staff");
    for account in [Portal::VENDOR, "01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        let answer = decide(
            &mut staff.browser,
            Portal::VENDOR,
            json!({ "decision": "pass_on", "account": account }),
        )
        .await;
        assert_eq!(answer.invalid_fields(), ["account"], "{answer}");
    }
    let pass_on = json!({ "decision": "pass_on", "account": customer });
    let id = own(&mut nina).await;
    for _ in 0..2 {
        let answer = staff.post(&decision(Portal::VENDOR, &id), pass_on.clone()).await;
        assert_eq!((answer.status, &answer.body["account"]), (200, &json!(customer)), "{answer}");
    }
    fixture.portal.deliver().await;
    assert_eq!(request_mails(&fixture.portal), ["stella@vendor.example", "ada@customer.example"]);
    assert_eq!(staff.get(&of(Portal::VENDOR)).await.items().len(), 0);
    let refused = decide(
        &mut fixture.administrator.browser,
        &customer,
        json!({ "decision": "pass_on", "account": Portal::VENDOR }),
    )
    .await;
    assert_eq!(refused.status, 403, "{refused}");
    assert_eq!(state(&mut nina).await, "open");
    assert_eq!(
        decide(&mut fixture.administrator.browser, &customer, json!({ "decision": "approve" }))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_first_of_an_account_takes_every_role() {
    let fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let empty = fixture.portal.create_customer("Nobody There Yet").await;
    nina_asks(&fixture.portal, "Nobody There Yet").await;
    assert_eq!(
        decide(&mut staff.browser, &empty, json!({ "decision": "approve" })).await.status,
        200
    );
    let people = staff.get(&format!("/api/accounts/{empty}/professionals")).await;
    assert_eq!(
        people.items()[0]["roles"],
        json!(["administrator", "billing_contact", "shipping_contact"])
    );
}

#[tokio::test]
async fn without_permission_to_invite_nobody_decides() {
    let mut fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let path = decision(&fixture.portal.customer, &own(&mut nina).await);
    let approve = json!({ "decision": "approve" });
    assert_eq!(fixture.member.post(&path, approve.clone()).await.status, 403);
    assert_eq!(nina.post(&path, approve.clone()).await.status, 404);
    assert_eq!(fixture.portal.browser().post(&path, approve.clone()).await.status, 401);
    let mut pat: Person = fixture.link_partner().await;
    assert_eq!(pat.post(&path, approve).await.status, 200);
}

#[tokio::test]
async fn a_requester_may_withdraw_until_the_decision() {
    let mut fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let path = format!("{PATH}/{}", own(&mut nina).await);
    assert_eq!(fixture.stranger().await.delete(&path).await.status, 404);
    assert_eq!(fixture.portal.browser().delete(&path).await.status, 401);
    for _ in 0..2 {
        let answer = nina.delete(&path).await;
        assert_eq!((answer.status, &answer.body["state"]), (200, &json!("withdrawn")), "{answer}");
    }
    let decided = decide(
        &mut fixture.administrator.browser,
        &fixture.portal.customer,
        json!({ "decision": "approve" }),
    )
    .await;
    assert_eq!((decided.status, decided.problem()), (409, "changed"));
    assert!(fixture.portal.mailbox.newest_to("nina@customer.example").is_none());
}

#[tokio::test]
async fn a_mail_that_is_overtaken_by_a_withdrawal_does_not_leave() {
    let fixture = Fixture::with_customer().await;
    let mut nina = fixture.portal.sign_in("Nina", "nina@home.example").await;
    ask(&mut nina, "Example Customer", "nina@customer.example").await;
    nina.delete(&format!("{PATH}/{}", own(&mut nina.clone()).await)).await;
    fixture.portal.deliver().await;
    assert_eq!(request_mails(&fixture.portal), [""; 0]);
}

#[tokio::test]
async fn of_two_decisions_and_a_withdrawal_at_once_one_takes_effect() {
    let mut fixture = Fixture::with_customer().await;
    let pat = fixture.link_partner().await;
    for round in 0..4 {
        let mut nina = fixture.portal.sign_in("Nina", &format!("nina{round}@home.example")).await;
        ask(&mut nina, "Example Customer", &format!("nina{round}@customer.example")).await;
        fixture.portal.deliver().await;
        let id = own(&mut nina).await;
        let path = decision(&fixture.portal.customer, &id);
        let withdrawn = format!("{PATH}/{id}");
        let (mut ada, mut pat) = (fixture.administrator.browser.clone(), pat.browser.clone());
        let (approved, declined, taken_back) = tokio::join!(
            ada.post(&path, json!({ "decision": "approve" })),
            pat.post(&path, json!({ "decision": "decline", "reason": "Who is that?" })),
            nina.delete(&withdrawn),
        );
        let mut statuses = [approved.status, declined.status, taken_back.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409], "{approved} {declined} {taken_back}");
        fixture.portal.deliver().await;
        let invited =
            fixture.portal.mailbox.newest_to(&format!("nina{round}@customer.example")).is_some();
        assert_eq!(invited, approved.status == 200);
        let seen = fixture
            .administrator
            .get(&format!("{}&request={id}", of(&fixture.portal.customer)))
            .await;
        assert_eq!(
            seen.items()[0]["state"].as_str().unwrap(),
            state(&mut nina).await,
            "both see the same state"
        );
    }
}
