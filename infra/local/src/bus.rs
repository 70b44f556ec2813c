//! Emulates `EventBridge`'s default bus, which sends SES's reports to the functions with a matching
//! rule.

use serde_json::Value;

use crate::{functions::Functions, template::Rule};

/// Attempts for an event whose function fails: Lambda retries asynchronous events twice.
const ATTEMPTS: u32 = 3;

/// The rules, and the events that wait for a retry.
pub(crate) struct Bus {
    rules: Vec<Rule>,
    functions: Functions,
    waiting: Vec<Waiting>,
}

struct Waiting {
    function: String,
    event: Value,
    attempts: u32,
}

impl Bus {
    pub(crate) fn new(rules: Vec<Rule>, functions: &Functions) -> Self {
        Self { rules, functions: functions.clone(), waiting: Vec::new() }
    }

    /// Publishes the events that wait for a retry and then `events`, each to every function with a
    /// matching rule. Returns how many failed and wait for the next call.
    pub(crate) async fn publish(&mut self, events: Vec<Value>) -> usize {
        let matched = events.iter().flat_map(|event| {
            let rules = self.rules.iter().filter(|rule| rule.pattern.matches(event));
            rules.map(|rule| Waiting {
                function: rule.function.clone(),
                event: event.clone(),
                attempts: 0,
            })
        });
        let new: Vec<_> = matched.collect();
        for mut due in std::mem::take(&mut self.waiting).into_iter().chain(new) {
            let Err(error) = self.functions.invoke(&due.function, due.event.clone()).await else {
                continue;
            };
            due.attempts += 1;
            if due.attempts < ATTEMPTS {
                self.waiting.push(due);
            } else {
                // On AWS it would go to the dead-letter queue.
                tracing::error!(error.cause = %error, "an event was dropped after three attempts");
            }
        }
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeMap,
        sync::{
            Arc,
            atomic::{AtomicU32, Ordering},
        },
    };

    use portico::lambda::Function;
    use serde_json::json;

    use super::*;
    use crate::template::Pattern;

    /// A bus with a function that fails `failures` times, and the count of its invocations.
    fn bus(failures: u32) -> (Bus, Arc<AtomicU32>) {
        let count = Arc::new(AtomicU32::new(0));
        let counted = count.clone();
        let function: Function = Arc::new(move |call| {
            let fails = counted.fetch_add(1, Ordering::Relaxed) < failures;
            Box::pin(async move { if fails { Err("as asked".into()) } else { Ok(call.event) } })
        });
        let pattern = Pattern::parse(r#"{"source": ["aws.ses"]}"#).expect("a pattern");
        let rule = Rule { function: "RecordDelivery".into(), pattern };
        (
            Bus::new(vec![rule], &Functions::of(BTreeMap::from([("record-delivery", function)]))),
            count,
        )
    }

    #[tokio::test]
    async fn an_event_reaches_the_functions_with_a_rule_for_it() {
        let (mut bus, count) = bus(0);
        assert_eq!(
            bus.publish(vec![json!({ "source": "aws.ses" }), json!({ "source": "aws.s3" })]).await,
            0
        );
        assert_eq!(count.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn an_event_is_tried_three_times() {
        let (mut bus, count) = bus(u32::MAX);
        assert_eq!(bus.publish(vec![json!({ "source": "aws.ses" })]).await, 1);
        assert_eq!(bus.publish(vec![]).await, 1);
        assert_eq!(bus.publish(vec![]).await, 0);
        assert_eq!(bus.publish(vec![]).await, 0);
        assert_eq!(count.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn an_event_that_succeeds_the_second_time_is_done() {
        let (mut bus, count) = bus(1);
        assert_eq!(bus.publish(vec![json!({ "source": "aws.ses" })]).await, 1);
        assert_eq!(bus.publish(vec![]).await, 0);
        assert_eq!(bus.publish(vec![]).await, 0);
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
