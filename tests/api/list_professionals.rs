//! The list of an account's people: order, search, pages.

use serde_json::{Value, json};
use tests::{Browser, Fixture, operator_event};

/// Reads all pages of a list and returns the names in order.
async fn names(browser: &mut Browser, list: &str, limit: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut after = String::new();
    loop {
        let answer = browser.get(&format!("{list}limit={limit}{after}")).await;
        assert_eq!(answer.status, 200, "{answer}");
        assert!(answer.items().len() <= limit);
        names.extend(
            answer.items().iter().map(|item| item["name"].as_str().expect("a name").to_owned()),
        );
        match answer.body["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return names,
        }
    }
}

#[tokio::test]
async fn an_administrator_sees_everyone_with_roles_state_and_identity() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.get(&fixture.people).await;
    assert_eq!(
        (answer.status, answer.items().len(), &answer.body["next"]),
        (200, 2, &Value::Null),
        "{answer}"
    );
    let administrator = fixture.administrator.id.clone();
    let mut profile = fixture.profile(&administrator).await;
    profile.as_object_mut().expect("an object").remove("you");
    assert_eq!(answer.items()[0], profile, "a profile without what the reader may do");
    assert_eq!(
        answer.items()[0]["roles"],
        json!(["administrator", "billing_contact", "shipping_contact"])
    );
}

#[tokio::test]
async fn an_ordinary_professional_sees_only_their_own_identity() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.member.get(&fixture.people).await;
    let identities: Vec<_> =
        answer.items().iter().map(|item| item["identity"]["email"].clone()).collect();
    assert_eq!(identities, [Value::Null, json!("bob@customer.example")]);
}

#[tokio::test]
async fn partner_staff_and_operator_see_what_the_administrator_sees() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let seen = fixture.administrator.get(&fixture.people).await.body;
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(browser.get(&fixture.people).await.body, seen);
    }
    let answer = fixture
        .portal
        .operator("ListProfessionals", operator_event(&fixture.portal.customer, None, Value::Null))
        .await;
    assert_eq!(answer, json!({ "status": 200, "body": seen }));
}

#[tokio::test]
async fn names_are_in_order_whatever_their_case_and_marks() {
    let mut fixture = Fixture::with_customer().await;
    for (index, name) in
        ["Zoë", "zoe Adams", "Ömer", "oskar", "ÁRPÁD", "bob Zwei", "Łukasz"].iter().enumerate()
    {
        let body = json!({
            "name": name, "email": format!("p{index}@customer.example"), "send_invitation": false,
        });
        assert_eq!(fixture.administrator.post(&fixture.people, body).await.status, 201);
    }
    let names =
        names(&mut fixture.administrator.browser, &format!("{}?", fixture.people), 100).await;
    insta::assert_snapshot!(names.join(", "), @"Ada Lovelace, ÁRPÁD, Bob Builder, bob Zwei, Ömer, oskar, zoe Adams, Zoë, Łukasz");
}

#[tokio::test]
async fn a_list_of_more_than_a_hundred_is_read_page_by_page_without_gap_or_repetition() {
    let mut fixture = Fixture::with_customer().await;
    let mut expected = vec!["Ada Lovelace".to_owned(), "Bob Builder".to_owned()];
    for number in 0..103 {
        let name = format!("Person {number:03}");
        let body = json!({
            "name": name, "email": format!("p{number}@customer.example"), "send_invitation": false,
        });
        let answer = fixture
            .portal
            .operator("Invite", operator_event(&fixture.portal.customer, None, body))
            .await;
        assert_eq!(answer["status"], 201, "{answer}");
        expected.push(name);
    }
    let everyone = format!("{}?", fixture.people);
    for limit in [100, 7] {
        assert_eq!(names(&mut fixture.administrator.browser, &everyone, limit).await, expected);
    }
    let answer = fixture.administrator.get(&fixture.people).await;
    assert_eq!(answer.items().len(), 50, "a page without a limit has fifty");
    let found = names(
        &mut fixture.administrator.browser,
        &format!("{}?search=person%2001&", fixture.people),
        4,
    )
    .await;
    assert_eq!(found, expected[12..22]);
}

#[tokio::test]
async fn a_search_finds_the_beginning_of_a_name_whatever_its_case_and_marks() {
    let mut fixture = Fixture::with_customer().await;
    for (index, name) in ["Zoë Saldaña", "Zoe Ball", "Zora", "Ann Zoe"].iter().enumerate() {
        let body = json!({
            "name": name, "email": format!("p{index}@customer.example"), "send_invitation": false,
        });
        assert_eq!(fixture.administrator.post(&fixture.people, body).await.status, 201);
    }
    for (search, expected) in [
        ("zoe", vec!["Zoe Ball", "Zoë Saldaña"]),
        ("ZO%C3%8B", vec!["Zoe Ball", "Zoë Saldaña"]),
        ("zoe%20%20sald", vec!["Zoë Saldaña"]),
        ("", vec!["Ada Lovelace", "Ann Zoe", "Bob Builder", "Zoe Ball", "Zoë Saldaña", "Zora"]),
        ("saldana", vec![]),
        ("zoe%23", vec![]),
        ("%25", vec![]),
    ] {
        let found = names(
            &mut fixture.administrator.browser,
            &format!("{}?search={search}&", fixture.people),
            50,
        )
        .await;
        assert_eq!(found, expected, "{search}");
    }
}

#[tokio::test]
async fn a_list_is_read_in_either_direction_without_gap_or_repetition() {
    let mut fixture = Fixture::with_customer().await;
    // Several people with one name, so that cursors between them need more than the name.
    let rows: Vec<_> = (0..20)
        .map(|number| {
            json!({
                "name": format!("Person {}", number / 3),
                "email": format!("p{number}@customer.example"),
            })
        })
        .collect();
    for rows in rows.chunks(10) {
        let event = operator_event(
            &fixture.portal.customer,
            None,
            json!({ "rows": rows, "send_invitations": false }),
        );
        assert_eq!(fixture.portal.operator("ImportProfessionals", event).await["status"], 200);
    }
    let list = |query: &str| format!("{}?{query}", fixture.people);
    let browser = &mut fixture.administrator.browser;
    for search in ["", "search=person&", "search=person%205&", "search=nobody&"] {
        let everyone = browser.get(&list(&format!("{search}limit=100"))).await;
        let ids = |items: &[Value]| {
            items
                .iter()
                .map(|item| item["professional"].as_str().expect("an id").to_owned())
                .collect::<Vec<_>>()
        };
        let mut backwards = ids(everyone.items());
        assert_eq!(
            ids(browser.get(&list(&format!("{search}order=ascending&limit=100"))).await.items()),
            backwards
        );
        backwards.reverse();
        for limit in [1, 4, 7, 100] {
            let (mut found, mut after) = (Vec::new(), String::new());
            loop {
                let page = browser
                    .get(&list(&format!("{search}order=descending&limit={limit}{after}")))
                    .await;
                found.extend(ids(page.items()));
                match page.body["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
            }
            assert_eq!(found, backwards, "{search}{limit}");
        }
    }
}

#[tokio::test]
async fn a_cursor_continues_in_either_direction() {
    let mut fixture = Fixture::with_customer().await;
    for name in ["Cleo", "Dora"] {
        fixture.invited(name, &format!("{name}@customer.example")).await;
    }
    let two = fixture.administrator.get(&format!("{}?limit=2", fixture.people)).await;
    let after = two.body["next"].as_str().expect("a second page");
    for (order, expected) in
        [("ascending", ["Cleo", "Dora"].as_slice()), ("descending", &["Ada Lovelace"])]
    {
        let page = fixture
            .administrator
            .get(&format!("{}?order={order}&after={after}", fixture.people))
            .await;
        let names: Vec<_> =
            page.items().iter().map(|item| item["name"].as_str().expect("a name")).collect();
        assert_eq!(names, expected, "from Bob Builder {order}");
    }
}

#[tokio::test]
async fn another_order_is_malformed() {
    let mut fixture = Fixture::with_customer().await;
    for order in ["", "random", "Descending", "desc"] {
        let answer = fixture.administrator.get(&format!("{}?order={order}", fixture.people)).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    let answer = fixture.administrator.get(&format!("{}?order=ascending", fixture.activity)).await;
    assert_eq!(answer.problem(), "malformed", "what happened runs one way");
}

#[tokio::test]
async fn a_renamed_person_moves_and_a_deleted_one_is_gone() {
    let mut fixture = Fixture::with_customer().await;
    let everyone = format!("{}?", fixture.people);
    fixture.administrator.patch(&fixture.member.path, json!({ "name": "Aaron Builder" })).await;
    assert_eq!(
        names(&mut fixture.administrator.browser, &everyone, 50).await,
        ["Aaron Builder", "Ada Lovelace"]
    );
    fixture.administrator.delete(&fixture.member.path).await;
    assert_eq!(names(&mut fixture.administrator.browser, &everyone, 50).await, ["Ada Lovelace"]);
}

#[tokio::test]
async fn administrators_of_a_lapsed_account_can_still_read_the_list() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2028-01-01");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(ada.get(&fixture.people).await.items().len(), 2);
}

/// Lists the names in a report.
async fn reported(browser: &mut Browser, list: &str, report: &str) -> Vec<String> {
    names(browser, &format!("{list}?report={report}&"), 2).await
}

#[tokio::test]
async fn reports_name_those_who_may_no_longer_need_access() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let emil = json!({
        "name": "Emil", "email": "emil@customer.example", "ends_on": "2027-08-15",
        "send_invitation": false,
    });
    fixture.portal.add_with(&fixture.portal.customer, emil).await;
    let list = fixture.people.clone();
    for report in ["never_linked", "inactive", "ending_soon"] {
        assert_eq!(
            reported(&mut fixture.administrator.browser, &list, report).await,
            [""; 0],
            "{report} on the first day"
        );
    }
    fixture.portal.set_today("2027-07-31");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(reported(&mut ada, &list, "never_linked").await, ["Cleo", "Emil"]);
    assert_eq!(reported(&mut ada, &list, "inactive").await, ["Bob Builder"]);
    assert_eq!(reported(&mut ada, &list, "inactive&months=9").await, [""; 0]);
    assert_eq!(reported(&mut ada, &list, "ending_soon").await, ["Emil"]);
    fixture.portal.set_today("2027-08-16");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(reported(&mut ada, &list, "ending_soon").await, [""; 0], "it has ended");
    assert_eq!(reported(&mut ada, &list, "never_linked").await, ["Cleo"]);
}

#[tokio::test]
async fn an_unknown_report_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    for query in [
        "report=unknown",
        "report=",
        "months=3",
        "report=never_linked&months=3",
        "report=inactive&months=0",
        "report=inactive&months=37",
    ] {
        let answer = fixture.administrator.get(&format!("{}?{query}", fixture.people)).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{query}: {answer}");
    }
}

/// Returns for each person on the list, and for the profile of `id`, whether the last sign-in is
/// there.
async fn shown_sign_ins(browser: &mut Browser, people: &str, id: &str) -> (Vec<String>, bool) {
    let answer = browser.get(people).await;
    assert_eq!(answer.status, 200, "{answer}");
    let shown = answer.items().iter().filter(|person| person.get("last_sign_in").is_some());
    let names = shown.map(|person| person["name"].as_str().expect("a name").to_owned()).collect();
    let profile = browser.get(&format!("{people}/{id}")).await;
    (names, profile.body.get("last_sign_in").is_some())
}

#[tokio::test]
async fn who_may_see_whole_profiles_sees_when_people_signed_in_and_others_only_their_own() {
    let mut fixture = Fixture::with_customer().await;
    let (people, ada, bob) =
        (fixture.people.clone(), fixture.administrator.id.clone(), fixture.member.id.clone());
    let everyone = ["Ada Lovelace", "Bob Builder"].map(str::to_owned).to_vec();
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (who, browser) in [
        ("administrator", &mut fixture.administrator.browser),
        ("partner", &mut partner.browser),
        ("staff", &mut staff.browser),
    ] {
        assert_eq!(shown_sign_ins(browser, &people, &bob).await, (everyone.clone(), true), "{who}");
        let inactive = browser.get(&format!("{people}?report=inactive&months=1")).await;
        assert_eq!(inactive.status, 200, "{who}: {inactive}");
    }
    let member = &mut fixture.member.browser;
    let own = vec!["Bob Builder".to_owned()];
    assert_eq!(shown_sign_ins(member, &people, &bob).await, (own, true), "one's own");
    assert_eq!(member.get(&format!("{people}/{ada}")).await.status, 403);
    let inactive = member.get(&format!("{people}?report=inactive&months=1")).await;
    assert_eq!((inactive.status, inactive.problem()), (403, "forbidden"), "{inactive}");
    for report in ["never_linked", "ending_soon"] {
        assert_eq!(member.get(&format!("{people}?report={report}")).await.status, 200, "{report}");
    }
}
