//! Deploys the stack to the emulator as to AWS, and reads its outputs and resources.

use std::{collections::BTreeMap, fs};

use local::Options;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tests::Deployment;

use crate::emulator::{Emulator, REGION, root};

/// The stack's name.
pub(crate) const STACK: &str = "portico";

/// The bucket of the packaged functions.
const BUCKET: &str = "portico-packages";

/// Zips the functions named after two folders, from the first into the second, without compression,
/// which would take most of the deployment's time. `sam package` uploads zips as they are.
const ZIP: &str = "
import sys, zipfile
built, zips, *functions = sys.argv[1:]
for name in functions:
    with zipfile.ZipFile(f'{zips}/{name}.zip', 'w', zipfile.ZIP_STORED) as archive:
        archive.write(f'{built}/{name}/bootstrap', 'bootstrap')
";

/// The secret by which the functions recognize CloudFront.
pub(crate) const ORIGIN_KEY: &str = "a-key-of-the-deploy-tests-0123456789abcdefgh";

/// The identity provider of the suites.
pub(crate) const TEST_PROVIDER: &str = "test";

/// Deploys the template, or an update of it, with one identity provider, which must listen on
/// [`Emulator::provider_port`].
pub(crate) fn deploy(emulator: &Emulator, provider: &str) -> Result<Deployment, String> {
    // Production access to SES, for which operators ask AWS (see the run book).
    emulator.tool(
        "aws",
        &[
            "sesv2",
            "put-account-details",
            "--mail-type",
            "TRANSACTIONAL",
            "--website-url",
            "https://portal.example",
            "--production-access-enabled",
        ],
    )?;
    let parameters = parameters(emulator, provider);
    let template = packaged(emulator)?;
    let mut arguments = vec![
        "deploy",
        "--template-file",
        &template,
        "--stack-name",
        STACK,
        "--region",
        REGION,
        "--s3-bucket",
        BUCKET,
    ];
    arguments.extend([
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
    ]);
    arguments.push("--parameter-overrides");
    arguments.extend(parameters.iter().map(String::as_str));
    emulator.tool("sam", &arguments).map_err(|error| format!("{error}\n{}", emulator.log()))?;
    let deployment = find(emulator)?;
    let secrets = json!({ "test": "a secret of the tests" }).to_string();
    emulator.tool(
        "aws",
        &[
            "secretsmanager",
            "put-secret-value",
            "--secret-id",
            &output(emulator, "ProviderSecrets")?,
            "--secret-string",
            &secrets,
        ],
    )?;
    fs::write(
        emulator.file(),
        serde_json::to_vec_pretty(&deployment).map_err(|error| error.to_string())?,
    )
    .map_err(|error| error.to_string())?;
    Ok(deployment)
}

/// Uploads the functions built for the emulator, once, and returns the path of the template that
/// names them there.
fn packaged(emulator: &Emulator) -> Result<String, String> {
    let packaged = emulator.folder().join("packaged.yaml").to_string_lossy().into_owned();
    if fs::exists(&packaged).unwrap_or(false) {
        return Ok(packaged);
    }
    let template = fs::read_to_string(root().join("infra/template.yaml"))
        .map_err(|error| format!("infra/template.yaml: {error}"))?;
    let template = with_zips(emulator, &template)?;
    let path = emulator.folder().join("template.yaml");
    fs::write(&path, template).map_err(|error| format!("{}: {error}", path.display()))?;
    emulator.tool("aws", &["s3", "mb", &format!("s3://{BUCKET}")])?;
    emulator.tool(
        "sam",
        &[
            "package",
            "--template-file",
            &path.to_string_lossy(),
            "--output-template-file",
            &packaged,
            "--s3-bucket",
            BUCKET,
            "--no-progressbar",
        ],
    )?;
    Ok(packaged)
}

/// Zips the functions, and returns the template with the zips as their code.
fn with_zips(emulator: &Emulator, template: &str) -> Result<String, String> {
    let zips = emulator.folder().to_string_lossy();
    let mut functions = Vec::new();
    let zipped = template.lines().map(|line| {
        let Some((indent, name)) = line.split_once("CodeUri: ../target/lambda/") else {
            return line.to_owned();
        };
        functions.push(name);
        format!("{indent}CodeUri: {zips}/{name}.zip")
    });
    let zipped = zipped.collect::<Vec<_>>().join("\n");
    let built = root().join("target/emulator").to_string_lossy().into_owned();
    let mut arguments = vec!["-c", ZIP, &built, &zips];
    arguments.extend(functions);
    emulator.tool("python", &arguments)?;
    Ok(zipped)
}

/// Returns an output of the stack.
pub(crate) fn output(emulator: &Emulator, name: &str) -> Result<String, String> {
    let described = emulator.aws(&["cloudformation", "describe-stacks", "--stack-name", STACK])?;
    let outputs = described["Stacks"][0]["Outputs"].as_array().into_iter().flatten();
    let value = outputs
        .filter(|output| output["OutputKey"] == name)
        .find_map(|output| output["OutputValue"].as_str());
    value.map(str::to_owned).ok_or_else(|| format!("the stack has no output {name}"))
}

/// Returns the stack's resources of a type: their logical and physical ids.
pub(crate) fn resources(
    emulator: &Emulator,
    kind: &str,
) -> Result<BTreeMap<String, String>, String> {
    let listed =
        emulator.aws(&["cloudformation", "list-stack-resources", "--stack-name", STACK])?;
    let text = |resource: &Value, key: &str| resource[key].as_str().unwrap_or_default().to_owned();
    let all = listed["StackResourceSummaries"].as_array().into_iter().flatten();
    Ok(all
        .filter(|resource| resource["ResourceType"] == kind)
        .map(|resource| (text(resource, "LogicalResourceId"), text(resource, "PhysicalResourceId")))
        .collect())
}

fn find(emulator: &Emulator) -> Result<Deployment, String> {
    let functions = resources(emulator, "AWS::Lambda::Function")?;
    let roles = resources(emulator, "AWS::IAM::Role")?;
    let of_function = |(id, role): (String, String)| {
        Some((
            id.strip_suffix("Role").filter(|name| functions.contains_key(*name))?.to_owned(),
            role,
        ))
    };
    Ok(Deployment {
        url: emulator.site(),
        endpoint: emulator.endpoint(),
        region: REGION.to_owned(),
        table: output(emulator, "TableName")?,
        roles: roles.into_iter().filter_map(of_function).collect(),
        functions,
        provider_port: emulator.provider_port,
        companion_port: emulator.companion_port,
        clock: emulator.clock(),
    })
}

/// Returns the tests' settings as parameters of the template.
fn parameters(emulator: &Emulator, provider: &str) -> Vec<String> {
    let options = Options::default();
    let issuer = format!("http://127.0.0.1:{}", emulator.provider_port);
    let providers = json!([{
        "id": provider,
        "name": "Test sign-in",
        "issuer": issuer,
        "client_id": "portico",
    }])
    .to_string();
    let (access_mailbox, vendor) =
        (options.access_mailbox.unwrap_or_default(), options.vendor.unwrap_or_default());
    let domain =
        options.mail_from.rsplit('@').next().unwrap_or_default().trim_end_matches('>').to_owned();
    let values = [
        ("SiteUrl", emulator.site()),
        ("OriginKey", ORIGIN_KEY.to_owned()),
        ("OriginKeyHash", format!("{:x}", Sha256::digest(ORIGIN_KEY))),
        ("MailFrom", options.mail_from),
        ("MailIdentity", domain),
        ("AccessMailbox", access_mailbox),
        ("Vendor", vendor),
        ("GraceDays", options.grace_days.to_string()),
        ("InvitationDays", options.invitation_days.to_string()),
        ("Providers", providers),
        ("Architecture", "x86_64".to_owned()),
    ];
    // sam needs values in quotation marks, with a backslash before quotation marks inside.
    values
        .into_iter()
        .map(|(name, value)| format!("{name}=\"{}\"", value.replace('"', "\\\"")))
        .collect()
}
