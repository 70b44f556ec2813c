//! What no tool sees wrong in infra/template.yaml, asserted on what SAM makes of it. `cargo xtask test deploy` runs it, for it needs Python.
//!
//! A rule that cannot fail is worth nothing: each says what breaks it, and is tried on a template that is broken so.

mod alarms;
mod environment;
mod events;
mod lint;
mod pattern;
mod permissions;
mod privileges;
mod routes;
mod rule;
mod site;
mod table;
mod transformed;

use rule::Rule;
use transformed::Template;

fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        alarms::RULES,
        environment::RULES,
        events::RULES,
        permissions::RULES,
        routes::RULES,
        site::RULES,
        table::RULES,
    ]
    .into_iter()
    .flatten()
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn the_template_keeps_every_rule() {
    let template = Template::deployed();
    let faults: Vec<String> = rules()
        .flat_map(|rule| {
            rule.faults(&template).into_iter().map(|it| format!("{}: {it}", rule.says))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn every_rule_notices_what_breaks_it() {
    let template = Template::deployed();
    let mut unnoticed = Vec::new();
    for rule in rules() {
        let breaks = rule.breaks();
        assert!(!breaks.is_empty(), "nothing breaks the rule: {}", rule.says);
        let before = rule.faults(&template).len();
        for it in breaks {
            if rule.faults(&template.broken(&it)).len() <= before {
                unnoticed.push(format!("{}: {it}", rule.says));
            }
        }
    }
    assert!(unnoticed.is_empty(), "\n{}", unnoticed.join("\n"));
}
