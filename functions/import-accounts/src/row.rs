//! A row of the vendor's export: what it says of an account, and whether the account can be so.

use std::collections::HashSet;

use portico::domain::{
    Account, AccountChanges, AccountKind, AccountName, Contact, FieldError, FieldErrorCode,
    FieldErrors, Licence, Plan, ZoneName, parse_external_id,
};
use serde::Deserialize;

/// A row as sent. What is left out stays as it is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    external_id: String,
    name: String,
    kind: Option<String>,
    partner: Option<String>,
    plan: Option<String>,
    starts_on: Option<String>,
    ends_on: Option<String>,
    time_zone: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
    licences: Option<String>,
}

/// A row that has been read, with all that is wrong with it at sight.
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

/// What a row comes to.
pub(crate) enum Step {
    /// There is no such account yet.
    Create(AccountKind, AccountName, AccountChanges),
    /// There is.
    Change(Box<Account>, AccountChanges),
}

impl Row {
    /// Reads the row, given the external ids `seen` in the rows above.
    pub(crate) fn read(&self, seen: &mut HashSet<String>) -> Wanted {
        let mut errors = FieldErrors::default();
        let number = errors.parse("external_id", parse_external_id(&self.external_id));
        if number.is_some_and(|it| !seen.insert(it)) {
            errors.add("external_id", FieldErrorCode::RepeatedId);
        }
        let name = errors.parse("name", AccountName::parse(&self.name));
        let kind = errors.parse_optional("kind", self.kind.as_deref(), kind);
        let partner = errors.parse_optional("partner", self.partner.as_deref(), parse_external_id);
        let contact = Contact::parse(
            "",
            self.email.as_deref(),
            self.phone.as_deref(),
            self.website.as_deref(),
            &mut errors,
        );
        let time_zone =
            errors.parse_optional("time_zone", self.time_zone.as_deref(), ZoneName::parse);
        let plan = self.plan(&mut errors);
        let licences = self.licences.as_deref().and_then(|it| licences(it, &mut errors));
        let errors = errors.into_vec();
        let (external_id, says_plan) = (self.external_id.clone(), self.says_plan());
        Wanted {
            external_id,
            partner,
            kind,
            name,
            contact,
            time_zone,
            plan,
            says_plan,
            licences,
            errors,
        }
    }

    fn says_plan(&self) -> bool {
        self.plan.is_some() || self.starts_on.is_some() || self.ends_on.is_some()
    }

    fn plan(&self, errors: &mut FieldErrors) -> Option<Plan> {
        if !self.says_plan() {
            return None;
        }
        let [name, first, last] = [&self.plan, &self.starts_on, &self.ends_on]
            .map(|it| it.as_deref().unwrap_or_default());
        match Plan::parse(name, first, last) {
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
}

impl Wanted {
    /// Tells whether the row is of a partner, where `stored` is the account as it is.
    pub(crate) fn is_partner(&self, stored: Option<&Account>) -> bool {
        stored.map(|it| it.kind).or(self.kind) == Some(AccountKind::Partner)
    }

    /// Decides what the row comes to, or says everything that is wrong with it, where `stored` is the account as it is and `partner` the one that it names.
    pub(crate) fn decide(
        self,
        stored: Option<&Account>,
        partner: Option<&Account>,
    ) -> Result<Step, Vec<FieldError>> {
        let mut errors = self.errors;
        let mut fault =
            |field: &str, code| errors.push(FieldError { field: field.to_owned(), code });
        let kind = stored.map(|it| it.kind).or(self.kind).unwrap_or(AccountKind::Customer);
        if kind == AccountKind::Vendor || self.kind.is_some_and(|it| it != kind) {
            fault("kind", FieldErrorCode::KindFixed);
        }
        if kind == AccountKind::Customer && stored.is_none() && !self.says_plan {
            fault("plan", FieldErrorCode::Missing);
        }
        match (&self.partner, partner) {
            (Some(_), _) if kind != AccountKind::Customer => {
                fault("partner", FieldErrorCode::PartnerOfNoCustomer)
            }
            (Some(_), None) => fault("partner", FieldErrorCode::NoSuchPartner),
            (Some(_), Some(it)) if it.kind != AccountKind::Partner => {
                fault("partner", FieldErrorCode::NotAPartner)
            }
            _ => {}
        }
        let Some(name) = self.name.filter(|_| errors.is_empty()) else { return Err(errors) };
        let contact = stored.map_or_else(Contact::default, |it| it.contact.clone());
        // A card that is as old as the customer's partner is handed out when the partner is changed.
        let partner = partner.filter(|it| stored.and_then(Account::partner_id) != Some(it.id));
        let changes = AccountChanges {
            name: Some(name.clone()),
            contact: Some(self.contact.or(&contact)),
            time_zone: self.time_zone,
            plan: self.plan.map(Some),
            partner: partner.map(|it| Some(it.card())),
            licences: self.licences,
            ..AccountChanges::default()
        };
        Ok(match stored {
            Some(stored) => Step::Change(Box::new(stored.clone()), changes),
            None => Step::Create(kind, name, changes),
        })
    }
}

fn kind(text: &str) -> Result<AccountKind, FieldErrorCode> {
    match text {
        "customer" => Ok(AccountKind::Customer),
        "partner" => Ok(AccountKind::Partner),
        _ => Err(FieldErrorCode::AccountKind),
    }
}

/// Takes products with their quantities: `Planner:10; Ledger`.
fn licences(text: &str, errors: &mut FieldErrors) -> Option<Vec<Licence>> {
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|it| !it.is_empty()).collect();
    if parts.len() > Licence::MAX {
        errors.add("licences", FieldErrorCode::TooMany(Licence::MAX));
        return None;
    }
    let mut of_one = FieldErrors::default();
    let mut seen = HashSet::new();
    let licences: Vec<_> =
        parts.iter().filter_map(|it| licence(it, &mut seen, &mut of_one)).collect();
    match of_one.into_result() {
        // Each is told once: the cell is one field, however many products are in it.
        Err(more) => {
            let mut told = Vec::new();
            for FieldError { code, .. } in more.into_vec() {
                if !told.contains(&code) {
                    told.push(code);
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
