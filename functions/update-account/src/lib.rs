//! Updates an account (requirement 28): name, contact, plan, partner of record, licences, time zone
//! and the vendor's reference. A partner corrects what it created (requirement 45).

use portico::{
    App, Error, Result,
    domain::{
        Account, AccountChanges, AccountId, AccountKind, AccountName, Contact, FieldErrorCode,
        FieldErrors, ZoneName,
        authorization::{ActingAs, Action},
        parse_external_id,
    },
    http::{
        Request, Response,
        inputs::{ContactInput, LicenceInput, PlanInput, present},
        ok,
        views::AccountView,
    },
    store::{Found, Lookup},
    workflows::change_account::{ChangeSource, change_account},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PATCH /api/accounts/{account}";

/// Absent fields stay as they are; `null` removes reference, contact, plan or partner.
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
    /// The account version that the page showed, so that no one else's change is overwritten.
    version: Option<u32>,
}

/// Updates the given fields. A plan with other dates is a renewal, which restores everybody's
/// access at once. The vendor's own account has no plan.
///
/// A partner may correct a customer that it created until anybody of it has linked. A new name is
/// then no longer confirmed.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // The body names the partner to read. Errors in the body are reported only to callers who may
    // update the account.
    let input: Result<Input> = request.json();
    let partner = input.as_ref().ok().and_then(Input::partner);
    let lookup = partner.iter().fold(Lookup::default(), |lookup, account| lookup.account(*account));
    let (mut access, found) =
        request.authorize_with(&app, request.account()?, Action::UpdateAccount, lookup).await?;
    let input = input?;
    let before = access.account.clone();
    let mut changes = input.parse(&before, &found)?;
    if access.acting_as == ActingAs::Partner {
        changes.by_partner = before.partner_id();
        let plans = &app.policy.partner_plans;
        before.check_correction(&changes, |plan| plans.check(plan, before.today(app.now())))?;
    }
    // A retry of a completed change succeeds, whatever its version.
    let after = before.with(changes.clone(), app.now(), app.policy.grace_days);
    if !after.changed_since(&before).is_empty()
        && input.version.is_some_and(|version| version != before.version)
    {
        return Err(Error::Changed);
    }
    access.account = change_account(&app, &access, &before, changes, ChangeSource::Form).await?;
    ok(&AccountView::new(&app, &access, &access.account))
}

impl Input {
    fn partner(&self) -> Option<AccountId> {
        self.partner.as_ref()?.as_deref().and_then(AccountId::parse)
    }

    fn parse(&self, before: &Account, found: &Found) -> Result<AccountChanges> {
        let mut errors = FieldErrors::default();
        let mut changes = AccountChanges {
            name: errors.parse_optional("name", self.name.as_deref(), AccountName::parse),
            time_zone: errors.parse_optional(
                "time_zone",
                self.time_zone.as_deref(),
                ZoneName::parse,
            ),
            licences: self
                .licences
                .as_deref()
                .map(|licences| LicenceInput::parse_all(licences, &mut errors)),
            ..AccountChanges::default()
        };
        if let Some(typed) = &self.external_id {
            changes.external_id =
                Some(errors.parse_optional("external_id", typed.as_deref(), parse_external_id));
        }
        if let Some(contact) = &self.contact {
            changes.contact = Some(
                contact
                    .as_ref()
                    .map_or_else(Contact::default, |contact| contact.parse(&mut errors)),
            );
        }
        match &self.plan {
            Some(None) if before.kind == AccountKind::Customer => {
                errors.add("plan", FieldErrorCode::Missing);
            }
            Some(Some(_)) if before.kind == AccountKind::Vendor => {
                errors.add("plan", FieldErrorCode::PlanOfVendor);
            }
            Some(plan) => {
                changes.plan = Some(match plan {
                    Some(plan) => plan.parse(&mut errors),
                    None => None,
                });
            }
            None => {}
        }
        match &self.partner {
            Some(Some(_)) if before.kind != AccountKind::Customer => {
                errors.add("partner", FieldErrorCode::PartnerOfNoCustomer);
            }
            Some(Some(_)) => match self
                .partner()
                .and_then(|id| found.account(id))
                .filter(|account| account.kind == AccountKind::Partner)
            {
                Some(partner) => changes.partner = Some(Some(partner.card())),
                None => errors.add("partner", FieldErrorCode::NotAPartner),
            },
            Some(None) => changes.partner = Some(None),
            None => {}
        }
        errors.into_result()?;
        Ok(changes)
    }
}
