//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::run(decide_access_request::handle)
}
