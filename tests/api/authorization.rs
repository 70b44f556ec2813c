//! Every cell of the documented authorization table, over HTTP: each action by each relationship in
//! each state of the plan.

use std::collections::BTreeMap;

use http::Method;
use jiff::{Timestamp, civil::Date};
use local::Options;
use portico::domain::{
    Account, AccountId, Actor, AuditEvent, AuditEventId, Confirmation, Creator, Event,
    PartnerGrant, Plan, ProfessionalId, authorization::ActingAs,
};
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal, path};

const TABLE: &str = include_str!("../../functions/core/src/domain/authorization/table.md");
const NOBODY: &str = "01JD7H2M8C1NV1TE5X6Y7Z8A1V";
/// The plan's states on 2026-11-22 with five days of grace, each with its last day.
const STATES: [(&str, &str); 4] = [
    ("current", "2027-12-31"),
    ("ending", "2026-12-01"),
    ("grace", "2026-11-20"),
    ("lapsed", "2026-10-31"),
];

/// The permissions of staff, as their columns are named.
const PERMISSIONS: [&str; 4] = ["people", "appointments", "plans", "imports"];

/// One of the tables: for each column, its cell for each action.
type Columns = BTreeMap<String, Vec<(String, String)>>;

/// Reads a table's columns by their headings.
fn columns(table: &str) -> Columns {
    let mut lines = table.lines().filter(|line| line.starts_with('|')).map(|value| {
        value.trim_matches('|').split('|').map(|text| text.trim().to_owned()).collect()
    });
    let heads: Vec<String> = lines.next().expect("heads");
    let rows: Vec<Vec<String>> = lines.skip(1).collect();
    let column = |(place, head): (usize, &String)| {
        (head.clone(), rows.iter().map(|row| (row[0].clone(), row[place].clone())).collect())
    };
    heads.iter().enumerate().skip(1).map(column).collect()
}

/// Reads the tables: of customers' accounts, of partners', of staff on both, of customers
/// that a partner created, and of the vendor's.
fn tables() -> [Columns; 5] {
    let parts: Vec<_> =
        TABLE.split("\n\n").filter(|part| part.starts_with('|')).map(columns).collect();
    parts.try_into().expect("five tables")
}

/// The vendor's administrator and colleagues of theirs, each with what their column is named for.
async fn staff(portal: &Portal) -> Vec<(String, Person)> {
    let ann = Person::link(portal, Portal::VENDOR, "Ann Able", "ann@vendor.example").await;
    let mut staff = vec![("vendor's administrator".to_owned(), ann)];
    for permission in
        [&[][..], &PERMISSIONS[..1], &PERMISSIONS[1..2], &PERMISSIONS[2..3], &PERMISSIONS[3..]]
    {
        let (title, name) = match permission {
            [name] => (format!("`{name}`"), format!("Max With {name}")),
            _ => ("staff without a permission".to_owned(), "Max Without".to_owned()),
        };
        let email = format!("{}@vendor.example", name.to_lowercase().replace(' ', "."));
        let person = Person::link(portal, Portal::VENDOR, &name, &email).await;
        if !permission.is_empty() {
            portal.give_staff(&person.id, permission).await;
        }
        staff.push((title, person));
    }
    staff
}

/// Returns the request for an action on an account; `own` is the caller's professional and `other`
/// another person's. A request that would change something has invalid values, which are
/// reported only to callers who may do it.
fn request(act: &str, at: &str, own: &str, other: &str) -> (Method, String, Value) {
    let (list, path) = (path::people(at), path::account(at));
    let (mine, theirs) = (path::person(at, own), path::person(at, other));
    let invalid = json!({ "name": "" });
    let new = |kind: &str| {
        let partner = (at != Portal::VENDOR).then_some(at);
        json!({
            "name": "", "kind": kind, "partner": partner,
            "plan": { "name": "", "starts_on": "", "ends_on": "" },
        })
    };
    match act {
        "view the account" => (Method::GET, path, Value::Null),
        "list professionals" => (Method::GET, list, Value::Null),
        "view one's own profile" => (Method::GET, mine, Value::Null),
        "view another profile" => (Method::GET, theirs, Value::Null),
        "list activity" => (Method::GET, format!("{path}/activity"), Value::Null),
        "export professionals" => (Method::GET, format!("{list}/export"), Value::Null),
        "add and invite professionals" => (Method::POST, list, json!({ "name": "", "email": "" })),
        "update one's own profile" => (Method::PATCH, mine, invalid),
        "update another profile" => (Method::PATCH, theirs, invalid),
        "set one's own end date" => (Method::PATCH, mine, json!({ "ends_on": "soon" })),
        "set another's end date" => (Method::PATCH, theirs, json!({ "ends_on": "soon" })),
        "delete one's own profile" => {
            (Method::DELETE, format!("{mine}?hand_over_to=nobody"), Value::Null)
        }
        "delete another profile" => {
            (Method::DELETE, format!("{theirs}?hand_over_to=nobody"), Value::Null)
        }
        "undo a deletion" => {
            (Method::POST, format!("{}/restore", path::person(at, NOBODY)), Value::Null)
        }
        "have oneself sent a link" => (Method::POST, format!("{mine}/invitation"), Value::Null),
        "send an invitation" => (Method::POST, format!("{theirs}/invitation"), Value::Null),
        "revoke one's own invitation" => {
            (Method::DELETE, format!("{mine}/invitation"), Value::Null)
        }
        "revoke an invitation" => (Method::DELETE, format!("{theirs}/invitation"), Value::Null),
        "assign roles" => (
            Method::PUT,
            format!("{path}/roles"),
            json!({ "administrators": ["nobody"], "billing_contact": "", "shipping_contact": "" }),
        ),
        "decide on access requests" => (
            Method::POST,
            format!("{path}/access-requests/{NOBODY}/decision"),
            json!({ "decision": "decline" }),
        ),
        "narrow or end the partner's grant" => {
            (Method::PUT, format!("{path}/grant"), json!({ "grant": "everything" }))
        }
        // Of another version, so that it is not changed.
        "widen the partner's grant" => (
            Method::PUT,
            format!("{path}/grant"),
            json!({ "grant": "appoint_administrator", "version": 0 }),
        ),
        "set how people sign in" => (
            Method::PUT,
            format!("{path}/sign-in-policy"),
            json!({ "factors": "nobody", "linking": { "kind": "mail-domains", "values": [""] } }),
        ),
        // As it is, so that nothing is changed.
        "lift how people sign in" => (
            Method::PUT,
            format!("{path}/sign-in-policy"),
            json!({ "factors": "nobody", "linking": { "kind": "any" } }),
        ),
        "appoint an administrator" => {
            (Method::POST, format!("{path}/appointments"), json!({ "professional": "nobody" }))
        }
        "approve an appointment" => (
            Method::POST,
            format!("{path}/appointments/{NOBODY}/decision"),
            json!({ "approve": true }),
        ),
        "update the account" => (Method::PATCH, path, invalid),
        // Of another version, so that it is not decided.
        "confirm the account" | "withdraw the account" => {
            let decision = act.split_once(' ').map(|(decision, _)| decision);
            (
                Method::POST,
                format!("{path}/decision"),
                json!({ "decision": decision, "version": 0 }),
            )
        }
        "release held mail" => (Method::POST, format!("{path}/mail/release"), Value::Null),
        "list managed accounts" => {
            (Method::GET, format!("/api/accounts?managed_by={at}"), Value::Null)
        }
        "create a customer" => (Method::POST, "/api/accounts".to_owned(), new("customer")),
        "create a partner" => (Method::POST, "/api/accounts".to_owned(), new("partner")),
        "import accounts" => {
            (Method::POST, "/api/accounts/import".to_owned(), json!({ "rows": [] }))
        }
        other => panic!("the table has an action that no request tries: {other}"),
    }
}

/// Checks whether the caller was authorized: the portal answers, or reports field errors.
fn is_let_in(answer: &Answer) -> bool {
    match answer.status {
        200 | 400 | 409 | 422 | 429 => true,
        404 => answer.body["detail"].as_str().is_some_and(|text| {
            ["no such appointment", "no such professional", "no such request for access"]
                .contains(&text)
        }),
        401 | 403 => false,
        other => panic!("{other}: {answer}"),
    }
}

/// Replaces an account's plan and its partner's permissions directly in the store, the vendor's
/// too.
async fn set(portal: &Portal, id: &str, ends_on: &str, grant: PartnerGrant) {
    change(portal, id, ends_on, |account| account.grant = grant).await;
}

/// Replaces an account's plan, and what `change` changes, directly in the store.
async fn change(portal: &Portal, id: &str, ends_on: &str, change: impl FnOnce(&mut Account)) {
    let before = portal
        .store
        .accounts(&[AccountId::parse(id).expect("an id")])
        .await
        .expect("the account")
        .remove(0);
    let ends_on: Date = ends_on.parse().expect("a date");
    let plan = Plan::parse("Support", "2025-01-01", &ends_on.to_string()).expect("a plan");
    let mut after = Account { plan: Some(plan), ..before.clone() };
    change(&mut after);
    let event = AuditEvent {
        id: AuditEventId::parse(NOBODY).expect("an id"),
        account: before.id,
        at: portal.clock.now(),
        actor: Actor::system("A test", ActingAs::Operator),
        event: Event::AccountCreated { imported: false, waiting: false },
        source: None,
        request: None,
    };
    portal
        .store
        .change_account(portico::store::AccountChange::new(&before, &after, &event))
        .await
        .expect("the store is writable");
}

/// Tries a column in one state of the plan and returns the cells that are wrong.
async fn wrong(
    column: &[(String, String)],
    state: &str,
    at: &str,
    (own, other): (&str, &str),
    browser: &mut Browser,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (act, cell) in column {
        let said = match cell.as_str() {
            "yes" => true,
            "until it lapses" => state != "lapsed",
            "no" => false,
            other => panic!("a cell that says {other}"),
        };
        let (method, path, body) = request(act, at, own, other);
        let body = (!body.is_null()).then(|| body.to_string().into_bytes());
        let answer = browser.send(method, &path, body).await;
        if is_let_in(&answer) != said {
            wrong.push(format!("{act}, {state}: the table says {cell}, the portal {answer}"));
        }
    }
    wrong
}

#[tokio::test]
async fn every_cell_of_a_customers_table_is_as_it_says() {
    let mut fixture = Fixture::builder()
        .options(Options { grace_days: 5, ..Options::default() })
        .customer()
        .build()
        .await;
    let olga = fixture.invited("Olga", "olga@customer.example").await;
    let mut partner = fixture.link_partner().await;
    let [customers, ..] = tables();
    assert_eq!(customers.len(), 7, "a column that no caller tries");
    let (at, bob) = (fixture.portal.customer.clone(), fixture.member.id.clone());
    let mut found = Vec::new();
    for (state, ends_on) in STATES {
        // Not the whole grant, so that it can be widened.
        set(&fixture.portal, &at, ends_on, PartnerGrant::View).await;
        let seen = fixture.administrator.get(&fixture.account).await;
        assert_eq!(seen.body["plan"]["state"], state, "{seen}");
        for (column, browser) in [
            ("professional", &mut fixture.member.browser),
            ("administrator", &mut fixture.administrator.browser),
        ] {
            let wrong = wrong(&customers[column], state, &at, (&bob, &olga), browser).await;
            found.extend(wrong.into_iter().map(|value| format!("{column}: {value}")));
        }
        let names =
            ["partner granted `none`", "`view`", "`manage_people`", "`appoint_administrator`"];
        for (column, grant) in names.into_iter().zip(PartnerGrant::ALL) {
            set(&fixture.portal, &at, ends_on, grant).await;
            let wrong =
                wrong(&customers[column], state, &at, (&bob, &olga), &mut partner.browser).await;
            found.extend(wrong.into_iter().map(|value| format!("{column}: {value}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // An operator may do everything else in every state; each function's own tests show that.
    assert!(
        customers["operator"]
            .iter()
            .all(|(act, cell)| (cell == "yes") == (act != "set how people sign in"))
    );
}

#[tokio::test]
async fn every_cell_of_a_partners_table_is_as_it_says() {
    let portal = Portal::start_with(Options { grace_days: 5, ..Options::default() }).await;
    let at = portal.partner.clone();
    let mut administrator = Person::link(&portal, &at, "Ann Able", "ann@partner.example").await;
    let mut member = Person::link(&portal, &at, "Max Person", "max@partner.example").await;
    let other = portal.add(&at, "Olga", "olga@partner.example").await;
    let [_, partners, ..] = tables();
    assert_eq!(partners.len(), 2, "a column that no caller tries");
    let mut found = Vec::new();
    for (state, ends_on) in STATES {
        set(&portal, &at, ends_on, PartnerGrant::default()).await;
        for (column, browser) in [
            ("partner's professional", &mut member.browser),
            ("partner's administrator", &mut administrator.browser),
        ] {
            let wrong = wrong(&partners[column], state, &at, (&member.id, &other), browser).await;
            found.extend(wrong.into_iter().map(|value| format!("{column}: {value}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_cell_of_the_staffs_table_is_as_it_says_on_customers_and_partners() {
    let fixture = Fixture::builder()
        .options(Options { grace_days: 5, ..Options::default() })
        .customer()
        .build()
        .await;
    let portal = &fixture.portal;
    let partners_own =
        Person::link(portal, &portal.partner, "Ann Able", "ann@partner.example").await;
    let partners_other = portal.add(&portal.partner, "Olga", "olga@partner.example").await;
    let olga = fixture.invited("Olga", "olga@customer.example").await;
    let [_, _, table, ..] = tables();
    let mut staff = staff(portal).await;
    assert_eq!(table.len(), staff.len(), "a column that no caller tries");
    let places = [
        (&portal.customer, (&fixture.member.id, &olga)),
        (&portal.partner, (&partners_own.id, &partners_other)),
    ];
    let mut found = Vec::new();
    for (state, ends_on) in STATES {
        for (at, (own, other)) in places {
            set(portal, at, ends_on, PartnerGrant::View).await;
            for (column, person) in &mut staff {
                let wrong =
                    wrong(&table[column], state, at, (own, other), &mut person.browser).await;
                found.extend(wrong.into_iter().map(|value| format!("{column} at {at}: {value}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_cell_of_the_vendors_table_is_as_it_says_whatever_plan_is_stored() {
    let portal = Portal::start_with(Options { grace_days: 5, ..Options::default() }).await;
    let [.., table] = tables();
    let mut staff = staff(&portal).await;
    let other = portal.add(Portal::VENDOR, "Olga", "olga@vendor.example").await;
    assert_eq!(table.len(), staff.len(), "a column that no caller tries");
    let mut found = Vec::new();
    for (state, ends_on) in STATES {
        set(&portal, Portal::VENDOR, ends_on, PartnerGrant::default()).await;
        for (column, person) in &mut staff {
            let who = (person.id.as_str(), other.as_str());
            let wrong =
                wrong(&table[column], state, Portal::VENDOR, who, &mut person.browser).await;
            found.extend(wrong.into_iter().map(|value| format!("{column}: {value}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_cell_of_the_table_of_customers_that_a_partner_created_is_as_it_says() {
    let fixture = Fixture::builder()
        .options(Options { grace_days: 5, ..Options::default() })
        .customer()
        .build()
        .await;
    let olga = fixture.invited("Olga", "olga@customer.example").await;
    let partner = fixture.link_partner().await;
    let staff = staff(&fixture.portal).await;
    let (_, vendors_administrator) = &staff[0];
    let [.., created, _] = tables();
    assert_eq!(created.len(), 7, "a column that no caller tries");
    let (at, bob) = (fixture.portal.customer.clone(), fixture.member.id.clone());
    let creator = Creator {
        partner: AccountId::parse(&fixture.portal.partner).expect("an id"),
        professional: ProfessionalId::parse(&partner.id).expect("an id"),
        number: None,
    };
    let confirmed = Confirmation::Confirmed { since: Timestamp::UNIX_EPOCH };
    let waiting = Confirmation::Waiting { invites: false };
    let mut found = Vec::new();
    for (state, ends_on) in STATES {
        for (column, confirmation, has_linked, browser) in [
            ("waiting: its partner", waiting, false, &partner.browser),
            ("waiting: vendor's administrator", waiting, false, &vendors_administrator.browser),
            (
                "unconfirmed: its partner, nobody linked",
                Confirmation::Unconfirmed,
                false,
                &partner.browser,
            ),
            (
                "unconfirmed: its partner, somebody linked",
                Confirmation::Unconfirmed,
                true,
                &partner.browser,
            ),
            (
                "unconfirmed: administrator",
                Confirmation::Unconfirmed,
                true,
                &fixture.administrator.browser,
            ),
            ("confirmed: its partner, nobody linked", confirmed, false, &partner.browser),
        ] {
            change(&fixture.portal, &at, ends_on, |account| {
                // Not the whole grant to the administrator, so that it can be widened.
                let is_own = column == "unconfirmed: administrator";
                account.grant = if is_own { PartnerGrant::View } else { PartnerGrant::default() };
                (account.confirmation, account.has_linked) = (confirmation, has_linked);
                account.created_by = Some(creator.clone());
            })
            .await;
            let wrong =
                wrong(&created[column], state, &at, (&bob, &olga), &mut browser.clone()).await;
            found.extend(wrong.into_iter().map(|value| format!("{column}: {value}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // Operators are tried in the tests of each function.
    let [operator, staff] =
        ["operator", "vendor's administrator"].map(|who| &created[&format!("waiting: {who}")]);
    assert_eq!(operator, staff);
}

#[tokio::test]
async fn to_everybody_else_there_is_no_such_account() {
    let portal = Portal::start().await;
    let fixture = Fixture::builder().portal(portal).customer().build().await;
    let another =
        fixture.portal.create_account(json!({ "name": "Other Partner", "kind": "partner" })).await;
    let mut other_partner =
        Person::link(&fixture.portal, &another, "Otto Other", "otto@other.example").await;
    let [customers, ..] = tables();
    let mut strangers = [fixture.stranger().await, fixture.portal.browser()];
    for (act, _) in &customers["operator"] {
        let (method, path, body) =
            request(act, &fixture.portal.customer, &fixture.member.id, &fixture.administrator.id);
        let body = (!body.is_null()).then(|| body.to_string().into_bytes());
        let [stranger, nobody] = &mut strangers;
        // Creating and importing name no existing account.
        let refusals =
            if matches!(act.as_str(), "import accounts") { [403, 404] } else { [404, 404] };
        for browser in [stranger, &mut other_partner.browser] {
            let answer = browser.send(method.clone(), &path, body.clone()).await;
            assert!(refusals.contains(&answer.status), "{act}: {answer}");
            assert_ne!(answer.body["detail"], "no such appointment", "{act}");
        }
        assert_eq!(nobody.send(method, &path, body).await.status, 401, "{act}");
    }
}
