//! A provider's metadata (OpenID Connect Discovery 1.0, section 3).

use url::Url;

use super::{
    failure::{FailureKind, SignInFailure},
    json::Members,
    provider,
};
use crate::domain::is_guid;

/// The placeholder for the tenant in the issuer of Microsoft's multi-tenant metadata. Tokens
/// contain the tenant instead.
const TENANT_PLACEHOLDER: &str = "{tenantid}";

/// What the portal uses of a provider's metadata. The rest of it may be of any form.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// The issuer, or Microsoft's template of issuers.
    pub issuer: String,
    /// The page on which people sign in.
    pub authorization_endpoint: Url,
    /// Where a code is exchanged for a token.
    pub token_endpoint: Url,
    /// The address of the keys.
    pub jwks_uri: Url,
    /// The provider's own sign-out; `None` also for an address that is not absolute.
    pub end_session_endpoint: Option<Url>,
    /// How clients may authenticate; empty if it does not say.
    pub auth_methods: Vec<String>,
    /// The values of `prompt` that it takes; `None` if it does not say.
    pub prompts: Option<Vec<String>>,
    /// The algorithms of ID tokens; empty if it does not say.
    pub algorithms: Vec<String>,
    /// The values of `acr_values` that it takes; empty if it does not say.
    pub acr_values: Vec<String>,
    /// Whether each answer names the issuer (RFC 9207, section 3).
    pub promises_issuer: bool,
    /// Whether it tells the portal when people sign out there.
    pub has_backchannel_logout: bool,
}

impl Metadata {
    /// Parses the metadata of the provider with the configured `issuer`.
    ///
    /// Fails with what is missing or wrong of what the portal uses.
    pub fn parse(issuer: &str, json: &[u8]) -> Result<Self, SignInFailure> {
        let invalid = |detail: &str| SignInFailure::new(FailureKind::MetadataInvalid, detail);
        let members = Members::parse(json).ok_or_else(|| invalid("it is no JSON object"))?;
        let named = members.only_text("issuer").ok().flatten();
        let named = named.ok_or_else(|| invalid("issuer is missing or no text"))?;
        if named != issuer && issuer_template(issuer).as_deref() != Some(&*named) {
            return Err(invalid("issuer is another than the configured one"));
        }
        let on_this_machine = issuer.starts_with("http:");
        let endpoint = |name: &str| {
            let address = Url::parse(&members.text(name)?).ok()?;
            let host = address.host_str().unwrap_or_default();
            // Only a provider on this machine may lead there.
            let is_secure = address.scheme() == "https"
                || on_this_machine && provider::is_secure(Some(address.scheme()), host);
            is_secure.then_some(address)
        };
        let required = |name: &str| {
            endpoint(name).ok_or_else(|| invalid(&format!("{name} is no https address")))
        };
        Ok(Self {
            authorization_endpoint: required("authorization_endpoint")?,
            token_endpoint: required("token_endpoint")?,
            jwks_uri: required("jwks_uri")?,
            end_session_endpoint: endpoint("end_session_endpoint"),
            auth_methods: members.texts("token_endpoint_auth_methods_supported"),
            prompts: members
                .value("prompt_values_supported")
                .filter(serde_json::Value::is_array)
                .map(|_| members.texts("prompt_values_supported")),
            algorithms: members.texts("id_token_signing_alg_values_supported"),
            acr_values: members.texts("acr_values_supported"),
            promises_issuer: members.is_true("authorization_response_iss_parameter_supported"),
            has_backchannel_logout: members.is_true("backchannel_logout_supported"),
            issuer: named,
        })
    }

    /// Checks whether `issuer` is this provider's: the issuer itself, or Microsoft's template with
    /// a tenant's id, which must be `tenant` where that is known.
    pub(super) fn is_issuer(&self, issuer: &str, tenant: Option<&str>) -> bool {
        let Some((before, after)) = self.issuer.split_once(TENANT_PLACEHOLDER) else {
            return issuer == self.issuer;
        };
        let named = issuer.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        named.is_some_and(|named| is_guid(named) && tenant.is_none_or(|tenant| tenant == named))
    }

    /// Checks whether tokens must name their tenant, because the issuer is a template.
    pub(super) fn is_for_many_tenants(&self) -> bool {
        self.issuer.contains(TENANT_PLACEHOLDER)
    }
}

/// Returns the issuer in the metadata of a Microsoft `issuer` for many tenants. No other provider
/// may have it, or its identities would pass for Microsoft's.
fn issuer_template(issuer: &str) -> Option<String> {
    let host = ["/common/v2.0", "/organizations/v2.0"]
        .iter()
        .find_map(|path| issuer.strip_suffix(path))?;
    Some(format!("{host}/{TENANT_PLACEHOLDER}/v2.0"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const MICROSOFT: &[u8] = include_bytes!("tests/microsoft.json");
    const GOOGLE: &[u8] = include_bytes!("tests/google.json");
    const ISSUER: &str = "https://provider.example";

    fn example(changes: &Value) -> Result<Metadata, SignInFailure> {
        let mut metadata = json!({
            "issuer": ISSUER, "authorization_endpoint": "https://provider.example/authorize",
            "token_endpoint": "https://provider.example/token",
            "jwks_uri": "https://provider.example/keys",
        });
        for (name, value) in changes.as_object().expect("an object") {
            metadata[name] = value.clone();
        }
        Metadata::parse(ISSUER, metadata.to_string().as_bytes())
    }

    #[test]
    fn the_metadata_of_microsoft_and_google_is_parsed() {
        let microsoft = Metadata::parse("https://login.microsoftonline.com/common/v2.0", MICROSOFT)
            .expect("metadata");
        assert_eq!(
            microsoft.token_endpoint.as_str(),
            "https://login.microsoftonline.com/common/oauth2/v2.0/token"
        );
        assert!(microsoft.end_session_endpoint.is_some() && microsoft.is_for_many_tenants());
        let google = Metadata::parse("https://accounts.google.com", GOOGLE).expect("metadata");
        assert_eq!(google.jwks_uri.as_str(), "https://www.googleapis.com/oauth2/v3/certs");
        assert!(google.end_session_endpoint.is_none(), "Google has no sign-out of its own");
    }

    #[test]
    fn metadata_is_accepted_only_for_its_issuer() {
        for issuer in [
            "https://login.microsoftonline.com/organizations/v2.0",
            "https://login.microsoftonline.com/common/v2.0",
        ] {
            assert!(Metadata::parse(issuer, MICROSOFT).is_ok(), "{issuer} is for many tenants");
        }
        for issuer in [
            "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
            "https://login.microsoftonline.com/common",
            "https://provider.example/common/v2.0",
            "https://provider.example",
            "https://accounts.google.com",
            "https://accounts.google.com/",
        ] {
            assert!(Metadata::parse(issuer, MICROSOFT).is_err(), "{issuer} is not for many");
        }
        assert!(Metadata::parse("https://accounts.google.com/", GOOGLE).is_err(), "another slash");
    }

    #[test]
    fn members_that_are_not_used_may_have_any_form() {
        let values = [json!(""), json!("/path"), json!(1), json!([]), json!({}), json!(null)];
        for name in [
            "userinfo_endpoint",
            "end_session_endpoint",
            "service_documentation",
            "scopes_supported",
            "claims_supported",
            "id_token_signing_alg_values_supported",
            "token_endpoint_auth_methods_supported",
            "prompt_values_supported",
            "acr_values_supported",
            "subject_types_supported",
            "response_types_supported",
        ] {
            for value in &values {
                let metadata = example(&json!({ name: value }));
                assert!(metadata.is_ok(), "{name}: {value}: {metadata:?}");
            }
        }
    }

    #[test]
    fn members_that_are_used_must_be_secure_addresses() {
        for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
            for value in [
                json!(null),
                json!(""),
                json!("/path"),
                json!("http://provider.example/"),
                json!("http://127.0.0.1/"),
                json!("http://localhost:2019/config"),
                json!(["https://provider.example/"]),
                json!("javascript:alert(1)"),
            ] {
                let error = example(&json!({ name: value })).expect_err("refused");
                assert_eq!(error.kind, FailureKind::MetadataInvalid, "{name}: {value}");
                assert!(error.detail.contains(name), "{error}");
            }
        }
    }

    #[test]
    fn an_issuer_of_many_tenants_is_the_template_with_the_tokens_tenant() {
        let microsoft = Metadata::parse("https://login.microsoftonline.com/common/v2.0", MICROSOFT)
            .expect("metadata");
        let tenant = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        assert!(microsoft.is_issuer(&issuer, Some(tenant)) && microsoft.is_issuer(&issuer, None));
        assert!(!microsoft.is_issuer(&issuer, Some("5d7f8c2a-6a0e-4f5b-9c53-0f2f3b7c1a11")));
        for issuer in [
            "https://login.microsoftonline.com/{tenantid}/v2.0",
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com//v2.0",
            "https://evil.example/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
        ] {
            assert!(!microsoft.is_issuer(issuer, None), "{issuer}");
        }
    }
}
