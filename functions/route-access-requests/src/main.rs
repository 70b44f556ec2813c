//! Lambda entry point; see the library.

fn main() -> portico::lambda::RunResult {
    portico::lambda::serve(route_access_requests::connect)
}
