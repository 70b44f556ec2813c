//! The list of an account's people as CSV.

use std::collections::BTreeSet;

use portico::domain::import::RecordKind;
use serde_json::{Value, json};
use tests::{Answer, Browser, Fixture, Portal, operator_event, path};

/// The first character of the first part.
const BYTE_ORDER_MARK: char = '\u{feff}';

fn path(account: &str) -> String {
    format!("{}/export", path::people(account))
}

/// Adds people as an operator, without invitations, in full requests.
async fn add(portal: &Portal, rows: &[Value]) {
    for rows in rows.chunks(16) {
        let event = operator_event(
            &portal.customer,
            None,
            json!({ "rows": rows, "send_invitations": false }),
        );
        let answer = portal.operator("ImportProfessionals", event).await;
        let results = answer["body"]["results"].as_array().unwrap_or_else(|| panic!("{answer}"));
        assert!(results.iter().all(|result| result["outcome"] == "added"), "{answer}");
    }
}

fn text(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer}");
    // An empty part has no body.
    answer.body.as_str().unwrap_or_default().to_owned()
}

/// Returns the path of the next part.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.headers.get("link")?;
    let address = link
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix(">; rel=\"next\""))
        .unwrap_or_else(|| panic!("{link}"));
    Some(address.to_owned())
}

/// Reads every part.
async fn parts(browser: &mut Browser, account: &str) -> Vec<String> {
    let (mut parts, mut at) = (Vec::new(), Some(path(account)));
    while let Some(address) = at {
        let answer = browser.get(&address).await;
        parts.push(text(&answer));
        at = next(&answer);
    }
    parts
}

/// Reads CSV as a program would, with the header as a first row.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
    reader
        .into_records()
        .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

#[tokio::test]
async fn an_administrator_exports_the_whole_list() {
    let mut fixture = Fixture::with_customer().await;
    let person = json!({
        "name": "Cleo", "email": "cleo@customer.example", "title": "Buyer", "phone": "030 123",
        "language": "de-AT", "ends_on": "2027-01-01",
        "send_invitation": false,
    });
    fixture.portal.add_with(&fixture.portal.customer, person).await;
    let answer = fixture.administrator.get(&path(&fixture.portal.customer)).await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"professionals.csv\"");
    assert_eq!(
        (answer.headers["cache-control"].as_str(), answer.headers.get("link")),
        ("no-store", None)
    );
    let text = text(&answer);
    assert!(text.starts_with(BYTE_ORDER_MARK) && text.ends_with("\r\n"));
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "every line ends as the standard asks"
    );
    let shown: Vec<_> = rows(&text)
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|text| {
                    if text.parse::<jiff::Timestamp>().is_ok() { "[time]".to_owned() } else { text }
                })
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    name,email,title,phone,language,ends_on,administrator,billing_contact,shipping_contact,state,invited_at,linked_at,last_sign_in
    Ada Lovelace,ada@customer.example,,,en,,yes,yes,yes,linked,[time],[time],[time]
    Bob Builder,bob@customer.example,,,en,,no,no,no,linked,[time],[time],[time]
    Cleo,cleo@customer.example,Buyer,030 123,de-AT,2027-01-01,no,no,no,not_invited,,,
    ");
}

#[tokio::test]
async fn values_that_would_break_a_file_or_run_as_formulas_are_escaped() {
    let portal = Portal::start().await;
    let hostile = [
        ("Comma, Inc", "comma@customer.example", "Head, of \"Everything\""),
        ("\"Quoted\"", "quoted@customer.example", "a; b"),
        ("=SUM(A1)", "=sum@customer.example", "=1+1"),
        ("+Plus", "+plus@customer.example", "+49"),
        ("-Minus", "-minus@customer.example", "-1"),
        ("'Apostrophe", "'apostrophe@customer.example", "'90s"),
        ("李 小龍", "li@customer.example", "محمد"),
    ];
    let row = |(name, email, title): (&str, &str, &str)| {
        json!({
            "name": name, "email": email, "title": title, "phone": "+49 (30) 1",
        })
    };
    add(&portal, &hostile.map(row)).await;
    let answer = portal
        .operator("ExportProfessionals", operator_event(&portal.customer, None, Value::Null))
        .await;
    assert_eq!((&answer["status"], answer.get("link")), (&json!(200), None));
    let text = answer["body"].as_str().expect("text").to_owned();
    for line in text.lines() {
        for cell in line.split(',') {
            assert!(
                !cell.trim_start_matches([BYTE_ORDER_MARK, '"']).starts_with(['=', '+', '-', '@']),
                "{line}"
            );
        }
    }
    let mut read: Vec<_> = rows(&text)
        .into_iter()
        .skip(1)
        .map(|value| (value[0].clone(), value[1].clone(), value[2].clone(), value[3].clone()))
        .collect();
    let guarded = |text: &str| {
        if text.starts_with(['=', '+', '-']) { format!("'{text}") } else { text.to_owned() }
    };
    let mut expected: Vec<_> = hostile
        .iter()
        .map(|(name, email, title)| {
            (guarded(name), guarded(email), guarded(title), "'+49 (30) 1".to_owned())
        })
        .collect();
    read.sort();
    expected.sort();
    assert_eq!(read, expected);
}

#[tokio::test]
async fn eleven_hundred_people_come_in_three_parts_each_of_them_once_and_in_order() {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().administrator().build().await;
    let people: Vec<_> = (0..1099)
        .map(|number: u32| {
            json!({
                "name": format!("Person {:04}", number * 7 % 1099),
                "email": format!("p{number}@customer.example"),
            })
        })
        .collect();
    add(&portal, &people).await;
    let parts = parts(&mut ada.browser, &portal.customer).await;
    let sizes: Vec<_> = parts.iter().map(|part| rows(part).len()).collect();
    assert_eq!(sizes, [501, 500, 100], "with one header");
    assert_eq!(parts.iter().filter(|part| part.contains(BYTE_ORDER_MARK)).count(), 1);
    // The parts joined are one file.
    let all = rows(&parts.concat());
    assert_eq!(all[0][..2], ["name", "email"]);
    let names: Vec<_> = all[1..].iter().map(|value| value[0].clone()).collect();
    let emails: BTreeSet<_> = all[1..].iter().map(|value| value[1].clone()).collect();
    assert!(names.is_sorted(), "by name");
    assert_eq!((names.len(), emails.len()), (1100, 1100));
}

#[tokio::test]
async fn no_reader_finds_a_formula_whatever_it_takes_for_the_delimiter_and_the_import_restores() {
    let portal = Portal::start().await;
    let hostile = [
        ("A;=1+1", "a@customer.example", "+1;-2"),
        ("＝SUM(A1)", "b@customer.example", "x; \"-SUM(A1)\""),
        ("＠ B", "c@customer.example", "－1"),
    ];
    let row = |(name, email, title): (&str, &str, &str)| {
        let phone = "+49 30 1234";
        json!({ "name": name, "email": email, "title": title, "phone": phone })
    };
    add(&portal, &hostile.map(row)).await;
    let answer = portal
        .operator("ExportProfessionals", operator_event(&portal.customer, None, Value::Null))
        .await;
    let text = answer["body"].as_str().expect("text").trim_start_matches(BYTE_ORDER_MARK);
    for delimiter in [b',', b';', b'\t'] {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        for record in reader.into_records() {
            for cell in &record.expect("a record") {
                let begins = cell.trim_start().chars().next().unwrap_or('a');
                assert!(!"=+-@＝＋－＠".contains(begins), "{cell:?} by {}", char::from(delimiter));
            }
        }
    }
    let exported = rows(text);
    assert!(exported.iter().any(|row| row[3] == "'+49 30 1234"), "the plus sign survives");
    // Sent back as it is, the file changes nothing: the import knows the apostrophes.
    let other = portal.create_customer("Another Customer").await;
    let back: Vec<_> = exported[1..]
        .iter()
        .map(|row| json!({ "name": row[0], "email": row[1], "title": row[2], "phone": row[3] }))
        .collect();
    let event = operator_event(&other, None, json!({ "rows": back, "send_invitations": false }));
    portal.operator("ImportProfessionals", event).await;
    let listed =
        portal.operator("ListProfessionals", operator_event(&other, None, Value::Null)).await;
    let again = |item: &Value| {
        let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
        (text("name"), text("title"), text("phone"))
    };
    let mut people: Vec<_> =
        listed["body"]["items"].as_array().expect("a list").iter().map(again).collect();
    people.sort();
    let mut expected: Vec<_> = hostile
        .iter()
        .map(|(name, _, title)| ((*name).to_owned(), (*title).to_owned(), "+49 30 1234".to_owned()))
        .collect();
    expected.sort();
    assert_eq!(people, expected);
}

#[tokio::test]
async fn a_further_part_says_that_it_has_no_header() {
    let fixture = Fixture::with_customer().await;
    let mut ada = fixture.administrator.browser.clone();
    let first = ada.get(&format!("{}?limit=1", fixture.people)).await;
    let after = first.body["next"].as_str().expect("a second page");
    let answer = ada.get(&format!("{}?after={after}", path(&fixture.portal.customer))).await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8; header=absent");
    assert!(text(&answer).starts_with("Bob Builder,bob@customer.example,"), "{answer}");
}

#[tokio::test]
async fn five_hundred_people_are_one_part_or_an_empty_second() {
    let portal = Portal::start().await;
    let people: Vec<_> = (0..500)
        .map(|number| {
            json!({
                "name": "Some Person", "email": format!("p{number}@customer.example"),
            })
        })
        .collect();
    add(&portal, &people).await;
    let mut staff = portal.linked(Portal::VENDOR, "Stella Staff", "stella@vendor.example").await.1;
    let parts = parts(&mut staff, &portal.customer).await;
    assert_eq!(rows(&parts.concat()).len(), 501, "all of them, and the header once");
}

#[tokio::test]
async fn an_account_without_people_has_a_header() {
    let portal = Portal::start().await;
    let answer = portal
        .operator("ExportProfessionals", operator_event(&portal.customer, None, Value::Null))
        .await;
    assert_eq!(rows(answer["body"].as_str().expect("text")).len(), 1);
}

#[tokio::test]
async fn an_operator_gets_the_path_of_the_next_part() {
    let portal = Portal::start().await;
    let people: Vec<_> = (0..520)
        .map(|number| {
            json!({
                "name": "Some Person", "email": format!("p{number}@customer.example"),
            })
        })
        .collect();
    add(&portal, &people).await;
    let answer = portal
        .operator("ExportProfessionals", operator_event(&portal.customer, None, Value::Null))
        .await;
    let link = answer["link"].as_str().expect("a link");
    let (_, after) =
        link.trim_end_matches(">; rel=\"next\"").split_once("?after=").expect("a place");
    let mut rest = operator_event(&portal.customer, None, Value::Null);
    rest["query"] = json!({ "after": after });
    let answer = portal.operator("ExportProfessionals", rest).await;
    assert_eq!(
        (rows(answer["body"].as_str().expect("text")).len(), answer.get("link")),
        (20, None)
    );
}

#[tokio::test]
async fn partner_and_staff_export_the_same_list() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let path = path(&fixture.portal.customer);
    let expected = text(&fixture.administrator.get(&path).await);
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(text(&browser.get(&path).await), expected);
    }
}

#[tokio::test]
async fn ordinary_professionals_and_strangers_cannot_export() {
    let mut fixture = Fixture::with_customer().await;
    let mut stranger = fixture.stranger().await;
    let path = path(&fixture.portal.customer);
    for (browser, status, problem) in
        [(&mut fixture.member.browser, 403, "forbidden"), (&mut stranger, 404, "not-found")]
    {
        let answer = browser.get(&path).await;
        assert_eq!((answer.status, answer.problem()), (status, problem), "{answer}");
        assert!(!answer.to_string().contains("customer.example"), "{answer}");
    }
}

#[tokio::test]
async fn administrators_of_a_lapsed_account_can_still_export() {
    let fixture = Fixture::with_customer().await;
    fixture.portal.set_today("2028-01-01");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(rows(&text(&ada.get(&path(&fixture.portal.customer)).await)).len(), 3);
}

#[tokio::test]
async fn the_first_columns_can_be_imported_again() {
    let fixture = Fixture::with_customer().await;
    let other = fixture.portal.create_customer("Another Customer").await;
    let mut ada = fixture.administrator.browser.clone();
    let all = rows(&text(&ada.get(&path(&fixture.portal.customer)).await));
    let column = |name: &str| all[0].iter().position(|value| value == name).expect("a column");
    let rows: Vec<_> = all[1..]
        .iter()
        .map(|row| {
            let cells = RecordKind::Professionals
                .columns()
                .map(|known| (known.name.clone(), row[column(&known.name)].as_str().into()));
            let values: serde_json::Map<_, Value> = cells.collect();
            Value::from(values)
        })
        .collect();
    let answer = fixture
        .portal
        .operator("ImportProfessionals", operator_event(&other, None, json!({ "rows": rows })))
        .await;
    let results = answer["body"]["results"].as_array().expect("results");
    assert!(
        results.len() == 2 && results.iter().all(|result| result["outcome"] == "added"),
        "{answer}"
    );
}
