//! How people are shown, from claims that providers fill in as they like.

use serde_json::{Value, json};
use tests::{Edit, Fixture, Portal};

use super::{Attempt, EMAIL, Rows, SIGNED_IN};

/// Signs in with these claims in place of a name and an address.
async fn identity(portal: &Portal, claims: &Value) -> Value {
    let Value::Object(claims) = claims.clone() else { panic!("{claims} are no claims") };
    portal.provider.change(|says| {
        says.claims = Edit::new(move |own| {
            own.remove("name");
            own.remove("email");
            own.extend(claims.clone());
        });
    });
    let mut attempt = Attempt::of(portal).await;
    assert_eq!(attempt.outcome(), SIGNED_IN);
    attempt.identity().await
}

#[tokio::test]
async fn the_name_is_the_first_that_a_provider_gives() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let all = json!({
        "name": "Ana Keller", "given_name": "Anna", "family_name": "K", "preferred_username": "ak",
        "upn": "ak@upn.example", "unique_name": "ak@unique.example", "nickname": "an",
        "email": "ana@people.example",
    });
    let without = |names: &[&str]| {
        let mut claims = all.clone();
        for name in names {
            claims.as_object_mut().expect("claims").remove(*name);
        }
        claims
    };
    let order = ["name", "given_name", "family_name", "preferred_username", "upn", "unique_name"];
    for (claims, right) in [
        (all.clone(), "Ana Keller"),
        (without(&order[..1]), "Anna K"),
        (without(&order[..2]), "K"),
        (without(&["name", "family_name"]), "Anna"),
        (without(&order[..3]), "ak"),
        (without(&order[..4]), "ak@upn.example"),
        (without(&order[..5]), "ak@unique.example"),
        (without(&order), "an"),
        (without(&[&order[..], &["nickname"]].concat()), "ana@people.example"),
        (json!({}), "Test sign-in"),
        // What is no text is none, and what cannot be seen neither.
        (json!({ "name": {}, "nickname": "an" }), "an"),
        (json!({ "name": true, "nickname": "an" }), "an"),
        (json!({ "name": null, "nickname": "an" }), "an"),
        (json!({ "name": "", "nickname": "an" }), "an"),
        (json!({ "name": " \t", "nickname": "an" }), "an"),
        (json!({ "name": "\u{200b}\u{2060}\u{202e}", "nickname": "an" }), "an"),
        (json!({ "name": "\u{0}\u{7}", "nickname": "an" }), "an"),
        (json!({ "given_name": "Anna", "family_name": {} }), "Anna"),
        (json!({ "given_name": "", "family_name": "Keller" }), "Keller"),
    ] {
        let shown = identity(&portal, &claims).await;
        rows.check(&claims, shown["name"].as_str().unwrap_or_default(), right);
    }
    rows.assert_right();
}

#[tokio::test]
async fn guests_are_shown_without_the_host_that_invited_them() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let guest = "ana_people.example#EXT#@host.onmicrosoft.com";
    for claim in ["name", "preferred_username", "upn", "unique_name"] {
        let shown = identity(&portal, &json!({ claim: guest })).await;
        rows.check(claim, shown["name"].as_str().unwrap_or_default(), "ana_people.example");
        let address = shown["email"].as_str().unwrap_or_default();
        rows.check(
            format!("{claim}, the address"),
            if address.contains("#EXT#") { address } else { "none of the host's" },
            "none of the host's",
        );
    }
    rows.assert_right();
}

#[tokio::test]
async fn signs_that_hide_or_reorder_text_are_left_out() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (name, right) in [
        ("Ana\u{202e} Keller", "Ana Keller"),
        ("\u{202a}Ana\u{202c} \u{2066}Keller\u{2069}", "Ana Keller"),
        ("A\u{200b}na Kel\u{2060}ler", "Ana Keller"),
        ("\u{feff}Ana Keller", "Ana Keller"),
        ("Ana\u{200f} Keller\u{200e}", "Ana Keller"),
        ("Ana Kel\u{ad}ler", "Ana Keller"),
        ("Ana\u{e0041}\u{e0042} Keller", "Ana Keller"),
        ("Ana\r\nKeller", "Ana Keller"),
        ("  Ana \t Keller  ", "Ana Keller"),
        ("Ana\u{0} Keller\u{1b}", "Ana Keller"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("李小龍", "李小龍"),
        ("עדה", "עדה"),
        ("O'Connor-Smith, Jr.", "O'Connor-Smith, Jr."),
        ("<b>Ana</b>", "<b>Ana</b>"),
    ] {
        let shown = identity(&portal, &json!({ "name": name })).await;
        rows.check(name.escape_debug(), shown["name"].as_str().unwrap_or_default(), right);
        let shown = identity(&portal, &json!({ "given_name": name })).await;
        let case = format!("{}, given", name.escape_debug());
        rows.check(case, shown["name"].as_str().unwrap_or_default(), right);
    }
    let shown = identity(&portal, &json!({ "email": "ana\u{202e}\u{200b}@people.example" })).await;
    rows.check("an address", shown["email"].as_str().unwrap_or_default(), "ana@people.example");
    let long = identity(&portal, &json!({ "name": "ä".repeat(5000) })).await;
    let length = long["name"].as_str().unwrap_or_default().chars().count();
    rows.check("a long name", &length.to_string(), "200");
    rows.assert_right();
}

#[tokio::test]
async fn the_session_names_identity_address_and_provider() {
    let portal = Portal::start().await;
    let claims = json!({ "name": "Ana Keller", "email": "ana@people.example" });
    let shown = identity(&portal, &claims).await;
    assert_eq!(shown["name"], "Ana Keller");
    assert_eq!(shown["email"], "ana@people.example");
    assert_eq!(shown["provider"], "Test sign-in");
    let shown = identity(&portal, &json!({ "name": "Ana Keller" })).await;
    assert_eq!(shown["email"], Value::Null);
}

/// The marks on an address in the notice to administrators that somebody has linked a profile.
#[tokio::test]
async fn an_address_that_the_provider_does_not_vouch_for_is_marked_in_the_linked_notice() {
    let mut rows = Rows::default();
    let mut texts = Vec::new();
    for (verified, is_marked) in [
        (Some(json!(true)), false),
        (Some(json!("true")), false),
        (Some(json!(false)), true),
        (Some(json!("false")), true),
        (Some(json!("yes")), true),
        (Some(json!(null)), true),
        (Some(json!([true])), true),
        (None, true),
    ] {
        let fixture = Fixture::builder().administrator().build().await;
        let portal = &fixture.portal;
        let case = format!("{verified:?}");
        portal.provider.change(|says| {
            says.claims = match verified {
                Some(verified) => Edit::set(json!({ "email_verified": verified })),
                None => Edit::without("email_verified"),
            };
        });
        portal.add(&portal.customer, "Bob Builder", "bob@customer.example").await;
        portal.follow_invitation("bob@customer.example", "Bob", "bob@elsewhere.example").await;
        let notice = portal.mail(EMAIL);
        let text = notice.text.clone();
        assert!(text.contains("bob@elsewhere.example"), "{text}");
        texts.push((case, is_marked, text));
    }
    let marked = texts.iter().find(|(_, is_marked, _)| *is_marked).expect("a row").2.clone();
    let plain = texts.iter().find(|(_, is_marked, _)| !is_marked).expect("a row").2.clone();
    let length = |text: &str| text.split_whitespace().count();
    rows.check(
        "the mark",
        if length(&marked) > length(&plain) { "more words" } else { "no more words" },
        "more words",
    );
    for (case, is_marked, text) in &texts {
        let is = if length(text) == length(&marked) { "marked" } else { "not marked" };
        rows.check(case, is, if *is_marked { "marked" } else { "not marked" });
    }
    rows.assert_right();
}
