//! Least privilege: no role and no policy allows more than intended.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, format_value, items, named},
};

/// AWS's managed policies that SAM adds. They cover every resource of the account; the template's
/// `Boundary` narrows them to the stack's.
const MANAGED: [(&str, &str); 3] = [
    ("AWSLambdaBasicExecutionRole", "writes the log"),
    ("AWSLambdaDynamoDBExecutionRole", "reads the table's stream"),
    ("AWSXrayWriteOnlyAccess", "sends traces, where they are on"),
];

/// Allowed wildcards in resources, and why.
const STARS: [(&str, &str, &str); 3] = [
    (
        "dynamodb:ListStreams",
        "${Table.Arn}/stream/*",
        "the action lists the streams of one table and takes no single one",
    ),
    ("xray:PutTraceSegments xray:PutTelemetryRecords", "*", "X-Ray has no resources to name"),
    ("s3:GetObject", "${SiteBucket.Arn}/*", "all files of the site, for CloudFront only"),
];

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every function's role has the boundary, and no other role needs one",
        check: Check::Find(bounded),
        breaks: &[
            ("/Resources/InviteRole/Properties/PermissionsBoundary", GONE),
            (
                "/Resources/FlagLapsedPlansHourlyRole/Properties/ManagedPolicyArns",
                r#"["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"]"#,
            ),
        ],
    },
    Rule {
        says: "the only managed policies are those with a reason",
        check: Check::Find(managed),
        breaks: &[(
            "/Resources/InviteRole/Properties/ManagedPolicyArns/0",
            r#""arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess""#,
        )],
    },
    Rule {
        says: "the only wildcards in actions and resources are those with a reason",
        check: Check::Find(stars),
        breaks: &[
            (
                "/Resources/InviteRole/Properties/Policies/0/PolicyDocument/Statement/0/Action",
                r#""dynamodb:*""#,
            ),
            (
                "/Resources/InviteRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource",
                r#""*""#,
            ),
            (
                "/Resources/InviteRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource",
                r#"{"Fn::Sub": "${Table.Arn}/*"}"#,
            ),
            (
                "/Resources/Boundary/Properties/PolicyDocument/Statement/0/Action/0",
                r#""dynamodb:*""#,
            ),
            (
                "/Resources/SiteBucketPolicy/Properties/PolicyDocument/Statement/0/Action",
                r#""s3:*""#,
            ),
        ],
    },
    Rule {
        says: "the boundary allows what a role allows, and nothing that no role does",
        check: Check::Find(boundary_fits),
        breaks: &[
            ("/Resources/Boundary/Properties/PolicyDocument/Statement/0/Action/0", GONE),
            ("/Resources/Boundary/Properties/PolicyDocument/Statement/0/Resource/1", GONE),
            (
                "/Resources/Boundary/Properties/PolicyDocument/Statement/0/Action/0",
                r#""dynamodb:DeleteTable""#,
            ),
        ],
    },
    Rule {
        says: "only one service, for one source, may call a function or assume a role",
        check: Check::Find(callers),
        breaks: &[
            ("/Resources/InviteRoutePermission/Properties/SourceArn", GONE),
            ("/Resources/InviteRoutePermission/Properties/Principal", r#""*""#),
            (
                "/Resources/InviteRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
                r#"{"AWS": "*"}"#,
            ),
        ],
    },
];

/// One action on one resource.
pub(crate) type Grant = (String, String);

/// Returns the grants of a role's own policies.
pub(crate) fn grants(role: &Value) -> BTreeSet<Grant> {
    items(&role["Policies"]).iter().flat_map(|policy| allowed(&policy["PolicyDocument"])).collect()
}

/// Returns each function's role.
pub(crate) fn roles(template: &Template) -> BTreeMap<&str, (&str, &Value)> {
    let functions = template.all("AWS::Lambda::Function");
    let roles = functions.filter_map(|(function, role)| {
        let role = named(&role["Role"])?;
        Some((function, (role, template.at(&format!("/Resources/{role}/Properties")))))
    });
    roles.collect()
}

fn allowed(document: &Value) -> BTreeSet<Grant> {
    let mut grants = BTreeSet::new();
    for statement in items(&document["Statement"]) {
        // A conditional statement counts.
        let statement =
            if statement.get("Fn::If").is_some() { &statement["Fn::If"][1] } else { statement };
        if statement["Effect"] != "Allow" {
            continue;
        }
        assert!(
            statement.get("NotAction").is_none() && statement.get("NotResource").is_none(),
            "{statement} uses NotAction or NotResource"
        );
        for action in items(&statement["Action"]) {
            for resource in items(&statement["Resource"]) {
                grants.insert((format_value(action), format_value(resource)));
            }
        }
    }
    grants
}

fn boundary(template: &Template) -> BTreeSet<Grant> {
    allowed(template.at("/Resources/Boundary/Properties/PolicyDocument"))
}

fn bounded(template: &Template) -> Vec<String> {
    let functions: BTreeSet<&str> = roles(template).into_values().map(|(role, _)| role).collect();
    let mut violations = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        if functions.contains(name) {
            if named(&role["PermissionsBoundary"]) != Some("Boundary") {
                violations.push(format!("{name} has no boundary"));
            }
        } else if role.get("ManagedPolicyArns").is_some() {
            violations.push(format!("{name} has managed policies and no boundary"));
        }
    }
    violations
}

fn managed(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        for policy in items(&role["ManagedPolicyArns"]) {
            let policy = format_value(policy);
            if !MANAGED.iter().any(|(known, _)| policy.ends_with(&format!("/{known}"))) {
                violations.push(format!("{name} has {policy}"));
            }
        }
    }
    violations
}

fn stars(template: &Template) -> Vec<String> {
    let mut grants: Vec<(&str, Grant)> = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        grants.extend(self::grants(role).into_iter().map(|grant| (name, grant)));
    }
    for kind in [
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::S3::BucketPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::SNS::TopicPolicy",
    ] {
        for (name, policy) in template.all(kind) {
            grants
                .extend(allowed(&policy["PolicyDocument"]).into_iter().map(|grant| (name, grant)));
        }
    }
    let known = |action: &str, resource: &str| {
        STARS.iter().any(|(actions, on, _)| {
            actions.split(' ').any(|known| known == action) && *on == resource
        })
    };
    let wrong = grants.into_iter().filter(|(_, (action, resource))| {
        action.contains('*') || (resource.contains('*') && !known(action, resource))
    });
    wrong
        .map(|(name, (action, resource))| format!("{name} allows {action} on {resource}"))
        .collect()
}

fn boundary_fits(template: &Template) -> Vec<String> {
    let boundary = boundary(template);
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut violations = Vec::new();
    for (function, (_, role)) in roles(template) {
        for grant in grants(role) {
            used.insert(grant.0.clone());
            if !boundary.contains(&grant) {
                violations
                    .push(format!("the boundary denies {function} its {} on {}", grant.0, grant.1));
            }
        }
    }
    // The actions of AWS's managed policies that the functions need.
    used.extend(
        [
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
        ]
        .map(str::to_owned),
    );
    used.extend(
        ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"]
            .map(|action| format!("dynamodb:{action}")),
    );
    let actions: BTreeSet<String> = boundary.into_iter().map(|(action, _)| action).collect();
    violations.extend(
        actions
            .symmetric_difference(&used)
            .map(|action| format!("{action} is allowed only by the boundary, or only by a role")),
    );
    violations
}

fn callers(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, permission) in template.all("AWS::Lambda::Permission") {
        let service = permission["Principal"]
            .as_str()
            .is_some_and(|service| service.ends_with(".amazonaws.com"));
        if !service
            || permission.get("SourceArn").is_none()
            || permission["Action"] != "lambda:InvokeFunction"
        {
            violations.push(format!("{name} allows more than one source of one service"));
        }
    }
    for (name, role) in template.all("AWS::IAM::Role") {
        for statement in items(&role["AssumeRolePolicyDocument"]["Statement"]) {
            let services = items(&statement["Principal"]["Service"]);
            let one = services.len() == 1
                && statement["Principal"].as_object().is_some_and(|principal| principal.len() == 1);
            if !one
                || !["lambda.amazonaws.com", "scheduler.amazonaws.com"]
                    .contains(&format_value(&services[0]).as_str())
            {
                violations.push(format!("{name} can be assumed by others than its service"));
            }
        }
    }
    violations
}
