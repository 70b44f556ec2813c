//! Adding many professionals at once.

use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Portal, Table, operator_event, path, snapshot};

/// Returns the highest number of valid rows that one request may have.
fn full() -> Vec<Value> {
    (0..16).map(|number| json!({
        "name": format!("Person {number:02}"), "email": format!("p{number:02}@customer.example"),
    })).collect()
}

/// Imports as Ada.
async fn import(fixture: &mut Fixture, body: Value) -> Answer {
    fixture.administrator.post(&format!("{}/import", fixture.people), body).await
}

/// Lists the outcomes of the rows.
fn outcomes(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{answer}");
    answer.body["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["outcome"].as_str().expect("an outcome"))
        .collect()
}

#[tokio::test]
async fn an_administrator_imports_people_who_are_invited() {
    let mut fixture = Fixture::with_customer().await;
    let rows = json!([
        {
            "name": "Cleo", "email": "Cleo@Customer.Example", "title": "Buyer",
            "phone": "+49 30 123", "language": "de", "ends_on": "2027-01-01",
            "administrator": "nein",
        },
        { "name": "Robert", "email": "BOB@customer.example", "title": "Another" },
        { "name": "", "email": "x" },
        {
            "name": "Dora", "email": "dora@customer.example", "title": null, "phone": null,
            "language": null, "ends_on": null, "administrator": "ja",
        },
    ]);
    let answer = import(&mut fixture, json!({ "rows": rows })).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "results": [
        {
          "outcome": "added",
          "professional": "[id 1]"
        },
        {
          "name": "Bob Builder",
          "outcome": "exists",
          "professional": "[id 2]"
        },
        {
          "errors": [
            {
              "code": "empty",
              "field": "name",
              "reason": "must not be empty"
            },
            {
              "code": "email",
              "field": "email",
              "reason": "must look like name@example.org"
            }
          ],
          "outcome": "invalid"
        },
        {
          "outcome": "added",
          "professional": "[id 3]"
        }
      ]
    }
    "#);
    assert_eq!(answer.body["results"][1]["professional"], json!(fixture.member.id));

    let cleo = answer.body["results"][0]["professional"].as_str().expect("an id").to_owned();
    let seen = fixture.profile(&cleo).await;
    for (field, value) in [
        ("email", "cleo@customer.example"),
        ("title", "Buyer"),
        ("phone", "+49 30 123"),
        ("language", "de"),
        ("ends_on", "2027-01-01"),
        ("state", "queued"),
    ] {
        assert_eq!(seen[field], value, "{field}");
    }
    let dora = answer.body["results"][3]["professional"].as_str().expect("an id").to_owned();
    assert_eq!(fixture.profile(&dora).await["roles"], json!(["administrator"]));
    let bob = fixture.member.id.clone();
    assert_eq!(
        (&fixture.profile(&bob).await["name"], &fixture.profile(&bob).await["title"]),
        (&json!("Bob Builder"), &Value::Null)
    );

    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("cleo@customer.example");
    assert_eq!(
        (mail.reply_to.as_str(), mail.subject.starts_with("Ada Lovelace")),
        ("ada@customer.example", true)
    );
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
}

#[tokio::test]
async fn each_of_them_is_in_the_activity_list() {
    let mut fixture = Fixture::with_customer().await;
    import(&mut fixture, json!({ "rows": full() })).await;
    let activity = fixture.administrator.get(&fixture.activity).await;
    let added: Vec<_> = activity
        .items()
        .iter()
        .filter(|activity| activity["event"]["type"] == "professional-added")
        .collect();
    assert_eq!(added.len(), 18);
    let mut names: Vec<_> = added
        .iter()
        .map(|item| item["event"]["professional"]["name"].as_str().expect("a name"))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 18, "one each");
    let (actor, event) = (&added[0]["actor"], &added[0]["event"]);
    assert_eq!(
        (&actor["name"], &actor["as"], &added[0]["source"]),
        (&json!("Ada Lovelace"), &json!("administrator"), &json!("127.0.0.1"))
    );
    assert_eq!((&event["imported"], &event["invited"]), (&json!(true), &json!(true)));
}

#[tokio::test]
async fn the_same_rows_again_change_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let body = json!({ "rows": full() });
    let first = import(&mut fixture, body.clone()).await;
    assert_eq!(outcomes(&first), ["added"; 16]);
    let sent = fixture.portal.sent_mails().await;
    let before = Table::of(&fixture.portal).await;
    let second = import(&mut fixture, body).await;
    assert_eq!(outcomes(&second), ["exists"; 16]);
    for row in 0..16 {
        assert_eq!(
            second.body["results"][row]["professional"],
            first.body["results"][row]["professional"]
        );
        assert_eq!(second.body["results"][row]["name"], format!("Person {row:02}"));
    }
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(fixture.portal.sent_mails().await, sent);
}

#[tokio::test]
async fn a_dry_run_answers_the_same_and_writes_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let mut rows = full();
    rows[3]["email"] = "bob@customer.example".into();
    rows[5]["phone"] = "none".into();
    rows[7]["email"] = "p06@customer.example".into();
    rows[9]["administrator"] = "yes".into();
    let before = Table::of(&fixture.portal).await;
    let dry = import(&mut fixture, json!({ "dry_run": true, "rows": rows })).await;
    before.assert_unchanged(&fixture.portal).await;
    assert_eq!(dry.body["results"][0], json!({ "outcome": "added", "professional": null }));
    let wet = import(&mut fixture, json!({ "rows": rows })).await;
    assert_eq!(outcomes(&dry), outcomes(&wet));
    for row in [3, 5, 7] {
        assert_eq!(dry.body["results"][row], wet.body["results"][row]);
    }
}

#[tokio::test]
async fn rows_report_every_field_error() {
    let mut fixture = Fixture::with_customer().await;
    let long = "a".repeat(101);
    let rows = json!([
        { "name": "", "email": "a@customer.example" },
        { "name": "…", "email": "c@customer.example" },
        { "name": long, "email": "d@customer.example" },
        { "name": "evil.example", "email": "e@customer.example" },
        { "name": "Ada\u{202e}", "email": "f@customer.example" },
        { "name": "<b>Ada</b>", "email": "g@customer.example" },
        { "name": "Ada", "email": "nobody" },
        { "name": "Ada", "email": "ädä@customer.example" },
        { "name": "Ada", "email": "h@customer.example", "title": "http://evil.example" },
        { "name": "Ada", "email": "i@customer.example", "title": "…" },
        { "name": "Ada", "email": "j@customer.example", "phone": "none", "language": "Klingon" },
        { "name": "Ada", "email": "l@customer.example", "ends_on": "06/30/2027" },
        { "name": "Ada", "email": "m@customer.example", "ends_on": "2026-11-21" },
        {
            "name": "Ada", "email": "n@customer.example", "ends_on": "2027-06-30",
            "administrator": "ja",
        },
        {
            "name": "", "email": "x", "title": "a\u{7}b", "phone": "x", "language": "x",
            "ends_on": "x", "administrator": "ja",
        },
        { "name": "Ada", "email": "N@Customer.Example", "administrator": "perhaps" },
    ]);
    let before = Table::of(&fixture.portal).await;
    let answer = import(&mut fixture, json!({ "rows": rows })).await;
    assert_eq!(outcomes(&answer), ["invalid"; 16]);
    let described = |error: &Value| {
        format!(
            "{} {}",
            error["field"].as_str().expect("a field"),
            error["reason"].as_str().expect("a reason")
        )
    };
    let field_errors: Vec<_> = answer.body["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|item| {
            item["errors"]
                .as_array()
                .expect("errors")
                .iter()
                .map(described)
                .collect::<Vec<_>>()
                .join("; ")
        })
        .collect();
    insta::assert_snapshot!(field_errors.join("\n"), @"
    name must not be empty
    name must contain a letter or a digit
    name must have at most 100 characters
    name must not contain a web address; put a space after a full stop
    name must not contain control characters, line breaks or invisible characters
    name must not contain a web or e-mail address
    email must look like name@example.org
    email must have only unaccented letters, digits and symbols before the @
    title must not contain a web or e-mail address
    title must contain a letter or a digit
    phone must be a telephone number such as +49 30 1234567, at most 40 characters; language must be a language such as en or pt-BR
    ends_on must be a date such as 2027-01-31
    ends_on must not be in the past; to end access now, delete the professional
    ends_on must be empty for an administrator or contact; give the role to another person first
    name must not be empty; email must look like name@example.org; title must not contain control characters, line breaks or invisible characters; phone must be a telephone number such as +49 30 1234567, at most 40 characters; language must be a language such as en or pt-BR; ends_on must be a date such as 2027-01-31; ends_on must be empty for an administrator or contact; give the role to another person first
    administrator must be yes or no; email appears twice in this request
    ");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn cells_are_understood_as_spreadsheets_in_english_and_german_have_them() {
    let mut fixture = Fixture::with_customer().await;
    let rows = json!([
        {
            "name": " Cleo\u{a0}", "email": " Cleo@Customer.Example", "title": "", "phone": "'+49 30 1",
            "language": "Deutsch", "ends_on": "30.6.2027", "administrator": "Nein",
        },
        {
            "name": "Dora", "email": "dora@customer.example", "title": " ", "language": "EN",
            "ends_on": "\u{a0}", "administrator": "WAHR",
        },
    ]);
    let answer = import(&mut fixture, json!({ "rows": rows })).await;
    assert_eq!(outcomes(&answer), ["added"; 2], "{answer}");
    let id = |row: usize| answer.body["results"][row]["professional"].as_str().expect("an id");
    let (cleo, dora) = (fixture.profile(id(0)).await, fixture.profile(id(1)).await);
    for (field, expected) in [
        ("name", json!("Cleo")),
        ("title", Value::Null),
        ("phone", json!("+49 30 1")),
        ("language", json!("de")),
        ("ends_on", json!("2027-06-30")),
        ("roles", json!([])),
    ] {
        assert_eq!(cleo[field], expected, "{field}");
    }
    assert_eq!(
        (&dora["language"], &dora["ends_on"], &dora["roles"]),
        (&json!("en"), &Value::Null, &json!(["administrator"]))
    );
}

#[tokio::test]
async fn the_second_row_with_one_address_is_refused_whatever_its_spelling() {
    let mut fixture = Fixture::with_customer().await;
    let rows = json!([
        { "name": "Cleo", "email": "cleo@bücher.example" },
        { "name": "Cleopatra", "email": " CLEO@xn--bcher-kva.example" },
        { "name": "Bob", "email": "bob@customer.example" },
        { "name": "Bob", "email": "bob@customer.example" },
        { "name": "Bad", "email": "bad@customer.example", "phone": "x" },
        { "name": "Good", "email": "bad@customer.example" },
    ]);
    let answer = import(&mut fixture, json!({ "rows": rows })).await;
    assert_eq!(outcomes(&answer), ["added", "invalid", "exists", "invalid", "invalid", "invalid"]);
    for row in [1, 3, 5] {
        assert_eq!(answer.body["results"][row]["errors"][0]["field"], "email");
    }
    assert_eq!(fixture.administrator.get(&fixture.people).await.items().len(), 3);
}

#[tokio::test]
async fn unticked_invitations_send_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    let answer = import(&mut fixture, json!({ "send_invitations": false, "rows": full() })).await;
    assert_eq!(outcomes(&answer), ["added"; 16]);
    assert_eq!(fixture.portal.sent_mails().await, before);
    let id = answer.body["results"][0]["professional"].as_str().expect("an id").to_owned();
    assert_eq!(fixture.profile(&id).await["state"], "not_invited");
    assert_eq!(fixture.newest_activity().await["event"]["invited"], false);
}

#[tokio::test]
async fn one_to_sixteen_rows_are_accepted() {
    let mut fixture = Fixture::with_customer().await;
    let before = Table::of(&fixture.portal).await;
    let mut rows = full();
    rows.push(json!({ "name": "One Too Many", "email": "many@customer.example" }));
    for rows in [json!([]), json!(rows)] {
        let answer = import(&mut fixture, json!({ "rows": rows })).await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice()),
            (422, ["rows"].as_slice()),
            "{answer}"
        );
    }
    for rows in [
        json!([{ "name": "Cleo" }]),
        json!([{ "name": "Cleo", "email": "c@customer.example", "admin": "yes" }]),
        json!([[]]),
        json!(["x"]),
    ] {
        let answer = import(&mut fixture, json!({ "rows": rows })).await;
        assert_eq!((answer.status, answer.problem()), (400, "malformed"), "{answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn in_an_empty_account_the_first_who_stays_takes_every_role() {
    let portal = Portal::start().await;
    let rows = json!([
        { "name": "Bad", "email": "bad" },
        { "name": "Temporary", "email": "temporary@customer.example", "ends_on": "2027-01-01" },
        { "name": "Ada", "email": "ada@customer.example" },
        { "name": "Bob", "email": "bob@customer.example", "administrator": "ja" },
    ]);
    let answer = portal
        .operator(
            "ImportProfessionals",
            operator_event(&portal.customer, None, json!({ "rows": rows })),
        )
        .await;
    let id = |row: usize| {
        answer["body"]["results"][row]["professional"].as_str().expect("an id").to_owned()
    };
    let shown =
        portal.operator("ShowAccount", operator_event(&portal.customer, None, Value::Null)).await;
    let mut administrators = [id(2), id(3)];
    administrators.sort_unstable();
    assert_eq!(
        shown["body"]["roles"],
        json!({
            "administrators": administrators, "billing_contact": id(2), "shipping_contact": id(2),
        })
    );
    let again = portal
        .operator(
            "ImportProfessionals",
            operator_event(&portal.customer, None, json!({ "rows": rows })),
        )
        .await;
    let outcomes: Vec<_> = again["body"]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["invalid", "exists", "exists", "exists"]);
}

#[tokio::test]
async fn an_account_cannot_start_with_people_who_all_leave() {
    let portal = Portal::start().await;
    let before = Table::of(&portal).await;
    let rows = json!([
        { "name": "Ada", "email": "ada@customer.example", "ends_on": "2027-01-01" },
        { "name": "Bad", "email": "bad" },
        { "name": "Bob", "email": "bob@customer.example", "ends_on": "2027-01-01" },
    ]);
    for dry_run in [true, false] {
        let event =
            operator_event(&portal.customer, None, json!({ "dry_run": dry_run, "rows": rows }));
        let answer = portal.operator("ImportProfessionals", event).await;
        let field = |row: usize| answer["body"]["results"][row]["errors"][0]["field"].clone();
        assert_eq!([field(0), field(1), field(2)], ["ends_on", "email", "ends_on"], "{answer}");
    }
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn partner_and_staff_import_into_a_customers_account_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (member, name, capacity) in
        [(&mut partner, "Pat Partner", "partner"), (&mut staff, "Stella Staff", "staff")]
    {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        let empty = fixture.portal.create_customer("Empty Customer").await;
        let list = path::people(&empty);
        let answer = member.post(&format!("{list}/import"), json!({ "rows": full() })).await;
        assert_eq!(outcomes(&answer), ["added"; 16]);
        let activity = member.get(&format!("{}/activity", path::account(&empty))).await;
        assert_eq!(
            activity.items()[0]["actor"],
            json!({ "name": name, "as": capacity, "home": home })
        );
        assert_eq!(member.get(&list).await.items().len(), 16);
    }
    assert_eq!(
        fixture.administrator.get(&fixture.people).await.items().len(),
        2,
        "nobody was added to another account"
    );
}

#[tokio::test]
async fn without_permission_to_invite_nobody_imports() {
    let mut fixture = Fixture::with_customer().await;
    let foreign = fixture.portal.create_customer("Another Customer").await;
    let mut carl =
        Person::link(&fixture.portal, &foreign, "Carl Foreign", "carl@foreign.example").await;
    let (path, body) = (format!("{}/import", fixture.people), json!({ "rows": full() }));
    let before = Table::of(&fixture.portal).await;
    for dry_run in [true, false] {
        let mut body = body.clone();
        body["dry_run"] = dry_run.into();
        let cases = [
            (&mut fixture.member.browser, 403, "forbidden"),
            (&mut carl.browser, 404, "not-found"),
        ];
        for (browser, status, problem) in cases {
            let answer = browser.post(&path, body.clone()).await;
            assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
        }
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn rows_beyond_the_fiftieth_administrator_are_refused_one_by_one() {
    let mut fixture = Fixture::with_customer().await;
    fixture.portal.add_crowd(&fixture.portal.customer, 47, true).await;
    let row = |number: usize, administrator: &str| {
        let email = format!("ivy{number}@customer.example");
        json!({ "name": "Ivy Import", "email": email, "administrator": administrator })
    };
    // Ada and the crowd are 48.
    let rows = [row(1, "yes"), row(2, "no"), row(3, "yes"), row(4, "yes"), row(5, "no")];
    let expected = ["added", "added", "added", "invalid", "added"];
    for dry_run in [true, false] {
        let answer = import(&mut fixture, json!({ "dry_run": dry_run, "rows": rows })).await;
        assert_eq!(outcomes(&answer), expected, "{answer}");
        let error = &answer.body["results"][3]["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"], &error["most"]),
            (&json!("administrator"), &json!("too-many-administrators"), &json!(50))
        );
    }
    let roles = fixture.administrator.get(&fixture.account).await.body["roles"].clone();
    assert_eq!(roles["administrators"].as_array().map(Vec::len), Some(50));
}

#[tokio::test]
async fn only_partner_and_staff_add_people_to_a_lapsed_account() {
    let mut fixture = Fixture::with_customer().await;
    let mut partner = fixture.link_partner().await;
    fixture.portal.set_today("2028-01-01");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    partner.browser = fixture.portal.sign_in("Pat Partner", "pat@partner.example").await;
    let before = Table::of(&fixture.portal).await;
    let answer = import(&mut fixture, json!({ "rows": full() })).await;
    assert_eq!((answer.status, answer.problem()), (403, "plan-lapsed"), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
    let answer =
        partner.post(&format!("{}/import", fixture.people), json!({ "rows": full() })).await;
    assert_eq!(outcomes(&answer), ["added"; 16]);
}
