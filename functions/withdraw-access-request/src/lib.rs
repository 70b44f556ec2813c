//! Withdraws the caller's own request for access (requirement 23).

use portico::{
    App, Error, Result,
    domain::{AccessState, Actor, AuditEvent, Event, authorization::ActingAs},
    http::{Request, Response, ok, views::OwnRequestView},
    store::{AccessRequestChange, Lookup},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/access-requests/{request}";

/// Withdraws the request unless it has been decided. The requester's own copy says which account it
/// waits in, which the response does not reveal.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookie = request.session_cookie()?;
    let id = request.access_request()?;
    let found = app
        .store
        .look_up(
            Lookup::default()
                .session(&cookie.identity, &cookie.secret)
                .own_request(&cookie.identity, id),
        )
        .await?;
    let session = cookie.session(found.session, app.now()).ok_or(Error::NotSignedIn)?;
    let own = found.own_request.ok_or(Error::NotFound("request for access"))?;
    match own.state {
        AccessState::Open => {}
        AccessState::Withdrawn => return ok(&OwnRequestView::from(&own)),
        _ => return Err(Error::Changed),
    }
    let found = app.store.look_up(Lookup::default().access_request(own.account, id)).await?;
    // It may have been decided or passed on since.
    let before = found
        .access_request(own.account, id)
        .filter(|request| request.is_open())
        .ok_or(Error::Conflict)?;
    let mut after = before.clone();
    after.end(AccessState::Withdrawn, None, None, app.now());
    let actor = Actor {
        identity: Some(session.identity.key),
        ..Actor::system(before.name.as_str(), ActingAs::Own)
    };
    let event = Event::AccessRequestWithdrawn { requester: after.requester() };
    let event = AuditEvent {
        source: request.address().map(Into::into),
        ..app.audit_event(before.account, actor, event)?
    };
    app.store.change_access_request(AccessRequestChange::new(before, &after, &[event])).await?;
    ok(&OwnRequestView::from(&after.own()))
}
