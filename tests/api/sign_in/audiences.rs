//! For whom a token is (OpenID Connect Core 1.0, 3.1.3.7, 3 to 5).

use serde_json::{Value, json};
use tests::{Edit, Portal};

use super::{Attempt, REFUSED, Rows, SIGNED_IN};

#[tokio::test]
async fn a_token_for_several_is_believed_where_it_was_issued_to_the_portal() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (audience, party, right) in [
        (json!("portico"), None, SIGNED_IN),
        (json!(["portico"]), None, SIGNED_IN),
        (json!(["portico", "portico"]), None, SIGNED_IN),
        (json!("portico"), Some(json!("portico")), SIGNED_IN),
        (json!(["portico"]), Some(json!("portico")), SIGNED_IN),
        // Zitadel names the project too, Keycloak `account`.
        (json!(["portico", "account"]), Some(json!("portico")), SIGNED_IN),
        (json!(["account", "portico"]), Some(json!("portico")), SIGNED_IN),
        (json!(["1", "2", "portico", "3"]), Some(json!("portico")), SIGNED_IN),
        (json!(["portico", "another"]), Some(json!("another")), REFUSED),
        (json!(["portico", "another"]), None, REFUSED),
        (json!(["portico", "another"]), Some(json!("")), REFUSED),
        (json!(["portico", "another"]), Some(json!(["portico"])), REFUSED),
        (json!(["portico", "another"]), Some(json!(1)), REFUSED),
        (json!(["another", "third"]), Some(json!("portico")), REFUSED),
        (json!("another"), Some(json!("portico")), REFUSED),
        (json!([]), Some(json!("portico")), REFUSED),
        (json!("portico,another"), Some(json!("portico")), REFUSED),
        (json!("portico another"), Some(json!("portico")), REFUSED),
        (json!("Portico"), None, REFUSED),
    ] {
        let case = format!("aud {audience}, azp {party:?}");
        portal.provider.change(move |says| {
            says.claims = Edit::new(move |claims| {
                claims.insert("aud".to_owned(), audience.clone());
                claims.extend(party.clone().map(|party: Value| ("azp".to_owned(), party)));
            });
        });
        rows.check(case, &Attempt::of(&portal).await.outcome(), right);
    }
    rows.assert_right();
}
