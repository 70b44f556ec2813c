//! Paths in the API, for all suites.

/// Returns the path of an account.
pub fn account(id: &str) -> String {
    format!("/api/accounts/{id}")
}

/// Returns the path of an account's list of people.
pub fn people(account: &str) -> String {
    format!("/api/accounts/{account}/professionals")
}

/// Returns the path of a person's profile.
pub fn person(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}")
}

/// Returns the path of a person's invitation.
pub fn invitation(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}/invitation")
}

/// Returns the path of an account's roles.
pub fn roles(account: &str) -> String {
    format!("/api/accounts/{account}/roles")
}

/// Returns the path of an account's activity list.
pub fn activity(account: &str) -> String {
    format!("/api/accounts/{account}/activity")
}
