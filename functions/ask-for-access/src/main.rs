//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::run(ask_for_access::handle)
}
