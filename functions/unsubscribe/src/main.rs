//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::run_for_anybody(unsubscribe::handle)
}
