//! Least privilege, shown: every right that a function's role gives is taken away once, and a test of the function has to notice.

use std::time::Instant;

use serde_json::{Value, json};
use tests::{Aws, Deployment};

use crate::{Done, emulator::Emulator, say, suite::Suite};

/// What is not taken away: Lambda itself, not the function, sends what it gives up to the dead-letter queue, and the emulator gives up nothing.
const LEFT_ALONE: &str = "sqs:SendMessage";

/// What is used once, when a function's process begins.
const AT_START: &str = "secretsmanager:GetSecretValue";

/// Tests that notice what a function does and its own file does not look at.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "deliver-mail",
        "ask_for_access::the_administrators_are_asked_and_the_asker_sees_only_that_it_is_open",
    ),
    (
        "deliver-mail",
        "appoint_administrator::an_account_of_hundreds_is_told_in_parts_and_each_once",
    ),
    (
        "finish-sign-in",
        "show_professional::the_last_sign_in_is_recorded_with_the_providers_current_name",
    ),
    ("record-delivery", "deliver_mail::held::a_complaint_is_counted"),
    (
        "withdraw-access-request",
        "decide_access_request::whoever_asked_may_take_it_back_until_somebody_decides",
    ),
    (
        "withdraw-access-request",
        "list_access_requests::open_requests_come_first_and_pages_follow_each_other",
    ),
];

/// A right, and a policy without it.
struct Removal {
    right: String,
    /// What the emulator has to have refused.
    action: String,
    policy: Value,
}

/// Takes every right away, one after the other.
pub(crate) async fn mutate(emulator: &Emulator, deployment: &Deployment) -> Done {
    let suite = Suite::build(emulator)?;
    let aws = deployment.aws();
    let (mut count, mut survivors) = (0, Vec::new());
    for (id, role) in &deployment.roles {
        let function = folder(id);
        for name in
            listed(&aws.query("iam", &[("Action", "ListRolePolicies"), ("RoleName", role)]).await)
        {
            let whole = policy(
                &aws.query(
                    "iam",
                    &[("Action", "GetRolePolicy"), ("RoleName", role), ("PolicyName", &name)],
                )
                .await,
            )?;
            for removal in removals(&whole) {
                if removal.action == LEFT_ALONE {
                    say(&format!(
                        "   {function:22} {:70} left alone: it is Lambda's own, for dead letters",
                        removal.right
                    ));
                    continue;
                }
                let started = Instant::now();
                put(&aws, role, &name, &removal.policy).await;
                let noticed = noticed_by(&suite, deployment, &function, &removal).await;
                put(&aws, role, &name, &whole).await;
                count += 1;
                let by = noticed?;
                say(&format!(
                    "   {function:22} {:70} {} ({} ms)",
                    removal.right,
                    by.as_deref().unwrap_or("NOTICED BY NO TEST"),
                    started.elapsed().as_millis()
                ));
                if by.is_none() {
                    survivors.push(format!("{function}: {}", removal.right));
                }
            }
        }
    }
    say(&format!("   {count} rights of {} functions were taken away", deployment.roles.len()));
    if survivors.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "rights that no test needs; take them out of infra/template.yaml or test them:\n{}",
            survivors.join("\n")
        ))
    }
}

/// Runs the function's tests until one fails because the right is missing, and returns its name.
async fn noticed_by(
    suite: &Suite,
    deployment: &Deployment,
    function: &str,
    removal: &Removal,
) -> Result<Option<String>, String> {
    if removal.action == AT_START {
        deployment.cold().await;
    }
    let elsewhere = ELSEWHERE.iter().filter(|(it, _)| *it == function).map(|(_, test)| *test);
    for test in elsewhere.chain(suite.of_function(function)) {
        deployment.denied().await;
        if suite.passes(test)? {
            continue;
        }
        let denied = deployment.denied().await;
        if denied.iter().any(|it| it.eq_ignore_ascii_case(&removal.action)) {
            return Ok(Some(test.to_owned()));
        }
        return Err(format!(
            "{test} failed without {}, but not for want of it; refused were {denied:?}",
            removal.right
        ));
    }
    Ok(None)
}

/// Lists what is left of a policy when one action, or one of several resources, is taken out of a statement.
fn removals(policy: &Value) -> Vec<Removal> {
    let statements = many(&policy["Statement"]);
    let mut removals = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let (actions, resources) = (many(&statement["Action"]), many(&statement["Resource"]));
        for action in &actions {
            let right = format!(
                "{} on {}",
                text(action),
                resources.iter().map(|it| short(text(it))).collect::<Vec<_>>().join(", ")
            );
            removals.push(without(
                policy,
                &statements,
                index,
                "Action",
                &actions,
                action,
                right,
                text(action),
            ));
        }
        if resources.len() > 1 {
            for resource in &resources {
                let right = format!(
                    "{} of {}",
                    short(text(resource)),
                    actions.iter().map(text).collect::<Vec<_>>().join(", ")
                );
                removals.push(without(
                    policy,
                    &statements,
                    index,
                    "Resource",
                    &resources,
                    resource,
                    right,
                    text(&actions[0]),
                ));
            }
        }
    }
    removals
}

#[expect(clippy::too_many_arguments, reason = "called twice, above")]
fn without(
    policy: &Value,
    statements: &[Value],
    index: usize,
    key: &str,
    all: &[Value],
    one: &Value,
    right: String,
    action: &str,
) -> Removal {
    let mut statements = statements.to_vec();
    let rest: Vec<_> = all.iter().filter(|it| *it != one).collect();
    if rest.is_empty() {
        // A policy needs a statement: one that allows nothing that is called.
        statements[index] =
            json!({ "Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*" });
    } else {
        statements[index][key] = json!(rest);
    }
    let mut policy = policy.clone();
    policy["Statement"] = statements.into();
    Removal { right, action: action.to_owned(), policy }
}

async fn put(aws: &Aws, role: &str, name: &str, policy: &Value) {
    let document = policy.to_string();
    aws.query(
        "iam",
        &[
            ("Action", "PutRolePolicy"),
            ("RoleName", role),
            ("PolicyName", name),
            ("PolicyDocument", &document),
        ],
    )
    .await;
}

/// Reads `<member>`s out of IAM's XML.
fn listed(xml: &str) -> Vec<String> {
    xml.split("<member>")
        .skip(1)
        .filter_map(|it| it.split_once("</member>"))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Reads the document, which is percent-encoded, out of IAM's XML.
fn policy(xml: &str) -> Result<Value, String> {
    let encoded = xml
        .split_once("<PolicyDocument>")
        .and_then(|(_, rest)| rest.split_once("</PolicyDocument>"));
    let (encoded, _) = encoded.ok_or_else(|| format!("no policy in {xml}"))?;
    let query =
        reqwest::Url::parse(&format!("policy:?it={encoded}")).map_err(|error| error.to_string())?;
    let document = query.query_pairs().next().map(|(_, it)| it.into_owned()).unwrap_or_default();
    serde_json::from_str(&document).map_err(|error| format!("{document}: {error}"))
}

/// A value that may stand alone or in a list.
fn many(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What an ARN says that differs between the stack's resources.
fn short(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}

/// `ShowAccount` is in `functions/show-account`.
fn folder(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}
