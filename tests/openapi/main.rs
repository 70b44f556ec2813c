//! `infra/openapi.yaml` against the routes, inputs, answers and problems there are.

mod answers;
mod caller;
mod document;
mod inputs;
mod problems;
mod refusals;
mod routes;
mod scene;
mod schema;
mod structure;
mod town;
