//! What a token endpoint answers: the ID token in it decides, and nothing else can refuse it.

use serde_json::{Value, json};
use tests::{Answering, Edit, Portal, Rewrite};

use super::{Attempt, REFUSED, Rows, SIGNED_IN};

async fn try_answer(
    portal: &Portal,
    rows: &mut Rows,
    case: &str,
    right: &str,
    change: impl FnOnce(&mut Answering),
) {
    portal.provider.reset();
    portal.provider.change(|says| change(&mut says.token));
    rows.check(case, &Attempt::of(portal).await.outcome(), right);
}

#[tokio::test]
async fn members_without_use_may_be_anything() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(3600.5),
        json!(""),
        json!("300"),
        json!("soon"),
        json!([]),
        json!(["openid", "email"]),
        json!({}),
        json!({ "a": [1] }),
    ];
    let members = [
        "access_token",
        "token_type",
        "expires_in",
        "ext_expires_in",
        "scope",
        "refresh_token",
        "refresh_expires_in",
        "not-before-policy",
        "session_state",
        "user",
    ];
    for member in members {
        for value in &values {
            let (case, members) = (format!("{member}: {value}"), json!({ member: value }));
            try_answer(&portal, &mut rows, &case, SIGNED_IN, |answer| {
                answer.members = Edit::set(members);
            })
            .await;
        }
        let edit = Edit::without(member);
        try_answer(&portal, &mut rows, &format!("no {member}"), SIGNED_IN, |answer| {
            answer.members = edit;
        })
        .await;
    }
    rows.assert_right();
}

#[tokio::test]
async fn the_form_of_an_answer_does_not_matter_where_it_is_json() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for content_type in [
        "application/json",
        "application/json;charset=UTF-8",
        "APPLICATION/JSON",
        "text/json",
        "text/plain; charset=utf-8",
        "text/html",
        "application/octet-stream",
        "no media type",
        "",
    ] {
        try_answer(&portal, &mut rows, content_type, SIGNED_IN, |answer| {
            answer.content_type = content_type;
        })
        .await;
    }
    for (case, text) in [
        ("a byte order mark", Rewrite::byte_order_mark()),
        ("white space", Rewrite::new(|text| format!("\r\n\t {text}\r\n").into_bytes())),
        ("a member twice", Rewrite::append(r#""scope":"a","scope":"b""#)),
        ("a lone surrogate", Rewrite::append(r#""scope":"\ud800""#)),
        ("a number that no float holds", Rewrite::append(r#""expires_in":1e999"#)),
    ] {
        try_answer(&portal, &mut rows, case, SIGNED_IN, |answer| answer.text = text).await;
    }
    rows.assert_right();
}

type TokenEdit = fn(&str) -> String;

#[tokio::test]
async fn an_answer_without_an_id_token_signs_nobody_in() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for token in [
        json!(null),
        json!(true),
        json!(1),
        json!(""),
        json!("."),
        json!(".."),
        json!("a.b"),
        json!("a.b.c"),
        json!("e30.e30."),
        json!(["e30.e30."]),
        json!({ "id_token": "e30.e30." }),
    ] {
        let (case, members) = (format!("id_token: {token}"), json!({ "id_token": token }));
        try_answer(&portal, &mut rows, &case, REFUSED, |answer| {
            answer.members = Edit::set(members);
        })
        .await;
    }
    try_answer(&portal, &mut rows, "no id_token", REFUSED, |answer| {
        answer.members = Edit::without("id_token");
    })
    .await;
    let edits: [(&str, TokenEdit); 8] = [
        ("another part", |token| format!("{token}.e30")),
        ("two more parts, as an encrypted token", |token| format!("{token}.e30.e30")),
        ("without its signature", |token| token.rsplit_once('.').expect("parts").0.to_owned()),
        ("with an empty signature", |token| {
            format!("{}.", token.rsplit_once('.').expect("parts").0)
        }),
        ("cut off", |token| token[..token.len() - 4].to_owned()),
        ("its claims twice", |token| {
            let parts: Vec<_> = token.split('.').collect();
            format!("{}.{}{}.{}", parts[0], parts[1], parts[1], parts[2])
        }),
        ("a byte changed", |token| {
            let (content, signature) = token.rsplit_once('.').expect("parts");
            let other = if content.ends_with('A') { 'B' } else { 'A' };
            format!("{}{other}.{signature}", &content[..content.len() - 1])
        }),
        ("not base64", |token| token.replacen('e', "*", 1)),
    ];
    for (case, edit) in edits {
        try_answer(&portal, &mut rows, case, REFUSED, |answer| {
            answer.members = Edit::new(move |members| {
                let token = edit(members["id_token"].as_str().expect("a token"));
                members.insert("id_token".to_owned(), token.into());
            });
        })
        .await;
    }
    rows.assert_right();
}

#[tokio::test]
async fn an_answer_that_is_no_success_or_no_object_signs_nobody_in() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for status in [302, 400, 401, 403, 404, 429, 500, 502, 503] {
        let case = format!("{status} with a token");
        try_answer(&portal, &mut rows, &case, REFUSED, |answer| answer.status = status).await;
    }
    for body in
        ["", "null", "[]", "true", "<html>Welcome</html>", "id_token=e30.e30.", "{", "\u{0}"]
    {
        try_answer(&portal, &mut rows, body, REFUSED, |answer| answer.text = Rewrite::to(body))
            .await;
    }
    let as_list = Rewrite::new(|text| format!("[{text}]").into_bytes());
    try_answer(&portal, &mut rows, "a list", REFUSED, |answer| answer.text = as_list).await;
    // Two mebibytes, so that no provider fills a function's memory.
    let padding: Value = "x".repeat(2 << 20).into();
    try_answer(&portal, &mut rows, "too much", REFUSED, |answer| {
        answer.members = Edit::set(json!({ "padding": padding }));
    })
    .await;
    portal.provider.reset();
    rows.check("the usual", &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    rows.assert_right();
}
