//! The example: a vendor, its partners and customers, in two files that a person can edit.
//!
//! `accounts.csv` has `name,kind,partner,plan,starts_on,ends_on` and, where wanted, `email,phone,website,licences`.
//! `professionals.csv` has `account,name,email,roles`. A partner stands above its customers.

mod day;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::functions::{Functions, InvocationError};
use day::Day;

/// What the two files say.
#[derive(Clone, Debug)]
pub struct Example {
    accounts: Vec<Account>,
    professionals: Vec<Professional>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The e-mail on record, by which the local sign-in knows people too.
    pub email: String,
    /// Each account with the person's roles: `Birch Bakery: administrator, billing contact`.
    pub places: Vec<String>,
}

/// Why an example cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// A file cannot be read, or a line of it.
    #[error("{}: {cause}", .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: csv::Error,
    },
    /// A line names an account that no line above has.
    #[error("{}: there is no account {account:?} above {what}", .file.display())]
    NoAccount {
        /// Where.
        file: PathBuf,
        /// Which.
        account: String,
        /// Whose account it would be.
        what: String,
    },
    /// Portico refuses what a line asks for.
    #[error("the example's {what} was refused: {answer}")]
    Refused {
        /// Whom or what.
        what: String,
        /// The function's answer.
        answer: String,
    },
    /// A function failed.
    #[error(transparent)]
    Invocation(#[from] InvocationError),
}

#[derive(Clone, Debug, Deserialize)]
struct Account {
    name: String,
    kind: String,
    partner: Option<String>,
    plan: Option<String>,
    starts_on: Option<Day>,
    ends_on: Option<Day>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    website: Option<String>,
    /// Products, each with its quantity where it has one, separated by semicolons: `Planner 10; Ledger`.
    #[serde(default)]
    licences: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Professional {
    account: String,
    name: String,
    email: String,
    /// `administrator`, `billing_contact`, `shipping_contact`, separated by semicolons.
    roles: String,
}

impl Example {
    /// Reads the two files of a folder.
    pub fn read(folder: &Path) -> Result<Self, ExampleError> {
        let (accounts_file, professionals_file) =
            (folder.join("accounts.csv"), folder.join("professionals.csv"));
        let accounts: Vec<Account> = read(&accounts_file)?;
        let professionals: Vec<Professional> = read(&professionals_file)?;
        let mut known = BTreeSet::new();
        for account in &accounts {
            if let Some(partner) = account.partner.as_ref().filter(|it| !known.contains(*it)) {
                return Err(ExampleError::NoAccount {
                    file: accounts_file,
                    account: partner.clone(),
                    what: account.name.clone(),
                });
            }
            known.insert(account.name.clone());
        }
        match professionals.iter().find(|it| !known.contains(&it.account)) {
            Some(lost) => {
                let (account, what) = (lost.account.clone(), lost.name.clone());
                Err(ExampleError::NoAccount { file: professionals_file, account, what })
            }
            None => Ok(Self { accounts, professionals }),
        }
    }

    /// Returns everybody, each once, in the order of the file.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::new();
        for professional in &self.professionals {
            let roles: Vec<_> = professional.roles().map(|it| it.replace('_', " ")).collect();
            let place = if roles.is_empty() {
                professional.account.clone()
            } else {
                format!("{}: {}", professional.account, roles.join(", "))
            };
            if let Some(person) = people.iter_mut().find(|it| it.email == professional.email) {
                person.places.push(place);
            } else {
                people.push(Person {
                    name: professional.name.clone(),
                    email: professional.email.clone(),
                    places: vec![place],
                });
            }
        }
        people
    }

    /// Creates the accounts, invites the people and gives the roles, as an operator would.
    ///
    /// What is there already stays, so that an import that was cut off can be run again.
    pub async fn import(&self, functions: &Functions, today: Date) -> Result<(), ExampleError> {
        let mut accounts = BTreeMap::new();
        for account in &self.accounts {
            let answer = functions
                .invoke("create-account", json!({ "body": account.body(&accounts, today) }))
                .await?;
            accounts.insert(account.name.as_str(), accept(&answer, "account", &account.name)?);
        }
        for (name, account) in &accounts {
            let mut ids = BTreeMap::new();
            let professionals: Vec<_> =
                self.professionals.iter().filter(|it| it.account == *name).collect();
            for professional in &professionals {
                let body = json!({ "name": professional.name, "email": professional.email });
                let event = json!({ "path": { "account": account }, "body": body });
                let answer = functions.invoke("invite", event).await?;
                ids.insert(
                    professional.email.as_str(),
                    accept(&answer, "professional", &professional.name)?,
                );
            }
            let holders = |role: &str| -> Vec<_> {
                let holders = professionals.iter().filter(|it| it.roles().any(|its| its == role));
                holders.filter_map(|it| ids.get(it.email.as_str())).collect()
            };
            let (administrators, billing, shipping) =
                (holders("administrator"), holders("billing_contact"), holders("shipping_contact"));
            // Without anything said the first professional holds every role (requirement 9).
            if let ([_, ..], [billing], [shipping]) =
                (&administrators[..], &billing[..], &shipping[..])
            {
                let body = json!({ "administrators": administrators, "billing_contact": billing, "shipping_contact": shipping });
                let event = json!({ "path": { "account": account }, "body": body });
                accept(&functions.invoke("assign-roles", event).await?, "account", name)?;
            }
        }
        Ok(())
    }
}

impl Account {
    fn body(&self, accounts: &BTreeMap<&str, String>, today: Date) -> Value {
        let mut body = Map::from_iter([
            ("name".into(), json!(self.name)),
            ("kind".into(), json!(self.kind)),
            ("external_id".into(), json!(slug(&self.name))),
        ]);
        if let Some(partner) = self.partner.as_ref().and_then(|it| accounts.get(it.as_str())) {
            body.insert("partner".into(), json!(partner));
        }
        if let (Some(plan), Some(first), Some(last)) = (&self.plan, self.starts_on, self.ends_on) {
            let plan = json!({ "name": plan, "starts_on": first.date(today), "ends_on": last.date(today) });
            body.insert("plan".into(), plan);
        }
        let licences = self
            .licences
            .as_deref()
            .unwrap_or_default()
            .split(';')
            .map(str::trim)
            .filter(|it| !it.is_empty());
        body.insert("licences".into(), licences.map(licence).collect());
        let contact = [("email", &self.email), ("phone", &self.phone), ("website", &self.website)];
        let contact: Map<_, _> = contact
            .into_iter()
            .filter_map(|(name, it)| Some((name.into(), json!(it.as_ref()?))))
            .collect();
        if !contact.is_empty() {
            body.insert("contact".into(), contact.into());
        }
        body.into()
    }
}

impl Professional {
    fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.split(';').map(str::trim).filter(|it| !it.is_empty())
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, ExampleError> {
    let failed = |cause| ExampleError::File { file: file.to_owned(), cause };
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(failed)?;
    reader.deserialize().collect::<Result<_, _>>().map_err(failed)
}

/// Returns the id in a function's answer, which a refusal as a duplicate names too.
fn accept(answer: &Value, id: &str, what: &str) -> Result<String, ExampleError> {
    let (status, body) = (&answer["status"], &answer["body"]);
    match (status.as_u64(), body[id].as_str()) {
        (Some(200 | 201 | 409), Some(id)) => Ok(id.to_owned()),
        _ => Err(ExampleError::Refused { what: what.to_owned(), answer: answer.to_string() }),
    }
}

/// Returns `Planner 10` as a licence for ten of Planner, and `Ledger` as one that is not counted.
fn licence(text: &str) -> Value {
    match text
        .rsplit_once(' ')
        .and_then(|(product, quantity)| Some((product, quantity.parse::<u32>().ok()?)))
    {
        Some((product, quantity)) => json!({ "product": product.trim_end(), "quantity": quantity }),
        None => json!({ "product": text, "quantity": null }),
    }
}

/// Returns a name as an external id: `Birch & Sons` is `birch-sons`.
fn slug(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_example_is_sound() {
        let example = Example::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/example")))
            .expect("an example");
        assert_eq!(example.accounts.iter().filter(|it| it.kind == "vendor").count(), 1);
        for account in &example.accounts {
            assert!(
                example.professionals.iter().any(|it| it.account == account.name),
                "nobody in {}",
                account.name
            );
        }
        assert!(example.people().iter().any(|it| it.places.len() > 1), "nobody has two accounts");
    }

    #[test]
    fn an_external_id_is_made_of_the_name() {
        assert_eq!(slug("Birch & Sons, Ltd."), "birch-sons-ltd");
    }

    #[test]
    fn a_licence_has_a_quantity_or_none() {
        assert_eq!(licence("Planner 10"), json!({ "product": "Planner", "quantity": 10 }));
        assert_eq!(licence("Quality Desk"), json!({ "product": "Quality Desk", "quantity": null }));
        assert_eq!(licence("Ledger 2.0"), json!({ "product": "Ledger 2.0", "quantity": null }));
    }

    #[test]
    fn a_duplicate_counts_as_there() {
        let taken = json!({ "status": 409, "body": { "type": "/problems/account-exists/", "account": "1" } });
        assert_eq!(accept(&taken, "account", "Birch").expect("accepted"), "1");
        assert!(accept(&json!({ "status": 422, "body": {} }), "account", "Birch").is_err());
    }
}
