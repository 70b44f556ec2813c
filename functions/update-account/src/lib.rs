//! Changes an account (requirement 28): name, contact, plan, partner of record, licences, time zone and the vendor's number for it.

use portico::{
    App, Error, Result,
    domain::{
        Account, AccountChanges, AccountId, AccountName, Contact, Faults, Flaw, Kind, ZoneName,
        authority::Act, external_id,
    },
    http::{
        ContactInput, LicenceInput, PlanInput, Request, Response, ok, present, views::AccountView,
    },
    store::{Found, Lookup},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PATCH /api/accounts/{account}";

/// What is absent stays as it is; `null` takes number, contact, plan or partner away.
#[expect(clippy::option_option, reason = "a PATCH tells null from absence")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    external_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    contact: Option<Option<ContactInput>>,
    #[serde(default, deserialize_with = "present")]
    plan: Option<Option<PlanInput>>,
    #[serde(default, deserialize_with = "present")]
    partner: Option<Option<String>>,
    licences: Option<Vec<LicenceInput>>,
    time_zone: Option<String>,
    /// The account's version that the page showed; with it, nobody else's change is overwritten unseen.
    version: Option<u32>,
}

/// Changes what is named. A plan of other days is a renewal, which gives everybody access again at once.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // The body says which partner to read; who may not change the account is told so before anything of the body is.
    let input: Result<Input> = request.json();
    let partner = input.as_ref().ok().and_then(Input::partner);
    let lookup = partner.iter().fold(Lookup::default(), |lookup, it| lookup.account(*it));
    let (mut entry, found) =
        request.enter_reading(&app, request.account()?, Act::UpdateAccount, lookup).await?;
    let input = input?;
    let before = entry.account.clone();
    let changes = input.parse(&before, &found)?;
    // Before the version is looked at, so that a retry of what was done is told so.
    let after = before.with(changes.clone(), app.now(), app.policy.grace_days);
    if !after.changed_since(&before).is_empty()
        && input.version.is_some_and(|it| it != before.version)
    {
        return Err(Error::Changed);
    }
    entry.account = app.change_account(&entry, &before, changes, &[]).await?;
    ok(&AccountView::new(&app, &entry, &entry.account))
}

impl Input {
    fn partner(&self) -> Option<AccountId> {
        self.partner.as_ref()?.as_deref().and_then(AccountId::parse)
    }

    fn parse(&self, before: &Account, found: &Found) -> Result<AccountChanges> {
        let mut faults = Faults::default();
        let mut changes = AccountChanges {
            name: faults.take_optional("name", self.name.as_deref(), AccountName::parse),
            time_zone: faults.take_optional(
                "time_zone",
                self.time_zone.as_deref(),
                ZoneName::parse,
            ),
            licences: self.licences.as_deref().map(|it| LicenceInput::parse_all(it, &mut faults)),
            ..AccountChanges::default()
        };
        if let Some(typed) = &self.external_id {
            changes.external_id =
                Some(faults.take_optional("external_id", typed.as_deref(), external_id));
        }
        if let Some(contact) = &self.contact {
            changes.contact =
                Some(contact.as_ref().map_or_else(Contact::default, |it| it.parse(&mut faults)));
        }
        match &self.plan {
            Some(None) if before.kind == Kind::Customer => faults.add("plan", Flaw::Missing),
            Some(plan) => {
                changes.plan = Some(match plan {
                    Some(plan) => plan.parse(&mut faults)?,
                    None => None,
                });
            }
            None => {}
        }
        match &self.partner {
            Some(Some(_)) if before.kind != Kind::Customer => {
                faults.add("partner", Flaw::PartnerOfNoCustomer)
            }
            Some(Some(_)) => match self
                .partner()
                .and_then(|it| found.account(it))
                .filter(|it| it.kind == Kind::Partner)
            {
                Some(partner) => changes.partner = Some(Some(partner.card())),
                None => faults.add("partner", Flaw::NotAPartner),
            },
            Some(None) => changes.partner = Some(None),
            None => {}
        }
        faults.none()?;
        Ok(changes)
    }
}
