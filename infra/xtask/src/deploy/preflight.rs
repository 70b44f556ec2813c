//! Checks a deployment's tools, settings and credentials before anything is built, and reports all
//! errors at once.

use anyhow::{Context as _, Result, bail};

use crate::{
    architecture::Architecture,
    aws::{AwsCli, Stack, StackRef},
    process::root,
    settings::{Samconfig, Settings, Vendor, template_parameters},
    tools::{node, python, rust},
};

/// A checked deployment.
pub(super) struct Deployment {
    pub(super) aws: AwsCli,
    pub(super) stack_name: String,
    /// The stack before the deployment; `None` for the first deployment.
    pub(super) stack: Option<Stack>,
    pub(super) settings: Settings,
    pub(super) architecture: Architecture,
    /// The operator's own bucket for the functions' code; `None` for the SAM CLI's.
    pub(super) s3_bucket: Option<String>,
}

/// Checks tools, settings, credentials and the stack's status.
pub(super) fn run(stack_ref: &StackRef) -> Result<Deployment> {
    println!("== Checks");
    let mut errors = Errors::default();
    errors.check(node::ensure_packages());
    let has_aws_cli = errors.check(python::ensure(&[python::DEPLOY])).is_some();
    let samconfig = errors.check(Samconfig::read()).unwrap_or_default();
    let vendor = errors.check(Vendor::read());
    let template = errors.check(template_parameters()).unwrap_or_default();

    let mut settings = Settings::default();
    if let Some(vendor) = vendor {
        errors.0.extend(vendor.errors());
        let (merged, setting_errors) = Settings::merge(&samconfig, &vendor, &template);
        errors.0.extend(setting_errors);
        settings = merged;
    }
    let architecture = if settings.get("Architecture") == Some("x86_64") {
        Architecture::X86
    } else {
        Architecture::Arm64
    };
    errors.check(rust::ensure_target(architecture));

    let (aws, stack_name) = (stack_ref.cli(&samconfig), stack_ref.name(&samconfig));
    errors.check(aws.region());
    let mut stack = None;
    if has_aws_cli && errors.check(check_credentials(&aws)).is_some() {
        stack = errors.check(Stack::find(&aws, &stack_name)).flatten();
        errors.0.extend(stack.as_ref().and_then(status_error));
    }
    errors.into_result()?;
    let s3_bucket = samconfig.s3_bucket().map(str::to_owned);
    Ok(Deployment { aws, stack_name, stack, settings, architecture, s3_bucket })
}

/// Checks that the credentials are valid, and prints whose they are.
fn check_credentials(aws: &AwsCli) -> Result<()> {
    let identity = aws.json(&["sts", "get-caller-identity"]).with_context(|| {
        let aws = python::program("aws");
        let aws = aws.strip_prefix(root()).unwrap_or(&aws).display();
        format!(
            "AWS credentials are missing or expired; sign in ({aws} sso login, or {aws} configure) \
             or pass --profile"
        )
    })?;
    let text = |name: &str| identity[name].as_str().unwrap_or("?").to_owned();
    println!("   account {}, as {}", text("Account"), text("Arn"));
    Ok(())
}

/// Returns why a stack in this status cannot be updated, and what to do.
fn status_error(stack: &Stack) -> Option<String> {
    let Stack { name, status, .. } = stack;
    match status.as_str() {
        "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED" | "DELETE_FAILED" => {
            Some(format!(
                "the stack {name} could not be created or deleted ({status}); read its events in \
                 CloudFormation, delete it (cargo xtask deploy --destroy) and deploy again"
            ))
        }
        "UPDATE_ROLLBACK_FAILED" => Some(format!(
            "the stack {name} is stuck ({status}); continue its rollback in CloudFormation first"
        )),
        status if status.ends_with("_IN_PROGRESS") => Some(format!(
            "another change of the stack {name} is under way ({status}); try again when it is done"
        )),
        _ => None,
    }
}

/// Collects the errors of several checks.
#[derive(Default)]
struct Errors(Vec<String>);

impl Errors {
    /// Returns the value of a success, and keeps the error of a failure.
    fn check<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(format!("{error:#}"))).ok()
    }

    fn into_result(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = self.0.iter().map(|error| format!("- {error}")).collect();
        bail!("Nothing has been deployed. Fix these errors first:\n{}", lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;
    use crate::aws::stack;

    #[test]
    fn all_errors_are_reported_with_their_causes() {
        let mut errors = Errors::default();
        assert_eq!(errors.check(Ok(1)), Some(1));
        let missing = Err(anyhow!("not found").context("Node is missing"));
        assert_eq!(errors.check::<()>(missing), None);
        errors.0.push("MailIdentity is missing".to_owned());
        let text = errors.into_result().expect_err("two errors").to_string();
        let expected = "\n- Node is missing: not found\n- MailIdentity is missing";
        assert!(text.ends_with(expected), "{text}");
        assert!(Errors::default().into_result().is_ok());
    }

    #[test]
    fn a_stack_that_cannot_be_updated_is_an_error_with_advice() {
        let error = |status: &str| {
            let mut stack = stack(&[], &[]);
            status.clone_into(&mut stack.status);
            status_error(&stack)
        };
        assert_eq!(error("CREATE_COMPLETE"), None);
        assert_eq!(error("UPDATE_ROLLBACK_COMPLETE"), None);
        let advice = |status: &str| error(status).expect("an error");
        assert!(advice("ROLLBACK_COMPLETE").contains("--destroy"));
        assert!(advice("UPDATE_IN_PROGRESS").contains("try again"));
        assert!(advice("UPDATE_ROLLBACK_FAILED").contains("continue its rollback"));
    }
}
