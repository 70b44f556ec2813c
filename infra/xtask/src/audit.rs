//! `cargo xtask audit`: asks whether dependencies have known vulnerabilities.
//!
//! It asks RustSec's advisory database and the npm registry, so it needs the network. "None found"
//! is said only of what has answered.

use std::process::{ExitCode, Output};

use anyhow::Result;
use serde_json::Value;
use xshell::{Cmd, cmd};

use crate::{
    process::shell,
    tools::{cargo_deny, node},
};

/// What came of asking about some of the dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// There are no known vulnerabilities.
    None,
    /// There are some; the text says which.
    Some(String),
    /// There was no answer, for this reason.
    Unknown(String),
}

/// Asks about the Rust crates and the npm packages, and prints what came of it.
pub(crate) fn run() -> ExitCode {
    let answers = [("Rust crates", rust()), ("npm packages", npm())].map(|(what, answer)| {
        let answer = answer.unwrap_or_else(|error| Answer::Unknown(format!("{error:#}")));
        println!("{}", describe(what, &answer));
        answer
    });
    ExitCode::from(exit_code(&answers))
}

fn describe(what: &str, answer: &Answer) -> String {
    match answer {
        Answer::None => format!("{what}: no known vulnerabilities."),
        Answer::Some(which) => format!("{what}: known vulnerabilities.\n{which}"),
        Answer::Unknown(reason) => format!(
            "{what}: NOT CHECKED, so nothing is known about vulnerabilities. Run it again with the \
             network.\n{reason}"
        ),
    }
}

/// Returns 1 if there are vulnerabilities, else 2 if some question was not answered, else 0.
fn exit_code(answers: &[Answer]) -> u8 {
    if answers.iter().any(|answer| matches!(answer, Answer::Some(_))) {
        1
    } else if answers.iter().any(|answer| matches!(answer, Answer::Unknown(_))) {
        2
    } else {
        0
    }
}

/// Asks in two steps, because cargo-deny has one exit code for "found" and for "could not ask".
fn rust() -> Result<Answer> {
    let (sh, deny) = (shell()?, cargo_deny::ensure()?);
    let fetched = finish(cmd!(sh, "{deny} --log-level error fetch db"))?;
    if !fetched.status.success() {
        return Ok(Answer::Unknown(text(&fetched)));
    }
    let check = cmd!(sh, "{deny} --log-level error check --disable-fetch advisories");
    let checked = finish(check)?;
    Ok(if checked.status.success() { Answer::None } else { Answer::Some(text(&checked)) })
}

fn npm() -> Result<Answer> {
    node::ensure_packages()?;
    let sh = shell()?;
    let audit = finish(cmd!(sh, "npm audit --json"))?;
    Ok(read_npm(&String::from_utf8_lossy(&audit.stdout)))
}

/// Runs a command to its end, whatever its exit code.
fn finish(command: Cmd<'_>) -> Result<Output> {
    Ok(command.quiet().ignore_status().output()?)
}

fn text(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&text).trim().to_owned()
}

/// Reads the report of `npm audit --json`, which is an error if the registry has not answered.
fn read_npm(report: &str) -> Answer {
    let unknown = || Answer::Unknown(report.trim().to_owned());
    let json = report.find('{').and_then(|start| report.get(start..)).unwrap_or_default();
    let Ok(report) = serde_json::from_str::<Value>(json) else { return unknown() };
    let Some(vulnerabilities) =
        report["vulnerabilities"].as_object().filter(|_| report["metadata"].is_object())
    else {
        return unknown();
    };
    let lines = vulnerabilities.iter().map(|(name, found)| {
        let severity = found["severity"].as_str().unwrap_or("unknown");
        format!("{name} {}: {severity}", found["range"].as_str().unwrap_or_default())
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { Answer::None } else { Answer::Some(lines.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Answer {
        Answer::Some("left-pad <2: high".to_owned())
    }

    fn unknown() -> Answer {
        Answer::Unknown("no network".to_owned())
    }

    #[test]
    fn a_question_without_an_answer_is_never_a_good_one() {
        for (answers, code) in [
            (vec![Answer::None, Answer::None], 0),
            (vec![Answer::None, unknown()], 2),
            (vec![unknown(), unknown()], 2),
            (vec![some(), unknown()], 1),
            (vec![Answer::None, some()], 1),
        ] {
            assert_eq!(exit_code(&answers), code, "{answers:?}");
        }
        let line = describe("npm packages", &unknown());
        assert!(line.contains("NOT CHECKED") && line.contains("no network"), "{line}");
        assert!(!line.contains("no known"), "{line}");
    }

    #[test]
    fn only_a_whole_report_of_npm_is_an_answer() {
        let clean = r#"{ "auditReportVersion": 2, "vulnerabilities": {}, "metadata": {} }"#;
        assert_eq!(read_npm(clean), Answer::None);
        let found = r#"{
            "vulnerabilities": { "left-pad": { "severity": "high", "range": "<2" } },
            "metadata": { "vulnerabilities": { "high": 1 } }
        }"#;
        assert_eq!(read_npm(found), some());
        for failed in [
            "",
            "npm error code ENOTFOUND",
            r#"{ "message": "request to the registry failed", "error": { "code": "ENOTFOUND" } }"#,
            r#"{ "vulnerabilities": {} }"#,
        ] {
            assert!(matches!(read_npm(failed), Answer::Unknown(_)), "{failed}");
        }
    }
}
