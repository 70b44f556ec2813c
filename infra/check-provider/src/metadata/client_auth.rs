//! How the portal authenticates at the token endpoint (OpenID Connect Core 1.0, section 9).

use portico::sign_in::{ClientAuth, Provider};
use serde_json::Value;

use super::list;
use crate::report::Report;

const NAME: &str = "token_endpoint_auth_methods_supported";

pub(super) fn examine(provider: &Provider, metadata: &Value, report: &mut Report) {
    let secret = format!("the secret of: cargo xtask operator secret {}", provider.id);
    let key = format!("the key of: cargo xtask operator secret {} --file KEY", provider.id);
    let offered = list(metadata, NAME);
    let offers = |method: &str| offered.as_ref().is_none_or(|listed| listed.contains(&method));
    let configured = match provider.auth {
        Some(ClientAuth::Basic) => Some("client_secret_basic"),
        // Apple announces it too: the assertion takes the secret's place.
        Some(ClientAuth::Post | ClientAuth::Apple) => Some("client_secret_post"),
        Some(ClientAuth::PrivateKeyJwt) => Some("private_key_jwt"),
        None => None,
    };
    if let Some(method) = configured
        && !offers(method)
    {
        report.warning(format!(
            "{NAME} lacks {method}, which \"auth\" asks for; leave \"auth\" out, unless the \
             provider's metadata is wrong"
        ));
    }
    let is_missing = |value: &Option<String>| value.as_deref().is_none_or(str::is_empty);
    let used = match provider.auth {
        Some(ClientAuth::PrivateKeyJwt) => {
            if is_missing(&provider.key_id) {
                report.error("\"auth\": \"private-key-jwt\" needs \"key_id\", the key's id there");
            }
            format!("private_key_jwt, with {key}")
        }
        Some(ClientAuth::Apple) => {
            if is_missing(&provider.key_id) || is_missing(&provider.team_id) {
                report.error(
                    "\"auth\": \"apple\" needs \"team_id\" and \"key_id\", which Apple's developer \
                     pages show",
                );
            }
            format!("a secret signed with {key}")
        }
        Some(ClientAuth::Basic | ClientAuth::Post) => {
            format!("{}, with {secret}", configured.unwrap_or_default())
        }
        None if offers("client_secret_basic") => format!("client_secret_basic, with {secret}"),
        None if offers("client_secret_post") => format!("client_secret_post, with {secret}"),
        None if offers("private_key_jwt") => {
            report.error(format!(
                "the provider takes no client secret ({NAME}); write \"auth\": \
                 \"private-key-jwt\" and \"key_id\", and store the key"
            ));
            "none that it takes".to_owned()
        }
        None if offers("none") => "none, as a public client: only PKCE protects".to_owned(),
        None => {
            report.error(format!(
                "{NAME} is {}, of which the portal has none; let the provider take \
                 client_secret_basic, client_secret_post or private_key_jwt",
                offered.as_deref().unwrap_or_default().join(", ")
            ));
            "none that it takes".to_owned()
        }
    };
    report.fact("client authentication", used);
}
