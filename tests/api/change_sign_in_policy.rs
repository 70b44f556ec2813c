//! How an account's people must sign in: who sets it, whom it binds, and which identities it lets
//! link.

mod lift;

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal, Table, activity_text, operator_event};

fn policy(factors: &str) -> Value {
    json!({ "factors": factors, "linking": { "kind": "any", "values": [] } })
}

fn limit(kind: &str, values: &[&str]) -> Value {
    json!({ "factors": "nobody", "linking": { "kind": kind, "values": values } })
}

fn with(mut body: Value, member: &str, value: Value) -> Value {
    body[member] = value;
    body
}

fn path(account: &str) -> String {
    format!("/api/accounts/{account}/sign-in-policy")
}

fn needs_factors(answer: &Answer) -> bool {
    let needed = answer.fields(&["fresh", "factors", "provider"]);
    (answer.status, answer.problem()) == (401, "step-up-required")
        && needed == json!({ "fresh": false, "factors": true, "provider": "test" })
}

/// The policy of `account` as `person` sets it, who signs in with several factors.
async fn required(portal: &Portal, account: &str, person: &mut Person, factors: &str) {
    portal.assert_factors(&person.browser, true).await;
    let set = person.put(&path(account), policy(factors)).await;
    assert_eq!((set.status, &set.body["sign_in_policy"]["factors"]), (200, &json!(factors)));
}

#[tokio::test]
async fn an_administrator_sets_it_and_those_who_see_the_activity_see_it() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let path = path(&fixture.portal.customer);
    let portal = &fixture.portal;
    portal.add(&portal.customer, "Eve Early", "eve@elsewhere.example").await;
    portal.follow_invitation("eve@elsewhere.example", "Eve", "eve@elsewhere.example").await;
    fixture.portal.assert_factors(&fixture.administrator.browser, true).await;
    let body = json!({
        "factors": "administrators",
        "linking": { "kind": "mail-domains", "values": ["@Customer.example", "other.example"] },
    });
    let set = fixture.administrator.put(&path, body).await;
    let shown = json!({
        "factors": "administrators",
        "linking": { "kind": "mail-domains", "values": ["customer.example", "other.example"] },
        "lift": null,
        // Eve, whose sign-in stays linked.
        "outside": 1,
    });
    assert_eq!((set.status, &set.body["sign_in_policy"]), (200, &shown), "{set}");
    insta::assert_snapshot!(activity_text(&fixture.newest_activity().await), @"
    sign-in-policy-changed by Ada Lovelace as administrator from 127.0.0.1
      factors: administrators
      linking: mail-domains, customer.example, other.example
    ");
    let read = with(shown, "outside", Value::Null);
    for (browser, expected) in [
        (&mut fixture.administrator.browser, &read),
        (&mut fixture.partner.browser, &read),
        (&mut fixture.staff.browser, &read),
        (&mut fixture.member.browser, &Value::Null),
    ] {
        let answer = browser.get(&fixture.account).await;
        assert_eq!((answer.status, &answer.body["sign_in_policy"]), (200, expected), "{answer}");
    }
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_what_was_changed_meanwhile_is_not_overwritten() {
    let mut fixture = Fixture::with_customer().await;
    let path = path(&fixture.portal.customer);
    fixture.portal.vouch_for_address(&fixture.administrator.browser, true).await;
    let version = fixture.administrator.get(&fixture.account).await.body["version"].clone();
    let with_version =
        |values: &[&str]| with(limit("mail-domains", values), "version", version.clone());
    let first = fixture.administrator.put(&path, with_version(&["customer.example"])).await;
    assert_eq!(first.status, 200, "{first}");
    let before = Table::of(&fixture.portal).await;
    let again = fixture.administrator.put(&path, with_version(&["customer.example"])).await;
    assert_eq!((again.status, &again.body["version"]), (200, &first.body["version"]), "{again}");
    let changed =
        fixture.administrator.put(&path, with_version(&["customer.example", "b.example"])).await;
    assert_eq!((changed.status, changed.problem()), (409, "changed"), "{changed}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn only_the_accounts_own_administrators_set_it() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let path = path(&fixture.portal.customer);
    let mut stranger = fixture.stranger().await;
    let before = Table::of(&fixture.portal).await;
    for body in [policy("everybody"), limit("mail-domains", &["customer.example"])] {
        for (browser, status) in [
            (&mut fixture.member.browser, 403),
            (&mut fixture.partner.browser, 403),
            (&mut fixture.staff.browser, 403),
            (&mut stranger, 404),
            (&mut fixture.portal.browser(), 401),
        ] {
            let answer = browser.put(&path, body.clone()).await;
            assert_eq!(answer.status, status, "{answer}");
        }
        let event = operator_event(&fixture.portal.customer, None, body);
        let operator = fixture.portal.operator("ChangeSignInPolicy", event).await;
        assert_eq!(operator["status"], 403, "{operator}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn every_faulty_value_is_reported_and_nothing_changes() {
    let mut fixture = Fixture::with_customer().await;
    let path = path(&fixture.portal.customer);
    let before = Table::of(&fixture.portal).await;
    let many: Vec<_> = (0..21).map(|number| format!("d{number}.example")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    for (body, codes) in [
        (limit("mail-domains", &["", "ada@customer.example"]), &["mail-domain"; 2][..]),
        (limit("mail-domains", &[]), &["empty"]),
        (limit("mail-domains", &many), &["too-many"]),
        (limit("issuers", &["https://login.microsoftonline.com/common/v2.0"]), &["issuer"]),
        (limit("issuers", &["http://provider.example"]), &["issuer"]),
        (limit("any", &["customer.example"]), &["not-asked-for"]),
        (with(policy("nobody"), "reason", json!("Why not.")), &["not-asked-for"]),
    ] {
        let answer = fixture.administrator.put(&path, body.clone()).await;
        let errors = answer.body["errors"].as_array().into_iter().flatten();
        let found: Vec<_> = errors.map(|error| error["code"].clone()).collect();
        assert_eq!(
            (answer.status, found),
            (422, codes.iter().map(|code| json!(code)).collect()),
            "{body}"
        );
    }
    for body in [
        json!({ "factors": "some", "linking": { "kind": "any" } }),
        json!({ "factors": "nobody", "linking": { "kind": "some" } }),
        json!({ "factors": "nobody" }),
        json!({ "linking": { "kind": "any" } }),
        with(policy("nobody"), "lift", Value::Null),
    ] {
        let answer = fixture.administrator.put(&path, body.clone()).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{body}: {answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn nobody_requires_factors_that_they_do_not_have_themselves() {
    let mut fixture = Fixture::with_customer().await;
    let path = path(&fixture.portal.customer);
    let before = Table::of(&fixture.portal).await;
    for factors in ["administrators", "everybody"] {
        let answer = fixture.administrator.put(&path, policy(factors)).await;
        assert!(needs_factors(&answer), "{factors}: {answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn nobody_limits_linking_to_identities_unlike_their_own() {
    let mut fixture = Fixture::with_customer().await;
    let (portal, path) = (&fixture.portal, path(&fixture.portal.customer));
    let ada = &mut fixture.administrator;
    let issuer = portal.provider.configuration("test", "").issuer;
    let before = Table::of(portal).await;
    portal.vouch_for_address(&ada.browser, false).await;
    for body in [
        // Ada's address is there, but her provider does not vouch for it.
        limit("mail-domains", &["customer.example"]),
        limit("mail-domains", &["other.example"]),
        limit("issuers", &["https://accounts.google.com"]),
        limit("issuers", &["8eaef023-2b34-4da1-9baa-8bc8c9d6a490"]),
    ] {
        let answer = ada.put(&path, body).await;
        assert_eq!((answer.status, answer.problem()), (409, "not-satisfied-yourself"), "{answer}");
    }
    let account = format!("account#{}", portal.customer);
    let after = Table::of(portal).await;
    assert_eq!(after.item(&account, "account"), before.item(&account, "account"));
    let answer = ada.put(&path, limit("issuers", &["https://accounts.google.com", &issuer])).await;
    assert_eq!((answer.status, &answer.body["sign_in_policy"]["outside"]), (200, &json!(0)));
    // The limit stays as it is, so Ada may change the rest though she is outside of it by now.
    portal.set_issuer(&ada.browser, "https://accounts.example").await;
    portal.assert_factors(&ada.browser, true).await;
    let same = limit("issuers", &["https://accounts.google.com", &issuer]);
    let body = with(same, "factors", json!("administrators"));
    assert_eq!(ada.put(&path, body).await.status, 200);
}

#[tokio::test]
async fn required_factors_bind_every_action_of_those_they_are_required_of() {
    let mut fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    let requests = [fixture.account.clone(), fixture.people.clone(), fixture.member.path.clone()];
    required(portal, &portal.customer, &mut fixture.administrator, "administrators").await;
    for request in &requests {
        assert_eq!(fixture.member.get(request).await.status, 200, "Bob is no administrator");
    }
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    let before = Table::of(portal).await;
    for request in &requests {
        let answer = fixture.member.get(request).await;
        assert!(needs_factors(&answer), "{request}: {answer}");
        assert_eq!(
            answer.headers["www-authenticate"],
            "Bearer error=\"insufficient_user_authentication\", \
             error_description=\"several factors are required\""
        );
    }
    let renamed = fixture.member.patch(&requests[2], json!({ "title": "Builder" })).await;
    assert!(needs_factors(&renamed), "{renamed}");
    // What Bob may not do he is told as ever.
    let refused = fixture.member.get(&fixture.activity).await;
    assert_eq!((refused.status, refused.problem()), (403, "forbidden"), "{refused}");
    before.assert_unchanged(portal).await;
    assert_eq!(fixture.member.get("/api/accounts").await.items().len(), 1, "to choose from");

    portal.assert_factors(&fixture.member.browser, true).await;
    for request in &requests {
        assert_eq!(fixture.member.get(request).await.status, 200, "{request}");
    }
    // Another sign-in asserts nothing.
    fixture.member.sign_in_again(portal).await;
    assert!(needs_factors(&fixture.member.get(&fixture.account).await));
    // Ada lowers it again.
    let lowered = fixture.administrator.put(&path(&portal.customer), policy("nobody")).await;
    assert_eq!(lowered.status, 200, "{lowered}");
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn partner_and_staff_follow_the_policy_of_their_own_account() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    for browser in [&mut fixture.partner.browser, &mut fixture.staff.browser] {
        assert_eq!(browser.get(&fixture.account).await.status, 200, "it binds its own people");
    }
    for (home, person) in
        [(portal.partner.as_str(), &mut fixture.partner), (Portal::VENDOR, &mut fixture.staff)]
    {
        required(portal, home, person, "administrators").await;
        assert_eq!(person.get(&fixture.account).await.status, 200);
        portal.assert_factors(&person.browser, false).await;
        let answer = person.get(&fixture.account).await;
        assert!(needs_factors(&answer), "{answer}");
    }
}

#[tokio::test]
async fn both_are_asked_for_at_once() {
    let mut fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "administrators").await;
    portal.assert_factors(&fixture.administrator.browser, false).await;
    portal.clock.set(portal.clock.now() + jiff::SignedDuration::from_mins(15));
    let answer = fixture.administrator.delete(&fixture.member.path).await;
    assert_eq!(answer.fields(&["fresh", "factors"]), json!({ "fresh": true, "factors": true }));
}

/// Invites Cleo, and returns the link's token.
async fn cleos_token(fixture: &Fixture) -> String {
    fixture.invited("Cleo", "cleo@customer.example").await;
    fixture.portal.token("cleo@customer.example")
}

async fn assert_limited(portal: &Portal, browser: &mut Browser, token: &str, linking: &Value) {
    let before = Table::of(portal).await;
    let answer = browser.link(token).await;
    assert_eq!((answer.status, answer.problem()), (409, "linking-limited"), "{answer}");
    assert_eq!(&answer.body["linking"], linking);
    before.assert_unchanged(portal).await;
}

#[tokio::test]
async fn a_limit_to_domains_refuses_other_identities_and_leaves_the_link() {
    let mut fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    portal.vouch_for_address(&fixture.administrator.browser, true).await;
    let body = limit("mail-domains", &["customer.example"]);
    let set = fixture.administrator.put(&path(&portal.customer), body.clone()).await;
    assert_eq!(set.status, 200, "{set}");
    let token = cleos_token(&fixture).await;
    let mut home = portal.sign_in("Cleo", "cleo@home.example").await;
    portal.vouch_for_address(&home, true).await;
    assert_limited(portal, &mut home, &token, &body["linking"]).await;
    let mut work = portal.sign_in("Cleo", "cleo@customer.example").await;
    portal.vouch_for_address(&work, false).await;
    assert_limited(portal, &mut work, &token, &body["linking"]).await;
    let detail = work.link(&token).await.body["detail"].clone();
    assert_eq!(
        detail,
        "this account accepts only sign-ins with a verified e-mail address at customer.example; \
         sign in with one of those"
    );
    portal.vouch_for_address(&work, true).await;
    assert_eq!(work.link(&token).await.status, 200, "the same link");
    // Bob was linked before, with an address that nobody vouches for.
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn a_limit_to_an_entra_tenant_accepts_its_identities_alone() {
    const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
    let mut fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    let issuer = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
    portal.set_issuer(&fixture.administrator.browser, &issuer).await;
    let set = fixture.administrator.put(&path(&portal.customer), limit("issuers", &[TENANT])).await;
    let linking = json!({ "kind": "issuers", "values": [issuer] });
    // Ada and Bob were linked with identities of the tests' provider.
    let policy = &set.body["sign_in_policy"];
    assert_eq!((&policy["linking"], &policy["outside"]), (&linking, &json!(2)), "{set}");
    let token = cleos_token(&fixture).await;
    let mut cleo = portal.sign_in("Cleo", "cleo@customer.example").await;
    portal.vouch_for_address(&cleo, true).await;
    assert_limited(portal, &mut cleo, &token, &linking).await;
    portal.set_issuer(&cleo, &issuer).await;
    assert_eq!(cleo.link(&token).await.status, 200, "the same link");
}

#[tokio::test]
async fn who_will_need_several_factors_needs_them_to_link_and_keeps_the_link() {
    let mut fixture = Fixture::with_customer().await;
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "administrators").await;
    fixture.invited_administrator("Ann Able", "ann@customer.example").await;
    let token = portal.token("ann@customer.example");
    let mut ann = portal.sign_in("Ann Able", "ann@customer.example").await;
    let before = Table::of(portal).await;
    let asked = ann.link(&token).await;
    assert!(needs_factors(&asked), "{asked}");
    before.assert_unchanged(portal).await;
    portal.assert_factors(&ann, true).await;
    assert_eq!(ann.link(&token).await.status, 200, "the same link");
    // Cleo has no role.
    let token = cleos_token(&fixture).await;
    let mut cleo = portal.sign_in("Cleo", "cleo@customer.example").await;
    assert_eq!(cleo.link(&token).await.status, 200);
    // A retry is answered as ever, whatever the sign-in.
    portal.assert_factors(&ann, false).await;
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    assert_eq!(cleo.link(&token).await.body["already_linked"], true);
}
