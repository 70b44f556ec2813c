//! Ends a link that somebody says was not theirs, and holds the profile (requirement 17).
//!
//! Whoever holds the notice's link may do so without signing in: the person whose access was taken cannot.

use jiff::ToSpan;
use portico::{
    App, Result,
    domain::{
        Activity, Actor, Deed, DisputeToken, Hold, LinkError, MailContent, Professional, Roles,
        SecretHash, Target, authorization::ActingAs,
    },
    http::{Request, Response, ok},
    store::{Lookup, ProfessionalChange},
    workflows::incomplete_link,
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/links/disputes";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Unlinks the identity at once, takes back an open invitation and holds the profile until an administrator sends a new one. The roles
/// stay with the profile.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Input { token } = request.json()?;
    let token = DisputeToken::parse(&token).ok_or_else(incomplete_link)?;
    let found = app
        .store
        .look_up(
            Lookup::default()
                .account(token.account)
                .professional(token.account, token.professional),
        )
        .await?;
    let (Some(account), Some(before)) =
        (found.account(token.account), found.professional(token.professional))
    else {
        return Err(LinkError::DisputeExpired.into());
    };
    let secret = token.secret.hash();
    let answer = || {
        ok(
            &json!({ "account": { "name": account.name }, "professional": { "name": before.details.name } }),
        )
    };
    if before.hold.as_ref().is_some_and(|it| it.by == secret) {
        return answer();
    }
    if !may_dispute(before, &account.roles, &secret, &app) {
        return Err(LinkError::DisputeExpired.into());
    }
    let mut after = before.clone();
    after.linked = None;
    after.hold = Some(Hold { at: app.now(), by: secret });
    if let Some(invitation) = &mut after.invitation {
        invitation.revoke();
    }
    let actor = Actor::system("Whoever read the notice", ActingAs::Mailbox);
    let activity = Activity {
        target: Some(Target::of(before)),
        source: request.address(),
        ..app.activity(account.id, actor, Deed::LinkDisputed)?
    };
    let content = MailContent::LinkDisputed {
        account_name: account.name.to_string(),
        professional_name: before.details.name.to_string(),
        disputed_at: app.now(),
    };
    let mail = app.outbox_mail(content, Some(before), None)?;
    let change = ProfessionalChange {
        mails: &[mail],
        activity: Some(&activity),
        ..ProfessionalChange::new(before, &after)
    };
    app.store.change_professional(change).await?;
    answer()
}

/// Tells whether `secret` was in a notice of the link there is now, not too long ago, to the profile's own mailbox or to somebody who is still an
/// administrator: one who was removed is not to shut out those who remain.
fn may_dispute(professional: &Professional, roles: &Roles, secret: &SecretHash, app: &App) -> bool {
    let Some(linked) = &professional.linked else { return false };
    let told = linked
        .notices
        .get(secret)
        .is_some_and(|it| *it == professional.id || roles.is_administrator(*it));
    told && app.now() < linked.linked_at + (24 * Professional::DISPUTE_DAYS).hours()
}
