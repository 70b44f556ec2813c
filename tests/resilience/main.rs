//! Races, failures, and secrets that an attacker or a curious operator would look for.

mod authority;
mod calls;
mod failures;
mod folder;
mod lifting;
mod mail_budget;
mod next_request;
mod one_id;
mod properties;
mod races;
mod recorded;
mod rules;
mod secrets;
