//! Leads a person who opens the address in a mail's List-Unsubscribe header to the page that asks
//! whether to turn off its notices.
//!
//! Mail filters open addresses too, so this changes nothing and reads nothing.

use portico::{
    App, Result,
    domain::{Language, UnsubscribeToken},
    http::{Request, Response, see_other},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/mail/unsubscribe";

/// Redirects to the page, in the mail's language. The token moves to the fragment, which reaches no
/// server.
#[expect(clippy::unused_async, reason = "handlers are asynchronous")]
pub async fn handle(_app: App, request: Request) -> Result<Response> {
    let tag = request.query("language").unwrap_or_default();
    let language = Language::ALL.iter().find(|language| language.tag() == tag).copied();
    let page = language.unwrap_or(Language::English).page("/unsubscribe/");
    // Only a whole token, so that nothing else of the address reaches the page.
    let token = request.query("token").and_then(UnsubscribeToken::parse);
    let fragment = token.map(|token| format!("#{}", token.expose())).unwrap_or_default();
    see_other(&format!("{page}{fragment}"), &[])
}
