//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::serve_connected(finish_sign_in::connect)
}
