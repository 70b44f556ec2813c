//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::run(ask_for_access::handle)
}
