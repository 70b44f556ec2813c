//! Metrics: in production, log lines that CloudWatch turns into metrics.
//!
//! The store counts what a transaction did once it is committed. Handlers need not count, and
//! nothing is counted that did not happen. Each metric costs by the month, so there are only
//! thirteen: seven, and one for each delivery state.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use serde_json::json;

use crate::{
    domain::{Delivery, Event, MailContent, OutboxMail},
    runtime::Clock,
};

/// A metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// A professional was invited, for the first time or again.
    Invitations,
    /// An identity was linked to a profile that had none.
    Links,
    /// A plan was flagged as lapsed.
    Lapses,
    /// Mail is held back because too much of it bounces: once for each check that finds it so.
    Holds,
    /// A mail failed for a reason of its own and waits: once for each attempt.
    SetAside,
    /// A sign-in that this portal began ended without a session, other than by the person's wish.
    SignInFailed,
    /// A provider or its configuration has a fault, which no visitor can cause.
    SignInProviderFault,
    /// A mail entered this delivery state.
    Mails(&'static str),
}

/// The destination of metrics. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics(Destination);

#[derive(Clone, Debug)]
enum Destination {
    /// This process's memory, for tests and the local run.
    Memory(Arc<Mutex<BTreeMap<Metric, u32>>>),
    /// The function's log, in the embedded metric format.
    Log { stack: Arc<str>, clock: Clock },
}

impl Default for Metrics {
    fn default() -> Self {
        Self(Destination::Memory(Arc::default()))
    }
}

impl Metrics {
    /// Writes metrics of `stack` to the log.
    #[must_use]
    pub fn to_log(stack: &str, clock: Clock) -> Self {
        Self(Destination::Log { stack: stack.into(), clock })
    }

    /// Returns the count of `metric` in this process's memory.
    #[must_use]
    pub fn counted(&self, metric: Metric) -> u32 {
        match &self.0 {
            Destination::Memory(counted) => counted
                .lock()
                .ok()
                .and_then(|counts| counts.get(&metric).copied())
                .unwrap_or_default(),
            Destination::Log { .. } => 0,
        }
    }

    /// Counts `metric` once.
    pub fn count(&self, metric: Metric) {
        match &self.0 {
            Destination::Memory(counted) => {
                if let Ok(mut counted) = counted.lock() {
                    *counted.entry(metric).or_default() += 1;
                }
            }
            Destination::Log { stack, clock } => {
                // A failure to count must not fail the request.
                let _lost = writeln!(io::stdout().lock(), "{}", line(metric, stack, clock.now()));
            }
        }
    }
}

impl Metric {
    /// Returns the metric of a recorded `event`.
    pub(crate) fn of_event(event: &Event) -> Option<Self> {
        match event {
            Event::IdentityLinked { .. } => Some(Self::Links),
            Event::PlanLapsed { .. } => Some(Self::Lapses),
            _ => None,
        }
    }

    /// Returns the metric of a new `mail` in the outbox.
    pub(crate) fn of_new(mail: &OutboxMail) -> Option<Self> {
        matches!(mail.content, MailContent::Invitation { .. }).then_some(Self::Invitations)
    }

    /// Returns the metrics of a mail's change, one for each state that it newly enters. A mail that
    /// stands for several has no recipient and is never sent itself.
    pub(crate) fn of_change(before: &OutboxMail, after: &OutboxMail) -> Vec<Self> {
        let entered = if after.recipient.is_some() {
            before.delivery.transitions_to(after.delivery)
        } else {
            Vec::new()
        };
        entered.into_iter().filter_map(state).map(Self::Mails).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Invitations => "Invitations",
            Self::Links => "Links",
            Self::Lapses => "Lapses",
            Self::Holds => "Holds",
            Self::SetAside => "SetAside",
            Self::SignInFailed => "SignInFailed",
            Self::SignInProviderFault => "SignInProviderFault",
            Self::Mails(_) => "Mails",
        }
    }
}

/// Returns the name of a state that is counted.
fn state(delivery: Delivery) -> Option<&'static str> {
    match delivery {
        Delivery::Queued | Delivery::Void => None,
        Delivery::Sent => Some("sent"),
        Delivery::Delivered => Some("delivered"),
        Delivery::Delayed => Some("delayed"),
        Delivery::Bounced => Some("bounced"),
        Delivery::Complained => Some("complained"),
        Delivery::Failed => Some("failed"),
    }
}

/// Formats one count of `metric` in CloudWatch's embedded metric format.
fn line(metric: Metric, stack: &str, now: Timestamp) -> String {
    let name = metric.name();
    let (dimensions, state) = match metric {
        Metric::Mails(state) => (json!(["Stack", "State"]), Some(state)),
        _ => (json!(["Stack"]), None),
    };
    let definition = json!({
        "Namespace": "Portico",
        "Dimensions": [dimensions],
        "Metrics": [{ "Name": name, "Unit": "Count" }],
    });
    let mut line = json!({
        "_aws": {
            "Timestamp": now.as_millisecond(),
            "CloudWatchMetrics": [definition],
        },
        "Stack": stack,
        name: 1,
    });
    if let Some(state) = state {
        line["State"] = state.into();
    }
    line.to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Checks what the format's specification demands: milliseconds, a namespace, units, and a root
    /// member for every dimension and metric. A dimension is a string of at most 1,024 characters,
    /// a metric a number.
    fn assert_valid(line: &str) {
        assert!(!line.contains('\n') && line.len() < 1 << 20, "{line}");
        let root: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(root["_aws"]["Timestamp"], 1_796_040_000_000_i64);
        let directives = root["_aws"]["CloudWatchMetrics"].as_array().expect("directives");
        assert_eq!(directives.len(), 1);
        assert_eq!(directives[0]["Namespace"], "Portico");
        let sets = directives[0]["Dimensions"].as_array().expect("dimension sets");
        for dimension in sets.iter().flat_map(|set| set.as_array().expect("a dimension set")) {
            let value = root[dimension.as_str().expect("a name")].as_str().expect("a string");
            assert!(!value.is_empty() && value.len() <= 1024, "{dimension}");
        }
        for metric in directives[0]["Metrics"].as_array().expect("metrics") {
            assert_eq!(metric["Unit"], "Count");
            assert_eq!(root[metric["Name"].as_str().expect("a name")], 1);
        }
    }

    #[test]
    fn a_line_has_the_embedded_metric_format() {
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().expect("a time");
        for (metric, dimensions) in [
            (Metric::Invitations, json!([["Stack"]])),
            (Metric::Links, json!([["Stack"]])),
            (Metric::Lapses, json!([["Stack"]])),
            (Metric::Holds, json!([["Stack"]])),
            (Metric::SetAside, json!([["Stack"]])),
            (Metric::SignInFailed, json!([["Stack"]])),
            (Metric::SignInProviderFault, json!([["Stack"]])),
            (Metric::Mails("bounced"), json!([["Stack", "State"]])),
        ] {
            let line = line(metric, "portico", now);
            assert_valid(&line);
            let root: Value = serde_json::from_str(&line).expect("JSON");
            assert_eq!(
                root["_aws"]["CloudWatchMetrics"][0]["Dimensions"], dimensions,
                "{metric:?}"
            );
            assert_eq!(root["Stack"], "portico");
        }
    }
}
