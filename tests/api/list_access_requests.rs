//! Listing requests for access: one's own, and those to decide on.

use serde_json::json;
use tests::{Fixture, Portal, snapshot};

use crate::ask_for_access::{PATH, ask, nina_asks, of};

#[tokio::test]
async fn people_who_decide_see_the_request_and_its_warnings() {
    let mut fixture = Fixture::with_customer().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    let answer = fixture.administrator.get(&of(&fixture.portal.customer)).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "items": [
        {
          "account": "[id 1]",
          "asked_at": "[time]",
          "checks": {
            "domain": "customer.example",
            "domain_known": true,
            "professional": null,
            "resembles": null,
            "roles": []
          },
          "decided_by": null,
          "due_on": "2026-11-26",
          "email": "nina@customer.example",
          "ended_at": null,
          "identity": {
            "email": "nina@home.example",
            "name": "Nina",
            "provider": "Test sign-in"
          },
          "language": "en",
          "message": "I work with Ada.",
          "name": "Nina New",
          "organisation": "Example Customer",
          "phone": null,
          "reason": null,
          "request": "[id 2]",
          "stage": "administrators",
          "state": "open",
          "title": null
        }
      ],
      "next": null
    }
    "#);
}

#[tokio::test]
async fn an_address_that_resembles_or_equals_a_colleagues_is_flagged() {
    let mut fixture = Fixture::with_customer().await;
    let mut mallory = fixture.portal.sign_in("Mallory", "mallory@home.example").await;
    ask(&mut mallory, "Example Customer", "ada@custorner.example").await;
    let mut eve = fixture.portal.sign_in("Eve", "eve@home.example").await;
    ask(&mut eve, "Example Customer", "bob@customer.example").await;
    ask(&mut fixture.member.browser, "Example Customer", "bob@customer.example").await;
    fixture.portal.deliver().await;
    let answer = fixture.administrator.get(&of(&fixture.portal.customer)).await;
    let checks: Vec<_> = answer.items().iter().map(|item| item["checks"].clone()).collect();
    assert_eq!(checks[2]["resembles"], "customer.example");
    assert_eq!(checks[2]["domain_known"], false);
    assert_eq!(
        (&checks[1]["professional"]["name"], &checks[1]["professional"]["same_identity"]),
        (&json!("Bob Builder"), &json!(false))
    );
    assert_eq!(checks[0]["professional"]["same_identity"], true);
}

#[tokio::test]
async fn the_answer_says_that_the_first_of_an_account_takes_every_role() {
    let fixture = Fixture::with_customer().await;
    let mut stella = fixture.link_staff().await.browser;
    let empty = fixture.portal.create_customer("Nobody There Yet").await;
    nina_asks(&fixture.portal, "Nobody There Yet").await;
    let answer = stella.get(&of(&empty)).await;
    assert_eq!(
        answer.items()[0]["checks"]["roles"],
        json!(["administrator", "billing_contact", "shipping_contact"])
    );
}

#[tokio::test]
async fn open_requests_come_first_and_pages_follow_each_other() {
    let mut fixture = Fixture::with_customer().await;
    for number in 0..4 {
        let mut asking =
            fixture.portal.sign_in("Somebody", &format!("somebody{number}@home.example")).await;
        ask(&mut asking, "Example Customer", &format!("somebody{number}@customer.example")).await;
        if number == 3 {
            let id = asking.get(PATH).await.items()[0]["request"].as_str().unwrap().to_owned();
            fixture.portal.deliver().await;
            asking.delete(&format!("{PATH}/{id}")).await;
        }
    }
    fixture.portal.deliver().await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let answer = fixture
            .administrator
            .get(&format!("{}&limit=3{after}", of(&fixture.portal.customer)))
            .await;
        seen.extend(answer.items().iter().map(|item| {
            (
                item["state"].as_str().unwrap().to_owned(),
                item["email"].as_str().unwrap()[..9].to_owned(),
            )
        }));
        let Some(next) = answer.body["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let expected = [
        ("open", "somebody2"),
        ("open", "somebody1"),
        ("open", "somebody0"),
        ("withdrawn", "somebody3"),
    ];
    assert_eq!(seen, expected.map(|(state, who)| (state.to_owned(), who.to_owned())));
}

#[tokio::test]
async fn one_request_is_shown_alone_and_a_foreign_one_is_not_known() {
    let mut fixture = Fixture::with_customer().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let id = nina.get(PATH).await.items()[0]["request"].as_str().unwrap().to_owned();
    let one =
        fixture.administrator.get(&format!("{}&request={id}", of(&fixture.portal.customer))).await;
    assert_eq!((one.items().len(), &one.items()[0]["request"]), (1, &json!(id)));
    for (account, request) in [
        (fixture.portal.customer.as_str(), "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        (&fixture.portal.partner, &id),
        (Portal::VENDOR, &id),
    ] {
        assert_eq!(
            fixture.administrator.get(&format!("{}&request={request}", of(account))).await.status,
            404
        );
    }
}

#[tokio::test]
async fn without_permission_to_invite_access_requests_are_not_shown() {
    let mut fixture = Fixture::with_customer().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    let path = of(&fixture.portal.customer);
    assert_eq!(fixture.member.get(&path).await.status, 403);
    assert_eq!(fixture.stranger().await.get(&path).await.status, 404);
    assert_eq!(fixture.portal.browser().get(&path).await.status, 401);
    assert_eq!(fixture.portal.browser().get(PATH).await.status, 401);
    for mut member in [fixture.link_partner().await, fixture.link_staff().await] {
        assert_eq!(member.get(&path).await.items().len(), 1);
    }
}
