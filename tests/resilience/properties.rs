//! Whatever several people do in whatever order, the rules hold after every step.

use proptest::{
    collection::vec,
    prelude::{Strategy, any},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use tests::{Browser, Portal};

use crate::{
    rules,
    scene::{Act, Scene},
    table::Table,
};

/// How many lives are lived, and how many steps each has at most. Always the same ones.
const LIVES: u32 = 4;
const STEPS: usize = 12;

/// One step: who does what to whom, each a number that is reduced to the choices there are.
#[derive(Clone, Copy, Debug)]
struct Step {
    actor: usize,
    act: usize,
    target: usize,
    other: usize,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>());
    let step = step.prop_map(|(actor, act, target, other)| Step { actor: actor.into(), act: act.into(), target: target.into(), other: other.into() });
    vec(step, 1..=STEPS)
}

/// Two accounts, and the browsers of everybody who may act.
struct World {
    scene: Scene,
    accounts: [String; 2],
    browsers: Vec<Browser>,
}

impl World {
    async fn make() -> Self {
        let scene = Scene::set().await;
        let accounts = [scene.portal.customer.clone(), scene.portal.create_customer("Second Customer").await];
        let mut browsers: Vec<_> = [&scene.ada, &scene.bob, &scene.pia, &scene.sam].map(|it| it.browser.clone()).into();
        // Somebody whom links are for.
        browsers.push(scene.portal.sign_in("Some Stranger", "stranger@home.example").await);
        Self { scene, accounts, browsers }
    }

    fn portal(&self) -> &Portal {
        &self.scene.portal
    }

    /// Lists everybody in an account as an operator sees them.
    async fn people(&self, account: &str) -> Vec<String> {
        let listed = self.portal().operator("ListProfessionals", json!({ "path": { "account": account } })).await;
        listed["body"]["items"].as_array().expect("a list").iter().map(|it| it["professional"].as_str().expect("an id").to_owned()).collect()
    }

    /// Returns one of those who were deleted from an account, or whoever is nobody.
    async fn deleted(&self, account: &str, number: usize) -> String {
        let table = Table::of(self.portal()).await;
        let deleted = table.items(&format!("account#{account}"), "deleted#");
        deleted.get(number % deleted.len().max(1)).map_or_else(|| account.to_owned(), |(_, id, _)| (*id).to_owned())
    }

    async fn take(&self, step: Step) {
        let account = &self.accounts[step.target % 2];
        let people = self.people(account).await;
        let person = |number: usize| people.get(number % people.len().max(1)).cloned().unwrap_or_else(|| account.clone());
        let (who, whom) = (person(step.target / 2), person(step.other));
        let list = format!("/api/accounts/{account}/professionals");
        let one = format!("{list}/{who}");
        let heads = step.other.is_multiple_of(2);
        let email = format!("person{}@customer.example", step.other % 5);
        let (method, path, body) = match step.act % 11 {
            0 | 1 => ("POST", list, json!({ "name": "Some Person", "email": email, "administrator": heads })),
            2 => ("PATCH", one, json!({ "email": email, "send_invitation": heads })),
            3 => ("PATCH", one, json!({ "ends_on": if heads { json!("2026-12-31") } else { Value::Null } })),
            4 => ("DELETE", one, Value::Null),
            5 => ("DELETE", format!("{one}?hand_over_to={whom}"), Value::Null),
            6 => {
                let roles = json!({ "administrators": [who, whom], "billing_contact": whom, "shipping_contact": who });
                ("PUT", format!("/api/accounts/{account}/roles"), roles)
            }
            7 => ("POST", format!("{one}/invitation"), Value::Null),
            8 => ("DELETE", format!("{one}/invitation"), Value::Null),
            9 => ("POST", format!("{list}/{}/restore", self.deleted(account, step.target / 2).await), Value::Null),
            _ => return self.follow(step).await,
        };
        let browser = &self.browsers[step.actor % self.browsers.len()];
        let answer = Act::new(browser, method, path, body).send().await;
        assert!(answer.status < 500, "{step:?}: {answer}");
    }

    /// Has somebody follow the link of some mail, an invitation's or a notice's.
    async fn follow(&self, step: Step) {
        let messages = self.portal().mailbox.messages();
        let message = &messages[step.other % messages.len()];
        let path = if message.tags["kind"] == "linked" { "/api/links/disputes" } else { "/api/links" };
        let token = message.links.iter().find_map(|it| it.split_once('#')).map(|(_, token)| token);
        let browser = &self.browsers[step.actor % self.browsers.len()];
        let answer = Act::new(browser, "POST", path, json!({ "token": token.unwrap_or_default() })).send().await;
        assert!(answer.status < 500, "{step:?}: {answer}");
    }
}

#[test]
fn the_rules_hold_after_every_step_of_any_life() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = Config { cases: LIVES, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lived = runner.run(&steps(), |steps| {
        runtime.block_on(async {
            let world = World::make().await;
            for step in steps {
                world.take(step).await;
                rules::hold(world.portal()).await;
                // Mail is delivered now and then, as it happens.
                if step.other % 3 == 0 {
                    rules::hold_when_delivered(world.portal()).await;
                }
            }
        });
        Ok(())
    });
    lived.expect("the rules hold");
}
