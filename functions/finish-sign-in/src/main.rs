//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::run(finish_sign_in::handle)
}
