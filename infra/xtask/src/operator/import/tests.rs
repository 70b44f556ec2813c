//! Imports against a portal that is a map: stopped at every row, and taken up again.

use std::{
    collections::BTreeMap,
    io::{self, Read},
};

use serde_json::{Value, json};

use super::*;
use crate::private_file::PrivateFile;

/// What import-accounts, import-professionals and list-accounts do, as far as it matters here.
#[derive(Default)]
struct Portal {
    accounts: BTreeMap<String, Value>,
    people: BTreeMap<String, Value>,
    /// How many rows were sent in each call.
    parts: Vec<usize>,
    /// How many rows may be done before it is stopped, in the middle of a call if it comes so.
    rows_left: Option<usize>,
}

impl Portal {
    fn ask(&mut self, function: &str, event: &Value) -> Result<Answer, String> {
        let body = &event["body"];
        if function == "list-accounts" {
            let number = event["query"]["external_id"].as_str().expect("a number");
            let found: Vec<_> = self
                .accounts
                .contains_key(number)
                .then(|| json!({ "account": format!("id of {number}") }))
                .into_iter()
                .collect();
            return Ok(Answer { status: 200, body: json!({ "items": found, "next": null }) });
        }
        let rows = body["rows"].as_array().expect("rows");
        self.parts.push(rows.len());
        let mut results = Vec::new();
        for row in rows {
            match &mut self.rows_left {
                Some(0) => return Err("killed".to_owned()),
                Some(left) => *left -= 1,
                None => {}
            }
            results.push(if function == "import-accounts" {
                self.account(body, row)
            } else {
                self.professional(event, row)
            });
        }
        Ok(Answer { status: 200, body: json!({ "results": results }) })
    }

    fn account(&mut self, body: &Value, row: &Value) -> Value {
        let [number, name] =
            ["external_id", "name"].map(|it| row[it].as_str().expect("always there").to_owned());
        if name.is_empty() {
            return json!({ "outcome": "invalid", "errors": [{ "field": "name", "code": "empty", "reason": "must not be empty" }] });
        }
        let said = |all: &Value, it: &Value| all.as_array().is_some_and(|all| all.contains(it));
        let beside = |it: &Value| {
            body["rows"]
                .as_array()
                .is_some_and(|rows| rows.iter().any(|row| row["external_id"] == *it))
        };
        let stored = |it: &Value| self.accounts.contains_key(it.as_str().unwrap_or_default());
        let is_there = |it: &Value| stored(it) || beside(it) || said(&body["partners"], it);
        if !row["partner"].is_null() && !is_there(&row["partner"]) {
            return json!({ "outcome": "invalid", "errors": [{ "field": "partner", "code": "no-such-partner", "reason": "must be there" }] });
        }
        let outcome = match self.accounts.get(&number) {
            Some(known) if known == row => "unchanged",
            Some(_) => "updated",
            None => "created",
        };
        if body["dry_run"] == false {
            self.accounts.insert(number.clone(), row.clone());
        }
        json!({ "outcome": outcome, "account": format!("id of {number}") })
    }

    fn professional(&mut self, event: &Value, row: &Value) -> Value {
        let key = format!("{} {}", event["path"]["account"], row["email"]);
        if let Some(known) = self.people.get(&key) {
            return json!({ "outcome": "exists", "professional": key, "name": known["name"] });
        }
        if event["body"]["dry_run"] == false {
            self.people.insert(key.clone(), row.clone());
        }
        json!({ "outcome": "added", "professional": key })
    }

    fn import(
        &mut self,
        what: Target,
        file: impl Read + 'static,
        result: &Path,
        dry_run: bool,
    ) -> Result<Progress, String> {
        let journal = if dry_run { Journal::anew(result)? } else { Journal::take_up(result)? };
        let mut ask = |function: &str, event: &Value| self.ask(function, event);
        Engine::new(
            what,
            Wishes { dry_run, send_invitations: true },
            journal,
            &mut ask,
            &mut |_| {},
        )
        .run(file)
    }
}

fn accounts(count: usize) -> String {
    let rows = (0..count).map(|it| match it % 10 {
        0 => format!("P-{it},Partner {it},partner,\n"),
        _ => format!("K-{it},\"Customer {it},\nwith two lines\",,P-{}\n", it - it % 10),
    });
    format!("External ID,Name,Kind,Partner,Shoe size\n{}", rows.collect::<String>())
}

fn people(count: usize) -> String {
    let rows = (0..count).map(|it| {
        format!(
            "K-{};Person {it};p{it}@customer.example;{}\r\n",
            it / 3,
            if it % 3 == 0 { "ja" } else { "" }
        )
    });
    format!("\u{feff}Konto;Name;E-Mail;Administrator\r\n{}", rows.collect::<String>())
}

fn result() -> PrivateFile {
    PrivateFile::write("csv", "").expect("a file")
}

/// Lists what a result file says of each row, by number.
fn noted(result: &PrivateFile) -> Vec<(u64, String)> {
    let text = result.read().expect("a result");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|it| it.expect("a whole line"))
        .map(|it| (it[0].parse().expect("a number"), it[2].to_owned()))
        .collect()
}

#[test]
fn accounts_are_sent_a_hundred_at_a_time() {
    let (mut portal, result) = (Portal::default(), result());
    let progress = portal
        .import(Target::Accounts, io::Cursor::new(accounts(250)), result.path(), false)
        .expect("imported");
    assert_eq!(
        (progress.made, progress.invalid, portal.parts.as_slice()),
        (250, 0, [100, 100, 50].as_slice())
    );
    assert_eq!(progress.ignored, ["Shoe size"]);
    assert_eq!(
        portal.accounts["K-11"],
        json!({ "external_id": "K-11", "name": "Customer 11,\nwith two lines", "partner": "P-10" })
    );
    assert_eq!(noted(&result).len(), 250);
}

#[test]
fn killed_at_any_row_it_is_finished_by_running_it_again() {
    for rows in 0..=230 {
        let (mut portal, result) =
            (Portal { rows_left: Some(rows), ..Portal::default() }, result());
        let stopped =
            portal.import(Target::Accounts, io::Cursor::new(accounts(230)), result.path(), false);
        assert_eq!(stopped.is_err(), rows < 230, "{rows}");
        portal.rows_left = None;
        portal.parts.clear();
        let progress = portal
            .import(Target::Accounts, io::Cursor::new(accounts(230)), result.path(), false)
            .expect("imported");
        assert_eq!(portal.accounts.len(), 230, "{rows}");
        // What was noted is not sent again; what was done and not noted is found unchanged.
        let noted_before = if rows < 230 { rows as u64 / 100 * 100 } else { 230 };
        assert_eq!(
            (progress.earlier, progress.unchanged),
            (noted_before, rows as u64 - noted_before),
            "{rows}"
        );
        assert_eq!(progress.made + progress.unchanged + progress.earlier, 230, "{rows}");
        let numbers: Vec<_> = noted(&result).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, (2..232).collect::<Vec<_>>(), "each row is noted once: {rows}");
    }
}

#[test]
fn a_result_that_was_cut_off_at_any_byte_is_taken_up() {
    let file = "external_id,name\nA,One\nB,\"Two, too\"\nC,\nD,Four\n";
    let (mut portal, result) = (Portal::default(), result());
    portal.import(Target::Accounts, io::Cursor::new(file), result.path(), false).expect("imported");
    let whole = std::fs::read(result.path()).expect("a result");
    for length in 0..=whole.len() {
        std::fs::write(result.path(), &whole[..length]).expect("written");
        portal
            .import(Target::Accounts, io::Cursor::new(file), result.path(), false)
            .expect("taken up");
        let mut numbers: Vec<_> = noted(&result).into_iter().map(|(number, _)| number).collect();
        // The faulty row is tried again each time.
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers, [2, 3, 4, 5], "cut off after {length} bytes");
    }
}

#[test]
fn a_row_that_was_mended_is_sent_again_and_one_that_was_changed_too() {
    let (mut portal, result) = (Portal::default(), result());
    let first = portal
        .import(
            Target::Accounts,
            io::Cursor::new("external_id,name\nA,One\nB,\nC,Three\n"),
            result.path(),
            false,
        )
        .expect("imported");
    assert_eq!((first.made, first.invalid), (2, 1));
    let second = portal
        .import(
            Target::Accounts,
            io::Cursor::new("external_id,name\nA,Uno\nB,Two\nC,Three\n"),
            result.path(),
            false,
        )
        .expect("imported");
    assert_eq!((second.made, second.changed, second.earlier, second.invalid), (1, 1, 1, 0));
}

#[test]
fn a_number_that_stands_twice_is_taken_once_however_far_apart() {
    let (mut portal, result) = (Portal::default(), result());
    let file = format!("{}P-0,Other,partner,\n", accounts(220));
    let progress = portal
        .import(Target::Accounts, io::Cursor::new(file), result.path(), false)
        .expect("imported");
    assert_eq!(
        (progress.made, progress.invalid, portal.accounts["P-0"]["name"].as_str()),
        (220, 1, Some("Partner 0"))
    );
    assert_eq!(noted(&result).iter().filter(|(_, outcome)| outcome == "invalid").count(), 1);
}

#[test]
fn a_trial_knows_the_partners_it_would_have_created_and_is_nothing_to_take_up() {
    let (mut portal, result) = (Portal::default(), result());
    let mut file = accounts(101);
    // The customers of the second part name a partner of the first.
    file.extend((0..50).map(|it| format!("Z-{it},Late {it},,P-0\n")));
    for _ in 0..2 {
        let progress = portal
            .import(Target::Accounts, io::Cursor::new(file.clone()), result.path(), true)
            .expect("tried");
        assert_eq!((progress.made, progress.invalid, progress.earlier), (151, 0, 0));
        assert!(portal.accounts.is_empty());
        assert_eq!(noted(&result).len(), 151);
    }
}

#[test]
fn professionals_are_sent_by_account_whose_number_is_looked_up_once() {
    let (mut portal, result) = (Portal::default(), result());
    portal
        .import(
            Target::Accounts,
            io::Cursor::new("external_id,name\nK-0,A\nK-1,B\n"),
            result.path(),
            false,
        )
        .expect("imported");
    portal.parts.clear();
    let own = self::result();
    let progress = portal
        .import(Target::Professionals, io::Cursor::new(people(9)), own.path(), false)
        .expect("imported");
    assert_eq!(
        (progress.made, progress.invalid, portal.parts.as_slice()),
        (6, 3, [3, 3].as_slice()),
        "nobody has the number K-2"
    );
    let first = &portal.people["\"id of K-0\" \"p0@customer.example\""];
    assert_eq!(
        first,
        &json!({ "name": "Person 0", "email": "p0@customer.example", "administrator": true })
    );
    let again = portal
        .import(Target::Professionals, io::Cursor::new(people(9)), own.path(), false)
        .expect("imported");
    assert_eq!((again.earlier, again.invalid), (6, 3), "what was faulty is tried again");
}

#[test]
fn professionals_killed_at_any_row_are_each_added_once() {
    for rows in 0..24 {
        let (mut portal, result) = (Portal::default(), result());
        let lines: Vec<_> = (0..24).map(|it| format!("vendor,P,p{it}@a.example")).collect();
        let file = || io::Cursor::new(format!("account,name,email\n{}\n", lines.join("\n")));
        portal.rows_left = Some(rows);
        portal.import(Target::Professionals, file(), result.path(), false).expect_err("killed");
        portal.rows_left = None;
        let progress =
            portal.import(Target::Professionals, file(), result.path(), false).expect("imported");
        assert_eq!((portal.people.len(), progress.invalid), (24, 0), "{rows}");
        assert_eq!(progress.made + progress.unchanged + progress.earlier, 24, "{rows}");
    }
}

#[test]
fn what_is_no_file_of_them_is_refused_with_a_reason() {
    let refused = |file: &[u8], part: &str| {
        let error = Portal::default()
            .import(Target::Accounts, io::Cursor::new(file.to_owned()), result().path(), false)
            .expect_err("refused");
        assert!(error.contains(part), "{error}");
    };
    refused(b"", "no column external_id and no column name");
    refused(b"first;second\n1;2\n", "reads: first, second");
    refused(b"external_id,name\nA,Z\xf6e\n", "UTF-8 at line 2");
    let other = PrivateFile::write("csv", "external_id,name\nA,One\n").expect("a file");
    let error = Portal::default()
        .import(Target::Accounts, io::Cursor::new("external_id,name\n"), other.path(), false)
        .expect_err("refused");
    assert!(error.contains("is no result of an import"), "{error}");
    assert_eq!(other.read().expect("untouched"), "external_id,name\nA,One\n");
}

#[test]
fn formulas_are_told_to_spreadsheets_as_text() {
    let (mut portal, result) = (Portal::default(), result());
    portal
        .import(
            Target::Accounts,
            io::Cursor::new("external_id,name\n=A1,\n'+49,One\n"),
            result.path(),
            false,
        )
        .expect("imported");
    assert!(result.read().expect("a result").contains("2,'=A1,invalid"));
    assert!(portal.accounts.contains_key("+49"), "an export's apostrophe is taken off");
}

/// Makes a file as it is read, so that only what reads it takes memory.
struct Endless {
    row: usize,
    rows: usize,
    line: io::Cursor<Vec<u8>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.line.read(buffer)?;
        if read > 0 || self.row == self.rows {
            return Ok(read);
        }
        self.row += 1;
        let row = self.row;
        self.line = io::Cursor::new(format!("K-{row:08},Customer number {row} of the world Ltd,customer,P-1,Support,2026-01-01,2027-12-31,Europe/Berlin,office{row}@customer.example,+49 30 {row},https://customer.example/{row},Planner:10; Ledger\n").into_bytes());
        self.line.read(buffer)
    }
}

/// Run by hand, alone and optimised: `cargo test --release -p xtask measure -- --ignored --nocapture`.
#[test]
#[ignore = "it measures, and says what it has measured"]
fn measure_the_reading_of_a_long_file() {
    let memory = || {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let line = status.lines().find(|it| it.starts_with("VmHWM")).expect("a peak").to_owned();
        line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).expect("a number")
    };
    let (result, before, began) = (result(), memory(), std::time::Instant::now());
    let header = b"external_id,name,kind,partner,plan,starts_on,ends_on,time_zone,email,phone,website,licences\n".to_vec();
    let rows = 100_000;
    let mut ask = |_: &str, event: &Value| {
        let results = vec![
            json!({ "outcome": "created", "account": "01JD5QK3Y4N8T7W2V6X0Z9B1CA" });
            event["body"]["rows"].as_array().expect("rows").len()
        ];
        Ok(Answer { status: 200, body: json!({ "results": results }) })
    };
    let journal = Journal::take_up(result.path()).expect("a result");
    let mut silent = |_: &_| {};
    let engine = Engine::new(
        Target::Accounts,
        Wishes { dry_run: false, send_invitations: true },
        journal,
        &mut ask,
        &mut silent,
    );
    let progress =
        engine.run(Endless { row: 0, rows, line: io::Cursor::new(header) }).expect("imported");
    let (time, after) = (began.elapsed(), memory());
    assert_eq!(progress.made, rows as u64);
    say(&format!(
        "{rows} rows, {} bytes: {time:?}, peak memory {before} kB before and {after} kB after",
        progress.position
    ));
    let began = std::time::Instant::now();
    let journal = Journal::take_up(result.path()).expect("a result");
    say(&format!("taking the result up: {:?}, peak memory {} kB", began.elapsed(), memory()));
    drop(journal);
}
