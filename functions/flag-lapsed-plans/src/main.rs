//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::serve(flag_lapsed_plans::connect)
}
