//! A row of the vendor's export: what it says of an account, and whether the account can be so.

use std::collections::HashSet;

use portico::{
    Error,
    domain::{
        Account, AccountChanges, AccountName, Contact, Fault, Faults, Flaw, Kind, Licence, Plan,
        ZoneName, external_id,
    },
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
    kind: Option<Kind>,
    name: Option<AccountName>,
    contact: Contact,
    time_zone: Option<ZoneName>,
    plan: Option<Plan>,
    says_plan: bool,
    licences: Option<Vec<Licence>>,
    faults: Vec<Fault>,
}

/// What a row comes to.
pub(crate) enum Step {
    /// There is no such account yet.
    Create(Kind, AccountName, AccountChanges),
    /// There is.
    Change(Box<Account>, AccountChanges),
}

impl Row {
    /// Reads the row, given the external ids `seen` in the rows above.
    pub(crate) fn read(&self, seen: &mut HashSet<String>) -> Wanted {
        let mut faults = Faults::default();
        let number = faults.take("external_id", external_id(&self.external_id));
        if number.is_some_and(|it| !seen.insert(it)) {
            faults.add("external_id", Flaw::RepeatedId);
        }
        let name = faults.take("name", AccountName::parse(&self.name));
        let kind = faults.take_optional("kind", self.kind.as_deref(), kind);
        let partner = faults.take_optional("partner", self.partner.as_deref(), external_id);
        let contact = Contact::parse(
            "",
            self.email.as_deref(),
            self.phone.as_deref(),
            self.website.as_deref(),
            &mut faults,
        );
        let time_zone =
            faults.take_optional("time_zone", self.time_zone.as_deref(), ZoneName::parse);
        let plan = self.plan(&mut faults);
        let licences = self.licences.as_deref().and_then(|it| licences(it, &mut faults));
        let faults = match faults.none() {
            Err(Error::Invalid(faults)) => faults,
            _ => Vec::new(),
        };
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
            faults,
        }
    }

    fn says_plan(&self) -> bool {
        self.plan.is_some() || self.starts_on.is_some() || self.ends_on.is_some()
    }

    fn plan(&self, faults: &mut Faults) -> Option<Plan> {
        if !self.says_plan() {
            return None;
        }
        let [name, first, last] = [&self.plan, &self.starts_on, &self.ends_on]
            .map(|it| it.as_deref().unwrap_or_default());
        match Plan::parse(name, first, last) {
            Ok(plan) => Some(plan),
            Err(Error::Invalid(more)) => {
                for Fault { field, flaw } in more {
                    let field = field.strip_prefix("plan.").unwrap_or(&field);
                    faults.add(if field == "name" { "plan" } else { field }, flaw);
                }
                None
            }
            Err(_) => None,
        }
    }
}

impl Wanted {
    /// Tells whether the row is of a partner, where `stored` is the account as it is.
    pub(crate) fn is_partner(&self, stored: Option<&Account>) -> bool {
        stored.map(|it| it.kind).or(self.kind) == Some(Kind::Partner)
    }

    /// Decides what the row comes to, or says everything that is wrong with it, where `stored` is the account as it is and `partner` the one that it names.
    pub(crate) fn decide(
        self,
        stored: Option<&Account>,
        partner: Option<&Account>,
    ) -> Result<Step, Vec<Fault>> {
        let mut faults = self.faults;
        let mut fault = |field: &str, flaw| faults.push(Fault { field: field.to_owned(), flaw });
        let kind = stored.map(|it| it.kind).or(self.kind).unwrap_or(Kind::Customer);
        if kind == Kind::Vendor || self.kind.is_some_and(|it| it != kind) {
            fault("kind", Flaw::KindFixed);
        }
        if kind == Kind::Customer && stored.is_none() && !self.says_plan {
            fault("plan", Flaw::Missing);
        }
        match (&self.partner, partner) {
            (Some(_), _) if kind != Kind::Customer => fault("partner", Flaw::PartnerOfNoCustomer),
            (Some(_), None) => fault("partner", Flaw::NoSuchPartner),
            (Some(_), Some(it)) if it.kind != Kind::Partner => fault("partner", Flaw::NotAPartner),
            _ => {}
        }
        let Some(name) = self.name.filter(|_| faults.is_empty()) else { return Err(faults) };
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

fn kind(text: &str) -> Result<Kind, Flaw> {
    match text {
        "customer" => Ok(Kind::Customer),
        "partner" => Ok(Kind::Partner),
        _ => Err(Flaw::Kind),
    }
}

/// Takes products with their quantities: `Planner:10; Ledger`.
fn licences(text: &str, faults: &mut Faults) -> Option<Vec<Licence>> {
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|it| !it.is_empty()).collect();
    if parts.len() > Licence::MOST {
        faults.add("licences", Flaw::TooMany(Licence::MOST));
        return None;
    }
    let mut of_one = Faults::default();
    let mut seen = HashSet::new();
    let licences: Vec<_> =
        parts.iter().filter_map(|it| licence(it, &mut seen, &mut of_one)).collect();
    match of_one.none() {
        // Each is told once: the cell is one field, however many products are in it.
        Err(Error::Invalid(more)) => {
            let mut told = Vec::new();
            for Fault { flaw, .. } in more {
                if !told.contains(&flaw) {
                    told.push(flaw);
                    faults.add("licences", flaw);
                }
            }
            None
        }
        _ => Some(licences),
    }
}

fn licence(text: &str, seen: &mut HashSet<String>, faults: &mut Faults) -> Option<Licence> {
    let Some((product, quantity)) = text.rsplit_once(':') else {
        return Licence::parse("licences", text, None, seen, faults);
    };
    let Ok(quantity) = quantity.trim().parse() else {
        faults.add("licences", Flaw::Licences);
        return None;
    };
    Licence::parse("licences", product, Some(quantity), seen, faults)
}
