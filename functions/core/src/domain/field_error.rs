//! Faulty values, all reported at once.

use std::fmt;

use serde::{Serialize, Serializer};

/// A value that cannot be accepted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field of the request.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldErrorCode,
}

/// Collects the faults of one request, so that a person sees every one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

/// Declares what may be wrong with a value: the code for programs and translations, and the reason in English, to follow the field's name.
macro_rules! field_error_codes {
    ($($(#[$doc:meta])* $name:ident $(($most:ident))? = $code:literal, $reason:literal;)*) => {
        /// What is wrong with a value. Those with a number say what is the most that may be.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FieldErrorCode {
            $($(#[$doc])* $name $((field_error_codes!(number $most)))?,)*
        }

        impl FieldErrorCode {
            /// Every code there is.
            pub const CODES: &[&str] = &[$($code),*];

            /// Returns the code, by which programs know the flaw.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name $((field_error_codes!(ignore $most)))? => $code,)*
                }
            }

            /// Returns the number in the rule.
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
    /// It has to be there.
    Missing = "missing", "must be given for a customer";
    /// Nothing, or nothing but spaces.
    Empty = "empty", "must not be empty";
    /// More characters than there is room for.
    TooLong(most) = "too-long", "must have at most {most} characters";
    /// More of them than there is room for.
    TooMany(most) = "too-many", "must be at most {most}";
    /// Characters that nobody sees, or that reorder others.
    Invisible = "invisible", "must not contain control characters, line breaks or invisible signs";
    /// Nothing but signs.
    NoLetter = "no-letter", "must contain a letter or a digit";
    /// An address in a name.
    AddressInside = "address-inside", "must not contain a web or e-mail address";
    /// What a mail program makes a link of.
    LinkInside = "link-inside", "must not contain a web address; put a space after a full stop";
    /// No telephone number.
    Telephone(most) = "telephone", "must be a telephone number such as +49 30 1234567, at most {most} characters";
    /// No language.
    Language = "language", "must be a language such as en or pt-BR";
    /// No e-mail address.
    Email = "email", "must look like name@example.org";
    /// An e-mail address that the mail service cannot deliver to.
    EmailAccent = "email-accent", "must have only unaccented letters, digits and signs before the @";
    /// The same e-mail address as that of an earlier row.
    Repeated = "repeated", "is twice in this request";
    /// No web page.
    WebPage(most) = "web-page", "must be a web page such as https://www.example.org, at most {most} characters";
    /// No number by which another system knows something.
    ExternalId(most) = "external-id", "must have 1 to {most} printable ASCII characters without spaces";
    /// No day.
    Date = "date", "must be a date such as 2027-01-31";
    /// No time zone.
    TimeZone = "time-zone", "must be a time zone such as Europe/Berlin";
    /// No time.
    Time = "time", "must be a time such as 2026-11-22T12:00:00Z";
    /// A time to come.
    Future = "future", "must not be in the future";
    /// A last day of access that is over.
    Past = "past", "must not be in the past; to end access now, delete the professional";
    /// A last day of access that passed before an invitation was to be sent.
    Ended = "ended", "has passed; set a later one, or none, before sending an invitation";
    /// A last day of access of somebody whose role has to be held.
    RoleHeld = "role-held", "must be left empty for an administrator or contact, whose role would end with it";
    /// A last day before the first.
    Order = "order", "must not be before plan.starts_on";
    /// No kind of account that others may be.
    AccountKind = "kind", "must be customer or partner";
    /// Another kind than the account has.
    KindFixed = "kind-fixed", "must be what the account is already; create a new account for another kind";
    /// A number that no partner has.
    NoSuchPartner = "no-such-partner", "must be the external id of a partner that is there already or stands above its customers";
    /// No list of products.
    Licences = "licences", "must be products with their quantities such as Planner:10; Ledger";
    /// The same product as one before it in the list.
    RepeatedProduct = "repeated-product", "must name each product once";
    /// The same number as that of an earlier row.
    RepeatedId = "repeated-id", "is the external id of another row too";
    /// A partner of record where there is none.
    PartnerOfNoCustomer = "partner-of-no-customer", "must be left out: only a customer has a partner of record";
    /// A partner of record that is none.
    NotAPartner = "not-a-partner", "must be an account of the kind partner";
    /// What a partner may do where there is none.
    NoPartner = "no-partner", "cannot be set: the account has no partner of record";
    /// Nobody of the account.
    Unknown = "unknown", "must be a professional of this account";
    /// Nobody who could hold a role.
    Ineligible = "ineligible", "must be a professional of this account without an end date";
    /// Nobody who could make room.
    NotAnAdministrator = "not-an-administrator", "must be administrators of this account";
    /// Nobody who could take over a role.
    IneligibleSuccessor = "ineligible-successor", "must be another professional of this account without an end date";
    /// A part of a mailed link.
    IncompleteLink = "incomplete-link", "is not a whole link; open it from the mail again, or copy all of it";
    /// No rows, or more than one request may bring.
    Rows(most) = "rows", "must be 1 to {most}";
    /// Another request for access besides those that are open.
    OpenRequests(most) = "open-requests", "cannot be asked for while {most} of your requests are open; withdraw one of them first";
    /// A value that does not go with what is asked.
    NotAskedFor = "not-asked-for", "must be left out for this decision";
    /// An account whose people are not added by asking for access.
    NoAccountForAccess = "no-account-for-access", "must be the account of the customer or partner that the person belongs to";
    /// Neither yes nor no.
    YesOrNo = "yes-or-no", "must be yes or no";
    /// None of a product that is counted.
    Quantity = "quantity", "must be at least 1, or left out where the product is not counted";
}

impl FieldErrors {
    /// Returns the one error of `field`.
    #[must_use]
    pub fn of(field: &str, code: FieldErrorCode) -> Self {
        Self(vec![FieldError { field: field.to_owned(), code }])
    }

    /// Notes that `field` has this `code`.
    pub fn add(&mut self, field: &str, code: FieldErrorCode) {
        self.0.push(FieldError { field: field.to_owned(), code });
    }

    /// Returns the parsed value, or notes why there is none.
    pub fn parse<T>(&mut self, field: &str, parsed: Result<T, FieldErrorCode>) -> Option<T> {
        parsed.map_err(|code| self.add(field, code)).ok()
    }

    /// Does the same for a value that may be absent.
    pub fn parse_optional<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, FieldErrorCode>,
    ) -> Option<T> {
        text.and_then(|it| self.parse(field, parse(it)))
    }

    /// Adds the errors of another value.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Fails if there was any fault.
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
    fn a_fault_is_told_to_programs_and_to_people() {
        let told = |code| {
            serde_json::to_value(FieldError { field: "name".to_owned(), code }).expect("JSON")
        };
        assert_eq!(
            told(FieldErrorCode::Empty),
            json!({ "field": "name", "code": "empty", "reason": "must not be empty" })
        );
        let too_long = json!({ "field": "name", "code": "too-long", "reason": "must have at most 100 characters", "most": 100 });
        assert_eq!(told(FieldErrorCode::TooLong(100)), too_long);
    }

    #[test]
    fn every_flaw_has_a_code_of_its_own() {
        assert_eq!(
            FieldErrorCode::CODES.iter().collect::<BTreeSet<_>>().len(),
            FieldErrorCode::CODES.len()
        );
        assert!(
            FieldErrorCode::CODES
                .iter()
                .all(|it| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-'))
        );
    }
}
