//! Rules for infra/template.yaml that no tool checks, asserted on the template that SAM generates
//! from it. `cargo xtask test deploy` runs them, because they need Python.
//!
//! Each rule lists changes that break it, and is tested to notice them.

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
    let violations: Vec<String> = rules()
        .flat_map(|rule| {
            rule.violations(&template)
                .into_iter()
                .map(|violation| format!("{}: {violation}", rule.says))
        })
        .collect();
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn every_rule_notices_what_breaks_it() {
    let template = Template::deployed();
    let mut unnoticed = Vec::new();
    for rule in rules() {
        let breaks = rule.breaks();
        assert!(!breaks.is_empty(), "nothing breaks the rule: {}", rule.says);
        let before = rule.violations(&template).len();
        for change in breaks {
            if rule.violations(&template.broken(&change)).len() <= before {
                unnoticed.push(format!("{}: {change}", rule.says));
            }
        }
    }
    assert!(unnoticed.is_empty(), "\n{}", unnoticed.join("\n"));
}
