//! Errors of fields, all reported at once.

use std::fmt;

use serde::{Serialize, Serializer};

/// An invalid value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field in the request.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldErrorCode,
}

/// Collects all errors of a request, so that a person sees them together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

/// Declares the codes: each with its code for programs and translations, and its English reason,
/// which follows the field's name.
macro_rules! field_error_codes {
    ($($(#[$doc:meta])* $name:ident $(($most:ident))? = $code:literal, $reason:literal;)*) => {
        /// What is wrong with a value. Codes with a number hold the limit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FieldErrorCode {
            $($(#[$doc])* $name $((field_error_codes!(number $most)))?,)*
        }

        impl FieldErrorCode {
            /// Every code there is.
            pub const CODES: &[&str] = &[$($code),*];

            /// Returns the code for programs.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name $((field_error_codes!(ignore $most)))? => $code,)*
                }
            }

            /// Returns the limit that the reason names.
            #[must_use]
            pub fn most(self) -> Option<usize> {
                match self {
                    $(Self::$name $(($most))? => field_error_codes!(most $($most)?),)*
                }
            }
        }

        impl fmt::Display for FieldErrorCode {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $(($most))? => write!(f, $reason),)*
                }
            }
        }
    };
    (number $most:ident) => { usize };
    (ignore $most:ident) => { _ };
    (most $most:ident) => { Some($most) };
    (most) => { None };
}

field_error_codes! {
    /// A required value is absent.
    Missing = "missing", "must be given for a customer";
    /// Empty, or only spaces.
    Empty = "empty", "must not be empty";
    /// Too many characters.
    TooLong(most) = "too-long", "must have at most {most} characters";
    /// Too many items.
    TooMany(most) = "too-many", "must be at most {most}";
    /// Characters that are invisible or change the order of others.
    Invisible = "invisible",
        "must not contain control characters, line breaks or invisible characters";
    /// More marks on one letter than any language needs.
    StackedMarks = "stacked-marks", "must not have many accents or marks on one letter";
    /// A character that is not the same, or nothing, on other devices.
    UnknownCharacter = "unknown-character",
        "must not contain characters that other devices cannot show, such as icons of a font";
    /// Neither a letter nor a digit.
    NoLetter = "no-letter", "must contain a letter or a digit";
    /// A web or e-mail address inside a name.
    AddressInside = "address-inside", "must not contain a web or e-mail address";
    /// Text that mail programs turn into a link.
    LinkInside = "link-inside", "must not contain a web address; put a space after a full stop";
    /// Not a telephone number.
    Telephone(most) = "telephone",
        "must be a telephone number such as +49 30 1234567, at most {most} characters";
    /// Not a language tag.
    Language = "language", "must be a language such as en or pt-BR";
    /// Not an e-mail address.
    Email = "email", "must look like name@example.org";
    /// An e-mail address that the mail service does not support.
    EmailAccent = "email-accent",
        "must have only unaccented letters, digits and symbols before the @";
    /// The e-mail address of an earlier row.
    Repeated = "repeated", "appears twice in this request";
    /// Not a web page.
    WebPage(most) = "web-page",
        "must be a web page such as https://www.example.org, at most {most} characters";
    /// Not an external id.
    ExternalId(most) = "external-id",
        "must have 1 to {most} printable ASCII characters without spaces";
    /// Not a date.
    Date = "date", "must be a date such as 2027-01-31";
    /// Not a time zone.
    TimeZone = "time-zone", "must be a time zone such as Europe/Berlin";
    /// Not a time.
    Time = "time", "must be a time such as 2026-11-22T12:00:00Z";
    /// A time in the future.
    Future = "future", "must not be in the future";
    /// A last day of access in the past.
    Past = "past", "must not be in the past; to end access now, delete the professional";
    /// A last day of access that passed before the invitation was sent.
    Ended = "ended",
        "is in the past; choose a later date, or none, before you send an invitation";
    /// An end date for a person with a required role.
    RoleHeld = "role-held",
        "must be empty for an administrator or contact; give the role to another person first";
    /// A last day before the first.
    Order = "order", "must not be before plan.starts_on";
    /// Not a kind of account that can be created.
    AccountKind = "kind", "must be customer or partner";
    /// A kind other than the account's.
    KindFixed = "kind-fixed", "cannot be changed; create a new account of that kind";
    /// An external id that no partner has.
    NoSuchPartner = "no-such-partner",
        "must be the external id of an existing partner or of one in an earlier row";
    /// Not a list of licences.
    Licences = "licences", "must be products with their quantities such as Planner:10; Ledger";
    /// A product that appears earlier in the list.
    RepeatedProduct = "repeated-product", "must name each product once";
    /// The external id of an earlier row.
    RepeatedId = "repeated-id", "is also the external id of another row";
    /// A partner of record for an account that is no customer.
    PartnerOfNoCustomer = "partner-of-no-customer",
        "must be left out; only a customer has a partner of record";
    /// A partner of record that is not a partner.
    NotAPartner = "not-a-partner", "must be a partner's account";
    /// A value that only staff may give.
    StaffOnly = "staff-only", "can be changed only by the vendor's staff; ask them";
    /// A plan that the vendor does not let partners give.
    PlanNotOffered = "plan-not-offered", "must be one of the plans that partners may give";
    /// A last day beyond the longest term that partners may give.
    PlanTerm(most) = "plan-term",
        "must be within {most} months of the plan's first day, or of today if that is earlier";
    /// Permissions for a partner that the account does not have.
    NoPartner = "no-partner", "cannot be set; the account has no partner of record";
    /// A plan for the vendor's own account.
    PlanOfVendor = "plan-of-vendor",
        "must be left out; the vendor's own account needs no plan and never expires";
    /// Staff permissions on an account that is not the vendor's.
    StaffOfVendor = "staff-of-vendor",
        "must be left out; only the vendor's own account has permissions of its staff";
    /// Not a professional of the account.
    Unknown = "unknown", "must be a professional of this account";
    /// Not a person who can hold a role.
    Ineligible = "ineligible", "must be a professional of this account without an end date";
    /// Not an administrator of the account.
    NotAnAdministrator = "not-an-administrator", "must be administrators of this account";
    /// An administrator more than an account can have.
    TooManyAdministrators(most) = "too-many-administrators",
        "would be one administrator too many; an account has at most {most}";
    /// Not a person who can take over a role.
    IneligibleSuccessor = "ineligible-successor",
        "must be another professional of this account without an end date";
    /// Only part of a mailed link.
    IncompleteLink = "incomplete-link",
        "is incomplete; open the link in the e-mail again, or copy all of it";
    /// No rows, or more than fit into one request.
    Rows(most) = "rows", "must be 1 to {most}";
    /// Too many open requests for access.
    OpenRequests(most) = "open-requests",
        "cannot be sent while {most} of your requests are open; withdraw one of them first";
    /// A value that the decision does not use.
    NotAskedFor = "not-asked-for", "must be left out for this decision";
    /// The vendor's account, to which requests do not give access.
    NoAccountForAccess = "no-account-for-access",
        "must be the account of the customer or partner that the person belongs to";
    /// Neither yes nor no.
    YesOrNo = "yes-or-no",
        "must be yes or no";
    /// Not a group of notices that people can choose.
    NoSuchNotices = "no-such-notices",
        "is not a kind of e-mail that can be chosen; your profile lists them";
    /// Not a choice for a group of notices.
    NoSuchChoice = "no-such-choice",
        "must be one of the choices that your profile lists for this kind of e-mail";
    /// A quantity of 0.
    Quantity = "quantity",
        "must be at least 1, or left out where the product is not counted";
    /// Not the domain of e-mail addresses.
    MailDomain = "mail-domain", "must be domains of e-mail addresses such as customer.example";
    /// Not an issuer whose identities can be linked.
    Issuer(most) = "issuer",
        "must be issuers such as https://accounts.google.com, at most {most} characters each, or \
         GUIDs of Microsoft Entra tenants";
}

impl FieldErrors {
    /// Returns one error, of `field`.
    #[must_use]
    pub fn of(field: &str, code: FieldErrorCode) -> Self {
        Self(vec![FieldError { field: field.to_owned(), code }])
    }

    /// Adds an error of `field`.
    pub fn add(&mut self, field: &str, code: FieldErrorCode) {
        self.0.push(FieldError { field: field.to_owned(), code });
    }

    /// Returns the parsed value, or adds the error of `field`.
    pub fn parse<T>(&mut self, field: &str, parsed: Result<T, FieldErrorCode>) -> Option<T> {
        parsed.map_err(|code| self.add(field, code)).ok()
    }

    /// Parses an optional value; adds the error of `field` if it is invalid.
    pub fn parse_optional<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, FieldErrorCode>,
    ) -> Option<T> {
        text.and_then(|text| self.parse(field, parse(text)))
    }

    /// Adds the errors in `more`.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Adds the errors of `checked`, if there are any.
    pub fn extend_with(&mut self, checked: Result<(), Self>) {
        if let Err(more) = checked {
            self.extend(more);
        }
    }

    /// Returns an error if there is any.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Returns the errors in the order they were added.
    #[must_use]
    pub fn into_vec(self) -> Vec<FieldError> {
        self.0
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.code)
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}

impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct View<'a> {
            field: &'a str,
            code: &'static str,
            reason: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            most: Option<usize>,
        }
        let Self { field, code } = self;
        View { field, code: code.code(), reason: code.to_string(), most: code.most() }
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn an_error_has_a_code_for_programs_and_a_reason_for_people() {
        let json_of = |code| {
            serde_json::to_value(FieldError { field: "name".to_owned(), code }).expect("JSON")
        };
        assert_eq!(
            json_of(FieldErrorCode::Empty),
            json!({ "field": "name", "code": "empty", "reason": "must not be empty" })
        );
        let too_long = json!({
            "field": "name",
            "code": "too-long",
            "reason": "must have at most 100 characters",
            "most": 100,
        });
        assert_eq!(json_of(FieldErrorCode::TooLong(100)), too_long);
    }

    #[test]
    fn codes_are_unique_and_kebab_case() {
        assert_eq!(
            FieldErrorCode::CODES.iter().collect::<BTreeSet<_>>().len(),
            FieldErrorCode::CODES.len()
        );
        assert!(
            FieldErrorCode::CODES
                .iter()
                .all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        );
    }
}
