//! People who have accepted their invitation.

use serde_json::Value;

use crate::{Answer, Browser, Portal, path};

/// A person on an account's list, with a browser they are signed in with.
#[derive(Clone)]
pub struct Person {
    /// The name of the profile and of the identity.
    pub name: String,
    /// The address of the profile and of the identity.
    pub email: String,
    /// The professional's identifier.
    pub id: String,
    /// The path of the profile.
    pub path: String,
    /// The path of the profile's invitation.
    pub invitation: String,
    /// Signed in with the linked identity.
    pub browser: Browser,
}

impl Person {
    /// Adds a person and accepts the invitation with an identity of the same address.
    pub async fn link(portal: &Portal, account: &str, name: &str, email: &str) -> Self {
        let (id, browser) = portal.linked(account, name, email).await;
        Self::new(account, &id, name, email, browser)
    }

    /// Describes a professional of an account whose identity is signed in with this browser.
    pub fn new(account: &str, id: &str, name: &str, email: &str, browser: Browser) -> Self {
        Self {
            name: name.to_owned(),
            email: email.to_owned(),
            id: id.to_owned(),
            path: path::person(account, id),
            invitation: path::invitation(account, id),
            browser,
        }
    }

    /// Sends a GET with their browser.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.browser.get(path).await
    }

    /// Sends a POST with their browser; `null` sends no body.
    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.browser.post(path, body).await
    }

    /// Sends a PATCH with their browser.
    pub async fn patch(&mut self, path: &str, body: Value) -> Answer {
        self.browser.patch(path, body).await
    }

    /// Sends a PUT with their browser.
    pub async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.browser.put(path, body).await
    }

    /// Sends a DELETE with their browser.
    pub async fn delete(&mut self, path: &str) -> Answer {
        self.browser.delete(path).await
    }

    /// Creates a placeholder for a person whom the fixture was not asked for. Each request with
    /// its browser fails and names the builder's method that is missing.
    pub(crate) fn absent(method: &str) -> Self {
        let hint = format!("build the fixture with `.{method}()`");
        Self {
            name: hint.clone(),
            email: hint.clone(),
            id: hint.clone(),
            path: hint.clone(),
            invitation: hint.clone(),
            browser: Browser::absent(&hint),
        }
    }

    /// Signs in again, since the session of an earlier day has expired, or the sign-in is not fresh
    /// any more for what moves authority.
    pub async fn sign_in_again(&mut self, portal: &Portal) {
        self.browser = portal.sign_in(&self.name, &self.email).await;
    }
}
