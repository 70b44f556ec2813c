//! Routes and functions: every route leads to a function, every function is reached.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, items, named, root},
};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every route leads to a function that API Gateway may call",
        check: Check::Find(routes_lead_somewhere),
        breaks: &[
            (
                "/Resources/Api/Properties/Body/paths/~1api~1session/get/\
                 x-amazon-apigateway-integration/uri",
                r#"{"Fn::Sub": "${Nobody.Arn}"}"#,
            ),
            (
                "/Resources/Api/Properties/Body/paths/~1api~1session/get/\
                 x-amazon-apigateway-integration/payloadFormatVersion",
                r#""1.0""#,
            ),
            ("/Resources/ShowSessionRoutePermission", GONE),
        ],
    },
    Rule {
        says: "every function has a route, a stream, a schedule or a rule",
        check: Check::Find(functions_are_reached),
        breaks: &[
            ("/Resources/Api/Properties/Body/paths/~1api~1session", GONE),
            ("/Resources/RecordDeliveryReport", GONE),
            ("/Resources/FlagLapsedPlansHourly", GONE),
        ],
    },
    Rule {
        says: "every folder in functions/ is one function of its name, and there is no other",
        check: Check::Find(folders_are_functions),
        breaks: &[
            ("/Resources/Invite", GONE),
            ("/Resources/Invite/Properties/Code/S3Key", r#""list-accounts""#),
        ],
    },
    Rule {
        says: "the API is throttled, and routes with limits of their own exist: those that anybody \
               can call without a session, with less than the others",
        check: Check::Find(throttling),
        breaks: &[
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/DefaultRouteSettings/\
                 ThrottlingRateLimit",
                GONE,
            ),
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/RouteSettings/POST ~1api~1nothing",
                "{}",
            ),
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/RouteSettings/\
                 GET ~1api~1sign-in~1callback~1{provider}",
                GONE,
            ),
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/RouteSettings/\
                 POST ~1api~1links~1disputes/ThrottlingRateLimit",
                "500",
            ),
        ],
    },
    Rule {
        says: "the access log has the request id, and no person, address or path",
        check: Check::Find(access_log),
        breaks: &[
            ("/Resources/ApiApiGatewayDefaultStage/Properties/AccessLogSettings", GONE),
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/AccessLogSettings/Format",
                r#""{\"id\":\"$context.requestId\",\"ip\":\"$context.identity.sourceIp\"}""#,
            ),
            (
                "/Resources/ApiApiGatewayDefaultStage/Properties/AccessLogSettings/Format",
                r#""{\"request_id\":\"$context.requestId\",\"path\":\"$context.path\"}""#,
            ),
        ],
    },
];

/// Returns the routes and the functions they lead to.
fn routes(template: &Template) -> Vec<(String, &Value)> {
    let paths =
        template.at("/Resources/Api/Properties/Body/paths").as_object().into_iter().flatten();
    let methods = paths.flat_map(|(path, methods)| {
        methods
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(method, operation)| (path, method, operation))
    });
    methods
        .map(|(path, method, operation)| {
            (
                format!("{} {path}", method.to_uppercase()),
                &operation["x-amazon-apigateway-integration"],
            )
        })
        .collect()
}

/// Returns the function of an integration: `…/functions/${Invite.Arn}/invocations`.
fn function(integration: &Value) -> Option<&str> {
    named(&integration["uri"])
}

fn routes_lead_somewhere(template: &Template) -> Vec<String> {
    let functions: BTreeSet<&str> = template.functions().collect();
    let mut violations = Vec::new();
    for (route, integration) in routes(template) {
        let Some(function) = function(integration).filter(|function| functions.contains(function))
        else {
            violations.push(format!("{route} leads to no function"));
            continue;
        };
        let permitted = template.all("AWS::Lambda::Permission").any(|(_, permission)| {
            named(&permission["FunctionName"]) == Some(function)
                && permission["Principal"] == "apigateway.amazonaws.com"
        });
        if !permitted {
            violations.push(format!("{route}: API Gateway may not call {function}"));
        }
        if integration["payloadFormatVersion"] != "2.0" || integration["type"] != "aws_proxy" {
            violations.push(format!("{route}: the functions need events of format 2.0"));
        }
    }
    violations
}

fn functions_are_reached(template: &Template) -> Vec<String> {
    let mut reached: BTreeSet<&str> =
        routes(template).into_iter().filter_map(|(_, integration)| function(integration)).collect();
    reached.extend(
        template
            .all("AWS::Lambda::EventSourceMapping")
            .filter_map(|(_, resource)| named(&resource["FunctionName"])),
    );
    reached.extend(
        template
            .all("AWS::Scheduler::Schedule")
            .filter_map(|(_, schedule)| named(&schedule["Target"]["Arn"])),
    );
    reached.extend(
        template
            .all("AWS::Events::Rule")
            .flat_map(|(_, rule)| items(&rule["Targets"]))
            .filter_map(|target| named(&target["Arn"])),
    );
    template
        .functions()
        .filter(|function| !reached.contains(function))
        .map(|function| format!("nothing invokes {function}"))
        .collect()
}

fn folders_are_functions(template: &Template) -> Vec<String> {
    let folders = fs::read_dir(root("functions"))
        .expect("the functions")
        .map(|folder| folder.expect("a folder"));
    let folders = folders
        .filter(|folder| folder.path().join("src/main.rs").is_file())
        .map(|folder| folder.file_name().to_string_lossy().into_owned());
    let folders: BTreeSet<String> = folders.collect();
    let mut violations = Vec::new();
    let mut functions = BTreeSet::new();
    for (name, properties) in template.all("AWS::Lambda::Function") {
        let code = properties["Code"]["S3Key"].as_str().unwrap_or_default();
        if code.replace('-', "") != name.to_lowercase() {
            violations.push(format!("{name} runs {code}"));
        }
        functions.insert(code.to_owned());
    }
    violations.extend(
        folders
            .symmetric_difference(&functions)
            .map(|name| format!("{name} is only a folder, or only a function")),
    );
    violations
}

fn throttling(template: &Template) -> Vec<String> {
    let stage = template.at("/Resources/ApiApiGatewayDefaultStage/Properties");
    let mut violations = Vec::new();
    for limit in ["ThrottlingBurstLimit", "ThrottlingRateLimit"] {
        if stage["DefaultRouteSettings"][limit].as_u64().is_none_or(|value| value == 0) {
            violations.push(format!("{limit} is missing"));
        }
    }
    let routes: BTreeSet<String> = routes(template).into_iter().map(|(route, _)| route).collect();
    let settings = stage["RouteSettings"].as_object().into_iter().flatten();
    violations.extend(
        settings
            .filter(|(route, _)| !routes.contains(*route))
            .map(|(route, _)| format!("{route} is not a route")),
    );
    let default = stage["DefaultRouteSettings"]["ThrottlingRateLimit"].as_u64();
    for route in anonymous() {
        let own = stage["RouteSettings"][&route]["ThrottlingRateLimit"].as_u64();
        if own.is_none() || own >= default {
            violations.push(format!("{route} has {own:?} of {default:?} requests a second"));
        }
    }
    violations
}

/// Lists the routes that anybody can call without a session, except those that then do nothing.
fn anonymous() -> Vec<String> {
    let text = fs::read_to_string(root("infra/openapi.yaml")).expect("the document");
    let document: Value = yaml_serde::from_str(&text).expect("YAML");
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            // Its security is empty, or a session is one of two ways.
            let security = operation["security"].as_array();
            let is_open = security.is_some_and(|ways| {
                ways.is_empty()
                    || ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
            });
            if is_open
                && !["show-session", "sign-out"].iter().any(|id| operation["operationId"] == *id)
            {
                routes.push(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    routes
}

fn access_log(template: &Template) -> Vec<String> {
    let log = template.at("/Resources/ApiApiGatewayDefaultStage/Properties/AccessLogSettings");
    let mut violations = Vec::new();
    if named(&log["DestinationArn"]) != Some("AccessLog") {
        violations.push("AccessLog is not the destination".to_owned());
    }
    let format = log["Format"].as_str().unwrap_or_default();
    if serde_json::from_str::<Value>(format).is_err() {
        violations.push("the format is not JSON".to_owned());
    }
    if !format.contains("$context.requestId") {
        violations.push("the request id is missing".to_owned());
    }
    for personal in ["sourceIp", "userAgent", "$context.path", "identity.", "authorizer"] {
        if format.contains(personal) {
            violations.push(format!("the format has {personal}"));
        }
    }
    violations
}
