//! Changes the permissions of the partner of record on a customer's account (requirement 27).

use portico::{
    App, Error, Result,
    domain::{
        Account, Event, FieldErrorCode, MailContent, OutboxMail, PartnerGrant,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, ok, views::AccountView},
    store::AccountChange,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/grant";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    grant: PartnerGrant,
    /// The account version that the page showed, so that no one else's change is overwritten.
    version: Option<u32>,
}

/// Narrows, ends or widens the permissions. They apply from the partner's next request on; its
/// administrators are notified by mail. While the plan is lapsed, they can only be narrowed.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut access = request.authorize(&app, request.account()?, Action::NarrowGrant).await?;
    let input: Input = request.json()?;
    let before = &access.account;
    if input.grant > before.grant {
        access.require(Action::ChangeGrant)?;
    }
    let Some(partner) = &before.partner else {
        return Err(Error::invalid("grant", FieldErrorCode::NoPartner));
    };
    // Before the version check, so that a retry of a completed change succeeds.
    if input.grant == before.grant {
        return ok(&AccountView::new(&app, &access, before));
    }
    if input.version.is_some_and(|version| version != before.version) {
        return Err(Error::Changed);
    }
    let by_vendor = matches!(access.acting_as, ActingAs::Staff | ActingAs::Operator);
    let content = MailContent::GrantChanged {
        account_name: before.name.to_string(),
        partner_name: partner.name.clone(),
        grant: input.grant,
        by_vendor,
    };
    let mail =
        OutboxMail { account: Some(partner.account), ..app.outbox_mail(content, None, None)? };
    let event = Event::GrantChanged { partner: partner.into(), grant: input.grant };
    let event = access.audit_event(&app, before.id, event)?;
    let mut after = Account { grant: input.grant, ..before.clone() };
    let change = AccountChange { mails: &[mail], ..AccountChange::new(before, &after, &event) };
    app.store.change_account(change).await?;
    after.version += 1;
    access.account = after;
    ok(&AccountView::new(&app, &access, &access.account))
}
