//! A browser: cookies, and the headers that browsers set by themselves.

use std::{collections::BTreeMap, fmt};

use http::Method;
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::IdentityProvider;

/// A person's browser. Does not follow redirects, so that tests see them.
#[derive(Clone)]
pub struct Browser {
    site: String,
    http: reqwest::Client,
    /// The cookies it holds, by name.
    pub cookies: BTreeMap<String, String>,
    /// Headers sent along instead of a browser's own `Sec-Fetch-Site: same-origin`.
    pub headers: Vec<(String, String)>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers; the last one of each name.
    pub headers: BTreeMap<String, String>,
    /// The cookies that it sets, with their attributes.
    pub cookies: Vec<String>,
    /// The body: `null` if empty, a string if not JSON.
    pub body: Value,
}

impl Browser {
    /// Opens a browser at `site`.
    pub fn open(site: &str) -> Self {
        let http =
            reqwest::Client::builder().redirect(Policy::none()).build().expect("an HTTP client");
        Self {
            site: site.to_owned(),
            http,
            cookies: BTreeMap::new(),
            headers: vec![("sec-fetch-site".to_owned(), "same-origin".to_owned())],
        }
    }

    /// Creates a placeholder for a missing browser; each request with it fails with the hint.
    pub(crate) fn absent(hint: &str) -> Self {
        Self::open(hint)
    }

    /// Signs in through the whole flow, as a person would.
    pub async fn sign_in(&mut self, provider: &IdentityProvider, name: &str, email: &str) {
        let begun = self.get("/api/sign-in?provider=test").await;
        assert_eq!(begun.status, 303, "{begun}");
        let callback = provider.authorize(begun.location(), name, email);
        let finished = self.get(&callback).await;
        assert_eq!(finished.status, 303, "{finished}");
        assert_eq!(finished.location(), "/accounts/?first=1", "signed in");
    }

    /// Uses the token of a mailed link.
    pub async fn link(&mut self, token: &str) -> Answer {
        self.post("/api/links", serde_json::json!({ "token": token })).await
    }

    /// Sends a GET to a path of the site, or to a whole address.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends a POST with a JSON body; `null` sends none.
    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, json(&body)).await
    }

    /// Sends a PATCH with a JSON body.
    pub async fn patch(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, json(&body)).await
    }

    /// Sends a PUT with a JSON body.
    pub async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, json(&body)).await
    }

    /// Sends a DELETE.
    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends a POST with a form.
    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = reqwest::Url::parse("form:").expect("an address");
        form.query_pairs_mut().extend_pairs(fields);
        let form = form.query().unwrap_or_default().as_bytes().to_vec();
        let kind = "application/x-www-form-urlencoded";
        self.send_as(Method::POST, path, Some((kind, form))).await
    }

    /// Sends a request; a body is always sent as `application/json`.
    pub async fn send(&mut self, method: Method, path: &str, body: Option<Vec<u8>>) -> Answer {
        self.send_as(method, path, body.map(|body| ("application/json", body))).await
    }

    async fn send_as(
        &mut self,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        assert!(self.site.starts_with("http"), "{}", self.site);
        let url =
            if path.starts_with('/') { format!("{}{path}", self.site) } else { path.to_owned() };
        let mut request = self.http.request(method, url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        if let Some((kind, body)) = body {
            request = request.header("content-type", kind).body(body);
        }
        let response = request.send().await.expect("an answer");
        let cookies: Vec<_> = response
            .headers()
            .get_all("set-cookie")
            .iter()
            .map(|cookie| cookie.to_str().expect("ASCII").to_owned())
            .collect();
        for cookie in &cookies {
            self.keep(cookie);
        }
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        // Decoded here, since reqwest drops a byte order mark.
        let text = String::from_utf8_lossy(&response.bytes().await.expect("a body")).into_owned();
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        };
        Answer { status, headers, cookies, body }
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) =
            cookie.split(';').next().and_then(|text| text.split_once('=')).expect("a cookie");
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn json(body: &Value) -> Option<Vec<u8>> {
    (!body.is_null()).then(|| body.to_string().into_bytes())
}

impl Answer {
    /// Returns the problem's kind, empty for other answers.
    pub fn problem(&self) -> &str {
        let kind = self.body["type"].as_str().unwrap_or_default();
        kind.strip_prefix("/problems/").and_then(|text| text.strip_suffix('/')).unwrap_or_default()
    }

    /// Returns the fields of the body that a test is about.
    pub fn fields(&self, names: &[&str]) -> Value {
        names.iter().map(|name| ((*name).to_owned(), self.body[name].clone())).collect()
    }

    /// Returns the content type.
    pub fn kind(&self) -> &str {
        self.headers.get("content-type").map(String::as_str).unwrap_or_default()
    }

    /// Returns the cookie `name` that it sets, with its attributes; empty if it does not.
    pub fn cookie(&self, name: &str) -> &str {
        let named = |cookie: &&String| cookie.split('=').next() == Some(name);
        self.cookies.iter().find(named).map(String::as_str).unwrap_or_default()
    }

    /// Returns the target of a redirect.
    pub fn location(&self) -> &str {
        self.headers.get("location").map(String::as_str).unwrap_or_default()
    }

    /// Returns the fields that a 422 refuses.
    pub fn invalid_fields(&self) -> Vec<&str> {
        self.body["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["field"].as_str())
            .collect()
    }

    /// Returns the items of a list.
    pub fn items(&self) -> &[Value] {
        self.body["items"].as_array().expect("a list")
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.headers.get("content-type").map(String::as_str).unwrap_or_default();
        let body = serde_json::to_string_pretty(&self.body).unwrap_or_default();
        write!(f, "{} {kind}\n{body}", self.status)
    }
}
