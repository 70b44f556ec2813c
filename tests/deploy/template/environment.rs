//! The functions' environment variables: those that `Config` reads, and no other.

use std::collections::BTreeSet;

use portico::lambda::config::{Config, Readers};

use crate::{
    rule::{Check, GONE, Rule},
    transformed::Template,
};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "the template sets exactly the variables that Config reads",
        check: Check::Find(read_and_set),
        breaks: &[
            ("/Resources/Invite/Properties/Environment/Variables/TABEL", r#"{"Ref": "Table"}"#),
            ("/Resources/DeliverMail/Properties/Environment/Variables/MAIL_FROM", GONE),
        ],
    },
    Rule {
        says: "a function has the variables of all functions and those of its own",
        check: Check::Find(own_settings),
        breaks: &[
            ("/Resources/Invite/Properties/Environment/Variables/TABLE", GONE),
            (
                "/Resources/Invite/Properties/Environment/Variables/PROVIDER_SECRETS",
                r#"{"Ref": "ProviderSecrets"}"#,
            ),
            ("/Resources/FinishSignIn/Properties/Environment/Variables/PROVIDER_SECRETS", GONE),
        ],
    },
    Rule {
        says: "no variable holds a secret",
        check: Check::Find(no_secrets),
        breaks: &[
            (
                "/Resources/Invite/Properties/Environment/Variables/ORIGIN_KEY_HASH",
                r#"{"Ref": "OriginKey"}"#,
            ),
            (
                "/Resources/FinishSignIn/Properties/Environment/Variables/PROVIDERS",
                r#""{{resolve:secretsmanager:portico}}""#,
            ),
        ],
    },
];

fn variables<'a>(template: &'a Template, function: &str) -> BTreeSet<&'a str> {
    let variables = template.at(&format!("/Resources/{function}/Properties/Environment/Variables"));
    variables.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

fn read_and_set(template: &Template) -> Vec<String> {
    let read: BTreeSet<&str> = Config::VARIABLES.iter().map(|variable| variable.name).collect();
    let set: BTreeSet<&str> =
        template.functions().flat_map(|function| variables(template, function)).collect();
    let unset = read.difference(&set).map(|name| format!("{name} is read and not set"));
    unset.chain(set.difference(&read).map(|name| format!("{name} is set and not read"))).collect()
}

fn own_settings(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for function in template.functions() {
        let own = Config::VARIABLES.iter().filter(|variable| reads(function, variable.readers));
        let wanted: BTreeSet<&str> = own.map(|variable| variable.name).collect();
        let set = variables(template, function);
        violations.extend(
            wanted
                .symmetric_difference(&set)
                .map(|name| format!("{function}: {name} is missing or unused")),
        );
    }
    violations
}

fn reads(function: &str, readers: Readers) -> bool {
    match readers {
        Readers::All => true,
        Readers::Mail => function == "DeliverMail",
        Readers::SignIn => ["BackChannelLogout", "FinishSignIn", "StartSignIn"].contains(&function),
        Readers::FinishSignIn => function == "FinishSignIn",
        Readers::PartnersCustomers => {
            ["CreateAccount", "ShowAccount", "UpdateAccount"].contains(&function)
        }
    }
}

fn no_secrets(template: &Template) -> Vec<String> {
    let hidden = template.at("/Parameters").as_object().into_iter().flatten();
    let hidden: BTreeSet<&str> = hidden
        .filter(|(_, parameter)| parameter["NoEcho"] == true)
        .map(|(name, _)| name.as_str())
        .collect();
    let mut violations = Vec::new();
    for (function, properties) in template.all("AWS::Lambda::Function") {
        for (name, value) in
            properties["Environment"]["Variables"].as_object().into_iter().flatten()
        {
            let secret = value["Ref"].as_str().is_some_and(|name| hidden.contains(name))
                || value.to_string().contains("{{resolve:");
            if secret {
                violations
                    .push(format!("{function}: {name} shows a secret in the function's settings"));
            }
        }
    }
    violations
}
