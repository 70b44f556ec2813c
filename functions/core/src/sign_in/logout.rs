//! The logout tokens of providers (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6).

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    Provider, Providers,
    failure::{FailureKind, SignInFailure},
    id_token::{CLOCK_TOLERANCE, invalid, issued_by, out_of_time, text},
    in_time,
    json::Members,
    keys::SignedToken,
};
use crate::domain::ProviderLogout;

/// The member of `events` that makes a token one for a logout.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

impl Providers {
    /// How long after its expiry a logout token is still accepted, since clocks differ.
    pub const CLOCK_TOLERANCE: SignedDuration = CLOCK_TOLERANCE;

    /// Verifies a logout token of `provider`: signature, issuer, audience and times as of an ID
    /// token, then what makes it a logout token. Whether it has been used before is not checked.
    pub async fn verify_logout(
        &self,
        provider: &Provider,
        token: &str,
        now: Timestamp,
    ) -> Result<ProviderLogout, SignInFailure> {
        let token = SignedToken::parse(token).ok_or_else(|| invalid("it is no signed token"))?;
        in_time(async {
            let metadata = self.cache.metadata(provider, now).await?;
            let keys = self.cache.keys(provider, &metadata, now).await?;
            self.check_signature(provider, &keys, &token, now).await?;
            let issuer = issued_by(&token.claims, &metadata, &provider.client_id)?;
            if let Some(detail) = out_of_time(&token.claims, now)? {
                return Err(SignInFailure::new(FailureKind::OutOfTime, detail));
            }
            read(provider, issuer, &token.claims)
        })
        .await
    }
}

/// Reads what the claims of a token end, which the provider has signed for this portal.
fn read(
    provider: &Provider,
    issuer: String,
    claims: &Members,
) -> Result<ProviderLogout, SignInFailure> {
    let events = claims.only("events").ok().flatten();
    if !events.is_some_and(|events| events.get(EVENT).is_some_and(Value::is_object)) {
        return Err(invalid("events names no logout"));
    }
    // With one it could be an ID token (section 2.4).
    if claims.value("nonce").is_some() {
        return Err(invalid("nonce is there"));
    }
    let named = |name| Ok(text(claims, name)?.filter(|text| !text.is_empty()));
    let (subject, session) = (named("sub")?, named("sid")?);
    if subject.is_none() && session.is_none() {
        return Err(invalid("sub and sid are missing"));
    }
    Ok(ProviderLogout {
        provider: provider.id.clone(),
        issuer,
        subject,
        session,
        id: named("jti")?.ok_or_else(|| invalid("jti is missing"))?,
        expires_at: claims.time("exp").ok_or_else(|| invalid("exp is no time"))?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(changes: &Value) -> Result<ProviderLogout, String> {
        let mut claims = json!({
            "iss": "https://acme.example", "aud": "portal", "iat": 1, "exp": 121, "jti": "1",
            "sub": "ada", "sid": "browser", "events": { EVENT: {} },
        });
        for (name, value) in changes.as_object().expect("an object") {
            if value == "absent" {
                claims.as_object_mut().expect("an object").remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        let claims = Members::parse(claims.to_string().as_bytes()).expect("an object");
        let provider = Provider::new("acme", "Acme", "https://acme.example", "portal");
        read(&provider, provider.issuer.clone(), &claims).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_logout_names_a_subject_a_session_or_both() {
        for (changes, subject, session) in [
            (json!({}), Some("ada"), Some("browser")),
            (json!({ "sid": "absent" }), Some("ada"), None),
            (json!({ "sid": null }), Some("ada"), None),
            (json!({ "sub": "absent" }), None, Some("browser")),
            (json!({ "sub": "" }), None, Some("browser")),
            // What is not read cannot refuse the token.
            (
                json!({ "trace_id": 7, "events": { EVENT: { "a": 1 }, "b": 2 } }),
                Some("ada"),
                Some("browser"),
            ),
        ] {
            let logout = parse(&changes).expect("a logout");
            assert_eq!(
                (logout.subject.as_deref(), logout.session.as_deref()),
                (subject, session),
                "{changes}"
            );
            assert_eq!((logout.id.as_str(), logout.expires_at.as_second()), ("1", 121));
        }
    }

    #[test]
    fn a_token_that_is_for_no_logout_is_refused() {
        for (changes, detail) in [
            (json!({ "events": "absent" }), "events names no logout"),
            (json!({ "events": EVENT }), "events names no logout"),
            (json!({ "events": [EVENT] }), "events names no logout"),
            (json!({ "events": { EVENT: true } }), "events names no logout"),
            (json!({ "events": { "https://other.example": {} } }), "events names no logout"),
            (json!({ "nonce": "n" }), "nonce is there"),
            (json!({ "nonce": null }), "nonce is there"),
            (json!({ "sub": "absent", "sid": "absent" }), "sub and sid are missing"),
            (json!({ "sub": "", "sid": "" }), "sub and sid are missing"),
            (json!({ "sub": 7 }), "sub is no text, or twice"),
            (json!({ "sid": ["browser"] }), "sid is no text, or twice"),
            (json!({ "jti": "absent" }), "jti is missing"),
            (json!({ "jti": 1 }), "jti is no text, or twice"),
        ] {
            assert_eq!(parse(&changes), Err(format!("claim-invalid: {detail}")), "{changes}");
        }
    }
}
