//! What a check has found.

use std::fmt;

use portico::sign_in::Provider;

/// What a check of one provider has found.
#[derive(Debug)]
pub struct Report {
    provider: String,
    facts: Vec<(&'static str, String)>,
    findings: Vec<Finding>,
}

/// Something that will not work, and how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong; what to do.
    pub text: String,
}

/// How much a finding matters, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Sign-in works, and something else does not.
    Warning,
    /// The provider did not answer, so nothing is known.
    Unreachable,
    /// Sign-in cannot work.
    Error,
}

impl Report {
    pub(crate) fn new(provider: &Provider) -> Self {
        let Provider { id, name, issuer, .. } = provider;
        Self {
            provider: format!("{id}: {name}, {issuer}"),
            facts: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(crate) fn fact(&mut self, name: &'static str, value: impl Into<String>) {
        self.facts.push((name, value.into()));
    }

    pub(crate) fn warning(&mut self, text: impl Into<String>) {
        self.find(Severity::Warning, text);
    }

    pub(crate) fn error(&mut self, text: impl Into<String>) {
        self.find(Severity::Error, text);
    }

    pub(crate) fn find(&mut self, severity: Severity, text: impl Into<String>) {
        self.findings.push(Finding { severity, text: text.into() });
    }

    /// Returns what will not work, in the order in which it was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the worst that was found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.provider)?;
        for (name, value) in &self.facts {
            writeln!(f, "  {name:<22} {value}")?;
        }
        for Finding { severity, text } in &self.findings {
            let severity = match severity {
                Severity::Warning => "warning",
                Severity::Unreachable => "NOT CHECKED",
                Severity::Error => "error",
            };
            writeln!(f, "  {severity}: {text}")?;
        }
        Ok(())
    }
}
