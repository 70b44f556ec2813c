//! Changes the administrators of an account from outside, when its own cannot (requirements 24,
//! 45): makes somebody administrator, takes the role from others, or corrects the address of one.

use std::collections::BTreeMap;

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, AccountId, Appointee, Appointment, AppointmentRequest, EmailAddress, Event,
        FieldErrorCode, FieldErrors, MailContent, OutboxMail, Professional, ProfessionalId, Reason,
        Roles,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, Source, accepted_with, ok, views::AccountView},
    store::{AccountChange, Found, Lookup},
    workflows::appoint_administrator::{appoint, is_eligible, roles_after},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/appointments";

/// All administrators and the one who is appointed.
const MOST_PEOPLE: usize = Roles::MAX_ADMINISTRATORS + 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    professional: Option<String>,
    email: Option<String>,
    #[serde(default)]
    in_place_of: Vec<String>,
    reason: Option<String>,
}

/// Appoints at once and notifies everybody. Where a second person has to approve, it stores the
/// request and notifies the staff who may approve it instead.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed-out callers get 401 before the body is parsed.
    if let Source::Web { .. } = request.source() {
        request.session_cookie()?;
    }
    let account = request.account()?;
    let input: Input = request.json()?;
    let (mut access, found) = request
        .authorize_with(&app, account, Action::AppointAdministrator, input.lookup(account))
        .await?;
    let (request, person) = input.parse(&access, &found)?;
    check_address_is_free(&app, account, &request, &found).await?;
    let before = &access.account;
    let corrects = request.new_address_of().is_some();
    if roles_after(&app, before, &request, person).await? == before.roles && !corrects {
        return ok(&AccountView::new(&app, &access, before));
    }
    if app.policy.second_approval && access.acting_as != ActingAs::Operator {
        if before
            .appointment
            .as_ref()
            .is_some_and(|waiting| waiting.is_pending() && waiting.request == request)
        {
            return accepted_with(&AccountView::new(&app, &access, before));
        }
        access.account = request_approval(&app, &access, request).await?;
        return accepted_with(&AccountView::new(&app, &access, &access.account));
    }
    access.account = appoint(&app, &access, &request, person, None).await?;
    ok(&AccountView::new(&app, &access, &access.account))
}

/// Checks that nobody else of the account has the corrected address, before a second person decides
/// on it.
async fn check_address_is_free(
    app: &App,
    account: AccountId,
    request: &AppointmentRequest,
    found: &Found,
) -> Result<()> {
    let appointee = request.appointee.as_ref().filter(|appointee| appointee.email.is_some());
    let Some(appointee) = appointee else { return Ok(()) };
    let other = found.claims.iter().map(|(_, holder)| *holder).find(|id| *id != appointee.id);
    match other {
        None => Ok(()),
        Some(professional) => {
            let taken = Error::DuplicateEmail { professional, name: String::new() };
            Err(app.store.name_duplicate(account, taken).await)
        }
    }
}

/// Stores the request on the account, where those who may approve it see it. It replaces a request
/// that is still waiting.
async fn request_approval(
    app: &App,
    access: &Access,
    request: AppointmentRequest,
) -> Result<Account> {
    let before = &access.account;
    let new_administrator = request.new_administrator(&before.roles);
    let content = MailContent::AppointmentRequested {
        about: before.id,
        account_name: before.name.to_string(),
        professional_name: new_administrator.as_ref().map(|person| person.name.to_string()),
        in_place_of: request.leaving(),
        new_address_of: request.new_address_of().map(|person| person.name.to_string()),
        by: access.name(),
        reason: request.reason.clone(),
    };
    let event = Event::AppointmentRequested {
        professional: new_administrator,
        in_place_of: request.leaving_people(),
        new_address_of: request.new_address_of(),
        reason: request.reason.clone().map(Into::into),
    };
    let event = access.audit_event(app, before.id, event)?;
    let mail =
        OutboxMail { account: Some(AccountId::VENDOR), ..app.outbox_mail(content, None, None)? };
    let mut after = before.clone();
    after.appointment = Some(Appointment {
        id: app.new_id()?,
        request,
        by: event.actor.clone(),
        at: access.now,
        approved: None,
    });
    let change = AccountChange { mails: &[mail], ..AccountChange::new(before, &after, &event) };
    app.store.change_account(change).await?;
    after.version += 1;
    Ok(after)
}

impl Input {
    /// Returns the people that are named, and who has the corrected address.
    fn lookup(&self, account: AccountId) -> Lookup {
        let email = self.email.as_deref().and_then(|text| EmailAddress::parse(text).ok());
        let lookup =
            email.iter().fold(Lookup::default(), |lookup, email| lookup.email(account, email));
        let named = self.professional.iter().chain(&self.in_place_of);
        named
            .filter_map(|text| ProfessionalId::parse(text))
            .take(MOST_PEOPLE)
            .fold(lookup, |lookup, id| lookup.professional(account, id))
    }

    /// Parses the request. Returns the appointee, if there is one, as read.
    fn parse<'a>(
        &self,
        access: &Access,
        found: &'a Found,
    ) -> Result<(AppointmentRequest, Option<&'a Professional>)> {
        let (mut errors, roles) = (FieldErrors::default(), &access.account.roles);
        let eligible = |text: &str| {
            let person = ProfessionalId::parse(text).and_then(|id| found.professional(id));
            person.filter(|person| is_eligible(person, roles)).ok_or(FieldErrorCode::Ineligible)
        };
        let person = errors.parse_optional("professional", self.professional.as_deref(), eligible);
        let email = errors.parse_optional("email", self.email.as_deref(), EmailAddress::parse);
        if self.professional.is_none() {
            if email.is_some() {
                errors.add("email", FieldErrorCode::NotAskedFor);
            }
            if self.in_place_of.is_empty() {
                errors.add("professional", FieldErrorCode::Empty);
            }
        }
        let leaving = |text: &str| {
            let administrator =
                ProfessionalId::parse(text).filter(|id| roles.is_administrator(*id));
            let person = administrator
                .and_then(|id| found.professional(id))
                .ok_or(FieldErrorCode::NotAnAdministrator)?;
            Ok((person.id, person.details.name.to_string()))
        };
        let mut in_place_of: BTreeMap<_, _> = self
            .in_place_of
            .iter()
            .filter_map(|text| errors.parse("in_place_of", leaving(text)))
            .collect();
        let reason = errors.parse_optional("reason", self.reason.as_deref(), Reason::parse);
        errors.into_result()?;
        // Nobody takes their own place.
        person.map(|person| in_place_of.remove(&person.id));
        let appointee = person.map(|person| Appointee {
            id: person.id,
            name: person.details.name.to_string(),
            on_record: person.details.email.clone(),
            email: email.filter(|email| *email != person.details.email),
        });
        Ok((AppointmentRequest { appointee, in_place_of, reason }, person))
    }
}
