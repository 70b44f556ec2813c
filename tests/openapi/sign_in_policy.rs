//! Setting how people must sign in, and what follows from it.

use serde_json::{Value, json};
use tests::{Portal, operator_event};

use crate::{
    caller::Call,
    callers::{Callers, email},
};

fn policy(factors: &str, kind: &str, values: &[&str]) -> Value {
    json!({ "factors": factors, "linking": { "kind": kind, "values": values } })
}

/// Leaves the customer and the vendor with a policy that their administrators do not satisfy any
/// more.
pub(crate) async fn provoke(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let at =
        |account: &str, body: &Value| Call::new("change-sign-in-policy", &[account]).body(body);
    let set = |body: &Value| at(&account, body);

    let portal = &callers.fixture.portal;
    portal.vouch_for_address(&callers.administrator.browser, true).await;
    let domains = policy("nobody", "mail-domains", &["customer.example"]);
    callers.administrator.expect("200", set(&domains)).await;
    let other = policy("nobody", "mail-domains", &["other.example"]);
    callers.administrator.expect("not-satisfied-yourself", set(&other)).await;
    let invalid = policy("nobody", "issuers", &["nothing"]);
    callers.administrator.expect("invalid", set(&invalid)).await;
    let mut outdated = policy("nobody", "any", &[]);
    outdated["version"] = json!(0);
    callers.administrator.expect("changed", set(&outdated)).await;
    linking(callers, &account).await;

    let mut lift = policy("nobody", "any", &[]);
    lift["reason"] = json!("The only administrator lost their second factor.");
    callers.staff.expect("202", set(&lift)).await;
    callers.administrator.expect("200", Call::new("show-account", &[&account])).await;
    let event = operator_event(&account, None, lift.clone());
    let lifted = callers.fixture.portal.operator("ChangeSignInPolicy", event).await;
    callers.record.check_direct("change-sign-in-policy", &lifted);

    callers.administrator.expect("200", set(&domains)).await;
    callers.fixture.portal.use_up_limits().await;
    callers.staff.expect("too-many-requests", set(&lift)).await;

    for (caller, account) in
        [(&mut callers.administrator, account.as_str()), (&mut callers.staff, Portal::VENDOR)]
    {
        let portal = &callers.fixture.portal;
        portal.assert_factors(&caller.browser, true).await;
        caller.expect("200", at(account, &policy("everybody", "any", &[]))).await;
        portal.assert_factors(&caller.browser, false).await;
    }
}

/// Invites somebody, who accepts with a sign-in that the account refuses, or one that is too weak.
async fn linking(callers: &mut Callers, account: &str) {
    let person = json!({ "name": "Lou Limited", "email": email("Lou Limited") });
    callers.administrator.expect("201", Call::new("invite", &[account]).body(&person)).await;
    callers.fixture.portal.deliver().await;
    let token = callers.fixture.portal.token(&email("Lou Limited"));
    let link = || Call::new("link-identity", &[]).body(&json!({ "token": token }));
    let mut lou = callers.sign_in("Lou Limited").await;
    lou.expect("linking-limited", link()).await;

    let portal = &callers.fixture.portal;
    portal.assert_factors(&callers.administrator.browser, true).await;
    let everybody = policy("everybody", "any", &[]);
    let set = Call::new("change-sign-in-policy", &[account]).body(&everybody);
    callers.administrator.expect("200", set).await;
    lou.expect("step-up-required", link()).await;
}
