//! `cargo xtask deploy --destroy`: deletes the stack except for its table, and the stacks beside
//! it.

use anyhow::{Result, bail};

use super::{
    bucket::Bucket,
    edge::{self, Kind},
};
use crate::{
    aws::{StackRef, physical_id},
    terminal::prompt,
};

/// Asks for the stack's name, empties the site's bucket and deletes the stack.
pub(super) fn run(stack_ref: &StackRef) -> Result<()> {
    let (aws, stack) = stack_ref.find()?;
    let name = &stack.name;
    println!(
        "This deletes the stack {name}: functions, API, site, mail settings, logs, provider \
         secrets. Nobody can sign in any more."
    );
    println!("The table with all accounts, people and activity is kept.");
    let answer = prompt(&format!("To continue, type the name of the stack, {name}:"))?;
    if !is_confirmed(&answer, name) {
        bail!("That is not the stack's name. Nothing has been deleted.");
    }
    let resources = stack.resources(&aws)?;
    // CloudFormation deletes only empty buckets.
    if let Some(bucket_name) = physical_id(&resources, "SiteBucket") {
        let bucket = Bucket { aws: &aws, name: bucket_name };
        bucket.delete(&bucket.list()?.into_keys().collect())?;
    }
    edge::delete_if_exists(Kind::CdnLog, &aws, name)?;
    println!("== Stack: CloudFormation deletes it; CloudFront takes some minutes");
    aws.run(&["cloudformation", "delete-stack", "--stack-name", name])?;
    aws.run(&["cloudformation", "wait", "stack-delete-complete", "--stack-name", name])?;
    // CloudFront does not let go of a web ACL before.
    edge::delete_if_exists(Kind::WebAcl, &aws, name)?;
    println!("The stack {name} is deleted.");
    if let Some(table) = physical_id(&resources, "Table") {
        println!(
            "The table {table} still exists, and AWS charges for its storage.
To use its data again, deploy again and run: cargo xtask operator restore --from {table}
To delete it and all its data for good:
  aws dynamodb update-table --table-name {table} --no-deletion-protection-enabled
  aws dynamodb delete-table --table-name {table}"
        );
    }
    Ok(())
}

fn is_confirmed(answer: &str, name: &str) -> bool {
    answer.trim() == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stacks_exact_name_confirms() {
        assert!(is_confirmed("portico", "portico") && is_confirmed(" portico ", "portico"));
        for answer in ["", "y", "yes", "Portico", "portico2", "portic"] {
            assert!(!is_confirmed(answer, "portico"), "{answer}");
        }
    }
}
