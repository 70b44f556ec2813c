//! Mailed links: what a token opens, and for whom.

use super::{Request, Signed};
use crate::{
    App, Error, LinkFault, Result,
    domain::{Account, Flaw, Identity, InvitationToken, Judgement, Professional},
    store::Lookup,
};

/// What a token opens.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The account.
    pub account: Account,
    /// The professional invited.
    pub professional: Professional,
    /// Whether it links, or has.
    pub judgement: Judgement,
    /// Who is signed in, if anyone.
    pub identity: Option<Identity>,
}

impl Request {
    /// Reads what an invitation's token opens, in one round trip, or says why it opens nothing (requirement 19).
    ///
    /// Only whoever holds the secret is told more than the kind of failure.
    pub async fn open(&self, app: &App, token: &str) -> Result<Opened> {
        let token = InvitationToken::parse(token).ok_or_else(incomplete_link)?;
        let signed = Signed::read(self);
        let mut lookup = Lookup::default()
            .account(token.account)
            .professional(token.account, token.professional);
        if let Some(signed) = &signed {
            lookup = lookup.session(&signed.session).link(&signed.identity, token.account);
        }
        let found = app.store.look_up(lookup).await?;
        let session = signed.and_then(|it| it.session(found.session.clone(), app.now()));
        let identity = session.map(|it| it.identity);
        let (Some(account), Some(professional)) =
            (found.account(token.account), found.professional(token.professional))
        else {
            return Err(LinkFault::Deleted.into());
        };
        let judgement = professional.judge(
            token.invitation,
            &token.secret.hash(),
            identity.as_ref().map(|it| &it.key),
            app.now(),
            account.today(app.now()),
        )?;
        if account.is_lapsed(app.now(), app.policy.grace_days) {
            return Err(account.explain_lapse(
                app.now(),
                &app.policy,
                account.roles.is_administrator(professional.id),
            ));
        }
        if identity.is_some()
            && found.link(token.account).is_some_and(|it| it.professional != professional.id)
        {
            return Err(LinkFault::WrongIdentity.into());
        }
        Ok(Opened {
            account: account.clone(),
            professional: professional.clone(),
            judgement,
            identity,
        })
    }
}

/// Mail programs break long lines, and people copy half of them.
#[must_use]
pub fn incomplete_link() -> Error {
    Error::invalid("token", Flaw::IncompleteLink)
}
