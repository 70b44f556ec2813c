//! Changing accounts.

use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Portal, Table, activity_text, operator_event, path};

const OLD: [&str; 2] = ["2026-01-01", "2027-12-31"];

fn plan(days: [&str; 2]) -> Value {
    json!({ "name": "Support", "starts_on": days[0], "ends_on": days[1] })
}

/// Changes an account as an operator.
async fn update(portal: &Portal, account: &str, body: Value) -> Value {
    let answer = portal.operator("UpdateAccount", operator_event(account, None, body)).await;
    assert_eq!(answer["status"], 200, "{answer}");
    answer["body"].clone()
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.items().iter().map(|item| item["name"].as_str().expect("a name")).collect()
}

/// Lists the names of the accounts that `by` manages, as an operator sees them.
async fn managed(portal: &Portal, by: &str) -> Vec<String> {
    let answer = portal.operator("ListAccounts", json!({ "query": { "managed_by": by } })).await;
    let items = answer["body"]["items"].as_array().expect("items");
    items.iter().map(|item| item["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn staff_change_every_field() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let body = json!({
        "name": "Renamed Customer", "external_id": "ERP-1",
        "contact": { "email": "office@customer.example", "phone": "+49 30 5" },
        "plan": plan(["2026-01-01", "2028-12-31"]), "partner": null,
        "licences": [{ "product": "Planner", "quantity": 3 }],
        "time_zone": "Europe/Berlin",
    });
    let answer = staff.patch(&fixture.account, body).await;
    assert_eq!(answer.status, 200, "{answer}");
    let shown = |name: &str| answer.body[name].clone();
    assert_eq!(
        (shown("name"), shown("external_id"), shown("time_zone")),
        (json!("Renamed Customer"), json!("ERP-1"), json!("Europe/Berlin"))
    );
    assert_eq!(
        shown("contact"),
        json!({ "email": "office@customer.example", "phone": "+49 30 5" })
    );
    assert_eq!(
        (&answer.body["plan"]["ends_on"], shown("partner"), shown("grant")),
        (&json!("2028-12-31"), Value::Null, Value::Null)
    );
    assert_eq!(shown("licences"), json!([{ "product": "Planner", "quantity": 3 }]));
    assert_eq!(
        staff.get(&fixture.account).await.body,
        answer.body,
        "the answer is what is stored, with the version"
    );
    assert_eq!(
        fixture.administrator.get(&fixture.account).await.body["external_id"],
        Value::Null,
        "the vendor's number is the vendor's"
    );
    insta::assert_snapshot!(activity_text(&fixture.newest_activity().await), @"
    account-updated by Stella Staff as staff of Example Vendor from 127.0.0.1
      changed: name, external_id, contact, plan, partner, licences, time_zone
      imported: false
      plan: 2028-12-31, Support
    ");
}

#[tokio::test]
async fn a_renewal_restores_access_at_once_and_invited_people_can_link() {
    let fixture = Fixture::with_customer().await;
    fixture.invited("Eve Early", "eve@customer.example").await;
    let token = fixture.portal.token("eve@customer.example");
    fixture.portal.clock.set("2027-12-31T22:00:00Z".parse().expect("a time"));
    let mut eve = fixture.portal.sign_in("Eve Early", "eve@customer.example").await;
    // Sessions and invitations of a year ago are over.
    let mut bob = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let again = fixture
        .portal
        .operator(
            "SendInvitation",
            operator_event(
                &fixture.portal.customer,
                Some(&person_named(&fixture.portal, "Eve Early").await),
                Value::Null,
            ),
        )
        .await;
    assert_eq!(again["status"], 200, "{again}");
    fixture.portal.deliver().await;
    assert_ne!(fixture.portal.token("eve@customer.example"), token);
    let token = fixture.portal.token("eve@customer.example");
    fixture.portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    fixture.portal.clock.set("2028-01-01T02:00:00Z".parse().expect("a time"));
    assert_eq!(bob.get(&fixture.account).await.problem(), "plan-lapsed");
    assert_eq!(eve.link(&token).await.problem(), "plan-lapsed");
    fixture.portal.operator("FlagLapsedPlans", Value::Null).await;

    update(
        &fixture.portal,
        &fixture.portal.customer,
        json!({ "plan": plan(["2028-01-01", "2028-12-31"]) }),
    )
    .await;
    assert_eq!(bob.get(&fixture.account).await.body["plan"]["state"], "current");
    assert_eq!(eve.link(&token).await.status, 200);
    // The next lapse is announced again.
    let before = fixture.portal.sent_mails().await;
    fixture.portal.skip_to("2028-10-30").await;
    fixture.portal.set_today("2029-01-01");
    fixture.portal.operator("FlagLapsedPlans", Value::Null).await;
    assert!(fixture.portal.sent_mails().await > before);
}

/// Finds a professional of the customer by name.
async fn person_named(portal: &Portal, name: &str) -> String {
    let answer = portal
        .operator("ListProfessionals", operator_event(&portal.customer, None, Value::Null))
        .await;
    let items = answer["body"]["items"].as_array().expect("items");
    items.iter().find(|item| item["name"] == name).expect("on the list")["professional"]
        .as_str()
        .expect("an id")
        .to_owned()
}

#[tokio::test]
async fn the_same_change_twice_is_one() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let body = json!({
        "name": "Renamed", "plan": plan(["2028-01-01", "2028-12-31"]), "external_id": "ERP-1",
        "version": office_version(&mut fixture).await,
    });
    let first = staff.patch(&fixture.account, body.clone()).await;
    assert_eq!(first.status, 200, "{first}");
    let before = Table::of(&fixture.portal).await;
    let second = staff.patch(&fixture.account, body).await;
    assert_eq!(second.body, first.body, "a retry after a lost answer");
    before.assert_unchanged(&fixture.portal).await;
}

async fn office_version(fixture: &mut Fixture) -> Value {
    fixture.administrator.get(&fixture.account).await.body["version"].clone()
}

#[tokio::test]
async fn a_change_by_another_person_meanwhile_is_not_overwritten_unseen() {
    let mut fixture = Fixture::with_customer().await;
    let mut staff = fixture.link_staff().await;
    let version = office_version(&mut fixture).await;
    update(&fixture.portal, &fixture.portal.customer, json!({ "time_zone": "Europe/Berlin" }))
        .await;
    let before = Table::of(&fixture.portal).await;
    let answer =
        staff.patch(&fixture.account, json!({ "name": "Renamed", "version": version })).await;
    assert_eq!((answer.status, answer.problem()), (409, "changed"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn vendor_and_partner_find_an_account_by_its_new_name() {
    let fixture = Fixture::with_customer().await;
    update(&fixture.portal, &fixture.portal.customer, json!({ "name": "Aaa Customer" })).await;
    assert_eq!(managed(&fixture.portal, &fixture.portal.partner).await, ["Aaa Customer"]);
    let mut partner = fixture.link_partner().await;
    let path = format!("/api/accounts?managed_by={}", fixture.portal.partner);
    for (search, found) in [("aaa", 1), ("example", 0)] {
        assert_eq!(
            names(&partner.get(&format!("{path}&search={search}")).await).len(),
            found,
            "{search}"
        );
    }
    assert_eq!(managed(&fixture.portal, Portal::VENDOR).await[0], "Aaa Customer");
}

#[tokio::test]
async fn a_new_partner_is_counted_for_the_staff_member_who_sets_it() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let partner = json!({ "name": "New Partner", "kind": "partner" });
    let partner = fixture.portal.create_account(partner).await;
    let changed = fixture.staff.patch(&fixture.account, json!({ "partner": partner })).await;
    assert_eq!(changed.status, 200, "{changed}");
    fixture.portal.deliver().await;
    assert_eq!(fixture.portal.recipients("partner-changed"), ["ada@customer.example"]);
    fixture.portal.use_up_limits().await;
    let back = json!({ "partner": fixture.portal.partner });
    let refused = fixture.staff.patch(&fixture.account, back).await;
    assert_eq!((refused.status, refused.problem()), (429, "too-many-requests"), "{refused}");
}

#[tokio::test]
async fn a_new_partner_of_record_takes_over_and_administrators_are_informed_of_its_permissions() {
    let mut fixture = Fixture::with_customer().await;
    let mut old = fixture.link_partner().await;
    let new = fixture
        .portal
        .create_account(json!({
            "name": "New Partner", "kind": "partner", "contact": { "email": "help@new.example" },
        }))
        .await;
    let mut pia = Person::link(&fixture.portal, &new, "Pia New", "pia@new.example").await;
    fixture
        .administrator
        .put(&format!("{}/grant", fixture.account), json!({ "grant": "view" }))
        .await;
    let before = fixture.portal.sent_mails().await;

    let changed =
        update(&fixture.portal, &fixture.portal.customer, json!({ "partner": new })).await;
    assert_eq!(
        (&changed["partner"]["name"], &changed["grant"]),
        (&json!("New Partner"), &json!("appoint_administrator"))
    );
    assert_eq!(old.get(&fixture.account).await.status, 404);
    assert_eq!(pia.get(&fixture.account).await.body["you"]["as"], "partner");
    assert_eq!(managed(&fixture.portal, &fixture.portal.partner).await, [""; 0]);
    assert_eq!(managed(&fixture.portal, &new).await, ["Example Customer"]);
    assert_eq!(fixture.portal.sent_mails().await, before + 1, "Ada alone is an administrator");
    let mail = fixture.portal.mail("ada@customer.example");
    assert_eq!(mail.tags["kind"], "partner-changed");
    assert!(
        mail.text.contains("“New Partner”, help@new.example")
            && mail.text.contains("appoint an administrator"),
        "{}",
        mail.text
    );
    assert!(
        mail.text.contains(&format!("/account/?account={}", fixture.portal.customer)),
        "{}",
        mail.text
    );

    update(&fixture.portal, &fixture.portal.customer, json!({ "partner": null })).await;
    assert_eq!(pia.get(&fixture.account).await.status, 404);
    assert_eq!(managed(&fixture.portal, &new).await, [""; 0]);
}

#[tokio::test]
async fn its_number_moves_and_is_free_for_another_account() {
    let fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    update(portal, &portal.customer, json!({ "external_id": "ERP-1" })).await;
    let other = portal.create_customer("Other Customer").await;
    let taken = portal
        .operator("UpdateAccount", operator_event(&other, None, json!({ "external_id": "ERP-1" })))
        .await;
    assert_eq!(
        (&taken["status"], &taken["body"]["account"]),
        (&json!(409), &json!(portal.customer)),
        "{taken}"
    );
    update(portal, &portal.customer, json!({ "external_id": "ERP-2" })).await;
    update(portal, &other, json!({ "external_id": "ERP-1" })).await;
    update(portal, &portal.customer, json!({ "external_id": null })).await;
    update(portal, &other, json!({ "external_id": "ERP-2" })).await;
}

#[tokio::test]
async fn a_partners_own_number_stays_its_own() {
    let fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    let new = json!({
        "name": "New Customer", "kind": "customer", "external_id": "P-1",
        "partner": fixture.portal.partner, "plan": plan(OLD),
    });
    let created = partner.post("/api/accounts", new.clone()).await.body["account"]
        .as_str()
        .expect("created")
        .to_owned();
    assert_eq!(partner.get(&path::account(&created)).await.body["external_id"], "P-1");
    update(&fixture.portal, &created, json!({ "external_id": "ERP-9" })).await;
    assert_eq!(
        partner.get(&path::account(&created)).await.body["external_id"],
        Value::Null,
        "that is the vendor's"
    );
    let again = partner.post("/api/accounts", new).await;
    assert_eq!(
        (again.problem(), again.body["account"].as_str()),
        ("account-exists", Some(created.as_str())),
        "its retry is still safe"
    );
    // The vendor may use the same number for another account.
    update(&fixture.portal, &fixture.portal.customer, json!({ "external_id": "P-1" })).await;
}

#[tokio::test]
async fn a_partners_number_becomes_the_vendors_when_staff_set_the_same() {
    let fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let new = json!({
        "name": "New Customer", "kind": "customer", "external_id": "P-1",
        "partner": fixture.portal.partner, "plan": plan(OLD),
    });
    let created = partner.post("/api/accounts", new.clone()).await.body["account"]
        .as_str()
        .expect("created")
        .to_owned();
    let path = path::account(&created);
    let seen = staff.get(&path).await;
    assert_eq!(seen.body["external_id"], Value::Null, "it is not the vendor's: {seen}");
    let nothing =
        staff.patch(&path, json!({ "external_id": null, "version": seen.body["version"] })).await;
    assert_eq!(
        (nothing.status, &nothing.body["version"]),
        (200, &seen.body["version"]),
        "there is none to take away: {nothing}"
    );
    assert_eq!(partner.get(&path).await.body["external_id"], "P-1");

    let body = json!({ "external_id": "P-1", "version": seen.body["version"] });
    let saved = staff.patch(&path, body.clone()).await;
    assert_eq!((saved.status, &saved.body["external_id"]), (200, &json!("P-1")), "{saved}");
    assert_eq!(staff.patch(&path, body).await.body, saved.body, "a retry");
    assert_eq!(staff.get(&path).await.body["external_id"], "P-1");
    let found = staff.get("/api/accounts?external_id=P-1").await;
    assert_eq!(
        (found.items().len(), &found.items()[0]["account"]),
        (1, &json!(created)),
        "{found}"
    );

    let row = json!({
        "external_id": "P-1", "name": "Renamed Customer", "plan": "Support",
        "starts_on": "2026-01-01", "ends_on": "2028-12-31",
    });
    let imported = staff.post("/api/accounts/import", json!({ "rows": [row] })).await;
    let result = &imported.body["results"][0];
    assert_eq!(
        (&result["outcome"], &result["account"]),
        (&json!("updated"), &json!(created)),
        "no second account: {imported}"
    );
    let again = partner.post("/api/accounts", new).await;
    assert_eq!(
        (again.problem(), again.body["account"].as_str()),
        ("account-exists", Some(created.as_str())),
        "the partner's retry is still safe"
    );
}

#[tokio::test]
async fn only_staff_and_operators_may() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    let mut stranger = fixture.stranger().await;
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "name": "Renamed" });
    for (browser, status) in [
        (&mut fixture.administrator.browser, 403),
        (&mut fixture.member.browser, 403),
        (&mut partner.browser, 403),
        (&mut stranger, 404),
    ] {
        let answer = browser.patch(&fixture.account, body.clone()).await;
        assert_eq!(answer.status, status, "{answer}");
    }
    assert_eq!(fixture.portal.browser().patch(&fixture.account, body).await.status, 401);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn values_that_contradict_each_other_are_named_and_nothing_changes() {
    let fixture = Fixture::with_customer().await;
    let (customer, partner) = (&fixture.portal.customer, &fixture.portal.partner);
    let before = Table::of(&fixture.portal).await;
    for (account, body, fields) in [
        (customer, json!({ "plan": null }), vec!["plan"]),
        (
            customer,
            json!({ "plan": plan(["2027-01-01", "2026-12-31"]), "name": "" }),
            vec!["name", "plan.ends_on"],
        ),
        (customer, json!({ "partner": customer }), vec!["partner"]),
        (customer, json!({ "partner": "01ARZ3NDEKTSV4RRFFQ69G5FAV" }), vec!["partner"]),
        (customer, json!({ "partner": "nobody" }), vec!["partner"]),
        (partner, json!({ "partner": partner }), vec!["partner"]),
        (customer, json!({ "time_zone": "Mars/Olympus" }), vec!["time_zone"]),
        (customer, json!({ "external_id": "two words" }), vec!["external_id"]),
        (
            customer,
            json!({ "contact": { "website": "http://plain.example" } }),
            vec!["contact.website"],
        ),
        (
            customer,
            json!({ "licences": [{ "product": "Planner", "quantity": 0 }] }),
            vec!["licences.0.quantity"],
        ),
        (
            customer,
            json!({
                "licences": [
                    { "product": "A" }, { "product": "" }, { "product": "a", "quantity": 1 },
                ],
            }),
            vec!["licences.1.product", "licences.2.product"],
        ),
    ] {
        let answer = fixture
            .portal
            .operator("UpdateAccount", operator_event(account, None, body.clone()))
            .await;
        let named: Vec<_> = answer["body"]["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["field"].as_str())
            .collect();
        assert_eq!((answer["status"].clone(), named), (json!(422), fields), "{body}: {answer}");
    }
    for body in [json!({ "kind": "partner" }), json!({ "version": "1" }), json!({ "partner": 7 })] {
        let event = operator_event(customer, None, body);
        assert_eq!(fixture.portal.operator("UpdateAccount", event).await["status"], 400);
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_partners_plan_can_be_removed() {
    let fixture = Fixture::with_customer().await;
    update(&fixture.portal, &fixture.portal.partner, json!({ "plan": plan(OLD) })).await;
    assert_eq!(
        update(&fixture.portal, &fixture.portal.partner, json!({ "plan": null })).await["plan"],
        Value::Null
    );
}

#[tokio::test]
async fn the_new_plan_ends_by_the_accounts_time_zone() {
    let mut fixture = Fixture::with_customer().await;
    update(
        &fixture.portal,
        &fixture.portal.customer,
        json!({ "plan": plan(["2026-01-01", "2026-11-22"]), "time_zone": "Pacific/Auckland" }),
    )
    .await;
    // It is past midnight there at noon in UTC.
    assert_eq!(fixture.member.get(&fixture.account).await.problem(), "plan-lapsed");
    update(&fixture.portal, &fixture.portal.customer, json!({ "time_zone": "America/New_York" }))
        .await;
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
}
