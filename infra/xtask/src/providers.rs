//! Checks identity providers by `infra/check-provider`. It is a program of its own, because it
//! depends on the core, which takes minutes to compile.

use anyhow::Result;
use xshell::cmd;

use crate::process::{run_step, shell};

/// The parameters that configure providers, with the program's options for them.
const PARAMETERS: [(&str, &str); 4] = [
    ("MicrosoftClientId", "--microsoft-client-id"),
    ("MicrosoftTenant", "--microsoft-tenant"),
    ("GoogleClientId", "--google-client-id"),
    ("Providers", "--providers"),
];

/// Which providers to check.
pub(crate) enum Selection<'a> {
    /// All that the parameters have.
    All,
    /// One of them, by its id.
    One(&'a str),
    /// One that is in no file yet, in JSON.
    Undeployed(&'a str),
}

/// What to do if a provider does not answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// Say so, and go on.
    Allowed,
    /// Fail.
    Fails,
}

/// Checks whether the parameters configure any provider.
pub(crate) fn any(parameter: impl Fn(&str) -> Option<String>) -> bool {
    ["MicrosoftClientId", "GoogleClientId", "Providers"]
        .into_iter()
        .filter_map(parameter)
        .any(|value| !matches!(value.trim(), "" | "[]"))
}

/// Reads the metadata and keys of the selected providers, and prints what will not work.
///
/// # Errors
/// If sign-in cannot work with one of them.
pub(crate) fn check(
    selection: &Selection<'_>,
    parameter: impl Fn(&str) -> Option<String>,
    site: Option<&str>,
    silence: Silence,
) -> Result<()> {
    let arguments = arguments(selection, parameter, site, silence);
    let shell = shell()?;
    run_step(
        "Identity providers",
        cmd!(shell, "cargo run --quiet --package check-provider -- {arguments...}"),
    )
}

fn arguments(
    selection: &Selection<'_>,
    parameter: impl Fn(&str) -> Option<String>,
    site: Option<&str>,
    silence: Silence,
) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut add = |option: &str, value: String| arguments.push(format!("{option}={value}"));
    match selection {
        Selection::Undeployed(json) => add("--provider", (*json).to_owned()),
        Selection::All | Selection::One(_) => {
            for (name, option) in PARAMETERS {
                if let Some(value) = parameter(name).filter(|value| !value.is_empty()) {
                    add(option, value);
                }
            }
        }
    }
    if let Some(site) = site {
        add("--site", site.to_owned());
    }
    if silence == Silence::Allowed {
        arguments.push("--allow-unreachable".to_owned());
    }
    if let Selection::One(id) = selection {
        arguments.push((*id).to_owned());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"[{"id": "acme"}]"#;

    fn parameter(name: &str) -> Option<String> {
        match name {
            "MicrosoftTenant" => Some("common".to_owned()),
            "GoogleClientId" => Some(String::new()),
            "Providers" => Some(OWN.to_owned()),
            _ => None,
        }
    }

    #[test]
    fn the_program_gets_the_parameters_that_are_set() {
        let site = Some("https://portal.example");
        assert_eq!(
            arguments(&Selection::One("acme"), parameter, site, Silence::Fails),
            [
                "--microsoft-tenant=common".to_owned(),
                format!("--providers={OWN}"),
                "--site=https://portal.example".to_owned(),
                "acme".to_owned(),
            ]
        );
        assert_eq!(
            arguments(&Selection::Undeployed("{}"), parameter, None, Silence::Allowed),
            ["--provider={}", "--allow-unreachable"]
        );
    }

    #[test]
    fn a_deployment_without_providers_has_nothing_to_check() {
        let only = |set: &'static str, value: &'static str| {
            move |name: &str| (name == set).then(|| value.to_owned())
        };
        assert!(any(parameter) && any(only("MicrosoftClientId", "1")));
        for (name, value) in [("Providers", "[]"), ("GoogleClientId", ""), ("MicrosoftTenant", "x")]
        {
            assert!(!any(only(name, value)), "{name}");
        }
    }
}
