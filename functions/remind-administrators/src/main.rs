//! Lambda entry point; see the library.

fn main() -> portico::lambda::Outcome {
    portico::lambda::serve(remind_administrators::connect)
}
