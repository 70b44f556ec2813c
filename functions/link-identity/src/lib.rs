//! Links the identity that is signed in with the professional a mailed link is for (requirements 16 to 18, 21).

use portico::{
    App, Error, Result,
    domain::{
        Activity, Actor, Deed, EmailAddress, Identity, Judgement, Letter, LinkedIdentity, Mail,
        Outcome, Professional, Recipient, Target, authority::Capacity,
    },
    http::{Opened, Request, Response, ok},
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/links";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Links, or says that the identity is linked already. The mailbox and the administrators are told; so is an identity that is replaced.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    request.signed()?;
    let Input { token } = request.json()?;
    let Opened { account, professional: before, judgement, identity } =
        request.open(&app, &token).await?;
    let identity = identity.ok_or(Error::NotSignedIn)?;
    let answer = |already_linked| {
        ok(
            &json!({ "account": account.id, "professional": before.id, "already_linked": already_linked }),
        )
    };
    if judgement == Judgement::AlreadyLinked {
        return answer(true);
    }

    let now = app.now();
    let mut after = before.clone();
    after.linked =
        Some(LinkedIdentity { identity: identity.clone(), linked_at: now, notices: [].into() });
    after.last_sign_in = Some(now);
    if let Some(invitation) = &mut after.invitation {
        invitation.outcome = Some(Outcome::Accepted);
    }
    let linked = Letter::Linked {
        account_name: account.name.to_string(),
        professional_name: before.details.name.to_string(),
        identity: identity.clone(),
        linked_at: now,
    };
    let mut mails = vec![app.mail(linked, Some(&before), None)?];
    mails.extend(farewell(&app, account.name.as_str(), &before, &identity)?);
    let actor = Actor {
        identity: Some(identity.key.clone()),
        professional: Some(before.id),
        ..Actor::system(before.details.name.as_str(), Capacity::Oneself)
    };
    let act = if before.linked.is_some() { Deed::IdentitySwitched } else { Deed::IdentityLinked };
    let described =
        format!("{} ({})", identity.email.as_deref().unwrap_or(&identity.name), identity.provider);
    let activity = Activity {
        target: Some(Target::of(&before)),
        facts: [("identity".to_owned(), described)].into(),
        source: request.address(),
        ..app.activity(account.id, actor, act)?
    };
    app.store.change_professional(&before, &after, None, &mails, Some(&activity)).await?;
    answer(false)
}

/// Tells the identity that is replaced, at the address its provider gave, if that is one.
fn farewell(
    app: &App,
    account_name: &str,
    before: &Professional,
    identity: &Identity,
) -> Result<Option<Mail>> {
    let Some(old) = &before.linked else { return Ok(None) };
    let Some(email) = old.identity.email.as_deref().and_then(|it| EmailAddress::parse(it).ok())
    else {
        return Ok(None);
    };
    let letter = Letter::IdentitySwitched {
        account_name: account_name.to_owned(),
        professional_name: before.details.name.to_string(),
        identity: identity.clone(),
        switched_at: app.now(),
    };
    let recipient = Recipient {
        professional: None,
        email,
        name: before.details.name.to_string(),
        language: before.details.language.clone(),
    };
    app.mail(letter, Some(before), Some(recipient)).map(Some)
}
