//! Verification of mailed links (requirement 19).

use crate::{
    App, Error, Result,
    auth::SessionCookie,
    domain::{
        Account, FieldErrorCode, Identity, InvitationToken, LinkDecision, LinkError, Professional,
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
    /// The identity that is signed in, if any.
    pub identity: Option<Identity>,
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
    let identity = session.map(|session| session.identity);
    let (Some(account), Some(professional)) =
        (found.account(token.account), found.professional(token.professional))
    else {
        return Err(LinkError::Deleted.into());
    };
    let decision = professional.decide_link(
        token.invitation,
        &token.secret.hash(),
        identity.as_ref().map(|identity| &identity.key),
        app.now(),
        account.today(app.now()),
    )?;
    if account.is_lapsed(app.now(), app.policy.grace_days) {
        let administrator = account.roles.is_administrator(professional.id);
        return Err(account.plan_lapsed(app.now(), &app.policy, administrator).into());
    }
    let is_linked_elsewhere =
        found.link(token.account).is_some_and(|link| link.professional != professional.id);
    if identity.is_some() && is_linked_elsewhere {
        return Err(LinkError::WrongIdentity.into());
    }
    Ok(VerifiedLink {
        account: account.clone(),
        professional: professional.clone(),
        decision,
        identity,
    })
}

/// Returns the error for a partly copied link; mail programs break long lines.
#[must_use]
pub fn incomplete_link() -> Error {
    Error::invalid("token", FieldErrorCode::IncompleteLink)
}
