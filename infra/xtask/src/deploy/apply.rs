//! Deploys the portal's stack by `sam deploy`, twice if only the first run reveals the site's
//! address, and the stacks beside it.

use anyhow::{Context as _, Result, bail};
use xshell::cmd;

use super::{
    edge::{Change, EdgeStack, Kind},
    origin_key::OriginKey,
    preflight::Deployment,
};
use crate::{
    aws::Stack,
    private_file::PrivateFile,
    process::{run_step_and_read, shell},
    settings::{PLACEHOLDER_SITE_URL, Template},
    terminal::prompt,
    tools::python,
};

/// What `sam deploy` prints if the stack is up to date.
const UNCHANGED: &str = "No changes to deploy";

/// How to deploy the stack.
#[derive(Clone, Copy)]
pub(super) struct Options {
    /// Shows the changes and asks before they are applied.
    pub(super) confirm: bool,
    /// Replaces the origin key.
    pub(super) new_origin_key: bool,
}

/// What `sam deploy` does with the changes.
#[derive(Clone, Copy)]
enum Mode {
    Preview,
    Execute,
}

/// A step of a deployment.
#[derive(Debug, PartialEq)]
enum Step {
    /// Changes a stack beside the portal's.
    Edge(Kind),
    /// Deploys the portal's stack with these parameters beside its settings.
    Portal(Vec<(&'static str, String)>),
}

/// Deploys the stacks and returns the portal's, with whether anything has changed.
pub(super) fn run(deployment: &Deployment, options: Options) -> Result<(Stack, bool)> {
    let existing = deployment.stack.as_ref();
    let known_url = existing.and_then(|stack| stack.output("SiteUrl")).map(str::to_owned);
    let site_url = deployment.settings.custom_domain_url().or(known_url);
    let mut site_url = site_url.unwrap_or_else(|| PLACEHOLDER_SITE_URL.to_owned());
    let distribution = existing.and_then(|stack| stack.output("DistributionId"));
    let web_acl = edge(deployment, Kind::WebAcl, &[])?;
    let cdn_log =
        edge(deployment, Kind::CdnLog, &[("DistributionId", distribution.unwrap_or_default())])?;

    let known_hashes = existing.and_then(|stack| stack.parameter("OriginKeyHash"));
    let key = match known_hashes {
        Some(_) if !options.new_origin_key => None,
        _ => Some(OriginKey::generate()?),
    };
    let steps = steps(web_acl.change, cdn_log.change, rollout(known_hashes, key.as_ref()));

    if options.confirm && !confirm(deployment, &site_url, &steps, &web_acl, &cdn_log)? {
        return Ok((find(deployment)?, false));
    }
    let mut changed = false;
    for step in steps {
        match step {
            Step::Edge(Kind::WebAcl) => {
                web_acl.apply()?;
                changed = true;
            }
            Step::Edge(Kind::CdnLog) => {
                // Only now it is known, if this was the first deployment.
                let stack = find(deployment)?;
                let distribution = stack.required_output("DistributionId")?;
                edge(deployment, Kind::CdnLog, &[("DistributionId", distribution)])?.apply()?;
                changed = true;
            }
            Step::Portal(parameters) => {
                let acl = web_acl_arn(&web_acl)?;
                let deploy = |heading: &str, site_url: &str, parameters: &[(&str, String)]| {
                    let generated = generated(site_url, &acl, parameters);
                    sam_deploy(deployment, heading, &generated, Mode::Execute)
                };
                changed |= deploy("Stack", &site_url, &parameters)?;
                let assigned = find(deployment)?.required_output("SiteUrl")?.to_owned();
                if assigned != site_url {
                    println!(
                        "   CloudFront assigned {assigned}; deploying again to tell the functions."
                    );
                    changed |= deploy("Stack, with its address", &assigned, &[])?;
                    site_url = assigned;
                }
            }
        }
    }
    Ok((find(deployment)?, changed))
}

fn edge(deployment: &Deployment, kind: Kind, generated: &[(&str, &str)]) -> Result<EdgeStack> {
    let Deployment { aws, stack_name, settings, .. } = deployment;
    EdgeStack::plan(kind, aws, stack_name, settings, generated)
}

/// Returns the web ACL that the distribution is to have; empty for none.
fn web_acl_arn(web_acl: &EdgeStack) -> Result<String> {
    if !web_acl.is_wanted {
        return Ok(String::new());
    }
    Ok(web_acl.output("WebAclArn")?.unwrap_or_default())
}

/// Returns the steps of a deployment in their order. The distribution names the web ACL: that is
/// created before, and deleted once the distribution has none. The log names the distribution.
fn steps(web_acl: Change, cdn_log: Change, portal: Vec<Vec<(&'static str, String)>>) -> Vec<Step> {
    let mut steps = Vec::new();
    if matches!(web_acl, Change::Create | Change::Update) {
        steps.push(Step::Edge(Kind::WebAcl));
    }
    steps.extend(portal.into_iter().map(Step::Portal));
    if web_acl == Change::Delete {
        steps.push(Step::Edge(Kind::WebAcl));
    }
    if cdn_log != Change::Keep {
        steps.push(Step::Edge(Kind::CdnLog));
    }
    steps
}

/// Returns the parameters of each deployment of the portal's stack that a new origin `key` needs.
///
/// The functions refuse requests without a key that they know. So where there is a key already they
/// first accept both, then CloudFront sends the new one, which takes minutes, and then they forget
/// the old one. CloudFormation keeps a parameter that is left out: the key is passed once and not
/// stored.
fn rollout(
    known_hashes: Option<&str>,
    key: Option<&OriginKey>,
) -> Vec<Vec<(&'static str, String)>> {
    let Some(OriginKey { key, hash }) = key else { return vec![vec![]] };
    match known_hashes {
        None => vec![vec![("OriginKey", key.clone()), ("OriginKeyHash", hash.clone())]],
        Some(known) => vec![
            vec![("OriginKeyHash", format!("{known},{hash}"))],
            vec![("OriginKey", key.clone())],
            vec![("OriginKeyHash", hash.clone())],
        ],
    }
}

/// Returns the parameters that are no settings.
fn generated<'a>(
    site_url: &'a str,
    web_acl_arn: &'a str,
    parameters: &'a [(&str, String)],
) -> Vec<(&'a str, &'a str)> {
    let own = parameters.iter().map(|(name, value)| (*name, value.as_str()));
    [("SiteUrl", site_url), ("WebAclArn", web_acl_arn)].into_iter().chain(own).collect()
}

/// Shows the changes and asks whether to apply them. Returns false if there are none.
///
/// # Errors
/// If the answer is no.
fn confirm(
    deployment: &Deployment,
    site_url: &str,
    steps: &[Step],
    web_acl: &EdgeStack,
    cdn_log: &EdgeStack,
) -> Result<bool> {
    let first = steps.iter().find_map(|step| match step {
        Step::Portal(parameters) => Some(parameters.as_slice()),
        Step::Edge(_) => None,
    });
    let acl = web_acl_arn(web_acl)?;
    let generated = generated(site_url, &acl, first.unwrap_or_default());
    let changes = sam_deploy(deployment, "Preview of the changes", &generated, Mode::Preview)?;
    let announcements: Vec<_> =
        [web_acl, cdn_log].iter().filter_map(|edge| edge.announcement()).collect();
    for announcement in &announcements {
        println!("   {announcement}");
    }
    if !changes && announcements.is_empty() {
        return Ok(false);
    }
    if !is_yes(&prompt("Apply these changes? [y/N]")?) {
        bail!("Nothing has been changed.");
    }
    Ok(true)
}

/// Runs `sam deploy` for the portal's stack and returns whether there was anything to change.
fn sam_deploy(
    deployment: &Deployment,
    heading: &str,
    generated: &[(&str, &str)],
    mode: Mode,
) -> Result<bool> {
    // In a file: any user of the machine can list a process's arguments.
    let parameters = deployment.settings.parameter_file(&Template::Portal.parameters()?, generated);
    let file = PrivateFile::write("yaml", &parameters)?;
    let sh = shell()?;
    let (sam, parameters, stack_name) =
        (python::program("sam"), file.url(), &deployment.stack_name);
    let bucket = deployment.s3_bucket.is_none().then_some("--resolve-s3");
    let mode = match mode {
        Mode::Preview => "--no-execute-changeset",
        Mode::Execute => "--no-confirm-changeset",
    };
    let aws_options = deployment.aws.options();
    let command = cmd!(
        sh,
        "{sam} deploy --template-file infra/template.yaml --stack-name {stack_name}
            --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --no-progressbar
            {bucket...} --parameter-overrides {parameters} {mode} {aws_options...}"
    );
    let output = run_step_and_read(heading, command.env("SAM_CLI_TELEMETRY", "0"))?;
    Ok(!output.contains(UNCHANGED))
}

fn find(deployment: &Deployment) -> Result<Stack> {
    let name = &deployment.stack_name;
    Stack::find(&deployment.aws, name)?.with_context(|| {
        format!(
            "the stack {name} is missing after its deployment; see its events in CloudFormation"
        )
    })
}

fn is_yes(answer: &str) -> bool {
    ["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> OriginKey {
        OriginKey { key: "the new key".to_owned(), hash: "new".to_owned() }
    }

    fn portal(parameters: &[(&'static str, &str)]) -> Step {
        Step::Portal(parameters.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    #[test]
    fn the_web_acl_exists_before_the_distribution_names_it_and_the_log_after_it() {
        let order = |web_acl, cdn_log| steps(web_acl, cdn_log, rollout(Some("old"), None));
        let (acl, log) = (|| Step::Edge(Kind::WebAcl), || Step::Edge(Kind::CdnLog));
        for change in [Change::Create, Change::Update] {
            assert_eq!(order(change, change), [acl(), portal(&[]), log()]);
            assert_eq!(order(change, Change::Keep), [acl(), portal(&[])]);
            assert_eq!(order(Change::Keep, change), [portal(&[]), log()]);
        }
        assert_eq!(order(Change::Delete, Change::Delete), [portal(&[]), acl(), log()]);
        assert_eq!(order(Change::Keep, Change::Keep), [portal(&[])]);
    }

    #[test]
    fn a_new_key_is_accepted_before_cloudfront_sends_it_and_the_old_one_until_it_does() {
        let order =
            |known, key: Option<&OriginKey>| steps(Change::Keep, Change::Keep, rollout(known, key));
        assert_eq!(
            order(None, Some(&key())),
            [portal(&[("OriginKey", "the new key"), ("OriginKeyHash", "new")])]
        );
        assert_eq!(order(Some("old"), None), [portal(&[])]);
        assert_eq!(
            order(Some("old"), Some(&key())),
            [
                portal(&[("OriginKeyHash", "old,new")]),
                portal(&[("OriginKey", "the new key")]),
                portal(&[("OriginKeyHash", "new")]),
            ]
        );
        // A replacement that stopped on the way is made up for by the next.
        assert_eq!(
            order(Some("older,old"), Some(&key()))[0],
            portal(&[("OriginKeyHash", "older,old,new")])
        );
    }

    #[test]
    fn address_and_web_acl_are_always_passed() {
        assert_eq!(
            generated("https://p.example", "", &[("OriginKeyHash", "new".to_owned())]),
            [("SiteUrl", "https://p.example"), ("WebAclArn", ""), ("OriginKeyHash", "new")]
        );
    }

    #[test]
    fn only_yes_counts_as_yes() {
        assert!(is_yes("y") && is_yes(" YES "));
        assert!(!is_yes("") && !is_yes("n") && !is_yes("yeah"));
    }
}
