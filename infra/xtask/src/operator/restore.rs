//! Accounts as another table has them: one that was restored from a point in time, or an older stack's.

use clap::Args;

use crate::{
    aws::Aws,
    command::{Step, variable},
    stack::Stack,
    venv,
};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The table that has things as they should be
    #[arg(long)]
    from: String,
    /// Its region, if it is another
    #[arg(long)]
    from_region: Option<String>,
    /// One account only, by its id
    #[arg(long)]
    account: Option<String>,
    /// Says what would change, and changes nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs infra/restore.py on the stack's table.
pub(super) fn run(aws: &Aws, stack: &Stack, arguments: &Arguments) -> Result<(), String> {
    let region = aws
        .region()
        .map(str::to_owned)
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"));
    let region =
        region.ok_or("there is no region: set region in samconfig.toml, or give --region")?;
    let python = venv::program("python");
    let options = options(arguments, stack.required("TableName")?, &region);
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut step = Step::new("Restore", &python.to_string_lossy(), &options);
    if let Some(profile) = aws.profile() {
        step = step.variable("AWS_PROFILE", profile);
    }
    step.run()
}

fn options(arguments: &Arguments, table: &str, region: &str) -> Vec<String> {
    let mut options =
        ["infra/restore.py", "--from", &arguments.from, "--to", table, "--region", region]
            .map(str::to_owned)
            .to_vec();
    for (name, value) in
        [("--from-region", &arguments.from_region), ("--account", &arguments.account)]
    {
        options.extend(value.iter().flat_map(|it| [name.to_owned(), it.clone()]));
    }
    if arguments.dry_run {
        options.push("--dry-run".to_owned());
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_handed_on() {
        let arguments = Arguments {
            from: "old".into(),
            from_region: None,
            account: Some("A".into()),
            dry_run: true,
        };
        let options = options(&arguments, "new", "eu-central-1").join(" ");
        assert_eq!(
            options,
            "infra/restore.py --from old --to new --region eu-central-1 --account A --dry-run"
        );
    }
}
