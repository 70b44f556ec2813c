//! How an identity is shown: from claims that authorize nothing, read leniently.

use jiff::{SignedDuration, Timestamp};

use super::{Factors, Provider, id_token::Subject, json::Members};
use crate::domain::{Authentication, Identity, displayed};

/// The part of a guest's name in Entra that names the tenant which they are a guest of.
const GUEST: &str = "#EXT#";

/// Describes the identity with `claims`, in visible characters and at most 200 of them.
pub(super) fn describe(subject: &Subject, claims: &Members, provider: &Provider) -> Identity {
    let shown = |text: String| {
        let text = text.split(GUEST).next().unwrap_or_default();
        Some(displayed(text, 200)).filter(|text| !text.is_empty())
    };
    let text = |name: &str| shown(claims.text(name)?);
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    // Some providers list all addresses of a person.
    let claim = claims.texts("email").into_iter().next();
    let claimed = claim.clone().and_then(shown);
    // The provider vouches for what it sent, and not for what is left of it.
    let email_verified = claimed.is_some()
        && claimed == claim
        && (claims.is_true("email_verified") || claims.is_true("xms_edov"));
    let email = claimed.or_else(|| {
        let names = ["preferred_username", "upn", "unique_name"];
        names.iter().filter_map(|name| text(name)).find(|name| name.contains('@'))
    });
    let full_name = || {
        let parts: Vec<_> = ["given_name", "family_name"].iter().filter_map(|n| text(n)).collect();
        Some(parts.join(" ")).filter(|name| !name.is_empty())
    };
    let name = text("name")
        .or_else(full_name)
        .or_else(|| first(&["preferred_username", "upn", "unique_name", "nickname"]))
        .or_else(|| email.clone())
        .unwrap_or_else(|| provider.name.clone());
    Identity { key: subject.key(), name, email, email_verified, provider: provider.name.clone() }
}

/// Returns how the person proved who they are (requirement 42). A time of the future is no proof.
pub(super) fn authentication(
    claims: &Members,
    factors: &Factors,
    now: Timestamp,
) -> Authentication {
    let stated = claims
        .time("auth_time")
        .filter(|at| *at > Timestamp::UNIX_EPOCH)
        .filter(|at| at.duration_since(now) <= SignedDuration::from_mins(2));
    let acr = claims.text("acr");
    let several_factors = acr.is_some_and(|acr| factors.acr.contains(&acr))
        || claims.texts("amr").iter().any(|method| factors.amr.contains(method));
    Authentication {
        at: stated.map_or(now, |at| at.min(now)),
        is_stated: stated.is_some(),
        several_factors,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn described(claims: &Value) -> Identity {
        let subject = Subject { issuer: "i".to_owned(), subject: "s".to_owned() };
        let claims = Members::parse(claims.to_string().as_bytes()).expect("an object");
        describe(&subject, &claims, &Provider::new("acme", "Acme", "https://acme.example", "c"))
    }

    #[test]
    fn people_are_shown_by_the_best_name_that_there_is() {
        let guest = "ana_people.example#EXT#@contoso.onmicrosoft.com";
        for (claims, name, email) in [
            (json!({"name": "Ana Keller", "nickname": "ana"}), "Ana Keller", None),
            (json!({"given_name": "Ana", "family_name": "Keller"}), "Ana Keller", None),
            (json!({"given_name": "Ana", "nickname": "a"}), "Ana", None),
            (json!({"name": " ", "family_name": "Keller"}), "Keller", None),
            (json!({"name": {"first": "Ana"}, "nickname": "ana"}), "ana", None),
            (
                json!({"preferred_username": "ana@people.example", "upn": "x"}),
                "ana@people.example",
                Some("ana@people.example"),
            ),
            (json!({"upn": "keller", "unique_name": "x"}), "keller", None),
            (json!({"unique_name": "LIVE\\ana", "nickname": "x"}), "LIVE\\ana", None),
            (json!({"name": 4711}), "4711", None),
            (
                json!({"email": ["ana@people.example", "b@c"]}),
                "ana@people.example",
                Some("ana@people.example"),
            ),
            (json!({"name": guest, "preferred_username": guest}), "ana_people.example", None),
            (json!({"name": "Ana\u{202e} Kel\u{200b}ler\n"}), "Ana Keller", None),
            (json!({"name": "A".repeat(500)}), &*"A".repeat(200), None),
            (json!({}), "Acme", None),
        ] {
            let identity = described(&claims);
            assert_eq!((&*identity.name, identity.email.as_deref()), (name, email), "{claims}");
        }
    }

    #[test]
    fn an_address_is_vouched_for_only_if_the_provider_says_so() {
        for (claims, expected) in [
            (json!({"email": "a@b", "email_verified": true}), true),
            (json!({"email": "a@b", "email_verified": "true"}), true),
            (json!({"email": "a@b", "email_verified": 1}), true),
            (json!({"email": "a@b", "xms_edov": "1"}), true),
            (json!({"email": "a@b", "email_verified": "false"}), false),
            (json!({"email": "a@b", "email_verified": [true]}), false),
            (json!({"email": "a@b"}), false),
            (json!({"preferred_username": "a@b", "email_verified": true}), false),
            (json!({"email": "a@b#EXT#@evil.example", "email_verified": true}), false),
            (json!({"email": "a@b\u{200b}.example", "email_verified": true}), false),
            (
                json!({"email": format!("a@b.example{}", "x".repeat(200)), "email_verified": true}),
                false,
            ),
        ] {
            assert_eq!(described(&claims).email_verified, expected, "{claims}");
        }
    }

    #[test]
    fn several_factors_are_asserted_only_by_what_the_configuration_names() {
        let factors = Factors {
            acr: vec!["phr".to_owned()],
            amr: vec!["mfa".to_owned(), "otp".to_owned()],
            ..Factors::default()
        };
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().expect("a time");
        for (claims, expected) in [
            (json!({"amr": ["pwd", "mfa"]}), true),
            (json!({"amr": "otp"}), true),
            (json!({"acr": "phr"}), true),
            (json!({"amr": ["pwd"], "acr": "1"}), false),
            (json!({"amr": {"mfa": true}, "acr": ["phr"]}), false),
            (json!({}), false),
        ] {
            let members = Members::parse(claims.to_string().as_bytes()).expect("an object");
            let authentication = authentication(&members, &factors, now);
            assert_eq!(authentication.several_factors, expected, "{claims}");
        }
    }

    #[test]
    fn the_time_of_the_proof_is_the_stated_one_or_now() {
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().expect("a time");
        let second = now.as_second();
        for (claims, expected) in [
            (json!({"auth_time": second - 600}), (second - 600, true)),
            (json!({"auth_time": (second - 600).to_string()}), (second - 600, true)),
            (json!({"auth_time": second + 60}), (second, true)),
            (json!({"auth_time": second + 600}), (second, false)),
            (json!({"auth_time": -5}), (second, false)),
            (json!({"auth_time": "soon"}), (second, false)),
            (json!({}), (second, false)),
        ] {
            let members = Members::parse(claims.to_string().as_bytes()).expect("an object");
            let proof = authentication(&members, &Factors::default(), now);
            assert_eq!((proof.at.as_second(), proof.is_stated), expected, "{claims}");
        }
    }

    proptest! {
        #[test]
        fn any_value_of_any_claim_is_shown_without_a_panic(
            name in "[a-z_]{2,12}", text in any::<String>(), number in any::<f64>(),
        ) {
            for value in [json!(text), json!(number), json!([text]), json!({"a": number})] {
                for claim in ["name", "email", "preferred_username", "given_name", &name] {
                    let identity = described(&json!({claim: value}));
                    prop_assert!(!identity.name.is_empty());
                }
            }
        }
    }
}
