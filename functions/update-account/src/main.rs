//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::run(update_account::handle)
}
