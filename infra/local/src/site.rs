//! Serves the built site, with the headers that `CloudFront` adds to every response.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
};
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

use crate::gateway;

/// Scripts, styles, fonts and images from the site itself only, and HTML made by lit-html only.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

/// Returns a router that serves pages for every path that is not the API's, and adds production's
/// headers to both.
pub(crate) fn behind(api: Router, folder: Option<PathBuf>) -> Router {
    let pages = async move |request: Request| {
        let path = request.uri().path();
        match &folder {
            Some(folder) if path != "/api" && !path.starts_with("/api/") => {
                page(folder, request).await
            }
            _ => gateway::not_found(),
        }
    };
    api.fallback(pages).layer(from_fn(add_headers))
}

/// Serves `folder/index.html` for `/folder/`, and `404.html` for missing pages.
async fn page(folder: &Path, request: Request) -> Response {
    let files = ServeDir::new(folder).not_found_service(ServeFile::new(folder.join("404.html")));
    files.oneshot(request).await.into_response()
}

async fn add_headers(request: Request, next: Next) -> Response {
    // Changes by a build or a function must show at once.
    let caching = if request.uri().path().starts_with("/api/") { "no-store" } else { "no-cache" };
    let mut response = next.run(request).await;
    let defaults = [
        (header::CACHE_CONTROL, caching),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in defaults {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
