//! Requests, from API Gateway or from an operator's direct invocation.

use std::{collections::BTreeMap, net::IpAddr};

use http::{HeaderMap, HeaderValue, Method, header};
use lambda_http::{RequestExt, request::RequestContext};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::cookies;
use crate::{
    App, Error, Result,
    auth::{self, Access, Credentials, SESSION_COOKIE, SessionCookie, SignInCookies},
    domain::{
        AccessRequestId, AccountId, IdentityKey, OriginKeys, ProfessionalId, SignInEvent,
        SignInEventKind, authorization::Action, search_key,
    },
    store::{Found, Lookup, Order, PageRequest},
};

/// The largest accepted body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The changes that others than the portal's own pages may request, as API Gateway names their
/// routes. Everything else that is not a GET has to come from these pages. Such a request has no
/// cookies, so that it never acts for somebody who is signed in: what it carries is its only proof.
pub const FROM_ANYWHERE: [&str; 3] = [
    // A mail program, with the secret of a mail (RFC 8058).
    "POST /api/mail/unsubscribe",
    // The browser, from the provider's page, with the answer to a sign-in (OAuth 2.0 Form Post
    // Response Mode). It is only led on to the callback, with its cookies.
    "POST /api/sign-in/callback/{provider}",
    // A provider, with a token that it has signed (OpenID Connect Back-Channel Logout 1.0).
    "POST /api/sign-in/logout/{provider}",
];

/// The secret header that proves that a request came through CloudFront.
const ORIGIN_KEY: &str = "x-origin-key";
/// The header in which a browser says which site led to a request.
const FETCH_SITE: &str = "sec-fetch-site";
/// The header in which CloudFront passes the viewer's address and port.
const VIEWER_ADDRESS: &str = "cloudfront-viewer-address";

/// A request. Cheap enough to clone, because a handler may run again.
#[derive(Clone, Debug)]
pub struct Request {
    path: BTreeMap<String, String>,
    query: BTreeMap<String, String>,
    /// Whether a query parameter is there twice.
    is_repeated: bool,
    /// Whether another site led the browser here.
    is_cross_site: bool,
    body: Body,
    source: Source,
}

#[derive(Clone, Debug)]
enum Body {
    Text { kind: ContentKind, bytes: Vec<u8> },
    Value(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ContentKind {
    Json,
    Form,
    Other,
}

/// The origin of a request.
#[derive(Clone, Debug)]
pub enum Source {
    /// An operator, through AWS IAM.
    Operator,
    /// A browser, or a program that acts like one.
    Web {
        /// The viewer's network address.
        address: String,
        /// The user agent, at most 256 characters.
        browser: String,
        /// The portal's own cookies, by name.
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
    /// Parses an operator's direct invocation `{"path": {…}, "query": {…}, "body": {…}}`; each part
    /// is optional.
    pub fn direct(event: Value) -> Result<Self> {
        let Direct { path, query, body } =
            serde_json::from_value(event).map_err(|err| Error::Malformed(err.to_string()))?;
        let (is_repeated, is_cross_site) = (false, false);
        let (body, source) = (Body::Value(body), Source::Operator);
        Ok(Self { path, query, is_repeated, is_cross_site, body, source })
    }

    /// Parses a request from API Gateway, which has checked only the route. Refuses requests that
    /// came around CloudFront, before anything else of them is read, and changes that another site
    /// requested, except those in [`FROM_ANYWHERE`], which come without cookies.
    pub fn from_gateway(
        request: &lambda_http::Request,
        site_url: &str,
        origin_keys: &OriginKeys,
    ) -> Result<Self> {
        let headers = request.headers();
        if !origin_keys.admit(headers.get(ORIGIN_KEY).map(HeaderValue::as_bytes)) {
            return Err(Error::WrongAddress);
        }
        let context = match request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => Some(context),
            _ => None,
        };
        let route = context.and_then(|context| context.route_key.as_deref()).unwrap_or_default();
        let is_from_anywhere = FROM_ANYWHERE.contains(&route);
        if !is_from_anywhere
            && !matches!(*request.method(), Method::GET | Method::HEAD)
            && !is_same_origin(headers, site_url)
        {
            return Err(Error::CrossSite);
        }
        let viewer = if origin_keys.is_empty() { None } else { viewer(headers) };
        let source = || context.and_then(|context| context.http.source_ip.clone());
        let address = viewer.or_else(source).unwrap_or_default();
        let browser = text(headers, header::USER_AGENT)
            .chars()
            .filter(|character| !character.is_control())
            .take(256)
            .collect();
        let cookies = if is_from_anywhere { BTreeMap::new() } else { cookies::own(headers) };
        let kind = text(headers, header::CONTENT_TYPE).split(';').next().unwrap_or_default();
        let kind = match kind.trim().to_ascii_lowercase().as_str() {
            "application/json" => ContentKind::Json,
            "application/x-www-form-urlencoded" => ContentKind::Form,
            _ => ContentKind::Other,
        };
        let to_map = |map: &lambda_http::aws_lambda_events::query_map::QueryMap| {
            map.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        let path = to_map(&request.path_parameters());
        let parameters = request.query_string_parameters();
        let query: BTreeMap<_, _> = to_map(&parameters);
        let bytes = request.body().to_vec();
        if bytes.len() > MAX_BODY {
            return Err(Error::TooLarge);
        }
        Ok(Self {
            path,
            is_repeated: parameters.iter().count() > query.len(),
            is_cross_site: headers.get(FETCH_SITE).is_some_and(|site| site == "cross-site"),
            query,
            body: Body::Text { kind, bytes },
            source: Source::Web { address, browser, cookies },
        })
    }

    /// Parses the JSON body, which must be an object.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // Without this check serde would also accept an array of the values.
        let is_object = match &self.body {
            Body::Value(value) => value.is_object(),
            Body::Text { bytes, .. } => bytes.trim_ascii_start().starts_with(b"{"),
        };
        match &self.body {
            Body::Text { kind: ContentKind::Form | ContentKind::Other, .. } => {
                Err(Error::Malformed("send the body with content-type application/json".to_owned()))
            }
            _ if !is_object => Err(Error::Malformed("the body must be a JSON object".to_owned())),
            Body::Value(value) => serde_json::from_value(value.clone())
                .map_err(|err| Error::Malformed(format!("the body is not valid: {err}"))),
            Body::Text { bytes, .. } => serde_json::from_slice(bytes)
                .map_err(|err| Error::Malformed(format!("the body is not valid: {err}"))),
        }
    }

    /// Returns the fields of a form in their order (`application/x-www-form-urlencoded`). Any other
    /// body has none. An operator sends an object of texts.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        match &self.body {
            Body::Text { kind: ContentKind::Form, bytes } => {
                url::form_urlencoded::parse(bytes).into_owned().collect()
            }
            Body::Text { .. } => Vec::new(),
            Body::Value(value) => {
                let fields = value.as_object().into_iter().flatten();
                fields
                    .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                    .collect()
            }
        }
    }

    /// Parses the account id in the path; a malformed one is `NotFound`.
    pub fn account(&self) -> Result<AccountId> {
        self.path
            .get("account")
            .and_then(|id| AccountId::parse(id))
            .ok_or(Error::NotFound("account"))
    }

    /// Parses the professional's id in the path; a malformed one is `NotFound`.
    pub fn professional(&self) -> Result<ProfessionalId> {
        self.path
            .get("professional")
            .and_then(|id| ProfessionalId::parse(id))
            .ok_or(Error::NotFound("professional"))
    }

    /// Parses the id of the request for access in the path; a malformed one is `NotFound`.
    pub fn access_request(&self) -> Result<AccessRequestId> {
        self.path
            .get("request")
            .and_then(|id| AccessRequestId::parse(id))
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

    /// Checks whether a query parameter is there twice. [`Self::query`] returns one of them.
    #[must_use]
    pub fn has_repeated_parameters(&self) -> bool {
        self.is_repeated
    }

    /// Checks whether another site led the browser here, as far as the browser says so.
    #[must_use]
    pub fn is_cross_site(&self) -> bool {
        self.is_cross_site
    }

    /// Parses `limit` (1 to 100, default 50), `after` and `search`. Ignores the parameters in
    /// `own`, which the handler parses itself.
    pub fn page(&self, own: &[&str]) -> Result<PageRequest> {
        let malformed =
            |reason: &str| Error::Malformed(format!("the query is not valid: {reason}"));
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
                .filter(|limit| (1..=100).contains(limit))
                .ok_or_else(|| malformed("limit must be a number from 1 to 100"))?,
        };
        let after = match query.after {
            None => None,
            Some(after) => Some(
                crate::store::Cursor::parse(&after)
                    .ok_or_else(|| malformed("after must be the next of an earlier page"))?,
            ),
        };
        let search = query
            .search
            .map(|text| search_key(&text.chars().take(100).collect::<String>()))
            .unwrap_or_default();
        Ok(PageRequest { limit, after, search, order: Order::default() })
    }

    /// Returns the origin of the request.
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

    /// Returns the app that counts the mails which the caller causes. An operator is not limited.
    pub(crate) fn counted(&self, app: &App) -> App {
        let Source::Web { address, .. } = &self.source else { return app.clone() };
        let identity = self.optional_session_cookie().map(|cookie| cookie.identity);
        let (limits, now) = (&app.policy.limits, app.now());
        let store = app.store.counting_for(identity.as_ref(), address, limits, now);
        App { store, ..app.clone() }
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

    /// Returns the browser's sign-ins in progress.
    #[must_use]
    pub fn sign_in_cookies(&self) -> SignInCookies {
        SignInCookies::read(|name| self.cookie(name))
    }

    /// Creates the record of what this browser did with the sign-ins of `identity`.
    pub fn sign_in_event(
        &self,
        app: &App,
        identity: &IdentityKey,
        event: SignInEventKind,
    ) -> Result<SignInEvent> {
        let event = app.sign_in_event(identity, event)?;
        Ok(match &self.source {
            Source::Web { address, browser, .. } => {
                SignInEvent { browser: browser.clone(), source: address.clone(), ..event }
            }
            Source::Operator => event,
        })
    }

    /// Returns the viewer's network address; `None` for an operator.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        match &self.source {
            Source::Web { address, .. } => Some(address.clone()),
            Source::Operator => None,
        }
    }
}

/// Returns the viewer's address that CloudFront passed. API Gateway itself sees only CloudFront's.
fn viewer(headers: &HeaderMap) -> Option<String> {
    // The port follows the last colon, also after an IPv6 address, which has no brackets.
    let (address, port) = headers.get(VIEWER_ADDRESS)?.to_str().ok()?.rsplit_once(':')?;
    let _port: u16 = port.parse().ok()?;
    address.parse::<IpAddr>().ok().map(|address| address.to_string())
}

/// Checks whether the portal's own page sent the request. Browsers set both headers and let no page
/// forge them.
fn is_same_origin(headers: &HeaderMap, site_url: &str) -> bool {
    match headers.get(FETCH_SITE) {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|origin| origin == site_url),
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::OriginKeyHash;

    const KEY: &str = "a key that CloudFront knows";

    /// Returns a request with `headers` as API Gateway sends it, which got it from 192.0.2.1.
    fn gateway_request(method: &str, headers: &[(&str, &str)]) -> lambda_http::Request {
        gateway_request_on(&format!("{method} /api/session"), headers, "")
    }

    fn gateway_request_on(
        route: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> lambda_http::Request {
        let (method, _) = route.split_once(' ').expect("a route");
        let event = json!({
            "version": "2.0", "routeKey": route, "rawPath": "/api/session",
            "rawQueryString": "", "isBase64Encoded": false, "body": body,
            "headers": headers.iter().copied().collect::<BTreeMap<_, _>>(),
            "requestContext": {
                "accountId": "1", "apiId": "1", "stage": "$default", "requestId": "1",
                "routeKey": route, "timeEpoch": 0,
                "http": {
                    "method": method, "path": "/api/session", "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.1", "userAgent": "",
                },
            },
        });
        lambda_http::request::from_str(&event.to_string()).expect("an event")
    }

    /// Parses a request for the portal's own pages.
    fn parse(method: &str, headers: &[(&str, &str)], keys: &OriginKeys) -> Result<Request> {
        Request::from_gateway(&gateway_request(method, headers), "", keys)
    }

    /// Returns the viewer's address of a GET.
    fn address(headers: &[(&str, &str)], keys: &OriginKeys) -> Option<String> {
        parse("GET", headers, keys).expect("a request").address()
    }

    fn keys(keys: &[&str]) -> OriginKeys {
        keys.iter().map(|key| OriginKeyHash::of(key.as_bytes())).collect()
    }

    #[test]
    fn a_request_through_cloudfront_has_the_viewers_address() {
        for (header, expected) in [
            ("203.0.113.9:46532", "203.0.113.9"),
            ("2001:db8::1:443", "2001:db8::1"),
            ("2001:0db8:0000:0000:0000:0000:0000:0001:443", "2001:db8::1"),
            ("::1:443", "::1"),
        ] {
            let headers = [("x-origin-key", KEY), ("cloudfront-viewer-address", header)];
            assert_eq!(address(&headers, &keys(&[KEY])).as_deref(), Some(expected), "{header}");
        }
    }

    #[test]
    fn a_request_around_cloudfront_is_refused_before_anything_else() {
        let viewer = ("cloudfront-viewer-address", "203.0.113.9:46532");
        for headers in [
            &[][..],
            &[viewer],
            &[("x-origin-key", "a guess"), viewer],
            &[("x-origin-key", ""), viewer],
            &[("x-origin-key", "a key that CloudFront know")],
            &[("x-origin-key", "a key that CloudFront knows, a guess")],
            // Another site's change.
            &[("sec-fetch-site", "cross-site")],
        ] {
            for method in ["GET", "POST", "DELETE"] {
                let refused = parse(method, headers, &keys(&[KEY])).expect_err("refused");
                assert!(matches!(refused, Error::WrongAddress), "{method} {headers:?}: {refused}");
            }
        }
    }

    #[test]
    fn while_the_key_is_replaced_both_are_accepted() {
        let both = keys(&["the old key", "the new key"]);
        for (key, accepted) in [("the old key", true), ("the new key", true), ("another", false)] {
            let headers = [("x-origin-key", key), ("cloudfront-viewer-address", "203.0.113.9:1")];
            let parsed = parse("GET", &headers, &both).map(|request| request.address());
            assert_eq!(
                parsed.ok().flatten().as_deref(),
                accepted.then_some("203.0.113.9"),
                "{key}"
            );
        }
    }

    #[test]
    fn only_a_request_for_the_portals_own_pages_has_cookies_and_must_come_from_them() {
        let parse = |site: &str, route: &str| {
            let headers = [("sec-fetch-site", site), ("cookie", "__Host-session=secret")];
            Request::from_gateway(&gateway_request_on(route, &headers, ""), "", &keys(&[]))
        };
        for route in
            ["POST /api/session", "POST /api/mail", "DELETE /api/mail/unsubscribe", "POST "]
        {
            let own = parse("same-origin", route).expect("a request");
            assert_eq!(own.cookie(SESSION_COOKIE), Some("secret"));
            assert!(matches!(parse("cross-site", route), Err(Error::CrossSite)), "{route}");
        }
        for route in FROM_ANYWHERE {
            for site in ["same-origin", "cross-site"] {
                let request = parse(site, route).expect("a request");
                assert_eq!(request.cookie(SESSION_COOKIE), None, "{route} from {site}");
            }
        }
    }

    #[test]
    fn a_form_has_its_fields_in_their_order_and_another_body_has_none() {
        let fields = |kind: &str, body: &str| {
            let request = gateway_request_on(FROM_ANYWHERE[1], &[("content-type", kind)], body);
            Request::from_gateway(&request, "", &keys(&[])).expect("a request").form()
        };
        let form = "application/x-www-form-urlencoded";
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for kind in [form, "application/x-www-form-urlencoded; charset=utf-8"] {
            assert_eq!(
                fields(kind, "state=a%20b&iss=1&code=x+y&iss=2&empty=&alone"),
                [
                    pair("state", "a b"),
                    pair("iss", "1"),
                    pair("code", "x y"),
                    pair("iss", "2"),
                    pair("empty", ""),
                    pair("alone", ""),
                ]
            );
        }
        for kind in ["", "application/json", "text/plain", "multipart/form-data"] {
            assert_eq!(fields(kind, "state=1"), []);
        }
        assert_eq!(fields(form, ""), []);
        let direct = json!({ "body": { "logout_token": "a", "number": 1 } });
        let direct = Request::direct(direct).expect("a request");
        assert_eq!(direct.form(), [pair("logout_token", "a")]);
    }

    #[test]
    fn where_no_key_is_configured_the_address_is_what_api_gateway_saw() {
        let viewer = ("cloudfront-viewer-address", "203.0.113.9:46532");
        for headers in [&[viewer][..], &[("x-origin-key", KEY), viewer]] {
            assert_eq!(address(headers, &keys(&[])).as_deref(), Some("192.0.2.1"), "{headers:?}");
        }
        assert_eq!(
            address(&[("x-origin-key", KEY)], &keys(&[KEY])).as_deref(),
            Some("192.0.2.1"),
            "CloudFront passed no address"
        );
    }

    #[test]
    fn an_invalid_viewer_address_is_ignored() {
        for header in [
            "",
            "203.0.113.9",
            "203.0.113.9:",
            "203.0.113.9:99999",
            "somewhere:443",
            "2001:db8::g:443",
            "203.0.113.9:1, 203.0.113.8:1",
            ":443",
        ] {
            let headers = [("x-origin-key", KEY), ("cloudfront-viewer-address", header)];
            assert_eq!(address(&headers, &keys(&[KEY])).as_deref(), Some("192.0.2.1"), "{header}");
        }
    }
}
