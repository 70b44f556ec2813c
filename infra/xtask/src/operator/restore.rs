//! Restores accounts from another table: one restored to a point in time, or an older stack's.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::{
    aws::{AwsCli, Stack},
    process::{run_step, shell},
    tools::python,
};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The table to restore from
    #[arg(long)]
    from: String,
    /// Region of that table, if it is in another one
    #[arg(long)]
    from_region: Option<String>,
    /// Id of the only account to restore
    #[arg(long)]
    account: Option<String>,
    /// Prints what would change, and changes nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs infra/restore.py on the stack's table.
pub(super) fn run(aws: &AwsCli, stack: &Stack, arguments: &Arguments) -> Result<()> {
    let (sh, python) = (shell()?, python::program("python"));
    let options = options(arguments, stack.required_output("TableName")?, &aws.region()?);
    let mut command = cmd!(sh, "{python} infra/restore.py {options...}");
    if let Some(profile) = aws.profile() {
        command = command.env("AWS_PROFILE", profile);
    }
    run_step("Restore", command)
}

fn options(arguments: &Arguments, table: &str, region: &str) -> Vec<String> {
    let Arguments { from, from_region, account, dry_run } = arguments;
    let required = ["--from", from, "--to", table, "--region", region].map(str::to_owned);
    let mut options = required.to_vec();
    for (name, value) in [("--from-region", from_region), ("--account", account)] {
        options.extend(value.iter().flat_map(|value| [name.to_owned(), value.clone()]));
    }
    if *dry_run {
        options.push("--dry-run".to_owned());
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_options_are_passed_on() {
        let arguments = Arguments {
            from: "old".into(),
            from_region: None,
            account: Some("A".into()),
            dry_run: true,
        };
        assert_eq!(
            options(&arguments, "new", "eu-central-1").join(" "),
            "--from old --to new --region eu-central-1 --account A --dry-run"
        );
    }
}
