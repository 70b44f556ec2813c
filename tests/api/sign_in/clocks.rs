//! The clocks of a provider and of the portal may differ by two minutes.

use jiff::SignedDuration;
use serde_json::json;
use tests::{Edit, Portal};

use super::{Attempt, REFUSED, Rows, SIGNED_IN};

/// Signs in within one second, so that a time of the token is as far away as the row says.
async fn outcome_at_once(portal: &Portal) -> String {
    loop {
        let begun = portal.clock.now();
        let outcome = Attempt::of(portal).await.outcome();
        if portal.clock.now().duration_since(begun) < SignedDuration::from_secs(1) {
            return outcome;
        }
    }
}

#[tokio::test]
async fn times_of_a_token_may_be_two_minutes_off() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (claim, seconds, right) in [
        ("exp", 1, SIGNED_IN),
        ("exp", -1, SIGNED_IN),
        ("exp", -118, SIGNED_IN),
        ("exp", -121, REFUSED),
        ("exp", -3600, REFUSED),
        ("nbf", -3600, SIGNED_IN),
        ("nbf", 1, SIGNED_IN),
        ("nbf", 119, SIGNED_IN),
        ("nbf", 122, REFUSED),
        ("nbf", 3600, REFUSED),
        ("iat", -3600, SIGNED_IN),
        ("iat", 1, SIGNED_IN),
        ("iat", 119, SIGNED_IN),
        ("iat", 122, REFUSED),
        ("iat", 3600, REFUSED),
    ] {
        portal.provider.change(|says| {
            says.claims = Edit::new(move |claims| {
                let now = claims["iat"].as_i64().expect("a time");
                claims.insert(claim.to_owned(), json!(now + seconds));
            });
        });
        let case = format!("{claim} {seconds:+} s");
        rows.check(case, &outcome_at_once(&portal).await, right);
    }
    rows.assert_right();
}
