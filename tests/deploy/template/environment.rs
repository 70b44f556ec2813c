//! The functions' settings: what `Config` reads is set, and nothing that nobody reads.

use std::collections::BTreeSet;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::Template,
};

/// The one file that reads the environment.
const CONFIG: &str = include_str!("../../../functions/core/src/config.rs");

/// What every function has.
const SHARED: [&str; 7] = ["ACCESS_MAILBOX", "GRACE_DAYS", "INVITATION_DAYS", "METRICS", "ORIGIN_KEY_HASH", "SITE_URL", "TABLE"];

/// What some have beyond it: who signs people in, and who mails.
const OWN: [(&str, &[&str]); 3] = [
    ("DeliverMail", &["CONFIGURATION_SET", "MAIL_FROM", "VENDOR"]),
    ("FinishSignIn", &["GOOGLE_CLIENT_ID", "MICROSOFT_CLIENT_ID", "MICROSOFT_TENANT", "PROVIDERS", "PROVIDER_SECRETS"]),
    ("StartSignIn", &["GOOGLE_CLIENT_ID", "MICROSOFT_CLIENT_ID", "MICROSOFT_TENANT", "PROVIDERS"]),
];

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every variable that Config reads is set, and none that it does not read",
        check: Check::Find(read_and_set),
        breaks: &[
            ("/Resources/Invite/Properties/Environment/Variables/TABEL", r#"{"Ref": "Table"}"#),
            ("/Resources/DeliverMail/Properties/Environment/Variables/MAIL_FROM", GONE),
        ],
    },
    Rule {
        says: "a function has the settings that all have, and those that it alone needs",
        check: Check::Find(own_settings),
        breaks: &[
            ("/Resources/Invite/Properties/Environment/Variables/TABLE", GONE),
            ("/Resources/Invite/Properties/Environment/Variables/PROVIDER_SECRETS", r#"{"Ref": "ProviderSecrets"}"#),
            ("/Resources/FinishSignIn/Properties/Environment/Variables/PROVIDER_SECRETS", GONE),
        ],
    },
    Rule {
        says: "no setting is a secret",
        check: Check::Find(no_secrets),
        breaks: &[
            ("/Resources/Invite/Properties/Environment/Variables/ORIGIN_KEY_HASH", r#"{"Ref": "OriginKey"}"#),
            ("/Resources/FinishSignIn/Properties/Environment/Variables/PROVIDERS", r#""{{resolve:secretsmanager:portico}}""#),
        ],
    },
];

/// Returns the names that stand between quotes in config.rs, without those that Lambda itself sets.
fn read() -> BTreeSet<&'static str> {
    let quoted = CONFIG.split('"');
    let names = quoted.filter(|it| it.len() > 3 && it.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_'));
    names.filter(|it| !it.starts_with("AWS_")).collect()
}

fn variables<'a>(template: &'a Template, function: &str) -> BTreeSet<&'a str> {
    let variables = template.at(&format!("/Resources/{function}/Properties/Environment/Variables"));
    variables.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

fn read_and_set(template: &Template) -> Vec<String> {
    let read = read();
    let set: BTreeSet<&str> = template.functions().flat_map(|it| variables(template, it)).collect();
    let unset = read.difference(&set).map(|it| format!("{it} is read and not set"));
    unset.chain(set.difference(&read).map(|it| format!("{it} is set and not read"))).collect()
}

fn own_settings(template: &Template) -> Vec<String> {
    let mut faults = Vec::new();
    for function in template.functions() {
        let own = OWN.iter().find(|(it, _)| *it == function).map_or(&[] as &[&str], |(_, own)| own);
        let wanted: BTreeSet<&str> = SHARED.iter().chain(own).copied().collect();
        let set = variables(template, function);
        faults.extend(wanted.symmetric_difference(&set).map(|it| format!("{function}: {it} is missing, or not for it")));
    }
    faults
}

fn no_secrets(template: &Template) -> Vec<String> {
    let hidden = template.at("/Parameters").as_object().into_iter().flatten();
    let hidden: BTreeSet<&str> = hidden.filter(|(_, it)| it["NoEcho"] == true).map(|(name, _)| name.as_str()).collect();
    let mut faults = Vec::new();
    for (function, properties) in template.all("AWS::Lambda::Function") {
        for (name, value) in properties["Environment"]["Variables"].as_object().into_iter().flatten() {
            let secret = value["Ref"].as_str().is_some_and(|it| hidden.contains(it)) || value.to_string().contains("{{resolve:");
            if secret {
                faults.push(format!("{function}: whoever may look at the function reads {name}"));
            }
        }
    }
    faults
}
