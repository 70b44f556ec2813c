//! The partner's permissions, which its customer decides.

use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, activity_text, operator_event};

#[tokio::test]
async fn an_administrator_reduces_the_permissions_and_the_partner_has_them_at_once() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    let grant = format!("{}/grant", fixture.account);
    let person = |number: u8| {
        json!({
            "name": "Eve Early", "email": format!("eve{number}@customer.example"),
            "send_invitation": false,
        })
    };
    for (number, (step, reads, invites)) in [
        ("manage_people", 200, 201),
        ("view", 200, 403),
        ("none", 403, 403),
        ("appoint_administrator", 200, 201),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = fixture.administrator.put(&grant, json!({ "grant": step })).await;
        assert_eq!((answer.status, &answer.body["grant"]), (200, &json!(step)), "{answer}");
        let body = person(u8::try_from(number).expect("small"));
        let seen = partner.get(&fixture.account).await;
        assert_eq!(
            (seen.status, partner.post(&fixture.people, body).await.status),
            (reads, invites),
            "{step}: {seen}"
        );
    }
}

#[tokio::test]
async fn a_customer_that_ended_it_stays_in_the_partners_list_with_name_and_plan() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    fixture
        .administrator
        .put(&format!("{}/grant", fixture.account), json!({ "grant": "none" }))
        .await;
    let list = partner.get(&format!("/api/accounts?managed_by={}", fixture.portal.partner)).await;
    let item = &list.items()[0];
    assert_eq!(
        (&item["name"], &item["grant"], &item["plan"]["state"]),
        (&json!("Example Customer"), &json!("none"), &json!("current")),
        "{list}"
    );
}

#[tokio::test]
async fn it_is_in_the_activity_list_and_the_partners_administrators_are_notified() {
    let mut fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    fixture.portal.add(&fixture.portal.partner, "Paul Partner", "paul@partner.example").await;
    let before = fixture.portal.sent_mails().await;
    fixture
        .administrator
        .put(&format!("{}/grant", fixture.account), json!({ "grant": "view" }))
        .await;
    insta::assert_snapshot!(activity_text(&fixture.newest_activity().await), @"
    grant-changed by Ada Lovelace as administrator from 127.0.0.1
      grant: view
      partner: Helpful Partner
    ");
    assert_eq!(
        fixture.portal.sent_mails().await,
        before + 1,
        "Pat alone is the partner's administrator"
    );
    let mail = fixture.portal.mail("pat@partner.example");
    assert_eq!(
        (mail.tags["kind"].as_str(), mail.subject.as_str()),
        ("grant-changed", "Example Customer has changed your permissions")
    );
    assert!(mail.text.contains("ask an administrator of “Example Customer”"), "{}", mail.text);
    assert!(
        mail.text.contains("change nothing")
            && mail.text.contains(&format!("/customers/?account={}", fixture.portal.partner)),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn the_same_grant_again_changes_nothing_and_what_was_changed_meanwhile_is_not_overwritten() {
    let mut fixture = Fixture::with_customer().await;
    let grant = format!("{}/grant", fixture.account);
    let version = fixture.administrator.get(&fixture.account).await.body["version"].clone();
    let body = json!({ "grant": "view", "version": version });
    let first = fixture.administrator.put(&grant, body.clone()).await;
    let before = Table::of(&fixture.portal).await;
    assert_eq!(
        fixture.administrator.put(&grant, body).await.body,
        first.body,
        "a retry after a lost answer"
    );
    let changed =
        fixture.administrator.put(&grant, json!({ "grant": "none", "version": version })).await;
    assert_eq!((changed.status, changed.problem()), (409, "changed"), "{changed}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn the_partner_itself_and_members_without_a_role_may_not() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    let mut stranger = fixture.stranger().await;
    let grant = format!("{}/grant", fixture.account);
    let before = Table::of(&fixture.portal).await;
    for (browser, status) in
        [(&mut partner.browser, 403), (&mut fixture.member.browser, 403), (&mut stranger, 404)]
    {
        let answer = browser.put(&grant, json!({ "grant": "view" })).await;
        assert_eq!(answer.status, status, "{answer}");
    }
    let unknown = fixture.administrator.put(&grant, json!({ "grant": "everything" })).await;
    assert_eq!((unknown.status, unknown.problem()), (400, "malformed"), "{unknown}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_administrator_of_a_lapsed_account_ends_the_permissions_but_gives_none() {
    let mut fixture = Fixture::builder().lapsed().build().await;
    let partner = fixture.link_partner().await;
    let luke = &mut fixture.lapsed.administrator;
    let account = format!("/api/accounts/{}", fixture.lapsed.account);
    let grant = format!("{account}/grant");
    let narrowed = luke.put(&grant, json!({ "grant": "view" })).await;
    assert_eq!((narrowed.status, &narrowed.body["grant"]), (200, &json!("view")), "{narrowed}");
    let widened = luke.put(&grant, json!({ "grant": "manage_people" })).await;
    assert_eq!((widened.status, widened.problem()), (403, "plan-lapsed"), "{widened}");
    let actions = luke.get(&account).await.body["you"]["allowed_actions"].clone();
    let actions = actions.as_array().expect("a list");
    assert!(actions.contains(&json!("narrow-grant")) && !actions.contains(&json!("change-grant")));
    assert_eq!(luke.put(&grant, json!({ "grant": "none" })).await.status, 200);
    assert_eq!(partner.browser.clone().get(&account).await.status, 403);
}

#[tokio::test]
async fn staff_and_operators_may_and_it_is_marked_so() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let answer = staff.put(&format!("{}/grant", fixture.account), json!({ "grant": "view" })).await;
    assert_eq!(answer.status, 200, "{answer}");
    let actor = fixture.newest_activity().await["actor"].clone();
    assert_eq!(
        (&actor["as"], &actor["name"], &actor["home"]),
        (&json!("staff"), &json!("Stella Staff"), &json!("Example Vendor")),
        "{actor}"
    );
    let answer = fixture
        .portal
        .operator(
            "ChangeGrant",
            operator_event(&fixture.portal.customer, None, json!({ "grant": "none" })),
        )
        .await;
    assert_eq!(answer["status"], 200, "{answer}");
}

#[tokio::test]
async fn a_change_by_staff_is_announced_as_the_vendors() {
    let fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    let mut staff = fixture.link_staff().await;
    assert_eq!(
        staff.put(&format!("{}/grant", fixture.account), json!({ "grant": "view" })).await.status,
        200
    );
    fixture.portal.deliver().await;
    let by_staff = fixture.portal.mail("pat@partner.example");
    fixture
        .portal
        .operator(
            "ChangeGrant",
            operator_event(&fixture.portal.customer, None, json!({ "grant": "none" })),
        )
        .await;
    fixture.portal.deliver().await;
    let by_operator = fixture.portal.mail("pat@partner.example");
    for (mail, effect) in
        [(by_staff, "change nothing"), (by_operator, r#"Your permissions are now "No access""#)]
    {
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(mail.tags["kind"], "grant-changed");
        assert!(
            mail.subject.ends_with("changed your permissions for Example Customer"),
            "{}",
            mail.subject
        );
        assert!(
            text.contains(
                "changed what “Helpful Partner” can do for its customer “Example Customer”"
            ) && text.contains(effect),
            "{text}"
        );
        assert!(
            !text.contains("“Example Customer” has changed what its partner")
                && !text.contains("administrator of “Example Customer”"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn without_a_partner_there_is_nothing_to_grant() {
    let mut fixture = Fixture::with_customer().await;
    fixture
        .portal
        .operator(
            "UpdateAccount",
            operator_event(&fixture.portal.customer, None, json!({ "partner": null })),
        )
        .await;
    let answer = fixture
        .administrator
        .put(&format!("{}/grant", fixture.account), json!({ "grant": "view" }))
        .await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["grant"].as_slice()),
        "{answer}"
    );
    let vendor = fixture
        .portal
        .operator("ChangeGrant", operator_event(Portal::VENDOR, None, json!({ "grant": "view" })))
        .await;
    assert_eq!(
        (&vendor["status"], vendor["body"]["errors"][0]["code"].clone()),
        (&json!(422), json!("no-partner")),
        "{vendor}"
    );
    assert_ne!(vendor, Value::Null);
}
