//! Addresses in the API, spelled once for all suites.

/// Returns where an account is.
pub fn account(id: &str) -> String {
    format!("/api/accounts/{id}")
}

/// Returns where an account's list of people is.
pub fn people(account: &str) -> String {
    format!("/api/accounts/{account}/professionals")
}

/// Returns where a person's profile is.
pub fn person(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}")
}

/// Returns where a person's invitation is.
pub fn invitation(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}/invitation")
}

/// Returns where an account's roles are.
pub fn roles(account: &str) -> String {
    format!("/api/accounts/{account}/roles")
}

/// Returns where an account's activity list is.
pub fn activity(account: &str) -> String {
    format!("/api/accounts/{account}/activity")
}
