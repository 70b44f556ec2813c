//! Starting functions anew, for what they read only when they start.

use super::physical;
use crate::{aws::Aws, stack::Stack, terminal::say};

/// What the function's description says by turns: Lambda starts a function anew when any of its settings changes.
const STARTED: [&str; 2] = ["Started anew by an operator", "Started anew by an operator, again"];

/// Has Lambda start a function anew, and waits until it has.
pub(super) fn run(aws: &Aws, stack: &Stack, function: &str) -> Result<(), String> {
    let physical = physical(aws, stack, function)?;
    let settings =
        aws.ask(&["lambda", "get-function-configuration", "--function-name", &physical])?;
    let description = other(settings["Description"].as_str().unwrap_or_default());
    aws.tell(&[
        "lambda",
        "update-function-configuration",
        "--function-name",
        &physical,
        "--description",
        description,
    ])?;
    aws.tell(&["lambda", "wait", "function-updated-v2", "--function-name", &physical])?;
    say(&format!("{function} has started anew."));
    Ok(())
}

fn other(description: &str) -> &'static str {
    if description == STARTED[0] { STARTED[1] } else { STARTED[0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_is_a_change() {
        let mut description = "";
        for _ in 0..3 {
            let next = other(description);
            assert_ne!(next, description);
            description = next;
        }
    }
}
