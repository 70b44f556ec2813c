//! The API over HTTP, against the whole stack in this process. One file for each function.

mod link_identity;
