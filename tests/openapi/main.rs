//! `infra/openapi.yaml`, compared with the routes, inputs, answers and problems of the code.

mod answers;
mod caller;
mod callers;
mod document;
mod events;
mod example;
mod import_columns;
mod inputs;
mod overview;
mod problems;
mod refusals;
mod routes;
mod schema;
mod sign_in_policy;
mod structure;
mod wrong_address;
