//! The claims of an ID token that are believed (OpenID Connect Core 1.0, 3.1.3.7).

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    failure::{FailureKind, SignInFailure},
    json::{self, Members, Unusable},
    keys::SignedToken,
    metadata::Metadata,
};
use crate::domain::{IdentityKey, SignInRefusal, is_guid};

/// How far the clocks of provider and portal may differ.
pub(super) const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// What an ID token must be for, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub(super) metadata: &'a Metadata,
    pub(super) client_id: &'a str,
    /// The nonce of the sign-in.
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) issuer: String,
    pub(super) subject: String,
}

impl Subject {
    /// Returns the key of the identity.
    pub(super) fn key(&self) -> IdentityKey {
        IdentityKey::new(&self.issuer, &self.subject)
    }
}

/// Checks the claims of a token whose signature has been verified, and returns whose it is.
///
/// Only what is believed can refuse a token: `iss`, `sub`, `aud`, `azp`, `exp`, `nbf`, `iat`,
/// `nonce` and, with Microsoft, `tid`. If only the nonce or a time is wrong, the failure says whose
/// sign-in is refused: the provider has signed it for this portal.
pub(super) fn check(token: &SignedToken, expected: Expected) -> Result<Subject, SignInFailure> {
    let claims = &token.claims;
    let subject = addressee(claims, expected.metadata, expected.client_id)?;
    let refused = |kind, detail: &str, reason| SignInFailure {
        refused: Some((subject.key(), reason)),
        ..SignInFailure::new(kind, detail)
    };
    if text(claims, "nonce")?.as_deref() != Some(expected.nonce) {
        let detail = "the nonce is another sign-in's";
        return Err(refused(FailureKind::AnotherSignIn, detail, SignInRefusal::AnotherSignIn));
    }
    if let Some(detail) = out_of_time(claims, expected.now)? {
        return Err(refused(FailureKind::OutOfTime, detail, SignInRefusal::Expired));
    }
    Ok(subject)
}

/// Checks that the provider has issued the token for this portal, and returns whose it is.
pub(super) fn addressee(
    claims: &Members,
    metadata: &Metadata,
    client_id: &str,
) -> Result<Subject, SignInFailure> {
    let issuer = issued_by(claims, metadata, client_id)?;
    let subject = text(claims, "sub")?.filter(|subject| !subject.is_empty());
    let subject = subject.ok_or_else(|| invalid("sub is missing or empty"))?;
    Ok(Subject { issuer, subject })
}

/// Checks that the provider has issued the token for this portal, and returns its issuer.
pub(super) fn issued_by(
    claims: &Members,
    metadata: &Metadata,
    client_id: &str,
) -> Result<String, SignInFailure> {
    let issuer = text(claims, "iss")?.ok_or_else(|| invalid("iss is missing"))?;
    let tenant = if metadata.is_for_many_tenants() {
        let tenant = text(claims, "tid")?.filter(|tenant| is_guid(tenant));
        Some(tenant.ok_or_else(|| invalid("tid is no tenant's id"))?)
    } else {
        None
    };
    if !metadata.is_issuer(&issuer, tenant.as_deref()) {
        return Err(invalid("iss is another issuer"));
    }
    check_audience(claims, client_id)?;
    Ok(issuer)
}

/// Checks the audience. Several are accepted if the token has been issued to this portal (`azp`),
/// as those of Keycloak and Zitadel.
fn check_audience(claims: &Members, client_id: &str) -> Result<(), SignInFailure> {
    let unusable = || invalid("aud is missing or neither a text nor a list of texts");
    let audiences = match claims.only("aud").map_err(|Unusable| invalid("aud is there twice"))? {
        Some(Value::String(audience)) => vec![audience],
        Some(Value::Array(audiences)) => audiences
            .into_iter()
            .map(|audience| audience.as_str().map(str::to_owned).ok_or_else(unusable))
            .collect::<Result<_, _>>()?,
        _ => return Err(unusable()),
    };
    if !audiences.iter().any(|audience| audience == client_id) {
        return Err(invalid("aud is another client"));
    }
    match text(claims, "azp")? {
        Some(party) if party != client_id => Err(invalid("azp is another client")),
        None if audiences.iter().any(|audience| audience != client_id) => {
            Err(invalid("aud has several clients, and azp is missing"))
        }
        _ => Ok(()),
    }
}

/// Returns what is wrong with the token's times, if anything. `iat` must be there, but one of
/// another form is not used.
pub(super) fn out_of_time(
    claims: &Members,
    now: Timestamp,
) -> Result<Option<&'static str>, SignInFailure> {
    let time = |name: &str| match claims.only(name) {
        Ok(None) => Ok(None),
        Ok(Some(Value::Number(seconds))) => Ok(json::time(&seconds)),
        _ => Err(invalid(&format!("{name} is no number, or twice"))),
    };
    let expiry = time("exp")?.ok_or_else(|| invalid("exp is missing"))?;
    let not_before = time("nbf")?;
    if claims.only("iat").is_ok_and(|issued| issued.is_none()) {
        return Err(invalid("iat is missing"));
    }
    let is_to_come = |time: Timestamp| time.duration_since(now) > CLOCK_TOLERANCE;
    Ok(if now.duration_since(expiry) >= CLOCK_TOLERANCE {
        Some("exp is past")
    } else if not_before.is_some_and(is_to_come) {
        Some("nbf is to come")
    } else if claims.time("iat").is_some_and(is_to_come) {
        Some("iat is to come")
    } else {
        None
    })
}

/// Returns the claim `name`, which is believed.
pub(super) fn text(claims: &Members, name: &str) -> Result<Option<String>, SignInFailure> {
    claims.only_text(name).map_err(|Unusable| invalid(&format!("{name} is no text, or twice")))
}

/// Returns the failure of a claim.
pub(super) fn invalid(detail: &str) -> SignInFailure {
    SignInFailure::new(FailureKind::ClaimInvalid, detail)
}
