//! Restarts functions.

use anyhow::Result;

use crate::aws::{AwsCli, Stack};

/// Descriptions set in turn: Lambda restarts a function whenever its configuration changes.
const DESCRIPTIONS: [&str; 2] = ["Restarted by an operator", "Restarted by an operator again"];

/// Restarts a function and waits until the restart is complete.
pub(super) fn run(aws: &AwsCli, stack: &Stack, function: &str) -> Result<()> {
    let name = stack.function_name(aws, function)?;
    let configuration =
        aws.json(&["lambda", "get-function-configuration", "--function-name", &name])?;
    let description = next_description(configuration["Description"].as_str().unwrap_or_default());
    aws.run(&[
        "lambda",
        "update-function-configuration",
        "--function-name",
        &name,
        "--description",
        description,
    ])?;
    aws.run(&["lambda", "wait", "function-updated-v2", "--function-name", &name])?;
    println!("{function} has been restarted.");
    Ok(())
}

fn next_description(current: &str) -> &'static str {
    if current == DESCRIPTIONS[0] { DESCRIPTIONS[1] } else { DESCRIPTIONS[0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_restart_changes_the_description() {
        let mut description = "";
        for _ in 0..3 {
            let next = next_description(description);
            assert_ne!(next, description);
            description = next;
        }
    }
}
