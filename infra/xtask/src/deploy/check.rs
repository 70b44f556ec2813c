//! What must be there before anything is built: everything that is missing is named at once.

use crate::{
    aws::{Aws, Place},
    build::Architecture,
    command::{root, variable},
    settings::{Samconfig, Settings, Vendor},
    stack::Stack,
    template,
    terminal::say,
    tools, venv,
};

/// All that a deployment goes by.
pub(super) struct Ready {
    pub(super) aws: Aws,
    pub(super) stack_name: String,
    /// As it is before the deployment; none at the first.
    pub(super) stack: Option<Stack>,
    pub(super) settings: Settings,
    pub(super) architecture: Architecture,
    /// The operator's own bucket for the functions' code.
    pub(super) s3_bucket: Option<String>,
}

/// Checks tools, settings and credentials.
pub(super) fn run(place: &Place) -> Result<Ready, String> {
    say("== Checks");
    let mut missing = Missing::default();
    missing.take(tools::node_modules());
    let commands = missing.take(venv::ensure(&[venv::DEPLOY]));
    let samconfig = missing.take(Samconfig::read()).unwrap_or_default();
    let vendor = missing.take(Vendor::read());
    let template = missing.take(template::parameters()).unwrap_or_default();

    let mut settings = Settings::default();
    if let Some(vendor) = vendor {
        missing.add(vendor.faults());
        let (merged, faults) = Settings::merge(&samconfig, &vendor, &template);
        missing.add(faults);
        settings = merged;
    }
    let architecture = if settings.get("Architecture") == Some("x86_64") {
        Architecture::X86
    } else {
        Architecture::Arm64
    };
    missing.take(tools::rust_target(architecture));

    let stack_name =
        place.stack_name.as_deref().or(samconfig.stack_name()).unwrap_or("portico").to_owned();
    let region = place.region.clone().or(samconfig.region().map(str::to_owned));
    if region.is_none()
        && variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")).is_none()
    {
        missing
            .add(["there is no region: set region in samconfig.toml, or give --region".to_owned()]);
    }
    let aws = Aws::new(region.as_deref(), place.profile.as_deref());
    let mut stack = None;
    if commands.is_some() && missing.take(who(&aws)).is_some() {
        stack = missing.take(Stack::find(&aws, &stack_name)).flatten();
        missing.add(stack.as_ref().and_then(unfit));
    }
    missing.none()?;
    Ok(Ready {
        aws,
        stack_name,
        stack,
        settings,
        architecture,
        s3_bucket: samconfig.s3_bucket().map(str::to_owned),
    })
}

/// Asks AWS who the credentials are, which also finds out whether they are good.
fn who(aws: &Aws) -> Result<(), String> {
    let identity = aws.ask(&["sts", "get-caller-identity"]).map_err(|error| {
        format!(
            "AWS credentials are missing or no longer good: sign in (aws sso login, or aws configure; both are in {}) or name a --profile. {error}",
            tools_folder()
        )
    })?;
    say(&format!(
        "   account {}, as {}",
        identity["Account"].as_str().unwrap_or("?"),
        identity["Arn"].as_str().unwrap_or("?")
    ));
    Ok(())
}

fn tools_folder() -> String {
    let folder = venv::program("aws")
        .parent()
        .map(|it| it.strip_prefix(root()).unwrap_or(it).display().to_string());
    folder.unwrap_or_default()
}

/// Says why a stack cannot be changed, if so.
fn unfit(stack: &Stack) -> Option<String> {
    let Stack { name, status, .. } = stack;
    match status.as_str() {
        "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED" | "DELETE_FAILED" => {
            Some(format!(
                "the stack {name} could not be made or taken down ({status}); its events in CloudFormation say why. Take it away (cargo xtask deploy --destroy) and deploy again"
            ))
        }
        it if it.ends_with("_IN_PROGRESS") => Some(format!(
            "the stack {name} is being changed by somebody else ({it}); try again when that is done"
        )),
        "UPDATE_ROLLBACK_FAILED" => Some(format!(
            "the stack {name} is stuck ({status}): continue its rollback in CloudFormation first"
        )),
        _ => None,
    }
}

/// Collects what is missing.
#[derive(Default)]
struct Missing(Vec<String>);

impl Missing {
    /// Keeps the reason of a failure, and answers the value of a success.
    fn take<T>(&mut self, result: Result<T, String>) -> Option<T> {
        result.map_err(|reason| self.0.push(reason)).ok()
    }

    fn add(&mut self, faults: impl IntoIterator<Item = String>) {
        self.0.extend(faults);
    }

    fn none(self) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = self.0.iter().map(|it| format!("- {it}")).collect();
        Err(format!("Nothing has been deployed. This is missing or wrong:\n{}", lines.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stack::tests::stack;

    #[test]
    fn everything_missing_is_named_at_once() {
        let mut missing = Missing::default();
        assert_eq!(missing.take(Ok::<_, String>(1)), Some(1));
        assert_eq!(missing.take(Err::<(), _>("Node is missing".to_owned())), None);
        missing.add(["MailIdentity is missing".to_owned()]);
        let text = missing.none().expect_err("two");
        assert!(text.ends_with("\n- Node is missing\n- MailIdentity is missing"), "{text}");
        assert_eq!(Missing::default().none(), Ok(()));
    }

    #[test]
    fn a_stack_in_no_state_to_be_changed_is_named_with_what_to_do() {
        let in_state = |status: &str| {
            let mut stack = stack(&[], &[]);
            status.clone_into(&mut stack.status);
            unfit(&stack)
        };
        assert_eq!(
            (in_state("CREATE_COMPLETE"), in_state("UPDATE_ROLLBACK_COMPLETE")),
            (None, None)
        );
        assert!(in_state("ROLLBACK_COMPLETE").expect("unfit").contains("--destroy"));
        assert!(in_state("UPDATE_IN_PROGRESS").expect("unfit").contains("try again"));
        assert!(
            in_state("UPDATE_ROLLBACK_FAILED").expect("unfit").contains("continue its rollback")
        );
    }
}
