//! ID tokens, true and forged.

use serde_json::{Value, json};

use super::{
    Edit, IdentityProvider, Signer, TestKey,
    keys::{encode, sign_with_secret},
    server::Inner,
};

const OTHER_TENANT: &str = "5d7f8c2a-6a0e-4f5b-9c53-0f2f3b7c1a11";

/// The forgery in each token that a provider issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// For another client.
    Audience,
    /// An hour too old.
    Expired,
    /// From another issuer.
    Issuer,
    /// With the nonce of another sign-in.
    Nonce,
    /// Signed by a key that is not the provider's.
    Key,
    /// Not signed at all, algorithm `none`.
    Unsigned,
    /// The token of the sign-in before.
    Replay,
    /// Of a Microsoft tenant that is not the issuer's.
    WrongTenant,
    /// Of no Microsoft tenant.
    NoTenant,
    /// From another Microsoft tenant, which its issuer names.
    OtherTenant,
    /// With Microsoft's issuer template in place of an issuer.
    Template,
    /// From another host, with the right Microsoft tenant.
    OtherHost,
}

/// Issues an ID token with these claims.
pub(super) fn id_token(inner: &Inner, mut claims: Value) -> String {
    let now = inner.clock.now().as_second();
    claims["iat"] = now.into();
    claims["exp"] = (now + 300).into();
    forge(inner.forgery, &mut claims, now);
    let behaviour = &inner.behaviour;
    behaviour.claims.apply(&mut claims);
    sign(inner, behaviour.header.clone(), &claims)
}

/// Signs a logout token (OpenID Connect Back-Channel Logout 1.0, 2.4) that is for `client` and of
/// `issuer`, with `changes` of its claims: the usual ones, and neither `sub` nor `sid`.
pub(super) fn logout_token(
    inner: &mut Inner,
    issuer: &str,
    client: &str,
    changes: &Edit,
) -> String {
    let now = inner.clock.now().as_second();
    inner.codes_given += 1;
    let mut claims = json!({
        "iss": issuer, "aud": client, "iat": now, "exp": now + 120,
        "jti": format!("logout-{}", inner.codes_given),
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    forge(inner.forgery, &mut claims, now);
    changes.apply(&mut claims);
    let mut header = inner.behaviour.header.clone();
    header["typ"] = "logout+jwt".into();
    sign(inner, header, &claims)
}

fn sign(inner: &Inner, more: Value, claims: &Value) -> String {
    let behaviour = &inner.behaviour;
    let (signer, algorithm) = match inner.forgery {
        Some(Forgery::Unsigned) => (Signer::Nothing, "none"),
        Some(Forgery::Key) => (Signer::Key(TestKey::P256(3)), "ES256"),
        _ => (behaviour.signer.clone(), behaviour.algorithm.as_str()),
    };
    let mut header = json!({ "alg": algorithm });
    if let (Value::Object(header), Value::Object(more)) = (&mut header, more) {
        header.extend(more);
    }
    let payload = behaviour.payload.apply(claims.to_string());
    let content = format!("{}.{}", encode(header.to_string()), encode(payload));
    let signature = match signer {
        Signer::Key(key) => key.sign(algorithm, content.as_bytes()),
        Signer::Secret(secret) => sign_with_secret(&secret, content.as_bytes()),
        Signer::Nothing => Vec::new(),
        Signer::Bytes(bytes) => bytes,
    };
    format!("{content}.{}", encode(signature))
}

fn forge(forgery: Option<Forgery>, claims: &mut Value, now: i64) {
    match forgery {
        Some(Forgery::Audience) => claims["aud"] = "another".into(),
        Some(Forgery::Expired) => claims["exp"] = (now - 3600).into(),
        Some(Forgery::Issuer) => claims["iss"] = "https://another.example".into(),
        Some(Forgery::Nonce) => claims["nonce"] = "another".into(),
        Some(Forgery::WrongTenant) => claims["tid"] = OTHER_TENANT.into(),
        Some(Forgery::NoTenant) => claims["tid"] = Value::Null,
        Some(Forgery::OtherTenant) => of_tenant(claims, OTHER_TENANT),
        Some(Forgery::Template) => of_tenant(claims, "{tenantid}"),
        Some(Forgery::OtherHost) => {
            claims["iss"] =
                format!("https://another.example/{}/v2.0", IdentityProvider::TENANT).into();
        }
        Some(Forgery::Key | Forgery::Unsigned | Forgery::Replay) | None => {}
    }
}

/// Moves claims to another Microsoft tenant, issuer included.
fn of_tenant(claims: &mut Value, tenant: &str) {
    let issuer =
        claims["iss"].as_str().expect("an issuer").replace(IdentityProvider::TENANT, tenant);
    claims["iss"] = issuer.into();
    claims["tid"] = tenant.into();
}
