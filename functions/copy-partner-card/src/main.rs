//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::serve(copy_partner_card::connect)
}
