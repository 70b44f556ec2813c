//! Every answer is as documented, and everything documented is answered.

use serde_json::{Value, json};
use tests::{Answer, CallFailure, Edit, Forgery, Portal};

use crate::{
    caller::{Call, Caller},
    callers::{Callers, email},
    document::items,
    refusals, sign_in_policy,
};

/// What no test can cause from outside: an internal error.
const NEVER: &str = "internal";

#[tokio::test]
async fn every_answer_is_as_documented_and_everything_documented_is_answered() {
    let mut callers = Callers::start().await;
    refusals::provoke(&mut callers).await;
    signing_in(&mut callers).await;
    accounts(&mut callers).await;
    new_customers(&mut callers).await;
    professionals(&mut callers).await;
    importing_accounts(&mut callers).await;
    leaving(&mut callers).await;
    restoring(&mut callers).await;
    links(&mut callers).await;
    own_address(&mut callers).await;
    sessions(&mut callers).await;
    losing(&mut callers).await;
    link_requests(&mut callers).await;
    resending(&mut callers).await;
    access(&mut callers).await;
    limiting(&mut callers).await;
    // The limits of the next hour.
    let clock = &callers.fixture.portal.clock;
    clock.set(clock.now() + jiff::SignedDuration::from_hours(1));
    callers.sign_in_again().await;
    changing_administrators_from_outside(&mut callers).await;
    activity(&mut callers).await;
    sign_in_policy::provoke(&mut callers).await;
    refusals::weak_sign_ins(&mut callers).await;

    let missing: Vec<_> =
        callers.record.missing().into_iter().filter(|(_, outcome)| outcome != NEVER).collect();
    assert!(missing.is_empty(), "documented and never answered: {missing:#?}");
}

async fn signing_in(callers: &mut Callers) {
    let mut browser = callers.anonymous.clone();
    browser.expect("200", Call::new("show-session", &[])).await;
    browser.expect("200", Call::new("start-sign-in", &[])).await;
    browser.expect("303", Call::new("start-sign-in", &[]).query("provider=unknown")).await;
    let query = started(callers, &mut browser).await;
    let finish = |query: &str| Call::new("finish-sign-in", &["test"]).query(query);
    assert_eq!(browser.expect("303", finish(&query)).await.location(), "/link/");
    assert_eq!(browser.expect("303", finish(&query)).await.location(), "/link/", "reloaded");
    let unknown = browser.expect("303", finish("code=a")).await;
    let query = started(callers, &mut browser).await;
    let (_, state) = query.split_once('&').expect("code and state");
    let cancelled = browser.expect("303", finish(&format!("error=access_denied&{state}"))).await;
    let query = started(callers, &mut browser).await;
    callers.fixture.portal.provider.forge(Some(Forgery::Nonce));
    let failed = browser.expect("303", finish(&query)).await;
    callers.fixture.portal.provider.forge(None);
    let kinds = &callers.record.document.0["components"]["schemas"]["SignInProblem"]["enum"];
    for answered in [&unknown, &cancelled, &failed].map(failure) {
        assert!(items(kinds).any(|kind| kind == answered), "{answered} is documented");
    }

    ending_by_the_provider(callers).await;
    assert_eq!(browser.expect("200", Call::new("show-session", &[])).await.body["kept"], true);
    for provided in [true, false] {
        let answer = browser.expect("200", Call::new("sign-out", &[])).await;
        assert_eq!(answer.body["provider_sign_out"].is_string(), provided, "{answer}");
    }
}

/// Sends logout tokens of somebody who is not signed in.
async fn ending_by_the_provider(callers: &mut Callers) {
    let portal = &callers.fixture.portal;
    let token = portal.provider.logout_token(&Edit::set(json!({ "sub": "nobody" })));
    let call = Call::new("back-channel-logout", &["test"]).form("logout_token", &token);
    let mut server = callers.anonymous.clone();
    portal.probe.disturb(CallFailure::Throttled, 0, usize::MAX);
    server.expect("unavailable", call.clone()).await;
    portal.probe.reset();
    server.expect("200", call.clone()).await;
    server.expect("400", call).await;
}

/// Starts a sign-in and returns the query of the provider's callback.
async fn started(callers: &Callers, browser: &mut Caller) -> String {
    let begun = browser
        .expect(
            "303",
            Call::new("start-sign-in", &[])
                .query("provider=test&keep=true&choose=true&return=/link/"),
        )
        .await;
    let callback = callers.fixture.portal.provider.authorize(
        begun.location(),
        "Ida Identity",
        &email("Ida Identity"),
    );
    callback.split_once('?').expect("a query").1.to_owned()
}

/// Returns the kind of failure in the sign-in page's address.
fn failure(answer: &Answer) -> &str {
    let rest = answer.location().strip_prefix("/sign-in/?problem=").expect("the sign-in page");
    rest.split('&').next().expect("a kind")
}

async fn accounts(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let first = json!({ "name": "Fay First", "email": email("Fay First") });
    let licences = json!([{ "product": "Planner", "quantity": 10 }, { "product": "Ledger" }]);
    let new = json!({
        "name": "New Customer", "kind": "customer", "external_id": "C-1", "plan": plan,
        "licences": licences, "first_professional": first,
    });
    let created = callers.staff.expect("201", Call::new("create-account", &[]).body(&new)).await;
    let known =
        callers.staff.expect("account-exists", Call::new("create-account", &[]).body(&new)).await;
    assert_eq!(created.body["account"], known.body["account"]);
    let licensed = created.body["account"].as_str().expect("an account");
    assert_eq!(
        callers.staff.expect("200", Call::new("show-account", &[licensed])).await.body["licences"]
            [1]["quantity"],
        Value::Null
    );
    callers
        .operate(
            "create-account",
            &[],
            json!({ "name": "Direct Partner", "kind": "partner", "external_id": "P-1" }),
        )
        .await;
    let invalid = json!({
        "name": "", "kind": "customer",
        "plan": { "name": "Support", "starts_on": "soon", "ends_on": "later" },
    });
    callers.staff.expect("invalid", Call::new("create-account", &[]).body(&invalid)).await;

    callers.administrator.expect("200", Call::new("list-accounts", &[])).await;
    let managed = format!("managed_by={}&limit=1", callers.fixture.portal.partner);
    let page = callers.partner.expect("200", Call::new("list-accounts", &[]).query(&managed)).await;
    let next = format!("{managed}&after={}", page.body["next"].as_str().expect("a second page"));
    callers.partner.expect("200", Call::new("list-accounts", &[]).query(&next)).await;

    let people = [
        (&mut callers.administrator, "administrator"),
        (&mut callers.member, "professional"),
        (&mut callers.partner, "partner"),
        (&mut callers.staff, "staff"),
    ];
    for (caller, capacity) in people {
        let shown = caller.expect("200", Call::new("show-account", &[&account])).await;
        assert_eq!(shown.body["you"]["as"], capacity, "{shown}");
    }
    callers
        .lapsed_administrator
        .expect("200", Call::new("show-account", &[&callers.fixture.lapsed.account]))
        .await;
    callers.operate("show-account", &[&account], Value::Null).await;
    callers.operate("show-account", &["nothing"], Value::Null).await;

    let (ada, bob) = (callers.fixture.administrator.id.clone(), callers.fixture.member.id.clone());
    let appoint = json!({ "professional": bob, "in_place_of": [], "reason": "Ada is ill." });
    let appoint = Call::new("appoint-administrator", &[&account]).body(&appoint);
    let asked = callers.partner.expect("202", appoint.clone()).await;
    let appointment =
        asked.body["appointment"]["appointment"].as_str().expect("an appointment").to_owned();
    let decide = |approve: bool| {
        Call::new("decide-appointment", &[&account, &appointment])
            .body(&json!({ "approve": approve }))
    };
    callers.staff.expect("200", decide(true)).await;
    callers.staff.expect("changed", decide(false)).await;
    let nonsense = json!({ "approve": false, "reason": "" });
    callers
        .staff
        .expect(
            "invalid",
            Call::new("decide-appointment", &[&account, &appointment]).body(&nonsense),
        )
        .await;
    callers.staff.expect("200", appoint).await;
    let nobody = json!({ "professional": "nobody" });
    callers
        .staff
        .expect("invalid", Call::new("appoint-administrator", &[&account]).body(&nobody))
        .await;

    impossible_appointments(callers).await;

    changes_of_accounts(callers, licensed, &plan).await;

    let assign = |body: Value| Call::new("assign-roles", &[&account]).body(&body);
    callers.administrator.expect("200", assign(roles(&[&ada, &bob], &ada, None))).await;
    callers.administrator.expect("200", assign(roles(&[&ada], &ada, None))).await;
    callers.administrator.expect("changed", assign(roles(&[&ada, &bob], &ada, Some(0)))).await;
    callers.administrator.expect("role-required", assign(roles(&[], &ada, None))).await;
    callers.administrator.expect("invalid", assign(roles(&[&ada, "nobody"], &ada, None))).await;
    permissions_of_staff(callers).await;
}

/// The vendor's administrator permits staff something, who then show up with it.
async fn permissions_of_staff(callers: &mut Callers) {
    let vendor = Portal::VENDOR;
    let listed = callers.staff.expect("200", Call::new("list-professionals", &[vendor])).await;
    let sid = listed.items().iter().find(|item| item["name"] == "Sid Second").expect("Sid");
    let sid = sid["professional"].as_str().expect("an id").to_owned();
    let shown = callers.staff.expect("200", Call::new("show-account", &[vendor])).await;
    let mut body = shown.body["roles"].clone();
    body["staff_permissions"] = json!({ sid.as_str(): ["people", "plans"] });
    let assign = |body: &Value| Call::new("assign-roles", &[vendor]).body(body);
    callers.staff.expect("200", assign(&body)).await;
    callers.staff.expect("200", Call::new("show-professional", &[vendor, &sid])).await;
    callers.staff.expect("200", Call::new("list-activity", &[vendor])).await;
    body["staff_permissions"] = json!({ "nobody": ["people"] });
    callers.staff.expect("invalid", assign(&body)).await;
    body["staff_permissions"] = json!({});
    callers.staff.expect("200", assign(&body)).await;
}

/// `licensed` is a customer with the vendor's number C-1.
async fn changes_of_accounts(callers: &mut Callers, licensed: &str, plan: &Value) {
    let account = callers.fixture.portal.customer.clone();
    let update = |id: &str, body: Value| Call::new("update-account", &[id]).body(&body);
    let partner = callers.fixture.portal.partner.clone();
    let contact = json!({
        "email": "office@new.example", "phone": "+49 30 5", "website": "https://www.new.example",
    });
    let body = json!({
        "name": "Renamed", "contact": contact, "plan": plan, "partner": partner, "licences": [],
        "time_zone": "Europe/Berlin",
    });
    callers.staff.expect("200", update(licensed, body)).await;
    callers
        .staff
        .expect("changed", update(licensed, json!({ "name": "Renamed again", "version": 0 })))
        .await;
    callers.staff.expect("account-exists", update(&account, json!({ "external_id": "C-1" }))).await;
    callers
        .staff
        .expect(
            "invalid",
            update(licensed, json!({ "plan": null, "time_zone": "Mars/Olympus", "name": "" })),
        )
        .await;
    callers.operate("update-account", &[licensed], json!({ "partner": null })).await;

    let grant = |grant: &str, version: Option<u32>| {
        Call::new("change-grant", &[&account]).body(&json!({ "grant": grant, "version": version }))
    };
    callers.administrator.expect("200", grant("view", None)).await;
    callers.administrator.expect("changed", grant("none", Some(0))).await;
    callers.staff.expect("200", grant("appoint_administrator", None)).await;
    let alone = Call::new("change-grant", &[licensed]).body(&json!({ "grant": "view" }));
    callers.staff.expect("invalid", alone).await;
    let managed =
        format!("managed_by={}&kind=customer&plan_state=current", callers.fixture.portal.partner);
    callers.partner.expect("200", Call::new("list-accounts", &[]).query(&managed)).await;
}

/// Returns a body that assigns the roles; `contact` is both contacts.
fn roles(administrators: &[&str], contact: &str, version: Option<u32>) -> Value {
    json!({
        "administrators": administrators, "billing_contact": contact, "shipping_contact": contact,
        "version": version,
    })
}

async fn professionals(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let (ada, bob, eve) = (
        callers.fixture.administrator.id.clone(),
        callers.fixture.member.id.clone(),
        callers.fixture.former_member.id.clone(),
    );
    let invite = |body: Value| Call::new("invite", &[&account]).body(&body);
    let update =
        |id: &str, body: Value| Call::new("update-professional", &[&account, id]).body(&body);
    let person = |operation: &str, id: &str| Call::new(operation, &[&account, id]);
    let mut caller = callers.administrator.clone();

    let nina = json!({
        "name": "Nina New", "email": email("Nina New"), "title": "Buyer", "phone": "+49 30 123",
        "language": "de", "ends_on": "2027-01-31",
    });
    caller.expect("201", invite(nina.clone())).await;
    assert_eq!(caller.expect("duplicate-email", invite(nina)).await.body["name"], "Nina New");
    caller.expect("invalid", invite(json!({ "name": "www.example.org", "email": "nobody" }))).await;

    importing(callers, &account).await;
    exporting(callers, &account).await;

    for caller in
        [&mut callers.administrator, &mut callers.member, &mut callers.partner, &mut callers.staff]
    {
        caller.expect("200", Call::new("list-professionals", &[&account]).query("limit=100")).await;
    }
    caller
        .expect("200", Call::new("list-professionals", &[&account]).query("search=n&limit=1"))
        .await;
    caller
        .expect("malformed", Call::new("list-professionals", &[&account]).query("order=random"))
        .await;
    caller.expect("200", person("show-professional", &eve)).await;
    callers.member.expect("200", person("show-professional", &bob)).await;

    caller
        .expect(
            "200",
            update(
                &bob,
                json!({
                    "title": "Machinist", "phone": null, "language": "en", "send_invitation": true,
                }),
            ),
        )
        .await;
    callers.member.expect("200", update(&bob, json!({ "name": "Bob B. Babbage" }))).await;
    caller.expect("invalid", update(&bob, json!({ "email": "nobody", "phone": "none" }))).await;
    caller
        .expect(
            "duplicate-email",
            update(&bob, json!({ "email": callers.fixture.administrator.email })),
        )
        .await;
    caller.expect("role-required", update(&ada, json!({ "ends_on": "2027-01-31" }))).await;

    caller.expect("200", person("send-invitation", &bob)).await;
    caller.expect("invalid", person("send-invitation", &eve)).await;
    caller.expect("200", person("revoke-invitation", &bob)).await;
}

async fn exporting(callers: &mut Callers, account: &str) {
    let export = || Call::new("export-professionals", &[account]);
    for caller in [&mut callers.administrator, &mut callers.partner, &mut callers.staff] {
        let part = caller.expect("200", export()).await;
        assert!(
            part.body.as_str().is_some_and(|text| text.starts_with("\u{feff}name,email,")),
            "{part}"
        );
    }
    let lapsed = Call::new("export-professionals", &[&callers.fixture.lapsed.account]);
    callers.lapsed_administrator.expect("200", lapsed).await;
    // A cursor that only an earlier part could have named.
    let after = callers
        .administrator
        .expect("200", Call::new("list-professionals", &[account]).query("limit=1"))
        .await;
    let next = format!("after={}", after.body["next"].as_str().expect("a second page"));
    callers.administrator.expect("200", export().query(&next)).await;
    callers.administrator.expect("malformed", export().query("limit=5")).await;
}

async fn importing(callers: &mut Callers, account: &str) {
    let import =
        |rows: Value| Call::new("import-professionals", &[account]).body(&json!({ "rows": rows }));
    let row = |name: &str| json!({ "name": name, "email": email(name) });
    let known = json!({
        "name": "Ada Lovelace", "email": callers.fixture.administrator.email,
    });
    let rows = json!([row("Ida Import"), known, { "name": "", "email": "nobody" }]);
    let imported = callers.administrator.expect("200", import(rows)).await;
    let outcomes: Vec<_> = items(&imported.body["results"])
        .map(|result| result["outcome"].as_str().expect("an outcome"))
        .collect();
    assert_eq!(outcomes, ["added", "exists", "invalid"]);
    let dry = Call::new("import-professionals", &[account])
        .body(&json!({ "dry_run": true, "rows": [row("Iris Import")] }));
    assert!(callers.partner.expect("200", dry).await.body["results"][0]["professional"].is_null());
    callers.staff.expect("invalid", import(json!([]))).await;
}

async fn access(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let ask = |organisation: &str, email: &str| {
        let body = json!({
            "organisation": organisation, "name": "Ola Open", "email": email, "title": "Buyer",
            "phone": null, "language": "de",
        });
        Call::new("ask-for-access", &[]).body(&body)
    };
    let mut asking = callers.sign_in("Ola Open").await;
    asking.expect("202", ask("Example Customer", "ola@people.example")).await;
    asking.expect("invalid", ask("", "nobody")).await;
    callers.fixture.portal.deliver().await;
    let listed = callers
        .administrator
        .expect("200", Call::new("list-access-requests", &[]).query(&format!("account={account}")))
        .await;
    let id = listed.items()[0]["request"].as_str().expect("a request").to_owned();
    let one = format!("account={account}&request={id}");
    callers.partner.expect("200", Call::new("list-access-requests", &[]).query(&one)).await;
    let decide = |body: Value| Call::new("decide-access-request", &[&account, &id]).body(&body);
    callers.administrator.expect("invalid", decide(json!({ "decision": "decline" }))).await;
    callers.administrator.expect("200", decide(json!({ "decision": "approve" }))).await;
    callers
        .staff
        .expect("changed", decide(json!({ "decision": "decline", "reason": "No." })))
        .await;
    asking.expect("changed", Call::new("withdraw-access-request", &[&id])).await;
    for number in 1..5 {
        asking
            .expect(
                "202",
                ask(&format!("Customer {number}"), &format!("ola{number}@people.example")),
            )
            .await;
    }
    let own = asking.expect("200", Call::new("list-access-requests", &[])).await;
    let open = own.items()[0]["request"].as_str().expect("a request").to_owned();
    asking.expect("200", Call::new("withdraw-access-request", &[&open])).await;
    asking.expect("too-many-requests", ask("Customer 6", "ola6@people.example")).await;
}

async fn importing_accounts(callers: &mut Callers) {
    let import = |rows: Value| Call::new("import-accounts", &[]).body(&json!({ "rows": rows }));
    let row = |name: &str| json!({ "external_id": "I-1", "name": name, "kind": "partner" });
    for (name, expected) in
        [("Imported", "created"), ("Renamed", "updated"), ("Renamed", "unchanged"), ("", "invalid")]
    {
        let imported = callers.staff.expect("200", import(json!([row(name)]))).await;
        assert_eq!(imported.body["results"][0]["outcome"], expected, "{imported}");
    }
    callers.staff.expect("invalid", import(json!([]))).await;
    callers.former_staff.expect("access-ended", import(json!([row("Imported")]))).await;
    let numbered =
        |value: &str| Call::new("list-accounts", &[]).query(&format!("external_id={value}"));
    assert_eq!(
        callers.staff.expect("200", numbered("I-1")).await.body["items"][0]["name"],
        "Renamed"
    );
    callers.staff.expect("invalid", numbered("with%20space")).await;
}

async fn leaving(callers: &mut Callers) {
    let (lapsed, luke) =
        (callers.fixture.lapsed.account.clone(), callers.fixture.lapsed.administrator.id.clone());
    let delete = || Call::new("delete-professional", &[&lapsed, &luke]);
    let refused = callers.staff.expect("role-required", delete()).await;
    assert_eq!(
        refused.body["eligible"][0]["professional"],
        callers.fixture.lapsed.member.id.as_str()
    );
    callers.staff.expect("invalid", delete().query("hand_over_to=nobody")).await;
    // Staff cannot make an administrator this way.
    callers
        .staff
        .expect(
            "appointment-required",
            delete().query(&format!("hand_over_to={}", callers.fixture.lapsed.member.id)),
        )
        .await;
}

/// Everything that staff may change of administrators only by an appointment.
async fn changing_administrators_from_outside(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let ada = callers.fixture.administrator.id.clone();
    let eve = json!({
        "name": "Eva Early", "email": email("Eva Early"), "administrator": true,
    });
    let added =
        callers.administrator.expect("201", Call::new("invite", &[&account]).body(&eve)).await;
    let eva = added.body["professional"].as_str().expect("an id").to_owned();
    callers.administrator.expect("204", Call::new("delete-professional", &[&account, &eva])).await;
    let row = json!({ "name": "Ed", "email": email("Ed"), "administrator": "yes" });
    for call in [
        Call::new("assign-roles", &[&account]).body(&roles(&[&ada, &eva], &ada, None)),
        Call::new("invite", &[&account]).body(&eve),
        Call::new("import-professionals", &[&account]).body(&json!({ "rows": [row] })),
        Call::new("update-professional", &[&account, &ada])
            .body(&json!({ "email": email("Ada New") })),
        Call::new("restore-professional", &[&account, &eva]),
    ] {
        callers.staff.expect("appointment-required", call).await;
    }
    // An account has fifty administrators at most.
    callers.fixture.portal.add_crowd(&account, 49, true).await;
    let restore = Call::new("restore-professional", &[&account, &eva]);
    callers.administrator.expect("invalid", restore).await;
}

/// Appointments that are not possible, or not any more when they are approved.
async fn impossible_appointments(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let (ada, bob) = (callers.fixture.administrator.id.clone(), callers.fixture.member.id.clone());
    let ask = |body: Value| Call::new("appoint-administrator", &[&account]).body(&body);
    let taken = json!({ "professional": bob, "email": callers.fixture.administrator.email });
    callers.staff.expect("duplicate-email", ask(taken)).await;
    callers.staff.expect("role-required", ask(json!({ "in_place_of": [ada, bob] }))).await;

    let nora = email("Nora New");
    let request = json!({ "professional": bob, "email": nora });
    let asked = callers.partner.expect("202", ask(request)).await;
    let person = json!({ "name": "Nora New", "email": nora });
    callers.administrator.expect("201", Call::new("invite", &[&account]).body(&person)).await;
    callers.staff.expect("duplicate-email", approval(&account, &asked)).await;

    let asked = callers.partner.expect("202", ask(json!({ "in_place_of": [bob] }))).await;
    let alone = Call::new("assign-roles", &[&account]).body(&roles(&[&bob], &bob, None));
    callers.administrator.expect("200", alone).await;
    callers.staff.expect("role-required", approval(&account, &asked)).await;
    callers.operate("assign-roles", &[&account], roles(&[&ada, &bob], &ada, None)).await;
}

/// A partner creates customers until too many wait, and staff decide.
async fn new_customers(callers: &mut Callers) {
    let partner = callers.fixture.portal.partner.clone();
    let new = |number: u32| new_customer(&partner, &format!("Waiting {number}"), None);
    let mut waiting = Vec::new();
    for number in 0..20 {
        let created = callers.partner.expect("201", new(number)).await;
        waiting.push(created.body["account"].as_str().expect("an account").to_owned());
    }
    callers.partner.expect("too-many-waiting", new(20)).await;
    let waits = format!("managed_by={partner}&confirmation=waiting");
    callers.partner.expect("200", Call::new("list-accounts", &[]).query(&waits)).await;
    let decide = |account: &str, decision: &str, version: u32, reason: Option<&str>| {
        Call::new("decide-account", &[account])
            .body(&json!({ "decision": decision, "version": version, "reason": reason }))
    };
    callers.staff.expect("invalid", decide(&waiting[0], "confirm", 1, Some("Fine."))).await;
    callers.staff.expect("changed", decide(&waiting[0], "confirm", 0, None)).await;
    callers.staff.expect("200", decide(&waiting[0], "confirm", 1, None)).await;
    callers.staff.expect("204", decide(&waiting[1], "decline", 1, Some("Not known."))).await;
    callers.partner.expect("204", decide(&waiting[2], "withdraw", 1, None)).await;
}

/// Returns the call of the partner that creates a customer, which waits for staff.
fn new_customer(partner: &str, name: &str, first: Option<&Value>) -> Call {
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    Call::new("create-account", &[]).body(&json!({
        "name": name, "kind": "customer", "partner": partner, "plan": plan,
        "first_professional": first,
    }))
}

/// Returns the call that approves the appointment which an answer shows.
fn approval(account: &str, asked: &Answer) -> Call {
    let id = asked.body["appointment"]["appointment"].as_str().expect("an appointment");
    Call::new("decide-appointment", &[account, id]).body(&json!({ "approve": true }))
}

async fn restoring(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    for (name, taken) in [("Rosa Restored", false), ("Rob Replaced", true)] {
        let id = invitation(callers, &account, name).await.0;
        callers
            .administrator
            .expect("204", Call::new("delete-professional", &[&account, &id]))
            .await;
        let restore = || Call::new("restore-professional", &[&account, &id]);
        if taken {
            invitation(callers, &account, name).await;
            assert_eq!(
                callers.partner.expect("duplicate-email", restore()).await.body["name"],
                name
            );
        } else {
            callers.administrator.expect("201", restore()).await;
            callers.staff.expect("not-found", restore()).await;
        }
    }
}

async fn links(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let lapsed = invitation(callers, &callers.fixture.lapsed.account.clone(), "Lotte Late").await.1;
    let (revoked_id, revoked) = invitation(callers, &account, "Rita Revoked").await;
    callers
        .administrator
        .expect("200", Call::new("revoke-invitation", &[&account, &revoked_id]))
        .await;
    let (deleted_id, deleted) = invitation(callers, &account, "Dan Deleted").await;
    callers
        .administrator
        .expect("204", Call::new("delete-professional", &[&account, &deleted_id]))
        .await;
    let (uma_id, superseded) = invitation(callers, &account, "Uma Used").await;
    callers.staff.expect("200", Call::new("send-invitation", &[&account, &uma_id])).await;
    callers.fixture.portal.deliver().await;
    let live = callers.fixture.portal.token(&email("Uma Used"));

    let mut uma = callers.sign_in("Uma Used").await;
    let (expired, mut bob, mut stranger) = (
        callers.fixture.expired_invitation.clone(),
        callers.member.clone(),
        callers.stranger.clone(),
    );
    for operation in ["show-invitation", "link-identity"] {
        for (problem, token) in [
            ("link-expired", expired.as_str()),
            ("link-superseded", &superseded),
            ("link-revoked", &revoked),
            ("link-deleted", &deleted),
            ("plan-lapsed", &lapsed),
            ("invalid", "half a link"),
        ] {
            stranger.expect(problem, with_token(operation, token)).await;
        }
        bob.expect("link-wrong-identity", with_token(operation, &live)).await;
        let opened = uma.expect("200", with_token(operation, &live)).await;
        assert_eq!(opened.body["already_linked"], false);
    }
    for operation in ["show-invitation", "link-identity"] {
        stranger.expect("link-used", with_token(operation, &live)).await;
        let again = uma.expect("200", with_token(operation, &live)).await;
        assert_eq!(again.body["already_linked"], true);
    }
    callers.fixture.portal.deliver().await;
    switching_and_disputing(callers, &mut uma).await;
}

/// Has a person change their own address, and confirm it in both ways.
async fn own_address(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let (id, token) = invitation(callers, &account, "Nia New").await;
    let mut nia = callers.sign_in("Nia New").await;
    nia.expect("200", with_token("link-identity", &token)).await;
    callers.fixture.portal.deliver().await;
    let change = |address: &str, sends: bool| {
        Call::new("update-professional", &[&account, &id])
            .body(&json!({ "email": address, "send_invitation": sends }))
    };
    let token_to = |callers: &Callers, address: &str| callers.fixture.portal.token(address);

    nia.expect("200", change("nia1@people.example", false)).await;
    nia.expect("200", Call::new("list-professionals", &[&account])).await;
    callers.fixture.portal.deliver().await;
    let first = token_to(callers, "nia1@people.example");
    let confirm = |token: &str| with_token("confirm-email", token);
    callers.administrator.expect("forbidden", confirm(&first)).await;
    nia.expect("invalid", confirm("half a link")).await;
    nia.expect("200", confirm(&first)).await;
    nia.expect("link-superseded", confirm(&first)).await;

    nia.expect("200", change("nia2@people.example", false)).await;
    callers.fixture.portal.deliver().await;
    let second = token_to(callers, "nia2@people.example");
    nia.expect("200", change("nia1@people.example", false)).await;
    for number in [3, 4] {
        let address = format!("nia{number}@people.example");
        nia.expect("200", change(&address, number == 4)).await;
        callers.fixture.portal.deliver().await;
        let token = token_to(callers, &address);
        let owner = json!({ "name": "Tia Taken", "email": address });
        callers.staff.expect("201", Call::new("invite", &[&account]).body(&owner)).await;
        let operation = if number == 4 { "link-identity" } else { "confirm-email" };
        nia.expect("duplicate-email", with_token(operation, &token)).await;
    }
    nia.expect("200", change("nia5@people.example", false)).await;
    callers.fixture.portal.deliver().await;
    let fifth = token_to(callers, "nia5@people.example");
    nia.expect("link-superseded", confirm(&second)).await;
    let now = callers.fixture.portal.clock.now();
    callers.fixture.portal.clock.set(now + jiff::SignedDuration::from_hours(8 * 24));
    let mut nia = callers.sign_in("Nia New").await;
    nia.expect("link-expired", confirm(&fifth)).await;
    callers.fixture.portal.clock.set(now);
}

/// Lists sessions and ends them.
async fn sessions(callers: &mut Callers) {
    let mut one = callers.sign_in("Sue Sessions").await;
    let mut two = callers.sign_in("Sue Sessions").await;
    one.expect("200", Call::new("sign-out", &[])).await;
    let listed = two.expect("200", Call::new("list-sessions", &[])).await;
    let own = listed.body["sessions"][0]["session"].as_str().expect("a session").to_owned();
    two.expect("204", Call::new("end-session", &["others"])).await;
    two.expect("204", Call::new("end-session", &[&own])).await;
}

/// Changes a profile that others keep changing.
async fn losing(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let id = callers.fixture.member.id.clone();
    callers.staff.expect("200", Call::new("send-invitation", &[&account, &id])).await;
    let title = json!({ "title": "Loser" });
    for call in [
        Call::new("update-professional", &[&account, &id]).body(&title),
        Call::new("send-invitation", &[&account, &id]),
        Call::new("revoke-invitation", &[&account, &id]),
    ] {
        callers.fixture.portal.probe.reset();
        callers.fixture.portal.probe.disturb(CallFailure::Conflict, 0, usize::MAX);
        callers.administrator.expect("changed", call).await;
    }
    callers.fixture.portal.probe.reset();
}

/// Replaces the older identity, whose notice is then answered with "This was not me".
async fn switching_and_disputing(callers: &mut Callers, uma: &mut Caller) {
    let (account, mailbox) = (callers.fixture.portal.customer.clone(), email("Uma Used"));
    let accounts = uma.expect("200", Call::new("list-accounts", &[])).await;
    let id = accounts.items()[0]["professional"].as_str().expect("a professional").to_owned();
    uma.expect("200", Call::new("send-invitation", &[&account, &id])).await;
    callers.fixture.portal.deliver().await;
    let token = callers.fixture.portal.token(&mailbox);
    let mut other = callers.sign_in("Other Uma").await;
    assert_eq!(
        other.expect("200", with_token("show-invitation", &token)).await.body["switches"],
        true
    );
    assert_eq!(
        other.expect("200", with_token("link-identity", &token)).await.body["already_linked"],
        false
    );
    callers.fixture.portal.deliver().await;

    let notice = callers.fixture.portal.token(&mailbox);
    let unknown = format!("{}{}", &notice[..notice.len() - 43], "s".repeat(43));
    callers.anonymous.expect("dispute-expired", with_token("dispute-link", &unknown)).await;
    callers.anonymous.expect("invalid", with_token("dispute-link", "half a link")).await;
    for _ in 0..2 {
        callers.anonymous.expect("200", with_token("dispute-link", &notice)).await;
    }
    let on_hold =
        callers.administrator.expect("200", Call::new("show-professional", &[&account, &id])).await;
    assert_eq!(on_hold.body["state"], "on_hold");
}

async fn link_requests(callers: &mut Callers) {
    let ask = |body: Value| Call::new("request-links", &[]).body(&body);
    callers
        .anonymous
        .expect("202", ask(json!({ "token": callers.fixture.expired_invitation })))
        .await;
    callers.anonymous.expect("invalid", ask(json!({ "token": "half a link" }))).await;
    let mut eager = callers.sign_in("Ed Eager").await;
    for number in 0..10 {
        eager
            .expect("202", ask(json!({ "email": format!("unknown-{number}@people.example") })))
            .await;
    }
    eager
        .expect("too-many-requests", ask(json!({ "email": callers.fixture.administrator.email })))
        .await;
}

async fn resending(callers: &mut Callers) {
    callers.fixture.portal.deliver().await;
    let account = callers.fixture.portal.customer.clone();
    let resend = |before: &str| {
        Call::new("resend-invitations", &[&account]).body(&json!({ "before": before }))
    };
    let now = callers.fixture.portal.clock.now().to_string();
    assert_ne!(callers.administrator.expect("200", resend(&now)).await.body["sent"], 0);
    for caller in [&mut callers.partner, &mut callers.staff] {
        assert_eq!(caller.expect("200", resend(&now)).await.body["sent"], 0);
    }
    callers.administrator.expect("invalid", resend("yesterday")).await;
}

/// Uses up what everybody may cause in an hour, then causes one more mail in every way.
async fn limiting(callers: &mut Callers) {
    let (account, lapsed) =
        (callers.fixture.portal.customer.clone(), callers.fixture.lapsed.account.clone());
    callers.staff.expect("200", Call::new("release-mail", &[&account])).await;
    let (id, _) = invitation(callers, &account, "Lea Limited").await;
    let (_, token) = invitation(callers, &account, "Lia Linked").await;
    let notice = {
        let (_, token) = invitation(callers, &account, "Liv Linked").await;
        let mut liv = callers.sign_in("Liv Linked").await;
        liv.expect("200", with_token("link-identity", &token)).await;
        callers.fixture.portal.deliver().await;
        callers.fixture.portal.token(&email("Liv Linked"))
    };
    let partner = json!({ "name": "Another Partner", "kind": "partner", "external_id": "L-P" });
    let partner =
        callers.staff.expect("201", Call::new("create-account", &[]).body(&partner)).await;
    let numbered = Call::new("update-account", &[&account]).body(&json!({ "external_id": "L-1" }));
    callers.staff.expect("200", numbered).await;
    let row = json!({
        "external_id": "L-1", "name": "Example Customer", "kind": "customer", "partner": "L-P",
    });
    let appoint = |reason: &str| {
        Call::new("appoint-administrator", &[&account])
            .body(&json!({ "professional": id, "in_place_of": [], "reason": reason }))
    };
    let waiting = callers.partner.expect("202", appoint("Ada has left.")).await;
    let waiting = waiting.body["appointment"]["appointment"].as_str().expect("an id").to_owned();
    let mut asking = callers.sign_in("Lea Asks").await;
    let asked = json!({
        "organisation": "Example Customer", "name": "Lea Limited", "email": email("Lea Limited"),
    });
    asking.expect("202", Call::new("ask-for-access", &[]).body(&asked)).await;
    callers.fixture.portal.deliver().await;
    let listed = callers
        .staff
        .expect("200", Call::new("list-access-requests", &[]).query(&format!("account={account}")))
        .await;
    let request = listed.items()[0]["request"].as_str().expect("a request").to_owned();
    let lea = json!({ "name": "Lea Limited", "email": email("Lea Limited") });
    let new = new_customer(&callers.fixture.portal.partner, "Lea Waits", Some(&lea));
    let created = callers.partner.expect("201", new).await;
    let new = created.body["account"].as_str().expect("an account").to_owned();
    let shown = callers.staff.expect("200", Call::new("show-account", &[&account])).await;
    let grant = if shown.body["grant"] == "none" { "view" } else { "none" };
    callers.fixture.portal.use_up_limits().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let customer = json!({
        "name": "Lea and Sons", "kind": "customer", "plan": plan, "first_professional": lea,
    });
    for call in [
        Call::new("send-invitation", &[&account, &id]),
        Call::new("decide-access-request", &[&account, &request])
            .body(&json!({ "decision": "approve" })),
        Call::new("update-professional", &[&account, &id])
            .body(&json!({ "send_invitation": true })),
        Call::new("resend-invitations", &[&account])
            .body(&json!({ "before": callers.fixture.portal.clock.now().to_string() })),
        Call::new("invite", &[&lapsed]).body(&lea),
        Call::new("import-professionals", &[&lapsed]).body(&json!({ "rows": [lea] })),
        Call::new("create-account", &[]).body(&customer),
        appoint("Ada is ill."),
        Call::new("decide-appointment", &[&account, &waiting]).body(&json!({ "approve": true })),
        Call::new("decide-account", &[&new]).body(&json!({ "decision": "confirm", "version": 1 })),
        Call::new("change-grant", &[&account]).body(&json!({ "grant": grant })),
        Call::new("update-account", &[&account])
            .body(&json!({ "partner": partner.body["account"] })),
        Call::new("import-accounts", &[]).body(&json!({ "rows": [row] })),
        with_token("link-identity", &token),
    ] {
        callers.staff.expect("too-many-requests", call).await;
    }
    callers.anonymous.expect("too-many-requests", with_token("dispute-link", &notice)).await;
}

async fn activity(callers: &mut Callers) {
    callers.fixture.portal.deliver().await;
    let account = callers.fixture.portal.customer.clone();
    let everything = callers
        .administrator
        .expect("200", Call::new("list-activity", &[&account]).query("limit=100"))
        .await;
    assert!(everything.items().len() > 20, "{everything}");
    let page = callers
        .partner
        .expect("200", Call::new("list-activity", &[&account]).query("limit=2"))
        .await;
    let next = format!("after={}", page.body["next"].as_str().expect("a second page"));
    callers.staff.expect("200", Call::new("list-activity", &[&account]).query(&next)).await;
}

/// Invites a person as staff and returns the professional and the mailed token.
async fn invitation(callers: &mut Callers, account: &str, name: &str) -> (String, String) {
    let body = json!({ "name": name, "email": email(name) });
    let added = callers.staff.expect("201", Call::new("invite", &[account]).body(&body)).await;
    callers.fixture.portal.deliver().await;
    (
        added.body["professional"].as_str().expect("a professional").to_owned(),
        callers.fixture.portal.token(&email(name)),
    )
}

fn with_token(operation: &str, token: &str) -> Call {
    Call::new(operation, &[]).body(&json!({ "token": token }))
}
