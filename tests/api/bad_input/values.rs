//! Invalid values in a body or a query.

use http::Method;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table};

use super::Route;

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
async fn every_invalid_field_is_named() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let before = Table::of(&fixture.portal).await;
    let person = json!({
        "name": "", "email": "x", "title": "a\u{7}b", "phone": "none", "language": "English",
        "ends_on": "2026-02-30",
    });
    let all = ["name", "email", "title", "phone", "language", "ends_on"].as_slice();
    let bob = fixture.member.id.as_str();
    let cases = [
        (Method::POST, fixture.people.clone(), person.clone(), all),
        (
            Method::PATCH,
            fixture.member.path.clone(),
            person,
            ["name", "email", "language", "title", "phone", "ends_on"].as_slice(),
        ),
        (
            Method::PUT,
            fixture.roles.clone(),
            json!({ "administrators": ["x", bob], "billing_contact": "", "shipping_contact": "y" }),
            &["administrators", "billing_contact", "shipping_contact"],
        ),
        (
            Method::DELETE,
            format!("{}?hand_over_to=nobody", fixture.member.path),
            Value::Null,
            &["hand_over_to"],
        ),
        (
            Method::POST,
            format!("{}/invitations", fixture.account),
            json!({ "before": "soon" }),
            &["before"],
        ),
        (Method::POST, format!("{}/import", fixture.people), json!({ "rows": [] }), &["rows"]),
        (
            Method::POST,
            "/api/links/requests".to_owned(),
            json!({ "email": "no address" }),
            &["email"],
        ),
        (Method::POST, "/api/links/requests".to_owned(), json!({ "token": "half" }), &["token"]),
        (Method::POST, "/api/links".to_owned(), json!({ "token": "half" }), &["token"]),
        (Method::POST, "/api/links/disputes".to_owned(), json!({ "token": "half" }), &["token"]),
        (
            Method::POST,
            "/api/email-confirmations".to_owned(),
            json!({ "token": "half" }),
            &["token"],
        ),
        (
            Method::POST,
            "/api/invitations/preview".to_owned(),
            json!({ "token": "half" }),
            &["token"],
        ),
    ];
    for (method, path, body, fields) in cases {
        let answer =
            Route::new(method, path.as_str(), body).call(&mut fixture.administrator.browser).await;
        assert_eq!(
            (answer.status, answer.problem(), answer.invalid_fields().as_slice()),
            (422, "invalid", fields),
            "{path}: {answer}"
        );
    }
    let answer = staff
        .post(
            "/api/accounts",
            json!({
                "name": "", "kind": "partner", "external_id": "with space",
                "contact": { "email": "x", "phone": "x", "website": "javascript:alert(1)" },
                "plan": { "name": "<b>", "starts_on": "yesterday", "ends_on": "2027-1-1" },
                "licences": [
                    { "product": "Planner" }, { "product": "", "quantity": 0 },
                    { "product": "https://evil.example" },
                ],
                "first_professional": {
                    "name": " ", "email": "x", "title": "http://evil.example", "phone": "x",
                    "language": "x",
                },
            }),
        )
        .await;
    insta::assert_json_snapshot!(answer.invalid_fields(), @r#"
    [
      "name",
      "external_id",
      "contact.email",
      "contact.phone",
      "contact.website",
      "plan.name",
      "plan.starts_on",
      "plan.ends_on",
      "licences.1.product",
      "licences.1.quantity",
      "licences.2.product",
      "first_professional.name",
      "first_professional.email",
      "first_professional.title",
      "first_professional.phone",
      "first_professional.language"
    ]
    "#);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_name_that_could_mislead_a_reader_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let long = "a".repeat(101);
    for name in [
        "",
        " ",
        "…",
        "https://evil.example",
        "Ada www.evil.example",
        "evil.example",
        "Pay at evil.example now",
        "ada@evil.example",
        "<b>Ada</b>",
        "Ada\r\nBcc: all@customer.example",
        "Ada\tLovelace",
        "Ada\u{0}",
        "Ada \u{202e}evol",
        "Ada\u{200b}Lovelace",
        "Ada\u{feff}",
        "evil。example",
        "a/b",
        &long,
    ] {
        for (method, path) in
            [(Method::POST, &fixture.people), (Method::PATCH, &fixture.member.path)]
        {
            let body = if method == Method::POST {
                json!({ "name": name, "email": "cleo@customer.example" })
            } else {
                json!({ "name": name })
            };
            let answer = Route::new(method, path.as_str(), body)
                .call(&mut fixture.administrator.browser)
                .await;
            assert_eq!(
                (answer.status, answer.invalid_fields().as_slice()),
                (422, ["name"].as_slice()),
                "{name:?}: {answer}"
            );
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn names_from_all_over_the_world_are_kept_as_typed() {
    let mut fixture = Fixture::with_customer().await;
    for name in [
        "Søren Kierkegaard",
        "李 小龍",
        "Nguyễn Văn A",
        "Σωκράτης",
        "محمد",
        "O'Brien-Smith, Jr.",
        "J. R. R. Tolkien",
        "می\u{200c}خواهم",
        "X Æ A-12",
    ] {
        let answer =
            fixture.administrator.patch(&fixture.member.path, json!({ "name": name })).await;
        assert_eq!((answer.status, answer.body["name"].as_str()), (200, Some(name)), "{answer}");
    }
}

#[tokio::test]
async fn an_address_that_mail_cannot_reach_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let long = format!("{}@customer.example", "a".repeat(65));
    for email in [
        "",
        "ada",
        "ada@",
        "@customer.example",
        "ada@localhost",
        "ada@customer..example",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "a b@customer.example",
        "ada@customer.example, eve@evil.example",
        "Ada <ada@customer.example>",
        "ada@customer.example\r\nBcc: eve@evil.example",
        "\"a b\"@customer.example",
        "ädä@customer.example",
        &long,
    ] {
        let answer = fixture
            .administrator
            .post(&fixture.people, json!({ "name": "Cleo", "email": email }))
            .await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice()),
            (422, ["email"].as_slice()),
            "{email:?}: {answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_query_out_of_bounds_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let managed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    let [people, export, activity] =
        [&fixture.people, &format!("{}/export", fixture.people), &fixture.activity]
            .map(|value| format!("{value}?"));
    let lists = [people, export, activity, format!("{managed}&"), "/api/accounts?".to_owned()];
    for list in lists {
        for query in [
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=ten",
            "limit=",
            "after=%25",
            "after=",
            "surprise=1",
            "limit=5&surprise=1",
        ] {
            let browser = if list.starts_with(&managed) {
                &mut staff.browser
            } else {
                &mut fixture.administrator.browser
            };
            let answer = browser.get(&format!("{list}{query}")).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (400, "malformed"),
                "{list}{query}: {answer}"
            );
        }
    }
}

/// Only the portal makes cursors; an invented one is refused and reveals nothing.
#[tokio::test]
async fn an_invented_cursor_is_malformed_or_leads_to_the_callers_own_list() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let managed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    for (list, own) in [
        (format!("{}?", fixture.people), true),
        (format!("{}?search=a&", fixture.people), true),
        (format!("{}?order=descending&", fixture.people), true),
        (format!("{}/export?", fixture.people), true),
        (format!("{}?", fixture.activity), true),
        (format!("{managed}&"), false),
    ] {
        for cursor in [
            "account",
            "event#",
            "zzz#01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "event#zzz",
            "professional#01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "#",
            "\u{0}",
        ] {
            let browser = if own { &mut fixture.administrator.browser } else { &mut staff.browser };
            let answer =
                browser.get(&format!("{list}after={}", URL_SAFE_NO_PAD.encode(cursor))).await;
            assert!(
                answer.status == 200 || answer.problem() == "malformed",
                "{list} {cursor}: {answer}"
            );
        }
    }
}
