//! Requests to send later, one by one or concurrently.

use http::Method;
use serde_json::Value;

use crate::{Answer, Browser};

/// A request from a browser.
#[derive(Clone)]
pub struct Request {
    /// The browser that sends it.
    pub browser: Browser,
    /// The method.
    pub method: Method,
    /// The path, with the query.
    pub path: String,
    /// The JSON body; `null` for none.
    pub body: Value,
}

impl Request {
    /// Prepares a request.
    pub fn new(browser: &Browser, method: &str, path: impl Into<String>, body: Value) -> Self {
        Self {
            browser: browser.clone(),
            method: method.parse().expect("a method"),
            path: path.into(),
            body,
        }
    }

    /// Sends it.
    pub async fn send(&mut self) -> Answer {
        let body = (!self.body.is_null()).then(|| self.body.to_string().into_bytes());
        self.browser.send(self.method.clone(), &self.path, body).await
    }
}
