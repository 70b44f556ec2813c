//! Several factors: what is asked for, and what asserts them (requirement 42).

use portico::sign_in::{Factors, Provider};
use serde_json::Value;

use super::list;
use crate::report::Report;

pub(super) fn examine(provider: &Provider, metadata: &Value, report: &mut Report) {
    let Factors { ask, acr, amr } = &provider.factors;
    if !provider.factors.are_asserted() {
        report.fact("several factors", "not asserted, so accounts that require them refuse it");
        if !ask.is_empty() {
            report.warning(
                "\"factors\" asks for several factors and accepts nothing as their assertion; add \
                 \"acr\" or \"amr\"",
            );
        }
        return;
    }
    let asked = if ask.is_empty() { "not asked for".to_owned() } else { ask.join(" ") };
    let accepted = [("acr", acr), ("amr", amr)]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(claim, values)| format!("{claim} {}", values.join(" or ")))
        .collect::<Vec<_>>();
    report.fact("several factors", format!("{asked}; asserted by {}", accepted.join(", or ")));
    let listed = list(metadata, "acr_values_supported");
    let unknown: Vec<_> = ask
        .iter()
        .chain(acr)
        .filter(|value| listed.as_ref().is_some_and(|listed| !listed.contains(&value.as_str())))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        report.warning(format!(
            "acr_values_supported lacks {}; compare \"factors\" with the provider's settings, or \
             nobody satisfies an account that requires several factors",
            unknown.join(" and ")
        ));
    }
    let claims = list(metadata, "claims_supported");
    let announced = |claim: &str| claims.as_ref().is_none_or(|listed| listed.contains(&claim));
    let asserted = [("acr", acr), ("amr", amr)]
        .into_iter()
        .any(|(claim, values)| !values.is_empty() && announced(claim));
    if !asserted {
        report.warning(
            "claims_supported has neither of the claims that \"factors\" relies on; sign in once \
             and see whether the portal takes it for several factors",
        );
    }
}
