//! Least privilege by mutation: each permission of each function's role is removed once, and one of
//! the function's tests must fail.

use std::time::Instant;

use heck::ToKebabCase as _;
use serde_json::{Value, json};
use tests::{Aws, Deployment};

use crate::{Done, emulator::Emulator, say, suite::Suite};

/// The permission that is not removed: Lambda itself uses it, to send events that it gives up to
/// the dead-letter queue, and the emulator gives up none.
const SKIPPED: &str = "sqs:SendMessage";

/// The permission that a function uses only when its process starts.
const AT_START: &str = "secretsmanager:GetSecretValue";

/// Tests in other files that notice a function's missing permissions.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    (
        "deliver-mail",
        "ask_for_access::the_administrators_are_asked_and_the_asker_sees_only_that_it_is_open",
    ),
    (
        "deliver-mail",
        "appoint_administrator::an_account_of_hundreds_is_notified_in_parts_and_each_person_once",
    ),
    (
        "finish-sign-in",
        "show_professional::the_last_sign_in_is_recorded_with_the_providers_current_name",
    ),
    ("record-delivery", "deliver_mail::held::a_complaint_is_counted"),
    (
        "withdraw-access-request",
        "decide_access_request::a_requester_may_withdraw_until_the_decision",
    ),
    (
        "withdraw-access-request",
        "list_access_requests::open_requests_come_first_and_pages_follow_each_other",
    ),
];

/// A permission, and the role's policy without it.
struct Removal {
    permission: String,
    /// The action that the emulator must deny.
    action: String,
    policy: Value,
}

/// Removes each permission in turn.
pub(crate) async fn mutate(emulator: &Emulator, deployment: &Deployment) -> Done {
    let suite = Suite::build(emulator.file())?;
    let aws = deployment.aws();
    let (mut count, mut survivors) = (0, Vec::new());
    for (id, role) in &deployment.roles {
        let function = id.to_kebab_case();
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
                if removal.action == SKIPPED {
                    say(&format!(
                        "   {function:22} {:70} skipped: Lambda's own, for dead letters",
                        removal.permission
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
                    removal.permission,
                    by.as_deref().unwrap_or("NOTICED BY NO TEST"),
                    started.elapsed().as_millis()
                ));
                if by.is_none() {
                    survivors.push(format!("{function}: {}", removal.permission));
                }
            }
        }
    }
    say(&format!("   removed {count} permissions of {} functions", deployment.roles.len()));
    if survivors.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "no test needs these permissions; remove them from infra/template.yaml or add a \
             test:\n{}",
            survivors.join("\n")
        ))
    }
}

/// Runs the function's tests until one fails for lack of the permission, and returns its name.
async fn noticed_by(
    suite: &Suite,
    deployment: &Deployment,
    function: &str,
    removal: &Removal,
) -> Result<Option<String>, String> {
    if removal.action == AT_START {
        deployment.cold().await;
    }
    let elsewhere = ELSEWHERE.iter().filter(|(name, _)| *name == function).map(|(_, test)| *test);
    for test in elsewhere.chain(suite.of_function(function)) {
        deployment.denied().await;
        // On a busy machine a test may fail because it waited too long: then it is run once more.
        let mut denied = Vec::new();
        let mut passes = false;
        for _attempt in 0..2 {
            passes = suite.passes(test)?;
            denied = deployment.denied().await;
            if passes || !denied.is_empty() {
                break;
            }
        }
        if passes {
            continue;
        }
        if denied.iter().any(|action| action.eq_ignore_ascii_case(&removal.action)) {
            return Ok(Some(test.to_owned()));
        }
        return Err(format!(
            "{test} failed without {}, but for another reason; denied actions: {denied:?}",
            removal.permission
        ));
    }
    Ok(None)
}

/// Returns the policy without each of its actions, and without each resource of statements with
/// several.
fn removals(policy: &Value) -> Vec<Removal> {
    let statements = many(&policy["Statement"]);
    let mut removals = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let (actions, resources) = (many(&statement["Action"]), many(&statement["Resource"]));
        for action in &actions {
            let permission = format!(
                "{} on {}",
                text(action),
                resources
                    .iter()
                    .map(|resource| short(text(resource)))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            removals.push(without(
                policy,
                &statements,
                index,
                "Action",
                &actions,
                action,
                permission,
                text(action),
            ));
        }
        if resources.len() > 1 {
            for resource in &resources {
                let permission = format!(
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
                    permission,
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
    permission: String,
    action: &str,
) -> Removal {
    let mut statements = statements.to_vec();
    let rest: Vec<_> = all.iter().filter(|other| *other != one).collect();
    if rest.is_empty() {
        // A policy needs a statement: this one allows an action that nobody calls.
        statements[index] =
            json!({ "Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*" });
    } else {
        statements[index][key] = json!(rest);
    }
    let mut policy = policy.clone();
    policy["Statement"] = statements.into();
    Removal { permission, action: action.to_owned(), policy }
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

/// Returns the `<member>`s of IAM's XML.
fn listed(xml: &str) -> Vec<String> {
    xml.split("<member>")
        .skip(1)
        .filter_map(|part| part.split_once("</member>"))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Returns the percent-encoded policy document of IAM's XML.
fn policy(xml: &str) -> Result<Value, String> {
    let encoded = xml
        .split_once("<PolicyDocument>")
        .and_then(|(_, rest)| rest.split_once("</PolicyDocument>"));
    let (encoded, _) = encoded.ok_or_else(|| format!("no policy in {xml}"))?;
    let query = reqwest::Url::parse(&format!("policy:?document={encoded}"))
        .map_err(|error| error.to_string())?;
    let document =
        query.query_pairs().next().map(|(_, value)| value.into_owned()).unwrap_or_default();
    serde_json::from_str(&document).map_err(|error| format!("{document}: {error}"))
}

/// Returns the items of a list, or a single value as a list.
fn many(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns the part of an ARN that differs between the stack's resources.
fn short(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}
