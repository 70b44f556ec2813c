//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::serve(remind_administrators::connect)
}
