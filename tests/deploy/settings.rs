//! Settings of the stack that no request to the site shows: the table, the schedules, the address
//! behind CloudFront, and that another deployment changes nothing.

use serde_json::{Value, json};
use tests::Deployment;

use crate::{
    Done,
    emulator::Emulator,
    stack::{self, STACK},
};

/// The schedules: the end of the name, the function's logical id, and the expression.
const SCHEDULES: [(&str, &str, &str); 4] = [
    ("deliver-held-mail", "DeliverMail", "rate(5 minutes)"),
    ("flag-lapsed-plans", "FlagLapsedPlans", "rate(1 hour)"),
    ("remind-administrators", "RemindAdministrators", "rate(1 hour)"),
    ("route-access-requests", "RouteAccessRequests", "rate(1 hour)"),
];

/// Checks all settings.
pub(crate) async fn check(emulator: &Emulator, deployment: &Deployment) -> Done {
    table(emulator, deployment)?;
    let names = stack::resources(emulator, "AWS::Scheduler::Schedule")?;
    expect("the number of schedules", &names.len().into(), &SCHEDULES.len().into())?;
    for (end, function, rate) in SCHEDULES {
        let name = names
            .values()
            .find(|name| name.ends_with(&format!("-{end}")))
            .ok_or_else(|| format!("{end} is not in {names:?}"))?;
        schedule(emulator, deployment, (name, function, rate))
            .await
            .map_err(|reason| format!("{name}: {reason}"))?;
    }
    around_cloudfront(emulator).await?;
    again(emulator)
}

/// Checks that the functions answer nobody at API Gateway's own address, except CloudFront.
async fn around_cloudfront(emulator: &Emulator) -> Done {
    let apis = stack::resources(emulator, "AWS::ApiGatewayV2::Api")?;
    let api = apis.values().next().ok_or("there is no API")?;
    let endpoint = emulator.endpoint();
    let (_, port) = endpoint.rsplit_once(':').ok_or("the endpoint has no port")?;
    let host = format!("{api}.execute-api.localhost:{port}");
    for (key, wanted) in [(None, 403), (Some("a guess"), 403), (Some(stack::ORIGIN_KEY), 200)] {
        let mut request =
            reqwest::Client::new().get(format!("{endpoint}/api/session")).header("host", &host);
        if let Some(key) = key {
            request = request.header("x-origin-key", key);
        }
        let response = request.send().await.map_err(|error| error.to_string())?;
        let what = format!("the status at {host} with the key {key:?}");
        expect(&what, &response.status().as_u16().into(), &json!(wanted))?;
    }
    Ok(())
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
    let recovery = &backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"];
    expect("point-in-time recovery", &recovery["PointInTimeRecoveryStatus"], &json!("ENABLED"))
}

/// Checks a schedule and invokes its target as the scheduler does: with the schedule's input, and
/// only if the schedule's role may.
async fn schedule(
    emulator: &Emulator,
    deployment: &Deployment,
    (name, id, rate): (&str, &str, &str),
) -> Done {
    let schedule = emulator.aws(&["scheduler", "get-schedule", "--name", name])?;
    expect("the expression", &schedule["ScheduleExpression"], &json!(rate))?;
    expect("the time zone", &schedule["ScheduleExpressionTimezone"], &json!("UTC"))?;
    expect("the state", &schedule["State"], &json!("ENABLED"))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (target, role) = (text(&schedule["Target"]["Arn"]), text(&schedule["Target"]["RoleArn"]));
    let function = &deployment.functions[id];
    if !target.ends_with(&format!(":function:{function}")) {
        return Err(format!("the target is {target}, not {function}"));
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
    expect("the permission to invoke it", &may(&target)?.into(), &json!("allowed"))?;
    let other = target.replace(function, &deployment.functions["CreateAccount"]);
    expect(
        "the permission to invoke another function",
        &may(&other)?.into(),
        &json!("implicitDeny"),
    )?;
    let event = schedule["Target"]["Input"]
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_else(|| json!({}));
    deployment.invoke(id, &event).await.map(|_| ())
}

/// Deploys again, which must change nothing.
fn again(emulator: &Emulator) -> Done {
    let changed = || {
        emulator
            .aws(&["cloudformation", "describe-stacks", "--stack-name", STACK])
            .map(|answer| answer["Stacks"][0]["LastUpdatedTime"].clone())
    };
    let resources =
        || emulator.aws(&["cloudformation", "list-stack-resources", "--stack-name", STACK]);
    let before = (changed()?, resources()?);
    stack::deploy(emulator, stack::TEST_PROVIDER)?;
    let after = (changed()?, resources()?);
    if before == after {
        Ok(())
    } else {
        Err(format!("another deployment changed the stack:\n{before:?}\n{after:?}"))
    }
}

fn expect(what: &str, is: &Value, wanted: &Value) -> Done {
    if is == wanted { Ok(()) } else { Err(format!("{what} is {is}, not {wanted}")) }
}
