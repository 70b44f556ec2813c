//! What happened in an account.

use serde_json::{Value, json};

use crate::office::{Office, account, event, person};

#[tokio::test]
async fn every_act_is_listed_newest_first_with_who_as_what_and_where() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let path = office.person(&cleo);
    office.ada.browser.patch(&path, json!({ "title": "Buyer" })).await;
    office.ada.browser.post(&format!("{path}/invitation"), Value::Null).await;
    office.ada.browser.delete(&format!("{path}/invitation")).await;
    let (ada, bob) = (office.ada.id.clone(), office.bob.id.clone());
    office
        .ada
        .browser
        .put(
            &office.roles,
            json!({ "administrators": [ada], "billing_contact": bob, "shipping_contact": ada }),
        )
        .await;
    office.ada.browser.delete(&path).await;
    let answer = office.ada.browser.get(&format!("{}?limit=100", office.activity)).await;
    let spelt = |it: &Value| {
        let text = |it: &Value| it.as_str().unwrap_or("-").to_owned();
        format!(
            "{} by {} as {} on {} from {}",
            text(&it["act"]),
            text(&it["actor"]["name"]),
            text(&it["actor"]["as"]),
            text(&it["target"]["name"]),
            text(&it["source"])
        )
    };
    let lines: Vec<_> = answer.items().iter().map(spelt).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    professional-deleted by Ada Lovelace as administrator on Cleo from 127.0.0.1
    roles-assigned by Ada Lovelace as administrator on - from 127.0.0.1
    invitation-revoked by Ada Lovelace as administrator on Cleo from 127.0.0.1
    invitation-requested by Ada Lovelace as administrator on Cleo from 127.0.0.1
    professional-updated by Ada Lovelace as administrator on Cleo from 127.0.0.1
    mail-sent by The mail service as schedule on Cleo from -
    professional-added by The portal's operator as operator on Cleo from -
    mail-sent by The mail service as schedule on Bob Builder from -
    mail-sent by The mail service as schedule on Ada Lovelace from -
    identity-linked by Bob Builder as self on Bob Builder from 127.0.0.1
    mail-sent by The mail service as schedule on Bob Builder from -
    professional-added by The portal's operator as operator on Bob Builder from -
    mail-sent by The mail service as schedule on Ada Lovelace from -
    identity-linked by Ada Lovelace as self on Ada Lovelace from 127.0.0.1
    mail-sent by The mail service as schedule on Ada Lovelace from -
    professional-added by The portal's operator as operator on Ada Lovelace from -
    account-created by The portal's operator as operator on - from -
    ");
    let times: Vec<_> =
        answer.items().iter().map(|it| it["at"].as_str().unwrap()[..19].to_owned()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
}

#[tokio::test]
async fn it_is_read_page_by_page() {
    let mut office = Office::open().await;
    let all = office.ada.browser.get(&format!("{}?limit=100", office.activity)).await;
    let (mut read, mut after) = (Vec::new(), String::new());
    loop {
        let answer = office.ada.browser.get(&format!("{}?limit=3{after}", office.activity)).await;
        read.extend_from_slice(answer.items());
        let Some(next) = answer.body["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(read, all.items());
    assert!(read.len() > 6);
}

#[tokio::test]
async fn partner_staff_and_operator_see_it_and_ordinary_professionals_do_not() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let seen = office.ada.browser.get(&office.activity).await.body;
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(browser.get(&office.activity).await.body, seen);
    }
    let answer = office
        .portal
        .operator("ListActivity", event(&office.portal.customer, None, Value::Null))
        .await;
    assert_eq!(answer, json!({ "status": 200, "body": seen }));
    assert_eq!(office.bob.browser.get(&office.activity).await.problem(), "forbidden");
}

#[tokio::test]
async fn an_account_sees_nothing_of_another() {
    let mut office = Office::open().await;
    let other = office.portal.create_customer("Another Customer").await;
    let carl = office.portal.add(&other, "Carl Foreign", "carl@foreign.example").await;
    office.portal.operator("SendInvitation", event(&other, Some(&carl), Value::Null)).await;
    let seen =
        office.ada.browser.get(&format!("{}?limit=100", office.activity)).await.body.to_string();
    assert!(!seen.contains("Carl"), "{seen}");
    assert_eq!(office.ada.browser.get(&format!("{}/activity", account(&other))).await.status, 404);
    assert_eq!(office.ada.browser.get(&person(&other, &carl)).await.status, 404);
}

#[tokio::test]
async fn it_keeps_the_names_of_those_who_are_gone() {
    let mut office = Office::open().await;
    office.ada.browser.delete(&office.bob.path).await;
    let answer = office.ada.browser.get(&office.activity).await;
    assert_eq!(
        answer.items()[0]["target"],
        json!({ "professional": office.bob.id, "name": "Bob Builder" })
    );
}

#[tokio::test]
async fn administrators_of_a_lapsed_account_keep_it() {
    let office = Office::open().await;
    office.portal.set_today("2028-01-01");
    let mut ada = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(ada.get(&office.activity).await.status, 200);
}
