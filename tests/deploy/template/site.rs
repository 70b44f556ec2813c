//! CloudFront and the site's bucket: only CloudFront reads the bucket, no API response is cached,
//! and every response has the security headers.

use std::collections::BTreeSet;

use portico::http::cookies::OWN_COOKIES;
use serde_json::Value;

use crate::{
    rule::{Check, GONE, Rule},
    transformed::{Template, format_value, items, named},
};

/// The local run's source, with the headers that CloudFront adds.
const LOCAL: &str = include_str!("../../../infra/local/src/site.rs");

/// The id of AWS's managed policy that disables caching.
const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "every origin and policy that CloudFront uses exists",
        check: Check::Find(references),
        breaks: &[
            (
                "/Resources/Cdn/Properties/DistributionConfig/DefaultCacheBehavior/TargetOriginId",
                r#""sites""#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/TargetOriginId",
                r#""sites""#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/DefaultCacheBehavior/CachePolicyId",
                r#"{"Ref": "Nothing"}"#,
            ),
        ],
    },
    Rule {
        says: "the API gets every method, is never cached, and only over TLS",
        check: Check::Find(api),
        breaks: &[
            ("/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0", GONE),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/CachePolicyId",
                r#"{"Ref": "SiteCaching"}"#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/AllowedMethods/6",
                GONE,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/\
                 ViewerProtocolPolicy",
                r#""allow-all""#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/TargetOriginId",
                r#""site""#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/Origins/1/CustomOriginConfig/\
                 OriginProtocolPolicy",
                r#""match-viewer""#,
            ),
        ],
    },
    Rule {
        says: "the functions get the viewer's address, the key by which they trust CloudFront, and \
               the portal's own cookies",
        check: Check::Find(forwarded),
        breaks: &[
            (
                "/Resources/ApiForwarding/Properties/OriginRequestPolicyConfig/HeadersConfig/\
                 Headers/0",
                GONE,
            ),
            (
                "/Resources/ApiForwarding/Properties/OriginRequestPolicyConfig/HeadersConfig/\
                 Headers/0",
                r#""Authorization""#,
            ),
            (
                "/Resources/ApiForwarding/Properties/OriginRequestPolicyConfig/CookiesConfig/\
                 CookieBehavior",
                r#""all""#,
            ),
            (
                "/Resources/ApiForwarding/Properties/OriginRequestPolicyConfig/CookiesConfig/\
                 Cookies/1",
                GONE,
            ),
            (
                "/Resources/ApiForwarding/Properties/OriginRequestPolicyConfig/QueryStringsConfig/\
                 QueryStringBehavior",
                r#""none""#,
            ),
            ("/Resources/Cdn/Properties/DistributionConfig/Origins/1/OriginCustomHeaders", GONE),
            (
                "/Resources/Cdn/Properties/DistributionConfig/Origins/0/OriginCustomHeaders",
                r#"[{"HeaderName": "x-origin-key", "HeaderValue": {"Ref": "OriginKey"}}]"#,
            ),
        ],
    },
    Rule {
        says: "the content security policy is the local run's, which the browser tests pass",
        check: Check::Find(content_security_policy),
        breaks: &[(
            "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
             ContentSecurityPolicy/ContentSecurityPolicy",
            r#""default-src 'self'""#,
        )],
    },
    Rule {
        says: "every response has the security headers, TLS for two years among them",
        check: Check::Equal(&[
            (
                "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
                 ContentSecurityPolicy/Override",
                "true",
            ),
            (
                "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
                 ContentTypeOptions/Override",
                "true",
            ),
            (
                "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
                 FrameOptions/FrameOption",
                r#""DENY""#,
            ),
            (
                "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
                 ReferrerPolicy/ReferrerPolicy",
                r#""no-referrer""#,
            ),
            (
                "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
                 StrictTransportSecurity",
                r#"{
                    "AccessControlMaxAgeSec": 63072000,
                    "IncludeSubdomains": {"Ref": "HstsSubdomains"},
                    "Override": true
                }"#,
            ),
            ("/Parameters/HstsSubdomains/Default", r#""false""#),
            (
                "/Resources/Cdn/Properties/DistributionConfig/DefaultCacheBehavior/\
                 ResponseHeadersPolicyId",
                r#"{"Ref": "Headers"}"#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/CacheBehaviors/0/\
                 ResponseHeadersPolicyId",
                r#"{"Ref": "Headers"}"#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/DefaultCacheBehavior/\
                 ViewerProtocolPolicy",
                r#""redirect-to-https""#,
            ),
        ]),
        breaks: &[],
    },
    Rule {
        says: "the distribution has the web ACL that the deployment passes, if it passes one",
        check: Check::Equal(&[
            (
                "/Resources/Cdn/Properties/DistributionConfig/WebACLId",
                r#"{"Fn::If": ["HasWebAcl", {"Ref": "WebAclArn"}, {"Ref": "AWS::NoValue"}]}"#,
            ),
            ("/Parameters/WebAclArn/Default", r#""""#),
        ]),
        breaks: &[],
    },
    Rule {
        says: "the query is part of the cache key, because it holds the hashes of files",
        check: Check::Equal(&[(
            "/Resources/SiteCaching/Properties/CachePolicyConfig/\
             ParametersInCacheKeyAndForwardedToOrigin/QueryStringsConfig/QueryStringBehavior",
            r#""all""#,
        )]),
        breaks: &[],
    },
    Rule {
        says: "the bucket is closed to the public and encrypted",
        check: Check::Equal(&[
            (
                "/Resources/SiteBucket/Properties/PublicAccessBlockConfiguration",
                r#"{
                    "BlockPublicAcls": true,
                    "BlockPublicPolicy": true,
                    "IgnorePublicAcls": true,
                    "RestrictPublicBuckets": true
                }"#,
            ),
            (
                "/Resources/SiteBucket/Properties/OwnershipControls/Rules/0/ObjectOwnership",
                r#""BucketOwnerEnforced""#,
            ),
            (
                "/Resources/SiteBucket/Properties/BucketEncryption/\
                 ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm",
                r#""AES256""#,
            ),
            (
                "/Resources/SiteAccess/Properties/OriginAccessControlConfig/SigningBehavior",
                r#""always""#,
            ),
            (
                "/Resources/Cdn/Properties/DistributionConfig/Origins/0/OriginAccessControlId",
                r#"{"Ref": "SiteAccess"}"#,
            ),
        ]),
        breaks: &[],
    },
    Rule {
        says: "nobody but this distribution reads the bucket",
        check: Check::Find(bucket_policy),
        breaks: &[
            (
                "/Resources/SiteBucketPolicy/Properties/PolicyDocument/Statement/0/Principal",
                r#""*""#,
            ),
            ("/Resources/SiteBucketPolicy/Properties/PolicyDocument/Statement/0/Condition", GONE),
            ("/Resources/SiteBucketPolicy/Properties/PolicyDocument/Statement/2", GONE),
        ],
    },
];

fn config(template: &Template) -> &Value {
    template.at("/Resources/Cdn/Properties/DistributionConfig")
}

/// Returns CloudFront's behaviours for the API's paths and for all others.
fn behaviours(template: &Template) -> impl Iterator<Item = &Value> {
    let config = config(template);
    items(&config["CacheBehaviors"]).iter().chain([&config["DefaultCacheBehavior"]])
}

fn origin<'a>(template: &'a Template, id: &str) -> &'a Value {
    let found = items(&config(template)["Origins"]).iter().find(|origin| origin["Id"] == id);
    found.unwrap_or(&Value::Null)
}

fn references(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for behaviour in behaviours(template) {
        let id = behaviour["TargetOriginId"].as_str().unwrap_or_default();
        if origin(template, id).is_null() {
            violations.push(format!("the origin {id} is missing"));
        }
        let policies = ["CachePolicyId", "OriginRequestPolicyId", "ResponseHeadersPolicyId"];
        for policy in policies.iter().filter_map(|kind| behaviour[kind]["Ref"].as_str()) {
            if template.at(&format!("/Resources/{policy}")).is_null() {
                violations.push(format!("the policy {policy} is missing"));
            }
        }
    }
    violations
}

fn api_behaviour(template: &Template) -> &Value {
    let found = items(&config(template)["CacheBehaviors"])
        .iter()
        .find(|behaviour| behaviour["PathPattern"] == "/api/*");
    found.unwrap_or(&Value::Null)
}

fn api(template: &Template) -> Vec<String> {
    let behaviour = api_behaviour(template);
    let mut violations = Vec::new();
    let methods: BTreeSet<&str> =
        items(&behaviour["AllowedMethods"]).iter().filter_map(Value::as_str).collect();
    let wanted = BTreeSet::from(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]);
    violations.extend(wanted.difference(&methods).map(|method| format!("{method} is not allowed")));
    for (name, value) in [
        ("CachePolicyId", CACHING_DISABLED),
        ("ViewerProtocolPolicy", "https-only"),
        ("TargetOriginId", "api"),
    ] {
        if behaviour[name] != value {
            violations.push(format!("{name} is {}, not {value}", behaviour[name]));
        }
    }
    let origin = origin(template, "api");
    if origin["CustomOriginConfig"]["OriginProtocolPolicy"] != "https-only"
        || !format_value(&origin["DomainName"]).starts_with("${Api}.execute-api.")
    {
        violations.push("CloudFront does not connect to the stack's API over TLS".to_owned());
    }
    violations
}

fn forwarded(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    let policy = named(&api_behaviour(template)["OriginRequestPolicyId"]).unwrap_or_default();
    let policy = template.at(&format!("/Resources/{policy}/Properties/OriginRequestPolicyConfig"));
    let headers: BTreeSet<&str> =
        items(&policy["HeadersConfig"]["Headers"]).iter().filter_map(Value::as_str).collect();
    // The headers that core's http reads. Host would be CloudFront's, which API Gateway refuses.
    let wanted = BTreeSet::from([
        "CloudFront-Viewer-Address",
        "Content-Type",
        "Origin",
        "Sec-Fetch-Site",
        "User-Agent",
    ]);
    violations.extend(
        wanted
            .symmetric_difference(&headers)
            .map(|header| format!("the header {header} is only read or only forwarded")),
    );
    let cookies: BTreeSet<&str> =
        items(&policy["CookiesConfig"]["Cookies"]).iter().filter_map(Value::as_str).collect();
    if policy["CookiesConfig"]["CookieBehavior"] != "whitelist"
        || cookies != BTreeSet::from(OWN_COOKIES)
    {
        violations.push(format!("CookiesConfig is {}", policy["CookiesConfig"]));
    }
    if policy["QueryStringsConfig"]["QueryStringBehavior"] != "all" {
        violations.push(format!("QueryStringsConfig is {}", policy["QueryStringsConfig"]));
    }
    let key = |id: &str| {
        items(&origin(template, id)["OriginCustomHeaders"]).iter().any(|header| {
            header["HeaderName"] == "x-origin-key" && header["HeaderValue"]["Ref"] == "OriginKey"
        })
    };
    if !key("api") || key("site") {
        violations.push("the origin key must go to the API and nowhere else".to_owned());
    }
    violations
}

fn content_security_policy(template: &Template) -> Vec<String> {
    let pointer = "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/\
             ContentSecurityPolicy/ContentSecurityPolicy";
    let here = template.at(pointer).as_str().unwrap_or_default();
    let local = LOCAL
        .split_once("const CONTENT_SECURITY_POLICY: &str = \"")
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("the local run's");
    let words = |text: &str| {
        text.replace('\\', " ").split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    if words(here) == words(local) { vec![] } else { vec![format!("{here} differs from {local}")] }
}

fn bucket_policy(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    let mut tls = false;
    for statement in
        items(template.at("/Resources/SiteBucketPolicy/Properties/PolicyDocument/Statement"))
    {
        if statement["Effect"] == "Deny" {
            tls |= statement["Condition"]["Bool"]["aws:SecureTransport"] == "false"
                && statement["Principal"] == "*"
                && statement["Action"] == "s3:*";
            continue;
        }
        let cloudfront = statement["Principal"]["Service"] == "cloudfront.amazonaws.com";
        let own = format_value(&statement["Condition"]["StringEquals"]["aws:SourceArn"])
            .ends_with(":distribution/${Cdn}");
        if !cloudfront || !own {
            violations.push(format!("{} is for more than this distribution", statement["Action"]));
        }
    }
    if !tls {
        violations.push("the bucket answers without TLS".to_owned());
    }
    violations
}
