//! Nobody takes an account over from outside unnoticed, the last administrator who can sign in
//! Nobody takes an account over from outside unnoticed, the last administrator who can sign in
//! stays, staff do only what they are permitted, and no stranger's request lands in what staff have
//! not confirmed (requirements 11, 45).

use std::collections::BTreeSet;

use serde_json::Value;
use tests::{Portal, Table};

/// Checks the step from one table to the next, which is one request.
pub(crate) fn is_kept(before: &Table, after: &Table) {
    for (account, rest, item) in after.items("account#", "account") {
        let was = before.item(&format!("account#{account}"), "account");
        if rest.is_empty() {
            staff_are_permitted(before, after, account);
        }
        if rest.is_empty() && !was.is_null() {
            somebody_is_left(before, after, account);
            outsiders_are_noticed(before, after, account, was, item);
        }
    }
    requests_land_where_staff_stand_behind(before, after);
}

/// A request for access moves only to an account that staff created or confirmed.
fn requests_land_where_staff_stand_behind(before: &Table, after: &Table) {
    for (account, rest, _) in after.items("account#", "access-request#") {
        let (pk, id) = (format!("account#{account}"), rest.rsplit('#').next().unwrap_or_default());
        let was_here = ["open", "ended"]
            .iter()
            .any(|state| !before.item(&pk, &format!("access-request#{state}#{id}")).is_null());
        let state = &after.item(&pk, "account")["confirmation"]["state"];
        assert!(was_here || state == "confirmed", "request {id} landed in {account}: {state}");
    }
}

/// Only *This was not me* and an appointment leave no administrator who can sign in.
fn somebody_is_left(before: &Table, after: &Table, account: &str) {
    let active = |table: &Table| set(table, account, "active").len();
    if active(before) == 0 || active(after) > 0 {
        return;
    }
    let events = new_events(before, after, account);
    let is_exempt = |event: &&Value| {
        ["link-disputed", "administrator-appointed"]
            .map(Value::from)
            .contains(&event["event"]["type"])
    };
    assert!(events.iter().any(is_exempt), "nobody is left in {account}: {events:?}");
}

/// Once anybody has linked, what partner or staff change of the administrators and their mailboxes
/// is announced.
fn outsiders_are_noticed(before: &Table, after: &Table, account: &str, was: &Value, is: &Value) {
    let administrators = set(before, account, "administrators");
    let is_same = administrators == set(after, account, "administrators")
        && mailboxes(before, account, &administrators)
            == mailboxes(after, account, &administrators);
    if was["has_linked"] != true || is_same {
        return;
    }
    let events = new_events(before, after, account);
    let is_outside = |event: &&Value| {
        ["partner", "staff"].map(Value::from).contains(&event["actor"]["acting_as"])
    };
    let is_announced = after.items("mail#", "mail").iter().any(|(id, _, mail)| {
        mail["content"]["kind"] == "administrator-changed"
            && mail["account"] == account
            && before.item(&format!("mail#{id}"), "mail").is_null()
    });
    assert!(
        is_announced || !events.iter().any(is_outside),
        "partner or staff changed the administrators of {account} unnoticed: {is}, {events:?}"
    );
}

/// What staff did they had the permission for before.
fn staff_are_permitted(before: &Table, after: &Table, account: &str) {
    let roles = &before.item(&format!("account#{}", Portal::VENDOR), "account")["roles"];
    let is_new = before.item(&format!("account#{account}"), "account").is_null();
    for event in new_events(before, after, account) {
        let (actor, what) = (&event["actor"], &event["event"]);
        if actor["acting_as"] != "staff" {
            continue;
        }
        let needed = match what["type"].as_str().expect("a type") {
            "account-created" | "account-updated" if what["imported"] == true => "imports",
            "account-created" | "account-updated" | "grant-changed" => "plans",
            "professional-added" if is_new => "plans",
            "administrator-appointed"
            | "appointment-requested"
            | "appointment-declined"
            | "sign-in-policy-lift-requested"
            | "sign-in-policy-lifted" => "appointments",
            "professional-added"
            | "professional-updated"
            | "professional-deleted"
            | "professional-restored"
            | "roles-assigned"
            | "invitation-requested"
            | "invitation-revoked"
            | "access-request-passed-on"
            | "access-request-approved"
            | "access-request-declined"
            | "mail-released" => "people",
            other => panic!("no permission is known for {other} by staff"),
        };
        let who = &actor["professional"];
        let holds =
            |list: &Value, value: &Value| list.as_array().is_some_and(|list| list.contains(value));
        let given = &roles["staff"][who.as_str().expect("a professional")];
        assert!(
            holds(&roles["administrators"], who) || holds(given, &needed.into()),
            "staff without {needed} did this: {event}"
        );
    }
}

fn set<'a>(table: &'a Table, account: &str, name: &str) -> BTreeSet<&'a str> {
    let roles = &table.item(&format!("account#{account}"), "account")["roles"];
    roles[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Lists the addresses of `people`; `None` for those who are not on the list.
fn mailboxes<'a>(table: &'a Table, account: &str, people: &BTreeSet<&str>) -> Vec<Option<&'a str>> {
    let pk = format!("account#{account}");
    let profile = |id: &&str| table.item(&pk, &format!("professional#{id}"));
    people.iter().map(|id| profile(id)["details"]["email"].as_str()).collect()
}

fn new_events<'a>(before: &Table, after: &'a Table, account: &str) -> Vec<&'a Value> {
    let pk = format!("account#{account}");
    let events = after.items(&pk, "event#").into_iter();
    events
        .filter(|(_, id, _)| before.item(&pk, &format!("event#{id}")).is_null())
        .map(|(_, _, event)| event)
        .collect()
}
