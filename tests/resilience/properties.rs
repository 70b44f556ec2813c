//! The rules hold after every step of random sequences of several people's requests and days.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use proptest::{
    collection::vec,
    prelude::{Strategy, any},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use tests::{Browser, Fixture, Portal, Request, Table};

use crate::{authority, recorded, rules};

/// The number of sequences and the most steps of each. The sequences are the same in each run.
const SEQUENCES: u32 = 8;
const STEPS: usize = 40;
/// The number of different acts.
const ACTS: usize = 37;

/// Everybody who calls the API: the identity's name and address. The last is in no account at
/// first.
const ACTORS: [(&str, &str); 6] = [
    ("Ada Lovelace", "ada@customer.example"),
    ("Bob Builder", "bob@customer.example"),
    ("Pat Partner", "pat@partner.example"),
    ("Stella Staff", "stella@vendor.example"),
    ("Sue Second", "sue@vendor.example"),
    ("Some Stranger", "stranger@home.example"),
];

/// One step: caller, action and target, each a number that is reduced to the available choices.
#[derive(Clone, Copy, Debug)]
struct Step {
    actor: usize,
    act: usize,
    target: usize,
    other: usize,
}

/// A call: method, path and body.
type Call = (&'static str, String, Value);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>());
    let step = step.prop_map(|(actor, act, target, other)| Step {
        actor: actor.into(),
        act: act.into(),
        target: target.into(),
        other: other.into(),
    });
    vec(step, 1..=STEPS)
}

/// Two customers of a partner, those that the partner creates, and the browsers of everybody who
/// may act.
struct World {
    portal: Portal,
    accounts: [String; 2],
    browsers: Vec<Browser>,
}

impl World {
    async fn make() -> Self {
        let Fixture { portal, .. } = Fixture::builder().customer().partner().staff().build().await;
        portal.linked(Portal::VENDOR, ACTORS[4].0, ACTORS[4].1).await;
        let accounts = [portal.customer.clone(), portal.create_customer("Second Customer").await];
        let mut world = Self { portal, accounts, browsers: Vec::new() };
        world.sign_in().await;
        world
    }

    /// Signs everybody in, since sessions end after a day.
    async fn sign_in(&mut self) {
        self.browsers.clear();
        for (name, email) in ACTORS {
            self.browsers.push(self.portal.sign_in(name, email).await);
        }
    }

    /// Lists everybody in an account as an operator sees them.
    async fn people(&self, account: &str) -> Vec<String> {
        let listed = self
            .portal
            .operator("ListProfessionals", json!({ "path": { "account": account } }))
            .await;
        listed["body"]["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item["professional"].as_str().expect("an id").to_owned())
            .collect()
    }

    async fn take(&mut self, step: Step) {
        let request = match step.act % ACTS {
            0..=10 => self.about_people(step).await,
            11..=13 => return self.follow(step).await,
            14..=16 => self.about_access(step).await,
            17..=25 => self.about_accounts(step).await,
            28..=32 => self.about_the_vendor(step).await,
            33..=36 => self.about_new_customers(step).await,
            _ => return self.let_time_pass(step).await,
        };
        let Some((method, path, body)) = request else { return };
        let browser = &self.browsers[step.actor % self.browsers.len()];
        let answer = Request::new(browser, method, path, body).send().await;
        assert!(answer.status < 500, "{step:?}: {answer}");
    }

    async fn about_people(&self, step: Step) -> Option<Call> {
        let account = &self.accounts[step.target % 2];
        let people = self.people(account).await;
        let person = |number: usize| {
            people.get(number % people.len().max(1)).cloned().unwrap_or_else(|| account.clone())
        };
        let (first, second) = (person(step.target / 2), person(step.other));
        let list = format!("/api/accounts/{account}/professionals");
        let one = format!("{list}/{first}");
        let heads = step.other.is_multiple_of(2);
        let email = format!("person{}@customer.example", step.other % 5);
        Some(match step.act % ACTS {
            0 | 1 => (
                "POST",
                list,
                json!({ "name": "Some Person", "email": email, "administrator": heads }),
            ),
            2 => ("PATCH", one, json!({ "email": email, "send_invitation": heads })),
            3 => {
                let ends_on = heads.then(|| self.in_days(step.other / 8));
                ("PATCH", one, json!({ "ends_on": ends_on }))
            }
            4 => ("DELETE", one, Value::Null),
            5 => ("DELETE", format!("{one}?hand_over_to={second}"), Value::Null),
            6 => {
                let roles = json!({
                    "administrators": [first, second],
                    "billing_contact": second,
                    "shipping_contact": first,
                });
                ("PUT", format!("/api/accounts/{account}/roles"), roles)
            }
            7 => ("POST", format!("{one}/invitation"), Value::Null),
            8 => ("DELETE", format!("{one}/invitation"), Value::Null),
            9 => {
                let table = Table::of(&self.portal).await;
                let deleted = table.items(&format!("account#{account}"), "deleted#");
                let (_, id, _) = deleted.get(step.target / 2 % deleted.len().max(1))?;
                ("POST", format!("{list}/{id}/restore"), Value::Null)
            }
            _ => {
                let administrator = if step.target.is_multiple_of(3) { "yes" } else { "no" };
                let rows: Vec<_> = (0..3).map(|number| json!({
                    "name": "Ivy Import", "email": format!("person{number}@customer.example"),
                    "administrator": administrator,
                })).collect();
                ("POST", format!("{list}/import"), json!({ "rows": rows, "dry_run": heads }))
            }
        })
    }

    async fn about_access(&self, step: Step) -> Option<Call> {
        if step.act % ACTS == 14 {
            let organisation =
                ["Example Customer", "Second Customer", "No Customer"][step.other % 3];
            let email = format!("person{}@customer.example", step.target % 5);
            let body =
                json!({ "organisation": organisation, "name": "Some Person", "email": email });
            return Some(("POST", "/api/access-requests".to_owned(), body));
        }
        let table = Table::of(&self.portal).await;
        let requests: Vec<_> = table.items("account#", "access-request#");
        let (account, id) = requests
            .get(step.target % requests.len().max(1))
            .map(|(account, rest, _)| (*account, rest.rsplit('#').next()))?;
        Some(match step.act % ACTS {
            15 => {
                let decision = match step.other % 3 {
                    0 => json!({ "decision": "approve" }),
                    1 => json!({ "decision": "decline", "reason": "Nobody knows you." }),
                    _ => {
                        json!({ "decision": "pass_on", "account": self.accounts[step.target % 2] })
                    }
                };
                (
                    "POST",
                    format!("/api/accounts/{account}/access-requests/{}/decision", id?),
                    decision,
                )
            }
            _ => ("DELETE", format!("/api/access-requests/{}", id?), Value::Null),
        })
    }

    async fn about_accounts(&self, step: Step) -> Option<Call> {
        let account = &self.accounts[step.target % 2];
        let path = format!("/api/accounts/{account}");
        let plan = json!({
            "name": "Support", "starts_on": "2026-01-01", "ends_on": self.in_days(step.other),
        });
        let zone = ["UTC", "Pacific/Auckland"][step.other % 2];
        let grant = ["none", "view", "manage_people", "appoint_administrator"][step.other % 4];
        Some(match step.act % ACTS {
            17 | 18 => ("PATCH", path, json!({ "plan": plan })),
            19 => (
                "PATCH",
                path,
                json!({ "name": format!("Customer {}", step.other % 3), "time_zone": zone }),
            ),
            20 => {
                let partner = if step.other.is_multiple_of(2) {
                    json!(self.portal.partner)
                } else {
                    Value::Null
                };
                ("PATCH", path, json!({ "partner": partner }))
            }
            21 => (
                "PATCH",
                format!("/api/accounts/{}", self.portal.partner),
                json!({ "name": format!("Partner {}", step.other % 3) }),
            ),
            22 => ("PUT", format!("{path}/grant"), json!({ "grant": grant })),
            23 => {
                let people = self.people(account).await;
                let person = |number: usize| people.get(number % people.len().max(1));
                let (first, second) = (person(step.other)?, person(step.target)?);
                let email = format!("person{}@customer.example", step.other % 5);
                let body = match step.other % 4 {
                    0 => json!({ "professional": first }),
                    1 => json!({ "professional": first, "in_place_of": [second] }),
                    2 => json!({ "in_place_of": [second] }),
                    _ => json!({ "professional": first, "email": email }),
                };
                ("POST", format!("{path}/appointments"), body)
            }
            24 => {
                let shown = self
                    .portal
                    .operator("ShowAccount", json!({ "path": { "account": account } }))
                    .await;
                let waiting = shown["body"]["appointment"]["appointment"].as_str()?;
                (
                    "POST",
                    format!("{path}/appointments/{waiting}/decision"),
                    json!({ "approve": step.other.is_multiple_of(3) }),
                )
            }
            _ => {
                let row = json!({
                    "external_id": format!("C-{}", step.other % 3), "name": "Imported",
                    "kind": "customer", "plan": "Support", "starts_on": "2026-01-01",
                    "ends_on": self.in_days(step.other),
                });
                ("POST", "/api/accounts/import".to_owned(), json!({ "rows": [row] }))
            }
        })
    }

    async fn about_the_vendor(&self, step: Step) -> Option<Call> {
        const PERMISSIONS: [&str; 4] = ["people", "appointments", "plans", "imports"];
        let vendor = Portal::VENDOR;
        let people = self.people(vendor).await;
        let person = |number: usize| people.get(number % people.len().max(1));
        let (first, second) = (person(step.target)?, person(step.other)?);
        let one = format!("/api/accounts/{vendor}/professionals/{first}");
        let given: Vec<_> = PERMISSIONS
            .into_iter()
            .enumerate()
            .filter(|(index, _)| step.target >> index & 1 == 1)
            .map(|(_, permission)| permission)
            .collect();
        Some(match step.act % ACTS {
            28 if step.other.is_multiple_of(2) => {
                let plan = json!({
                    "name": "Old", "starts_on": "2020-01-01", "ends_on": "2020-12-31",
                });
                ("PATCH", format!("/api/accounts/{vendor}"), json!({ "plan": plan }))
            }
            28 => (
                "PATCH",
                format!("/api/accounts/{vendor}"),
                json!({ "name": format!("Vendor {}", step.other % 3) }),
            ),
            29 if step.other.is_multiple_of(3) => {
                ("DELETE", format!("{one}?hand_over_to={second}"), Value::Null)
            }
            29 => ("PATCH", one, json!({ "ends_on": self.in_days(step.other / 8) })),
            _ => {
                let roles = json!({
                    "administrators": [second], "billing_contact": second,
                    "shipping_contact": second, "staff_permissions": { first.as_str(): given },
                });
                ("PUT", format!("/api/accounts/{vendor}/roles"), roles)
            }
        })
    }

    /// The partner's hands: creates customers, namesakes among them, corrects them, and staff or
    /// the partner decide on them.
    async fn about_new_customers(&self, step: Step) -> Option<Call> {
        let names = ["second CUSTOMER", "Example Customer", "No Customer"];
        let name = names[step.other % 3];
        if step.act % ACTS == 33 {
            let email = format!("person{}@customer.example", step.target % 5);
            let body = json!({
                "name": name, "kind": "customer", "partner": self.portal.partner,
                "external_id": format!("P-{}", step.target % 4),
                "plan": {
                    "name": "Support", "starts_on": "2026-01-01",
                    "ends_on": self.in_days(step.other),
                },
                "first_professional": { "name": "Some Person", "email": email },
            });
            return Some(("POST", "/api/accounts".to_owned(), body));
        }
        let table = Table::of(&self.portal).await;
        let created: Vec<_> = table
            .items("account#", "account")
            .into_iter()
            .filter(|(_, rest, item)| rest.is_empty() && !item["created_by"].is_null())
            .collect();
        let (account, _, item) = created.get(step.target % created.len().max(1))?;
        let path = format!("/api/accounts/{account}");
        Some(match step.act % ACTS {
            34 => ("PATCH", path, json!({ "name": name, "external_id": "P-9" })),
            35 => {
                let people = self.people(account).await;
                let person = people.get(step.other % people.len().max(1))?;
                let email = format!("person{}@customer.example", step.other % 5);
                let path = format!("{path}/professionals/{person}");
                (
                    "PATCH",
                    path,
                    json!({ "email": email, "send_invitation": step.target.is_multiple_of(4) }),
                )
            }
            _ => {
                let decision = ["confirm", "confirm", "decline", "withdraw"][step.other % 4];
                let body = json!({ "decision": decision, "version": item["version"] });
                ("POST", format!("{path}/decision"), body)
            }
        })
    }

    /// Follows the link of a mail, an invitation or a notice.
    async fn follow(&self, step: Step) {
        let messages = self.portal.mailbox.messages();
        let message = &messages[step.other % messages.len()];
        let path =
            if message.tags["kind"] == "linked" { "/api/links/disputes" } else { "/api/links" };
        let token =
            message.links.iter().find_map(|link| link.split_once('#')).map(|(_, token)| token);
        let browser = &self.browsers[step.actor % self.browsers.len()];
        let answer =
            Request::new(browser, "POST", path, json!({ "token": token.unwrap_or_default() }))
                .send()
                .await;
        assert!(answer.status < 500, "{step:?}: {answer}");
    }

    /// Lets up to forty days pass; then the schedules run, possibly late, and once more than
    /// needed.
    async fn let_time_pass(&mut self, step: Step) {
        let today = self.in_days(step.other % 40);
        self.portal.set_today(&today.to_string());
        for schedule in [
            "flag-lapsed-plans",
            "route-access-requests",
            "remind-administrators",
            "flag-lapsed-plans",
        ] {
            self.portal.operator(schedule, json!({})).await;
        }
        self.sign_in().await;
    }

    fn in_days(&self, days: usize) -> Date {
        let today = self.portal.clock.now().to_zoned(TimeZone::UTC).date();
        today.saturating_add(i64::try_from(days).expect("few").days())
    }
}

#[test]
fn the_rules_hold_after_every_step_of_any_sequence() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = Config {
        cases: SEQUENCES,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lived = runner.run(&steps(), |steps| {
        runtime.block_on(async {
            let mut world = World::make().await;
            let mut before = Table::of(&world.portal).await;
            for step in steps {
                world.take(step).await;
                let mut after = rules::hold(&world.portal).await;
                // Mail is delivered after some of the steps.
                if step.other % 3 == 0 {
                    after = rules::hold_when_delivered(&world.portal).await;
                }
                recorded::is_every_change(&before, &after);
                authority::is_kept(&before, &after);
                before = after;
            }
        });
        Ok(())
    });
    lived.expect("the rules hold");
}
