//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::run(sign_out::handle)
}
