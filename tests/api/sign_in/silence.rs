//! Providers that do not answer: people get a page before the function is stopped.
//!
//! These tests wait as people would: what they are about is the time that a function takes.

use std::time::{Duration, Instant};

use tests::{Answering, Behaviour, IdentityProvider};

use super::{EMAIL, NAME, outcome, portal_with, start};

/// API functions are stopped after ten seconds.
const PATIENCE: Duration = Duration::from_secs(9);

type Endpoint = fn(&mut Behaviour) -> &mut Answering;

const METADATA: Endpoint = |says| &mut says.metadata;
const KEYS: Endpoint = |says| &mut says.keys;
const TOKEN: Endpoint = |says| &mut says.token;

#[tokio::test]
async fn a_provider_that_never_answers_gives_the_page_within_nine_seconds() {
    let providers = [(); 4].map(|()| IdentityProvider::start_another());
    let [metadata, keys, token, slow] = providers;
    let (metadata, keys, token, slow) = tokio::join!(metadata, keys, token, slow);
    let all = [("metadata", &metadata), ("keys", &keys), ("token", &token), ("slow", &slow)];
    let portal = portal_with(&all).await;
    for (provider, endpoints, delay) in [
        (&metadata, vec![METADATA], Duration::MAX),
        (&keys, vec![KEYS], Duration::MAX),
        (&token, vec![TOKEN], Duration::MAX),
        // None of them is silent, and all together take too long.
        (&slow, vec![METADATA, KEYS, TOKEN], Duration::from_secs(4)),
    ] {
        provider.change(|says| {
            for endpoint in endpoints {
                endpoint(says).delay = delay;
            }
        });
    }
    let mut calls = tokio::task::JoinSet::new();
    for (id, provider) in all {
        let (mut browser, provider) = (portal.browser(), provider.clone());
        calls.spawn(async move {
            let begun = Instant::now();
            match start(&mut browser, id, "").await {
                Err(answer) => (id, outcome(&answer), begun.elapsed()),
                Ok(page) => {
                    let first = begun.elapsed();
                    let answer = browser.get(&provider.authorize(&page, NAME, EMAIL)).await;
                    (id, outcome(&answer), first.max(begun.elapsed().saturating_sub(first)))
                }
            }
        });
    }
    for (id, outcome, elapsed) in calls.join_all().await {
        assert!(elapsed < PATIENCE, "{id}: {elapsed:?}");
        // Each of the slow one's answers comes in time, where its page was shown at all.
        if id != "slow" {
            assert_eq!(outcome, "provider-unavailable", "{id}");
        }
    }
}
