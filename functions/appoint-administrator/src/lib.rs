//! Appoints an administrator from outside the account, when its own administrators have left
//! (requirement 24).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        AccountId, Appointment, AppointmentRequest, Event, FieldErrorCode, FieldErrors,
        MailContent, OutboxMail, ProfessionalId, Reason,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, Source, accepted_with, ok, views::AccountView},
    store::{AccountChange, Found, Lookup},
    workflows::appoint_administrator::appoint,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/appointments";

/// Fifty administrators, the most an account has, and the one who is appointed.
const MOST_PEOPLE: usize = 51;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    professional: String,
    #[serde(default)]
    in_place_of: Vec<String>,
    reason: Option<String>,
}

/// Appoints at once and notifies everybody. Where a second person has to approve, it stores the
/// request and notifies the vendor's administrators instead.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed-out callers get 401 before the body is parsed.
    if let Source::Web { .. } = request.source() {
        request.session_cookie()?;
    }
    let account = request.account()?;
    let input: Input = request.json()?;
    let appointed = ProfessionalId::parse(&input.professional);
    let lookup = appointed
        .iter()
        .chain(&input.leaving())
        .take(MOST_PEOPLE)
        .fold(Lookup::default(), |lookup, id| lookup.professional(account, *id));
    let (mut access, found) =
        request.authorize_with(&app, account, Action::AppointAdministrator, lookup).await?;
    let request = input.parse(&access, appointed, &found)?;
    let before = &access.account;
    if request.apply(&before.roles) == before.roles {
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
    match appoint(&app, &access, &request, &access.name(), None).await {
        Err(Error::Ineligible) => Err(ineligible()),
        appointed => {
            access.account = appointed?;
            ok(&AccountView::new(&app, &access, &access.account))
        }
    }
}

/// Stores the request on the account, where those who may approve it see it. It replaces a request
/// that is still waiting.
async fn request_approval(
    app: &App,
    access: &Access,
    request: AppointmentRequest,
) -> Result<portico::domain::Account> {
    let before = &access.account;
    let event = Event::AppointmentRequested {
        professional: request.person(),
        in_place_of: request.leaving_people(),
        reason: request.reason.clone().map(Into::into),
    };
    let event = access.audit_event(app, before.id, event)?;
    let content = MailContent::AppointmentRequested {
        about: before.id,
        account_name: before.name.to_string(),
        professional_name: request.name.clone(),
        by: access.name(),
        reason: request.reason.clone(),
    };
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
    fn leaving(&self) -> Vec<ProfessionalId> {
        self.in_place_of.iter().filter_map(|text| ProfessionalId::parse(text)).collect()
    }

    fn parse(
        &self,
        access: &Access,
        appointed: Option<ProfessionalId>,
        found: &Found,
    ) -> Result<AppointmentRequest> {
        let mut errors = FieldErrors::default();
        let eligible = |id: &ProfessionalId| {
            found
                .professional(*id)
                .filter(|person| person.details.ends_on.is_none() && person.hold.is_none())
        };
        let professional = errors.parse(
            "professional",
            appointed.as_ref().and_then(eligible).ok_or(FieldErrorCode::Ineligible),
        );
        let leaving = |text: &str| {
            let administrator =
                ProfessionalId::parse(text).filter(|id| access.account.roles.is_administrator(*id));
            let person = administrator
                .and_then(|id| found.professional(id))
                .ok_or(FieldErrorCode::NotAnAdministrator)?;
            Ok((person.id, person.details.name.to_string()))
        };
        let in_place_of = self
            .in_place_of
            .iter()
            .filter_map(|text| errors.parse("in_place_of", leaving(text)))
            .collect();
        let reason = errors.parse_optional("reason", self.reason.as_deref(), Reason::parse);
        errors.into_result()?;
        let professional = professional.ok_or_else(ineligible)?;
        Ok(AppointmentRequest {
            professional: professional.id,
            name: professional.details.name.to_string(),
            in_place_of,
            reason,
        })
    }
}

fn ineligible() -> Error {
    Error::invalid("professional", FieldErrorCode::Ineligible)
}
