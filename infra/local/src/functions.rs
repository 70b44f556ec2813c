//! The functions, hosted as AWS Lambda hosts them.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use deliver_mail::Mailer;
use portico::{
    App,
    lambda::{Call, Function, event, http, schedule},
};
use serde_json::Value;

use crate::template::{Template, TemplateError};

/// Counts the calls of this process, so that each has an id of its own, as on Lambda.
static CALLS: AtomicU64 = AtomicU64::new(1);

/// Every function by its name: `show-account`.
#[derive(Clone)]
pub struct Functions(Arc<BTreeMap<&'static str, Function>>);

/// Why an invocation has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InvocationError {
    /// There is no such function.
    #[error("there is no function {0}")]
    Unknown(String),
    /// The function failed, as AWS Lambda would report it.
    #[error("{function} failed: {cause}")]
    Failed {
        /// Which.
        function: String,
        /// What it failed with.
        cause: String,
    },
}

impl Functions {
    /// Hosts every function.
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
            "change-grant": change_grant,
            "create-account": create_account,
            "decide-access-request": decide_access_request,
            "decide-appointment": decide_appointment,
            "delete-professional": delete_professional,
            "dispute-link": dispute_link,
            "export-professionals": export_professionals,
            "finish-sign-in": finish_sign_in,
            "import-accounts": import_accounts,
            "import-professionals": import_professionals,
            "invite": invite,
            "link-identity": link_identity,
            "list-access-requests": list_access_requests,
            "list-accounts": list_accounts,
            "list-activity": list_activity,
            "list-professionals": list_professionals,
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

    /// Checks that the template has the hosted functions and no other, so that neither can be forgotten.
    pub(crate) fn check(&self, template: &Template) -> Result<(), TemplateError> {
        if let Some(id) =
            template.functions.iter().find(|id| !self.0.contains_key(name(id).as_str()))
        {
            return Err(TemplateError(format!(
                "{id} is not hosted; add {} to infra/local/src/functions.rs",
                name(id)
            )));
        }
        let known: Vec<_> = template.functions.iter().map(|id| name(id)).collect();
        match self.0.keys().find(|hosted| !known.iter().any(|it| it == *hosted)) {
            Some(hosted) => Err(TemplateError(format!(
                "{hosted} is hosted by the local run and has no block here"
            ))),
            None => Ok(()),
        }
    }

    /// Invokes a function directly, as an operator would with `aws lambda invoke`.
    ///
    /// `function` is its name (`show-account`) or its logical id in the template (`ShowAccount`).
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, InvocationError> {
        self.invoke_within(function, event, None).await
    }

    /// Does the same with a function that has only so long; one that cannot tell the time does not notice.
    pub async fn invoke_within(
        &self,
        function: &str,
        event: Value,
        time_left: Option<Duration>,
    ) -> Result<Value, InvocationError> {
        let function = name(function);
        let Some(hosted) = self.0.get(function.as_str()) else {
            return Err(InvocationError::Unknown(function));
        };
        let id = format!("call-{}", CALLS.fetch_add(1, Ordering::Relaxed));
        // On a task of its own, because a panic ends an invocation on Lambda and nothing else.
        match tokio::spawn(hosted(Call { event, function: function.clone(), id, time_left })).await
        {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(InvocationError::Failed { function, cause: error.to_string() }),
            Err(panic) => Err(InvocationError::Failed { function, cause: panic.to_string() }),
        }
    }
}

/// Returns the name that goes with a logical id: `ShowAccount` is `show-account`, as `show-account` is.
pub(crate) fn name(id: &str) -> String {
    let mut name = String::new();
    for (index, letter) in id.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosting(names: &[&'static str]) -> Functions {
        let idle: Function = Arc::new(|call| Box::pin(async move { Ok(call.event) }));
        Functions::of(names.iter().map(|name| (*name, idle.clone())).collect())
    }

    #[test]
    fn what_the_template_and_the_local_run_do_not_share_is_named() {
        let template = Template::parse(
            "Resources: { SignOut: { Type: AWS::Serverless::Function, Properties: {} } }",
        )
        .expect("a template");
        assert!(hosting(&["sign-out"]).check(&template).is_ok());
        let missing = hosting(&[]).check(&template).expect_err("not hosted").to_string();
        assert!(missing.starts_with("infra/template.yaml: SignOut is not hosted"), "{missing}");
        let unknown =
            hosting(&["invite", "sign-out"]).check(&template).expect_err("no block").to_string();
        assert!(unknown.starts_with("infra/template.yaml: invite is hosted"), "{unknown}");
    }

    #[test]
    fn a_logical_id_and_a_name_lead_to_the_same_function() {
        assert_eq!(name("StartSignIn"), "start-sign-in");
        assert_eq!(name("start-sign-in"), "start-sign-in");
        assert_eq!(name("Invite"), "invite");
    }
}
