//! `cargo xtask deploy --destroy`: everything down but the table.

use super::bucket::Bucket;
use crate::{
    aws::{self, Place},
    stack::physical,
    terminal::{ask, say},
};

/// Asks for the stack's name, empties the site's bucket and deletes the stack.
pub(super) fn run(place: &Place) -> Result<(), String> {
    let (aws, stack) = aws::find(place)?;
    let name = &stack.name;
    say(&format!(
        "This takes the stack {name} down: functions, API, site, mail settings, logs, providers' secrets. Nobody can sign in any more."
    ));
    say("The table with all accounts, people and activity stays.");
    let answer = ask(&format!("Type the stack's name, {name}, to go on:"))?;
    if !confirms(&answer, name) {
        return Err("That is not its name. Nothing has been taken down.".to_owned());
    }
    let resources = stack.resources(&aws)?;
    // CloudFormation deletes no bucket that holds anything.
    if let Some(name) = physical(&resources, "SiteBucket") {
        let bucket = Bucket { aws: &aws, name };
        bucket.delete(&bucket.list()?.into_keys().collect())?;
    }
    say("== Stack: CloudFormation deletes it; CloudFront takes some minutes");
    aws.tell(&["cloudformation", "delete-stack", "--stack-name", name])?;
    aws.tell(&["cloudformation", "wait", "stack-delete-complete", "--stack-name", name])?;
    say(&format!("The stack {name} is gone."));
    if let Some(table) = physical(&resources, "Table") {
        say(&kept(table));
    }
    Ok(())
}

fn confirms(answer: &str, name: &str) -> bool {
    answer.trim() == name
}

fn kept(table: &str) -> String {
    format!(
        "The table {table} is still there, and costs what it holds.
To use its data again, deploy anew, then: cargo xtask operator restore --from {table}. To delete it, and with it everything, for good:
  aws dynamodb update-table --table-name {table} --no-deletion-protection-enabled
  aws dynamodb delete-table --table-name {table}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stacks_very_name_takes_it_down() {
        assert!(confirms("portico", "portico") && confirms(" portico ", "portico"));
        for answer in ["", "y", "yes", "Portico", "portico2", "portic"] {
            assert!(!confirms(answer, "portico"), "{answer}");
        }
    }
}
