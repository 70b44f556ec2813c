//! The API over HTTP, against the whole stack in this process. One file for each function.

mod assign_roles;
mod bad_input;
mod create_account;
mod delete_professional;
mod deliver_mail;
mod dispute_link;
mod faulty_fields;
mod finish_sign_in;
mod flag_lapsed_plans;
mod invite;
mod link_identity;
mod list_accounts;
mod list_activity;
mod list_professionals;
mod office;
mod request_links;
mod revoke_invitation;
mod send_invitation;
mod show_account;
mod show_invitation;
mod show_professional;
mod show_session;
mod sign_out;
mod start_sign_in;
mod update_professional;
