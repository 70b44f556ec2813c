//! Keeps the run book's table of permissions up to date.

use std::{collections::BTreeMap, env, fs};

use crate::{
    permissions::{grants, roles},
    transformed::{Template, root},
};

const RUN_BOOK: &str = "infra/README.md";
const BEGIN: &str = "<!-- privileges: begin -->";
const END: &str = "<!-- privileges: end -->";

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
#[expect(clippy::disallowed_methods, reason = "a test has no configuration but its environment")]
fn the_run_book_says_what_each_function_may() {
    let path = root(RUN_BOOK);
    let book = fs::read_to_string(&path).expect("the run book");
    let (before, rest) =
        book.split_once(BEGIN).unwrap_or_else(|| panic!("{RUN_BOOK} has no {BEGIN}"));
    let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("{RUN_BOOK} has no {END}"));
    let wanted = format!("{before}{BEGIN}\n{}{END}{after}", table(&Template::deployed()));
    if env::var_os("RENEW").is_some() {
        fs::write(&path, &wanted).expect("the run book");
    }
    let renew = "RENEW=1 cargo test --package tests --test template privileges -- --ignored";
    assert!(
        book == wanted || env::var_os("RENEW").is_some(),
        "the privileges in {RUN_BOOK} are not the template's; to renew them: {renew}"
    );
}

/// Formats the permissions of each function as a Markdown table.
fn table(template: &Template) -> String {
    let mut lines = vec!["| function | may | on |".to_owned(), "|---|---|---|".to_owned()];
    for (function, (_, role)) in roles(template) {
        let mut actions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (action, resource) in grants(role) {
            actions.entry(short(&resource)).or_default().push(format!("`{action}`"));
        }
        for (number, (resource, actions)) in actions.into_iter().enumerate() {
            let function = if number == 0 { function } else { "" };
            lines.push(format!("| {function} | {} | `{resource}` |", actions.join(", ")));
        }
    }
    lines.join("\n") + "\n"
}

/// Formats a resource for people: `Table`, `Table/index/people`, `identity/MailIdentity`.
fn short(resource: &str) -> String {
    let plain =
        resource.replace("AWS::", "").replace(".Arn", "").replace("${", "").replace('}', "");
    // arn:Partition:ses:Region:AccountId:identity/MailIdentity
    if plain.starts_with("arn:") {
        plain.splitn(6, ':').last().unwrap_or_default().to_owned()
    } else {
        plain
    }
}

#[test]
fn a_resource_is_formatted_for_people() {
    let identity =
        "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailIdentity}";
    for (resource, formatted) in [
        ("Table.Arn", "Table"),
        ("${Table.Arn}/index/people", "Table/index/people"),
        (identity, "identity/MailIdentity"),
    ] {
        assert_eq!(short(resource), formatted);
    }
}
