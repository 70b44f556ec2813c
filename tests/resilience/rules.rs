//! The rules that hold at every moment, under any concurrent requests.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;
use tests::{Portal, Table};

/// Checks every rule on the whole table and returns the table.
pub(crate) async fn hold(portal: &Portal) -> Table {
    let table = Table::of(portal).await;
    for (account, _, item) in
        table.items("account#", "account").into_iter().filter(|(_, rest, _)| rest.is_empty())
    {
        roles_are_held(&table, account, item);
        administrators_who_can_sign_in_are_known(&table, account, item);
        staff_are_the_vendors(&table, account, item);
        people_are_recorded(&table, account);
    }
    professionals_have_claim_and_link(&table);
    nothing_is_left_over(&table);
    due_dates_are_recorded(&table);
    what_staff_have_not_confirmed_gives_no_access(&table);
    the_deleted_are_not_on_the_list(&table);
    invitations_have_their_mail(&table, portal.clock.now());
    notices_are_sent_once(&table);
    table
}

/// Checks every rule; all mail is delivered, so none waits that is not held, and none was sent
/// twice.
pub(crate) async fn hold_when_delivered(portal: &Portal) -> Table {
    portal.deliver().await;
    let table = hold(portal).await;
    let mut sent: BTreeSet<String> = BTreeSet::new();
    for (id, _, mail) in table.items("mail#", "mail") {
        let waits = mail["delivery"] == "queued" && mail["held"].is_null();
        assert!(!waits, "mail {id} waits: {mail}");
    }
    for message in portal.mailbox.messages() {
        assert!(
            sent.insert(message.tags["mail"].clone()),
            "{} went to {} twice",
            message.subject,
            message.to
        );
    }
    table
}

/// Exactly one billing and one shipping contact and at least one administrator, all on the list and
/// staying.
fn roles_are_held(table: &Table, account: &str, item: &Value) {
    let people = table.items(&format!("account#{account}"), "professional#");
    let roles = &item["roles"];
    let administrators: Vec<_> = roles["administrators"].as_array().into_iter().flatten().collect();
    if people.is_empty() {
        assert!(
            administrators.is_empty() && roles["billing_contact"].is_null(),
            "{account} has roles and no people: {roles}"
        );
        return;
    }
    assert!(!administrators.is_empty(), "{account} has no administrator");
    for holder in
        administrators.into_iter().chain([&roles["billing_contact"], &roles["shipping_contact"]])
    {
        let holder = people
            .iter()
            .find(|(_, id, _)| holder == *id)
            .unwrap_or_else(|| panic!("{holder} holds a role in {account}, not on the list"));
        assert!(
            holder.2["details"]["ends_on"].is_null(),
            "{} holds a role and has an end date",
            holder.1
        );
    }
}

/// The account names exactly those of its administrators who are linked and not on hold, knows
/// whether anybody has ever linked, and has fifty administrators at most.
fn administrators_who_can_sign_in_are_known(table: &Table, account: &str, item: &Value) {
    let set = |name: &str| -> BTreeSet<&str> {
        item["roles"][name].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let (administrators, known) = (set("administrators"), set("active"));
    let people = table.items(&format!("account#{account}"), "professional#");
    let linked = people.iter().filter(|(_, _, person)| !person["linked"].is_null());
    let linked: Vec<_> = linked.collect();
    let active = linked
        .iter()
        .filter(|(_, id, person)| administrators.contains(id) && person["hold"].is_null())
        .map(|(_, id, _)| *id);
    assert_eq!(active.collect::<BTreeSet<_>>(), known, "{account}: who can sign in");
    assert!(linked.is_empty() || item["has_linked"] == true, "{account} has linked: {item}");
    assert!(administrators.len() <= 50, "{account} has {} administrators", administrators.len());
}

/// Only the vendor's account has permissions of staff, of at most a hundred people on its list, and
/// it has no plan.
fn staff_are_the_vendors(table: &Table, account: &str, item: &Value) {
    let staff = item["roles"]["staff"].as_object();
    if account != Portal::VENDOR {
        assert!(staff.is_none(), "{account} has staff: {item}");
        return;
    }
    assert!(item["plan"].is_null() && item["due_on"].is_null(), "the vendor has a plan: {item}");
    let people = table.items(&format!("account#{account}"), "professional#");
    for (id, given) in staff.into_iter().flatten() {
        assert!(people.iter().any(|(_, known, _)| known == id), "{id} is not on the list");
        assert!(given.as_array().is_some_and(|given| !given.is_empty()), "{id} has {given}");
    }
    assert!(staff.is_none_or(|staff| staff.len() <= 100), "too many staff");
}

/// People on the list were added; people who were added and are not on the list were deleted and
/// not restored, each once.
fn people_are_recorded(table: &Table, account: &str) {
    let people = table.items(&format!("account#{account}"), "professional#").len();
    let [added, deleted, restored] = ["added", "deleted", "restored"]
        .map(|value| table.count(account, &format!("professional-{value}")));
    assert_eq!(
        people + deleted,
        added + restored,
        "{account}: added, deleted and restored do not add up to {people} people"
    );
}

/// Address claims, links and index entries agree with the professionals, in both directions.
fn professionals_have_claim_and_link(table: &Table) {
    let mut claims = 0;
    let mut links = 0;
    for (account, id, person) in table.items("account#", "professional#") {
        let email = person["details"]["email"].as_str().expect("an e-mail");
        assert_eq!(
            table.item(&format!("account#{account}"), &format!("email#{email}"))["owner"],
            id,
            "{email} is not claimed"
        );
        assert_eq!(person["emails_pk"], format!("email#{email}"), "{email} is not found by it");
        assert_eq!(person["people_pk"], format!("account#{account}"));
        assert!(person["version"].as_u64() >= Some(1), "{person}");
        claims += 1;
        if let Some(key) = person["linked"]["identity"]["key"].as_str() {
            let link = table.item(&format!("identity#{key}"), &format!("link#{account}"));
            assert_eq!(link["professional"], id, "{email} has no link");
            for field in ["name", "email", "ends_on"] {
                assert_eq!(
                    link[field], person["details"][field],
                    "the link of {email} says otherwise of {field}"
                );
            }
            let recorded = ["identity-linked", "identity-switched"];
            let events = table.items(&format!("account#{account}"), "event#");
            assert!(events.iter().any(|(_, _, activity)| {
                recorded.iter().any(|act| activity["event"]["type"] == *act)
                    && activity["event"]["professional"]["id"] == id
            }));
            links += 1;
        }
    }
    assert_eq!(
        table.items("account#", "email#").len(),
        claims,
        "an address is claimed without a professional"
    );
    assert_eq!(table.items("identity#", "link#").len(), links, "a link has no professional");
}

/// Every item is of a known kind, and every item in an account's partition has an account.
fn nothing_is_left_over(table: &Table) {
    const SORTS: [&str; 9] = [
        "account", "card", "counts", "external", "identity", "mail", "schedule", "session",
        "sign-in",
    ];
    for (pk, sk, item) in table.all() {
        let (sort, rest) = pk.split_once('#').expect("a sort");
        assert!(SORTS.contains(&sort), "an item of no known sort: {pk} {sk}");
        // The activity of a removed account stays.
        assert!(
            sort != "account" || sk.starts_with("event#") || !table.item(pk, "account").is_null(),
            "{sk} without an account {rest}"
        );
        assert!(sk != "account" || item["version"].as_u64() >= Some(1), "{item}");
    }
}

/// Every account has a date of review, and an end of access that is not announced yet is in its
/// index.
fn due_dates_are_recorded(table: &Table) {
    for (account, _, _) in table.items("account#", "account").iter().filter(|(_, rest, item)| {
        // One that waits has no dates yet.
        rest.is_empty() && item["confirmation"]["state"] != "waiting"
    }) {
        let review = table.item(&format!("account#{account}"), "review");
        let due = format!("review#{}#", review["due_on"].as_str().expect("a day"));
        assert!(review["due_pk"].as_str().is_some_and(|text| text.starts_with(&due)), "{review}");
    }
    for (_, id, person) in table.items("account#", "professional#") {
        let Some(on) = person["end_notice_on"].as_str() else {
            assert!(person["due_pk"].is_null(), "{id} is due for nothing");
            continue;
        };
        assert!(
            person["due_pk"].as_str().is_some_and(|text| text.starts_with(&format!("end#{on}#"))),
            "{person}"
        );
        assert!(person["details"]["ends_on"].as_str() >= Some(on), "{person}");
    }
}

/// Nobody is linked, invited or due by an account that waits, and it is counted and listed for
/// staff. A request for access is open in what staff have confirmed, or else waits for staff.
fn what_staff_have_not_confirmed_gives_no_access(table: &Table) {
    let mut waiting = BTreeMap::<&str, u64>::new();
    for (account, rest, item) in table.items("account#", "account") {
        let state = item["confirmation"]["state"].as_str().expect("a state");
        if !rest.is_empty() {
            continue;
        }
        let partition = format!("account#{account}");
        let entry = table.item(&partition, "unconfirmed");
        assert_eq!(entry["managed_pk"].is_null(), state == "confirmed", "{account}: {entry}");
        if state != "waiting" {
            continue;
        }
        let people = table.items(&partition, "professional#");
        for (_, id, person) in &people {
            assert!(person["linked"].is_null(), "{id} got in by {account}, which waits");
            assert!(person["invitation"].is_null(), "{id} is invited to {account}, which waits");
        }
        assert!(people.len() <= 1, "{account} waits with {} people", people.len());
        assert!(item["due_pk"].is_null(), "{account} waits and is due");
        assert!(table.item(&partition, "review").is_null(), "{account} waits and is reviewed");
        let creator = item["created_by"]["partner"].as_str().expect("a partner");
        *waiting.entry(creator).or_default() += 1;
    }
    for (partner, _, item) in table.items("account#", "waiting-customers") {
        let counted = item["count"].as_u64().expect("a count");
        assert_eq!(counted, waiting.get(partner).copied().unwrap_or_default(), "{partner}");
        assert!(counted <= 20, "{partner} has {counted} customers that wait");
    }
    assert!(waiting.len() <= table.items("account#", "waiting-customers").len());
}

/// A deleted profile expires, gives no access and belongs to nobody on the list.
fn the_deleted_are_not_on_the_list(table: &Table) {
    for (account, id, item) in table.items("account#", "deleted#") {
        assert!(
            table.item(&format!("account#{account}"), &format!("professional#{id}")).is_null(),
            "{id} is on the list and deleted"
        );
        assert!(
            item["ttl"].is_u64() && item["emails_pk"].is_null() && item["people_pk"].is_null(),
            "{item}"
        );
        let invitation = &item["professional"]["invitation"];
        assert!(
            invitation.is_null() || !invitation["outcome"].is_null(),
            "the invitation of {id} is open: {invitation}"
        );
    }
}

/// The mail of a queued open invitation is in the outbox, and that of a sent one was sent. An
/// invitation that expired before its mail was sent has no mail that will be sent.
fn invitations_have_their_mail(table: &Table, now: Timestamp) {
    let mails = table.items("mail#", "mail");
    for (_, id, person) in table.items("account#", "professional#") {
        let invitation = &person["invitation"];
        let expired = invitation["expires_at"]
            .as_str()
            .and_then(|text| text.parse::<Timestamp>().ok())
            .is_some_and(|value| value <= now);
        if expired || invitation.is_null() || !invitation["outcome"].is_null() {
            continue;
        }
        let brings = |item: &Value| {
            let of_several = item["content"]["links"].as_array().into_iter().flatten();
            (item["content"]["invitation"] == invitation["id"]
                || of_several.clone().any(|link| link["invitation"] == invitation["id"]))
                && item["content"]["kind"] != "invitation-bounced"
        };
        let mail = mails
            .iter()
            .find(|(_, _, item)| brings(item))
            .unwrap_or_else(|| panic!("{id} has no mail"));
        assert_eq!(mail.2["delivery"], invitation["delivery"], "{id} and the outbox differ");
    }
}

/// Nobody gets the same notice twice within one period of a plan (requirement 31).
fn notices_are_sent_once(table: &Table) {
    let time = |value: &Value| {
        value.as_str().and_then(|text| text.parse::<Timestamp>().ok()).expect("a time")
    };
    let mut events = BTreeSet::new();
    for (id, _, mail) in table.items("mail#", "mail") {
        let content = &mail["content"];
        let (Some(account), Some(to)) =
            (mail["account"].as_str(), mail["recipient"]["email"].as_str())
        else {
            continue;
        };
        let stage = match content["kind"].as_str() {
            Some("plan-lapsed") => -1,
            Some("plan-ending") => [60, 30, 14, 2, 0]
                .into_iter()
                .rev()
                .find(|value| content["days_left"].as_i64() <= Some(*value))
                .expect("a stage"),
            _ => continue,
        };
        let partition = format!("account#{account}");
        let renewals = table.items(&partition, "event#").into_iter().filter(|(_, _, activity)| {
            let renewed = activity["event"]["type"] == "account-updated"
                && activity["event"]["changed"]
                    .as_array()
                    .is_some_and(|fields| fields.contains(&"plan".into()));
            renewed && time(&activity["at"]) < time(&mail["created_at"])
        });
        assert!(
            events.insert((account, renewals.count(), stage, to)),
            "mail {id} announces the same stage to {to} again: {content}"
        );
    }
}
