//! Verification of mailed links (requirement 19).

use crate::{
    App, Error, Result,
    auth::SessionCookie,
    domain::{
        Account, FieldErrorCode, InvitationToken, LinkDecision, LinkError, Professional, Session,
    },
    store::Lookup,
};

/// A mailed link with the right secret.
#[derive(Clone, Debug)]
pub struct VerifiedLink {
    /// The account.
    pub account: Account,
    /// The invited professional.
    pub professional: Professional,
    /// Whether the link can be used or was used by this identity already.
    pub decision: LinkDecision,
    /// The session of whoever is signed in, if anybody is.
    pub session: Option<Session>,
}

/// Verifies an invitation's token in one round trip, or fails with the reason why it cannot be
/// used.
///
/// Without the secret, a caller learns only the kind of failure.
pub async fn verify_link(
    app: &App,
    cookie: Option<&SessionCookie>,
    token: &str,
) -> Result<VerifiedLink> {
    let token = InvitationToken::parse(token).ok_or_else(incomplete_link)?;
    let mut lookup =
        Lookup::default().account(token.account).professional(token.account, token.professional);
    if let Some(cookie) = cookie {
        lookup =
            lookup.session(&cookie.identity, &cookie.secret).link(&cookie.identity, token.account);
    }
    let found = app.store.look_up(lookup).await?;
    let session = cookie.and_then(|cookie| cookie.session(found.session.clone(), app.now()));
    let (Some(account), Some(professional)) =
        (found.account(token.account), found.professional(token.professional))
    else {
        return Err(LinkError::Deleted.into());
    };
    let decision = professional.decide_link(
        token.invitation,
        &token.secret.hash(),
        session.as_ref().map(|session| &session.identity.key),
        app.now(),
        account.today(app.now()),
    )?;
    // Administrators of a lapsed account may read it, so they may link too.
    if account.is_lapsed(app.now(), app.policy.grace_days)
        && !account.roles.is_administrator(professional.id)
    {
        return Err(account.plan_lapsed(app.now(), &app.policy, false).into());
    }
    let is_linked_elsewhere =
        found.link(token.account).is_some_and(|link| link.professional != professional.id);
    if session.is_some() && is_linked_elsewhere {
        return Err(LinkError::WrongIdentity.into());
    }
    Ok(VerifiedLink {
        account: account.clone(),
        professional: professional.clone(),
        decision,
        session,
    })
}

/// Returns the error for a partly copied link; mail programs break long lines.
#[must_use]
pub fn incomplete_link() -> Error {
    Error::invalid("token", FieldErrorCode::IncompleteLink)
}
