//! Says what the partner of record may do on a customer's account (requirement 27).

use portico::{
    App, Error, Result,
    domain::{
        Account, Deed, Flaw, Grant, Letter, Mail,
        authority::{Act, Capacity},
    },
    http::{Request, Response, ok, views::AccountView},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/grant";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    grant: Grant,
    /// The account's version that the page showed; with it, nobody else's change is overwritten unseen.
    version: Option<u32>,
}

/// Narrows, ends or widens it. The partner's next request obeys, and its administrators are told by mail.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut entry = request.enter(&app, request.account()?, Act::ChangeGrant).await?;
    let input: Input = request.json()?;
    let before = &entry.account;
    let Some(partner) = &before.partner else {
        return Err(Error::invalid("grant", Flaw::NoPartner));
    };
    // Before the version is looked at, so that a retry of what was done is told so.
    if input.grant == before.grant {
        return ok(&AccountView::new(&app, &entry, before));
    }
    if input.version.is_some_and(|it| it != before.version) {
        return Err(Error::Changed);
    }
    let by_vendor = matches!(entry.capacity, Capacity::Staff | Capacity::Operator);
    let letter = Letter::GrantChanged {
        account_name: before.name.to_string(),
        partner_name: partner.name.clone(),
        grant: input.grant,
        by_vendor,
    };
    let mail = Mail { account: Some(partner.account), ..app.mail(letter, None, None)? };
    let mut activity = entry.activity(&app, before.id, Deed::GrantChanged, None)?;
    activity.facts = [
        ("grant".to_owned(), input.grant.name().to_owned()),
        ("partner".to_owned(), partner.name.clone()),
    ]
    .into();
    let mut after = Account { grant: input.grant, ..before.clone() };
    app.store.change_account(before, &after, &[], &[mail], &activity).await?;
    after.version += 1;
    entry.account = after;
    ok(&AccountView::new(&app, &entry, &entry.account))
}
