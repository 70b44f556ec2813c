//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::serve_connected(finish_sign_in::connect)
}
