//! Refusals that do not depend on the operation: by caller, origin, form of the request, and
//! throttling.

use portico::http::FROM_ANYWHERE;
use serde_json::{Value, json};
use tests::{CallFailure, Portal};
use tokio::task::JoinSet;

use crate::{
    caller::{Call, Caller},
    callers::Callers,
    document::Operation,
};

/// One byte over the limit.
const TOO_LARGE: usize = 64 * 1024 + 1;

/// Checks whether others than the portal's own pages may call the operation.
pub(crate) fn is_from_anywhere(operation: &Operation) -> bool {
    FROM_ANYWHERE.contains(&format!("{} {}", operation.method, operation.path).as_str())
}

/// Calls every operation without permission, in a bad form, and while DynamoDB is throttled.
pub(crate) async fn provoke(callers: &mut Callers) {
    let (account, lapsed, target) = (
        callers.fixture.portal.customer.clone(),
        callers.fixture.lapsed.account.clone(),
        callers.fixture.administrator.id.clone(),
    );
    let operations: Vec<_> = callers
        .record
        .operations()
        .filter(|operation| operation.id != "sign-out")
        .map(|value| value.id.clone())
        .collect();
    for operation in &operations {
        let call = valid(operation, &account, &target);
        for caller in [
            &mut callers.member,
            &mut callers.former_member,
            &mut callers.stranger,
            &mut callers.anonymous,
            &mut callers.reader,
        ] {
            caller.call(call.clone()).await;
        }
        callers
            .lapsed_member
            .call(valid(operation, &lapsed, &callers.fixture.lapsed.administrator.id))
            .await;
    }
    for operation in callers.record.clone().operations() {
        let staff = ["decide-account", "decide-appointment", "import-accounts", "update-account"]
            .contains(&operation.id.as_str());
        let caller = if staff { &mut callers.staff } else { &mut callers.administrator };
        bad_form(caller, operation, &valid(&operation.id, &account, &target)).await;
    }
    throttled(callers, &account, &target).await;
}

/// Calls every operation with a sign-in that is not strong enough for what the caller may do: with
/// one factor, where the caller's own account requires several.
pub(crate) async fn weak_sign_ins(callers: &mut Callers) {
    let account = callers.fixture.portal.customer.clone();
    let target = callers.fixture.administrator.id.clone();
    for operation in callers.record.clone().operations() {
        if !operation.outcomes(&callers.record.document).contains("step-up-required") {
            continue;
        }
        let call = match operation.id.as_str() {
            // By who accepts an invitation.
            "link-identity" => continue,
            "list-accounts" => {
                Call::new("list-accounts", &[]).query(&format!("managed_by={}", Portal::VENDOR))
            }
            id => valid(id, &account, &target),
        };
        let of_staff = [
            "appoint-administrator",
            "create-account",
            "decide-account",
            "decide-appointment",
            "import-accounts",
            "list-accounts",
            "release-mail",
            "update-account",
        ];
        let is_of_staff = of_staff.contains(&operation.id.as_str());
        let caller = if is_of_staff { &mut callers.staff } else { &mut callers.administrator };
        let answer = caller.expect("step-up-required", call).await;
        assert_eq!(answer.body["factors"], true, "{answer}");
    }
}

/// Returns a valid call for a caller with permission: on `account`, on its professional `target`,
/// with the token of no link.
fn valid(operation: &str, account: &str, target: &str) -> Call {
    let unknown = "01JD7H2M8C1NV1TE5X6Y7Z8A1V";
    let secret = "s".repeat(43);
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let body = match operation {
        "ask-for-access" => {
            json!({
                "organisation": "Some Customer", "name": "Somebody",
                "email": "somebody@people.example",
            })
        }
        "decide-access-request" => json!({ "decision": "decline", "reason": "Not known here." }),
        "create-account" => {
            json!({ "name": "New Customer", "kind": "customer", "partner": account, "plan": plan })
        }
        "import-accounts" => {
            json!({ "dry_run": true, "rows": [{ "external_id": "4711", "name": "Somebody Ltd" }] })
        }
        "import-professionals" => {
            json!({
                "dry_run": true,
                "rows": [{ "name": "Somebody", "email": "somebody@people.example" }],
            })
        }
        "invite" => json!({ "name": "Somebody", "email": "somebody@people.example" }),
        "resend-invitations" => json!({ "before": "2026-11-22T11:00:00Z" }),
        "update-account" => json!({ "name": "Renamed" }),
        "change-grant" => json!({ "grant": "view" }),
        "change-sign-in-policy" => json!({ "factors": "nobody", "linking": { "kind": "any" } }),
        "update-professional" => json!({ "title": "Countess" }),
        "assign-roles" => {
            json!({
                "administrators": [target], "billing_contact": target, "shipping_contact": target,
            })
        }
        "appoint-administrator" => json!({ "professional": target }),
        "decide-account" => json!({ "decision": "confirm", "version": 0 }),
        "decide-appointment" => json!({ "approve": true }),
        "show-invitation" | "link-identity" => {
            json!({ "token": format!("{account}.{target}.{unknown}.{secret}") })
        }
        "request-links" => json!({ "email": "unknown@people.example" }),
        "dispute-link" | "confirm-email" => {
            json!({ "token": format!("{account}.{target}.{secret}") })
        }
        _ => Value::Null,
    };
    let call = Call::new(operation, &[account, target]).body(&body);
    match operation {
        "forward-sign-in" | "back-channel-logout" => Call::new(operation, &["test"]),
        "list-accounts" => call.query(&format!("managed_by={account}")),
        "list-access-requests" => call.query(&format!("account={account}")),
        "unsubscribe" | "confirm-unsubscribe" => {
            call.query(&format!("token={unknown}.{account}.{target}.{secret}"))
        }
        _ => call,
    }
}

async fn bad_form(caller: &mut Caller, operation: &Operation, call: &Call) {
    if operation.method != http::Method::GET {
        let mut elsewhere = caller.clone();
        elsewhere.browser.headers.clear();
        match operation.id.as_str() {
            "unsubscribe" => {
                elsewhere.expect("200", call.clone()).await;
                elsewhere.expect("invalid", Call::new("unsubscribe", &[])).await;
            }
            "forward-sign-in" => {
                elsewhere.expect("303", call.clone()).await;
                elsewhere.expect("not-found", Call::new("forward-sign-in", &["No-Id"])).await;
            }
            "back-channel-logout" => _ = elsewhere.expect("400", call.clone()).await,
            _ => _ = elsewhere.expect("cross-site", call.clone()).await,
        }
        caller.expect("too-large", call.clone().raw(vec![b' '; TOO_LARGE])).await;
    }
    if operation.body.is_some() {
        caller.expect("malformed", call.clone().raw(b"{".to_vec())).await;
    }
    if operation.query().contains("limit") {
        caller.expect("malformed", call.clone().query("unknown=1")).await;
    }
}

/// Calls while DynamoDB is throttled. All concurrently, since each call is retried before it fails.
async fn throttled(callers: &Callers, account: &str, target: &str) {
    callers.fixture.portal.probe.disturb(CallFailure::Throttled, 0, usize::MAX);
    let mut calls = JoinSet::new();
    for operation in callers.record.operations() {
        let (mut caller, call) =
            (callers.administrator.clone(), valid(&operation.id, account, target));
        calls.spawn(async move { caller.call(call).await });
    }
    calls.join_all().await;
    callers.fixture.portal.probe.reset();
}
