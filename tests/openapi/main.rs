//! The OpenAPI document against the routes, inputs and problems there are.
