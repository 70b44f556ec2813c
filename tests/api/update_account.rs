//! Changing accounts.

use serde_json::{Value, json};
use tests::{Answer, Portal};

use crate::office::{Office, account, assert_unchanged, event, link, mails, shown_value, table};

const OLD: [&str; 2] = ["2026-01-01", "2027-12-31"];

fn plan(days: [&str; 2]) -> Value {
    json!({ "name": "Support", "starts_on": days[0], "ends_on": days[1] })
}

/// Changes an account as an operator.
async fn update(portal: &Portal, account: &str, body: Value) -> Value {
    let answer = portal.operator("UpdateAccount", event(account, None, body)).await;
    assert_eq!(answer["status"], 200, "{answer}");
    answer["body"].clone()
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.items().iter().map(|it| it["name"].as_str().expect("a name")).collect()
}

/// Lists the names of the accounts that `by` looks after, as an operator sees them.
async fn managed(portal: &Portal, by: &str) -> Vec<String> {
    let answer = portal.operator("ListAccounts", json!({ "query": { "managed_by": by } })).await;
    let items = answer["body"]["items"].as_array().expect("items");
    items.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn staff_change_everything_that_is_on_record() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let body = json!({
        "name": "Renamed Customer", "external_id": "ERP-1", "contact": { "email": "office@customer.example", "phone": "+49 30 5" },
        "plan": plan(["2026-01-01", "2028-12-31"]), "partner": null, "licences": [{ "product": "Planner", "quantity": 3 }],
        "time_zone": "Europe/Berlin",
    });
    let answer = staff.browser.patch(&office.account, body).await;
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
        staff.browser.get(&office.account).await.body,
        answer.body,
        "what is answered is what is stored, version and all"
    );
    assert_eq!(
        office.ada.browser.get(&office.account).await.body["external_id"],
        Value::Null,
        "the vendor's number is the vendor's"
    );
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
    {
      "act": "account-updated",
      "actor": {
        "as": "staff",
        "home": "Example Vendor",
        "name": "Stella Staff"
      },
      "at": "[time]",
      "facts": {
        "changed": "name, external_id, contact, plan, partner, licences, time_zone",
        "plan": "Support",
        "until": "2028-12-31"
      },
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": null
    }
    "#);
}

#[tokio::test]
async fn a_renewal_restores_access_at_once_and_whoever_was_invited_can_link() {
    let office = Office::open().await;
    office.invited("Eve Early", "eve@customer.example").await;
    let token = office.portal.token("eve@customer.example");
    office.portal.set_today("2027-12-31");
    let mut eve = office.portal.sign_in("Eve Early", "eve@customer.example").await;
    // Sessions and invitations of a year ago are over.
    let mut bob = office.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let again = office
        .portal
        .operator(
            "SendInvitation",
            event(
                &office.portal.customer,
                Some(&person_named(&office.portal, "Eve Early").await),
                Value::Null,
            ),
        )
        .await;
    assert_eq!(again["status"], 200, "{again}");
    office.portal.deliver().await;
    assert_ne!(office.portal.token("eve@customer.example"), token);
    let token = office.portal.token("eve@customer.example");
    office.portal.clock.set("2028-01-01T10:00:00Z".parse().expect("a time"));
    assert_eq!(bob.get(&office.account).await.problem(), "plan-lapsed");
    assert_eq!(link(&mut eve, &token).await.problem(), "plan-lapsed");
    office.portal.operator("FlagLapsedPlans", Value::Null).await;

    update(
        &office.portal,
        &office.portal.customer,
        json!({ "plan": plan(["2028-01-01", "2028-12-31"]) }),
    )
    .await;
    assert_eq!(bob.get(&office.account).await.body["plan"]["state"], "current");
    assert_eq!(link(&mut eve, &token).await.status, 200);
    // The next lapse is told again.
    let before = mails(&office.portal).await;
    office.portal.set_today("2029-01-01");
    office.portal.operator("FlagLapsedPlans", Value::Null).await;
    assert!(mails(&office.portal).await > before);
}

/// Finds a professional of the customer by name.
async fn person_named(portal: &Portal, name: &str) -> String {
    let answer =
        portal.operator("ListProfessionals", event(&portal.customer, None, Value::Null)).await;
    let items = answer["body"]["items"].as_array().expect("items");
    items.iter().find(|it| it["name"] == name).expect("on the list")["professional"]
        .as_str()
        .expect("an id")
        .to_owned()
}

#[tokio::test]
async fn the_same_change_twice_is_one() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let body = json!({ "name": "Renamed", "plan": plan(["2028-01-01", "2028-12-31"]), "external_id": "ERP-1", "version": office_version(&mut office).await });
    let first = staff.browser.patch(&office.account, body.clone()).await;
    assert_eq!(first.status, 200, "{first}");
    let before = table(&office.portal).await;
    let second = staff.browser.patch(&office.account, body).await;
    assert_eq!(second.body, first.body, "a retry after a lost answer");
    assert_unchanged(&office.portal, &before).await;
}

async fn office_version(office: &mut Office) -> Value {
    office.ada.browser.get(&office.account).await.body["version"].clone()
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten_unseen() {
    let mut office = Office::open().await;
    let mut staff = office.staff().await;
    let version = office_version(&mut office).await;
    update(&office.portal, &office.portal.customer, json!({ "time_zone": "Europe/Berlin" })).await;
    let before = table(&office.portal).await;
    let answer = staff
        .browser
        .patch(&office.account, json!({ "name": "Renamed", "version": version }))
        .await;
    assert_eq!((answer.status, answer.problem()), (409, "changed"), "{answer}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_name_is_found_under_vendor_and_partner_by_the_new_one() {
    let office = Office::open().await;
    update(&office.portal, &office.portal.customer, json!({ "name": "Aaa Customer" })).await;
    assert_eq!(managed(&office.portal, &office.portal.partner).await, ["Aaa Customer"]);
    let mut partner = office.partner().await;
    let path = format!("/api/accounts?managed_by={}", office.portal.partner);
    for (search, found) in [("aaa", 1), ("example", 0)] {
        assert_eq!(
            names(&partner.browser.get(&format!("{path}&search={search}")).await).len(),
            found,
            "{search}"
        );
    }
    assert_eq!(managed(&office.portal, Portal::VENDOR).await[0], "Aaa Customer");
}

#[tokio::test]
async fn a_new_partner_of_record_takes_over_and_administrators_are_told_what_it_may_do() {
    let mut office = Office::open().await;
    let mut old = office.partner().await;
    let new = office.portal.create_account(json!({ "name": "New Partner", "kind": "partner", "contact": { "email": "help@new.example" } })).await;
    let mut pia =
        crate::office::Member::link(&office.portal, &new, "Pia New", "pia@new.example").await;
    office.ada.browser.put(&format!("{}/grant", office.account), json!({ "grant": "view" })).await;
    let before = mails(&office.portal).await;

    let changed = update(&office.portal, &office.portal.customer, json!({ "partner": new })).await;
    assert_eq!(
        (&changed["partner"]["name"], &changed["grant"]),
        (&json!("New Partner"), &json!("appoint_administrator"))
    );
    assert_eq!(old.browser.get(&office.account).await.status, 404);
    assert_eq!(pia.browser.get(&office.account).await.body["you"]["as"], "partner");
    assert_eq!(managed(&office.portal, &office.portal.partner).await, [""; 0]);
    assert_eq!(managed(&office.portal, &new).await, ["Example Customer"]);
    assert_eq!(mails(&office.portal).await, before + 1, "Ada alone is an administrator");
    let mail = office.portal.mail("ada@customer.example");
    assert_eq!(mail.tags["kind"], "partner-changed");
    assert!(
        mail.text.contains("New Partner, help@new.example")
            && mail.text.contains("appoint an administrator"),
        "{}",
        mail.text
    );
    assert!(
        mail.text.contains(&format!("/account/?account={}", office.portal.customer)),
        "{}",
        mail.text
    );

    update(&office.portal, &office.portal.customer, json!({ "partner": null })).await;
    assert_eq!(pia.browser.get(&office.account).await.status, 404);
    assert_eq!(managed(&office.portal, &new).await, [""; 0]);
}

#[tokio::test]
async fn its_number_moves_and_is_free_for_another_account() {
    let office = Office::open().await;
    let portal = &office.portal;
    update(portal, &portal.customer, json!({ "external_id": "ERP-1" })).await;
    let other = portal.create_customer("Other Customer").await;
    let taken = portal
        .operator("UpdateAccount", event(&other, None, json!({ "external_id": "ERP-1" })))
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
    let office = Office::open().await;
    let mut partner = office.partner().await;
    let new = json!({ "name": "New Customer", "kind": "customer", "external_id": "P-1", "partner": office.portal.partner, "plan": plan(OLD) });
    let created = partner.browser.post("/api/accounts", new.clone()).await.body["account"]
        .as_str()
        .expect("created")
        .to_owned();
    assert_eq!(partner.browser.get(&account(&created)).await.body["external_id"], "P-1");
    update(&office.portal, &created, json!({ "external_id": "ERP-9" })).await;
    assert_eq!(
        partner.browser.get(&account(&created)).await.body["external_id"],
        Value::Null,
        "that is the vendor's"
    );
    let again = partner.browser.post("/api/accounts", new).await;
    assert_eq!(
        (again.problem(), again.body["account"].as_str()),
        ("account-exists", Some(created.as_str())),
        "its retry is still safe"
    );
    // The vendor may use the same number for another account.
    update(&office.portal, &office.portal.customer, json!({ "external_id": "P-1" })).await;
}

#[tokio::test]
async fn a_partners_number_is_the_vendors_once_staff_give_it_too() {
    let office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let new = json!({ "name": "New Customer", "kind": "customer", "external_id": "P-1", "partner": office.portal.partner, "plan": plan(OLD) });
    let created = partner.browser.post("/api/accounts", new.clone()).await.body["account"]
        .as_str()
        .expect("created")
        .to_owned();
    let path = account(&created);
    let seen = staff.browser.get(&path).await;
    assert_eq!(seen.body["external_id"], Value::Null, "it is not the vendor's: {seen}");
    let nothing = staff
        .browser
        .patch(&path, json!({ "external_id": null, "version": seen.body["version"] }))
        .await;
    assert_eq!(
        (nothing.status, &nothing.body["version"]),
        (200, &seen.body["version"]),
        "there is none to take away: {nothing}"
    );
    assert_eq!(partner.browser.get(&path).await.body["external_id"], "P-1");

    let body = json!({ "external_id": "P-1", "version": seen.body["version"] });
    let saved = staff.browser.patch(&path, body.clone()).await;
    assert_eq!((saved.status, &saved.body["external_id"]), (200, &json!("P-1")), "{saved}");
    assert_eq!(staff.browser.patch(&path, body).await.body, saved.body, "a retry");
    assert_eq!(staff.browser.get(&path).await.body["external_id"], "P-1");
    let found = staff.browser.get("/api/accounts?external_id=P-1").await;
    assert_eq!(
        (found.items().len(), &found.items()[0]["account"]),
        (1, &json!(created)),
        "{found}"
    );

    let row = json!({ "external_id": "P-1", "name": "Renamed Customer", "plan": "Support", "starts_on": "2026-01-01", "ends_on": "2028-12-31" });
    let imported = staff.browser.post("/api/accounts/import", json!({ "rows": [row] })).await;
    let result = &imported.body["results"][0];
    assert_eq!(
        (&result["outcome"], &result["account"]),
        (&json!("updated"), &json!(created)),
        "no second account: {imported}"
    );
    let again = partner.browser.post("/api/accounts", new).await;
    assert_eq!(
        (again.problem(), again.body["account"].as_str()),
        ("account-exists", Some(created.as_str())),
        "the partner's retry is still safe"
    );
}

#[tokio::test]
async fn only_staff_and_operators_may() {
    let mut office = Office::open().await;
    let mut partner = office.partner().await;
    let mut stranger = office.stranger().await;
    let before = table(&office.portal).await;
    let body = json!({ "name": "Renamed" });
    for (browser, status) in [
        (&mut office.ada.browser, 403),
        (&mut office.bob.browser, 403),
        (&mut partner.browser, 403),
        (&mut stranger, 404),
    ] {
        let answer = browser.patch(&office.account, body.clone()).await;
        assert_eq!(answer.status, status, "{answer}");
    }
    assert_eq!(office.portal.browser().patch(&office.account, body).await.status, 401);
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_nothing_is_changed() {
    let office = Office::open().await;
    let (customer, partner) = (&office.portal.customer, &office.portal.partner);
    let before = table(&office.portal).await;
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
            json!({ "licences": [{ "product": "A" }, { "product": "" }, { "product": "a", "quantity": 1 }] }),
            vec!["licences.1.product", "licences.2.product"],
        ),
    ] {
        let answer =
            office.portal.operator("UpdateAccount", event(account, None, body.clone())).await;
        let named: Vec<_> = answer["body"]["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["field"].as_str())
            .collect();
        assert_eq!((answer["status"].clone(), named), (json!(422), fields), "{body}: {answer}");
    }
    for body in [json!({ "kind": "partner" }), json!({ "version": "1" }), json!({ "partner": 7 })] {
        assert_eq!(
            office.portal.operator("UpdateAccount", event(customer, None, body)).await["status"],
            400
        );
    }
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_partners_plan_can_be_taken_away() {
    let office = Office::open().await;
    update(&office.portal, &office.portal.partner, json!({ "plan": plan(OLD) })).await;
    assert_eq!(
        update(&office.portal, &office.portal.partner, json!({ "plan": null })).await["plan"],
        Value::Null
    );
}

#[tokio::test]
async fn the_accounts_day_decides_when_the_new_plan_is_over() {
    let mut office = Office::open().await;
    update(
        &office.portal,
        &office.portal.customer,
        json!({ "plan": plan(["2026-01-01", "2026-11-22"]), "time_zone": "Pacific/Auckland" }),
    )
    .await;
    // Noon in UTC is past midnight there.
    assert_eq!(office.bob.browser.get(&office.account).await.problem(), "plan-lapsed");
    update(&office.portal, &office.portal.customer, json!({ "time_zone": "America/New_York" }))
        .await;
    assert_eq!(office.bob.browser.get(&office.account).await.status, 200);
}
