//! Alarms that reach operators and say what to do, and the dashboard.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, items, named},
};

/// The run book, whose headings the alarms name.
const RUN_BOOK: &str = include_str!("../../../infra/README.md");

/// The metrics that need an alarm: namespace and name.
const WATCHED: [(&str, &str); 12] = [
    ("AWS/ApiGateway", "5xx"),
    ("AWS/DynamoDB", "ThrottledRequests"),
    ("AWS/Lambda", "Errors"),
    ("AWS/Lambda", "Invocations"),
    ("AWS/Lambda", "IteratorAge"),
    ("AWS/Lambda", "Throttles"),
    ("AWS/SES", "Reputation.BounceRate"),
    ("AWS/SES", "Reputation.ComplaintRate"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
    ("Portico", "Holds"),
    ("Portico", "SetAside"),
    ("Portico", "SignInProviderFault"),
];

/// The functions' own metrics.
const COUNTED: [&str; 8] = [
    "Holds",
    "Invitations",
    "Lapses",
    "Links",
    "Mails",
    "SetAside",
    "SignInFailed",
    "SignInProviderFault",
];

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every alarm notifies the topic when it starts and ends, and handles missing data",
        check: Check::Find(notifications),
        breaks: &[
            ("/Resources/LostWork/Properties/AlarmActions", GONE),
            ("/Resources/LostWork/Properties/OKActions", "[]"),
            ("/Resources/LostWork/Properties/TreatMissingData", GONE),
        ],
    },
    Rule {
        says: "every alarm names its section of the run book, which names the alarm",
        check: Check::Find(run_book),
        breaks: &[
            ("/Resources/LostWork/Properties/AlarmDescription", r#""Something was given up.""#),
            ("/Resources/LostWork/Properties/AlarmDescription", r#""Run book, \"Lost work\".""#),
            (
                "/Resources/LostWork/Properties/AlarmDescription",
                r#""Run book, \"The API fails\".""#,
            ),
        ],
    },
    Rule {
        says: "errors, throttles, late and lost work, faults of identity providers, bounces, \
               complaints, held mail and missed schedules have alarms",
        check: Check::Find(watched),
        breaks: &[
            ("/Resources/ApiErrors", GONE),
            ("/Resources/BackgroundErrors", GONE),
            ("/Resources/Throttles", GONE),
            ("/Resources/TableThrottles", GONE),
            ("/Resources/LateMail", GONE),
            ("/Resources/StuckMail", GONE),
            ("/Resources/SignInFaults", GONE),
            ("/Resources/Bounces", GONE),
            ("/Resources/Complaints", GONE),
            ("/Resources/HeldMail", GONE),
            ("/Resources/MissedSchedule", GONE),
        ],
    },
    Rule {
        says: "every queue of lost work has an alarm",
        check: Check::Find(queues),
        breaks: &[
            ("/Resources/LostWork", GONE),
            ("/Resources/LostMail", GONE),
            ("/Resources/LostCards/Properties/Dimensions", GONE),
        ],
    },
    Rule {
        says: "every asynchronous function has an alarm for errors",
        check: Check::Find(background),
        breaks: &[("/Resources/BackgroundErrors/Properties/Metrics/1", GONE)],
    },
    Rule {
        says: "a missed schedule raises an alarm through missing data",
        check: Check::Equal(&[
            ("/Resources/MissedSchedule/Properties/TreatMissingData", r#""breaching""#),
            ("/Resources/MissedSchedule/Properties/ComparisonOperator", r#""LessThanThreshold""#),
            (
                "/Resources/MissedSchedule/Properties/Dimensions/0/Value",
                r#"{"Ref": "FlagLapsedPlans"}"#,
            ),
        ]),
        breaks: &[],
    },
    Rule {
        says: "the dashboard is valid and shows every alarm and every metric of the functions",
        check: Check::Find(dashboard),
        breaks: &[
            ("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub", r#""{""#),
            ("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub", r#""{\"widgets\": []}""#),
        ],
    },
];

fn alarms(template: &Template) -> impl Iterator<Item = (&str, &Value)> {
    template.all("AWS::CloudWatch::Alarm")
}

fn notifications(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, alarm) in alarms(template) {
        for actions in ["AlarmActions", "OKActions"] {
            if !items(&alarm[actions]).iter().any(|action| named(action) == Some("AlarmTopic")) {
                violations.push(format!("{name} has no {actions}"));
            }
        }
        if alarm.get("TreatMissingData").is_none() {
            violations.push(format!("{name} has no TreatMissingData"));
        }
    }
    violations
}

fn run_book(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, alarm) in alarms(template) {
        let description = alarm["AlarmDescription"].as_str().unwrap_or_default();
        let Some(title) =
            description.split_once("Run book, \"").and_then(|(_, rest)| rest.split('"').next())
        else {
            violations.push(format!("{name} names no section of the run book"));
            continue;
        };
        let section = RUN_BOOK
            .split_once(&format!("\n### {title}\n"))
            .map(|(_, rest)| rest.split("\n#").next().unwrap_or_default());
        if !section.is_some_and(|text| text.contains(&format!("`{name}`"))) {
            violations
                .push(format!("{name}: the run book has no section \"{title}\" that names it"));
        }
    }
    violations
}

/// Returns the metrics of an alarm, whether one or a sum: namespace, name and dimensions.
fn metrics(alarm: &Value) -> Vec<(&str, &str, &Value)> {
    let several = items(&alarm["Metrics"]).iter().map(|query| &query["MetricStat"]["Metric"]);
    let all = several.chain([alarm]);
    all.filter_map(|metric| {
        Some((metric["Namespace"].as_str()?, metric["MetricName"].as_str()?, &metric["Dimensions"]))
    })
    .collect()
}

fn watched(template: &Template) -> Vec<String> {
    let watched: BTreeSet<_> = alarms(template)
        .flat_map(|(_, alarm)| metrics(alarm))
        .map(|(namespace, metric, _)| (namespace, metric))
        .collect();
    WATCHED
        .iter()
        .filter(|metric| !watched.contains(*metric))
        .map(|metric| format!("{metric:?} has no alarm"))
        .collect()
}

fn queues(template: &Template) -> Vec<String> {
    let watched: BTreeSet<&str> = alarms(template)
        .flat_map(|(_, alarm)| metrics(alarm))
        .filter(|(_, metric, _)| *metric == "ApproximateNumberOfMessagesVisible")
        .filter_map(|(_, _, dimensions)| named(&dimensions[0]["Value"]))
        .collect();
    let unwatched = template.all("AWS::SQS::Queue").filter(|(name, _)| !watched.contains(name));
    unwatched.map(|(name, _)| format!("{name} has no alarm")).collect()
}

fn background(template: &Template) -> Vec<String> {
    let watched: BTreeSet<&str> = alarms(template)
        .flat_map(|(_, alarm)| metrics(alarm))
        .filter(|(namespace, metric, _)| (*namespace, *metric) == ("AWS/Lambda", "Errors"))
        .filter_map(|(_, _, dimensions)| named(&dimensions[0]["Value"]))
        .collect();
    let mut asynchronous: BTreeSet<&str> = template
        .all("AWS::Lambda::EventSourceMapping")
        .filter_map(|(_, resource)| named(&resource["FunctionName"]))
        .collect();
    asynchronous.extend(
        template
            .all("AWS::Scheduler::Schedule")
            .filter_map(|(_, schedule)| named(&schedule["Target"]["Arn"])),
    );
    asynchronous.extend(
        template
            .all("AWS::Events::Rule")
            .flat_map(|(_, rule)| items(&rule["Targets"]))
            .filter_map(|target| named(&target["Arn"])),
    );
    asynchronous.difference(&watched).map(|function| format!("{function} has none")).collect()
}

fn dashboard(template: &Template) -> Vec<String> {
    let body = template
        .at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub")
        .as_str()
        .unwrap_or_default();
    let Ok(read) = serde_json::from_str::<Value>(body) else {
        return vec!["the body is not JSON".to_owned()];
    };
    let mut violations = Vec::new();
    for (name, _) in alarms(template) {
        if !body.contains(&format!("\"${{{name}.Arn}}\"")) {
            violations.push(format!("the alarm {name} is missing"));
        }
    }
    let mut shown = BTreeSet::new();
    for widget in items(&read["widgets"]) {
        // "." and "..." repeat the values of the line before.
        let mut namespace = "";
        let mut metric = "";
        for line in items(&widget["properties"]["metrics"]) {
            let word = |index: usize| line[index].as_str().unwrap_or_default();
            if word(0) != "..." {
                namespace = if word(0) == "." { namespace } else { word(0) };
                metric = if word(1) == "." { metric } else { word(1) };
            }
            if namespace == "Portico" {
                shown.insert(metric);
            }
        }
    }
    let counted = BTreeSet::from(COUNTED);
    violations.extend(
        shown
            .symmetric_difference(&counted)
            .map(|metric| format!("{metric} is only counted or only shown")),
    );
    violations
}
