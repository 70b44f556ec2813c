//! Somebody with many mailboxes and two identities, who links, reports the link and confirms
//! addresses over and over.

use http::Method;
use serde_json::{Value, json};
use tests::Fixture;

use super::{Flood, OUTSIDE, TIMES, others_leave, within_limits};

/// What the holder of the mailboxes does a hundred times.
pub(super) const OPERATIONS: &[&str] =
    &["confirm-email", "dispute-link", "link-identity", "update-professional"];

/// The administrator of a customer, who owns the domain `own.example` with all its mailboxes.
struct Holder {
    fixture: Fixture,
    flood: Flood,
    /// The newest profile and its mailbox.
    newest: (String, String),
}

impl Holder {
    /// Every other time adds a person, otherwise invites the same one again.
    async fn invite(&mut self, number: usize) {
        let Self { fixture, flood, newest } = self;
        if number.is_multiple_of(2) {
            let email = format!("person{number}@own.example");
            let person = json!({ "name": "Own Person", "email": email });
            let ada = &mut fixture.administrator.browser;
            let added = flood.send(ada, Method::POST, &fixture.people, person).await;
            *newest = (added.body["professional"].as_str().expect("added").to_owned(), email);
        } else {
            let path = fixture.invitation(&newest.0);
            let ada = &mut fixture.administrator.browser;
            flood.send(ada, Method::POST, &path, Value::Null).await;
        }
        fixture.portal.deliver().await;
    }

    /// Links the newest profile with the second identity. Returns the token of the notice.
    async fn link(&mut self) -> String {
        let Self { fixture: Fixture { portal, .. }, flood, newest: (_, mailbox) } = self;
        let mut second = portal.sign_in("Ada Lovelace", "ada@home.example").await;
        let invitation = json!({ "token": portal.token(mailbox) });
        let linked = flood.send(&mut second, Method::POST, "/api/links", invitation).await;
        assert_eq!(linked.status, 200, "{linked}");
        portal.deliver().await;
        portal.token(mailbox)
    }

    /// Changes the newest profile's address to that of somebody outside.
    async fn move_outside(&mut self, number: usize) {
        let Self { fixture, flood, newest: (id, _) } = self;
        let (path, outside) = (fixture.person(id), format!("victim+{number}@{OUTSIDE}"));
        let ada = &mut fixture.administrator.browser;
        flood.send(ada, Method::PATCH, &path, json!({ "email": outside })).await;
    }

    /// Reports the link with the token of its notice.
    async fn dispute(&mut self, notice: &str) {
        let Self { fixture: Fixture { portal, .. }, flood, .. } = self;
        let mut anybody = portal.browser();
        let notice = json!({ "token": notice });
        let disputed = flood.send(&mut anybody, Method::POST, "/api/links/disputes", notice).await;
        assert_eq!(disputed.status, 200, "{disputed}");
        portal.deliver().await;
    }

    /// Changes the own address to another one of the own mailboxes, and confirms it.
    async fn confirm_address(&mut self, number: usize) {
        let Self { fixture, flood, .. } = self;
        let email = format!("ada{number}@own.example");
        let ada = &mut fixture.administrator;
        let changed = json!({ "email": email });
        flood.send(&mut ada.browser, Method::PATCH, &ada.path, changed).await;
        fixture.portal.deliver().await;
        let token = json!({ "token": fixture.portal.token(&email) });
        flood.send(&mut ada.browser, Method::POST, "/api/email-confirmations", token).await;
    }
}

#[tokio::test]
async fn links_reports_and_confirmations_flood_nobody_either() {
    let mut fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Second Customer").await;
    fixture.portal.linked(&other, "Sue Second", "sue@second.example").await;
    let (ada, bob) = (fixture.administrator.id.clone(), fixture.member.id.clone());
    let roles = json!({
        "administrators": [ada, bob], "billing_contact": ada, "shipping_contact": ada,
    });
    let given = fixture.administrator.put(&fixture.roles, roles).await;
    assert_eq!(given.status, 200, "{given}");
    let mut holder = Holder { fixture, flood: Flood::default(), newest: Default::default() };
    for number in 0..TIMES {
        holder.invite(number).await;
        let notice = holder.link().await;
        if !number.is_multiple_of(2) {
            holder.move_outside(number).await;
        }
        holder.dispute(&notice).await;
        holder.confirm_address(number).await;
    }
    holder.flood.was_of(OPERATIONS);
    let portal = &holder.fixture.portal;
    let received = within_limits(portal);
    let bob = (holder.fixture.member.email.clone(), "security");
    assert_eq!(received[&bob], 10, "the other administrator's mailbox is at its limit");
    let victim = received.keys().find(|(mailbox, _)| mailbox.ends_with(OUTSIDE));
    assert_eq!(victim, None, "nobody has proved this mailbox");
    others_leave(portal, &other).await;
}
