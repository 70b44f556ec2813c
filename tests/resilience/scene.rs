//! A portal with one linked person of each kind.

use http::Method;
use serde_json::Value;
use tests::{Answer, Browser, Portal};

/// Somebody on a list, and their browser.
pub(crate) struct Person {
    /// The professional.
    pub(crate) id: String,
    /// Signed in with the linked identity.
    pub(crate) browser: Browser,
}

/// The portal and its people.
pub(crate) struct Scene {
    /// The portal.
    pub(crate) portal: Portal,
    /// The customer's first professional, with all its roles.
    pub(crate) ada: Person,
    /// A professional of the customer without a role.
    pub(crate) bob: Person,
    /// A professional of the customer's partner.
    pub(crate) pia: Person,
    /// A professional of the vendor.
    pub(crate) sam: Person,
}

impl Scene {
    /// Sets it.
    pub(crate) async fn set() -> Self {
        let portal = Portal::start().await;
        let ada =
            Person::link(&portal, &portal.customer, "Ada Lovelace", "ada@customer.example").await;
        let bob =
            Person::link(&portal, &portal.customer, "Bob Brown", "bob@customer.example").await;
        let pia =
            Person::link(&portal, &portal.partner, "Pia Partner", "pia@partner.example").await;
        let sam = Person::link(&portal, Portal::VENDOR, "Sam Staff", "sam@vendor.example").await;
        Self { portal, ada, bob, pia, sam }
    }

    /// Returns the customer's address in the API, with what follows.
    pub(crate) fn customer(&self, rest: &str) -> String {
        format!("/api/accounts/{}{rest}", self.portal.customer)
    }
}

impl Person {
    /// Adds somebody and has them follow their invitation.
    pub(crate) async fn link(portal: &Portal, account: &str, name: &str, email: &str) -> Self {
        let (id, browser) = portal.linked(account, name, email).await;
        Self { id, browser }
    }
}

/// A request as a person's browser sends it.
#[derive(Clone)]
pub(crate) struct Act {
    /// Whose browser.
    pub(crate) browser: Browser,
    /// The method.
    pub(crate) method: Method,
    /// The path, with the query.
    pub(crate) path: String,
    /// The JSON body; `null` for none.
    pub(crate) body: Value,
}

impl Act {
    /// Prepares a request.
    pub(crate) fn new(
        browser: &Browser,
        method: &str,
        path: impl Into<String>,
        body: Value,
    ) -> Self {
        Self {
            browser: browser.clone(),
            method: method.parse().expect("a method"),
            path: path.into(),
            body,
        }
    }

    /// Sends it.
    pub(crate) async fn send(&mut self) -> Answer {
        let body = (!self.body.is_null()).then(|| self.body.to_string().into_bytes());
        self.browser.send(self.method.clone(), &self.path, body).await
    }
}
