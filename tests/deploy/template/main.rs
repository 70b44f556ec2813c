//! Rules for infra/template.yaml that no tool checks, asserted on the template that SAM generates
//! from it, and for the templates beside it. `cargo xtask test deploy` runs them, because they need
//! Python.
//!
//! Each rule lists changes that break it, and is tested to notice them.

mod alarms;
mod edge;
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

/// Each template with its rules.
fn templates() -> [(Template, Vec<&'static Rule>); 3] {
    let portal = [
        alarms::RULES,
        environment::RULES,
        events::RULES,
        permissions::RULES,
        routes::RULES,
        site::RULES,
        table::RULES,
    ];
    [
        (Template::deployed(), portal.into_iter().flatten().collect()),
        (Template::web_acl(), edge::WEB_ACL.iter().collect()),
        (Template::cdn_log(), edge::CDN_LOG.iter().collect()),
    ]
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn the_template_keeps_every_rule() {
    let mut violations = Vec::new();
    for (template, rules) in templates() {
        for rule in rules {
            let found = rule.violations(&template).into_iter();
            violations.extend(found.map(|violation| format!("{}: {violation}", rule.says)));
        }
    }
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn every_rule_notices_what_breaks_it() {
    let mut unnoticed = Vec::new();
    for (template, rules) in templates() {
        for rule in rules {
            let breaks = rule.breaks();
            assert!(!breaks.is_empty(), "nothing breaks the rule: {}", rule.says);
            let before = rule.violations(&template).len();
            for change in breaks {
                if rule.violations(&template.broken(&change)).len() <= before {
                    unnoticed.push(format!("{}: {change}", rule.says));
                }
            }
        }
    }
    assert!(unnoticed.is_empty(), "\n{}", unnoticed.join("\n"));
}
