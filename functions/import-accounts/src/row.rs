//! A row of the vendor's export: what it says of an account, and whether it can be accepted.

use std::collections::HashSet;

use portico::domain::{
    Account, AccountChanges, AccountKind, AccountName, Contact, FieldError, FieldErrorCode,
    FieldErrors, Licence, Plan, ZoneName, import::Row, parse_external_id,
};
/// A row with parsed values, and what is wrong with it whatever is stored.
#[derive(Clone)]
pub(crate) struct Wanted {
    /// The vendor's number of the account.
    pub(crate) external_id: String,
    /// The vendor's number of its partner of record.
    pub(crate) partner: Option<String>,
    kind: Option<AccountKind>,
    name: Option<AccountName>,
    contact: Contact,
    time_zone: Option<ZoneName>,
    plan: Option<Plan>,
    says_plan: bool,
    licences: Option<Vec<Licence>>,
    errors: Vec<FieldError>,
}

/// What to do for a row.
pub(crate) enum Step {
    /// No account has the number yet.
    Create(AccountKind, AccountName, AccountChanges),
    /// An account has it.
    Change(Box<Account>, AccountChanges),
}

impl Wanted {
    /// Reads a row, given the external ids `seen` in the rows above. What it leaves out stays as
    /// it is.
    pub(crate) fn read(row: &Row, seen: &mut HashSet<String>) -> Self {
        let mut errors = FieldErrors::default();
        let number = errors.parse("external_id", parse_external_id(row.text("external_id")));
        if number.is_some_and(|number| !seen.insert(number)) {
            errors.add("external_id", FieldErrorCode::RepeatedId);
        }
        let name = errors.parse("name", AccountName::parse(row.text("name")));
        let kind = errors.parse_optional("kind", row.get("kind"), kind);
        let partner = errors.parse_optional("partner", row.get("partner"), parse_external_id);
        let [email, phone, website] = ["email", "phone", "website"].map(|column| row.get(column));
        let contact = Contact::parse("", email, phone, website, &mut errors);
        let time_zone = errors.parse_optional("time_zone", row.get("time_zone"), ZoneName::parse);
        let says_plan = ["plan", "starts_on", "ends_on"].map(|column| row.get(column)) != [None; 3];
        let plan = if says_plan { plan(row, &mut errors) } else { None };
        let licences = row.get("licences").and_then(|cell| licences(cell, &mut errors));
        Self {
            external_id: row.text("external_id").to_owned(),
            partner,
            kind,
            name,
            contact,
            time_zone,
            plan,
            says_plan,
            licences,
            errors: errors.into_vec(),
        }
    }

    /// Checks whether the row describes a partner, where `stored` is the account as it is.
    pub(crate) fn is_partner(&self, stored: Option<&Account>) -> bool {
        stored.map(|account| account.kind).or(self.kind) == Some(AccountKind::Partner)
    }

    /// Decides what to do for the row, or returns everything that is wrong with it, where `stored`
    /// is the account as it is and `partner` the one that the row names.
    pub(crate) fn decide(
        self,
        stored: Option<&Account>,
        partner: Option<&Account>,
    ) -> Result<Step, Vec<FieldError>> {
        let mut errors = self.errors;
        let mut add_error =
            |field: &str, code| errors.push(FieldError { field: field.to_owned(), code });
        let kind =
            stored.map(|account| account.kind).or(self.kind).unwrap_or(AccountKind::Customer);
        if kind == AccountKind::Vendor || self.kind.is_some_and(|wanted| wanted != kind) {
            add_error("kind", FieldErrorCode::KindFixed);
        }
        if kind == AccountKind::Customer && stored.is_none() && !self.says_plan {
            add_error("plan", FieldErrorCode::Missing);
        }
        match (&self.partner, partner) {
            (Some(_), _) if kind != AccountKind::Customer => {
                add_error("partner", FieldErrorCode::PartnerOfNoCustomer);
            }
            (Some(_), None) => add_error("partner", FieldErrorCode::NoSuchPartner),
            (Some(_), Some(partner)) if partner.kind != AccountKind::Partner => {
                add_error("partner", FieldErrorCode::NotAPartner);
            }
            _ => {}
        }
        let Some(name) = self.name.filter(|_| errors.is_empty()) else { return Err(errors) };
        let contact = stored.map_or_else(Contact::default, |account| account.contact.clone());
        // When a partner changes, its customers' cards are refreshed elsewhere.
        let partner_before = stored.and_then(Account::partner_id);
        let partner = partner.filter(|partner| partner_before != Some(partner.id));
        let changes = AccountChanges {
            name: Some(name.clone()),
            contact: Some(self.contact.or(&contact)),
            time_zone: self.time_zone,
            plan: self.plan.map(Some),
            partner: partner.map(|partner| Some(partner.card())),
            licences: self.licences,
            ..AccountChanges::default()
        };
        Ok(match stored {
            Some(stored) => Step::Change(Box::new(stored.clone()), changes),
            None => Step::Create(kind, name, changes),
        })
    }
}

fn plan(row: &Row, errors: &mut FieldErrors) -> Option<Plan> {
    match Plan::parse(row.text("plan"), row.text("starts_on"), row.text("ends_on")) {
        Ok(plan) => Some(plan),
        Err(more) => {
            for FieldError { field, code } in more.into_vec() {
                let field = field.strip_prefix("plan.").unwrap_or(&field);
                errors.add(if field == "name" { "plan" } else { field }, code);
            }
            None
        }
    }
}

fn kind(text: &str) -> Result<AccountKind, FieldErrorCode> {
    match text {
        "customer" => Ok(AccountKind::Customer),
        "partner" => Ok(AccountKind::Partner),
        _ => Err(FieldErrorCode::AccountKind),
    }
}

/// Parses products with their quantities: `Planner:10; Ledger`.
fn licences(text: &str, errors: &mut FieldErrors) -> Option<Vec<Licence>> {
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > Licence::MAX {
        errors.add("licences", FieldErrorCode::TooMany(Licence::MAX));
        return None;
    }
    let mut of_one = FieldErrors::default();
    let mut seen = HashSet::new();
    let licences: Vec<_> =
        parts.iter().filter_map(|part| licence(part, &mut seen, &mut of_one)).collect();
    match of_one.into_result() {
        // Each code once: the cell is one field, however many products are in it.
        Err(more) => {
            let mut codes = Vec::new();
            for FieldError { code, .. } in more.into_vec() {
                if !codes.contains(&code) {
                    codes.push(code);
                    errors.add("licences", code);
                }
            }
            None
        }
        Ok(()) => Some(licences),
    }
}

fn licence(text: &str, seen: &mut HashSet<String>, errors: &mut FieldErrors) -> Option<Licence> {
    let Some((product, quantity)) = text.rsplit_once(':') else {
        return Licence::parse("licences", text, None, seen, errors);
    };
    let Ok(quantity) = quantity.trim().parse() else {
        errors.add("licences", FieldErrorCode::Licences);
        return None;
    };
    Licence::parse("licences", product, Some(quantity), seen, errors)
}
