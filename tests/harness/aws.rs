//! Calls to AWS services whose SDKs would take too long to build.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4::SigningParams,
};
use reqwest::Response;

/// A client with all rights.
#[derive(Clone, Debug)]
pub struct Aws {
    endpoint: String,
    region: String,
    http: reqwest::Client,
}

impl Aws {
    /// Creates a client for the services behind `endpoint`.
    pub fn new(endpoint: &str, region: &str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            region: region.to_owned(),
            http: reqwest::Client::new(),
        }
    }

    /// Sends a signed POST to a service.
    pub async fn post(&self, service: &str, path: &str, kind: &str, body: String) -> Response {
        let url = format!("{}{path}", self.endpoint);
        let identity = Credentials::new("test", "test", None, None, "tests").into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(SystemTime::from(portico::runtime::Clock::default().now()))
            .settings(SigningSettings::default())
            .build()
            .expect("complete")
            .into();
        let headers = [("content-type", kind)];
        let signable = SignableRequest::new(
            "POST",
            &url,
            headers.into_iter(),
            SignableBody::Bytes(body.as_bytes()),
        )
        .expect("a request");
        let (instructions, _) = sign(signable, &parameters).expect("signed").into_parts();
        let (signed, _) = instructions.into_parts();
        let request = signed
            .iter()
            .fold(self.http.post(&url), |request, item| request.header(item.name(), item.value()));
        request.header("content-type", kind).body(body).send().await.expect("an answer")
    }

    /// Calls an action of a service with the query protocol, such as IAM, and returns its XML.
    pub async fn query(&self, service: &str, parameters: &[(&str, &str)]) -> String {
        let body = reqwest::Url::parse_with_params("form:", parameters).expect("a form");
        let body = body.query().unwrap_or_default().to_owned();
        let response = self.post(service, "/", "application/x-www-form-urlencoded", body).await;
        let (status, text) = (response.status(), response.text().await.expect("an answer"));
        assert!(status.is_success(), "{parameters:?}: {text}");
        text
    }
}
