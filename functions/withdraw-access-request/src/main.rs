//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::run(withdraw_access_request::handle)
}
