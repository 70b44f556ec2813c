//! AWS through its command line, so that people's credentials, profiles and single sign-on work.

mod cli;
mod stack;
mod stack_ref;

pub(crate) use cli::AwsCli;
pub(crate) use stack::{Stack, physical_id};
pub(crate) use stack_ref::StackRef;

#[cfg(test)]
pub(crate) use stack::tests::stack;
