//! Stores a request for access from anyone who is signed in (requirement 23).
//!
//! The response and the work are always the same: the request is stored with the vendor, and
//! deliver-mail finds the account and who decides there. So neither response nor timing reveals
//! whether an organisation is known or who its administrators are.

use portico::{
    App, Error, Result,
    domain::{
        AccessRequest, AccessState, AccountId, AccountName, EmailAddress, FieldErrorCode,
        FieldErrors, Identity, JobTitle, LanguageTag, MailContent, OutboxMail, OwnRequests,
        PersonName, PhoneNumber, Remark,
    },
    http::{Request, Response, accepted},
    store::PageRequest,
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

/// Stores the request, unless this identity already has an open one for the same organisation.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookie = request.session_cookie()?;
    // Open requests come first, and there are few.
    let page = PageRequest::first(50);
    let (session, own, _) =
        app.store.session_and_own_requests(&cookie.secret, &cookie.identity, &page).await?;
    let session = cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    let input: Input = request.json()?;
    let access_request = input.parse(&app, session.identity)?;
    if own.open_for(&access_request.organisation).is_some() {
        return accepted();
    }
    if own.is_full() {
        return Err(Error::invalid(
            "organisation",
            FieldErrorCode::OpenRequests(OwnRequests::MAX_OPEN),
        ));
    }
    let mail = OutboxMail {
        account: Some(access_request.account),
        ..app.outbox_mail(MailContent::RoutedAccess { request: access_request.id }, None, None)?
    };
    app.store.ask_for_access(&access_request, own.asked, &mail).await?;
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
        // People type several lines; the request stores one.
        let message = errors.parse_optional("message", self.message.as_deref(), |text| {
            Remark::parse(&text.replace(['\r', '\n', '\t'], " "))
        });
        errors.into_result()?;
        let (Some(organisation), Some(name), Some(email)) = (organisation, name, email) else {
            return Err(Error::internal("a missing value without a field error"));
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
