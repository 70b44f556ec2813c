//! What of the stack no request shows: the table's settings, the schedules, and that deploying again changes nothing.

use serde_json::{Value, json};
use tests::Deployment;

use crate::{
    Done,
    emulator::Emulator,
    stack::{self, STACK},
};

/// The schedules: the end of the name, the function's logical id, and how often.
const SCHEDULES: [(&str, &str, &str); 4] = [
    ("deliver-held-mail", "DeliverMail", "rate(5 minutes)"),
    ("flag-lapsed-plans", "FlagLapsedPlans", "rate(1 hour)"),
    ("remind-administrators", "RemindAdministrators", "rate(1 hour)"),
    ("route-access-requests", "RouteAccessRequests", "rate(1 hour)"),
];

/// Checks all of it.
pub(crate) async fn check(emulator: &Emulator, deployment: &Deployment) -> Done {
    table(emulator, deployment)?;
    let names = stack::resources(emulator, "AWS::Scheduler::Schedule")?;
    expect("the number of schedules", &names.len().into(), &SCHEDULES.len().into())?;
    for (end, function, rate) in SCHEDULES {
        let name = names
            .values()
            .find(|it| it.ends_with(&format!("-{end}")))
            .ok_or_else(|| format!("{end} is not in {names:?}"))?;
        schedule(emulator, deployment, (name, function, rate))
            .await
            .map_err(|reason| format!("{name}: {reason}"))?;
    }
    again(emulator)
}

fn table(emulator: &Emulator, deployment: &Deployment) -> Done {
    let named =
        |operation: &str| emulator.aws(&["dynamodb", operation, "--table-name", &deployment.table]);
    let table = named("describe-table")?["Table"].take();
    expect("billing", &table["BillingModeSummary"]["BillingMode"], &json!("PAY_PER_REQUEST"))?;
    expect("deletion protection", &table["DeletionProtectionEnabled"], &json!(true))?;
    expect(
        "the stream",
        &table["StreamSpecification"],
        &json!({ "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" }),
    )?;
    let expiry = named("describe-time-to-live")?;
    expect(
        "time to live",
        &expiry["TimeToLiveDescription"],
        &json!({ "TimeToLiveStatus": "ENABLED", "AttributeName": "ttl" }),
    )?;
    let backups = named("describe-continuous-backups")?;
    let recovery = &backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"];
    expect("point-in-time recovery", recovery, &json!("ENABLED"))
}

/// A schedule's target is invoked as the scheduler does it: with what the schedule sends, and by a role that may.
async fn schedule(
    emulator: &Emulator,
    deployment: &Deployment,
    (name, id, rate): (&str, &str, &str),
) -> Done {
    let schedule = emulator.aws(&["scheduler", "get-schedule", "--name", name])?;
    expect("how often", &schedule["ScheduleExpression"], &json!(rate))?;
    expect("its time zone", &schedule["ScheduleExpressionTimezone"], &json!("UTC"))?;
    expect("its state", &schedule["State"], &json!("ENABLED"))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (target, role) = (text(&schedule["Target"]["Arn"]), text(&schedule["Target"]["RoleArn"]));
    let function = &deployment.functions[id];
    if !target.ends_with(&format!(":function:{function}")) {
        return Err(format!("its target is {target}, not {function}"));
    }
    let may = |target: &str| -> Result<String, String> {
        let asked = [
            "iam",
            "simulate-principal-policy",
            "--policy-source-arn",
            &role,
            "--action-names",
            "lambda:InvokeFunction",
            "--resource-arns",
            target,
        ];
        Ok(text(&emulator.aws(&asked)?["EvaluationResults"][0]["EvalDecision"]))
    };
    expect("the right to invoke it", &may(&target)?.into(), &json!("allowed"))?;
    let other = target.replace(function, &deployment.functions["CreateAccount"]);
    expect("the right to invoke another", &may(&other)?.into(), &json!("implicitDeny"))?;
    let event = schedule["Target"]["Input"]
        .as_str()
        .and_then(|it| serde_json::from_str(it).ok())
        .unwrap_or_else(|| json!({}));
    deployment.invoke(id, &event).await.map(|_| ())
}

/// Deploys again, which has to find nothing to change.
fn again(emulator: &Emulator) -> Done {
    let changed = || {
        emulator
            .aws(&["cloudformation", "describe-stacks", "--stack-name", STACK])
            .map(|it| it["Stacks"][0]["LastUpdatedTime"].clone())
    };
    let resources =
        || emulator.aws(&["cloudformation", "list-stack-resources", "--stack-name", STACK]);
    let before = (changed()?, resources()?);
    stack::deploy(emulator, stack::TEST_PROVIDER)?;
    let after = (changed()?, resources()?);
    if before == after {
        Ok(())
    } else {
        Err(format!("deploying again has changed the stack:\n{before:?}\n{after:?}"))
    }
}

fn expect(what: &str, is: &Value, wanted: &Value) -> Done {
    if is == wanted { Ok(()) } else { Err(format!("{what}: {wanted} is wanted, and it is {is}")) }
}
