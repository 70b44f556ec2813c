//! Takes a request for access from whoever is signed in (requirement 23).
//!
//! The answer is always the same, and so is the work: the request is put down with the vendor, and which account it is for, and who decides there,
//! is found out by deliver-mail. So neither answer nor timing tells whether there is such an organisation or who its administrators are.

use portico::{
    App, Error, Result,
    domain::{
        AccessRequest, AccessState, AccountId, AccountName, EmailAddress, FieldErrorCode,
        FieldErrors, Identity, JobTitle, LanguageTag, LimitedAction, MailContent, OutboxMail,
        OwnRequests, PersonName, PhoneNumber, Remark,
    },
    http::{Request, Response, accepted},
    workflows::rate_limit::limits_for,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/access-requests";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    organisation: String,
    name: String,
    email: String,
    title: Option<String>,
    phone: Option<String>,
    language: Option<String>,
    message: Option<String>,
}

/// Puts the request down, unless one of the identity's is open for the same organisation: then that one is as good.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookie = request.session_cookie()?;
    let (session, own) =
        app.store.session_and_own_requests(&cookie.session, &cookie.identity).await?;
    let session = cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    let input: Input = request.json()?;
    let asked = input.parse(&app, session.identity)?;
    if own.open_for(&asked.organisation).is_some() {
        return accepted();
    }
    if own.is_full() {
        return Err(Error::invalid(
            "organisation",
            FieldErrorCode::OpenRequests(OwnRequests::MAX_OPEN),
        ));
    }
    let mail = OutboxMail {
        account: Some(asked.account),
        ..app.outbox_mail(MailContent::RoutedAccess { request: asked.id }, None, None)?
    };
    let limits = limits_for(
        &app,
        LimitedAction::AccessRequests,
        [&asked.email],
        Some(&cookie.identity),
        request.address().as_deref(),
    );
    app.store.limited_by(limits).ask_for_access(&asked, own.asked, &mail).await?;
    accepted()
}

impl Input {
    fn parse(&self, app: &App, identity: Identity) -> Result<AccessRequest> {
        let mut errors = FieldErrors::default();
        let organisation = errors.parse("organisation", AccountName::parse(&self.organisation));
        let name = errors.parse("name", PersonName::parse(&self.name));
        let email = errors.parse("email", EmailAddress::parse(&self.email));
        let title = errors.parse_optional("title", self.title.as_deref(), JobTitle::parse);
        let phone = errors.parse_optional("phone", self.phone.as_deref(), PhoneNumber::parse);
        let language = errors
            .parse_optional("language", self.language.as_deref(), LanguageTag::parse)
            .unwrap_or_default();
        // People write several lines; they are read as one.
        let message = errors.parse_optional("message", self.message.as_deref(), |it| {
            Remark::parse(&it.replace(['\r', '\n', '\t'], " "))
        });
        errors.into_result()?;
        let (Some(organisation), Some(name), Some(email)) = (organisation, name, email) else {
            return Err(Error::internal("a missing value is a fault"));
        };
        Ok(AccessRequest {
            id: app.new_id()?,
            account: AccountId::VENDOR,
            organisation,
            name,
            email,
            title,
            phone,
            language,
            message,
            identity,
            state: AccessState::Open,
            stage: None,
            due_on: app.today(),
            asked_at: app.now(),
            ended_at: None,
            reason: None,
            decided_by: None,
            version: 1,
        })
    }
}
