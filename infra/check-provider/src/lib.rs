//! Reads the metadata and keys of an identity provider, and says what will not work with it and
//! how to mend it: `cargo xtask operator check-provider`, and part of `cargo xtask deploy`.
//!
//! | module | what it holds |
//! |---|---|
//! | `metadata` | the rules for metadata (OpenID Connect Discovery 1.0) |
//! | `keys` | the rules for keys (RFC 7517) |
//! | `fetch` | HTTP |
//! | `report` | what was found |

mod fetch;
mod keys;
mod metadata;
mod report;

use portico::sign_in::Provider;

use fetch::FetchError;

pub use report::{Finding, Report, Severity};

/// Checks a provider for the portal at `site`, an address without a slash at its end. Asks the
/// provider for its metadata and its keys, and nothing else.
pub async fn check(provider: &Provider, site: &str) -> Report {
    let mut report = Report::new(provider);
    let issuer = provider.issuer.trim_end_matches('/');
    let metadata = match fetch::json(&format!("{issuer}/.well-known/openid-configuration")).await {
        Ok(metadata) => metadata,
        Err(error) => {
            could_not_read(&error, "check the issuer of the provider", &mut report);
            return report;
        }
    };
    metadata::examine(provider, &metadata, site, &mut report);
    // Without an address of the keys, the rules have complained.
    if let Some(address) = metadata["jwks_uri"].as_str() {
        match fetch::json(address).await {
            Ok(keys) => keys::examine(&keys, &metadata::algorithms(&metadata), &mut report),
            Err(error) => could_not_read(&error, "without keys no token is verified", &mut report),
        }
    }
    report
}

fn could_not_read(error: &FetchError, advice: &str, report: &mut Report) {
    let severity = match error {
        FetchError::Silent(..) => Severity::Unreachable,
        FetchError::Useless(_) => Severity::Error,
    };
    report.find(severity, format!("{error}; {advice}"));
}
