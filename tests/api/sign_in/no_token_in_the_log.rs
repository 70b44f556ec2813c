//! Whatever fails, the log has no token, no code, no secret and no address.

use serde_json::json;
use tests::{Edit, IdentityProvider, Log, Portal, Rewrite, Signer, TestKey};

use super::{Change, EMAIL, NAME, SIGNED_IN, outcome, parameter, start};

/// The failures, which reach every step of a sign-in.
const FAILURES: [(&str, Change); 30] = [
    ("nothing", |_| ()),
    ("denied", |says| says.error = Some(("access_denied", "ada@customer.example declined"))),
    ("denied in other words", |says| says.error = Some(("ada@customer.example", ""))),
    ("refused by the organisation", |says| {
        says.error = Some(("access_denied", "AADSTS50105: ada@customer.example is not assigned."));
    }),
    ("the client refused", |says| says.client_auth.clear()),
    ("the code refused", |says| says.token.fail(400, json!({ "error": "invalid_grant" }))),
    ("an error with words", |says| {
        says.token.fail(
            400,
            json!({
                "error": "ada@customer.example", "error_description": "of ada@customer.example",
            }),
        );
    }),
    ("a token with status 500", |says| says.token.status = 500),
    ("a token with status 400", |says| says.token.status = 400),
    ("a token in a list", |says| {
        says.token.text = Rewrite::new(|text| format!("[{text}]").into_bytes());
    }),
    ("a token cut off", |says| {
        says.token.text = Rewrite::new(|text| text.as_bytes()[..text.len() - 2].to_vec());
    }),
    ("a token with text behind", |says| {
        says.token.text = Rewrite::new(|text| format!("{text}x").into_bytes());
    }),
    ("a token in a page", |says| {
        says.token.text = Rewrite::new(|text| format!("<p>{text}</p>").into_bytes());
    }),
    ("an answer that is not UTF-8", |says| {
        says.token.text = Rewrite::new(|text| [text.as_bytes(), &[0xff]].concat());
    }),
    ("an access token that is an object", |says| {
        says.token.members = Edit::new(|members| {
            let (token, id) = (members["access_token"].clone(), members["id_token"].clone());
            members.insert("id_token".to_owned(), json!({ "access": token, "id": id }));
        });
    }),
    ("an ID token of the wrong type", |says| {
        says.token.members = Edit::new(|members| {
            members.insert("id_token".to_owned(), json!([members["id_token"]]));
        });
    }),
    ("an ID token in five parts", |says| {
        says.token.members = Edit::new(|members| {
            let token = members["id_token"].as_str().expect("a token");
            let token = format!("{token}.a.b");
            members.insert("id_token".to_owned(), token.into());
        });
    }),
    ("no signature", |says| {
        says.signer = Signer::Nothing;
        "none".clone_into(&mut says.algorithm);
    }),
    ("another's signature", |says| says.sign_with(TestKey::P256(3), "ES256", Some("first"))),
    ("an unknown key with an address", |says| {
        says.header = json!({ "kid": "ada@customer.example" });
    }),
    ("an algorithm with an address", |says| {
        says.header = json!({ "kid": "first", "alg": "ada@customer.example" });
    }),
    ("another audience", |says| says.claims = Edit::set(json!({ "aud": "ada@customer.example" }))),
    ("another issuer", |says| says.claims = Edit::set(json!({ "iss": "ada@customer.example" }))),
    ("another nonce", |says| says.claims = Edit::set(json!({ "nonce": "ada@customer.example" }))),
    ("too old", |says| says.claims = Edit::set(json!({ "exp": 1 }))),
    ("a time as text", |says| says.claims = Edit::set(json!({ "exp": "ada@customer.example" }))),
    ("claims cut off", |says| {
        says.payload = Rewrite::new(|claims| claims.as_bytes()[..claims.len() - 2].to_vec());
    }),
    ("claims twice", |says| says.payload = Rewrite::append(r#""sub":"","aud":[1]"#)),
    ("metadata with an address", |says| {
        says.metadata.members = Edit::set(json!({ "issuer": "https://ada@customer.example" }));
    }),
    ("keys that are none", |says| says.keys.text = Rewrite::to("ada@customer.example")),
];

/// Lists how a secret could be printed: as text, and as numbers of its bytes.
fn spellings(secret: &str) -> Vec<String> {
    let start = &secret.as_bytes()[..secret.len().min(16)];
    let numbers: Vec<_> = start.iter().map(u8::to_string).collect();
    let hex: Vec<_> = start.iter().map(|byte| format!("{byte:02x}")).collect();
    vec![
        String::from_utf8_lossy(start).into_owned(),
        numbers.join(", "),
        numbers.join(","),
        numbers.join(" "),
        hex.concat(),
    ]
}

/// Lists what must not be in the log of an attempt.
fn secrets(portal: &Portal, callback: &str) -> Vec<(&'static str, String)> {
    let mut secrets = vec![
        ("the access token", IdentityProvider::ACCESS_TOKEN.to_owned()),
        ("the client's secret", IdentityProvider::SECRET.to_owned()),
        ("the address", EMAIL.to_owned()),
        ("the address, encoded", EMAIL.replace('@', "%40")),
        ("the address without signs", EMAIL.replace(['@', '.'], "")),
        ("the name", NAME.to_owned()),
    ];
    for name in ["code", "state"] {
        secrets.extend(parameter(callback, name).map(|value| (name, value)));
    }
    let issued = portal.provider.issued();
    let parts = issued.iter().flat_map(|token| token.split('.').skip(1));
    secrets.extend(["the claims", "the signature"].into_iter().zip(parts.map(str::to_owned)));
    // All headers of the tests begin alike.
    secrets.extend(issued.map(|token| ("the ID token", token)));
    secrets.retain(|(_, secret)| !secret.is_empty());
    secrets
}

#[tokio::test]
async fn no_failure_logs_a_token_or_an_address() {
    let log = Log::keep();
    let mut found = Vec::new();
    for (case, change) in FAILURES {
        let portal = Portal::start().await;
        let before = log.text().len();
        portal.provider.change(change);
        let mut browser = portal.browser();
        let (answer, callback) = match start(&mut browser, "test", "").await {
            Ok(page) => {
                let callback = portal.provider.authorize(&page, NAME, EMAIL);
                (browser.get(&callback).await, callback)
            }
            Err(answer) => (answer, portal.url.clone()),
        };
        assert_eq!(case == "nothing", outcome(&answer) == SIGNED_IN, "{case}");
        let text = log.text().split_off(before);
        assert!(text.contains("answered"), "{case}: the log was not kept");
        for (name, secret) in secrets(&portal, &callback) {
            for spelling in spellings(&secret) {
                if text.contains(&spelling) {
                    found.push(format!("{case}: {name} as {spelling}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
