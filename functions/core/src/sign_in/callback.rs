//! What the provider's page sends back through the browser (RFC 6749, 4.1.2; RFC 9207).

use serde_json::Value;

use super::{
    failure::{FailureKind, SignInFailure},
    token_request::{microsoft_code, oauth_codes},
};
use crate::domain::{Secret, displayed};

/// An answer of the provider's page. Anybody can make one up, so nothing of it is believed before
/// the code has been exchanged.
#[derive(Debug)]
pub struct CallbackAnswer {
    /// The state of the sign-in that it answers.
    pub state: Option<Secret>,
    /// The issuer that the answer says it comes from (RFC 9207).
    pub issuer: Option<String>,
    /// What it says.
    pub outcome: CallbackOutcome,
    /// The person's name, which Apple sends beside the code, and only the first time.
    pub name: Option<String>,
}

/// What an answer of the provider's page says.
#[derive(Debug)]
pub enum CallbackOutcome {
    /// Here is a code.
    Code(String),
    /// There will be none.
    Refused(SignInFailure),
    /// An administrator has allowed the portal for their organisation. Microsoft leads here without
    /// a code.
    ConsentGiven,
}

/// The longest accepted code, in bytes. Microsoft's have up to 2,000.
const MAX_CODE: usize = 4096;

impl CallbackAnswer {
    /// Reads the answer from the request's parameters. One that is `repeated` is refused whatever
    /// it says: two readers could see different ones.
    #[must_use]
    pub fn read<'a>(parameter: impl Fn(&str) -> Option<&'a str>, repeated: bool) -> Self {
        let invalid = |detail: &str| {
            CallbackOutcome::Refused(SignInFailure::new(FailureKind::AnswerInvalid, detail))
        };
        let text = |name: &str| parameter(name).unwrap_or_default();
        let outcome = if repeated {
            invalid("a parameter is there twice")
        } else if !text("error").is_empty() {
            CallbackOutcome::Refused(refusal(text("error"), text("error_description")))
        } else if text("admin_consent").eq_ignore_ascii_case("true") {
            CallbackOutcome::ConsentGiven
        } else if text("code").is_empty() {
            invalid("it has neither a code nor an error")
        } else if text("code").len() > MAX_CODE {
            invalid("the code is too long")
        } else {
            CallbackOutcome::Code(text("code").to_owned())
        };
        Self {
            state: parameter("state").and_then(Secret::parse),
            issuer: parameter("iss").map(str::to_owned),
            outcome,
            name: parameter("user").and_then(name),
        }
    }
}

/// Returns why there is no code.
fn refusal(error: &str, description: &str) -> SignInFailure {
    let code = microsoft_code(description).unwrap_or_default();
    let kind = match (error, &*code) {
        // Consent declined by the person.
        (_, "AADSTS65004") => FailureKind::Cancelled,
        (
            _,
            // Not assigned to the portal; no consent yet; consent is for administrators; not of
            // this tenant; stopped by a rule of conditional access.
            "AADSTS50105" | "AADSTS65001" | "AADSTS90094" | "AADSTS90093" | "AADSTS90095"
            | "AADSTS50020" | "AADSTS53000" | "AADSTS53001" | "AADSTS53002" | "AADSTS53003"
            | "AADSTS53004" | "AADSTS530003",
        )
        | ("consent_required" | "admin_policy_enforced" | "org_internal" | "unauthorized", _) => {
            FailureKind::NotAllowed
        }
        // Okta's words for a person whom nobody has assigned to the portal.
        ("access_denied", _) if description.contains("not assigned") => FailureKind::NotAllowed,
        (
            "access_denied"
            | "login_required"
            | "interaction_required"
            | "account_selection_required"
            | "user_cancelled"
            | "user_cancelled_login"
            | "user_cancelled_authorize",
            _,
        ) => FailureKind::Cancelled,
        ("server_error" | "temporarily_unavailable", _) => FailureKind::ProviderError,
        // The person cannot give the factors that were asked for (OpenID Connect Core Error Code
        // unmet_authentication_requirements 1.0).
        ("unmet_authentication_requirements", _) => FailureKind::FactorsMissing,
        _ => FailureKind::RequestError,
    };
    SignInFailure::new(kind, oauth_codes(error, description))
}

/// Returns the name in Apple's parameter `user`: `{"name": {"firstName", "lastName"}, "email"}`.
fn name(user: &str) -> Option<String> {
    let user: Value = serde_json::from_str(user).ok()?;
    let parts = ["firstName", "lastName"].map(|part| user["name"][part].as_str());
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(displayed(&parts.join(" "), 200)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read(parameters: &[(&str, &str)]) -> CallbackAnswer {
        let parameters: BTreeMap<_, _> = parameters.iter().copied().collect();
        CallbackAnswer::read(|name| parameters.get(name).copied(), false)
    }

    #[test]
    fn each_error_has_its_kind() {
        for (error, description, expected) in [
            ("access_denied", "", FailureKind::Cancelled),
            ("access_denied", "AADSTS65004: The user declined to consent", FailureKind::Cancelled),
            ("access_denied", "AADSTS50105: Not assigned", FailureKind::NotAllowed),
            ("access_denied", "User is not assigned to the client", FailureKind::NotAllowed),
            ("invalid_request", "AADSTS90094: Admin consent", FailureKind::NotAllowed),
            ("consent_required", "AADSTS65001: x", FailureKind::NotAllowed),
            ("user_cancelled_authorize", "", FailureKind::Cancelled),
            ("login_required", "", FailureKind::Cancelled),
            ("server_error", "", FailureKind::ProviderError),
            ("temporarily_unavailable", "", FailureKind::ProviderError),
            ("unmet_authentication_requirements", "", FailureKind::FactorsMissing),
            ("invalid_scope", "", FailureKind::RequestError),
            ("unauthorized_client", "AADSTS700016: x", FailureKind::RequestError),
            ("anything", "ana@people.example", FailureKind::RequestError),
        ] {
            let answer = read(&[("error", error), ("error_description", description)]);
            let CallbackOutcome::Refused(failure) = answer.outcome else { panic!("{error}") };
            assert_eq!(failure.kind, expected, "{error} {description}");
            assert!(!failure.detail.contains('@'), "{failure}");
        }
    }

    #[test]
    fn an_answer_is_a_code_a_refusal_or_consent() {
        assert!(
            matches!(read(&[("code", "c")]).outcome, CallbackOutcome::Code(code) if code == "c")
        );
        let consent = read(&[("admin_consent", "True"), ("tenant", "t")]);
        assert!(matches!(consent.outcome, CallbackOutcome::ConsentGiven));
        let long = "c".repeat(MAX_CODE + 1);
        for parameters in [&[][..], &[("code", "")], &[("code", &long)], &[("admin_consent", "1")]]
        {
            let CallbackOutcome::Refused(failure) = read(parameters).outcome else {
                panic!("{parameters:?}")
            };
            assert_eq!(failure.kind, FailureKind::AnswerInvalid, "{parameters:?}");
        }
        let repeated = CallbackAnswer::read(|_| Some("c"), true).outcome;
        assert!(matches!(repeated, CallbackOutcome::Refused(_)));
    }

    #[test]
    fn apple_names_the_person_beside_the_code() {
        let named = |user| read(&[("code", "c"), ("user", user)]).name;
        assert_eq!(
            named(r#"{"name": {"firstName": "Ana", "lastName": "Keller"}, "email": "a@b"}"#),
            Some("Ana Keller".to_owned())
        );
        for user in ["", "{}", r#"{"name": "Ana"}"#, r#"{"name": {"firstName": 1}}"#] {
            assert_eq!(named(user), None, "{user}");
        }
    }
}
