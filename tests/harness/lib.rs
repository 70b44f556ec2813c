//! What the suites share: a Portico in this process, browsers to use it with, and an identity provider of their own.
//!
//! Every test starts its own [`Portal`]; nothing is shared between tests and nothing waits for time to pass. With [`DEPLOYED`] set, the same
//! tests run against a deployment, one after the other, and each empties it first.

#![expect(clippy::missing_panics_doc, reason = "in a test, to panic is to fail")]
#![expect(clippy::must_use_candidate, reason = "the suites are its only callers")]

mod aws;
mod browser;
mod clock;
mod deployed;
mod identity_provider;
mod portal;
mod probe;

pub use aws::Aws;
pub use browser::{Answer, Browser};
pub use clock::Clock;
pub use deployed::{DEPLOYED, Deployment};
pub use identity_provider::{Forgery, IdentityProvider};
pub use portal::{Portal, link_token};
pub use probe::{Fault, Probe};
