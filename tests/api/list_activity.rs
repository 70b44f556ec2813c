//! The activity list of an account.

use serde_json::{Value, json};
use tests::{Fixture, activity_text, operator_event, path, snapshot_value};

#[tokio::test]
async fn every_action_is_listed_newest_first_with_actor_relationship_and_source() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let path = fixture.person(&cleo);
    fixture.administrator.patch(&path, json!({ "title": "Buyer" })).await;
    fixture.administrator.post(&format!("{path}/invitation"), Value::Null).await;
    fixture.administrator.delete(&format!("{path}/invitation")).await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    fixture
        .administrator
        .put(
            &fixture.roles,
            json!({ "administrators": [ada], "billing_contact": bob, "shipping_contact": ada }),
        )
        .await;
    fixture.administrator.delete(&path).await;
    let answer = fixture.administrator.get(&format!("{}?limit=100", fixture.activity)).await;
    let first_line =
        |activity: &Value| activity_text(activity).lines().next().unwrap_or_default().to_owned();
    let lines: Vec<_> = answer.items().iter().map(first_line).collect();
    insta::assert_snapshot!(snapshot_value(&answer.items()[0]), @r#"
    {
      "actor": {
        "as": "administrator",
        "home": null,
        "name": "Ada Lovelace"
      },
      "at": "[time]",
      "event": {
        "handed_over_to": null,
        "professional": {
          "id": "[id 1]",
          "name": "Cleo"
        },
        "type": "professional-deleted"
      },
      "id": "[id 2]",
      "source": "127.0.0.1"
    }
    "#);
    insta::assert_snapshot!(lines.join("\n"), @r"
    professional-deleted by Ada Lovelace as administrator on Cleo from 127.0.0.1
    roles-assigned by Ada Lovelace as administrator from 127.0.0.1
    invitation-revoked by Ada Lovelace as administrator on Cleo from 127.0.0.1
    invitation-requested by Ada Lovelace as administrator on Cleo from 127.0.0.1
    professional-updated by Ada Lovelace as administrator on Cleo from 127.0.0.1
    mail-sent by The mail service as schedule on Cleo
    professional-added by The portal's operator as operator on Cleo
    mail-sent by The mail service as schedule on Bob Builder
    mail-sent by The mail service as schedule on Ada Lovelace
    identity-linked by Bob Builder as self on Bob Builder from 127.0.0.1
    mail-sent by The mail service as schedule on Bob Builder
    professional-added by The portal's operator as operator on Bob Builder
    mail-sent by The mail service as schedule on Ada Lovelace
    identity-linked by Ada Lovelace as self on Ada Lovelace from 127.0.0.1
    mail-sent by The mail service as schedule on Ada Lovelace
    professional-added by The portal's operator as operator on Ada Lovelace
    account-created by The portal's operator as operator
    ");
    let times: Vec<_> = answer
        .items()
        .iter()
        .map(|activity| activity["at"].as_str().unwrap()[..19].to_owned())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
}

#[tokio::test]
async fn it_is_read_page_by_page() {
    let mut fixture = Fixture::with_customer().await;
    let all = fixture.administrator.get(&format!("{}?limit=100", fixture.activity)).await;
    let (mut read, mut after) = (Vec::new(), String::new());
    loop {
        let answer =
            fixture.administrator.get(&format!("{}?limit=3{after}", fixture.activity)).await;
        read.extend_from_slice(answer.items());
        let Some(next) = answer.body["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(read, all.items());
    assert!(read.len() > 6);
}

#[tokio::test]
async fn partner_staff_and_operator_see_it_and_ordinary_professionals_do_not() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let seen = fixture.administrator.get(&fixture.activity).await.body;
    assert_eq!(staff.get(&fixture.activity).await.body, seen);
    let mut without_addresses = seen.clone();
    for event in without_addresses["items"].as_array_mut().expect("a list") {
        event["source"] = Value::Null;
    }
    assert_eq!(partner.get(&fixture.activity).await.body, without_addresses);
    let answer = fixture
        .portal
        .operator("ListActivity", operator_event(&fixture.portal.customer, None, Value::Null))
        .await;
    assert_eq!(answer, json!({ "status": 200, "body": seen }));
    assert_eq!(fixture.member.get(&fixture.activity).await.problem(), "forbidden");
}

#[tokio::test]
async fn an_account_sees_nothing_of_another() {
    let mut fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let carl = fixture.portal.add(&other, "Carl Foreign", "carl@foreign.example").await;
    fixture
        .portal
        .operator("SendInvitation", operator_event(&other, Some(&carl), Value::Null))
        .await;
    let seen = fixture
        .administrator
        .get(&format!("{}?limit=100", fixture.activity))
        .await
        .body
        .to_string();
    assert!(!seen.contains("Carl"), "{seen}");
    assert_eq!(
        fixture.administrator.get(&format!("{}/activity", path::account(&other))).await.status,
        404
    );
    assert_eq!(fixture.administrator.get(&path::person(&other, &carl)).await.status, 404);
}

#[tokio::test]
async fn it_keeps_the_names_of_those_who_are_gone() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.delete(&fixture.member.path).await;
    let answer = fixture.administrator.get(&fixture.activity).await;
    assert_eq!(
        answer.items()[0]["event"]["professional"],
        json!({ "id": fixture.member.id, "name": "Bob Builder" })
    );
}

#[tokio::test]
async fn administrators_of_a_lapsed_account_can_still_read_it() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2028-01-01");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(ada.get(&fixture.activity).await.status, 200);
}

#[tokio::test]
async fn partners_see_no_network_addresses() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let cleo = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    assert_eq!(partner.post(&fixture.people, cleo).await.status, 201);
    let path = format!("{}?limit=100", fixture.activity);
    for (who, browser, sees) in [
        ("administrator", &mut fixture.administrator.browser, true),
        ("staff", &mut staff.browser, true),
        ("partner", &mut partner.browser, false),
    ] {
        let answer = browser.get(&path).await;
        let sources: Vec<_> = answer.items().iter().map(|event| &event["source"]).collect();
        assert!(sources.len() > 5, "{who}: {answer}");
        assert_eq!(sources.iter().any(|source| source.is_string()), sees, "{who}: {answer}");
        assert!(sees || !answer.body.to_string().contains("127.0.0.1"), "{who}: {answer}");
    }
}
