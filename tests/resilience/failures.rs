//! Every call of every change fails in every way, once and permanently: the change happens once or
//! not at all, never in part.
//!
//! Reads change nothing and fail through the same code, so testing changes is enough.

mod mail;
mod reports;
mod restart;
mod schedule;
mod sign_in;

use local::Options;
use serde_json::{Value, json};
use tests::{Browser, CallFailure, Fixture, Portal, Request, Table, operator_event};

/// The expected effect of a change.
#[derive(Clone, Copy)]
struct Change {
    /// The answer when it is done.
    done: u16,
    /// The answer to the same request when it was done already.
    again: (u16, &'static str),
    /// Whether the same request has its effect again, such as a mail that is sent again.
    repeats: bool,
    /// The answer when it conflicts with others for good.
    conflict: (u16, &'static str),
}

const UNAVAILABLE: (u16, &str) = (503, "unavailable");
const CHANGED: (u16, &str) = (409, "changed");

impl Change {
    /// Creates a change that is done with the status `done`; the same request then answers `again`.
    fn new(done: u16, again: (u16, &'static str)) -> Self {
        Self { done, again, repeats: false, conflict: UNAVAILABLE }
    }

    /// The same request has its effect again.
    fn repeating(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// A change of one profile, which says in a conflict what somebody else has changed.
    fn of_profile(self) -> Self {
        Self { conflict: CHANGED, ..self }
    }
}

/// A portal for the changes. Staff make them unless only administrators can, since authorizing
/// staff takes two reads.
struct Setup {
    portal: Portal,
    stella: Browser,
    /// An identity that may be linked in any account.
    eve: Browser,
}

impl Setup {
    async fn open() -> Self {
        let Fixture { portal, staff, .. } = Fixture::builder().staff().build().await;
        let stella = staff.browser;
        let eve = portal.sign_in("Eve Early", "eve@home.example").await;
        Self { portal, stella, eve }
    }

    /// Creates a customer with two professionals and returns it with them; the first has all roles
    /// and an invitation in the outbox.
    async fn customer(&self, case: usize) -> (String, String, String) {
        let account = self.portal.create_customer("Another Customer").await;
        let add = async |body: Value| {
            let added = self
                .portal
                .operator("Invite", json!({ "path": { "account": account }, "body": body }))
                .await;
            added["body"]["professional"].as_str().unwrap_or_else(|| panic!("{added}")).to_owned()
        };
        let first =
            add(json!({ "name": "Eve Early", "email": format!("eve{case}@customer.example") }))
                .await;
        let second = add(json!({
            "name": "Bob Builder", "email": format!("bob{case}@customer.example"),
            "send_invitation": false,
        }))
        .await;
        (account, first, second)
    }

    /// Returns the token in the newest mail to the case's first professional.
    async fn token(&self, case: usize) -> String {
        self.portal.deliver().await;
        self.portal.token(&format!("eve{case}@customer.example"))
    }

    /// Asks for access to the case's own customer; returns the requester's browser, the account and
    /// the request.
    async fn asked(&self, case: usize) -> (Browser, String, String) {
        // An hour later, so that every case has a limit of its own.
        let clock = &self.portal.clock;
        clock.set(clock.now() + jiff::SignedDuration::from_hours(1));
        let name = format!("Customer#{case}");
        let account = self.portal.create_customer(&name).await;
        let mut nina = self.portal.sign_in("Nina New", &format!("nina{case}@home.example")).await;
        let body = json!({
            "organisation": name, "name": "Nina New",
            "email": format!("nina{case}@customer.example"),
        });
        assert_eq!(nina.post("/api/access-requests", body).await.status, 202);
        self.portal.deliver().await;
        let own = nina.get("/api/access-requests").await;
        let request =
            own.items()[0]["request"].as_str().unwrap_or_else(|| panic!("{own}")).to_owned();
        (nina, account, request)
    }

    /// Links an identity of the case's second professional, who can then take roles over.
    async fn link_bob(&self, case: usize, account: &str, bob: &str) -> Browser {
        let event = operator_event(account, Some(bob), Value::Null);
        assert_eq!(self.portal.operator("SendInvitation", event).await["status"], 200);
        self.portal.deliver().await;
        let email = format!("bob{case}@customer.example");
        self.portal.follow_invitation(&email, "Bob Builder", &email).await
    }

    /// Links Eve's identity by the newest invitation to the case's address.
    async fn link_eve(&self, case: usize) {
        let linked =
            self.eve.clone().post("/api/links", json!({ "token": self.token(case).await })).await;
        assert_eq!(linked.status, 200, "{linked}");
    }
}

/// Disturbs each call of a request that `prepare` makes for each case, in three portals
/// concurrently.
async fn survives(change: Change, prepare: impl AsyncFn(&Setup, usize) -> Request) {
    tokio::join!(
        Box::pin(disturbed(&[CallFailure::Throttled], change, &prepare)),
        Box::pin(disturbed(&[CallFailure::Broken, CallFailure::Conflict], change, &prepare)),
        Box::pin(disturbed(&[CallFailure::AnswerLost], change, &prepare)),
    );
}

async fn disturbed(
    failures: &[CallFailure],
    change: Change,
    prepare: &impl AsyncFn(&Setup, usize) -> Request,
) {
    let setup = &Setup::open().await;
    let probe = &setup.portal.probe;
    let mut request = prepare(setup, 0).await;
    let before = Table::of(&setup.portal).await;
    probe.reset();
    let answer = request.send().await;
    assert_eq!(answer.status, change.done, "undisturbed: {answer}");
    let calls = probe.calls();
    let expected = Table::of(&setup.portal).await.changes_since(&before);
    assert!(!expected.is_empty(), "it changes nothing");

    let calls = || calls.iter().enumerate();
    // Only transactions can conflict.
    let cases = failures.iter().flat_map(|failure| {
        calls()
            .filter(|(_, call)| *failure != CallFailure::Conflict || *call == "TransactWriteItems")
            .map(|value| (*failure, value))
    });
    for (case, (failure, (index, call))) in cases.enumerate() {
        let what = format!("{failure:?} at call {index}, {call}");

        let mut request = prepare(setup, 2 * case + 1).await;
        let before = Table::of(&setup.portal).await;
        probe.reset();
        probe.disturb(failure, index, 1);
        let answer = request.send().await;
        probe.reset();
        assert_eq!(answer.status, change.done, "once: {what}: {answer}");
        assert_eq!(Table::of(&setup.portal).await.changes_since(&before), expected, "once: {what}");

        let mut request = prepare(setup, 2 * case + 2).await;
        let before = Table::of(&setup.portal).await;
        probe.reset();
        probe.disturb(failure, index, usize::MAX);
        let answer = request.send().await;
        probe.reset();
        // Changes of one profile say what somebody else has changed.
        let refused = if failure == CallFailure::Conflict { change.conflict } else { UNAVAILABLE };
        assert_eq!((answer.status, answer.problem()), refused, "for good: {what}: {answer}");
        assert_eq!(
            answer.headers.contains_key("retry-after"),
            refused == UNAVAILABLE,
            "for good: {what}: {answer}"
        );
        let changes = Table::of(&setup.portal).await.changes_since(&before);
        let happened = !changes.is_empty();
        assert!(
            !happened || failure == CallFailure::AnswerLost && changes == expected,
            "for good: {what}: half is done: {changes:#?}"
        );

        let answer = request.send().await;
        let expected_answer = if happened { change.again } else { (change.done, "") };
        assert_eq!(
            (answer.status, answer.problem()),
            expected_answer,
            "afterwards: {what}: {answer}"
        );
        if !(happened && change.repeats) {
            assert_eq!(
                Table::of(&setup.portal).await.changes_since(&before),
                expected,
                "afterwards: {what}"
            );
        }
    }
}

#[tokio::test]
async fn the_deployed_retry_policy_tries_a_call_four_times() {
    let options =
        Options { retries: Some(portico::lambda::config::retry_config()), ..Options::default() };
    let mut fixture = Fixture::builder().options(options).customer().build().await;
    for (failures, status) in [(3, 200), (4, 503)] {
        fixture.portal.probe.reset();
        fixture.portal.probe.disturb(CallFailure::Throttled, 0, failures);
        let answer = fixture.administrator.get(&fixture.account).await;
        assert_eq!(answer.status, status, "{failures} failures: {answer}");
        assert_eq!(fixture.portal.probe.calls(), ["BatchGetItem"; 4], "{failures} failures");
    }
}

fn professional(account: &str, id: &str) -> String {
    format!("/api/accounts/{account}/professionals/{id}")
}

#[tokio::test]
async fn adding_a_professional_happens_once_or_not_at_all() {
    let change = Change::new(201, (409, "duplicate-email"));
    survives(change, async |setup, case| {
        let (account, ..) = setup.customer(case).await;
        setup.link_eve(case).await;
        let body = json!({
            "name": "Ann Able", "email": format!("ann{case}@customer.example"),
            "administrator": true,
        });
        Request::new(&setup.eve, "POST", format!("/api/accounts/{account}/professionals"), body)
    })
    .await;
}

#[tokio::test]
async fn importing_professionals_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (account, ..) = setup.customer(case).await;
        setup.link_eve(case).await;
        let row = |name: &str| json!({
            "name": name, "email": format!("{name}{case}@customer.example"), "administrator": "yes",
        });
        let rows = json!([row("ann"), row("eve"), row("ian"), { "name": "", "email": "" }]);
        let path = format!("/api/accounts/{account}/professionals/import");
        Request::new(&setup.eve, "POST", path, json!({ "rows": rows }))
    })
    .await;
}

#[tokio::test]
async fn changing_a_professional_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, "")).of_profile();
    survives(change, async |setup, case| {
        let (account, eve, _) = setup.customer(case).await;
        setup.link_eve(case).await;
        let body = json!({ "name": "Eve Earlier", "phone": "+49 30 99" });
        Request::new(&setup.eve, "PATCH", professional(&account, &eve), body)
    })
    .await;
}

#[tokio::test]
async fn asking_for_another_own_address_happens_once_and_once_more_only_when_asked_again() {
    let change = Change::new(200, (200, "")).of_profile().repeating();
    survives(change, async |setup, case| {
        let (account, eve, _) = setup.customer(case).await;
        setup.link_eve(case).await;
        let body = json!({ "email": format!("new{case}@customer.example") });
        Request::new(&setup.eve, "PATCH", professional(&account, &eve), body)
    })
    .await;
}

#[tokio::test]
async fn handing_over_and_deleting_happens_once_or_not_at_all() {
    let change = Change::new(204, (404, "not-found"));
    survives(change, async |setup, case| {
        let (account, eve, bob) = setup.customer(case).await;
        setup.link_eve(case).await;
        setup.link_bob(case, &account, &bob).await;
        Request::new(
            &setup.eve,
            "DELETE",
            format!("{}?hand_over_to={bob}", professional(&account, &eve)),
            Value::Null,
        )
    })
    .await;
}

#[tokio::test]
async fn restoring_a_professional_happens_once_or_not_at_all() {
    let change = Change::new(201, (404, "not-found"));
    survives(change, async |setup, case| {
        let (account, eve, bob) = setup.customer(case).await;
        setup.link_eve(case).await;
        let successor = setup.link_bob(case, &account, &bob).await;
        let event = json!({
            "path": { "account": account, "professional": eve }, "query": { "hand_over_to": bob },
        });
        assert_eq!(setup.portal.operator("DeleteProfessional", event).await["status"], 204);
        Request::new(
            &successor,
            "POST",
            format!("{}/restore", professional(&account, &eve)),
            Value::Null,
        )
    })
    .await;
}

#[tokio::test]
async fn assigning_roles_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (account, eve, bob) = setup.customer(case).await;
        setup.link_eve(case).await;
        let body = json!({
            "administrators": [eve, bob], "billing_contact": bob, "shipping_contact": bob,
        });
        Request::new(&setup.eve, "PUT", format!("/api/accounts/{account}/roles"), body)
    })
    .await;
}

#[tokio::test]
async fn sending_an_invitation_happens_once_and_once_more_only_when_asked_again() {
    let change = Change::new(200, (200, "")).repeating().of_profile();
    survives(change, async |setup, case| {
        let (account, eve, _) = setup.customer(case).await;
        Request::new(
            &setup.stella,
            "POST",
            format!("{}/invitation", professional(&account, &eve)),
            Value::Null,
        )
    })
    .await;
}

#[tokio::test]
async fn resending_invitations_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (account, ..) = setup.customer(case).await;
        setup.portal.deliver().await;
        let before = setup.portal.clock.now().to_string();
        Request::new(
            &setup.stella,
            "POST",
            format!("/api/accounts/{account}/invitations"),
            json!({ "before": before }),
        )
    })
    .await;
}

#[tokio::test]
async fn revoking_an_invitation_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, "")).of_profile();
    survives(change, async |setup, case| {
        let (account, eve, _) = setup.customer(case).await;
        Request::new(
            &setup.stella,
            "DELETE",
            format!("{}/invitation", professional(&account, &eve)),
            Value::Null,
        )
    })
    .await;
}

#[tokio::test]
async fn linking_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        setup.customer(case).await;
        Request::new(&setup.eve, "POST", "/api/links", json!({ "token": setup.token(case).await }))
    })
    .await;
}

#[tokio::test]
async fn disputing_a_link_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        setup.customer(case).await;
        // A dispute ends the sessions of the identity, so each case has one of its own.
        let email = format!("eve{case}@customer.example");
        setup.portal.deliver().await;
        setup.portal.follow_invitation(&email, "Eve Early", &email).await;
        Request::new(
            &setup.portal.browser(),
            "POST",
            "/api/links/disputes",
            json!({ "token": setup.token(case).await }),
        )
    })
    .await;
}

#[tokio::test]
async fn asking_for_links_happens_once_and_once_more_only_when_asked_again() {
    let change = Change::new(202, (202, "")).repeating();
    survives(change, async |setup, case| {
        // An hour later, so that every case has a limit of its own.
        let clock = &setup.portal.clock;
        clock.set(clock.now() + jiff::SignedDuration::from_hours(1));
        Request::new(
            &setup.eve,
            "POST",
            "/api/links/requests",
            json!({ "email": format!("somebody{case}@customer.example") }),
        )
    })
    .await;
}

#[tokio::test]
async fn asking_for_access_happens_once_or_not_at_all() {
    let change = Change::new(202, (202, ""));
    survives(change, async |setup, case| {
        let clock = &setup.portal.clock;
        clock.set(clock.now() + jiff::SignedDuration::from_hours(1));
        let nina = setup.portal.sign_in("Nina New", &format!("nina{case}@home.example")).await;
        let body = json!({
            "organisation": "Some Customer", "name": "Nina New",
            "email": format!("nina{case}@customer.example"),
        });
        Request::new(&nina, "POST", "/api/access-requests", body)
    })
    .await;
}

#[tokio::test]
async fn approving_a_request_for_access_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (_, account, request) = setup.asked(case).await;
        let path = format!("/api/accounts/{account}/access-requests/{request}/decision");
        Request::new(&setup.stella, "POST", path, json!({ "decision": "approve" }))
    })
    .await;
}

#[tokio::test]
async fn withdrawing_a_request_for_access_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (nina, _, request) = setup.asked(case).await;
        Request::new(&nina, "DELETE", format!("/api/access-requests/{request}"), Value::Null)
    })
    .await;
}

#[tokio::test]
async fn creating_an_account_with_an_external_id_happens_once_or_not_at_all() {
    let change = Change::new(201, (409, "account-exists"));
    survives(change, async |setup, case| {
        let body = json!({
            "name": "New Customer", "kind": "customer", "external_id": case.to_string(),
            "partner": setup.portal.partner,
            "plan": { "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" },
            "first_professional": {
                "name": "Fay First", "email": format!("fay{case}@new.example"),
            },
        });
        Request::new(&setup.stella, "POST", "/api/accounts", body)
    })
    .await;
}

#[tokio::test]
async fn changing_an_account_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (account, ..) = setup.customer(case).await;
        let other = setup
            .portal
            .create_account(json!({
                "name": "Other Partner", "kind": "partner",
            }))
            .await;
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2028-12-31" });
        let body = json!({
            "name": "Renamed", "external_id": case.to_string(), "partner": other, "plan": plan,
        });
        Request::new(&setup.stella, "PATCH", format!("/api/accounts/{account}"), body)
    })
    .await;
}

#[tokio::test]
async fn changing_a_partners_card_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, _| {
        let partner = setup
            .portal
            .create_account(json!({ "name": "Other Partner", "kind": "partner" }))
            .await;
        Request::new(
            &setup.stella,
            "PATCH",
            format!("/api/accounts/{partner}"),
            json!({ "name": "Renamed Partner" }),
        )
    })
    .await;
}

#[tokio::test]
async fn changing_a_grant_happens_once_or_not_at_all() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, case| {
        let (account, ..) = setup.customer(case).await;
        Request::new(
            &setup.stella,
            "PUT",
            format!("/api/accounts/{account}/grant"),
            json!({ "grant": "view" }),
        )
    })
    .await;
}

#[tokio::test]
async fn copying_a_partners_card_that_fails_at_any_call_is_finished_later() {
    let setup = Setup::open().await;
    let portal = &setup.portal;
    for number in 0..3 {
        portal.create_customer(&format!("Customer {number}")).await;
    }
    portal.deliver().await;
    let rename = async |name: &str| {
        let event = json!({ "path": { "account": portal.partner }, "body": { "name": name } });
        assert_eq!(portal.operator("UpdateAccount", event).await["status"], 200);
        portal.probe.reset();
    };
    rename("Undisturbed").await;
    portal.deliver().await;
    let calls = portal.probe.calls().len();
    assert!(calls > 5, "{:?}", portal.probe.calls());
    for failure in [CallFailure::Throttled, CallFailure::AnswerLost] {
        for call in 0..calls {
            let name = format!("{failure:?} {call}");
            rename(&name).await;
            portal.probe.disturb(failure, call, usize::MAX);
            portal.stack().deliver().await.expect("a round");
            portal.probe.reset();
            portal.deliver().await;
            let list = portal
                .operator("ListAccounts", json!({ "query": { "managed_by": portal.partner } }))
                .await;
            let items = list["body"]["items"].as_array().expect("items");
            assert!(
                items.len() == 4
                    && items.iter().all(|item| item["partner"]["name"] == name.as_str()),
                "{name}: {list}"
            );
        }
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let change = Change::new(200, (200, ""));
    survives(change, async |setup, _| {
        let browser = setup.portal.sign_in("Eve Early", "eve@home.example").await;
        Request::new(&browser, "POST", "/api/sign-out", Value::Null)
    })
    .await;
}
