//! What of the stack no request shows: the table's settings, the schedule, and that deploying again changes nothing.

use serde_json::{Value, json};
use tests::Deployment;

use crate::{
    Done,
    emulator::Emulator,
    stack::{self, STACK},
};

/// Checks all of it.
pub(crate) async fn check(emulator: &Emulator, deployment: &Deployment) -> Done {
    table(emulator, deployment)?;
    schedule(emulator, deployment).await?;
    again(emulator)
}

fn table(emulator: &Emulator, deployment: &Deployment) -> Done {
    let named = |operation: &str| emulator.aws(&["dynamodb", operation, "--table-name", &deployment.table]);
    let table = named("describe-table")?["Table"].take();
    expect("billing", &table["BillingModeSummary"]["BillingMode"], &json!("PAY_PER_REQUEST"))?;
    expect("deletion protection", &table["DeletionProtectionEnabled"], &json!(true))?;
    expect("the stream", &table["StreamSpecification"], &json!({ "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" }))?;
    let expiry = named("describe-time-to-live")?;
    expect("time to live", &expiry["TimeToLiveDescription"], &json!({ "TimeToLiveStatus": "ENABLED", "AttributeName": "ttl" }))?;
    let backups = named("describe-continuous-backups")?;
    let recovery = &backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"];
    expect("point-in-time recovery", recovery, &json!("ENABLED"))
}

/// The schedule's target is invoked as the scheduler does it: with what the schedule sends, and by a role that may.
async fn schedule(emulator: &Emulator, deployment: &Deployment) -> Done {
    let schedules = stack::resources(emulator, "AWS::Scheduler::Schedule")?;
    let name = schedules.values().find(|it| it.ends_with("-flag-lapsed-plans")).ok_or_else(|| format!("the schedule is not in {schedules:?}"))?;
    let schedule = emulator.aws(&["scheduler", "get-schedule", "--name", name])?;
    expect("the schedule's hour", &schedule["ScheduleExpression"], &json!("cron(5 0 * * ? *)"))?;
    expect("its time zone", &schedule["ScheduleExpressionTimezone"], &json!("UTC"))?;
    expect("its state", &schedule["State"], &json!("ENABLED"))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (target, role) = (text(&schedule["Target"]["Arn"]), text(&schedule["Target"]["RoleArn"]));
    let function = &deployment.functions["FlagLapsedPlans"];
    if !target.ends_with(&format!(":function:{function}")) {
        return Err(format!("the schedule's target is {target}, not {function}"));
    }
    let may = |target: &str| -> Result<String, String> {
        let asked =
            ["iam", "simulate-principal-policy", "--policy-source-arn", &role, "--action-names", "lambda:InvokeFunction", "--resource-arns", target];
        Ok(text(&emulator.aws(&asked)?["EvaluationResults"][0]["EvalDecision"]))
    };
    expect("the right to invoke it", &may(&target)?.into(), &json!("allowed"))?;
    let other = target.replace(function, &deployment.functions["CreateAccount"]);
    expect("the right to invoke another", &may(&other)?.into(), &json!("implicitDeny"))?;
    let event = schedule["Target"]["Input"].as_str().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_else(|| json!({}));
    deployment.invoke("flag-lapsed-plans", &event).await.map(|_| ())
}

/// Deploys again, which has to find nothing to change.
fn again(emulator: &Emulator) -> Done {
    let changed = || emulator.aws(&["cloudformation", "describe-stacks", "--stack-name", STACK]).map(|it| it["Stacks"][0]["LastUpdatedTime"].clone());
    let resources = || emulator.aws(&["cloudformation", "list-stack-resources", "--stack-name", STACK]);
    let before = (changed()?, resources()?);
    stack::deploy(emulator, stack::TEST_PROVIDER)?;
    let after = (changed()?, resources()?);
    if before == after { Ok(()) } else { Err(format!("deploying again has changed the stack:\n{before:?}\n{after:?}")) }
}

fn expect(what: &str, is: &Value, wanted: &Value) -> Done {
    if is == wanted { Ok(()) } else { Err(format!("{what}: {wanted} is wanted, and it is {is}")) }
}
