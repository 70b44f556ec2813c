//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::run(change_sign_in_policy::handle)
}
