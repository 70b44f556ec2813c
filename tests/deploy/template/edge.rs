//! The stacks beside the portal's in us-east-1: the web ACL and the log of CloudFront's requests.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, items},
};

/// Fields of CloudFront's log that name somebody, or what somebody read.
const PERSONAL: [&str; 10] = [
    "c-ip",
    "c-port",
    "x-forwarded-for",
    "cs-uri-stem",
    "cs-uri-query",
    "cs(Cookie)",
    "cs(Referer)",
    "cs(User-Agent)",
    "cs(Host)",
    "x-host-header",
];

pub(crate) const WEB_ACL: &[Rule] = &[
    Rule {
        says: "the web ACL is CloudFront's, lets everybody in, and shows no requests",
        check: Check::Equal(&[
            ("/Resources/Acl/Properties/Scope", r#""CLOUDFRONT""#),
            ("/Resources/Acl/Properties/DefaultAction", r#"{"Allow": {}}"#),
            ("/Resources/Acl/Properties/VisibilityConfig/SampledRequestsEnabled", "false"),
            ("/Resources/Acl/Properties/Rules/0/VisibilityConfig/SampledRequestsEnabled", "false"),
            ("/Resources/Acl/Properties/Rules/1/VisibilityConfig/SampledRequestsEnabled", "false"),
        ]),
        breaks: &[("/Resources/Acl/Properties/Scope", r#""REGIONAL""#)],
    },
    Rule {
        says: "each rule counts an address for five minutes, and blocks only where that is wanted",
        check: Check::Find(rates),
        breaks: &[
            ("/Resources/Acl/Properties/Rules/1", GONE),
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/Limit",
                r#"{"Ref": "RequestsByAddress"}"#,
            ),
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/\
                 EvaluationWindowSec",
                "60",
            ),
            (
                "/Resources/Acl/Properties/Rules/1/Statement/RateBasedStatement/AggregateKeyType",
                r#""FORWARDED_IP""#,
            ),
            ("/Resources/Acl/Properties/Rules/1/Action", r#"{"Block": {}}"#),
            ("/Resources/Acl/Properties/Rules/1/Action/Fn::If/2", r#"{"Allow": {}}"#),
        ],
    },
    Rule {
        says: "the lower limit is for what costs more: sign-ins, links, requests for access",
        check: Check::Find(costly),
        breaks: &[
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/\
                 ScopeDownStatement",
                GONE,
            ),
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/\
                 ScopeDownStatement/OrStatement/Statements/0/ByteMatchStatement/SearchString",
                r#""/api/session""#,
            ),
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/\
                 ScopeDownStatement/OrStatement/Statements/1/AndStatement/Statements/0/\
                 ByteMatchStatement/SearchString",
                r#""GET""#,
            ),
            (
                "/Resources/Acl/Properties/Rules/0/Statement/RateBasedStatement/\
                 ScopeDownStatement/OrStatement/Statements/0/ByteMatchStatement/\
                 TextTransformations/0/Type",
                r#""NONE""#,
            ),
        ],
    },
    Rule {
        says: "who is blocked gets 429 with words in both languages and when to try again",
        check: Check::Find(answer),
        breaks: &[
            (
                "/Resources/Acl/Properties/Rules/0/Action/Fn::If/1/Block/CustomResponse/\
                 ResponseCode",
                "403",
            ),
            (
                "/Resources/Acl/Properties/CustomResponseBodies/TooManyRequests/Content",
                r#""<!doctype html><html lang=\"en\">Too many requests""#,
            ),
            (
                "/Resources/Acl/Properties/Rules/1/Action/Fn::If/1/Block/CustomResponse/\
                 ResponseHeaders",
                GONE,
            ),
        ],
    },
    Rule {
        says: "it is off unless somebody turns it on",
        check: Check::Equal(&[
            ("/Parameters/WebAcl/Default", r#""off""#),
            ("/Parameters/WebAcl/AllowedValues", r#"["off", "count", "block"]"#),
            ("/Conditions/Blocks", r#"{"Fn::Equals": [{"Ref": "WebAcl"}, "block"]}"#),
        ]),
        breaks: &[],
    },
];

pub(crate) const CDN_LOG: &[Rule] = &[
    Rule {
        says: "CloudFront's log has no address, path, query, cookie, referrer or user agent",
        check: Check::Find(impersonal),
        breaks: &[
            ("/Resources/Delivery/Properties/RecordFields", GONE),
            ("/Resources/Delivery/Properties/RecordFields/0", r#""c-ip""#),
            ("/Resources/Delivery/Properties/RecordFields/0", r#""cs-uri-stem""#),
            ("/Resources/Delivery/Properties/RecordFields/0", r#""x-forwarded-for""#),
        ],
    },
    Rule {
        says: "it is kept as long as the other logs, and only where it is wanted",
        check: Check::Find(kept),
        breaks: &[
            ("/Resources/Log/Properties/RetentionInDays", GONE),
            ("/Resources/Log/Condition", GONE),
            ("/Resources/Delivery/Condition", GONE),
            ("/Resources/Log/Properties/RetentionInDays", "3650"),
            ("/Parameters/CdnLog/Default", r#""on""#),
        ],
    },
    Rule {
        says: "only the delivery of logs in this AWS account may write it",
        check: Check::Find(writers),
        breaks: &[
            ("/Resources/LogPolicy/Properties/PolicyDocument/Fn::Sub", r#""{}""#),
            ("/Resources/Source/Properties/LogType", r#""CONNECTION_LOGS""#),
        ],
    },
];

fn rules(template: &Template) -> &[Value] {
    items(template.at("/Resources/Acl/Properties/Rules"))
}

fn rates(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    let limits = ["CostlyRequestsByAddress", "RequestsByAddress"];
    if rules(template).len() != limits.len() {
        violations.push(format!("{} rules", rules(template).len()));
    }
    for (rule, limit) in rules(template).iter().zip(limits) {
        let rate = &rule["Statement"]["RateBasedStatement"];
        for (name, wanted) in [
            ("Limit", json!({ "Ref": limit })),
            ("AggregateKeyType", json!("IP")),
            ("EvaluationWindowSec", json!(300)),
        ] {
            if rate[name] != wanted {
                violations.push(format!("{}: {name} is {}", rule["Name"], rate[name]));
            }
        }
        let action = items(&rule["Action"]["Fn::If"]);
        let is_conditional = action.first() == Some(&json!("Blocks"))
            && action.get(1).is_some_and(|action| action.get("Block").is_some())
            && action.get(2) == Some(&json!({ "Count": {} }));
        if !is_conditional {
            violations.push(format!("{} acts by {}", rule["Name"], rule["Action"]));
        }
    }
    violations
}

/// Returns the conditions below a statement: method and path of each alternative.
fn alternatives(statement: &Value) -> BTreeSet<(String, String)> {
    let of = |list: &Value| items(&list["Statements"]).iter().map(alternatives).collect::<Vec<_>>();
    if statement.get("OrStatement").is_some() {
        return of(&statement["OrStatement"]).into_iter().flatten().collect();
    }
    if statement.get("AndStatement").is_some() {
        let mut all = BTreeSet::from([(String::new(), String::new())]);
        for part in of(&statement["AndStatement"]) {
            all = all
                .iter()
                .flat_map(|(method, path)| {
                    part.iter().map(move |(other, more)| {
                        (format!("{method}{other}"), format!("{path}{more}"))
                    })
                })
                .collect();
        }
        return all;
    }
    let found = &statement["ByteMatchStatement"];
    let text = found["SearchString"].as_str().unwrap_or_default().to_owned();
    let is_path = found["FieldToMatch"].get("UriPath").is_some();
    // Otherwise %73ign-in would not count.
    let is_decoded = items(&found["TextTransformations"])
        .first()
        .is_some_and(|transformation| transformation["Type"] == "URL_DECODE");
    match (is_path, found["PositionalConstraint"].as_str()) {
        (true, Some("STARTS_WITH")) if is_decoded => [(String::new(), text)].into(),
        (false, Some("EXACTLY")) => [(text, String::new())].into(),
        _ => BTreeSet::new(),
    }
}

fn costly(template: &Template) -> Vec<String> {
    let scope = &rules(template)[0]["Statement"]["RateBasedStatement"]["ScopeDownStatement"];
    let wanted: BTreeSet<_> = [
        ("", "/api/sign-in"),
        ("POST", "/api/links"),
        ("POST", "/api/access-requests"),
        ("POST", "/api/invitations/preview"),
    ]
    .into_iter()
    .map(|(method, path)| (method.to_owned(), path.to_owned()))
    .collect();
    let found = alternatives(scope);
    if found == wanted { vec![] } else { vec![format!("it counts {found:?}")] }
}

fn answer(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for rule in rules(template) {
        let response = &rule["Action"]["Fn::If"][1]["Block"]["CustomResponse"];
        if response["ResponseCode"] != 429 {
            violations.push(format!("{} answers {}", rule["Name"], response["ResponseCode"]));
        }
        if response["CustomResponseBodyKey"] != "TooManyRequests" {
            violations.push(format!("{} has no words", rule["Name"]));
        }
        if !items(&response["ResponseHeaders"]).iter().any(|header| header["Name"] == "retry-after")
        {
            violations.push(format!("{} does not say when to try again", rule["Name"]));
        }
    }
    let body = template.at("/Resources/Acl/Properties/CustomResponseBodies/TooManyRequests");
    let text = body["Content"].as_str().unwrap_or_default();
    if body["ContentType"] != "TEXT_HTML"
        || ["lang=\"en\"", "lang=\"de\""].iter().any(|language| !text.contains(language))
    {
        violations.push(format!("the body is {body}"));
    }
    violations
}

fn impersonal(template: &Template) -> Vec<String> {
    let fields = items(template.at("/Resources/Delivery/Properties/RecordFields"));
    if fields.is_empty() {
        // All of them.
        return vec!["no fields are chosen".to_owned()];
    }
    let personal = fields.iter().filter(|field| PERSONAL.iter().any(|name| *field == name));
    personal.map(|field| format!("{field} is logged")).collect()
}

fn kept(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    if template.at("/Resources/Log/Properties/RetentionInDays") != &json!({ "Ref": "LogDays" }) {
        violations.push("LogDays does not apply".to_owned());
    }
    let resources = template.at("/Resources").as_object().into_iter().flatten();
    violations.extend(
        resources
            .filter(|(_, resource)| resource["Condition"] != "Logs")
            .map(|(name, _)| format!("{name} exists without the log")),
    );
    if template.at("/Parameters/CdnLog/Default") != "off" {
        violations.push("it is on by default".to_owned());
    }
    violations
}

fn writers(template: &Template) -> Vec<String> {
    let policy = template.at("/Resources/LogPolicy/Properties/PolicyDocument/Fn::Sub");
    let policy = policy.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let policy = policy.unwrap_or_default();
    let statement = &policy["Statement"][0];
    let mut violations = Vec::new();
    if statement["Principal"]["Service"] != "delivery.logs.amazonaws.com"
        || statement["Resource"] != "${Log.Arn}"
        || statement["Condition"]["StringEquals"]["aws:SourceAccount"] != "${AWS::AccountId}"
    {
        violations.push(format!("{statement} may write"));
    }
    if template.at("/Resources/Source/Properties/LogType") != "ACCESS_LOGS" {
        violations.push("these are no access logs".to_owned());
    }
    violations
}
