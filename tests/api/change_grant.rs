//! What a partner may do, decided by its customer.

use serde_json::{Value, json};
use tests::Portal;

use crate::office::{Office, assert_unchanged, event, mails, shown_value, table};

#[tokio::test]
async fn an_administrator_narrows_it_step_by_step_and_the_partner_obeys_at_once() {
    let mut office = Office::open().await;
    let mut partner = office.partner().await;
    let grant = format!("{}/grant", office.account);
    let person = |number: u8| json!({ "name": "Eve Early", "email": format!("eve{number}@customer.example"), "send_invitation": false });
    for (number, (step, reads, invites)) in [
        ("manage_people", 200, 201),
        ("view", 200, 403),
        ("none", 403, 403),
        ("appoint_administrator", 200, 201),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = office.ada.browser.put(&grant, json!({ "grant": step })).await;
        assert_eq!((answer.status, &answer.body["grant"]), (200, &json!(step)), "{answer}");
        let body = person(u8::try_from(number).expect("small"));
        let seen = partner.browser.get(&office.account).await;
        assert_eq!(
            (seen.status, partner.browser.post(&office.people, body).await.status),
            (reads, invites),
            "{step}: {seen}"
        );
    }
}

#[tokio::test]
async fn a_customer_that_ended_it_still_stands_in_the_partners_list_with_name_and_plan() {
    let mut office = Office::open().await;
    let mut partner = office.partner().await;
    office.ada.browser.put(&format!("{}/grant", office.account), json!({ "grant": "none" })).await;
    let list =
        partner.browser.get(&format!("/api/accounts?managed_by={}", office.portal.partner)).await;
    let item = &list.items()[0];
    assert_eq!(
        (&item["name"], &item["grant"], &item["plan"]["state"]),
        (&json!("Example Customer"), &json!("none"), &json!("current")),
        "{list}"
    );
}

#[tokio::test]
async fn it_stands_in_the_activity_list_and_the_partners_administrators_are_told() {
    let mut office = Office::open().await;
    office.partner().await;
    office.portal.add(&office.portal.partner, "Paul Partner", "paul@partner.example").await;
    let before = mails(&office.portal).await;
    office.ada.browser.put(&format!("{}/grant", office.account), json!({ "grant": "view" })).await;
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
    {
      "act": "grant-changed",
      "actor": {
        "as": "administrator",
        "home": null,
        "name": "Ada Lovelace"
      },
      "at": "[time]",
      "facts": {
        "grant": "view",
        "partner": "Helpful Partner"
      },
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": null
    }
    "#);
    assert_eq!(mails(&office.portal).await, before + 1, "Pat alone is the partner's administrator");
    let mail = office.portal.mail("pat@partner.example");
    assert_eq!(
        (mail.tags["kind"].as_str(), mail.subject.as_str()),
        ("grant-changed", "Example Customer has changed your permissions")
    );
    assert!(mail.text.contains("ask an administrator of Example Customer"), "{}", mail.text);
    assert!(
        mail.text.contains("change nothing")
            && mail.text.contains(&format!("/customers/?account={}", office.portal.partner)),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn the_same_grant_again_changes_nothing_and_what_was_changed_meanwhile_is_not_overwritten() {
    let mut office = Office::open().await;
    let grant = format!("{}/grant", office.account);
    let version = office.ada.browser.get(&office.account).await.body["version"].clone();
    let body = json!({ "grant": "view", "version": version });
    let first = office.ada.browser.put(&grant, body.clone()).await;
    let before = table(&office.portal).await;
    assert_eq!(
        office.ada.browser.put(&grant, body).await.body,
        first.body,
        "a retry after a lost answer"
    );
    let changed =
        office.ada.browser.put(&grant, json!({ "grant": "none", "version": version })).await;
    assert_eq!((changed.status, changed.problem()), (409, "changed"), "{changed}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn the_partner_itself_and_whoever_is_no_administrator_may_not() {
    let mut office = Office::open().await;
    let mut partner = office.partner().await;
    let mut stranger = office.stranger().await;
    let grant = format!("{}/grant", office.account);
    let before = table(&office.portal).await;
    for (browser, status) in
        [(&mut partner.browser, 403), (&mut office.bob.browser, 403), (&mut stranger, 404)]
    {
        let answer = browser.put(&grant, json!({ "grant": "view" })).await;
        assert_eq!(answer.status, status, "{answer}");
    }
    let unknown = office.ada.browser.put(&grant, json!({ "grant": "everything" })).await;
    assert_eq!((unknown.status, unknown.problem()), (400, "malformed"), "{unknown}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn staff_and_operators_may_and_it_is_marked_so() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let answer =
        staff.browser.put(&format!("{}/grant", office.account), json!({ "grant": "view" })).await;
    assert_eq!(answer.status, 200, "{answer}");
    let actor = office.newest_activity().await["actor"].clone();
    assert_eq!(
        (&actor["as"], &actor["name"], &actor["home"]),
        (&json!("staff"), &json!("Stella Staff"), &json!("Example Vendor")),
        "{actor}"
    );
    let answer = office
        .portal
        .operator("ChangeGrant", event(&office.portal.customer, None, json!({ "grant": "none" })))
        .await;
    assert_eq!(answer["status"], 200, "{answer}");
}

#[tokio::test]
async fn a_change_that_was_the_vendors_is_told_as_the_vendors() {
    let office = Office::open().await;
    office.partner().await;
    let mut staff = office.staff().await;
    assert_eq!(
        staff
            .browser
            .put(&format!("{}/grant", office.account), json!({ "grant": "view" }))
            .await
            .status,
        200
    );
    office.portal.deliver().await;
    let by_staff = office.portal.mail("pat@partner.example");
    office
        .portal
        .operator("ChangeGrant", event(&office.portal.customer, None, json!({ "grant": "none" })))
        .await;
    office.portal.deliver().await;
    let by_operator = office.portal.mail("pat@partner.example");
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
            text.contains("changed what Helpful Partner can do for its customer Example Customer")
                && text.contains(effect),
            "{text}"
        );
        assert!(
            !text.contains("Example Customer has changed what its partner")
                && !text.contains("administrator of Example Customer"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn where_there_is_no_partner_there_is_nothing_to_grant() {
    let mut office = Office::open().await;
    office
        .portal
        .operator("UpdateAccount", event(&office.portal.customer, None, json!({ "partner": null })))
        .await;
    let answer = office
        .ada
        .browser
        .put(&format!("{}/grant", office.account), json!({ "grant": "view" }))
        .await;
    assert_eq!(
        (answer.status, answer.faulty().as_slice()),
        (422, ["grant"].as_slice()),
        "{answer}"
    );
    let vendor = office
        .portal
        .operator("ChangeGrant", event(Portal::VENDOR, None, json!({ "grant": "view" })))
        .await;
    assert_eq!(
        (&vendor["status"], vendor["body"]["errors"][0]["code"].clone()),
        (&json!(422), json!("no-partner")),
        "{vendor}"
    );
    assert_ne!(vendor, Value::Null);
}
