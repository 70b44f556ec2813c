//! Finds or installs the tools that tests, builds and deployments need.

mod apt;
pub(crate) mod cargo_deny;
pub(crate) mod chromium;
pub(crate) mod faketime;
pub(crate) mod node;
pub(crate) mod python;
pub(crate) mod rust;
