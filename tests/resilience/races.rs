//! Many requests at once on one account: every rule holds afterwards, and nobody gets a 500.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Person, Portal, Request, path};
use tokio::task::JoinSet;

use crate::rules;

/// The number of concurrent requests.
const MANY: usize = 32;
/// The number of rounds of a race of few requests.
const ROUNDS: usize = 2;

/// Sends all requests concurrently. None may answer 500, and only few 503.
async fn concurrently(requests: Vec<Request>) -> Vec<Answer> {
    let (count, mut tasks) = (requests.len(), JoinSet::new());
    for mut request in requests {
        tasks.spawn(async move { request.send().await });
    }
    let answers = tasks.join_all().await;
    for answer in &answers {
        assert_ne!(answer.status, 500, "{answer}");
    }
    let busy = count_of(&answers, 503, "unavailable");
    assert!(busy * 4 <= count, "{busy} of {count} got a 503");
    answers
}

/// Counts the answers with a status and, if it is a problem, of that kind.
fn count_of(answers: &[Answer], status: u16, problem: &str) -> usize {
    answers.iter().filter(|answer| answer.status == status && answer.problem() == problem).count()
}

/// Checks that every answer is one of these.
fn all_are(answers: &[Answer], expected: &[(u16, &str)]) {
    for answer in answers {
        assert!(expected.contains(&(answer.status, answer.problem())), "{answer}");
    }
}

/// Creates `count` administrators of the customer, linked and signed in; `series` makes their
/// addresses unique.
async fn administrators(fixture: &mut Fixture, series: usize, count: usize) -> Vec<Person> {
    let email = |number: usize| format!("ann{series}-{number}@customer.example");
    // Earlier notices must not arrive after the invitations.
    fixture.portal.deliver().await;
    let mut everyone = Vec::new();
    for number in 0..count {
        let body = json!({ "name": "Ann Able", "email": email(number), "administrator": true });
        let answer = fixture.administrator.post(&fixture.people, body).await;
        assert_eq!(answer.status, 201, "{answer}");
        let browser = fixture.portal.sign_in("Ann Able", &email(number)).await;
        let id = answer.body["professional"].as_str().expect("an id");
        everyone.push(Person::new(
            &fixture.portal.customer,
            id,
            "Ann Able",
            &email(number),
            browser,
        ));
    }
    fixture.portal.deliver().await;
    for (number, ann) in everyone.iter_mut().enumerate() {
        let linked =
            ann.post("/api/links", json!({ "token": fixture.portal.token(&email(number)) })).await;
        assert_eq!(linked.status, 200, "{linked}");
    }
    everyone
}

/// Adds a professional whose invitation is in the mailbox.
async fn invited(portal: &Portal) -> (String, String) {
    let id = portal.add(&portal.customer, "Eve Early", "eve@customer.example").await;
    (id, portal.token("eve@customer.example"))
}

async fn strangers(portal: &Portal, count: usize) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for number in 0..count {
        browsers
            .push(portal.sign_in("Some Stranger", &format!("stranger{number}@home.example")).await);
    }
    browsers
}

fn link(browser: &Browser, token: &str) -> Request {
    Request::new(browser, "POST", "/api/links", json!({ "token": token }))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_who_delete_each_other_leave_exactly_one() {
    let mut fixture = Fixture::builder().customer().build().await;
    for round in 0..ROUNDS {
        let mut both = administrators(&mut fixture, round, 2).await;
        let (mut one, two) = (both.remove(0), both.remove(0));
        // Ada steps down, so that only these two are left.
        let roles = json!({
            "administrators": [one.id, two.id], "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        });
        assert_eq!(one.put(&fixture.customer_path("/roles"), roles).await.status, 200);
        let path = fixture.people.as_str();
        let answers = concurrently(vec![
            Request::new(&one.browser, "DELETE", format!("{path}/{}", two.id), Value::Null),
            Request::new(&two.browser, "DELETE", format!("{path}/{}", one.id), Value::Null),
        ])
        .await;
        assert_eq!(count_of(&answers, 204, ""), 1, "{answers:?}");
        // The second is off the list, or is refused as the deletion of the last administrator.
        all_are(
            &answers,
            &[(204, ""), (404, "not-found"), (409, "role-required"), (503, "unavailable")],
        );
        rules::hold(&fixture.portal).await;
        // The fixture of the next round: Ada alone has every role again.
        let roles = json!({
            "administrators": [fixture.administrator.id],
            "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        });
        let event = json!({ "path": { "account": fixture.portal.customer }, "body": roles });
        assert_eq!(fixture.portal.operator("AssignRoles", event).await["status"], 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_administrators_who_all_delete_each_other_leave_at_least_one() {
    let mut fixture = Fixture::builder().customer().build().await;
    let everyone = administrators(&mut fixture, 0, 8).await;
    let requests: Vec<_> = (0..MANY)
        .map(|number| {
            let (actor, target) =
                (number % everyone.len(), (number + 1 + number / everyone.len()) % everyone.len());
            Request::new(
                &everyone[actor].browser,
                "DELETE",
                format!("{}/{}", fixture.people.as_str(), everyone[target].id),
                Value::Null,
            )
        })
        .collect();
    let answers = concurrently(requests).await;
    all_are(
        &answers,
        &[(204, ""), (404, "not-found"), (409, "role-required"), (503, "unavailable")],
    );
    let table = rules::hold(&fixture.portal).await;
    assert_eq!(
        table.count(&fixture.portal.customer, "professional-deleted"),
        count_of(&answers, 204, "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_not_handed_over_to_a_person_deleted_at_the_same_time() {
    let fixture = Fixture::builder().customer().build().await;
    let mut ada = fixture.administrator.browser.clone();
    // Contacts alone are handed over, by an administrator who stays.
    let roles = json!({
        "administrators": [fixture.administrator.id], "billing_contact": fixture.member.id,
        "shipping_contact": fixture.member.id,
    });
    assert_eq!(ada.put(&fixture.customer_path("/roles"), roles).await.status, 200);
    for round in 0..ROUNDS {
        let successor = fixture
            .portal
            .add(&fixture.portal.customer, "Eve Early", &format!("eve{round}@customer.example"))
            .await;
        let account = ada.get(&fixture.customer_path("")).await.body;
        let holder = account["roles"]["billing_contact"].as_str().expect("a holder").to_owned();
        let path = fixture.people.as_str();
        let answers = concurrently(vec![
            Request::new(
                &ada,
                "DELETE",
                format!("{path}/{holder}?hand_over_to={successor}"),
                Value::Null,
            ),
            Request::new(&ada, "DELETE", format!("{path}/{successor}"), Value::Null),
            Request::new(
                &ada,
                "PATCH",
                format!("{path}/{successor}"),
                json!({ "ends_on": "2026-12-31" }),
            ),
        ])
        .await;
        all_are(
            &answers,
            &[
                (204, ""),
                (200, ""),
                (404, "not-found"),
                (409, "role-required"),
                (422, "invalid"),
                (503, "unavailable"),
            ],
        );
        rules::hold(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_who_all_step_down_at_once_leave_one() {
    let mut fixture = Fixture::builder().customer().build().await;
    let mut everyone = administrators(&mut fixture, 0, 7).await;
    everyone.push(fixture.administrator.clone());
    let contact = &fixture.member.id;
    let version =
        fixture.administrator.get(&fixture.customer_path("")).await.body["version"].clone();
    let requests: Vec<_> = (0..everyone.len())
        .map(|own| {
            let others: Vec<_> = everyone
                .iter()
                .enumerate()
                .filter(|(value, _)| *value != own)
                .map(|(_, value)| value.id.clone())
                .collect();
            // As a page sends it: with the version it has shown.
            let roles = json!({
                "administrators": others, "billing_contact": contact, "shipping_contact": contact,
                "version": version,
            });
            Request::new(&everyone[own].browser, "PUT", fixture.customer_path("/roles"), roles)
        })
        .collect();
    let answers = concurrently(requests).await;
    assert_eq!(
        count_of(&answers, 200, ""),
        1,
        "one is first, the others are shown what changed: {answers:?}"
    );
    all_are(&answers, &[(200, ""), (409, "changed"), (503, "unavailable")]);
    let table = rules::hold(&fixture.portal).await;
    assert_eq!(table.count(&fixture.portal.customer, "roles-assigned"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_not_assigned_to_a_person_deleted_at_the_same_time() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let stella = &fixture.staff.browser;
    for round in 0..ROUNDS {
        let eve = fixture
            .portal
            .add(&fixture.portal.customer, "Eve Early", &format!("eve{round}@customer.example"))
            .await;
        let roles = json!({
            "administrators": [fixture.administrator.id], "billing_contact": eve,
            "shipping_contact": fixture.administrator.id,
        });
        let answers = concurrently(vec![
            Request::new(stella, "PUT", fixture.customer_path("/roles"), roles),
            Request::new(
                stella,
                "DELETE",
                format!("{}/{eve}", fixture.people.as_str()),
                Value::Null,
            ),
        ])
        .await;
        all_are(
            &answers,
            &[(200, ""), (204, ""), (409, "role-required"), (422, "invalid"), (503, "unavailable")],
        );
        assert_eq!(answers.iter().filter(|answer| answer.status < 300).count(), 1, "{answers:?}");
        rules::hold(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_of_staff_is_not_given_to_a_person_deleted_at_the_same_time() {
    let fixture = Fixture::builder().staff().build().await;
    let (stella, vendor) = (&fixture.staff, path::account(Portal::VENDOR));
    for _ in 0..ROUNDS {
        let eve = fixture.portal.add(Portal::VENDOR, "Eve Early", "eve@vendor.example").await;
        let roles = json!({
            "administrators": [stella.id], "billing_contact": stella.id,
            "shipping_contact": stella.id, "staff_permissions": { eve.as_str(): ["people"] },
        });
        let person = path::person(Portal::VENDOR, &eve);
        let answers = concurrently(vec![
            Request::new(&stella.browser, "PUT", format!("{vendor}/roles"), roles),
            Request::new(&stella.browser, "DELETE", person, Value::Null),
        ])
        .await;
        all_are(&answers, &[(204, ""), (200, ""), (422, "invalid"), (503, "unavailable")]);
        // Who has a permission is on the list.
        rules::hold(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_links_while_becoming_administrator_is_known_to_be_able_to_sign_in() {
    let fixture = Fixture::builder().customer().build().await;
    let ada = &fixture.administrator;
    for round in 0..4 {
        let email = format!("eve{round}@customer.example");
        let eve = fixture.portal.add(&fixture.portal.customer, "Eve Early", &email).await;
        let browser = fixture.portal.sign_in("Eve Early", &email).await;
        let roles = json!({
            "administrators": [ada.id, eve], "billing_contact": ada.id, "shipping_contact": ada.id,
        });
        let answers = concurrently(vec![
            Request::new(&ada.browser, "PUT", fixture.customer_path("/roles"), roles),
            link(&browser, &fixture.portal.token(&email)),
        ])
        .await;
        all_are(&answers, &[(200, ""), (503, "unavailable")]);
        rules::hold_when_delivered(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_posted_by_many_identities_at_once_links_exactly_one() {
    let portal = Portal::start().await;
    let (id, token) = invited(&portal).await;
    let browsers = strangers(&portal, MANY).await;
    let answers =
        concurrently(browsers.iter().map(|browser| link(browser, &token)).collect()).await;
    assert_eq!(count_of(&answers, 200, ""), 1);
    assert_eq!(
        count_of(&answers, 409, "link-used") + count_of(&answers, 503, "unavailable"),
        MANY - 1,
        "{answers:?}"
    );
    let table = rules::hold_when_delivered(&portal).await;
    let links = table.items("identity#", "link#");
    assert_eq!(
        links.iter().map(|(_, _, item)| &item["professional"]).collect::<Vec<_>>(),
        [&json!(id)]
    );
    assert_eq!(table.count(&portal.customer, "identity-linked"), 1);
    let notices = portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|message| message.tags["kind"] == "linked")
        .count();
    assert_eq!(notices, 1, "one mailbox, one notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_posted_by_two_identities_at_once_links_exactly_one() {
    let portal = Portal::start().await;
    let browsers = strangers(&portal, 2).await;
    for round in 0..ROUNDS {
        let account = portal.create_customer(&format!("Customer {round}")).await;
        portal.add(&account, "Eve Early", &format!("eve{round}@customer.example")).await;
        let token = portal.token(&format!("eve{round}@customer.example"));
        let answers =
            concurrently(browsers.iter().map(|browser| link(browser, &token)).collect()).await;
        assert_eq!(
            (count_of(&answers, 200, ""), count_of(&answers, 409, "link-used")),
            (1, 1),
            "{answers:?}"
        );
        rules::hold(&portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_posted_many_times_by_one_identity_links_once() {
    let portal = Portal::start().await;
    let (_, token) = invited(&portal).await;
    let eve = portal.sign_in("Eve Early", "eve@home.example").await;
    let answers = concurrently(vec![link(&eve, &token); MANY]).await;
    all_are(&answers, &[(200, ""), (503, "unavailable")]);
    assert_eq!(
        answers.iter().filter(|answer| answer.body["already_linked"] == false).count(),
        1,
        "one of them did it"
    );
    let table = rules::hold_when_delivered(&portal).await;
    assert_eq!(table.count(&portal.customer, "identity-linked"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_links_of_one_account_taken_at_once_by_one_identity_link_one_of_them() {
    let portal = Portal::start().await;
    let (_, first) = invited(&portal).await;
    portal.add(&portal.customer, "Fay First", "fay@customer.example").await;
    let second = portal.token("fay@customer.example");
    let eve = portal.sign_in("Eve Early", "eve@home.example").await;
    let answers = concurrently(vec![link(&eve, &first), link(&eve, &second)]).await;
    assert_eq!(
        (count_of(&answers, 200, ""), count_of(&answers, 409, "link-wrong-identity")),
        (1, 1),
        "{answers:?}"
    );
    rules::hold_when_delivered(&portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_added_many_times_at_once_is_added_once() {
    let fixture = Fixture::builder().customer().build().await;
    for (count, email) in [(2, "eve@customer.example"), (MANY, "fay@customer.example")] {
        let body = json!({ "name": "Eve Early", "email": email });
        let before = rules::hold(&fixture.portal)
            .await
            .count(&fixture.portal.customer, "professional-added");
        let answers = concurrently(vec![
            Request::new(
                &fixture.administrator.browser,
                "POST",
                fixture.people.as_str(),
                body
            );
            count
        ])
        .await;
        assert_eq!(
            (count_of(&answers, 201, ""), count_of(&answers, 409, "duplicate-email")),
            (1, count - 1),
            "{answers:?}"
        );
        let winner =
            answers.iter().find(|answer| answer.status == 201).expect("one").body["professional"]
                .clone();
        assert!(
            answers.iter().all(|answer| answer.body["professional"] == winner),
            "all others get the holder of the address"
        );
        let table = rules::hold_when_delivered(&fixture.portal).await;
        assert_eq!(table.count(&fixture.portal.customer, "professional-added"), before + 1);
        let mails = fixture
            .portal
            .mailbox
            .messages()
            .into_iter()
            .filter(|message| message.to == email)
            .count();
        assert_eq!(mails, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rows_imported_many_times_at_once_add_each_person_once() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let empty = fixture.portal.create_customer("Empty Customer").await;
    for (account, count) in [(fixture.portal.customer.as_str(), 2), (empty.as_str(), 6)] {
        let rows: Vec<_> = (0..16)
            .map(|number| {
                json!({
                    "name": "Ivy Import", "email": format!("ivy{number}@{count}.example"),
                })
            })
            .collect();
        let path = format!("/api/accounts/{account}/professionals/import");
        let before = rules::hold(&fixture.portal).await.count(account, "professional-added");
        let answers = concurrently(vec![
            Request::new(
                &fixture.staff.browser,
                "POST",
                path,
                json!({ "rows": rows })
            );
            count
        ])
        .await;
        all_are(&answers, &[(200, ""), (503, "unavailable")]);
        let results: Vec<_> = answers
            .iter()
            .filter(|answer| answer.status == 200)
            .map(|answer| answer.body["results"].as_array().expect("results"))
            .collect();
        for row in 0..rows.len() {
            let ids: BTreeSet<_> = results
                .iter()
                .map(|result| result[row]["professional"].as_str().expect("a professional"))
                .collect();
            assert_eq!(ids.len(), 1, "all answers name the same person in row {row}");
            assert_eq!(
                results.iter().filter(|result| result[row]["outcome"] == "added").count(),
                1,
                "row {row}"
            );
        }
        let table = rules::hold_when_delivered(&fixture.portal).await;
        assert_eq!(table.count(account, "professional-added"), before + rows.len());
        let sent = fixture
            .portal
            .mailbox
            .messages()
            .into_iter()
            .filter(|message| message.to.ends_with(&format!("@{count}.example")))
            .count();
        assert_eq!(sent, rows.len(), "one invitation each");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_professional_added_many_times_at_once_takes_all_roles_once() {
    let Fixture { portal, staff: stella, .. } = Fixture::builder().staff().build().await;
    let empty = portal.create_customer("Empty Customer").await;
    let requests = (0..MANY).map(|number| {
        let body = json!({
            "name": format!("Person {number}"), "email": format!("person{number}@empty.example"),
            "send_invitation": false,
        });
        Request::new(&stella.browser, "POST", format!("/api/accounts/{empty}/professionals"), body)
    });
    let answers = concurrently(requests.collect()).await;
    all_are(&answers, &[(201, ""), (503, "unavailable")]);
    let first: Vec<_> = answers
        .iter()
        .filter(|answer| {
            answer.body["roles"] == json!(["administrator", "billing_contact", "shipping_contact"])
        })
        .collect();
    assert_eq!(first.len(), 1, "{answers:?}");
    let table = rules::hold(&portal).await;
    assert_eq!(
        table.items(&format!("account#{empty}"), "professional#").len(),
        count_of(&answers, 201, "")
    );
    assert_eq!(
        table.item(&format!("account#{empty}"), "account")["roles"]["billing_contact"],
        first[0].body["professional"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_administrators_added_at_once_are_all_administrators() {
    let fixture = Fixture::builder().customer().build().await;
    let requests = (0..MANY).map(|number| {
        let body = json!({
            "name": "Ann Able", "email": format!("ann{number}@customer.example"),
            "administrator": true, "send_invitation": false,
        });
        Request::new(&fixture.administrator.browser, "POST", fixture.people.as_str(), body)
    });
    let answers = concurrently(requests.collect()).await;
    all_are(&answers, &[(201, ""), (503, "unavailable")]);
    let table = rules::hold(&fixture.portal).await;
    let roles = &table.item(&format!("account#{}", fixture.portal.customer), "account")["roles"];
    assert_eq!(
        roles["administrators"].as_array().map(Vec::len),
        Some(1 + count_of(&answers, 201, "")),
        "no role is overwritten"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn resending_many_times_at_once_sends_each_invitation_once() {
    let fixture = Fixture::builder().customer().build().await;
    for number in 0..5 {
        fixture
            .portal
            .add(&fixture.portal.customer, "Eve Early", &format!("eve{number}@customer.example"))
            .await;
    }
    let before = fixture.portal.mailbox.messages().len();
    let body = json!({ "before": fixture.portal.clock.now().to_string() });
    let answers = concurrently(vec![
        Request::new(
            &fixture.administrator.browser,
            "POST",
            fixture.customer_path("/invitations"),
            body
        );
        8
    ])
    .await;
    all_are(&answers, &[(200, ""), (503, "unavailable")]);
    assert_eq!(answers.iter().filter(|answer| answer.body["sent"] == 5).count(), 1, "{answers:?}");
    rules::hold_when_delivered(&fixture.portal).await;
    assert_eq!(fixture.portal.mailbox.messages().len(), before + 5);
}

/// Races `rival` against the use of an open link by its owner, a few times, and checks each answer.
async fn against_link(
    rival: impl Fn(&Fixture, &str, &str) -> Request,
    rivals_answers: &[(u16, &str)],
    links_answers: &[(u16, &str)],
) {
    let fixture = Fixture::builder().customer().staff().build().await;
    for round in 0..ROUNDS {
        let email = format!("eve{round}@customer.example");
        let id = fixture.portal.add(&fixture.portal.customer, "Eve Early", &email).await;
        let eve = fixture.portal.sign_in("Eve Early", &format!("eve{round}@home.example")).await;
        let mut request = rival(&fixture, &id, &email);
        let mut link = link(&eve, &fixture.portal.token(&email));
        let link = tokio::spawn(async move { link.send().await });
        let answer = request.send().await;
        all_are(&[answer], rivals_answers);
        all_are(&[link.await.expect("an answer")], links_answers);
        rules::hold_when_delivered(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resend_and_the_older_link_at_once_leave_one_of_both() {
    let rival = |fixture: &Fixture, id: &str, _: &str| {
        Request::new(
            &fixture.administrator.browser,
            "POST",
            format!("{}/{id}/invitation", fixture.people.as_str()),
            Value::Null,
        )
    };
    against_link(rival, &[(200, "")], &[(200, ""), (410, "link-superseded")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_and_the_link_at_once_leave_one_of_both() {
    let rival = |fixture: &Fixture, id: &str, _: &str| {
        Request::new(
            &fixture.administrator.browser,
            "DELETE",
            format!("{}/{id}/invitation", fixture.people.as_str()),
            Value::Null,
        )
    };
    against_link(rival, &[(200, "")], &[(200, ""), (410, "link-revoked")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_and_the_link_to_the_old_one_at_once_leave_one_of_both() {
    let rival = |fixture: &Fixture, id: &str, email: &str| {
        Request::new(
            &fixture.administrator.browser,
            "PATCH",
            format!("{}/{id}", fixture.people.as_str()),
            json!({ "email": format!("new-{email}") }),
        )
    };
    against_link(rival, &[(200, "")], &[(200, ""), (410, "link-revoked")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_and_the_link_at_once_end_in_the_deletion() {
    let rival = |fixture: &Fixture, id: &str, _: &str| {
        Request::new(
            &fixture.administrator.browser,
            "DELETE",
            format!("{}/{id}", fixture.people.as_str()),
            Value::Null,
        )
    };
    against_link(rival, &[(204, "")], &[(200, ""), (410, "link-deleted")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_date_and_the_link_at_once_both_stand() {
    let rival = |fixture: &Fixture, id: &str, _: &str| {
        Request::new(
            &fixture.administrator.browser,
            "PATCH",
            format!("{}/{id}", fixture.people.as_str()),
            json!({ "ends_on": "2026-12-31" }),
        )
    };
    against_link(rival, &[(200, "")], &[(200, "")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_and_a_switch_of_identity_at_once_leave_one_of_both() {
    let fixture = Fixture::builder().customer().build().await;
    for round in 0..ROUNDS {
        let email = format!("eve{round}@customer.example");
        let mut eve =
            Person::link(&fixture.portal, &fixture.portal.customer, "Eve Early", &email).await;
        let notice = tests::link_token(&fixture.portal.mail(&email));
        let own = format!("{}/{}/invitation", fixture.people.as_str(), eve.id);
        assert_eq!(eve.post(&own, Value::Null).await.status, 200);
        fixture.portal.deliver().await;
        let other =
            fixture.portal.sign_in("Eve Early", &format!("other{round}@home.example")).await;
        let dispute = Request::new(
            &fixture.portal.browser(),
            "POST",
            "/api/links/disputes",
            json!({ "token": notice }),
        );
        let answers =
            concurrently(vec![dispute, link(&other, &fixture.portal.token(&email))]).await;
        assert_eq!(count_of(&answers, 200, ""), 1, "{answers:?}");
        all_are(
            &answers,
            &[(200, ""), (410, "dispute-expired"), (410, "link-deleted"), (410, "link-revoked")],
        );
        rules::hold_when_delivered(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_and_changes_of_the_same_person_at_once_end_in_the_deletion() {
    let fixture = Fixture::builder().customer().build().await;
    let bob = format!("{}/{}", fixture.people.as_str(), fixture.member.id);
    let mut requests =
        vec![Request::new(&fixture.administrator.browser, "DELETE", bob.clone(), Value::Null)];
    requests.extend((1..MANY).map(|number| match number % 3 {
        0 => Request::new(
            &fixture.administrator.browser,
            "PATCH",
            bob.clone(),
            json!({ "email": format!("bob{number}@customer.example"), "send_invitation": true }),
        ),
        1 => Request::new(
            &fixture.member.browser,
            "PATCH",
            bob.clone(),
            json!({ "phone": format!("+49 30 {number:03}") }),
        ),
        _ => Request::new(
            &fixture.administrator.browser,
            "POST",
            format!("{bob}/invitation"),
            Value::Null,
        ),
    }));
    let answers = concurrently(requests).await;
    all_are(
        &answers,
        &[(200, ""), (204, ""), (404, "not-found"), (409, "changed"), (503, "unavailable")],
    );
    let table = rules::hold_when_delivered(&fixture.portal).await;
    let deleted = table
        .items(&format!("account#{}", fixture.portal.customer), "professional#")
        .iter()
        .all(|(_, id, _)| *id != fixture.member.id);
    assert_eq!(deleted, count_of(&answers, 204, "") == 1);
    let changes = table.count(&fixture.portal.customer, "professional-updated")
        + table.count(&fixture.portal.customer, "invitation-requested");
    assert_eq!(changes, count_of(&answers, 200, ""), "each change is in the activity list once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_restored_many_times_at_once_is_restored_once_and_keeps_required_roles() {
    let fixture = Fixture::builder().customer().build().await;
    let bob = &fixture.member.browser;
    for round in 0..ROUNDS {
        // The deleted person is the only administrator; the restored person is one beside the
        // successor.
        let ada = format!("{}/{}", fixture.people.as_str(), fixture.administrator.id);
        let roles = json!({
            "administrators": [fixture.administrator.id],
            "billing_contact": fixture.administrator.id,
            "shipping_contact": fixture.administrator.id,
        });
        let event = json!({ "path": { "account": fixture.portal.customer }, "body": roles });
        assert_eq!(fixture.portal.operator("AssignRoles", event).await["status"], 200);
        let path =
            json!({ "account": fixture.portal.customer, "professional": fixture.administrator.id });
        let event = json!({ "path": path, "query": { "hand_over_to": fixture.member.id } });
        assert_eq!(fixture.portal.operator("DeleteProfessional", event).await["status"], 204);
        let mut requests =
            vec![Request::new(bob, "POST", format!("{ada}/restore"), Value::Null); 6];
        // The account changes concurrently, and the address may be taken.
        let ann = json!({
            "name": "Ann Able", "email": format!("ann{round}@customer.example"),
            "administrator": true,
        });
        requests.push(Request::new(bob, "POST", fixture.people.as_str(), ann));
        let answers = concurrently(requests).await;
        all_are(&answers, &[(201, ""), (404, "not-found"), (503, "unavailable")]);
        assert_eq!(
            answers
                .iter()
                .filter(|answer| answer.body["professional"] == json!(fixture.administrator.id))
                .count(),
            1,
            "{answers:?}"
        );
        let table = rules::hold_when_delivered(&fixture.portal).await;
        let roles =
            &table.item(&format!("account#{}", fixture.portal.customer), "account")["roles"];
        let administrators = roles["administrators"].as_array().expect("administrators");
        assert!(
            [&fixture.administrator.id, &fixture.member.id]
                .iter()
                .all(|value| administrators.contains(&json!(value))),
            "{roles}"
        );
        assert_eq!(roles["billing_contact"], json!(fixture.member.id));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_taken_while_its_owner_is_restored_has_one_owner() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let stella = &fixture.staff.browser;
    for round in 0..ROUNDS {
        let email = format!("eve{round}@customer.example");
        let eve = fixture.portal.add(&fixture.portal.customer, "Eve Early", &email).await;
        let path = format!("{}/{eve}", fixture.people.as_str());
        assert_eq!(stella.clone().delete(&path).await.status, 204);
        let answers = concurrently(vec![
            Request::new(stella, "POST", format!("{path}/restore"), Value::Null),
            Request::new(
                stella,
                "POST",
                fixture.people.as_str(),
                json!({ "name": "Eve Other", "email": email }),
            ),
        ])
        .await;
        assert_eq!(
            (count_of(&answers, 201, ""), count_of(&answers, 409, "duplicate-email")),
            (1, 1),
            "{answers:?}"
        );
        rules::hold_when_delivered(&fixture.portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_changes_of_one_person_that_succeeds_is_on_record() {
    let fixture = Fixture::builder().customer().build().await;
    let bob = format!("{}/{}", fixture.people.as_str(), fixture.member.id);
    let requests: Vec<_> = (0..MANY)
        .map(|number| {
            Request::new(
                &fixture.administrator.browser,
                "PATCH",
                bob.clone(),
                json!({ "title": format!("Title {number}") }),
            )
        })
        .collect();
    let answers = concurrently(requests).await;
    all_are(&answers, &[(200, ""), (409, "changed")]);
    let table = rules::hold(&fixture.portal).await;
    assert_eq!(
        table.count(&fixture.portal.customer, "professional-updated"),
        count_of(&answers, 200, "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_change_an_account_at_once_do_not_overwrite_each_other_unseen() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let path = fixture.customer_path("");
    let version = fixture.staff.browser.clone().get(&path).await.body["version"].clone();
    let change = |number: usize| {
        let body = json!({
            "name": format!("Renamed {number:02}"), "external_id": format!("ERP-{number}"),
            "version": version,
        });
        Request::new(&fixture.staff.browser, "PATCH", path.clone(), body)
    };
    let answers = concurrently((0..MANY).map(change).collect()).await;
    all_are(&answers, &[(200, ""), (409, "changed"), (503, "unavailable")]);
    assert_eq!(count_of(&answers, 200, ""), 1, "{answers:?}");
    let table = rules::hold(&fixture.portal).await;
    assert_eq!(table.count(&fixture.portal.customer, "account-updated"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_given_to_many_accounts_at_once_is_one_accounts() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let mut requests = Vec::new();
    for number in 0..8 {
        let account = fixture.portal.create_customer(&format!("Customer {number}")).await;
        requests.push(Request::new(
            &fixture.staff.browser,
            "PATCH",
            format!("/api/accounts/{account}"),
            json!({ "external_id": "ERP-1" }),
        ));
    }
    let answers = concurrently(requests).await;
    all_are(&answers, &[(200, ""), (409, "account-exists"), (503, "unavailable")]);
    assert_eq!(count_of(&answers, 200, ""), 1, "{answers:?}");
}

/// Prepares a change of Bob's profile by Ada.
fn change(fixture: &Fixture, body: Value) -> Request {
    Request::new(&fixture.administrator.browser, "PATCH", fixture.member.path.clone(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_change_one_value_succeed_or_learn_what_another_has_changed() {
    let mut fixture = Fixture::builder().customer().build().await;
    let titles = (0..40).map(|number| change(&fixture, json!({ "title": format!("No {number}") })));
    let answers = concurrently(titles.collect()).await;
    all_are(&answers, &[(200, ""), (409, "changed")]);
    assert!(count_of(&answers, 200, "") >= 1, "{answers:?}");
    let told = answers.iter().filter(|answer| answer.status == 409);
    for answer in told {
        assert_eq!(answer.body["changed"], json!(["title"]), "{answer}");
    }
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    let saved: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|one| &one.body["title"])
        .collect();
    assert!(saved.contains(&&bob["title"]), "{} is none of {saved:?}", bob["title"]);
    rules::hold(&fixture.portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_different_values_all_succeed_beside_many_of_the_same() {
    let mut fixture = Fixture::builder().customer().build().await;
    let different = json!({
        "name": "Robert Builder", "email": "robert@customer.example", "phone": "030 1",
        "language": "de", "ends_on": "2027-06-30",
    });
    let members = different.as_object().expect("an object");
    let mut requests: Vec<_> =
        members.iter().map(|(name, value)| change(&fixture, json!({ name: value }))).collect();
    requests
        .extend((0..30).map(|number| change(&fixture, json!({ "title": format!("No {number}") }))));
    let answers = concurrently(requests).await;
    all_are(&answers, &[(200, ""), (409, "changed")]);
    // Only those lose who wanted the value that another has changed.
    for answer in answers.iter().filter(|answer| answer.status == 409) {
        let changed = answer.body["changed"].as_array().expect("a list");
        assert!(changed.contains(&json!("title")), "{answer}");
    }
    assert!(count_of(&answers, 200, "") > members.len(), "{answers:?}");
    let bob = fixture.profile(&fixture.member.id.clone()).await;
    for (name, value) in members {
        assert_eq!(bob[name], *value, "{name}");
    }
    rules::hold(&fixture.portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_send_one_person_an_invitation_one_sends_and_the_others_are_told() {
    let fixture = Fixture::builder().customer().build().await;
    let (eve, _) = invited(&fixture.portal).await;
    let before = fixture.portal.sent_mails().await;
    let path = fixture.invitation(&eve);
    let renewal = Request::new(&fixture.administrator.browser, "POST", path, Value::Null);
    let answers = concurrently(vec![renewal; 12]).await;
    all_are(&answers, &[(200, ""), (409, "changed")]);
    let sent = count_of(&answers, 200, "");
    assert!(sent >= 1, "{answers:?}");
    // The mail of an invitation that was renewed before it was sent is void.
    assert!((1..=sent).contains(&(fixture.portal.sent_mails().await - before)));
    rules::hold(&fixture.portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_confirm_what_they_saw_or_learn_that_the_partner_has_corrected_it() {
    let mut fixture = Fixture::builder().partner().staff().build().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    for round in 0..ROUNDS {
        let new = json!({
            "name": format!("Customer {round}"), "kind": "customer", "plan": plan,
            "partner": fixture.portal.partner,
            "first_professional": {
                "name": "Nora New", "email": format!("nora{round}@new.example"),
            },
        });
        let created = fixture.partner.post("/api/accounts", new).await;
        let account = created.body["account"].as_str().expect("an account").to_owned();
        let nora = created.body["professional"].as_str().expect("a professional");
        let at = format!("/api/accounts/{account}");
        let decide = |decision: &str| json!({ "decision": decision, "version": 1 });
        let email = json!({ "email": format!("eve{round}@new.example") });
        let person = format!("{at}/professionals/{nora}");
        let answers = concurrently(vec![
            Request::new(
                &fixture.staff.browser,
                "POST",
                format!("{at}/decision"),
                decide("confirm"),
            ),
            Request::new(
                &fixture.staff.browser,
                "POST",
                format!("{at}/decision"),
                decide("decline"),
            ),
            Request::new(&fixture.partner.browser, "PATCH", person, email),
            Request::new(
                &fixture.partner.browser,
                "POST",
                format!("{at}/decision"),
                decide("withdraw"),
            ),
        ])
        .await;
        // They come in the order of completion.
        let is_decided =
            |answer: &&Answer| answer.status == 204 || answer.body["confirmation"] == "confirmed";
        assert!(answers.iter().filter(is_decided).count() <= 1, "{answers:?}");
        // Staff saw the first address, so nobody is invited to the corrected one.
        fixture.portal.deliver().await;
        let invited = fixture.portal.mailbox.newest_to(&format!("eve{round}@new.example"));
        assert!(invited.is_none(), "{answers:?}");
        rules::hold(&fixture.portal).await;
    }
}
