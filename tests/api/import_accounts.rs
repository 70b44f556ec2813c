//! Creating and changing many accounts at once from the vendor's own records.

use serde_json::{Value, json};
use tests::{Answer, CallFailure, Fixture, Person, Portal, Table, activity_text, path, snapshot};

const PATH: &str = "/api/accounts/import";

fn customer(number: usize) -> Value {
    json!({
        "external_id": format!("K-{number:03}"), "name": format!("Customer {number:03}"),
        "plan": "Support", "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
    })
}

fn partner(number: usize) -> Value {
    json!({
        "external_id": format!("P-{number}"), "name": format!("Partner {number}"),
        "kind": "partner", "email": "help@partner.example",
    })
}

/// A row with `fields` set.
fn with(mut row: Value, fields: Value) -> Value {
    if let Value::Object(fields) = fields {
        row.as_object_mut().expect("a row").extend(fields);
    }
    row
}

fn body(rows: &[Value]) -> Value {
    json!({ "rows": rows })
}

fn dry(rows: &[Value]) -> Value {
    json!({ "dry_run": true, "rows": rows })
}

/// Lists the outcomes of the rows.
fn outcomes(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{answer}");
    answer.body["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["outcome"].as_str().expect("an outcome"))
        .collect()
}

fn id(answer: &Answer, row: usize) -> String {
    answer.body["results"][row]["account"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Lists the field errors of each row.
fn field_errors(results: &Value) -> Vec<String> {
    let described = |error: &Value| {
        format!(
            "{} {}",
            error["field"].as_str().expect("a field"),
            error["code"].as_str().expect("a code")
        )
    };
    let of_row = |item: &Value| {
        item["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(described)
            .collect::<Vec<_>>()
            .join("; ")
    };
    results.as_array().expect("results").iter().map(of_row).collect()
}

#[tokio::test]
async fn staff_import_a_partner_with_its_customer_which_they_all_see() {
    let mut fixture = Fixture::builder().staff().build().await;
    let full = json!({
        "partner": "P-1", "time_zone": "europe/berlin", "email": "office@customer.example",
        "phone": "+49 30 123", "website": "https://customer.example",
        "licences": " Planner for .NET : 10; Ledger;", "kind": "customer",
    });
    // The customer's row is above its partner's.
    let answer = fixture
        .staff
        .post(
            PATH,
            body(&[
                with(customer(1), full),
                partner(1),
                json!({ "external_id": "K-2", "name": "" }),
            ]),
        )
        .await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "results": [
        {
          "account": "[id 1]",
          "kind": "customer",
          "outcome": "created"
        },
        {
          "account": "[id 2]",
          "kind": "partner",
          "outcome": "created"
        },
        {
          "errors": [
            {
              "code": "empty",
              "field": "name",
              "reason": "must not be empty"
            },
            {
              "code": "missing",
              "field": "plan",
              "reason": "must be given for a customer"
            }
          ],
          "outcome": "invalid"
        }
      ]
    }
    "#);
    let seen = fixture.staff.get(&path::account(&id(&answer, 0))).await.body;
    assert_eq!(
        (&seen["name"], &seen["kind"], &seen["time_zone"]),
        (&json!("Customer 001"), &json!("customer"), &json!("Europe/Berlin")),
        "{seen}"
    );
    assert_eq!(
        seen["plan"],
        json!({
            "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31",
            "state": "current",
        })
    );
    assert_eq!(
        seen["licences"],
        json!([
            { "product": "Planner for .NET", "quantity": 10 },
            { "product": "Ledger", "quantity": null },
        ])
    );
    let card = json!({
        "account": id(&answer, 1), "name": "Partner 1", "email": "help@partner.example",
        "phone": null, "website": null,
    });
    assert_eq!(seen["partner"], card);
    let listed = fixture.staff.get(&format!("/api/accounts?managed_by={}", id(&answer, 1))).await;
    assert_eq!(listed.items()[0]["name"], "Customer 001", "it is in its partner's list: {listed}");
    let activity = fixture.staff.get(&format!("{}/activity", path::account(&id(&answer, 0)))).await;
    insta::assert_snapshot!(activity_text(&activity.items()[0]), @"
    account-created by Stella Staff as staff of Example Vendor from 127.0.0.1
      imported: true
      waiting: false
    ");
}

#[tokio::test]
async fn the_same_rows_again_change_nothing() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let rows: Vec<_> = (0..97)
        .map(|number| with(customer(number), json!({ "partner": format!("P-{}", number % 3) })))
        .chain((0..3).map(partner))
        .collect();
    let first = staff.post(PATH, body(&rows)).await;
    assert_eq!(outcomes(&first), ["created"; 100]);
    let before = Table::of(&portal).await;
    let again = staff.post(PATH, body(&rows)).await;
    assert_eq!(outcomes(&again), ["unchanged"; 100]);
    assert_eq!(id(&again, 50), id(&first, 50));
    before.assert_unchanged(&portal).await;
    let shuffled: Vec<_> = rows.into_iter().rev().collect();
    assert_eq!(outcomes(&staff.post(PATH, body(&shuffled)).await), ["unchanged"; 100]);
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn a_row_with_a_known_number_changes_only_what_differs() {
    let mut fixture = Fixture::builder().staff().build().await;
    let details = json!({ "partner": "P-1", "phone": "+49 30 1", "licences": "Ledger" });
    let first =
        fixture.staff.post(PATH, body(&[partner(1), partner(2), with(customer(1), details)])).await;
    let path = path::account(&id(&first, 2));
    let before = fixture.staff.get(&path).await.body;
    let sparse =
        json!({ "external_id": "K-001", "name": "Renamed", "email": "new@customer.example" });
    let answer = fixture.staff.post(PATH, body(&[sparse])).await;
    assert_eq!(
        answer.body["results"][0],
        json!({ "outcome": "updated", "account": id(&first, 2), "changed": ["name", "contact"] })
    );
    let after = fixture.staff.get(&path).await.body;
    for field in ["plan", "partner", "licences", "time_zone", "kind"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(after["name"], "Renamed");
    let listed = fixture.staff.get(&format!("/api/accounts?managed_by={}", id(&first, 0))).await;
    assert_eq!(listed.items()[0]["name"], "Renamed");

    let all = json!({
        "partner": "P-2", "ends_on": "2028-12-31", "time_zone": "Asia/Tokyo",
        "licences": "Planner:5",
    });
    let answer = fixture.staff.post(PATH, body(&[with(customer(1), all)])).await;
    assert_eq!(
        answer.body["results"][0]["changed"],
        json!(["name", "plan", "partner", "licences", "time_zone"])
    );
    let after = fixture.staff.get(&path).await.body;
    assert_eq!(
        (&after["plan"]["ends_on"], &after["partner"]["name"], &after["time_zone"]),
        (&json!("2028-12-31"), &json!("Partner 2"), &json!("Asia/Tokyo"))
    );
    for (partner, count) in [(0, 0), (1, 1)] {
        let listed =
            fixture.staff.get(&format!("/api/accounts?managed_by={}", id(&first, partner))).await;
        assert_eq!(listed.items().len(), count, "it moved from list to list");
    }
    let activity = fixture.staff.get(&format!("{path}/activity")).await;
    let updated = json!({
        "type": "account-updated", "imported": true,
        "changed": ["name", "plan", "partner", "licences", "time_zone"],
        "plan": { "name": "Support", "ends_on": "2028-12-31" },
        "partner": { "id": id(&first, 1), "name": "Partner 2" },
    });
    assert_eq!(activity.items()[0]["event"], updated);
}

#[tokio::test]
async fn each_customer_sees_the_changes_of_its_partner() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let rows: Vec<_> = (0..60)
        .map(|number| with(customer(number), json!({ "partner": "P-1" })))
        .chain([partner(1)])
        .collect();
    let first = staff.post(PATH, body(&rows)).await;
    let changed =
        with(partner(1), json!({ "name": "Better Partner", "website": "https://better.example" }));
    let answer = staff.post(PATH, body(&[changed])).await;
    assert_eq!(answer.body["results"][0]["changed"], json!(["name", "contact"]), "{answer}");
    // The table's stream updates the customers' copies.
    portal.deliver().await;
    for row in [0, 59] {
        let seen = staff.get(&path::account(&id(&first, row))).await.body["partner"].clone();
        assert_eq!(
            (&seen["name"], &seen["website"]),
            (&json!("Better Partner"), &json!("https://better.example"))
        );
    }
}

#[tokio::test]
async fn a_renewal_lifts_a_lapse_at_once() {
    let fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    let mut staff = fixture.link_staff().await;
    let over = json!({ "starts_on": "2025-01-01", "ends_on": "2026-11-21" });
    let first = staff.post(PATH, body(&[with(customer(1), over)])).await;
    let path = path::account(&id(&first, 0));
    assert_eq!(staff.get(&path).await.body["plan"]["state"], "lapsed");
    portal.operator("FlagLapsedPlans", json!({})).await;
    let flagged = staff.get(&format!("{path}/activity")).await;
    assert_eq!(
        flagged.items()[0]["event"]["type"],
        "plan-lapsed",
        "a plan that is over is flagged: {flagged}"
    );
    staff.post(PATH, body(&[customer(1)])).await;
    assert_eq!(staff.get(&path).await.body["plan"]["state"], "current");
    portal.skip_to("2027-10-30").await;
    portal.set_today("2028-01-01");
    portal.operator("FlagLapsedPlans", json!({})).await;
    let mut staff = portal.sign_in("Stella Staff", "stella@vendor.example").await;
    let lapses = staff
        .get(&format!("{path}/activity"))
        .await
        .items()
        .iter()
        .filter(|activity| activity["event"]["type"] == "plan-lapsed")
        .count();
    assert_eq!(lapses, 2, "the new plan has a lapse of its own");
}

#[tokio::test]
async fn a_dry_run_answers_the_same_and_writes_nothing() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    staff.post(PATH, body(&[customer(1), customer(2), partner(1)])).await;
    let rows = [
        customer(1),
        with(customer(2), json!({ "name": "Renamed", "partner": "P-2" })),
        with(customer(3), json!({ "partner": "P-2" })),
        with(customer(4), json!({ "partner": "P-3" })),
        with(customer(5), json!({ "plan": "", "phone": "none" })),
        partner(2),
        with(partner(1), json!({ "phone": "+49 30 9" })),
        with(partner(3), json!({ "email": "nobody" })),
    ];
    let before = Table::of(&portal).await;
    let tried = staff.post(PATH, dry(&rows)).await;
    before.assert_unchanged(&portal).await;
    assert_eq!(
        tried.body["results"][2],
        json!({ "outcome": "created", "account": null, "kind": "customer" })
    );
    let done = staff.post(PATH, body(&rows)).await;
    assert_eq!(
        outcomes(&done),
        ["unchanged", "updated", "created", "invalid", "invalid", "created", "updated", "invalid"]
    );
    assert_eq!(outcomes(&tried), outcomes(&done));
    for row in [0, 1, 3, 4, 6, 7] {
        assert_eq!(tried.body["results"][row], done.body["results"][row], "row {row}");
    }
}

#[tokio::test]
async fn a_dry_run_in_parts_knows_the_partners_of_earlier_parts() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let mut part = dry(&[
        with(customer(1), json!({ "partner": "P-1" })),
        with(customer(2), json!({ "partner": "P-2" })),
    ]);
    part["partners"] = json!(["P-1"]);
    let before = Table::of(&portal).await;
    assert_eq!(outcomes(&staff.post(PATH, part.clone()).await), ["created", "invalid"]);
    before.assert_unchanged(&portal).await;
    part["dry_run"] = json!(false);
    assert_eq!(
        outcomes(&staff.post(PATH, part).await),
        ["invalid", "invalid"],
        "a row cannot make its own partner"
    );
    before.assert_unchanged(&portal).await;
    for partners in [json!(["with space"]), json!(vec!["P-1"; 101])] {
        let answer = staff
            .post(PATH, json!({ "dry_run": true, "rows": [customer(1)], "partners": partners }))
            .await;
        assert_eq!((answer.status, answer.problem()), (422, "invalid"), "{answer}");
    }
}

#[tokio::test]
async fn every_row_reports_all_its_field_errors() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    staff.post(PATH, body(&[customer(1), partner(1)])).await;
    let row = |fields: Value| with(customer(9), fields);
    let rows = [
        row(json!({ "external_id": "" })),
        row(json!({ "external_id": "with space" })),
        row(json!({ "external_id": "x".repeat(65) })),
        row(json!({ "external_id": "A", "name": "see http://evil.example" })),
        row(json!({ "external_id": "B", "kind": "vendor" })),
        row(json!({ "external_id": "C", "partner": "P-99" })),
        row(json!({ "external_id": "D", "partner": "K-001" })),
        row(json!({ "external_id": "E", "kind": "partner", "partner": "P-1" })),
        row(json!({ "external_id": "F", "starts_on": "12/31/2026", "ends_on": null })),
        row(json!({ "external_id": "G", "ends_on": "2025-12-31" })),
        row(json!({ "external_id": "H", "plan": null })),
        json!({ "external_id": "I", "name": "No Plan" }),
        row(json!({
            "external_id": "J", "time_zone": "Berlin", "email": "x", "phone": "x",
            "website": "x",
        })),
        row(json!({
            "external_id": "K", "licences": "Planner:ten; Ledger:0; see http://evil.example",
        })),
        row(json!({ "external_id": "L", "licences": "A;".repeat(51) })),
        row(json!({ "external_id": "N", "licences": "Planner:10; planner:11; Ledger" })),
        row(json!({ "external_id": "K-001", "kind": "partner" })),
        row(json!({ "external_id": "P-1", "kind": "customer" })),
        row(json!({ "external_id": "M" })),
        row(json!({ "external_id": "M", "name": "" })),
        json!({
            "external_id": "", "name": "", "kind": "x", "partner": "x x", "plan": "",
            "starts_on": "x", "ends_on": "x", "time_zone": "x", "email": "x", "phone": "x",
            "website": "x", "licences": ":",
        }),
    ];
    let before = Table::of(&portal).await;
    let answer = staff.post(PATH, dry(&rows)).await;
    before.assert_unchanged(&portal).await;
    insta::assert_snapshot!(field_errors(&answer.body["results"]).join("\n"), @"
    external_id empty
    external_id external-id
    external_id external-id
    name address-inside
    kind kind
    partner no-such-partner
    partner not-a-partner
    partner partner-of-no-customer
    starts_on date; ends_on date
    ends_on order
    plan empty
    plan missing
    email email; phone telephone; website web-page; time_zone time-zone
    licences licences; licences quantity
    licences too-many
    licences repeated-product
    kind kind-fixed
    kind kind-fixed

    external_id repeated-id; name empty
    external_id empty; name empty; kind kind; partner external-id; email email; phone telephone; website web-page; time_zone time-zone; plan empty; starts_on date; ends_on date; licences licences
    ");
    assert_eq!(
        field_errors(&staff.post(PATH, body(&rows)).await.body["results"]),
        field_errors(&answer.body["results"])
    );
}

#[tokio::test]
async fn cells_are_understood_as_spreadsheets_in_english_and_german_have_them() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let cells = json!({
        "external_id": " K-001", "name": "Customer\u{a0}001 ", "kind": "Kunde", "partner": " P-1 ",
        "plan": "Support", "starts_on": "1.1.2026", "ends_on": "31.12.2027", "phone": "'+49 30 1",
        "time_zone": "", "licences": "Planner: 10 ;Ledger",
    });
    let partner = with(partner(1), json!({ "kind": "Partner" }));
    let first = staff.post(PATH, body(&[cells, partner])).await;
    assert_eq!(outcomes(&first), ["created"; 2], "{first}");
    assert_eq!(first.body["results"][1]["kind"], "partner");
    let before = Table::of(&portal).await;
    let plain = json!({
        "kind": "customer", "partner": "P-1", "phone": "+49 30 1", "licences": "Planner:10; Ledger",
    });
    let again = staff.post(PATH, body(&[with(customer(1), plain)])).await;
    assert_eq!(outcomes(&again), ["unchanged"], "{again}");
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn one_to_a_hundred_rows_are_accepted() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let before = Table::of(&portal).await;
    for rows in [json!([]), json!((0..101).map(customer).collect::<Vec<_>>())] {
        let answer = staff.post(PATH, json!({ "rows": rows })).await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice()),
            (422, ["rows"].as_slice()),
            "{answer}"
        );
    }
    for rows in [
        json!([{ "name": "A" }]),
        json!([{ "external_id": "A" }]),
        json!([with(customer(1), json!({ "id": 1 }))]),
        json!(["x"]),
    ] {
        let answer = staff.post(PATH, json!({ "rows": rows })).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn only_staff_and_operators_import_accounts() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut stranger) = (fixture.link_partner().await, fixture.stranger().await);
    let before = Table::of(&fixture.portal).await;
    for body in [body(&[customer(1)]), dry(&[customer(1)])] {
        for browser in [&mut fixture.administrator.browser, &mut partner.browser, &mut stranger] {
            let answer = browser.post(PATH, body.clone()).await;
            assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{answer}");
        }
        let answer = fixture.portal.browser().post(PATH, body).await;
        assert_eq!((answer.status, answer.problem()), (401, "not-signed-in"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_operator_invokes_it_and_resolves_the_numbers() {
    let portal = Portal::start().await;
    let answer = portal
        .operator("ImportAccounts", json!({ "body": body(&[customer(1), partner(1)]) }))
        .await;
    let results = answer["body"]["results"].as_array().expect("results");
    assert_eq!(
        (&answer["status"], &results[0]["outcome"]),
        (&json!(200), &json!("created")),
        "{answer}"
    );
    let find = async |number: &str| {
        portal.operator("ListAccounts", json!({ "query": { "external_id": number } })).await["body"]
            ["items"]
            .clone()
    };
    assert_eq!(find("K-001").await[0]["account"], results[0]["account"]);
    assert_eq!(find("P-1").await[0]["name"], "Partner 1");
    assert_eq!(find("K-999").await, json!([]));
    let shown = portal
        .operator("ListActivity", json!({ "path": { "account": results[0]["account"] } }))
        .await;
    assert_eq!(shown["body"]["items"][0]["actor"]["as"], "operator", "{shown}");
}

#[tokio::test]
async fn a_number_of_a_partners_own_is_not_the_vendors() {
    let Fixture { portal, partner: mut pat, mut staff, .. } =
        Fixture::builder().partner().staff().build().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let own = json!({
        "name": "Pat's Customer", "kind": "customer", "partner": portal.partner,
        "external_id": "K-001", "plan": plan,
    });
    assert_eq!(pat.post("/api/accounts", own).await.status, 201);
    assert_eq!(outcomes(&staff.post(PATH, body(&[customer(1)])).await), ["created"]);
}

#[tokio::test]
async fn importing_mails_nobody() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let before = portal.sent_mails().await;
    staff.post(PATH, body(&[customer(1), partner(1)])).await;
    assert_eq!(portal.sent_mails().await, before);
}

#[tokio::test]
async fn a_new_partner_of_an_account_with_people_is_counted_for_the_importer_and_mailed() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    let of_partner = |number| with(customer(1), json!({ "partner": format!("P-{number}") }));
    let rows = [partner(1), partner(2), of_partner(1)];
    let first = staff.post(PATH, body(&rows)).await;
    portal.linked(&id(&first, 2), "Cora Customer", "cora@customer.example").await;
    let answer = staff.post(PATH, body(&[of_partner(2)])).await;
    assert_eq!(outcomes(&answer), ["updated"], "{answer}");
    portal.deliver().await;
    assert_eq!(portal.recipients("partner-changed"), ["cora@customer.example"]);
    portal.use_up_limits().await;
    let answer = staff.post(PATH, body(&[of_partner(1)])).await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"), "{answer}");
}

#[tokio::test]
async fn stopped_at_any_call_it_is_finished_by_the_same_request() {
    let Fixture { portal, mut staff, .. } = Fixture::builder().staff().build().await;
    // Authorization, the claims, and then two partners and four customers, one of which has a new
    // partner's card to get.
    let prepare = |case: usize| {
        let numbered = |kind: &str, value: usize| format!("{kind}-{case}-{value}");
        let partner = |value| with(partner(value), json!({ "external_id": numbered("P", value) }));
        let customer = |value| {
            with(
                customer(value),
                json!({ "external_id": numbered("K", value), "partner": numbered("P", value % 2) }),
            )
        };
        (
            body(&[partner(0), customer(2)]),
            body(&[
                customer(0),
                customer(1),
                with(customer(2), json!({ "name": "Renamed" })),
                customer(3),
                with(partner(0), json!({ "name": "New Name" })),
                partner(1),
            ]),
        )
    };
    let mut calls = 1;
    let mut case = 0;
    while case < calls {
        for failure in [CallFailure::Broken, CallFailure::AnswerLost] {
            let (first, second) = prepare(2 * case + usize::from(failure == CallFailure::Broken));
            let prepared = staff.post(PATH, first).await;
            assert_eq!(outcomes(&prepared), ["created"; 2]);
            portal.probe.reset();
            portal.probe.disturb(failure, case, usize::MAX);
            let stopped = staff.post(PATH, second.clone()).await;
            let made = portal.probe.calls().len();
            portal.probe.reset();
            assert_eq!(
                (stopped.status, stopped.problem()),
                (503, "unavailable"),
                "{failure:?} at call {case}: {stopped}"
            );
            let finished = staff.post(PATH, second.clone()).await;
            assert_eq!(finished.status, 200, "{failure:?} at call {case}: {finished}");
            let finished_outcomes = outcomes(&finished).join(" ");
            let done = |value: &str| ["created", "updated", "unchanged"].contains(&value);
            assert!(
                outcomes(&finished).into_iter().all(done),
                "{failure:?} at call {case} of {made}: {finished_outcomes}"
            );
            portal.deliver().await;
            let before = Table::of(&portal).await;
            portal.probe.reset();
            assert_eq!(
                outcomes(&staff.post(PATH, second).await),
                ["unchanged"; 6],
                "{failure:?} at call {case}"
            );
            before.assert_unchanged(&portal).await;
            let seen = staff.get(&path::account(&id(&prepared, 1))).await.body;
            assert_eq!(
                (&seen["name"], &seen["partner"]["name"]),
                (&json!("Renamed"), &json!("New Name")),
                "{failure:?} at call {case}"
            );
        }
        if case == 0 {
            let (first, second) = prepare(1000);
            staff.post(PATH, first).await;
            portal.probe.reset();
            assert_eq!(
                outcomes(&staff.post(PATH, second).await),
                ["created", "created", "updated", "created", "updated", "created"]
            );
            calls = portal.probe.calls().len();
        }
        case += 1;
    }
    assert_eq!(calls, 9, "three reads, and a transaction a row");
}

#[tokio::test]
async fn an_account_created_at_the_same_time_is_found() {
    let portal = Portal::start().await;
    let mut others = Vec::new();
    for number in 0..4 {
        others.push(
            Person::link(
                &portal,
                Portal::VENDOR,
                &format!("Staff {}", ["A", "B", "C", "D"][number]),
                &format!("s{number}@vendor.example"),
            )
            .await,
        );
    }
    for other in &others[1..] {
        portal.give_staff(&other.id, &["imports"]).await;
    }
    let rows: Vec<_> = (0..20).map(customer).collect();
    let requests = others.iter_mut().map(|other| other.post(PATH, body(&rows)));
    let answers = futures(requests).await;
    for row in 0..20 {
        let created = answers.iter().filter(|answer| outcomes(answer)[row] == "created").count();
        assert_eq!(created, 1, "row {row}");
        assert!(answers.iter().all(|answer| id(answer, row) == id(&answers[0], row)));
    }
}

/// Awaits all of them concurrently.
async fn futures<F: Future<Output = Answer>>(requests: impl IntoIterator<Item = F>) -> Vec<Answer> {
    let mut running: Vec<_> =
        requests.into_iter().map(Box::pin).map(|value| (value, None)).collect();
    std::future::poll_fn(|context| {
        for (request, answer) in &mut running {
            if answer.is_none()
                && let std::task::Poll::Ready(done) = request.as_mut().poll(context)
            {
                *answer = Some(done);
            }
        }
        if running.iter().all(|(_, answer)| answer.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    running.into_iter().filter_map(|(_, answer)| answer).collect()
}
