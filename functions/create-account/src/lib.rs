//! Creates an account (requirements 25, 28).
//!
//! Staff create any account, a partner its customers, an operator also the vendor's own account. A
//! partner's customer waits for staff, or is created at once with a plan that the vendor lets
//! partners give (requirement 45).

use portico::{
    App, Error, Result,
    auth::{Access, OPERATOR},
    domain::{
        Account, AccountChanges, AccountId, AccountKind, AccountName, Actor, AuditEvent,
        Confirmation, Creator, Details, Event, FieldErrorCode, FieldErrors, MailContent,
        OutboxMail, Professional, Roles, ZoneName,
        authorization::{ActingAs, Action},
        parse_external_id,
    },
    http::{
        Request, Response, Source, created,
        inputs::{ContactInput, LicenceInput, PersonInput, PlanInput, WithPerson},
        views::AccountSummary,
    },
    store::NewAccount,
    workflows::invite::invite,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    kind: AccountKind,
    external_id: Option<String>,
    partner: Option<AccountId>,
    contact: Option<ContactInput>,
    time_zone: Option<String>,
    plan: Option<PlanInput>,
    #[serde(default)]
    licences: Vec<LicenceInput>,
    first_professional: Option<WithPerson<PersonInput, FirstInput>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstInput {
    #[serde(default = "portico::http::inputs::yes")]
    send_invitation: bool,
}

/// Stores the account with its first professional, if one is given. `external_id` makes a retry
/// safe: the second attempt gets 409.
///
/// The first professional of an account that waits is invited when staff confirm it.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed-out callers get 401 before the body is parsed.
    if let Source::Web { .. } = request.source() {
        request.session_cookie()?;
    }
    let input: Input = request.json()?;
    let home = match (input.kind, request.source()) {
        (AccountKind::Vendor, Source::Operator) => None,
        _ => Some(authorize(&app, &request, &input).await?),
    };
    let partner = home.as_ref().filter(|_| input.partner.is_some()).map(|access| &access.account);
    let creator = home.as_ref().and_then(creator);
    let (account, details) = input.parse(&app, partner, creator.is_some())?;
    let mut account = match creator {
        Some(creator) => {
            let confirmation = input.confirmation(&app);
            account.created_by_partner(creator, confirmation)
        }
        None => account,
    };
    let is_waiting = account.is_waiting();

    let mut mail = None;
    let created_event = Event::AccountCreated { imported: false, waiting: is_waiting };
    let mut events = vec![audit_event(&app, home.as_ref(), &request, &account, created_event)?];
    let mut first = None;
    if let (Some(details), Some(input)) = (details, &input.first_professional) {
        let mut professional = Professional::new(app.new_id()?, account.id, details, app.now());
        account.roles = Roles::sole_holder(professional.id);
        let invited = input.own.send_invitation && !is_waiting;
        if invited {
            mail = Some(invite(&app, home.as_ref(), &account, &mut professional)?);
        }
        let added = Event::ProfessionalAdded {
            professional: (&professional).into(),
            invited,
            imported: false,
        };
        events.push(audit_event(&app, home.as_ref(), &request, &account, added)?);
        first = Some(professional);
    }
    if let Some(access) = home.as_ref().filter(|_| is_waiting) {
        mail = Some(waiting_mail(&app, access, &account)?);
    }
    app.store
        .create_account(NewAccount {
            account: &account,
            first_professional: first.as_ref(),
            mail: mail.as_ref(),
            events: &events,
        })
        .await?;
    created(&AccountSummary::new(&app, &account, first.map(|professional| professional.id)))
}

/// Returns the partner's professional who creates a customer; `None` for staff and operators.
fn creator(access: &Access) -> Option<Creator> {
    let link = access.relationship.link().filter(|_| access.acting_as == ActingAs::Partner)?;
    Some(Creator { partner: link.account, professional: link.professional, number: None })
}

/// Creates the mail that asks the staff who may confirm the account.
fn waiting_mail(app: &App, access: &Access, account: &Account) -> Result<OutboxMail> {
    let content = MailContent::CustomerWaiting {
        about: account.id,
        account_name: account.name.to_string(),
        partner_name: access.account.name.to_string(),
        by: access.name(),
    };
    let mail = app.outbox_mail(content, None, None)?;
    Ok(OutboxMail { account: Some(AccountId::VENDOR), ..mail })
}

/// Authorizes the caller on the new account's parent: the named partner, else the vendor, where
/// only staff may create accounts.
async fn authorize(app: &App, request: &Request, input: &Input) -> Result<Access> {
    let access = request
        .authorize(
            app,
            input.partner.unwrap_or(AccountId::VENDOR),
            Action::CreateAccount(input.kind),
        )
        .await;
    match (access, input.partner, request.source()) {
        (Err(Error::NotFound(_)), None, Source::Web { .. }) => {
            Err(Error::Forbidden("only the vendor's staff may create an account without a partner"))
        }
        (access, _, _) => access,
    }
}

impl Input {
    /// Returns whether an account that a partner creates waits for staff.
    fn confirmation(&self, app: &App) -> Confirmation {
        if app.policy.partner_plans.is_empty() {
            let first = self.first_professional.as_ref();
            Confirmation::Waiting { invites: first.is_some_and(|first| first.own.send_invitation) }
        } else {
            Confirmation::Unconfirmed
        }
    }

    fn parse(
        &self,
        app: &App,
        partner: Option<&Account>,
        by_partner: bool,
    ) -> Result<(Account, Option<Details>)> {
        let mut errors = FieldErrors::default();
        let name = errors.parse("name", AccountName::parse(&self.name));
        let external_id =
            errors.parse_optional("external_id", self.external_id.as_deref(), parse_external_id);
        let contact = self.contact.as_ref().map(|contact| contact.parse(&mut errors));
        let time_zone = errors
            .parse_optional("time_zone", self.time_zone.as_deref(), ZoneName::parse)
            .unwrap_or_default();
        let today = time_zone.day(app.now());
        let plan = match &self.plan {
            Some(plan) => plan.parse(&mut errors),
            None => None,
        };
        let licences = LicenceInput::parse_all(&self.licences, &mut errors);
        let plans = &app.policy.partner_plans;
        if by_partner && !plans.is_empty() {
            if let Some(plan) = &plan {
                errors.extend_with(plans.check(plan, today));
            }
            // Staff do not see them before they have an effect.
            if !licences.is_empty() {
                errors.add("licences", FieldErrorCode::StaffOnly);
            }
        }
        if self.kind == AccountKind::Customer && self.plan.is_none() {
            errors.add("plan", FieldErrorCode::Missing);
        }
        if self.kind == AccountKind::Vendor && self.plan.is_some() {
            errors.add("plan", FieldErrorCode::PlanOfVendor);
        }
        if self.kind != AccountKind::Customer && self.partner.is_some() {
            errors.add("partner", FieldErrorCode::PartnerOfNoCustomer);
        }
        if partner.is_some_and(|partner| partner.kind != AccountKind::Partner) {
            errors.add("partner", FieldErrorCode::NotAPartner);
        }
        let first = self.first_professional.as_ref().map(|first| &first.person);
        let details =
            first.and_then(|first| first.parse("first_professional.", today, &mut errors));
        // The first professional holds every role.
        if first.is_some_and(|first| first.ends_on.is_some()) {
            errors.add("first_professional.ends_on", FieldErrorCode::RoleHeld);
        }
        errors.into_result()?;
        let id = if self.kind == AccountKind::Vendor { AccountId::VENDOR } else { app.new_id()? };
        let name = name.ok_or_else(|| Error::internal("a missing name without a field error"))?;
        let (contact, partner) =
            (Some(contact.unwrap_or_default()), Some(partner.map(Account::card)));
        let (time_zone, plan, licences) = (Some(time_zone), Some(plan), Some(licences));
        let given = AccountChanges {
            contact,
            time_zone,
            plan,
            partner,
            licences,
            ..AccountChanges::default()
        };
        let account = Account {
            external_id,
            ..Account::new(id, name, self.kind, given, app.now(), app.policy.grace_days)
        };
        Ok((account, details))
    }
}

fn audit_event(
    app: &App,
    home: Option<&Access>,
    request: &Request,
    account: &Account,
    event: Event,
) -> Result<AuditEvent> {
    if let Some(access) = home {
        return access.audit_event(app, account.id, event);
    }
    let operator = Actor::system(OPERATOR, ActingAs::Operator);
    Ok(AuditEvent {
        source: request.address().map(Into::into),
        ..app.audit_event(account.id, operator, event)?
    })
}
