//! Adds a professional to an account and has them invited (requirements 8, 9).

use std::slice;

use portico::{
    App, Error, Result,
    domain::{Account, Deed, Details, Faults, Flaw, Professional, Roles, authority::Act},
    http::{PersonInput, Request, Response, created, views::ProfessionalView},
    store::Addition,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    email: String,
    title: Option<String>,
    phone: Option<String>,
    language: Option<String>,
    ends_on: Option<String>,
    #[serde(default)]
    administrator: bool,
    #[serde(default = "yes")]
    send_invitation: bool,
}

/// Stores the profile and, unless told not to, the invitation's mail. The first professional of an account takes every role.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let entry = request.enter(&app, request.account()?, Act::Invite).await?;
    let input: Input = request.json()?;
    let before = &entry.account;
    let first = before.roles.is_empty();
    let details = input.parse(first, entry.today)?;

    let mut professional = Professional::new(app.new_id()?, before.id, details, entry.now);
    let mut after = before.clone();
    if first {
        after.roles = Roles::of_first(professional.id);
    } else if input.administrator {
        after.roles.administrators.insert(professional.id);
    }
    entry.keep_administrators(&before.roles, &after.roles)?;
    let mail = if input.send_invitation {
        Some(app.invite(Some(&entry), before, &mut professional)?)
    } else {
        None
    };
    let mut activity =
        entry.activity(&app, before.id, Deed::ProfessionalAdded, Some(&professional))?;
    activity
        .facts
        .insert("invited".to_owned(), if input.send_invitation { "yes" } else { "no" }.to_owned());
    let account: Option<(&Account, &Account)> =
        (before.roles != after.roles).then_some((before, &after));
    let addition = Addition { professional, mail, activity };
    let limits = entry.invitation_limits(&app, &addition.mail);
    match app.store.limited_by(limits).add_professionals(account, slice::from_ref(&addition)).await
    {
        Err(error) => Err(app.store.name_duplicate(before.id, error).await),
        Ok(()) => created(&ProfessionalView::new(&entry, &after.roles, &addition.professional)),
    }
}

impl Input {
    /// Whoever must stay, for the sake of a role, cannot have a last day.
    fn parse(&self, first: bool, today: jiff::civil::Date) -> Result<Details> {
        let typed = PersonInput {
            prefix: "",
            name: &self.name,
            email: &self.email,
            title: self.title.as_deref(),
            phone: self.phone.as_deref(),
            language: self.language.as_deref(),
            ends_on: self.ends_on.as_deref(),
        };
        let mut faults = Faults::default();
        let details = typed.parse(today, &mut faults);
        if self.ends_on.is_some() && (first || self.administrator) {
            faults.add("ends_on", Flaw::RoleHeld);
        }
        faults.none()?;
        details.ok_or_else(|| Error::internal("a missing value is a fault"))
    }
}

fn yes() -> bool {
    true
}
