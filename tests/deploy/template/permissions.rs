//! Least privilege: what each role may, and that nothing may more than somebody meant.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, items, named, spell},
};

/// AWS's own policies that SAM adds. They name every resource of the account; [`Boundary`] narrows them to the stack's.
const MANAGED: [(&str, &str); 3] = [
    ("AWSLambdaBasicExecutionRole", "writes the log"),
    ("AWSLambdaDynamoDBExecutionRole", "reads the table's stream"),
    ("AWSXrayWriteOnlyAccess", "sends traces, where they are on"),
];

/// Resources that end in a star after all, and why.
const STARS: [(&str, &str, &str); 3] = [
    (
        "dynamodb:ListStreams",
        "${Table.Arn}/stream/*",
        "it lists the streams of one table, and takes no single one",
    ),
    ("xray:PutTraceSegments xray:PutTelemetryRecords", "*", "X-Ray has no resources to name"),
    ("s3:GetObject", "${SiteBucket.Arn}/*", "all files of the site, for CloudFront alone"),
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
        says: "no policy of AWS's own is used but those with a reason",
        check: Check::Find(managed),
        breaks: &[(
            "/Resources/InviteRole/Properties/ManagedPolicyArns/0",
            r#""arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess""#,
        )],
    },
    Rule {
        says: "no action and no resource has a star but those with a reason",
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
        says: "the boundary lets through what a role allows, and nothing that no role does",
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
        says: "who calls a function, and who assumes a role, is one service, and for one source",
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

/// Returns what a role's own policies allow.
pub(crate) fn grants(role: &Value) -> BTreeSet<Grant> {
    items(&role["Policies"]).iter().flat_map(|it| allowed(&it["PolicyDocument"])).collect()
}

/// Returns the role that each function runs as.
pub(crate) fn roles(template: &Template) -> BTreeMap<&str, (&str, &Value)> {
    let functions = template.all("AWS::Lambda::Function");
    let roles = functions.filter_map(|(function, it)| {
        let role = named(&it["Role"])?;
        Some((function, (role, template.at(&format!("/Resources/{role}/Properties")))))
    });
    roles.collect()
}

fn allowed(document: &Value) -> BTreeSet<Grant> {
    let mut grants = BTreeSet::new();
    for statement in items(&document["Statement"]) {
        // A statement that is there on a condition counts.
        let statement =
            if statement.get("Fn::If").is_some() { &statement["Fn::If"][1] } else { statement };
        if statement["Effect"] != "Allow" {
            continue;
        }
        assert!(
            statement.get("NotAction").is_none() && statement.get("NotResource").is_none(),
            "{statement} allows what it does not name"
        );
        for action in items(&statement["Action"]) {
            for resource in items(&statement["Resource"]) {
                grants.insert((spell(action), spell(resource)));
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
    let mut faults = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        if functions.contains(name) {
            if named(&role["PermissionsBoundary"]) != Some("Boundary") {
                faults.push(format!("{name} has no boundary"));
            }
        } else if role.get("ManagedPolicyArns").is_some() {
            faults.push(format!("{name} has policies that are not its own, and no boundary"));
        }
    }
    faults
}

fn managed(template: &Template) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        for policy in items(&role["ManagedPolicyArns"]) {
            let policy = spell(policy);
            if !MANAGED.iter().any(|(known, _)| policy.ends_with(&format!("/{known}"))) {
                faults.push(format!("{name} has {policy}"));
            }
        }
    }
    faults
}

fn stars(template: &Template) -> Vec<String> {
    let mut grants: Vec<(&str, Grant)> = Vec::new();
    for (name, role) in template.all("AWS::IAM::Role") {
        grants.extend(self::grants(role).into_iter().map(|it| (name, it)));
    }
    for kind in [
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::S3::BucketPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::SNS::TopicPolicy",
    ] {
        for (name, policy) in template.all(kind) {
            grants.extend(allowed(&policy["PolicyDocument"]).into_iter().map(|it| (name, it)));
        }
    }
    let known = |action: &str, resource: &str| {
        STARS
            .iter()
            .any(|(actions, it, _)| actions.split(' ').any(|it| it == action) && *it == resource)
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
    let mut faults = Vec::new();
    for (function, (_, role)) in roles(template) {
        for grant in grants(role) {
            used.insert(grant.0.clone());
            if !boundary.contains(&grant) {
                faults.push(format!(
                    "{function} is given {} on {}, which the boundary takes away",
                    grant.0, grant.1
                ));
            }
        }
    }
    // What AWS's own policies allow, and the functions need.
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
            .map(|it| format!("dynamodb:{it}")),
    );
    let actions: BTreeSet<String> = boundary.into_iter().map(|(action, _)| action).collect();
    faults.extend(
        actions
            .symmetric_difference(&used)
            .map(|it| format!("{it} is allowed by the boundary alone, or by a role alone")),
    );
    faults
}

fn callers(template: &Template) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, permission) in template.all("AWS::Lambda::Permission") {
        let service =
            permission["Principal"].as_str().is_some_and(|it| it.ends_with(".amazonaws.com"));
        if !service
            || permission.get("SourceArn").is_none()
            || permission["Action"] != "lambda:InvokeFunction"
        {
            faults.push(format!("{name} lets in more than one service's one source"));
        }
    }
    for (name, role) in template.all("AWS::IAM::Role") {
        for statement in items(&role["AssumeRolePolicyDocument"]["Statement"]) {
            let services = items(&statement["Principal"]["Service"]);
            let one = services.len() == 1
                && statement["Principal"].as_object().is_some_and(|it| it.len() == 1);
            if !one
                || !["lambda.amazonaws.com", "scheduler.amazonaws.com"]
                    .contains(&spell(&services[0]).as_str())
            {
                faults.push(format!("{name} can be assumed by others than the service it is for"));
            }
        }
    }
    faults
}
