//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::run(back_channel_logout::handle)
}
