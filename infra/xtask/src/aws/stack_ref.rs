//! Options that select the stack.

use anyhow::{Context as _, Result};
use clap::Args;

use super::{cli::AwsCli, stack::Stack};
use crate::{settings::Samconfig, tools::python};

/// Selects the stack. samconfig.toml supplies what is not given.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct StackRef {
    /// Name of the stack
    #[arg(long, global = true)]
    stack_name: Option<String>,
    /// AWS region
    #[arg(long, global = true)]
    region: Option<String>,
    /// Profile of your AWS credentials
    #[arg(long, global = true)]
    profile: Option<String>,
}

impl StackRef {
    /// Returns the stack's name.
    pub(crate) fn name(&self, samconfig: &Samconfig) -> String {
        let name = self.stack_name.as_deref().or(samconfig.stack_name());
        name.unwrap_or("portico").to_owned()
    }

    /// Returns the AWS CLI for the stack's region and profile.
    pub(crate) fn cli(&self, samconfig: &Samconfig) -> AwsCli {
        AwsCli::new(self.region.as_deref().or(samconfig.region()), self.profile.as_deref())
    }

    /// Finds the stack, and installs the AWS CLI if needed.
    ///
    /// # Errors
    /// If there is no such stack.
    pub(crate) fn find(&self) -> Result<(AwsCli, Stack)> {
        python::ensure(&[python::DEPLOY])?;
        let samconfig = Samconfig::read()?;
        let (aws, name) = (self.cli(&samconfig), self.name(&samconfig));
        let stack = Stack::find(&aws, &name)?.with_context(|| {
            format!(
                "there is no stack {name} in this account and region; \
                 check samconfig.toml, or deploy it first: cargo xtask deploy"
            )
        })?;
        Ok((aws, stack))
    }
}
