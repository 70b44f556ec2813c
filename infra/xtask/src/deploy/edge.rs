//! The stacks beside the portal's. CloudFront takes web ACLs from us-east-1 only and delivers its
//! logs from there only, while the portal's stack may be in any region.

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::{
    aws::{AwsCli, Stack},
    process::{run_step_and_read, shell},
    settings::{Settings, Template},
    tools::python,
};

/// CloudFront's region.
const REGION: &str = "us-east-1";

/// One of the stacks beside the portal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The web ACL, which the distribution names, so it exists before it and after it.
    WebAcl,
    /// The log of CloudFront's requests, which names the distribution.
    CdnLog,
}

/// What a deployment does with a stack beside the portal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Create,
    Update,
    Delete,
    Keep,
}

/// A stack beside the portal's, as it should be.
pub(super) struct EdgeStack {
    kind: Kind,
    aws: AwsCli,
    name: String,
    parameters: Vec<(String, String)>,
    /// Whether the settings turn it on.
    pub(super) is_wanted: bool,
    pub(super) change: Change,
}

impl Kind {
    fn template(self) -> Template {
        match self {
            Self::WebAcl => Template::WebAcl,
            Self::CdnLog => Template::CdnLog,
        }
    }

    /// Returns the parameter that turns it on and off.
    fn switch(self) -> &'static str {
        match self {
            Self::WebAcl => "WebAcl",
            Self::CdnLog => "CdnLog",
        }
    }

    /// Returns the name of the stack beside the portal's stack `portal` in `region`. Portals of one
    /// name in several regions, as during a move, have stacks of their own.
    fn stack_name(self, portal: &str, region: &str) -> String {
        let suffix = match self {
            Self::WebAcl => "web-acl",
            Self::CdnLog => "cdn-log",
        };
        format!("{portal}-{region}-{suffix}")
    }
}

impl EdgeStack {
    /// Finds out what to do with the stack of `kind`. `generated` are parameters that are no
    /// settings.
    pub(super) fn plan(
        kind: Kind,
        aws: &AwsCli,
        portal: &str,
        settings: &Settings,
        generated: &[(&str, &str)],
    ) -> Result<Self> {
        let (name, aws) = (kind.stack_name(portal, &aws.region()?), aws.in_region(REGION));
        let mut parameters = settings.of(&kind.template().parameters()?);
        parameters.extend(
            generated.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let is_wanted = settings.get(kind.switch()).is_some_and(|value| value != "off");
        let existing = match Stack::find(&aws, &name) {
            // Some AWS accounts may use no other region than their own.
            Err(error) if !is_wanted => {
                println!("   {} is off; cannot look for it in {REGION}: {error:#}", kind.switch());
                None
            }
            found => found?,
        };
        let is_current = match &existing {
            Some(stack) if is_wanted => {
                has_parameters(stack, &parameters)
                    && stack.template(&aws)? == kind.template().text()?
            }
            _ => false,
        };
        let change = change(is_wanted, existing.is_some(), is_current);
        Ok(Self { kind, aws, name, parameters, is_wanted, change })
    }

    /// Describes the change for the operator; `None` if there is none.
    pub(super) fn announcement(&self) -> Option<String> {
        let what = match self.kind {
            Kind::WebAcl => "web ACL",
            Kind::CdnLog => "log of CloudFront's requests",
        };
        let change = match self.change {
            Change::Create => "is created; infra/README.md says what it costs",
            Change::Update => "is updated",
            Change::Delete => "is deleted",
            Change::Keep => return None,
        };
        Some(format!("The {what} (stack {} in {REGION}) {change}.", self.name))
    }

    /// Returns an output of the stack as it is now; `None` without the stack.
    pub(super) fn output(&self, name: &str) -> Result<Option<String>> {
        let stack = Stack::find(&self.aws, &self.name)?;
        Ok(stack.and_then(|stack| stack.output(name).map(str::to_owned)))
    }

    /// Creates, updates or deletes the stack.
    pub(super) fn apply(&self) -> Result<()> {
        match self.change {
            Change::Create | Change::Update => self.deploy(),
            Change::Delete => delete(&self.aws, &self.name),
            Change::Keep => Ok(()),
        }
    }

    fn deploy(&self) -> Result<()> {
        let sh = shell()?;
        let (aws, path, name) =
            (python::program("aws"), self.kind.template().path(), self.name.as_str());
        let (parameters, options) = (overrides(&self.parameters), self.aws.options());
        let command = cmd!(
            sh,
            "{aws} cloudformation deploy --template-file {path} --stack-name {name}
                --no-fail-on-empty-changeset --parameter-overrides {parameters...} {options...}"
        );
        run_step_and_read(&format!("Stack {name}"), command.env("AWS_PAGER", ""))?;
        Ok(())
    }
}

/// Deletes the stack of `kind` beside the portal's stack `portal`, if there is one.
pub(super) fn delete_if_exists(kind: Kind, aws: &AwsCli, portal: &str) -> Result<()> {
    let (name, aws) = (kind.stack_name(portal, &aws.region()?), aws.in_region(REGION));
    match Stack::find(&aws, &name)? {
        Some(_) => delete(&aws, &name),
        None => Ok(()),
    }
}

fn delete(aws: &AwsCli, name: &str) -> Result<()> {
    println!("== Stack {name}: CloudFormation deletes it");
    aws.run(&["cloudformation", "delete-stack", "--stack-name", name])?;
    aws.run(&["cloudformation", "wait", "stack-delete-complete", "--stack-name", name])
        .with_context(|| format!("the stack {name} in {REGION} is not deleted; try again later"))
}

fn change(is_wanted: bool, exists: bool, is_current: bool) -> Change {
    match (is_wanted, exists) {
        (true, false) => Change::Create,
        (true, true) if is_current => Change::Keep,
        (true, true) => Change::Update,
        (false, true) => Change::Delete,
        (false, false) => Change::Keep,
    }
}

fn has_parameters(stack: &Stack, parameters: &[(String, String)]) -> bool {
    parameters.iter().all(|(name, value)| stack.parameter(name) == Some(value))
}

fn overrides(parameters: &[(String, String)]) -> Vec<String> {
    parameters.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::stack;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_stack_is_created_updated_and_deleted_as_the_setting_says() {
        for (wanted, exists, current, expected) in [
            (true, false, false, Change::Create),
            (true, true, false, Change::Update),
            (true, true, true, Change::Keep),
            (false, true, false, Change::Delete),
            (false, false, false, Change::Keep),
        ] {
            assert_eq!(change(wanted, exists, current), expected, "{wanted} {exists} {current}");
        }
    }

    #[test]
    fn every_parameter_counts_for_whether_a_stack_is_current() {
        let existing = stack(&[], &[("WebAcl", "block"), ("RequestsByAddress", "3000")]);
        let current = |list: &[(&str, &str)]| has_parameters(&existing, &pairs(list));
        assert!(current(&[("WebAcl", "block"), ("RequestsByAddress", "3000")]));
        assert!(!current(&[("WebAcl", "count"), ("RequestsByAddress", "3000")]));
        assert!(!current(&[("WebAcl", "block"), ("Another", "")]));
    }

    #[test]
    fn portals_of_one_name_in_two_regions_have_stacks_of_their_own() {
        let names = [
            Kind::WebAcl.stack_name("portico", "eu-central-1"),
            Kind::WebAcl.stack_name("portico", "eu-west-1"),
            Kind::CdnLog.stack_name("portico", "eu-central-1"),
        ];
        assert_eq!(
            names,
            [
                "portico-eu-central-1-web-acl",
                "portico-eu-west-1-web-acl",
                "portico-eu-central-1-cdn-log"
            ]
        );
    }

    #[test]
    fn the_switch_of_each_stack_is_a_parameter_of_its_template_and_off_by_default() {
        for kind in [Kind::WebAcl, Kind::CdnLog] {
            let parameters = kind.template().parameters().expect("parameters");
            let switch = &parameters[kind.switch()];
            assert_eq!(switch.default().as_deref(), Some("off"), "{kind:?}");
        }
    }

    #[test]
    fn parameters_are_passed_as_the_command_line_expects() {
        assert_eq!(overrides(&pairs(&[("WebAcl", "block"), ("A", "")])), ["WebAcl=block", "A="]);
    }
}
