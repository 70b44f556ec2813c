//! A request as handlers see it, from API Gateway or from an operator's direct invocation.

use std::{collections::BTreeMap, net::IpAddr};

use http::{HeaderMap, Method, header};
use lambda_http::{RequestExt, request::RequestContext};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    App, Error, Result,
    auth::{self, Access, Credentials, SESSION_COOKIE, SessionCookie},
    domain::{
        AccessRequestId, AccountId, OriginKeyHash, ProfessionalId, authorization::Action,
        search_key,
    },
    store::{Found, Lookup, Order, PageRequest},
};

/// The largest body, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// By what CloudFront proves that a request came through it.
const ORIGIN_KEY: &str = "x-origin-key";
/// Where CloudFront tells the viewer's address and port.
const VIEWER_ADDRESS: &str = "cloudfront-viewer-address";

/// A request. Cheap enough to clone, since a handler may be run again.
#[derive(Clone, Debug)]
pub struct Request {
    path: BTreeMap<String, String>,
    query: BTreeMap<String, String>,
    body: Body,
    source: Source,
}

#[derive(Clone, Debug)]
enum Body {
    Text { is_json: bool, bytes: Vec<u8> },
    Value(Value),
}

/// Where a request came from.
#[derive(Clone, Debug)]
pub enum Source {
    /// An operator, through AWS IAM.
    Operator,
    /// A browser, or what passes for one.
    Web {
        /// The network address.
        address: String,
        /// The user agent, at most 256 characters.
        browser: String,
        /// The cookies, by name.
        cookies: BTreeMap<String, String>,
    },
}

/// The query of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    limit: Option<String>,
    after: Option<String>,
    search: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Direct {
    #[serde(default)]
    path: BTreeMap<String, String>,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    body: Value,
}

impl Request {
    /// Takes an operator's direct invocation `{"path": {…}, "query": {…}, "body": {…}}`, each part optional.
    pub fn direct(event: Value) -> Result<Self> {
        let Direct { path, query, body } =
            serde_json::from_value(event).map_err(|err| Error::Malformed(err.to_string()))?;
        Ok(Self { path, query, body: Body::Value(body), source: Source::Operator })
    }

    /// Takes a request from API Gateway, which has checked nothing but the route. Refuses changes that another site asked for.
    pub fn from_gateway(
        request: &lambda_http::Request,
        site_url: &str,
        origin_key: Option<&OriginKeyHash>,
    ) -> Result<Self> {
        let headers = request.headers();
        if !matches!(*request.method(), Method::GET | Method::HEAD) && !is_own(headers, site_url) {
            return Err(Error::CrossSite);
        }
        let address =
            viewer(headers, origin_key).unwrap_or_else(|| match request.request_context_ref() {
                Some(RequestContext::ApiGatewayV2(context)) => {
                    context.http.source_ip.clone().unwrap_or_default()
                }
                _ => String::new(),
            });
        let browser = text(headers, header::USER_AGENT)
            .chars()
            .filter(|it| !it.is_control())
            .take(256)
            .collect();
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|it| it.to_str().ok())
            .flat_map(cookie::Cookie::split_parse)
            .filter_map(|it| it.ok().map(|it| (it.name().to_owned(), it.value().to_owned())))
            .collect();
        let is_json = text(headers, header::CONTENT_TYPE)
            .split(';')
            .next()
            .is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"));
        let own = |map: &lambda_http::aws_lambda_events::query_map::QueryMap| {
            map.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        let path = own(&request.path_parameters());
        let query = own(&request.query_string_parameters());
        let bytes = request.body().to_vec();
        if bytes.len() > LARGEST_BODY {
            return Err(Error::TooLarge);
        }
        Ok(Self {
            path,
            query,
            body: Body::Text { is_json, bytes },
            source: Source::Web { address, browser, cookies },
        })
    }

    /// Reads the JSON body, an object.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // serde would take a list of the values, without their names, too.
        let is_object = match &self.body {
            Body::Value(value) => value.is_object(),
            Body::Text { bytes, .. } => bytes.trim_ascii_start().starts_with(b"{"),
        };
        match &self.body {
            Body::Text { is_json: false, .. } => {
                Err(Error::Malformed("send the body as content-type application/json".to_owned()))
            }
            _ if !is_object => Err(Error::Malformed("the body must be a JSON object".to_owned())),
            Body::Value(value) => serde_json::from_value(value.clone())
                .map_err(|err| Error::Malformed(format!("the body is not as expected: {err}"))),
            Body::Text { bytes, .. } => serde_json::from_slice(bytes)
                .map_err(|err| Error::Malformed(format!("the body is not as expected: {err}"))),
        }
    }

    /// Reads the account in the path. What is no identifier names no account.
    pub fn account(&self) -> Result<AccountId> {
        self.path
            .get("account")
            .and_then(|it| AccountId::parse(it))
            .ok_or(Error::NotFound("account"))
    }

    /// Reads the professional in the path.
    pub fn professional(&self) -> Result<ProfessionalId> {
        self.path
            .get("professional")
            .and_then(|it| ProfessionalId::parse(it))
            .ok_or(Error::NotFound("professional"))
    }

    /// Reads the request for access in the path.
    pub fn access_request(&self) -> Result<AccessRequestId> {
        self.path
            .get("request")
            .and_then(|it| AccessRequestId::parse(it))
            .ok_or(Error::NotFound("request for access"))
    }

    /// Returns the part `name` of the path.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&str> {
        self.path.get(name).map(String::as_str)
    }

    /// Returns the query parameter `name`.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// Reads `limit` (1 to 100, else 50), `after` and `search`, leaving out the parameters named in `own`, which the handler reads itself.
    pub fn page(&self, own: &[&str]) -> Result<PageRequest> {
        let malformed =
            |reason: &str| Error::Malformed(format!("the query is not as expected: {reason}"));
        let rest: serde_json::Map<_, _> = self
            .query
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let query: ListQuery =
            serde_json::from_value(rest.into()).map_err(|err| malformed(&err.to_string()))?;
        let limit = match query.limit {
            None => 50,
            Some(limit) => limit
                .parse()
                .ok()
                .filter(|it| (1..=100).contains(it))
                .ok_or_else(|| malformed("limit must be a number from 1 to 100"))?,
        };
        let after = match query.after {
            None => None,
            Some(after) => Some(
                crate::store::Cursor::parse(&after)
                    .ok_or_else(|| malformed("after must be what a page gave as next"))?,
            ),
        };
        let search = query
            .search
            .map(|it| search_key(&it.chars().take(100).collect::<String>()))
            .unwrap_or_default();
        Ok(PageRequest { limit, after, search, order: Order::default() })
    }

    /// Returns where the request came from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the cookie `name`.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        match &self.source {
            Source::Web { cookies, .. } => cookies.get(name).map(String::as_str),
            Source::Operator => None,
        }
    }

    /// Returns the session's cookie, or fails with [`Error::NotSignedIn`].
    pub fn session_cookie(&self) -> Result<SessionCookie> {
        self.optional_session_cookie().ok_or(Error::NotSignedIn)
    }

    /// Returns the session's cookie, if there is one.
    #[must_use]
    pub fn optional_session_cookie(&self) -> Option<SessionCookie> {
        SessionCookie::parse(self.cookie(SESSION_COOKIE)?)
    }

    /// Authorizes the caller for `action` on the account `id`, as [`auth::authorize`] does.
    pub async fn authorize(&self, app: &App, id: AccountId, action: Action) -> Result<Access> {
        auth::authorize(app, &self.credentials(), id, action).await
    }

    /// Authorizes the caller and reads the items of `lookup` in the same round trip.
    pub async fn authorize_with(
        &self,
        app: &App,
        id: AccountId,
        action: Action,
        lookup: Lookup,
    ) -> Result<(Access, Found)> {
        auth::authorize_with(app, &self.credentials(), id, action, lookup).await
    }

    fn credentials(&self) -> Credentials {
        match &self.source {
            Source::Operator => Credentials::Operator,
            Source::Web { address, .. } => {
                Credentials::Web { cookie: self.optional_session_cookie(), source: address.clone() }
            }
        }
    }

    /// Returns the network address the request came from; `None` for an operator.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        match &self.source {
            Source::Web { address, .. } => Some(address.clone()),
            Source::Operator => None,
        }
    }
}

/// Reads the address that CloudFront saw, if CloudFront it was: anybody can send the header to API Gateway, where CloudFront's own address is
/// all that is seen of its viewers.
fn viewer(headers: &HeaderMap, origin_key: Option<&OriginKeyHash>) -> Option<String> {
    let presented = headers.get(ORIGIN_KEY)?.to_str().ok()?;
    if origin_key != Some(&OriginKeyHash::of(presented)) {
        return None;
    }
    // The port stands behind the last colon, also of an IPv6 address, which has no brackets.
    let (address, port) = headers.get(VIEWER_ADDRESS)?.to_str().ok()?.rsplit_once(':')?;
    let _port: u16 = port.parse().ok()?;
    address.parse::<IpAddr>().ok().map(|it| it.to_string())
}

/// Tells whether the portal's own page asked: browsers set both headers and let no page forge them.
fn is_own(headers: &HeaderMap, site_url: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|it| it == site_url),
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KEY: &str = "a key that CloudFront knows";

    /// Returns the address that a request with `headers`, which API Gateway got from 192.0.2.1, is taken to come from.
    fn address(headers: &[(&str, &str)], origin_key: Option<OriginKeyHash>) -> Option<String> {
        let event = json!({
            "version": "2.0", "routeKey": "GET /api/session", "rawPath": "/api/session", "rawQueryString": "",
            "headers": headers.iter().copied().collect::<BTreeMap<_, _>>(), "isBase64Encoded": false,
            "requestContext": {
                "accountId": "1", "apiId": "1", "stage": "$default", "requestId": "1", "routeKey": "GET /api/session", "timeEpoch": 0,
                "http": { "method": "GET", "path": "/api/session", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "" },
            },
        });
        let request = lambda_http::request::from_str(&event.to_string()).expect("an event");
        Request::from_gateway(&request, "", origin_key.as_ref()).expect("a request").address()
    }

    #[test]
    fn whoever_comes_through_cloudfront_has_the_address_that_it_saw() {
        for (told, expected) in [
            ("203.0.113.9:46532", "203.0.113.9"),
            ("2001:db8::1:443", "2001:db8::1"),
            ("2001:0db8:0000:0000:0000:0000:0000:0001:443", "2001:db8::1"),
            ("::1:443", "::1"),
        ] {
            let headers = [("x-origin-key", KEY), ("cloudfront-viewer-address", told)];
            assert_eq!(
                address(&headers, Some(OriginKeyHash::of(KEY))).as_deref(),
                Some(expected),
                "{told}"
            );
        }
    }

    #[test]
    fn without_the_right_key_the_address_is_the_one_that_api_gateway_saw() {
        let told = ("cloudfront-viewer-address", "203.0.113.9:46532");
        for headers in [
            &[told][..],
            &[("x-origin-key", "a guess"), told],
            &[("x-origin-key", ""), told],
            &[("x-origin-key", KEY)],
        ] {
            assert_eq!(
                address(headers, Some(OriginKeyHash::of(KEY))).as_deref(),
                Some("192.0.2.1"),
                "{headers:?}"
            );
        }
        assert_eq!(
            address(&[("x-origin-key", KEY), told], None).as_deref(),
            Some("192.0.2.1"),
            "no key is configured"
        );
    }

    #[test]
    fn an_address_that_is_none_is_not_taken() {
        for told in [
            "",
            "203.0.113.9",
            "203.0.113.9:",
            "203.0.113.9:99999",
            "somewhere:443",
            "2001:db8::g:443",
            "203.0.113.9:1, 203.0.113.8:1",
            ":443",
        ] {
            let headers = [("x-origin-key", KEY), ("cloudfront-viewer-address", told)];
            assert_eq!(
                address(&headers, Some(OriginKeyHash::of(KEY))).as_deref(),
                Some("192.0.2.1"),
                "{told}"
            );
        }
    }
}
