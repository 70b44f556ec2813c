//! What a stored session says of its person, for tests that need what the identity provider of
//! these suites does not assert.

use aws_sdk_dynamodb::types::AttributeValue;
use portico::auth::{SESSION_COOKIE, SessionCookie};

use crate::{Browser, Portal};

impl Portal {
    /// Has the session of a browser assert several factors, or no longer.
    pub async fn assert_factors(&self, browser: &Browser, several: bool) {
        let value = AttributeValue::Bool(several);
        self.change_session(browser, "authentication", "several_factors", value).await;
    }

    /// Has the provider vouch for the address of a browser's identity, or no longer.
    pub async fn vouch_for_address(&self, browser: &Browser, is_verified: bool) {
        let value = AttributeValue::Bool(is_verified);
        self.change_session(browser, "identity", "email_verified", value).await;
    }

    /// Has the identity of a browser come from another issuer.
    pub async fn set_issuer(&self, browser: &Browser, issuer: &str) {
        let session = self.session_update(browser).update_expression("SET issuer = :value");
        let value = AttributeValue::S(issuer.to_owned());
        session.expression_attribute_values(":value", value).send().await.expect("written");
    }

    async fn change_session(
        &self,
        browser: &Browser,
        member: &str,
        field: &str,
        value: AttributeValue,
    ) {
        let session = self.session_update(browser).update_expression("SET #member.#field = :value");
        session
            .expression_attribute_names("#member", member)
            .expression_attribute_names("#field", field)
            .expression_attribute_values(":value", value)
            .send()
            .await
            .expect("written");
    }

    fn session_update(
        &self,
        browser: &Browser,
    ) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
        let cookie = browser.cookies.get(SESSION_COOKIE).expect("signed in");
        let cookie = SessionCookie::parse(cookie).expect("a session's cookie");
        let (pk, sk) = (
            format!("identity#{}", cookie.identity),
            format!("session#{}", cookie.secret.as_str()),
        );
        self.dynamodb
            .update_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(pk))
            .key("sk", AttributeValue::S(sk))
            .condition_expression("attribute_exists(pk)")
    }
}
