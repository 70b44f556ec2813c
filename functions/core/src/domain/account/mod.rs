//! Accounts: organisations in the portal.

mod appointment;
mod change;
mod lapse;
mod notice_stage;
mod partner_grant;
mod plan;
mod review;
mod roles;
mod time_zone;

use std::collections::HashSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, AccountName, EmailAddress, FieldErrorCode, FieldErrors, PhoneNumber, ProductName,
    search_key,
};

pub use appointment::{Appointment, AppointmentRequest};
pub use change::{AccountChanges, AccountField};
pub use lapse::PlanLapsed;
pub use notice_stage::NoticeStage;
pub use partner_grant::PartnerGrant;
pub use plan::{Plan, PlanState, date};
pub use review::{AccessReport, AccessReview};
pub use roles::{Candidate, Role, Roles};
pub use time_zone::ZoneName;

/// An organisation in the portal, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// Its name.
    pub name: AccountName,
    /// What it is to the vendor.
    pub kind: AccountKind,
    /// The number by which the systems of whoever created it know it, up to 64 characters; makes creating it twice impossible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The partner whose number that is; absent where it is the vendor's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_by: Option<AccountId>,
    /// How its customers reach it, if it is a partner.
    #[serde(default, skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// The partner of record, with what customers see of it (requirement 26).
    ///
    /// A copy, so that a page needs no second read; whoever changes a partner refreshes its customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerCard>,
    /// What the partner of record may do here.
    #[serde(default)]
    pub grant: PartnerGrant,
    /// Whose days count for its plan and for its people's end dates.
    #[serde(default)]
    pub time_zone: ZoneName,
    /// The service plan; every customer has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// The products it may use, in the order given (requirement 32).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<Licence>,
    /// Who holds which role.
    #[serde(default)]
    pub roles: Roles,
    /// The newest appointment of an administrator from outside that a second person had to approve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// The day of the plan's next [`NoticeStage`], on which the schedule looks at the account; absent when nothing is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// The last stage of the current plan that was told of, or had passed when the account got the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<NoticeStage>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Counts the changes; every change states which one it follows.
    pub version: u32,
}

/// What an account is to the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Uses the vendor's products, on a service plan.
    Customer,
    /// Looks after customers.
    Partner,
    /// The operator itself; its linked professionals are staff.
    Vendor,
}

/// A product that an account may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The product.
    pub product: ProductName,
    /// For how many users, devices or whatever the product is counted in; `None` where it is not counted.
    pub quantity: Option<u32>,
}

/// How to reach an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A shared mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// A web page, `https://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

/// What a customer sees of its partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerCard {
    /// The partner's account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub email: Option<EmailAddress>,
    /// How to reach it.
    pub phone: Option<PhoneNumber>,
    /// Where to read about it.
    pub website: Option<String>,
}

impl Account {
    /// Returns the day that it is for the account at the time `now`.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        self.time_zone.day(now)
    }

    /// Returns the plan's state at the time `now`; `None` for an account that needs no plan, as partner and vendor may.
    #[must_use]
    pub fn plan_state(&self, now: Timestamp, grace_days: u8) -> Option<PlanState> {
        match (&self.plan, self.kind) {
            (Some(plan), _) => Some(plan.state(self.today(now), grace_days)),
            (None, AccountKind::Customer) => Some(PlanState::Lapsed),
            (None, AccountKind::Partner | AccountKind::Vendor) => None,
        }
    }

    /// Tells whether the account's people are shut out at the time `now`.
    #[must_use]
    pub fn is_lapsed(&self, now: Timestamp, grace_days: u8) -> bool {
        self.plan_state(now, grace_days) == Some(PlanState::Lapsed)
    }

    /// Returns the number by which `by`, a partner, or the vendor if it is none, knows the account.
    #[must_use]
    pub fn number_of(&self, by: Option<AccountId>) -> Option<&String> {
        self.external_id.as_ref().filter(|_| self.external_by == by)
    }

    /// Returns what this partner's customers see of it.
    #[must_use]
    pub fn card(&self) -> PartnerCard {
        let Contact { email, phone, website } = self.contact.clone();
        PartnerCard { account: self.id, name: self.name.to_string(), email, phone, website }
    }
}

impl Licence {
    /// The most an account has, so that its item stays small.
    pub const MOST: usize = 50;

    /// Takes a licence as typed, noting every fault below `field`, given the folded names `seen` before it in the list: of a product that is there
    /// twice nobody could say how many there are.
    pub fn parse(
        field: &str,
        product: &str,
        quantity: Option<u32>,
        seen: &mut HashSet<String>,
        errors: &mut FieldErrors,
    ) -> Option<Self> {
        let product = errors.parse(&format!("{field}.product"), ProductName::parse(product));
        if product.as_ref().is_some_and(|it| !seen.insert(search_key(it.as_str()))) {
            errors.add(&format!("{field}.product"), FieldErrorCode::RepeatedProduct);
        }
        if quantity == Some(0) {
            errors.add(&format!("{field}.quantity"), FieldErrorCode::Quantity);
        }
        Some(Self { product: product?, quantity })
    }
}

impl Contact {
    /// Takes contact details as typed, noting every fault of fields whose names begin with `prefix`: empty, or `contact.`.
    pub fn parse(
        prefix: &str,
        email: Option<&str>,
        phone: Option<&str>,
        website: Option<&str>,
        errors: &mut FieldErrors,
    ) -> Self {
        Self {
            email: errors.parse_optional(&format!("{prefix}email"), email, EmailAddress::parse),
            phone: errors.parse_optional(&format!("{prefix}phone"), phone, PhoneNumber::parse),
            website: errors.parse_optional(&format!("{prefix}website"), website, web_page),
        }
    }

    /// Returns these details, with those of `before` where there is none.
    #[must_use]
    pub fn or(self, before: &Self) -> Self {
        Self {
            email: self.email.or_else(|| before.email.clone()),
            phone: self.phone.or_else(|| before.phone.clone()),
            website: self.website.or_else(|| before.website.clone()),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes the number by which another system knows an account; printable ASCII without spaces is what such numbers are made of.
pub fn external_id(text: &str) -> Result<String, FieldErrorCode> {
    const LONGEST: usize = 64;
    if text.is_empty() {
        return Err(FieldErrorCode::Empty);
    }
    let well_formed =
        (1..=LONGEST).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_graphic());
    if well_formed { Ok(text.to_owned()) } else { Err(FieldErrorCode::ExternalId(LONGEST)) }
}

/// Takes the address of a web page; nothing else may become a link on a customer's page.
fn web_page(text: &str) -> Result<String, FieldErrorCode> {
    const LONGEST: usize = 200;
    let rest = text.strip_prefix("https://").unwrap_or_default();
    let well_formed = rest.contains('.')
        && text.len() <= LONGEST
        && text.bytes().all(|it| it.is_ascii_graphic() && !b"\"'<>\\^`{|}@".contains(&it));
    if well_formed { Ok(text.to_owned()) } else { Err(FieldErrorCode::WebPage(LONGEST)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_page_becomes_a_link() {
        assert!(web_page("https://partner.example/contact?x=1").is_ok());
        for text in [
            "javascript:alert(1)",
            "http://partner.example",
            "https://",
            "https://a@b.example",
            "https://x.example/\"onclick",
            "https://x.example/\n",
        ] {
            assert!(web_page(text).is_err(), "{text}");
        }
    }
}
