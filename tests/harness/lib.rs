//! What the suites share: a Portico in this process, the people and accounts of a test
//! ([`Fixture`]), browsers to use it with, and an identity provider.
//!
//! Every test starts its own [`Portal`]; nothing is shared between tests and no test waits for time
//! to pass. With [`DEPLOYED`] set, the same tests run against a deployment, one after the other,
//! and each empties it first.

#![expect(clippy::missing_panics_doc, reason = "in a test, to panic is to fail")]
#![expect(clippy::must_use_candidate, reason = "the suites are its only callers")]

mod aws;
mod browser;
mod clock;
mod copies;
mod deployed;
mod fixture;
mod identity_provider;
mod log;
pub mod path;
mod person;
mod portal;
mod probe;
mod request;
mod session;
mod snapshot;
mod table;

pub use aws::Aws;
pub use browser::{Answer, Browser};
pub use clock::Clock;
pub use deployed::{DEPLOYED, Deployment};
pub use fixture::{Fixture, FixtureBuilder, LapsedCustomer};
pub use identity_provider::{
    Answering, Behaviour, Edit, Forgery, IdentityProvider, Requests, Rewrite, Signer, TestKey,
    TokenRequest,
};
pub use log::Log;
pub use person::Person;
pub use portal::{Portal, link_token, operator_event};
pub use probe::{CallFailure, Probe};
pub use request::Request;
pub use snapshot::{activity_text, snapshot, snapshot_value};
pub use table::Table;
