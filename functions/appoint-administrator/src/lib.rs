//! Makes a professional administrator from outside, when the account's own administrators have left (requirement 24).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        AccountId, Appointment, AppointmentRequest, Deed, FieldErrorCode, FieldErrors, MailContent,
        OutboxMail, ProfessionalId, Reason,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, Source, accepted_with, ok, views::AccountView},
    store::{AccountChange, Found, Lookup},
    workflows::appoint_administrator::appoint,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/appointments";

/// As many as an account has administrators, and one more.
const MOST_PEOPLE: usize = 51;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    professional: String,
    #[serde(default)]
    in_place_of: Vec<String>,
    reason: Option<String>,
}

/// Appoints at once and has everybody told; or, where a second person has to approve, keeps the appointment and has the vendor's
/// administrators asked.
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
        .fold(Lookup::default(), |lookup, it| lookup.professional(account, *it));
    let (mut access, found) =
        request.authorize_with(&app, account, Action::AppointAdministrator, lookup).await?;
    let request = input.parse(&access, appointed, &found)?;
    let before = &access.account;
    if request.apply(&before.roles) == before.roles {
        return ok(&AccountView::new(&app, &access, before));
    }
    if app.policy.second_approval && access.acting_as != ActingAs::Operator {
        if before.appointment.as_ref().is_some_and(|it| it.is_pending() && it.request == request) {
            return accepted_with(&AccountView::new(&app, &access, before));
        }
        access.account = ask(&app, &access, request).await?;
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

/// Keeps the appointment on the account, where whoever may approve it sees it. It takes the place of one that waits.
async fn ask(
    app: &App,
    access: &Access,
    request: AppointmentRequest,
) -> Result<portico::domain::Account> {
    let before = &access.account;
    let mut activity = access.activity(app, before.id, Deed::AppointmentRequested, None)?;
    activity.target = Some(request.target());
    activity.facts = request.facts();
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
        by: activity.actor.clone(),
        at: access.now,
        approved: None,
    });
    let change = AccountChange { mails: &[mail], ..AccountChange::new(before, &after, &activity) };
    app.store.change_account(change).await?;
    after.version += 1;
    Ok(after)
}

impl Input {
    fn leaving(&self) -> Vec<ProfessionalId> {
        self.in_place_of.iter().filter_map(|it| ProfessionalId::parse(it)).collect()
    }

    fn parse(
        &self,
        access: &Access,
        appointed: Option<ProfessionalId>,
        found: &Found,
    ) -> Result<AppointmentRequest> {
        let mut errors = FieldErrors::default();
        let stays = |id: &ProfessionalId| {
            found.professional(*id).filter(|it| it.details.ends_on.is_none() && it.hold.is_none())
        };
        let professional = errors.parse(
            "professional",
            appointed.as_ref().and_then(stays).ok_or(FieldErrorCode::Ineligible),
        );
        let leaving = |text: &str| {
            let administrator =
                ProfessionalId::parse(text).filter(|it| access.account.roles.is_administrator(*it));
            let person = administrator
                .and_then(|it| found.professional(it))
                .ok_or(FieldErrorCode::NotAnAdministrator)?;
            Ok((person.id, person.details.name.to_string()))
        };
        let in_place_of = self
            .in_place_of
            .iter()
            .filter_map(|it| errors.parse("in_place_of", leaving(it)))
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
