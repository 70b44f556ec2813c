//! People who have accepted their invitation.

use std::ops::{Deref, DerefMut};

use crate::{Browser, Portal, path};

/// A person on an account's list, with a browser they are signed in with.
pub struct Person {
    /// The name of the profile and of the identity.
    pub name: String,
    /// The address of the profile and of the identity.
    pub email: String,
    /// The professional's identifier.
    pub id: String,
    /// Where the profile is.
    pub path: String,
    /// Where the profile's invitation is.
    pub invitation: String,
    /// Signed in with the linked identity.
    pub browser: Browser,
}

impl Person {
    /// Adds somebody and accepts the invitation with an identity of the same address.
    pub async fn link(portal: &Portal, account: &str, name: &str, email: &str) -> Self {
        let (id, browser) = portal.linked(account, name, email).await;
        Self {
            name: name.to_owned(),
            email: email.to_owned(),
            path: path::person(account, &id),
            invitation: path::invitation(account, &id),
            id,
            browser,
        }
    }

    /// Signs in anew, for the session of an earlier day has expired.
    pub(crate) async fn sign_in_again(&mut self, portal: &Portal) {
        self.browser = portal.sign_in(&self.name, &self.email).await;
    }
}

/// What a fixture holds if its builder was asked for it.
///
/// Reads as the value itself. Where it was not asked for, the test fails with the builder's method that is missing.
pub struct Requested<T> {
    value: Option<T>,
    method: &'static str,
}

impl<T> Requested<T> {
    pub(crate) const fn new(method: &'static str, value: Option<T>) -> Self {
        Self { value, method }
    }

    /// Returns the value if the builder was asked for it.
    pub(crate) const fn get_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }

    /// Takes the value out of the fixture.
    pub fn take(self) -> T {
        let method = self.method;
        self.value.unwrap_or_else(|| panic!("{}", missing(method)))
    }
}

impl<T> Deref for Requested<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().unwrap_or_else(|| panic!("{}", missing(self.method)))
    }
}

impl<T> DerefMut for Requested<T> {
    fn deref_mut(&mut self) -> &mut T {
        let method = self.method;
        self.value.as_mut().unwrap_or_else(|| panic!("{}", missing(method)))
    }
}

fn missing(method: &str) -> String {
    format!("build the fixture with `.{method}()`")
}
