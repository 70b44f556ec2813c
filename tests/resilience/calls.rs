//! The number of DynamoDB calls of each route: one call more, or calls in sequence that were
//! concurrent, fail here.

use aws_sdk_dynamodb::types::AttributeValue;
use local::Report;
use serde_json::{Value, json};
use tests::{Browser, Edit, Fixture, Portal, Probe, Request};

/// The one read that authorizes a signed-in person and answers the request.
const READ: &[&str] = &["BatchGetItem"];
/// The read and the one transaction of a change.
const CHANGE: &[&str] = &["BatchGetItem", "TransactWriteItems"];
/// Partner and staff: the account, then their relationship to it.
const FOREIGN_READ: &[&str] = &["BatchGetItem", "BatchGetItem"];
/// These reads and the change.
const FOREIGN_CHANGE: &[&str] = &["BatchGetItem", "BatchGetItem", "TransactWriteItems"];

/// Sends a request and checks its calls to DynamoDB and the highest number of round trips.
async fn costs(
    portal: &Portal,
    browser: &mut Browser,
    request: (&str, String, Value),
    status: u16,
    calls: &[&str],
    round_trips: usize,
) -> Value {
    let (method, path, body) = request;
    portal.probe.reset();
    let mut request = Request::new(browser, method, path.clone(), body);
    let answer = request.send().await;
    browser.cookies = request.browser.cookies;
    assert_eq!(answer.status, status, "{method} {path}: {answer}");
    assert_eq!(portal.probe.calls(), calls, "{method} {path}");
    assert!(
        portal.probe.round_trips() <= round_trips,
        "{method} {path} took {} round trips",
        portal.probe.round_trips()
    );
    is_bounded_and_consistent(&portal.probe, &format!("{method} {path}"));
    answer.body
}

/// No call reads a whole table or index, every list is limited, and every read that authorizes is
/// strongly consistent.
fn is_bounded_and_consistent(probe: &Probe, what: &str) {
    for (call, request) in probe.calls().into_iter().zip(probe.requests()) {
        match call.as_str() {
            "Scan" => panic!("{what} scans"),
            "Query" => assert!(
                request["Limit"].as_u64().is_some_and(|number| number <= 1000),
                "{what} queries without a limit: {request}"
            ),
            "TransactWriteItems" => {
                let items = request["TransactItems"].as_array().expect("writes").iter();
                let counters = items.filter(|item| {
                    let pk = item["Update"]["Key"]["pk"]["S"].as_str();
                    pk.is_some_and(|pk| pk.starts_with("counts#actor#"))
                });
                assert!(counters.count() <= 1, "{what} counts more than its actor: {request}");
            }
            "BatchGetItem" => assert_eq!(
                request["RequestItems"]["Table"]["ConsistentRead"], true,
                "{what} reads without strong consistency"
            ),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_read_by_a_professional_takes_one_round_trip() {
    let Fixture { portal, administrator: mut ada, member: mut bob, .. } =
        Fixture::builder().customer().build().await;
    let at = |rest: &str| format!("/api/accounts/{}{rest}", portal.customer);
    costs(&portal, &mut ada.browser, ("GET", at(""), Value::Null), 200, READ, 1).await;
    costs(&portal, &mut bob.browser, ("GET", at(""), Value::Null), 200, READ, 1).await;
    costs(
        &portal,
        &mut ada.browser,
        ("GET", at(&format!("/professionals/{}", bob.id)), Value::Null),
        200,
        READ,
        1,
    )
    .await;
    costs(
        &portal,
        &mut bob.browser,
        ("GET", at(&format!("/professionals/{}", bob.id)), Value::Null),
        200,
        READ,
        1,
    )
    .await;
    // The caller's access and the list are read concurrently.
    costs(
        &portal,
        &mut bob.browser,
        ("GET", at("/professionals"), Value::Null),
        200,
        &["BatchGetItem", "Query"],
        1,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("GET", at("/activity"), Value::Null),
        200,
        &["BatchGetItem", "Query"],
        1,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("GET", at("/professionals/export"), Value::Null),
        200,
        &["BatchGetItem", "Query"],
        1,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("GET", "/api/session".to_owned(), Value::Null),
        200,
        &["BatchGetItem", "Query"],
        1,
    )
    .await;
}

#[tokio::test]
async fn the_lists_of_accounts_take_two_round_trips_since_the_first_names_the_accounts() {
    let Fixture { portal, administrator: mut ada, partner: mut pat, staff: mut stella, .. } =
        Fixture::builder().customer().partner().staff().build().await;
    let calls = &["BatchGetItem", "Query", "BatchGetItem"];
    costs(
        &portal,
        &mut ada.browser,
        ("GET", "/api/accounts".to_owned(), Value::Null),
        200,
        calls,
        2,
    )
    .await;
    let managed = format!("/api/accounts?managed_by={}", portal.partner);
    costs(&portal, &mut pat.browser, ("GET", managed, Value::Null), 200, calls, 2).await;
    let managed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    costs(&portal, &mut stella.browser, ("GET", managed, Value::Null), 200, calls, 2).await;
}

#[tokio::test]
async fn a_read_by_partner_or_staff_takes_one_round_trip_more() {
    let Fixture { portal, member: bob, partner: pat, staff: stella, .. } =
        Fixture::builder().customer().partner().staff().build().await;
    let at = |rest: &str| format!("/api/accounts/{}{rest}", portal.customer);
    for mut browser in [pat.browser, stella.browser] {
        costs(&portal, &mut browser, ("GET", at(""), Value::Null), 200, FOREIGN_READ, 2).await;
        costs(
            &portal,
            &mut browser,
            ("GET", at(&format!("/professionals/{}", bob.id)), Value::Null),
            200,
            FOREIGN_READ,
            2,
        )
        .await;
        for list in ["/professionals", "/professionals/export", "/activity"] {
            costs(
                &portal,
                &mut browser,
                ("GET", at(list), Value::Null),
                200,
                &["BatchGetItem", "Query", "BatchGetItem"],
                2,
            )
            .await;
        }
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one call for each route")]
async fn a_change_by_a_professional_takes_two_round_trips() {
    let Fixture { portal, administrator: mut ada, member: mut bob, .. } =
        Fixture::builder().customer().build().await;
    let at = |rest: &str| format!("/api/accounts/{}{rest}", portal.customer);
    let bobs = at(&format!("/professionals/{}", bob.id));
    let person = json!({ "name": "Eve Early", "email": "eve@customer.example" });
    let eve =
        costs(&portal, &mut ada.browser, ("POST", at("/professionals"), person), 201, CHANGE, 2)
            .await;
    let eves = at(&format!("/professionals/{}", eve["professional"].as_str().expect("an id")));
    let administrator =
        json!({ "name": "Ann Able", "email": "ann@customer.example", "administrator": true });
    costs(&portal, &mut ada.browser, ("POST", at("/professionals"), administrator), 201, CHANGE, 2)
        .await;
    costs(
        &portal,
        &mut bob.browser,
        ("PATCH", bobs.clone(), json!({ "phone": "+49 30 99" })),
        200,
        CHANGE,
        2,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("PATCH", bobs.clone(), json!({ "email": "bob@new.example", "send_invitation": true })),
        200,
        CHANGE,
        2,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("PATCH", eves.clone(), json!({ "ends_on": "2027-01-31" })),
        200,
        CHANGE,
        2,
    )
    .await;
    costs(
        &portal,
        &mut bob.browser,
        ("POST", format!("{bobs}/invitation"), Value::Null),
        200,
        CHANGE,
        2,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("DELETE", format!("{bobs}/invitation"), Value::Null),
        200,
        CHANGE,
        2,
    )
    .await;
    // The claims on the addresses are needed before the write, and the names of existing
    // professionals before the answer.
    let claims = &["BatchGetItem", "BatchGetItem"];
    let rows = |emails: &[&str]| {
        json!(
            emails
                .iter()
                .map(|email| json!({ "name": "Ivy Import", "email": email }))
                .collect::<Vec<_>>()
        )
    };
    let import = |body: Value| ("POST", at("/professionals/import"), body);
    let new = json!({ "rows": rows(&["ivy@customer.example", "ian@customer.example"]) });
    let known = json!({
        "rows": rows(&["ivy@customer.example", "ian@customer.example", "ada@customer.example"]),
    });
    let mixed = json!({ "rows": rows(&["ivy@customer.example", "iris@customer.example"]) });
    let dry = json!({ "dry_run": true, "rows": rows(&["isa@customer.example"]) });
    costs(&portal, &mut ada.browser, import(dry), 200, claims, 2).await;
    costs(
        &portal,
        &mut ada.browser,
        import(new),
        200,
        &["BatchGetItem", "BatchGetItem", "TransactWriteItems"],
        3,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        import(known),
        200,
        &["BatchGetItem", "BatchGetItem", "BatchGetItem"],
        3,
    )
    .await;
    let names_and_change = &["BatchGetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"];
    costs(&portal, &mut ada.browser, import(mixed), 200, names_and_change, 4).await;
    portal.deliver().await;
    let resend = ("POST", at("/invitations"), json!({ "before": portal.clock.now().to_string() }));
    let calls = &["BatchGetItem", "Query", "TransactWriteItems"];
    assert_eq!(costs(&portal, &mut ada.browser, resend.clone(), 200, calls, 3).await["sent"], 5);
    costs(&portal, &mut ada.browser, resend, 200, &["BatchGetItem", "Query"], 2).await;
    let roles = json!({
        "administrators": [ada.id, bob.id], "billing_contact": bob.id, "shipping_contact": ada.id,
    });
    // The event names the administrator who loses the role, whom the request does not name.
    let calls = &["BatchGetItem", "BatchGetItem", "TransactWriteItems"];
    costs(&portal, &mut ada.browser, ("PUT", at("/roles"), roles), 200, calls, 3).await;
    let roles = json!({
        "administrators": [ada.id, bob.id], "billing_contact": ada.id, "shipping_contact": bob.id,
    });
    costs(&portal, &mut ada.browser, ("PUT", at("/roles"), roles), 200, CHANGE, 2).await;
    costs(
        &portal,
        &mut ada.browser,
        ("PUT", at("/grant"), json!({ "grant": "view" })),
        200,
        CHANGE,
        2,
    )
    .await;
    let policy = |linking: Value| {
        let body = json!({ "factors": "nobody", "linking": linking });
        ("PUT", at("/sign-in-policy"), body)
    };
    // The answer counts the people outside a new limit.
    let issuer = portal.provider.configuration("test", "").issuer;
    let limit = policy(json!({ "kind": "issuers", "values": [issuer] }));
    let calls = &["BatchGetItem", "Query", "TransactWriteItems"];
    costs(&portal, &mut ada.browser, limit, 200, calls, 3).await;
    costs(&portal, &mut ada.browser, policy(json!({ "kind": "any" })), 200, CHANGE, 2).await;
    costs(&portal, &mut ada.browser, ("DELETE", eves.clone(), Value::Null), 204, CHANGE, 2).await;
    costs(
        &portal,
        &mut ada.browser,
        ("POST", format!("{eves}/restore"), Value::Null),
        201,
        CHANGE,
        2,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("POST", format!("{eves}/restore"), Value::Null),
        404,
        READ,
        1,
    )
    .await;
    costs(
        &portal,
        &mut ada.browser,
        ("DELETE", format!("{bobs}?hand_over_to={}", ada.id), Value::Null),
        204,
        CHANGE,
        2,
    )
    .await;
}

#[tokio::test]
async fn a_change_by_partner_or_staff_takes_three_round_trips() {
    let Fixture { portal, administrator: ada, member: bob, partner: pat, staff: stella, .. } =
        Fixture::builder().customer().partner().staff().build().await;
    let at = |rest: &str| format!("/api/accounts/{}{rest}", portal.customer);
    for (number, mut browser) in [pat.browser, stella.browser].into_iter().enumerate() {
        let person =
            json!({ "name": "Eve Early", "email": format!("eve{number}@customer.example") });
        let eve = costs(
            &portal,
            &mut browser,
            ("POST", at("/professionals"), person),
            201,
            FOREIGN_CHANGE,
            3,
        )
        .await;
        let eves = at(&format!("/professionals/{}", eve["professional"].as_str().expect("an id")));
        costs(
            &portal,
            &mut browser,
            ("PATCH", eves.clone(), json!({ "title": "Buyer" })),
            200,
            FOREIGN_CHANGE,
            3,
        )
        .await;
        costs(
            &portal,
            &mut browser,
            ("POST", format!("{eves}/invitation"), Value::Null),
            200,
            FOREIGN_CHANGE,
            3,
        )
        .await;
        costs(
            &portal,
            &mut browser,
            ("DELETE", format!("{eves}/invitation"), Value::Null),
            200,
            FOREIGN_CHANGE,
            3,
        )
        .await;
        costs(&portal, &mut browser, ("DELETE", eves.clone(), Value::Null), 204, FOREIGN_CHANGE, 3)
            .await;
        costs(
            &portal,
            &mut browser,
            ("POST", format!("{eves}/restore"), Value::Null),
            201,
            FOREIGN_CHANGE,
            3,
        )
        .await;
        let holder = if number == 0 { &bob.id } else { &ada.id };
        let roles = json!({
            "administrators": [ada.id], "billing_contact": holder, "shipping_contact": holder,
        });
        costs(&portal, &mut browser, ("PUT", at("/roles"), roles), 200, FOREIGN_CHANGE, 3).await;
        let email = format!("bob{number}@customer.example");
        for appointment in [
            json!({ "professional": bob.id, "reason": "Ada is ill." }),
            json!({ "professional": bob.id, "email": email }),
            json!({ "in_place_of": [bob.id] }),
        ] {
            costs(
                &portal,
                &mut browser,
                ("POST", at("/appointments"), appointment),
                200,
                FOREIGN_CHANGE,
                3,
            )
            .await;
        }
    }
}

#[tokio::test]
async fn an_approval_reads_once_more_whom_only_the_account_names() {
    let Fixture { portal, member: bob, partner: mut pat, staff: mut stella, .. } =
        Fixture::builder().customer().partner().staff().second_approval().build().await;
    let path = format!("/api/accounts/{}/appointments", portal.customer);
    let body = json!({ "professional": bob.id });
    let asked = ("POST", path.clone(), body);
    let asked = costs(&portal, &mut pat.browser, asked, 202, FOREIGN_CHANGE, 3).await;
    let id = asked["appointment"]["appointment"].as_str().expect("an appointment");
    let decision = ("POST", format!("{path}/{id}/decision"), json!({ "approve": true }));
    let calls = &["BatchGetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"];
    costs(&portal, &mut stella.browser, decision, 200, calls, 4).await;
}

#[tokio::test]
async fn a_partners_new_customer_costs_a_change_and_deciding_reads_once_more_who_is_concerned() {
    let Fixture { portal, mut partner, mut staff, .. } =
        Fixture::builder().partner().staff().build().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let new = json!({
        "name": "New Customer", "kind": "customer", "partner": portal.partner, "plan": plan,
        "first_professional": { "name": "Nora New", "email": "nora@new.example" },
    });
    let decide = |decision: &str| json!({ "decision": decision, "version": 1 });
    let mut created = Vec::new();
    for _ in 0..3 {
        let request = ("POST", "/api/accounts".to_owned(), new.clone());
        let answer = costs(&portal, &mut partner.browser, request, 201, CHANGE, 2).await;
        created.push(answer["account"].as_str().expect("an account").to_owned());
    }
    let calls = &["BatchGetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"];
    let at = |account: &str| format!("/api/accounts/{account}/decision");
    let confirm = ("POST", at(&created[0]), decide("confirm"));
    costs(&portal, &mut staff.browser, confirm, 200, calls, 4).await;
    let decline = ("POST", at(&created[1]), decide("decline"));
    costs(&portal, &mut staff.browser, decline, 204, calls, 4).await;
    let withdraw = ("POST", at(&created[2]), decide("withdraw"));
    costs(&portal, &mut partner.browser, withdraw, 204, calls, 4).await;
}

#[tokio::test]
async fn staff_change_an_account_in_three_round_trips_however_many_customers_a_partner_has() {
    let Fixture { portal, staff: mut stella, .. } = Fixture::builder().staff().build().await;
    let other = portal.create_account(json!({ "name": "Other Partner", "kind": "partner" })).await;
    let at = |id: &str, rest: &str| format!("/api/accounts/{id}{rest}");
    let body = json!({ "name": "Renamed", "external_id": "ERP-1", "partner": other });
    costs(
        &portal,
        &mut stella.browser,
        ("PATCH", at(&portal.customer, ""), body),
        200,
        FOREIGN_CHANGE,
        3,
    )
    .await;
    costs(
        &portal,
        &mut stella.browser,
        ("PATCH", at(&other, ""), json!({ "name": "Renamed Partner" })),
        200,
        FOREIGN_CHANGE,
        3,
    )
    .await;
    costs(
        &portal,
        &mut stella.browser,
        ("PATCH", at(&other, ""), json!({ "name": "Renamed Partner" })),
        200,
        FOREIGN_READ,
        2,
    )
    .await;
    costs(
        &portal,
        &mut stella.browser,
        ("PUT", at(&portal.customer, "/grant"), json!({ "grant": "none" })),
        200,
        FOREIGN_CHANGE,
        3,
    )
    .await;
}

#[tokio::test]
async fn staff_see_held_mail_with_the_account_and_release_it_in_three_round_trips() {
    let Fixture { portal, staff: mut stella, .. } = Fixture::builder().staff().build().await;
    let account = format!("/api/accounts/{}", portal.customer);
    let release = format!("{account}/mail/release");
    costs(
        &portal,
        &mut stella.browser,
        ("POST", release.clone(), Value::Null),
        200,
        FOREIGN_READ,
        2,
    )
    .await;
    portal
        .dynamodb
        .update_item()
        .table_name(&portal.table)
        .key("pk", AttributeValue::S(format!("counts#account#{}", portal.customer)))
        .key("sk", AttributeValue::S("held".to_owned()))
        .update_expression("SET #since = :mails")
        .expression_attribute_names("#since", "since#2026-11-22T11:00:00Z")
        .expression_attribute_values(":mails", AttributeValue::N("3".to_owned()))
        .send()
        .await
        .expect("held");
    let shown =
        costs(&portal, &mut stella.browser, ("GET", account, Value::Null), 200, FOREIGN_READ, 2)
            .await;
    assert_eq!(shown["held_mail"]["mails"], 3);
    costs(&portal, &mut stella.browser, ("POST", release, Value::Null), 200, FOREIGN_CHANGE, 3)
        .await;
}

#[tokio::test]
async fn creating_an_account_takes_two_round_trips_since_the_creators_account_is_known() {
    let Fixture { portal, partner: mut pat, staff: mut stella, .. } =
        Fixture::builder().partner().staff().build().await;
    let mut account = json!({
        "name": "New Customer", "kind": "customer", "external_id": "4711",
        "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
        "first_professional": { "name": "Fay First", "email": "fay@new.example" },
    });
    costs(
        &portal,
        &mut stella.browser,
        ("POST", "/api/accounts".to_owned(), account.clone()),
        201,
        CHANGE,
        2,
    )
    .await;
    account["external_id"] = "4712".into();
    account["partner"] = portal.partner.clone().into();
    costs(
        &portal,
        &mut pat.browser,
        ("POST", "/api/accounts".to_owned(), account.clone()),
        201,
        CHANGE,
        2,
    )
    .await;
    account["external_id"] = "4713".into();
    costs(
        &portal,
        &mut stella.browser,
        ("POST", "/api/accounts".to_owned(), account),
        201,
        FOREIGN_CHANGE,
        3,
    )
    .await;
}

#[tokio::test]
async fn importing_accounts_reads_twice_more_whatever_the_number_of_rows_and_writes_once_a_row() {
    let Fixture { portal, staff: mut stella, .. } = Fixture::builder().staff().build().await;
    let rows = |name: &str| {
        let plan = |value: usize| {
            json!({
                "external_id": value.to_string(), "name": name, "plan": "Support",
                "starts_on": "2026-01-01", "ends_on": "2027-12-31",
            })
        };
        (0..40).map(plan).collect::<Vec<_>>()
    };
    let import = |body: Value| ("POST", "/api/accounts/import".to_owned(), body);
    // Claims on the numbers, which name the accounts to read: none yet.
    let claims = ["BatchGetItem"; 2];
    let create = [&claims[..], &["TransactWriteItems"; 40]].concat();
    costs(
        &portal,
        &mut stella.browser,
        import(json!({ "dry_run": true, "rows": rows("New") })),
        200,
        &claims,
        2,
    )
    .await;
    costs(&portal, &mut stella.browser, import(json!({ "rows": rows("New") })), 200, &create, 42)
        .await;
    costs(
        &portal,
        &mut stella.browser,
        import(json!({ "rows": rows("New") })),
        200,
        &["BatchGetItem"; 3],
        3,
    )
    .await;
    let change = [&["BatchGetItem"; 3][..], &["TransactWriteItems"; 40]].concat();
    costs(
        &portal,
        &mut stella.browser,
        import(json!({ "rows": rows("Renamed") })),
        200,
        &change,
        43,
    )
    .await;
    let numbered = "/api/accounts?external_id=1".to_owned();
    costs(
        &portal,
        &mut stella.browser,
        ("GET", numbered, Value::Null),
        200,
        &["BatchGetItem"; 2],
        2,
    )
    .await;
    costs(
        &portal,
        &mut stella.browser,
        ("GET", "/api/accounts?external_id=none".to_owned(), Value::Null),
        200,
        READ,
        1,
    )
    .await;
}

#[tokio::test]
async fn a_mailed_link_is_previewed_in_one_round_trip_and_used_in_two() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let token = json!({ "token": portal.token("ada@customer.example") });
    let mut anybody = portal.browser();
    costs(
        &portal,
        &mut anybody,
        ("POST", "/api/invitations/preview".to_owned(), token.clone()),
        200,
        READ,
        1,
    )
    .await;
    let mut ada = portal.sign_in("Ada Lovelace", "ada@home.example").await;
    costs(
        &portal,
        &mut ada,
        ("POST", "/api/invitations/preview".to_owned(), token.clone()),
        200,
        READ,
        1,
    )
    .await;
    costs(&portal, &mut ada, ("POST", "/api/links".to_owned(), token.clone()), 200, CHANGE, 2)
        .await;
    costs(&portal, &mut ada, ("POST", "/api/links".to_owned(), token.clone()), 200, READ, 1).await;
    costs(&portal, &mut anybody, ("POST", "/api/links/requests".to_owned(), token), 202, CHANGE, 2)
        .await;
    portal.deliver().await;
    let notice = portal
        .mailbox
        .messages()
        .into_iter()
        .find(|message| message.tags["kind"] == "linked")
        .expect("a notice");
    let dispute = json!({ "token": tests::link_token(&notice) });
    // The sessions of the identity that the profile loses are read, since they end.
    costs(
        &portal,
        &mut anybody,
        ("POST", "/api/links/disputes".to_owned(), dispute),
        200,
        &["BatchGetItem", "Query", "TransactWriteItems"],
        3,
    )
    .await;
}

#[tokio::test]
async fn ones_own_new_address_takes_two_round_trips_to_ask_for_and_two_to_confirm() {
    let Fixture { portal, member: mut bob, .. } = Fixture::builder().customer().build().await;
    let change = ("PATCH", bob.path.clone(), json!({ "email": "bob@new.example" }));
    costs(&portal, &mut bob.browser, change, 200, CHANGE, 2).await;
    portal.deliver().await;
    let token = json!({ "token": portal.token("bob@new.example") });
    let confirm = ("POST", "/api/email-confirmations".to_owned(), token);
    costs(&portal, &mut bob.browser, confirm, 200, CHANGE, 2).await;
}

#[tokio::test]
async fn asking_for_links_costs_the_same_whether_or_not_the_address_is_known() {
    let Fixture { portal, member: mut bob, .. } = Fixture::builder().customer().build().await;
    for email in ["bob@customer.example", "nobody@nowhere.example"] {
        let body = json!({ "email": email });
        costs(
            &portal,
            &mut bob.browser,
            ("POST", "/api/links/requests".to_owned(), body),
            202,
            CHANGE,
            2,
        )
        .await;
    }
}

#[tokio::test]
async fn asking_for_access_costs_the_same_for_any_organisation_and_deciding_is_a_change() {
    let Fixture { portal, administrator: mut ada, staff: mut stella, .. } =
        Fixture::builder().customer().staff().build().await;
    let asked = |organisation: &str| {
        json!({
            "organisation": organisation, "name": "Nina New", "email": "nina@customer.example",
        })
    };
    let mut requests = Vec::new();
    for (number, organisation) in
        ["Example Customer", "Example Customer", "Nobody Known"].into_iter().enumerate()
    {
        let mut nina = portal.sign_in("Nina New", &format!("nina{number}@home.example")).await;
        let ask = ("POST", "/api/access-requests".to_owned(), asked(organisation));
        costs(&portal, &mut nina, ask, 202, &["BatchGetItem", "Query", "TransactWriteItems"], 2)
            .await;
        portal.deliver().await;
        let own = costs(
            &portal,
            &mut nina,
            ("GET", "/api/access-requests".to_owned(), Value::Null),
            200,
            &["BatchGetItem", "Query"],
            1,
        )
        .await;
        requests.push((nina, own["items"][0]["request"].as_str().expect("an id").to_owned()));
    }
    // The holders of roles and addresses are read once the requester is known.
    let list = ("GET", format!("/api/access-requests?account={}", portal.customer), Value::Null);
    costs(&portal, &mut ada.browser, list, 200, &["BatchGetItem", "Query", "BatchGetItem"], 2)
        .await;
    let decide = |request: &str, body: Value| {
        (
            "POST",
            format!("/api/accounts/{}/access-requests/{request}/decision", portal.customer),
            body,
        )
    };
    costs(
        &portal,
        &mut ada.browser,
        decide(&requests[0].1, json!({ "decision": "approve" })),
        200,
        CHANGE,
        2,
    )
    .await;
    let decline = json!({ "decision": "decline", "reason": "Not known here." });
    costs(&portal, &mut stella.browser, decide(&requests[1].1, decline), 200, FOREIGN_CHANGE, 3)
        .await;
    // The requester's own copy names the account of the request.
    let (nina, request) = &mut requests[2];
    let withdraw = ("DELETE", format!("/api/access-requests/{request}"), Value::Null);
    costs(&portal, nina, withdraw, 200, FOREIGN_CHANGE, 3).await;
}

#[tokio::test]
async fn routing_reads_the_days_since_and_the_requests_due() {
    let Fixture { portal, .. } = Fixture::builder().build().await;
    portal.schedule_ran_through("route-access-requests", "2026-11-21").await;
    portal.probe.reset();
    portal.operator("RouteAccessRequests", Value::Null).await;
    // The 16 partitions of each of three days, since days differ by time zone; nothing is due.
    let count = |name: &str| portal.probe.calls().iter().filter(|call| *call == name).count();
    assert_eq!(
        (count("GetItem"), count("Query"), count("BatchGetItem"), count("PutItem")),
        (1, 48, 0, 1)
    );
    is_bounded_and_consistent(&portal.probe, "routing");
}

#[tokio::test]
async fn signing_in_and_out_costs_no_more_than_needed() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    costs(&portal, &mut browser, ("GET", "/api/session".to_owned(), Value::Null), 200, &[], 0)
        .await;
    costs(&portal, &mut browser, ("GET", "/api/sign-in".to_owned(), Value::Null), 200, &[], 0)
        .await;
    portal.probe.reset();
    let begun = browser.get("/api/sign-in?provider=test").await;
    assert_eq!((begun.status, portal.probe.calls()), (303, vec![]), "{begun}");
    let callback =
        portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example");
    portal.probe.reset();
    let finished = browser.get(&callback).await;
    assert_eq!(finished.location(), "/accounts/?first=1");
    // The sign-in is claimed, the session created, and the identity's links name the professionals
    // to record it on: none here. Sessions that are too many would end.
    assert_eq!(portal.probe.calls(), ["PutItem", "TransactWriteItems", "Query", "Query"]);
    assert_eq!(portal.probe.round_trips(), 3);
    is_bounded_and_consistent(&portal.probe, "completing a sign-in");
    costs(
        &portal,
        &mut browser,
        ("GET", "/api/sessions".to_owned(), Value::Null),
        200,
        &["Query", "Query"],
        1,
    )
    .await;
    let mut other = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let others = ("DELETE", "/api/sessions/others".to_owned(), Value::Null);
    costs(&portal, &mut other, others, 204, &["Query", "TransactWriteItems"], 2).await;
    costs(&portal, &mut other, ("POST", "/api/sign-out".to_owned(), Value::Null), 200, CHANGE, 2)
        .await;
    browser.post("/api/sign-out", Value::Null).await;
    costs(&portal, &mut browser, ("POST", "/api/sign-out".to_owned(), Value::Null), 200, &[], 0)
        .await;
}

#[tokio::test]
async fn a_sign_out_that_the_provider_reports_takes_two_round_trips_and_a_forged_one_none() {
    let portal = Portal::start().await;
    let named = Edit::set(json!({ "sid": "1" }));
    portal.provider.change(|behaviour| behaviour.claims = named);
    portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let subject = "subject of ada@customer.example";
    let calls = ["Query", "TransactWriteItems"];
    for (claims, expected) in [
        (json!({ "sub": subject, "sid": "1" }), &calls[..]),
        (json!({ "sid": "1" }), &calls),
        // The token is claimed, whether it ends something or not.
        (json!({ "sub": subject }), &calls),
        (json!({ "sub": subject, "aud": "another" }), &[]),
    ] {
        portal.probe.reset();
        let token = portal.provider.logout_token(&Edit::set(claims.clone()));
        let mut server = portal.browser();
        server.post_form("/api/sign-in/logout/test", &[("logout_token", &token)]).await;
        assert_eq!(portal.probe.calls(), expected, "{claims}");
        assert!(portal.probe.round_trips() <= 2);
        is_bounded_and_consistent(&portal.probe, "a sign-out that the provider reports");
    }
}

#[tokio::test]
async fn a_sign_in_is_recorded_on_each_professional_of_the_identity() {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    let mut browser = portal.browser();
    let begun = browser.get("/api/sign-in?provider=test").await;
    let callback =
        portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example");
    portal.probe.reset();
    browser.get(&callback).await;
    assert_eq!(
        portal.probe.calls(),
        ["PutItem", "TransactWriteItems", "Query", "Query", "UpdateItem"]
    );
}

#[tokio::test]
async fn requests_refused_before_authorization_cost_no_call() {
    let Fixture { portal, administrator: ada, member: bob, .. } =
        Fixture::builder().customer().build().await;
    let mut anybody = portal.browser();
    let at = |rest: &str| format!("/api/accounts/{}{rest}", portal.customer);
    let person = json!({ "name": "Eve Early", "email": "eve@customer.example" });
    for (method, path, body) in [
        ("GET", at(""), Value::Null),
        ("POST", at("/professionals"), person),
        ("DELETE", at(&format!("/professionals/{}", bob.id)), Value::Null),
        ("POST", "/api/accounts".to_owned(), json!({})),
        ("POST", "/api/links".to_owned(), json!({ "token": "none" })),
        ("GET", "/api/accounts".to_owned(), Value::Null),
    ] {
        costs(&portal, &mut anybody, (method, path, body), 401, &[], 0).await;
    }
    let mut elsewhere = ada.browser;
    elsewhere.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
    costs(
        &portal,
        &mut elsewhere,
        ("DELETE", at(&format!("/professionals/{}", bob.id)), Value::Null),
        403,
        &[],
        0,
    )
    .await;
}

#[tokio::test]
async fn a_mail_is_delivered_in_five_calls_and_counted_in_two() {
    let portal = Portal::start().await;
    let invite = json!({
        "path": { "account": portal.customer },
        "body": { "name": "Ada Lovelace", "email": "ada@customer.example" },
    });
    portal.operator("Invite", invite).await;
    portal.probe.reset();
    portal.deliver().await;
    // The mail; the professional and the counts of who caused it; the secret's hash and the
    // mailbox's count; the professional again; the outcome. Then it is counted for the account,
    // since an operator caused it, and for the portal.
    let calls = [
        "BatchGetItem",
        "BatchGetItem",
        "TransactWriteItems",
        "BatchGetItem",
        "TransactWriteItems",
        "UpdateItem",
        "UpdateItem",
    ];
    assert_eq!(portal.probe.calls(), calls);
    is_bounded_and_consistent(&portal.probe, "delivering a mail");
}

#[tokio::test]
async fn choosing_e_mails_is_a_change_and_so_is_one_click_whose_repetition_is_a_read() {
    let Fixture { portal, administrator: mut ada, partner: mut pat, .. } =
        Fixture::builder().customer().partner().build().await;
    let choose = json!({ "mail_preferences": { "plans": "never" } });
    let choose = ("PATCH", ada.path.clone(), choose);
    costs(&portal, &mut ada.browser, choose, 200, CHANGE, 2).await;
    let grant = format!("/api/accounts/{}/grant", portal.customer);
    let narrowed = json!({ "grant": "view" });
    costs(&portal, &mut ada.browser, ("PUT", grant, narrowed), 200, CHANGE, 2).await;
    portal.deliver().await;
    let header = &portal.mail(&pat.email).headers["List-Unsubscribe"];
    let address = header.trim_matches(['<', '>']).replace(&portal.url, "");
    // As a mail program's server sends it.
    pat.browser.cookies.clear();
    for calls in [CHANGE, READ] {
        let click = ("POST", address.clone(), Value::Null);
        costs(&portal, &mut pat.browser, click, 200, calls, calls.len()).await;
    }
    costs(&portal, &mut pat.browser, ("GET", address, Value::Null), 303, &[], 0).await;
}

#[tokio::test]
async fn a_notice_reads_what_its_reader_has_chosen_without_a_further_call() {
    let Fixture { portal, administrator: mut ada, partner: pat, .. } =
        Fixture::builder().customer().partner().build().await;
    let grant = format!("/api/accounts/{}/grant", portal.customer);
    let narrowed = json!({ "grant": "view" });
    assert_eq!(ada.put(&grant, narrowed).await.status, 200);
    portal.probe.reset();
    portal.deliver().await;
    assert_eq!(portal.mail(&pat.email).tags["kind"], "grant-changed");
    let calls = portal.probe.calls();
    let reads = calls.iter().filter(|call| *call == "BatchGetItem").count();
    // The mail, the partner, its administrators; the copy, its reader with the counts, the outcome.
    assert_eq!(reads, 6, "{calls:?}");
}

#[tokio::test]
async fn a_report_is_recorded_in_three_calls_and_a_repeated_one_in_two() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().customer().build().await;
    let person = json!({ "name": "Eve Early", "email": "eve@customer.example" });
    ada.post(&format!("/api/accounts/{}/professionals", portal.customer), person).await;
    portal.deliver().await;
    let mail = portal.mail("eve@customer.example");
    // The mail; with it the professional and, for a bounce, the alert's recipient; the change. Then
    // the same without a change. Bounces are counted for account, person and portal too.
    let recorded = [
        "BatchGetItem",
        "BatchGetItem",
        "TransactWriteItems",
        "UpdateItem",
        "UpdateItem",
        "UpdateItem",
    ];
    for (report, calls) in [
        (Report::Delivered, &recorded[..3]),
        (Report::Bounced, &recorded[..]),
        (Report::Delivered, &recorded[..2]),
    ] {
        portal.probe.reset();
        assert_eq!(portal.publish(vec![report.event(&mail)]).await, 0);
        assert_eq!(portal.probe.calls(), calls, "{report:?}");
        is_bounded_and_consistent(&portal.probe, "recording a report");
    }
}

#[tokio::test]
async fn announcing_plans_reads_the_days_that_are_not_over_and_the_accounts_due() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-11-22" });
    for name in ["Ending Customer", "Ended Customer"] {
        portal.create_account(json!({ "name": name, "kind": "customer", "plan": plan })).await;
    }
    let late = json!({
        "name": "Late Customer", "kind": "customer", "plan": plan, "time_zone": "Pacific/Honolulu",
    });
    portal.create_account(late).await;
    portal.schedule_ran_through("flag-lapsed-plans", "2026-11-19").await;
    portal.probe.reset();
    let answer = portal.operator("FlagLapsedPlans", Value::Null).await;
    assert_eq!(answer["noticed"], json!({ "last-day": 3 }));
    let calls = portal.probe.calls();
    let count = |name: &str| calls.iter().filter(|call| *call == name).count();
    // 16 partitions of each day from the 20th, which is over everywhere, to the 23rd, which has
    // begun in the east, and a page of accounts for each with some; no account that is not due.
    let pages = count("BatchGetItem");
    assert!((1..=3).contains(&pages), "{calls:?}");
    assert_eq!(
        (count("GetItem"), count("Query"), count("TransactWriteItems"), count("PutItem")),
        (1, 64, 3, 1)
    );
    is_bounded_and_consistent(&portal.probe, "announcing plans");

    portal.probe.reset();
    portal.set_today("2026-11-23");
    let answer = portal.operator("FlagLapsedPlans", Value::Null).await;
    assert_eq!(answer["noticed"], json!({ "lapsed": 3 }));
    let count = |name: &str| portal.probe.calls().iter().filter(|call| *call == name).count();
    assert_eq!((count("Query"), count("TransactWriteItems")), (64, 3));
    portal.probe.reset();
    assert_eq!(portal.operator("FlagLapsedPlans", Value::Null).await["noticed"], json!({}));
    let count = |name: &str| portal.probe.calls().iter().filter(|call| *call == name).count();
    assert_eq!(
        (count("Query"), count("BatchGetItem"), count("PutItem")),
        (48, 0, 0),
        "nothing is due any more"
    );
}

#[tokio::test]
async fn reminding_reads_the_last_days_and_the_items_due_on_them() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let ending =
        json!({ "name": "Emil Erpel", "email": "emil@customer.example", "ends_on": "2026-12-01" });
    portal.add_with(&portal.customer, ending).await;
    portal.operator("RemindAdministrators", Value::Null).await;
    portal
        .add_with(
            &portal.customer,
            json!({
                "name": "Fay First", "email": "fay@customer.example", "ends_on": "2026-12-01",
            }),
        )
        .await;
    portal.probe.reset();
    let answer = portal.operator("RemindAdministrators", Value::Null).await;
    assert_eq!(answer["ends"], 1);
    let calls = portal.probe.calls();
    let count = |name: &str| calls.iter().filter(|call| *call == name).count();
    // Two kinds of due items, three days each that are not over everywhere, in 16 partitions.
    // Nobody who is not due.
    assert_eq!(
        (count("GetItem"), count("Query"), count("BatchGetItem"), count("TransactWriteItems")),
        (2, 96, 1, 1)
    );
    is_bounded_and_consistent(&portal.probe, "reminding");
}
