//! Each change of an account is in its activity list (requirement 36).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::Table;

/// Checks that every account with a difference that matters to people has a new activity, and that
/// no activity was changed.
pub(crate) fn is_every_change(before: &Table, after: &Table) {
    for (account, rest, _) in after.items("account#", "account") {
        if !rest.is_empty() {
            continue;
        }
        let partition = format!("account#{account}");
        for (_, id, entry) in before.items(&partition, "event#") {
            assert_eq!(
                after.item(&partition, &format!("event#{id}")),
                entry,
                "an entry of {account} was changed"
            );
        }
        let entries = |table: &Table| table.items(&partition, "event#").len();
        let (was, is) = (recorded_values(before, account), recorded_values(after, account));
        if was != is {
            let differs: Vec<_> =
                is.iter().filter(|(name, value)| was.get(*name) != Some(*value)).collect();
            assert!(
                entries(after) > entries(before),
                "{account} changed and its list does not say so: {differs:?}"
            );
        }
    }
}

/// Lists the values of an account that matter to people, without those that follow from time and
/// mail, such as due dates and delivery states.
fn recorded_values(table: &Table, account: &str) -> BTreeMap<String, Value> {
    const ACCOUNT: [&str; 11] = [
        "name",
        "kind",
        "external_id",
        "contact",
        "plan",
        "grant",
        "time_zone",
        "licences",
        "roles",
        "appointment",
        "confirmation",
    ];
    let partition = format!("account#{account}");
    let item = table.item(&partition, "account");
    let mut values: BTreeMap<_, _> =
        ACCOUNT.into_iter().map(|text| (text.to_owned(), item[text].clone())).collect();
    values.insert("partner".to_owned(), item["partner"]["account"].clone());
    for (_, id, person) in table.items(&partition, "professional#") {
        let identity = &person["linked"]["identity"]["key"];
        let invitation = json!([person["invitation"]["id"], person["invitation"]["outcome"]]);
        let on_hold = !person["hold"].is_null();
        values.insert(
            id.to_owned(),
            json!({
                "details": person["details"], "identity": identity, "invitation": invitation,
                "on_hold": on_hold,
            }),
        );
    }
    // A request that was not routed yet is not part of the account.
    for (_, id, request) in table
        .items(&partition, "access-request#")
        .into_iter()
        .filter(|(_, _, item)| !item["stage"].is_null())
    {
        values.insert(id.to_owned(), request["state"].clone());
    }
    values
}
