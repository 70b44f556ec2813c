//! Imports into a portal kept in memory, stopped at every row and resumed.

use std::{
    collections::BTreeMap,
    io::{self, Read},
};

use serde_json::{Value, json};

use super::*;
use crate::private_file::PrivateFile;

/// A fake of import-accounts, import-professionals and list-accounts.
#[derive(Default)]
struct Portal {
    accounts: BTreeMap<String, Value>,
    people: BTreeMap<String, Value>,
    /// Number of rows in each call.
    chunks: Vec<usize>,
    /// Number of rows until the import is stopped, possibly in the middle of a call.
    rows_left: Option<usize>,
}

impl Portal {
    fn call(&mut self, function: &str, event: &Value) -> Result<Response> {
        let body = &event["body"];
        if function == "list-accounts" {
            let number = event["query"]["external_id"].as_str().expect("a number");
            let found: Vec<_> = self
                .accounts
                .contains_key(number)
                .then(|| json!({ "account": format!("id of {number}") }))
                .into_iter()
                .collect();
            return Ok(Response { status: 200, body: json!({ "items": found, "next": null }) });
        }
        let rows = body["rows"].as_array().expect("rows");
        self.chunks.push(rows.len());
        let mut results = Vec::new();
        for row in rows {
            match &mut self.rows_left {
                Some(0) => bail!("stopped"),
                Some(left) => *left -= 1,
                None => {}
            }
            results.push(if function == "import-accounts" {
                self.account(body, row)
            } else {
                self.professional(event, row)
            });
        }
        Ok(Response { status: 200, body: json!({ "results": results }) })
    }

    fn account(&mut self, body: &Value, row: &Value) -> Value {
        let [number, name] =
            ["external_id", "name"].map(|field| row[field].as_str().expect("required").to_owned());
        if name.is_empty() {
            return invalid("name", "empty", "must not be empty");
        }
        let contains =
            |list: &Value, value: &Value| list.as_array().is_some_and(|list| list.contains(value));
        let partner = &row["partner"];
        let in_call = body["rows"]
            .as_array()
            .is_some_and(|rows| rows.iter().any(|row| row["external_id"] == *partner));
        let is_stored = self.accounts.contains_key(partner.as_str().unwrap_or_default());
        let is_known = is_stored || in_call || contains(&body["partners"], partner);
        if !partner.is_null() && !is_known {
            return invalid("partner", "no-such-partner", "must exist");
        }
        let outcome = match self.accounts.get(&number) {
            Some(known) if known == row => "unchanged",
            Some(_) => "updated",
            None => "created",
        };
        if body["dry_run"] == false {
            self.accounts.insert(number.clone(), row.clone());
        }
        let kind = if row["kind"] == "Partner" { "partner" } else { "customer" };
        json!({ "outcome": outcome, "account": format!("id of {number}"), "kind": kind })
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
        kind: RecordKind,
        file: impl Into<Vec<u8>>,
        result: &PrivateFile,
    ) -> Result<Progress> {
        let result_file = ResultFile::resume(result.path())?;
        self.run(kind, file, result_file, false)
    }

    fn preview(
        &mut self,
        kind: RecordKind,
        file: impl Into<Vec<u8>>,
        result: &PrivateFile,
    ) -> Result<Progress> {
        let result_file = ResultFile::create(result.path())?;
        self.run(kind, file, result_file, true)
    }

    fn run(
        &mut self,
        kind: RecordKind,
        file: impl Into<Vec<u8>>,
        result_file: ResultFile,
        dry_run: bool,
    ) -> Result<Progress> {
        let options = ImportOptions { dry_run, send_invitations: true };
        let mut call = |function: &str, event: &Value| self.call(function, event);
        let mut ignore = |_: &Progress| {};
        Importer::new(kind, options, result_file, &mut call, &mut ignore)
            .run(io::Cursor::new(file.into()))
    }
}

fn invalid(field: &str, code: &str, reason: &str) -> Value {
    json!({
        "outcome": "invalid",
        "errors": [{ "field": field, "code": code, "reason": reason }],
    })
}

fn accounts(count: usize) -> String {
    let rows = (0..count).map(|number| match number % 10 {
        0 => format!("P-{number},Partner {number},Partner,\n"),
        unit => {
            let partner = number - unit;
            format!("K-{number},\"Customer {number},\nwith two lines\",,P-{partner}\n")
        }
    });
    format!("External ID,Name,Kind,Partner,Shoe size\n{}", rows.collect::<String>())
}

fn people(count: usize) -> String {
    let rows = (0..count).map(|number| {
        let (account, administrator) = (number / 3, if number % 3 == 0 { "ja" } else { "" });
        format!("K-{account};Person {number};p{number}@customer.example;{administrator}\r\n")
    });
    format!("\u{feff}Konto;Name;E-Mail;Administrator\r\n{}", rows.collect::<String>())
}

fn result() -> PrivateFile {
    PrivateFile::write("csv", "").expect("a file")
}

/// Returns the number and outcome of each row in a result file.
fn outcomes(result: &PrivateFile) -> Vec<(u64, String)> {
    let text = result.read().expect("a result");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.expect("a complete line"))
        .map(|record| (record[0].parse().expect("a number"), record[2].to_owned()))
        .collect()
}

#[test]
fn accounts_are_sent_a_hundred_at_a_time() {
    let (mut portal, result) = (Portal::default(), result());
    let progress = portal.import(RecordKind::Accounts, accounts(250), &result).expect("imported");
    assert_eq!(
        (progress.created, progress.invalid, portal.chunks.as_slice()),
        (250, 0, [100, 100, 50].as_slice())
    );
    assert_eq!(progress.ignored_columns, ["Shoe size"]);
    assert_eq!(
        portal.accounts["K-11"],
        json!({ "external_id": "K-11", "name": "Customer 11,\nwith two lines", "partner": "P-10" })
    );
    assert_eq!(outcomes(&result).len(), 250);
}

#[test]
fn an_import_stopped_at_any_row_completes_when_run_again() {
    for rows in 0..=230 {
        let (mut portal, result) =
            (Portal { rows_left: Some(rows), ..Portal::default() }, result());
        let stopped = portal.import(RecordKind::Accounts, accounts(230), &result);
        assert_eq!(stopped.is_err(), rows < 230, "{rows}");
        portal.rows_left = None;
        portal.chunks.clear();
        let progress =
            portal.import(RecordKind::Accounts, accounts(230), &result).expect("imported");
        assert_eq!(portal.accounts.len(), 230, "{rows}");
        // Recorded rows are not sent again. Rows done but not recorded are found unchanged.
        let recorded = if rows < 230 { rows as u64 / 100 * 100 } else { 230 };
        assert_eq!(
            (progress.already_done, progress.unchanged),
            (recorded, rows as u64 - recorded),
            "{rows}"
        );
        assert_eq!(progress.created + progress.unchanged + progress.already_done, 230, "{rows}");
        let numbers: Vec<_> = outcomes(&result).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, (2..232).collect::<Vec<_>>(), "each row is recorded once: {rows}");
    }
}

#[test]
fn a_result_file_cut_off_at_any_byte_is_resumed() {
    let file = "external_id,name\nA,One\nB,\"Two, too\"\nC,\nD,Four\n";
    let (mut portal, result) = (Portal::default(), result());
    portal.import(RecordKind::Accounts, file, &result).expect("imported");
    let whole = std::fs::read(result.path()).expect("a result");
    for length in 0..=whole.len() {
        std::fs::write(result.path(), &whole[..length]).expect("written");
        portal.import(RecordKind::Accounts, file, &result).expect("resumed");
        let mut numbers: Vec<_> = outcomes(&result).into_iter().map(|(number, _)| number).collect();
        // The invalid row is sent again each time.
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers, [2, 3, 4, 5], "cut off after {length} bytes");
    }
}

#[test]
fn fixed_rows_and_changed_rows_are_sent_again() {
    let (mut portal, result) = (Portal::default(), result());
    let first = portal
        .import(RecordKind::Accounts, "external_id,name\nA,One\nB,\nC,Three\n", &result)
        .expect("imported");
    assert_eq!((first.created, first.invalid), (2, 1));
    let second = portal
        .import(RecordKind::Accounts, "external_id,name\nA,Uno\nB,Two\nC,Three\n", &result)
        .expect("imported");
    assert_eq!((second.created, second.updated, second.already_done, second.invalid), (1, 1, 1, 0));
}

#[test]
fn a_duplicate_is_rejected_however_far_apart() {
    let (mut portal, result) = (Portal::default(), result());
    let file = format!("{}P-0,Other,partner,\n", accounts(220));
    let progress = portal.import(RecordKind::Accounts, file, &result).expect("imported");
    assert_eq!(
        (progress.created, progress.invalid, portal.accounts["P-0"]["name"].as_str()),
        (220, 1, Some("Partner 0"))
    );
    assert_eq!(outcomes(&result).iter().filter(|(_, outcome)| outcome == "invalid").count(), 1);
}

#[test]
fn a_dry_run_remembers_planned_partners_and_is_not_resumed() {
    let (mut portal, result) = (Portal::default(), result());
    let mut file = accounts(101);
    // Customers in the second chunk name a partner in the first.
    file.extend((0..50).map(|number| format!("Z-{number},Late {number},,P-0\n")));
    for _ in 0..2 {
        let progress =
            portal.preview(RecordKind::Accounts, file.clone(), &result).expect("previewed");
        assert_eq!((progress.created, progress.invalid, progress.already_done), (151, 0, 0));
        assert!(portal.accounts.is_empty());
        assert_eq!(outcomes(&result).len(), 151);
    }
}

#[test]
fn professionals_are_sent_by_account() {
    let (mut portal, result) = (Portal::default(), result());
    portal
        .import(RecordKind::Accounts, "external_id,name\nK-0,A\nK-1,B\n", &result)
        .expect("imported");
    portal.chunks.clear();
    let own = self::result();
    let progress = portal.import(RecordKind::Professionals, people(9), &own).expect("imported");
    assert_eq!(
        (progress.created, progress.invalid, portal.chunks.as_slice()),
        (6, 3, [3, 3].as_slice()),
        "no account has the external id K-2"
    );
    let first = &portal.people["\"id of K-0\" \"p0@customer.example\""];
    assert_eq!(
        first,
        &json!({ "name": "Person 0", "email": "p0@customer.example", "administrator": "ja" })
    );
    let again = portal.import(RecordKind::Professionals, people(9), &own).expect("imported");
    assert_eq!((again.already_done, again.invalid), (6, 3), "invalid rows are sent again");
}

#[test]
fn professionals_are_added_once_wherever_the_import_stops() {
    for rows in 0..24 {
        let (mut portal, result) = (Portal::default(), result());
        let lines: Vec<_> = (0..24).map(|number| format!("vendor,P,p{number}@a.example")).collect();
        let file = || format!("account,name,email\n{}\n", lines.join("\n"));
        portal.rows_left = Some(rows);
        portal.import(RecordKind::Professionals, file(), &result).expect_err("stopped");
        portal.rows_left = None;
        let progress = portal.import(RecordKind::Professionals, file(), &result).expect("imported");
        assert_eq!((portal.people.len(), progress.invalid), (24, 0), "{rows}");
        assert_eq!(progress.created + progress.unchanged + progress.already_done, 24, "{rows}");
    }
}

#[test]
fn a_wrong_file_is_refused_with_a_reason() {
    let refused = |file: &[u8], expected: &str| {
        let error =
            Portal::default().import(RecordKind::Accounts, file, &result()).expect_err("refused");
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    };
    refused(b"", "no column external_id and no column name");
    refused(b"first;second\n1;2\n", "reads: first, second");
    refused(b"external_id,name\nA,Z\xf6e\n", "UTF-8 at line 2");
    let other = PrivateFile::write("csv", "external_id,name\nA,One\n").expect("a file");
    let error = Portal::default()
        .import(RecordKind::Accounts, "external_id,name\n", &other)
        .expect_err("refused");
    assert!(format!("{error:#}").contains("is not the result of an import"), "{error:#}");
    assert_eq!(other.read().expect("untouched"), "external_id,name\nA,One\n");
}

#[test]
fn formulas_are_quoted_for_spreadsheets() {
    let (mut portal, result) = (Portal::default(), result());
    portal
        .import(RecordKind::Accounts, "external_id,name\n=A1,\n'+49,One\n", &result)
        .expect("imported");
    assert!(result.read().expect("a result").contains("2,'=A1,invalid"));
    assert!(portal.accounts.contains_key("'+49"), "the API removes an export's apostrophe");
}

/// A file generated while it is read, so that only its reader needs memory.
struct GeneratedFile {
    row: usize,
    rows: usize,
    line: io::Cursor<Vec<u8>>,
}

impl Read for GeneratedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.line.read(buffer)?;
        if read > 0 || self.row == self.rows {
            return Ok(read);
        }
        self.row += 1;
        let row = self.row;
        self.line = io::Cursor::new(
            format!(
                "K-{row:08},Customer number {row} of the world Ltd,customer,P-1,Support,\
                 2026-01-01,2027-12-31,Europe/Berlin,office{row}@customer.example,+49 30 {row},\
                 https://customer.example/{row},Planner:10; Ledger\n"
            )
            .into_bytes(),
        );
        self.line.read(buffer)
    }
}

/// To run it, optimized:
/// `cargo test --release -p xtask measure -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn measure_the_reading_of_a_long_file() {
    let memory = || {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let line =
            status.lines().find(|line| line.starts_with("VmHWM")).expect("a peak").to_owned();
        line.split_whitespace().nth(1).and_then(|peak| peak.parse::<u64>().ok()).expect("a number")
    };
    let (result, before, started) = (result(), memory(), std::time::Instant::now());
    let columns = RecordKind::Accounts.record().columns.iter();
    let names: Vec<_> = columns.map(|column| column.name.as_str()).collect();
    let header = format!("{}\n", names.join(",")).into_bytes();
    let rows = 100_000;
    let mut call = |_: &str, event: &Value| {
        let results = vec![
            json!({ "outcome": "created", "account": "01JD5QK3Y4N8T7W2V6X0Z9B1CA" });
            event["body"]["rows"].as_array().expect("rows").len()
        ];
        Ok(Response { status: 200, body: json!({ "results": results }) })
    };
    let result_file = ResultFile::resume(result.path()).expect("a result");
    let options = ImportOptions { dry_run: false, send_invitations: true };
    let mut ignore = |_: &Progress| {};
    let importer =
        Importer::new(RecordKind::Accounts, options, result_file, &mut call, &mut ignore);
    let progress = importer
        .run(GeneratedFile { row: 0, rows, line: io::Cursor::new(header) })
        .expect("imported");
    let (time, after) = (started.elapsed(), memory());
    assert_eq!(progress.created, rows as u64);
    let bytes = progress.position;
    println!(
        "{rows} rows, {bytes} bytes: {time:?}, peak memory {before} kB before and {after} kB after"
    );
    let started = std::time::Instant::now();
    ResultFile::resume(result.path()).expect("a result");
    println!("resuming: {:?}, peak memory {} kB", started.elapsed(), memory());
}
