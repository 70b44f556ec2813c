//! The field errors of a 422: a code for programs, a reason for people, and the rule's number.

use std::collections::BTreeSet;

use portico::domain::FieldErrorCode;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Browser, Fixture, Portal, operator_event, path};

/// Sends a request and returns the fields and codes of the refusal.
async fn refused(
    browser: &mut Browser,
    method: Method,
    path: &str,
    body: Value,
) -> Vec<(String, String)> {
    let body = (!body.is_null()).then(|| body.to_string().into_bytes());
    let answer = browser.send(method, path, body).await;
    assert_eq!((answer.status, answer.problem()), (422, "invalid"), "{path}: {answer}");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    answer.body["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|error| (text(&error["field"]), text(&error["code"])))
        .collect()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one request for each code")]
async fn every_code_has_a_cause() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let portal = &fixture.portal;
    let leaving = json!({
        "name": "Lea Leaving", "email": "lea@customer.example", "ends_on": "2026-11-30",
        "send_invitation": false,
    });
    let lea = portal.add_with(&portal.customer, leaving).await;
    let customer = |wishes: Value| {
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
        let mut body = json!({ "name": "New", "kind": "customer", "plan": plan });
        body.as_object_mut()
            .expect("an object")
            .extend(wishes.as_object().expect("an object").clone());
        body
    };
    let colleague = |wishes: Value| {
        let mut body = json!({ "name": "Cleo", "email": "cleo@customer.example" });
        body.as_object_mut()
            .expect("an object")
            .extend(wishes.as_object().expect("an object").clone());
        body
    };
    let roles = |administrators: Vec<String>| {
        json!({
            "administrators": administrators, "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        })
    };
    let everybody = (0..51).map(|number| format!("01HZZZZZZZZZZZZZZZZZZZZZ{number:02}")).collect();
    let licences: Vec<_> =
        (0..51).map(|number| json!({ "product": format!("Product {number}") })).collect();
    let (accounts, appointments) =
        ("/api/accounts".to_owned(), format!("{}/appointments", fixture.account));
    let bob = fixture.member.id.clone();
    let (import, resend) =
        (format!("{}/import", fixture.people), format!("{}/invitations", fixture.account));
    let policy = format!("{}/sign-in-policy", fixture.account);
    let limit =
        |kind: &str| json!({ "factors": "nobody", "linking": { "kind": kind, "values": ["a b"] } });
    let in_plan = |starts_on: &str| {
        json!({
            "plan": { "name": "Support", "starts_on": starts_on, "ends_on": "2027-12-31" },
        })
    };

    let cases = [
        ("plan", "missing", &accounts, json!({ "name": "New", "kind": "customer" })),
        (
            "partner",
            "partner-of-no-customer",
            &accounts,
            json!({ "name": "New", "kind": "partner", "partner": portal.partner }),
        ),
        ("partner", "not-a-partner", &accounts, customer(json!({ "partner": portal.customer }))),
        (
            "licences.0.quantity",
            "quantity",
            &accounts,
            customer(json!({ "licences": [{ "product": "Ledger", "quantity": 0 }] })),
        ),
        ("external_id", "external-id", &accounts, customer(json!({ "external_id": "with space" }))),
        (
            "contact.website",
            "web-page",
            &accounts,
            customer(json!({ "contact": { "website": "javascript:alert(1)" } })),
        ),
        ("plan.ends_on", "order", &accounts, customer(in_plan("2028-01-01"))),
        ("plan.starts_on", "date", &accounts, customer(in_plan("soon"))),
        ("name", "empty", &fixture.people, colleague(json!({ "name": " " }))),
        ("name", "too-long", &fixture.people, colleague(json!({ "name": "a".repeat(101) }))),
        ("name", "invisible", &fixture.people, colleague(json!({ "name": "Cleo\u{202e}" }))),
        ("name", "invisible", &fixture.people, colleague(json!({ "name": "\u{2800}Cleo" }))),
        (
            "name",
            "stacked-marks",
            &fixture.people,
            colleague(json!({ "name": "Cle\u{350}\u{351}\u{352}o" })),
        ),
        (
            "name",
            "unknown-character",
            &fixture.people,
            colleague(json!({ "name": "Cleo \u{e000}" })),
        ),
        ("name", "no-letter", &fixture.people, colleague(json!({ "name": "—" }))),
        (
            "title",
            "address-inside",
            &fixture.people,
            colleague(json!({ "title": "https://evil.example" })),
        ),
        ("title", "link-inside", &fixture.people, colleague(json!({ "title": "evil.example" }))),
        ("phone", "telephone", &fixture.people, colleague(json!({ "phone": "none" }))),
        ("language", "language", &fixture.people, colleague(json!({ "language": "German" }))),
        ("email", "email", &fixture.people, colleague(json!({ "email": "cleo" }))),
        (
            "email",
            "email-accent",
            &fixture.people,
            colleague(json!({ "email": "cléo@customer.example" })),
        ),
        (
            "email",
            "too-long",
            &fixture.people,
            colleague(json!({ "email": format!("{}@customer.example", "a".repeat(250)) })),
        ),
        ("ends_on", "past", &fixture.people, colleague(json!({ "ends_on": "2026-11-21" }))),
        (
            "ends_on",
            "role-held",
            &fixture.people,
            colleague(json!({ "ends_on": "2027-01-01", "administrator": true })),
        ),
        ("rows", "rows", &import, json!({ "rows": [] })),
        ("before", "time", &resend, json!({ "before": "yesterday" })),
        ("before", "future", &resend, json!({ "before": "2026-11-23T12:00:00Z" })),
        ("administrators", "unknown", &fixture.roles, roles(vec!["nobody".to_owned()])),
        ("administrators", "too-many-administrators", &fixture.roles, roles(everybody)),
        (
            "administrators",
            "ineligible",
            &fixture.roles,
            roles(vec![fixture.administrator.id.clone(), lea.clone()]),
        ),
        ("licences", "too-many", &accounts, customer(json!({ "licences": licences }))),
        ("time_zone", "time-zone", &accounts, customer(json!({ "time_zone": "Berlin" }))),
        (
            "in_place_of",
            "not-an-administrator",
            &appointments,
            json!({ "professional": bob, "in_place_of": [bob] }),
        ),
        ("linking.values", "mail-domain", &policy, limit("mail-domains")),
        ("linking.values", "issuer", &policy, limit("issuers")),
        ("token", "incomplete-link", &"/api/links".to_owned(), json!({ "token": "half" })),
    ];
    let mut met = BTreeSet::new();
    for (field, code, path, body) in cases {
        let is_put = *path == fixture.roles || *path == policy;
        let method = if is_put { Method::PUT } else { Method::POST };
        let browser = if *path == accounts || *path == appointments {
            &mut staff.browser
        } else {
            &mut fixture.administrator.browser
        };
        assert_eq!(
            refused(browser, method, path, body).await,
            [(field.to_owned(), code.to_owned())]
        );
        met.insert(code);
    }
    let rows = json!({ "rows": [colleague(json!({})), colleague(json!({}))], "dry_run": true });
    let answer = fixture.administrator.post(&import, rows).await;
    assert_eq!(answer.body["results"][1]["errors"][0]["code"], "repeated", "{answer}");
    let row = |wishes: Value| {
        let mut row = json!({
            "external_id": "A", "name": "New", "plan": "Support", "starts_on": "2026-01-01",
            "ends_on": "2027-12-31",
        });
        row.as_object_mut()
            .expect("an object")
            .extend(wishes.as_object().expect("an object").clone());
        row
    };
    let known = customer(json!({ "external_id": "K" }));
    let known = staff.post(&accounts, known).await;
    let grant =
        format!("/api/accounts/{}/grant", known.body["account"].as_str().expect("an account"));
    let without_partner =
        refused(&mut staff.browser, Method::PUT, &grant, json!({ "grant": "view" })).await;
    assert_eq!(without_partner, [("grant".to_owned(), "no-partner".to_owned())]);
    met.insert("no-partner");
    met.extend(of_access_requests(&fixture, &mut staff.browser).await);
    for (field, code, wishes) in [
        ("kind", "kind", json!({ "kind": "vendor" })),
        ("kind", "kind-fixed", json!({ "external_id": "K", "kind": "partner" })),
        ("partner", "no-such-partner", json!({ "partner": "P" })),
        ("licences", "licences", json!({ "licences": "Planner:ten" })),
        ("licences", "repeated-product", json!({ "licences": "Planner:10; planner:11; Planner" })),
        ("time_zone", "time-zone", json!({ "time_zone": "Berlin" })),
        ("external_id", "repeated-id", json!({ "external_id": "Z" })),
    ] {
        let rows =
            json!({ "rows": [row(json!({ "external_id": "Z" })), row(wishes)], "dry_run": true });
        let answer = staff.post("/api/accounts/import", rows).await;
        let error = &answer.body["results"][1]["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{answer}");
        met.insert(code);
    }
    let rows =
        json!([{ "name": "Ada", "email": "x@customer.example", "administrator": "perhaps" }]);
    let import = format!("{}/import", fixture.people);
    let answer =
        fixture.administrator.post(&import, json!({ "rows": rows, "dry_run": true })).await;
    let error = &answer.body["results"][0]["errors"][0];
    assert_eq!((&error["field"], &error["code"]), (&json!("administrator"), &json!("yes-or-no")));
    let oneself = format!("{}?hand_over_to={}", fixture.member.path, fixture.member.id);
    let successor =
        refused(&mut fixture.administrator.browser, Method::DELETE, &oneself, Value::Null).await;
    assert_eq!(successor, [("hand_over_to".to_owned(), "ineligible-successor".to_owned())]);
    let choices = json!({ "mail_preferences": { "linked": "daily", "plans": "weekly" } });
    let own = fixture.administrator.path.clone();
    let unknown = refused(&mut fixture.administrator.browser, Method::PATCH, &own, choices).await;
    let [group, choice] = ["linked", "plans"].map(|name| format!("mail_preferences.{name}"));
    assert_eq!(
        unknown,
        [(group, "no-such-notices".to_owned()), (choice, "no-such-choice".to_owned())]
    );
    met.extend(["no-such-notices", "no-such-choice"]);
    portal.set_today("2026-12-01");
    let mut ada = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let invitation = format!("{}/invitation", path::person(&portal.customer, &lea));
    assert_eq!(
        refused(&mut ada, Method::POST, &invitation, Value::Null).await,
        [("ends_on".to_owned(), "ended".to_owned())]
    );
    of_the_vendor(&fixture).await;
    met.extend(["repeated", "yes-or-no", "ineligible-successor", "ended"]);
    met.extend(["plan-of-vendor", "staff-of-vendor"]);
    // For these a partner creates and corrects customers: decide_account.
    met.extend(["staff-only", "plan-not-offered", "plan-term"]);
    assert_eq!(met, FieldErrorCode::CODES.iter().copied().collect());
}

/// Provokes the field errors of what only the vendor's account has, or has not.
async fn of_the_vendor(fixture: &Fixture) {
    let portal = &fixture.portal;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let event = operator_event(Portal::VENDOR, None, json!({ "plan": plan }));
    let answer = portal.operator("UpdateAccount", event).await;
    assert_eq!(answer["body"]["errors"][0]["code"], "plan-of-vendor", "{answer}");
    let ada = fixture.administrator.id.as_str();
    let roles = json!({
        "administrators": [ada], "billing_contact": ada, "shipping_contact": ada,
        "staff_permissions": {},
    });
    let event = operator_event(&portal.customer, None, roles);
    let answer = portal.operator("AssignRoles", event).await;
    assert_eq!(answer["body"]["errors"][0]["code"], "staff-of-vendor", "{answer}");
}

/// Provokes the field errors of requests for access.
async fn of_access_requests(fixture: &Fixture, staff: &mut Browser) -> [&'static str; 3] {
    let mut stranger = fixture.stranger().await;
    for organisation in ["Example Customer", "One", "Two", "Three", "Four"] {
        let email = format!("sam@{}.example", organisation.to_lowercase().replace(' ', "-"));
        let request = json!({ "organisation": organisation, "name": "Sam", "email": email });
        assert_eq!(stranger.post("/api/access-requests", request).await.status, 202);
    }
    let one_more =
        json!({ "organisation": "Five", "name": "Sam", "email": "sam@customer.example" });
    let too_many = refused(&mut stranger, Method::POST, "/api/access-requests", one_more).await;
    assert_eq!(too_many, [("organisation".to_owned(), "open-requests".to_owned())]);
    fixture.portal.deliver().await;
    let listed =
        staff.get(&format!("/api/access-requests?account={}", fixture.portal.customer)).await;
    let request = listed.items()[0]["request"].as_str().expect("a request").to_owned();
    let decision = format!("{}/access-requests/{request}/decision", fixture.account);
    for (field, code, body) in [
        ("reason", "not-asked-for", json!({ "decision": "approve", "reason": "Known." })),
        ("account", "no-account-for-access", json!({ "decision": "pass_on" })),
    ] {
        assert_eq!(
            refused(staff, Method::POST, &decision, body).await,
            [(field.to_owned(), code.to_owned())]
        );
    }
    ["open-requests", "not-asked-for", "no-account-for-access"]
}

#[tokio::test]
async fn every_field_error_is_reported_with_code_reason_and_number() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({ "name": "a".repeat(101), "email": "x", "phone": "none" });
    let answer = fixture.administrator.post(&fixture.people, body).await;
    insta::assert_snapshot!(answer, @r#"
    422 application/problem+json
    {
      "detail": "name must have at most 100 characters; email must look like name@example.org; phone must be a telephone number such as +49 30 1234567, at most 40 characters",
      "errors": [
        {
          "code": "too-long",
          "field": "name",
          "most": 100,
          "reason": "must have at most 100 characters"
        },
        {
          "code": "email",
          "field": "email",
          "reason": "must look like name@example.org"
        },
        {
          "code": "telephone",
          "field": "phone",
          "most": 40,
          "reason": "must be a telephone number such as +49 30 1234567, at most 40 characters"
        }
      ],
      "status": 422,
      "title": "Please check what you entered",
      "type": "/problems/invalid/"
    }
    "#);
}
