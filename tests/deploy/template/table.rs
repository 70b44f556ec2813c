//! The table and the logs.

use std::collections::BTreeSet;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, named},
};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "the table outlives the stack, can be restored, removes expired items and has a \
               stream",
        check: Check::Equal(&[
            ("/Resources/Table/DeletionPolicy", r#""Retain""#),
            ("/Resources/Table/UpdateReplacePolicy", r#""Retain""#),
            ("/Resources/Table/Properties/DeletionProtectionEnabled", "true"),
            (
                "/Resources/Table/Properties/PointInTimeRecoverySpecification/\
                 PointInTimeRecoveryEnabled",
                "true",
            ),
            (
                "/Resources/Table/Properties/TimeToLiveSpecification",
                r#"{"AttributeName": "ttl", "Enabled": true}"#,
            ),
            (
                "/Resources/Table/Properties/StreamSpecification/StreamViewType",
                r#""NEW_AND_OLD_IMAGES""#,
            ),
            ("/Resources/Table/Properties/BillingMode", r#""PAY_PER_REQUEST""#),
        ]),
        breaks: &[
            ("/Resources/Table/DeletionPolicy", r#""Delete""#),
            ("/Resources/Table/Properties/DeletionProtectionEnabled", "false"),
        ],
    },
    Rule {
        says: "the table has exactly four indexes",
        check: Check::Find(indexes),
        breaks: &[("/Resources/Table/Properties/GlobalSecondaryIndexes/0", GONE)],
    },
    Rule {
        says: "logs expire",
        check: Check::Find(retention),
        breaks: &[
            ("/Resources/Log/Properties/RetentionInDays", GONE),
            ("/Resources/AccessLog/Properties/RetentionInDays", GONE),
        ],
    },
    Rule {
        says: "every function logs JSON into one log group",
        check: Check::Find(one_log),
        breaks: &[
            ("/Resources/Invite/Properties/LoggingConfig", GONE),
            ("/Resources/DeliverMail/Properties/LoggingConfig/LogGroup", r#"{"Ref": "AccessLog"}"#),
            ("/Resources/Invite/Properties/LoggingConfig/LogFormat", r#""Text""#),
        ],
    },
];

fn indexes(template: &Template) -> Vec<String> {
    let indexes = template
        .at("/Resources/Table/Properties/GlobalSecondaryIndexes")
        .as_array()
        .into_iter()
        .flatten();
    let indexes: BTreeSet<&str> = indexes.filter_map(|index| index["IndexName"].as_str()).collect();
    let wanted = BTreeSet::from(["due", "emails", "managed", "people", "provider-sessions"]);
    if indexes == wanted { vec![] } else { vec![format!("{indexes:?} in place of {wanted:?}")] }
}

fn retention(template: &Template) -> Vec<String> {
    let groups = template.all("AWS::Logs::LogGroup");
    groups
        .filter(|(_, group)| group.get("RetentionInDays").is_none())
        .map(|(name, _)| format!("{name} has no RetentionInDays"))
        .collect()
}

fn one_log(template: &Template) -> Vec<String> {
    let functions = template.all("AWS::Lambda::Function");
    let wrong = functions.filter(|(_, function)| {
        let logging = &function["LoggingConfig"];
        named(&logging["LogGroup"]) != Some("Log") || logging["LogFormat"] != "JSON"
    });
    wrong.map(|(name, function)| format!("{name} has {}", function["LoggingConfig"])).collect()
}
