//! Hosts the functions as AWS Lambda does.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use deliver_mail::Mailer;
use heck::ToKebabCase as _;
use portico::{
    App,
    lambda::{Call, Function, event, http, schedule},
};
use serde_json::Value;

use crate::template::{Template, TemplateError};

/// Numbers the calls of this process, so that each has its own id, as on Lambda.
static CALLS: AtomicU64 = AtomicU64::new(1);

/// Every function by its name: `show-account`.
#[derive(Clone)]
pub struct Functions(Arc<BTreeMap<&'static str, Function>>);

/// Why an invocation has no response.
#[derive(Debug, thiserror::Error)]
pub enum InvocationError {
    /// There is no such function.
    #[error("there is no function {0}")]
    Unknown(String),
    /// The function failed or panicked.
    #[error("{function} failed: {cause}")]
    Failed {
        /// The function's name.
        function: String,
        /// The function's error.
        cause: String,
    },
}

impl Functions {
    /// Hosts all functions.
    pub(crate) fn host(app: &App, mailer: Mailer) -> Self {
        macro_rules! routes {
            ($($name:literal: $package:ident,)*) => {
                [$(($name, http(app.clone(), $package::handle))),*]
            };
        }
        let mut functions = BTreeMap::from(routes! {
            "appoint-administrator": appoint_administrator,
            "ask-for-access": ask_for_access,
            "assign-roles": assign_roles,
            "back-channel-logout": back_channel_logout,
            "change-grant": change_grant,
            "change-sign-in-policy": change_sign_in_policy,
            "confirm-email": confirm_email,
            "confirm-unsubscribe": confirm_unsubscribe,
            "create-account": create_account,
            "decide-access-request": decide_access_request,
            "decide-account": decide_account,
            "decide-appointment": decide_appointment,
            "delete-professional": delete_professional,
            "dispute-link": dispute_link,
            "end-session": end_session,
            "export-professionals": export_professionals,
            "finish-sign-in": finish_sign_in,
            "forward-sign-in": forward_sign_in,
            "import-accounts": import_accounts,
            "import-professionals": import_professionals,
            "invite": invite,
            "link-identity": link_identity,
            "list-access-requests": list_access_requests,
            "list-accounts": list_accounts,
            "list-activity": list_activity,
            "list-professionals": list_professionals,
            "list-sessions": list_sessions,
            "release-mail": release_mail,
            "request-links": request_links,
            "resend-invitations": resend_invitations,
            "restore-professional": restore_professional,
            "revoke-invitation": revoke_invitation,
            "send-invitation": send_invitation,
            "show-account": show_account,
            "show-invitation": show_invitation,
            "show-professional": show_professional,
            "show-session": show_session,
            "sign-out": sign_out,
            "start-sign-in": start_sign_in,
            "unsubscribe": unsubscribe,
            "update-account": update_account,
            "update-professional": update_professional,
            "withdraw-access-request": withdraw_access_request,
        });
        functions.insert("copy-partner-card", event(app.clone(), copy_partner_card::handle));
        functions.insert("deliver-mail", deliver_mail::function(app.clone(), mailer));
        functions.insert("flag-lapsed-plans", schedule(app.clone(), flag_lapsed_plans::handle));
        functions.insert("record-delivery", event(app.clone(), record_delivery::handle));
        functions
            .insert("remind-administrators", schedule(app.clone(), remind_administrators::handle));
        functions
            .insert("route-access-requests", schedule(app.clone(), route_access_requests::handle));
        Self(Arc::new(functions))
    }

    #[cfg(test)]
    pub(crate) fn of(functions: BTreeMap<&'static str, Function>) -> Self {
        Self(Arc::new(functions))
    }

    /// Checks that the template and the local run have the same functions.
    pub(crate) fn check(&self, template: &Template) -> Result<(), TemplateError> {
        let known: Vec<_> = template.functions.iter().map(|id| id.to_kebab_case()).collect();
        if let Some(missing) = known.iter().find(|name| !self.0.contains_key(name.as_str())) {
            return Err(TemplateError(format!(
                "{missing} is not hosted; add it to infra/local/src/functions.rs"
            )));
        }
        match self.0.keys().find(|hosted| !known.iter().any(|name| name == *hosted)) {
            Some(hosted) => Err(TemplateError(format!(
                "{hosted} is missing; add a resource or remove it from infra/local/src/functions.rs"
            ))),
            None => Ok(()),
        }
    }

    /// Invokes a function directly, as operators do with `aws lambda invoke`.
    ///
    /// `function` is its name (`show-account`) or its logical id in the template (`ShowAccount`).
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, InvocationError> {
        self.invoke_within(function, event, None).await
    }

    /// Invokes a function with a time limit. Only functions that check their deadline notice it.
    pub async fn invoke_within(
        &self,
        function: &str,
        event: Value,
        time_left: Option<Duration>,
    ) -> Result<Value, InvocationError> {
        let function = function.to_kebab_case();
        let Some(hosted) = self.0.get(function.as_str()) else {
            return Err(InvocationError::Unknown(function));
        };
        let id = format!("call-{}", CALLS.fetch_add(1, Ordering::Relaxed));
        // On its own task, so that a panic fails only this invocation, as on Lambda.
        match tokio::spawn(hosted(Call { event, function: function.clone(), id, time_left })).await
        {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(InvocationError::Failed { function, cause: error.to_string() }),
            Err(panic) => Err(InvocationError::Failed { function, cause: panic.to_string() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosting(names: &[&'static str]) -> Functions {
        let idle: Function = Arc::new(|call| Box::pin(async move { Ok(call.event) }));
        Functions::of(names.iter().map(|name| (*name, idle.clone())).collect())
    }

    #[test]
    fn a_function_that_only_the_template_or_only_the_local_run_has_is_named() {
        let template = Template::parse(
            "Resources: { SignOut: { Type: AWS::Serverless::Function, Properties: {} } }",
        )
        .expect("a template");
        assert!(hosting(&["sign-out"]).check(&template).is_ok());
        let missing = hosting(&[]).check(&template).expect_err("not hosted").to_string();
        assert!(missing.starts_with("infra/template.yaml: sign-out is not hosted"), "{missing}");
        let unknown =
            hosting(&["invite", "sign-out"]).check(&template).expect_err("unknown").to_string();
        assert!(unknown.starts_with("infra/template.yaml: invite is missing"), "{unknown}");
    }

    #[tokio::test]
    async fn a_logical_id_and_a_name_lead_to_the_same_function() {
        let functions = hosting(&["start-sign-in"]);
        for name in ["StartSignIn", "start-sign-in"] {
            assert_eq!(functions.invoke(name, Value::Null).await.expect("hosted"), Value::Null);
        }
        let unknown = functions.invoke("SignOut", Value::Null).await.expect_err("not hosted");
        assert_eq!(unknown.to_string(), "there is no function sign-out");
    }
}
