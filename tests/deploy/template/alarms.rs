//! What operators see: alarms that reach somebody and say what to do, and a dashboard.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, items, named},
};

/// The run book, whose headings the alarms name.
const RUN_BOOK: &str = include_str!("../../../infra/README.md");

/// What must not go wrong unseen: namespace and metric.
const WATCHED: [(&str, &str); 10] = [
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
];

/// What the functions count.
const COUNTED: [&str; 5] = ["Holds", "Invitations", "Lapses", "Links", "Mails"];

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every alarm tells the topic when it begins and when it is over, and knows what silence means",
        check: Check::Find(told),
        breaks: &[
            ("/Resources/LostWork/Properties/AlarmActions", GONE),
            ("/Resources/LostWork/Properties/OKActions", "[]"),
            ("/Resources/LostWork/Properties/TreatMissingData", GONE),
        ],
    },
    Rule {
        says: "every alarm names the run book's section, and that section names the alarm",
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
        says: "errors, throttles, waiting and lost work, bounces, complaints, mail held back and a missed schedule are watched",
        check: Check::Find(watched),
        breaks: &[
            ("/Resources/ApiErrors", GONE),
            ("/Resources/BackgroundErrors", GONE),
            ("/Resources/Throttles", GONE),
            ("/Resources/TableThrottles", GONE),
            ("/Resources/LateMail", GONE),
            ("/Resources/LostWork", GONE),
            ("/Resources/Bounces", GONE),
            ("/Resources/Complaints", GONE),
            ("/Resources/HeldMail", GONE),
            ("/Resources/MissedSchedule", GONE),
        ],
    },
    Rule {
        says: "every function that nobody waits for is watched for errors",
        check: Check::Find(background),
        breaks: &[("/Resources/BackgroundErrors/Properties/Metrics/1", GONE)],
    },
    Rule {
        says: "a missed schedule is noticed by its silence",
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
        says: "the dashboard can be read, shows every alarm and every figure that the functions count, by its right name",
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

fn told(template: &Template) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, alarm) in alarms(template) {
        for actions in ["AlarmActions", "OKActions"] {
            if !items(&alarm[actions]).iter().any(|it| named(it) == Some("AlarmTopic")) {
                faults.push(format!("{name} has no {actions}"));
            }
        }
        if alarm.get("TreatMissingData").is_none() {
            faults.push(format!("{name} does not say what silence means"));
        }
    }
    faults
}

fn run_book(template: &Template) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, alarm) in alarms(template) {
        let description = alarm["AlarmDescription"].as_str().unwrap_or_default();
        let Some(title) =
            description.split_once("Run book, \"").and_then(|(_, it)| it.split('"').next())
        else {
            faults.push(format!("{name} names no section"));
            continue;
        };
        let section = RUN_BOOK
            .split_once(&format!("\n### {title}\n"))
            .map(|(_, it)| it.split("\n#").next().unwrap_or_default());
        if !section.is_some_and(|it| it.contains(&format!("`{name}`"))) {
            faults.push(format!("{name}: the run book has no \"{title}\" that speaks of it"));
        }
    }
    faults
}

/// Returns the metrics of an alarm, of one or of several that are added up: namespace, name, dimensions.
fn metrics(alarm: &Value) -> Vec<(&str, &str, &Value)> {
    let several = items(&alarm["Metrics"]).iter().map(|it| &it["MetricStat"]["Metric"]);
    let all = several.chain([alarm]);
    all.filter_map(|it| {
        Some((it["Namespace"].as_str()?, it["MetricName"].as_str()?, &it["Dimensions"]))
    })
    .collect()
}

fn watched(template: &Template) -> Vec<String> {
    let watched: BTreeSet<_> = alarms(template)
        .flat_map(|(_, it)| metrics(it))
        .map(|(namespace, metric, _)| (namespace, metric))
        .collect();
    WATCHED.iter().filter(|it| !watched.contains(*it)).map(|it| format!("{it:?} is not")).collect()
}

fn background(template: &Template) -> Vec<String> {
    let watched: BTreeSet<&str> = alarms(template)
        .flat_map(|(_, it)| metrics(it))
        .filter(|(namespace, metric, _)| (*namespace, *metric) == ("AWS/Lambda", "Errors"))
        .filter_map(|(_, _, dimensions)| named(&dimensions[0]["Value"]))
        .collect();
    let mut unattended: BTreeSet<&str> = template
        .all("AWS::Lambda::EventSourceMapping")
        .filter_map(|(_, it)| named(&it["FunctionName"]))
        .collect();
    unattended.extend(
        template.all("AWS::Scheduler::Schedule").filter_map(|(_, it)| named(&it["Target"]["Arn"])),
    );
    unattended.extend(
        template
            .all("AWS::Events::Rule")
            .flat_map(|(_, it)| items(&it["Targets"]))
            .filter_map(|it| named(&it["Arn"])),
    );
    unattended.difference(&watched).map(|it| format!("{it} is not")).collect()
}

fn dashboard(template: &Template) -> Vec<String> {
    let body = template
        .at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub")
        .as_str()
        .unwrap_or_default();
    let Ok(read) = serde_json::from_str::<Value>(body) else {
        return vec!["its body is no JSON".to_owned()];
    };
    let mut faults = Vec::new();
    for (name, _) in alarms(template) {
        if !body.contains(&format!("\"${{{name}.Arn}}\"")) {
            faults.push(format!("it does not show the alarm {name}"));
        }
    }
    let mut shown = BTreeSet::new();
    for widget in items(&read["widgets"]) {
        // A dot or dots stand for what the line before has in their place.
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
    faults.extend(
        shown
            .symmetric_difference(&counted)
            .map(|it| format!("{it} is counted and not shown, or shown and not counted")),
    );
    faults
}
