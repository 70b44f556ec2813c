//! Makes a professional administrator from outside, when the account's own administrators have left (requirement 24).

use portico::{
    App, Error, Result,
    domain::{
        AccountId, Appointment, Deed, Faults, Flaw, Letter, Mail, ProfessionalId, Reason, Wish,
        authority::{Act, Capacity},
    },
    http::{Entry, Request, Response, Source, accepted_with, ok, views::AccountView},
    store::{Found, Lookup},
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
    // Signed out is told before the body is looked at.
    if let Source::Web { .. } = request.source() {
        request.signed()?;
    }
    let account = request.account()?;
    let input: Input = request.json()?;
    let appointed = ProfessionalId::parse(&input.professional);
    let lookup = appointed
        .iter()
        .chain(&input.leaving())
        .take(MOST_PEOPLE)
        .fold(Lookup::default(), |lookup, it| lookup.professional(account, *it));
    let (mut entry, found) =
        request.enter_reading(&app, account, Act::AppointAdministrator, lookup).await?;
    let wish = input.parse(&entry, appointed, &found)?;
    let before = &entry.account;
    if wish.fulfil(&before.roles) == before.roles {
        return ok(&AccountView::new(&app, &entry, before));
    }
    if app.policy.second_approval && entry.capacity != Capacity::Operator {
        if before.appointment.as_ref().is_some_and(|it| it.is_waiting() && it.wish == wish) {
            return accepted_with(&AccountView::new(&app, &entry, before));
        }
        entry.account = ask(&app, &entry, wish).await?;
        return accepted_with(&AccountView::new(&app, &entry, &entry.account));
    }
    match app.appoint(&entry, &wish, &entry.name(), None).await {
        Err(Error::Ineligible) => Err(ineligible()),
        appointed => {
            entry.account = appointed?;
            ok(&AccountView::new(&app, &entry, &entry.account))
        }
    }
}

/// Keeps the appointment on the account, where whoever may approve it sees it. It takes the place of one that waits.
async fn ask(app: &App, entry: &Entry, wish: Wish) -> Result<portico::domain::Account> {
    let before = &entry.account;
    let mut activity = entry.activity(app, before.id, Deed::AppointmentRequested, None)?;
    activity.target = Some(wish.target());
    activity.facts = wish.facts();
    let letter = Letter::AppointmentRequested {
        about: before.id,
        account_name: before.name.to_string(),
        professional_name: wish.name.clone(),
        by: entry.name(),
        reason: wish.reason.clone(),
    };
    let mail = Mail { account: Some(AccountId::VENDOR), ..app.mail(letter, None, None)? };
    let mut after = before.clone();
    after.appointment = Some(Appointment {
        id: app.new_id()?,
        wish,
        by: activity.actor.clone(),
        at: entry.now,
        approved: None,
    });
    app.store.change_account(before, &after, &[], &[mail], &activity).await?;
    after.version += 1;
    Ok(after)
}

impl Input {
    fn leaving(&self) -> Vec<ProfessionalId> {
        self.in_place_of.iter().filter_map(|it| ProfessionalId::parse(it)).collect()
    }

    fn parse(
        &self,
        entry: &Entry,
        appointed: Option<ProfessionalId>,
        found: &Found,
    ) -> Result<Wish> {
        let mut faults = Faults::default();
        let stays = |id: &ProfessionalId| {
            found.professional(*id).filter(|it| it.details.ends_on.is_none() && it.held.is_none())
        };
        let professional =
            faults.take("professional", appointed.as_ref().and_then(stays).ok_or(Flaw::Ineligible));
        let leaving = |text: &str| {
            let administrator =
                ProfessionalId::parse(text).filter(|it| entry.account.roles.is_administrator(*it));
            let person = administrator
                .and_then(|it| found.professional(it))
                .ok_or(Flaw::NotAnAdministrator)?;
            Ok((person.id, person.details.name.to_string()))
        };
        let in_place_of = self
            .in_place_of
            .iter()
            .filter_map(|it| faults.take("in_place_of", leaving(it)))
            .collect();
        let reason = faults.take_optional("reason", self.reason.as_deref(), Reason::parse);
        faults.none()?;
        let professional = professional.ok_or_else(ineligible)?;
        Ok(Wish {
            professional: professional.id,
            name: professional.details.name.to_string(),
            in_place_of,
            reason,
        })
    }
}

fn ineligible() -> Error {
    Error::invalid("professional", Flaw::Ineligible)
}
