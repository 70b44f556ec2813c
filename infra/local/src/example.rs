//! The example to start with, from two files as import-accounts and import-professionals take them:
//! a vendor, its partners and their customers.
//!
//! They may say four things more: an account may be the vendor's, a date may count from today
//! (`+90d`), people may be `billing_contact` and `shipping_contact`, as in an export, and the
//! vendor's may have `staff_permissions` (`people; plans`).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{ToSpan as _, civil::Date};
use portico::domain::import::{CellType, RecordKind, parse_yes_no};
use serde_json::{Map, Value, json};

use crate::functions::{Functions, InvocationError};

const CONTACTS: [&str; 2] = ["billing_contact", "shipping_contact"];
const STAFF: &str = "staff_permissions";
const ROLES: [&str; 3] = ["administrator", CONTACTS[0], CONTACTS[1]];

/// What the two files say.
#[derive(Clone, Debug)]
pub struct Example {
    accounts: Vec<Record>,
    professionals: Vec<Record>,
}

/// A row: its cells by the API's names of their columns, and by the file's where the API has none.
type Record = BTreeMap<String, String>;

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The e-mail on record, by which the local sign-in knows people too.
    pub email: String,
    /// Each account with the person's roles: `Birch Bakery: administrator, billing contact`, or
    /// permissions as staff.
    pub places: Vec<String>,
}

/// Why an example cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// A file cannot be read, or a line of it.
    #[error("{}: {cause}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: csv::Error,
    },
    /// A file lacks a column.
    #[error("{}: there is no column {column}", .file.display())]
    NoColumn {
        /// The file.
        file: PathBuf,
        /// The column's name.
        column: &'static str,
    },
    /// A line names an account that no line above has.
    #[error("{}: there is no account {account:?} above {what}", .file.display())]
    NoAccount {
        /// The file.
        file: PathBuf,
        /// The account's number.
        account: String,
        /// The customer or person that belongs to it.
        what: String,
    },
    /// Portico refuses what a line asks for.
    #[error("the example's {what} was refused: {answer}")]
    Refused {
        /// The account or person.
        what: String,
        /// The function's answer.
        answer: String,
    },
    /// A function failed.
    #[error(transparent)]
    Invocation(#[from] InvocationError),
}

impl Example {
    /// Reads the two files of a folder.
    pub fn read(folder: &Path) -> Result<Self, ExampleError> {
        let (accounts_file, professionals_file) =
            (folder.join("accounts.csv"), folder.join("professionals.csv"));
        let accounts = read(&accounts_file, RecordKind::Accounts)?;
        let professionals = read(&professionals_file, RecordKind::Professionals)?;
        for (index, account) in accounts.iter().enumerate() {
            let partner = text(account, "partner");
            if !partner.is_empty() && find_account(&accounts[..index], partner).is_none() {
                return Err(no_account(accounts_file, partner, account));
            }
        }
        for professional in &professionals {
            let account = text(professional, "account");
            if find_account(&accounts, account).is_none() {
                return Err(no_account(professionals_file, account, professional));
            }
        }
        Ok(Self { accounts, professionals })
    }

    /// Returns everybody, each once, in the order of the file.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::new();
        for professional in &self.professionals {
            let account = find_account(&self.accounts, text(professional, "account"));
            let account = account.map_or("", |account| text(account, "name"));
            let mut roles: Vec<_> = ROLES
                .into_iter()
                .filter(|role| holds(professional, role))
                .map(|role| role.replace('_', " "))
                .collect();
            if holds_text(professional, STAFF) {
                roles.push(format!("permissions {}", permissions(professional).join(", ")));
            }
            let place = if roles.is_empty() {
                account.to_owned()
            } else {
                format!("{account}: {}", roles.join(", "))
            };
            let email = text(professional, "email");
            if let Some(person) = people.iter_mut().find(|person| person.email == email) {
                person.places.push(place);
            } else {
                people.push(Person {
                    name: text(professional, "name").to_owned(),
                    email: email.to_owned(),
                    places: vec![place],
                });
            }
        }
        people
    }

    /// Creates the accounts, invites the people and gives the roles, as an operator would.
    ///
    /// The files can be imported again after an import that stopped.
    pub async fn import(&self, functions: &Functions, today: Date) -> Result<(), ExampleError> {
        let mut ids = BTreeMap::new();
        let (vendors, others): (Vec<_>, Vec<_>) =
            self.accounts.iter().partition(|account| text(account, "kind") == "vendor");
        for vendor in vendors {
            let event = json!({ "body": vendor_body(vendor) });
            let answer = functions.invoke("create-account", event).await?;
            ids.insert(text(vendor, "external_id"), created_account(vendor, &answer)?);
        }
        for rows in others.chunks(RecordKind::Accounts.rows_per_request()) {
            let body = json!({ "rows": cells(RecordKind::Accounts, rows, today) });
            let answer = functions.invoke("import-accounts", json!({ "body": body })).await?;
            let numbers = rows.iter().map(|row| text(row, "external_id"));
            ids.extend(numbers.zip(imported(rows, &answer, "account")?));
        }
        for (number, account) in &ids {
            let people: Vec<_> = self
                .professionals
                .iter()
                .filter(|professional| text(professional, "account") == *number)
                .collect();
            import_people(functions, account, &people, today).await?;
        }
        Ok(())
    }
}

/// Imports the people of one account, and gives the roles if the file names both contacts.
async fn import_people(
    functions: &Functions,
    account: &str,
    people: &[&Record],
    today: Date,
) -> Result<(), ExampleError> {
    let mut ids = Vec::new();
    for rows in people.chunks(RecordKind::Professionals.rows_per_request()) {
        let body = json!({ "rows": cells(RecordKind::Professionals, rows, today) });
        let event = json!({ "path": { "account": account }, "body": body });
        let answer = functions.invoke("import-professionals", event).await?;
        ids.extend(imported(rows, &answer, "professional")?);
    }
    let holders = |role: &str| -> Vec<_> {
        people
            .iter()
            .zip(&ids)
            .filter(|(person, _)| holds(person, role))
            .map(|(_, id)| id)
            .collect()
    };
    let [administrators, billing, shipping] = ROLES.map(holders);
    // Without a word of roles the first person holds them all.
    let ([_, ..], [billing], [shipping]) = (&administrators[..], &billing[..], &shipping[..])
    else {
        return Ok(());
    };
    let mut body = json!({
        "administrators": administrators, "billing_contact": billing, "shipping_contact": shipping,
    });
    let staff = people.iter().zip(&ids).filter(|(person, _)| holds_text(person, STAFF));
    let staff: Map<_, _> =
        staff.map(|(person, id)| (id.clone(), permissions(person).into())).collect();
    if !staff.is_empty() {
        body[STAFF] = staff.into();
    }
    let event = json!({ "path": { "account": account }, "body": body });
    let answer = functions.invoke("assign-roles", event).await?;
    if answer["status"] == 200 { Ok(()) } else { Err(refused("roles", &answer)) }
}

fn read(file: &Path, kind: RecordKind) -> Result<Vec<Record>, ExampleError> {
    let failed = |cause| ExampleError::File { file: file.to_owned(), cause };
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(failed)?;
    let header = reader.headers().map_err(failed)?.clone();
    let names: Vec<_> = header
        .iter()
        .map(|cell| kind.find_column(cell).map_or(cell, |column| &column.name).to_owned())
        .collect();
    let mut required = kind.all_columns().iter().filter(|column| column.required);
    if let Some(column) = required.find(|column| !names.contains(&column.name)) {
        return Err(ExampleError::NoColumn { file: file.to_owned(), column: &column.name });
    }
    let record = |row: Result<csv::StringRecord, _>| {
        let row = row.map_err(failed)?;
        Ok(names.iter().cloned().zip(row.iter().map(str::to_owned)).collect())
    };
    reader.records().map(record).collect()
}

/// Returns the cells that the API takes.
fn cells(kind: RecordKind, rows: &[&Record], today: Date) -> Vec<Value> {
    let row = |row: &&Record| {
        let cells = kind.columns().filter_map(|column| {
            let cell = row.get(&column.name)?;
            let day = (column.cell_type == CellType::Date).then(|| day_from_today(cell, today));
            let cell = day.flatten().map_or_else(|| cell.clone(), |day| day.to_string());
            Some((column.name.clone(), cell.into()))
        });
        Value::Object(cells.collect::<Map<_, _>>())
    };
    rows.iter().map(row).collect()
}

/// Parses a day that counts from today, so that the example's plans never age: `+90d`, `-30d`.
fn day_from_today(cell: &str, today: Date) -> Option<Date> {
    let days = cell.strip_suffix('d').filter(|days| days.starts_with(['+', '-']))?;
    let days: i32 = days.parse().ok()?;
    (days.abs() <= 36_525).then(|| today.saturating_add(days.days()))
}

/// Returns the ids of imported rows.
fn imported(rows: &[&Record], answer: &Value, id: &str) -> Result<Vec<String>, ExampleError> {
    let id = |(index, row): (usize, &&Record)| {
        let result = &answer["body"]["results"][index];
        let refusal = || refused(text(row, "name"), if result.is_null() { answer } else { result });
        result[id].as_str().map(str::to_owned).ok_or_else(refusal)
    };
    rows.iter().enumerate().map(id).collect()
}

fn vendor_body(vendor: &Record) -> Value {
    let contact = ["email", "phone", "website"].into_iter().filter(|name| holds_text(vendor, name));
    let contact: Map<_, _> =
        contact.map(|name| (name.to_owned(), text(vendor, name).into())).collect();
    json!({
        "name": text(vendor, "name"), "kind": "vendor",
        "external_id": text(vendor, "external_id"), "contact": contact,
    })
}

/// Returns the id of the account, which a refusal as a duplicate names too.
fn created_account(account: &Record, answer: &Value) -> Result<String, ExampleError> {
    let id = answer["body"]["account"].as_str();
    match (answer["status"].as_u64(), id) {
        (Some(201 | 409), Some(id)) => Ok(id.to_owned()),
        _ => Err(refused(text(account, "name"), answer)),
    }
}

fn text<'a>(record: &'a Record, column: &str) -> &'a str {
    record.get(column).map_or("", String::as_str)
}

fn holds_text(record: &Record, column: &str) -> bool {
    !text(record, column).is_empty()
}

fn holds(professional: &Record, role: &str) -> bool {
    parse_yes_no(text(professional, role)) == Ok(true)
}

fn permissions(professional: &Record) -> Vec<&str> {
    text(professional, STAFF).split(';').map(str::trim).collect()
}

fn find_account<'a>(accounts: &'a [Record], number: &str) -> Option<&'a Record> {
    accounts.iter().find(|account| text(account, "external_id") == number)
}

fn no_account(file: PathBuf, account: &str, row: &Record) -> ExampleError {
    ExampleError::NoAccount {
        file,
        account: account.to_owned(),
        what: text(row, "name").to_owned(),
    }
}

fn refused(what: &str, answer: &Value) -> ExampleError {
    ExampleError::Refused { what: what.to_owned(), answer: answer.to_string() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico::domain::import::Row;

    use super::*;

    fn bundled() -> Example {
        Example::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/example")))
            .expect("an example")
    }

    #[test]
    fn the_bundled_example_is_sound() {
        let Example { accounts, professionals } = bundled();
        assert_eq!(accounts.iter().filter(|account| text(account, "kind") == "vendor").count(), 1);
        for account in &accounts {
            let number = text(account, "external_id");
            assert!(
                professionals.iter().any(|person| text(person, "account") == number),
                "nobody in {number}"
            );
        }
        assert!(bundled().people().iter().any(|person| person.places.len() > 1));
    }

    #[test]
    fn the_bundled_example_is_what_the_api_takes() {
        let Example { accounts, professionals } = bundled();
        let today = date(2027, 1, 31);
        let row = |kind, record: &Record| {
            let cells = cells(kind, &[record], today).remove(0);
            let cells = cells.as_object().expect("a row").clone().into_iter();
            let cells = cells.map(|(name, cell)| (name, cell.as_str().map(str::to_owned)));
            Row::new(kind, cells).expect("a row")
        };
        let cedar = row(RecordKind::Accounts, &accounts[2]);
        assert_eq!(cedar.text("name"), "Cedar Foods");
        assert_eq!(cedar.get("starts_on"), Some("2026-10-03"));
        assert_eq!(cedar.get("licences"), Some("Planner:40; Ledger:12; Quality Desk"));
        for professional in &professionals {
            let person = row(RecordKind::Professionals, professional);
            assert_eq!(person.text("email"), text(professional, "email"));
            for role in ROLES {
                assert!(parse_yes_no(text(professional, role)).is_ok(), "{professional:?}");
            }
        }
    }

    #[test]
    fn a_day_may_count_from_today() {
        let day = |text| day_from_today(text, date(2027, 1, 31));
        assert_eq!(day("+1d"), Some(date(2027, 2, 1)));
        assert_eq!(day("-31d"), Some(date(2026, 12, 31)));
        assert_eq!(day("+0d"), Some(date(2027, 1, 31)));
        for text in ["", "90d", "+90", "+d", "31.1.2027", "2027-02-28", "+99999999d"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_not_as_expected_is_named() {
        let folder = folder();
        let error = |accounts: &str, professionals: &str| {
            std::fs::write(folder.join("accounts.csv"), accounts).expect("written");
            std::fs::write(folder.join("professionals.csv"), professionals).expect("written");
            Example::read(&folder).expect_err("refused").to_string()
        };
        let people = "Konto,Name,E-Mail\nk-1,Ana,ana@cedar.example\n";
        assert!(error("Firma\nCedar\n", people).ends_with("there is no column external_id"));
        let late = "Nummer,Firma,Partner\nk-1,Cedar,p-1\np-1,Brightwater,\n";
        assert!(error(late, people).ends_with("there is no account \"p-1\" above Cedar"));
        let other = "Nummer,Firma\nk-2,Cedar\n";
        assert!(error(other, people).ends_with("there is no account \"k-1\" above Ana"));
        std::fs::remove_dir_all(folder).expect("removed");
    }

    fn folder() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("portico-example-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    #[test]
    fn a_duplicate_counts_as_there() {
        let account = Record::from([("name".to_owned(), "Birch".to_owned())]);
        let taken = json!({ "status": 409, "body": { "account": "1" } });
        assert_eq!(created_account(&account, &taken).expect("accepted"), "1");
        assert!(created_account(&account, &json!({ "status": 422, "body": {} })).is_err());
    }
}
