//! Leads a provider's posted answer to the callback (OAuth 2.0 Form Post Response Mode). Apple posts
//! it where a name or an e-mail address is asked for.
//!
//! The browser sends no cookie with a POST from another site (`SameSite=Lax`), but it does with the
//! GET that this redirects to.

use portico::{
    App, Error, Result,
    http::{Request, Response, see_other},
};
use url::form_urlencoded::Serializer;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/sign-in/callback/{provider}";

/// What is passed on, the most important first.
const PARAMETERS: [&str; 6] = ["state", "iss", "error", "code", "error_description", "user"];
/// The longest address in bytes. CloudFront takes 8,192, and API Gateway 10,240 with the headers.
const LONGEST: usize = 8000;

/// Redirects to the callback with the same parameters, each as often as it came. Those that would
/// make the address too long are left out, and the callback explains what is missing.
#[expect(clippy::unused_async, reason = "handlers are asynchronous")]
pub async fn handle(_app: App, request: Request) -> Result<Response> {
    let is_id = |id: &&str| {
        id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let provider = request.path("provider").filter(is_id);
    let provider = provider.ok_or(Error::NotFound("identity provider"))?;
    let callback = format!("/api/sign-in/callback/{provider}");
    let form = request.form();
    let mut query = String::new();
    for parameter in PARAMETERS {
        for (name, value) in form.iter().filter(|(name, _)| name == parameter) {
            let before = query.len();
            query = Serializer::new(query).append_pair(name, value).finish();
            if callback.len() + 1 + query.len() > LONGEST {
                query.truncate(before);
            }
        }
    }
    see_other(&format!("{callback}?{query}"), &[])
}
