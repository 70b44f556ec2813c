//! Lists end only where they end: each is read to its last item, however long it is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Browser, Fixture, Portal, Table};

/// More than a page, and more than DynamoDB reads by key at once.
const MANY: u32 = 130;

/// Reads a list page by page and returns the ids in it, none of them twice.
async fn all(browser: &mut Browser, path: &str, limit: u32, id: &str) -> BTreeSet<String> {
    let (mut ids, mut after) = (BTreeSet::new(), String::new());
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let answer = browser.get(&format!("{path}{sign}limit={limit}{after}")).await;
        assert_eq!(answer.status, 200, "{path}: {answer}");
        let list = if answer.body["items"].is_array() { "items" } else { "events" };
        for item in answer.body[list].as_array().expect("a list") {
            let id = item[id].as_str().expect("an id").to_owned();
            assert!(ids.insert(id.clone()), "{path}: {id} is there twice");
        }
        match answer.body["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return ids,
        }
    }
}

/// Ada is linked to her account and to many copies of it.
async fn with_many_accounts() -> (Fixture, Vec<(String, String)>) {
    let fixture = Fixture::with_customer().await;
    let (account, ada) = (fixture.portal.customer.clone(), fixture.administrator.id.clone());
    let mut accounts = fixture.portal.copy_account(&account, &ada, MANY).await;
    accounts.push((account, ada));
    (fixture, accounts)
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    let (mut fixture, accounts) = with_many_accounts().await;
    fixture.portal.add_crowd(&fixture.portal.customer, MANY as usize, false).await;
    let mut staff = fixture.link_staff().await;
    let vendor = "00000000000000000000000000";
    let ada = &mut fixture.administrator.browser;
    let customers = format!("/api/accounts?managed_by={vendor}&kind=customer");
    for (browser, path, id, least) in [
        (&mut *ada, "/api/accounts", "account", accounts.len()),
        (&mut staff.browser, customers.as_str(), "account", accounts.len()),
    ] {
        for limit in [50, 100] {
            let found = all(browser, path, limit, "account").await;
            assert!(found.len() >= least, "{path}, {id}: {} of {least}", found.len());
            assert!(accounts.iter().all(|(account, _)| found.contains(account)), "{path}");
        }
    }
    let many = MANY as usize;
    for (path, id) in [(fixture.people.as_str(), "professional"), (&fixture.activity, "id")] {
        let found = all(ada, path, 50, id).await;
        assert!(found.len() > many, "{path}: {}", found.len());
    }
}

#[tokio::test]
async fn the_number_of_accounts_is_counted_to_its_end() {
    let (mut fixture, accounts) = with_many_accounts().await;
    let session = fixture.administrator.get("/api/session").await;
    assert_eq!(session.body["accounts"], accounts.len());
}

#[tokio::test]
async fn a_search_among_ones_own_accounts_looks_through_all_pages() {
    let (fixture, _) = with_many_accounts().await;
    let other = fixture.portal.create_customer("Zebra Zone").await;
    fixture.portal.add(&other, "Ada Lovelace", "ada@customer.example").await;
    let mut ada = fixture
        .portal
        .follow_invitation("ada@customer.example", "Ada Lovelace", "ada@customer.example")
        .await;
    assert_eq!(all(&mut ada, "/api/accounts?search=zebra", 50, "account").await, [other].into());
}

#[tokio::test]
async fn a_sign_in_is_recorded_in_every_account() {
    let (mut fixture, accounts) = with_many_accounts().await;
    fixture.portal.set_today("2027-05-20");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    let table = Table::of(&fixture.portal).await;
    for (account, professional) in &accounts {
        let sk = format!("professional#{professional}");
        let item = table.item(&format!("account#{account}"), &sk);
        let signed_in = item["last_sign_in"].as_str().unwrap_or_default();
        assert!(signed_in.starts_with("2027-05-20"), "{account}: {signed_in}");
    }
}

#[tokio::test]
async fn the_sign_ins_on_record_are_read_to_their_end() {
    let portal = Portal::start().await;
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    for _ in 0..6 {
        browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    }
    for limit in [1, 2, 3, 7, 50] {
        assert_eq!(all(&mut browser, "/api/sessions", limit, "id").await.len(), 7, "{limit}");
    }
    let answer = browser.get("/api/sessions?search=x").await;
    assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
}

#[tokio::test]
async fn ones_own_requests_for_access_are_read_to_their_end() {
    let portal = Portal::start().await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    for number in 0..4 {
        let body = json!({
            "organisation": format!("Organisation {number}"),
            "name": "Nina New",
            "email": "nina@customer.example",
        });
        assert_eq!(nina.post("/api/access-requests", body).await.status, 202);
        if number < 2 {
            let newest = nina.get("/api/access-requests?limit=1").await;
            let id = newest.items()[0]["request"].as_str().expect("an id").to_owned();
            portal.deliver().await;
            assert_eq!(nina.delete(&format!("/api/access-requests/{id}")).await.status, 200);
        }
    }
    for limit in [1, 3, 4, 50] {
        let found = all(&mut nina, "/api/access-requests", limit, "request").await;
        assert_eq!(found.len(), 4, "{limit}");
    }
}

#[tokio::test]
async fn asking_again_for_links_brings_those_that_were_left_out() {
    let fixture = Fixture::with_customer().await;
    let account = fixture.portal.customer.clone();
    let cleo = json!({ "name": "Cleo", "email": "cleo@home.example", "send_invitation": false });
    let cleo = fixture.portal.add_with(&account, cleo).await;
    fixture.portal.copy_account(&account, &cleo, MANY - 1).await;
    let mut asking = fixture.stranger().await;
    let mut mailed = BTreeSet::new();
    for mail in 0..6 {
        if mail % 3 == 0 {
            // Three mails an hour go to one address.
            let time = format!("2026-11-22T{}:00:01Z", 13 + mail / 3);
            fixture.portal.clock.set(time.parse().expect("a time"));
        }
        let body = json!({ "email": "cleo@home.example" });
        assert_eq!(asking.post("/api/links/requests", body).await.status, 202);
        fixture.portal.deliver().await;
        let text = fixture.portal.mail("cleo@home.example").text;
        assert!(text.contains("You have 105 more."), "mail {mail}: {text}");
        mailed.extend(linked_accounts(&fixture.portal.mail("cleo@home.example").links));
        let expected = (25 * (mail + 1)).min(130);
        assert_eq!(mailed.len(), expected, "after mail {mail}");
    }
}

/// Returns the accounts that links lead to: a token begins with its account.
fn linked_accounts(links: &[String]) -> impl Iterator<Item = String> {
    let token = |link: &String| link.split_once('#').map(|(_, token)| token.to_owned());
    links.iter().filter_map(token).filter_map(|token| Some(token.split('.').next()?.to_owned()))
}

/// A page of the list with `path` as `browser` sees it.
async fn page(browser: &mut Browser, path: &str) -> Vec<Value> {
    browser.get(path).await.items().to_vec()
}

#[tokio::test]
async fn requests_to_decide_on_are_read_to_their_end() {
    let mut fixture = Fixture::with_customer().await;
    for number in 0..3 {
        let mut asking =
            fixture.portal.sign_in("Nina", &format!("nina{number}@home.example")).await;
        let body = json!({
            "organisation": "Example Customer",
            "name": "Nina New",
            "email": format!("nina{number}@customer.example"),
        });
        assert_eq!(asking.post("/api/access-requests", body).await.status, 202);
        fixture.portal.deliver().await;
    }
    let path = format!("/api/access-requests?account={}", fixture.portal.customer);
    let ada = &mut fixture.administrator.browser;
    assert_eq!(page(ada, &path).await.len(), 3);
    for limit in [1, 2, 100] {
        assert_eq!(all(ada, &path, limit, "request").await.len(), 3, "{limit}");
    }
}
