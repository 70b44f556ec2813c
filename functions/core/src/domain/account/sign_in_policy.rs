//! How an account's people must sign in, and which identities they may link (requirement 42).

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::{Actor, EmailAddress, FieldErrorCode, FieldErrors, Identity, Reason};

/// What an account's administrators require of the sign-ins of its people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPolicy {
    /// Who must sign in with several factors.
    #[serde(default)]
    pub factors: FactorsFor,
    /// Which identities can be linked. Existing links stay.
    #[serde(default)]
    pub linking: Linking,
    /// The request of one of the vendor's staff to lift the policy, which a second one repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift: Option<Box<PolicyLift>>,
}

/// Who must sign in with several factors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorsFor {
    /// Nobody.
    #[default]
    Nobody,
    /// The account's administrators.
    Administrators,
    /// Everybody of the account.
    Everybody,
}

/// What identities have to be like to be linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkingKind {
    /// Every identity.
    #[default]
    Any,
    /// Those whose address the provider vouches for, and is of one of the domains.
    MailDomains,
    /// Those of one of the issuers.
    Issuers,
}

/// A limit on the identities that can be linked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linking {
    kind: LinkingKind,
    /// Domains in Punycode and lower case, or issuers. Sorted, each once, so that equal limits are
    /// equal. Empty for [`LinkingKind::Any`], else not.
    values: Vec<String>,
}

/// A request to lift the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLift {
    /// Who asked; somebody else must repeat it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why, shown to the account's administrators.
    pub reason: Reason,
}

impl SignInPolicy {
    /// Checks whether nothing is required and nothing asked for.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Checks whether there is nothing to lift.
    #[must_use]
    pub fn is_lifted(&self) -> bool {
        self.factors == FactorsFor::Nobody && self.linking.kind == LinkingKind::Any
    }

    /// Checks whether somebody of the account must sign in with several factors.
    #[must_use]
    pub fn needs_factors(&self, is_administrator: bool) -> bool {
        match self.factors {
            FactorsFor::Nobody => false,
            FactorsFor::Administrators => is_administrator,
            FactorsFor::Everybody => true,
        }
    }

    /// Returns the request to lift the policy that a second person can still repeat at the time
    /// `now`.
    #[must_use]
    pub fn open_lift(&self, now: Timestamp) -> Option<&PolicyLift> {
        self.lift.as_deref().filter(|lift| lift.is_open(now))
    }
}

impl PolicyLift {
    /// How long the second person has.
    pub const OPEN: SignedDuration = SignedDuration::from_hours(7 * 24);

    /// Checks whether a second person can still repeat it.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) < Self::OPEN
    }
}

impl Linking {
    /// The most domains or issuers.
    pub const MOST: usize = 20;
    /// The longest issuer, in characters.
    const LONGEST_ISSUER: usize = 253;

    /// Parses a limit. A tenant of Microsoft Entra may be given as its GUID alone and becomes its
    /// issuer.
    ///
    /// # Errors
    /// Of the field `linking.values`.
    pub fn parse(kind: LinkingKind, values: &[String]) -> Result<Self, FieldErrors> {
        const FIELD: &str = "linking.values";
        let mut errors = FieldErrors::default();
        let parse: fn(&str) -> Result<String, FieldErrorCode> = match kind {
            LinkingKind::Any if values.is_empty() => return Ok(Self::default()),
            LinkingKind::Any => return Err(FieldErrors::of(FIELD, FieldErrorCode::NotAskedFor)),
            LinkingKind::MailDomains => parse_domain,
            LinkingKind::Issuers => parse_issuer,
        };
        if values.is_empty() {
            errors.add(FIELD, FieldErrorCode::Empty);
        }
        if values.len() > Self::MOST {
            errors.add(FIELD, FieldErrorCode::TooMany(Self::MOST));
        }
        let parsed = values.iter().take(Self::MOST);
        let mut values: Vec<_> =
            parsed.filter_map(|value| errors.parse(FIELD, parse(value))).collect();
        values.sort();
        values.dedup();
        errors.into_result().map(|()| Self { kind, values })
    }

    /// Returns what identities have to be like.
    #[must_use]
    pub fn kind(&self) -> LinkingKind {
        self.kind
    }

    /// Checks whether addresses decide, and `email` is of one of the domains.
    #[must_use]
    pub fn has_domain_of(&self, email: &EmailAddress) -> bool {
        self.kind == LinkingKind::MailDomains && self.values.iter().any(|of| of == email.domain())
    }

    /// Checks whether `identity` of `issuer` can be linked. Where an address decides, one that the
    /// provider does not vouch for is none.
    #[must_use]
    pub fn accepts(&self, identity: &Identity, issuer: &str) -> bool {
        match self.kind {
            LinkingKind::Any => true,
            LinkingKind::MailDomains => {
                let email = identity.email.as_deref().filter(|_| identity.email_verified);
                let email = email.and_then(|email| EmailAddress::parse(email).ok());
                email.is_some_and(|email| self.has_domain_of(&email))
            }
            LinkingKind::Issuers => {
                self.values.iter().any(|of| without_slash(of) == without_slash(issuer))
            }
        }
    }
}

impl fmt::Display for Linking {
    /// Says which sign-ins are accepted, after "this account accepts only".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.values.join(" or ");
        match self.kind {
            LinkingKind::Any => write!(f, "any sign-in"),
            LinkingKind::MailDomains => {
                write!(f, "sign-ins with a verified e-mail address at {values}")
            }
            LinkingKind::Issuers => write!(f, "sign-ins from {values}"),
        }
    }
}

/// Parses the domain of e-mail addresses, which people also write with its `@`.
fn parse_domain(text: &str) -> Result<String, FieldErrorCode> {
    let text = text.trim();
    let domain = text.strip_prefix('@').unwrap_or(text);
    if domain.contains('@') {
        return Err(FieldErrorCode::MailDomain);
    }
    let address = EmailAddress::parse(&format!("name@{domain}"));
    address.map(|address| address.domain().to_owned()).map_err(|_| FieldErrorCode::MailDomain)
}

/// Parses an issuer: an https address without query and fragment (OpenID Connect Core 1.0, 2), or
/// one on this machine, for the local run. One of Microsoft Entra must name its tenant, as tokens
/// do.
fn parse_issuer(text: &str) -> Result<String, FieldErrorCode> {
    const ENTRA: &str = "https://login.microsoftonline.com/";
    let text = text.trim();
    if is_guid(text) {
        return Ok(format!("{ENTRA}{}/v2.0", text.to_ascii_lowercase()));
    }
    let host = text.strip_prefix("https://").or_else(|| {
        let host = text.strip_prefix("http://")?;
        let name = host.split(['/', ':']).next().unwrap_or_default();
        ["localhost", "127.0.0.1"].contains(&name).then_some(host)
    });
    let is_address = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && text.len() <= Linking::LONGEST_ISSUER
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#@\\".contains(&byte));
    let is_of_no_tenant = text.strip_prefix(ENTRA).is_some_and(|rest| {
        let tenant = without_slash(rest).strip_suffix("/v2.0");
        !tenant.is_some_and(is_guid)
    });
    if is_address && !is_of_no_tenant {
        Ok(text.to_owned())
    } else {
        Err(FieldErrorCode::Issuer(Linking::LONGEST_ISSUER))
    }
}

/// Checks whether `text` is a GUID as Microsoft writes them: five groups of hexadecimal digits.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns an issuer without the slash at its end, which people leave out and some providers have.
fn without_slash(issuer: &str) -> &str {
    issuer.strip_suffix('/').unwrap_or(issuer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{IdentityKey, authorization::ActingAs};

    const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    fn limit(kind: LinkingKind, values: &[&str]) -> Linking {
        let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
        Linking::parse(kind, &values).expect("a limit")
    }

    fn refused(kind: LinkingKind, values: &[&str]) -> Vec<&'static str> {
        let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
        let errors = Linking::parse(kind, &values).expect_err("refused").into_vec();
        assert!(errors.iter().all(|error| error.field == "linking.values"));
        errors.iter().map(|error| error.code.code()).collect()
    }

    fn identity(email: Option<&str>, email_verified: bool) -> Identity {
        Identity {
            key: IdentityKey::new("issuer", "subject"),
            name: "Ada".to_owned(),
            email: email.map(str::to_owned),
            email_verified,
            provider: "Test".to_owned(),
        }
    }

    #[test]
    fn factors_are_needed_by_role() {
        let needs = |factors| {
            let policy = SignInPolicy { factors, ..SignInPolicy::default() };
            (policy.needs_factors(true), policy.needs_factors(false))
        };
        assert_eq!(needs(FactorsFor::Nobody), (false, false));
        assert_eq!(needs(FactorsFor::Administrators), (true, false));
        assert_eq!(needs(FactorsFor::Everybody), (true, true));
    }

    #[test]
    fn a_domain_accepts_the_addresses_at_it_that_the_provider_vouches_for() {
        let domains = limit(LinkingKind::MailDomains, &["Customer.example", "@bücher.example"]);
        for (email, verified, accepted) in [
            (Some("ada@customer.example"), true, true),
            (Some("Ada@CUSTOMER.example"), true, true),
            (Some("ada@bücher.example"), true, true),
            (Some("ada@xn--bcher-kva.example"), true, true),
            (Some("ada@customer.example"), false, false),
            (Some("ada@mail.customer.example"), true, false),
            (Some("ada@notcustomer.example"), true, false),
            (Some("ada@customer.example.evil.example"), true, false),
            (Some("customer.example"), true, false),
            (Some("ada@evil.example@customer.example"), true, false),
            (Some(""), true, false),
            (None, true, false),
        ] {
            let found = domains.accepts(&identity(email, verified), "any issuer");
            assert_eq!(found, accepted, "{email:?} {verified}");
        }
    }

    #[test]
    fn an_issuer_accepts_its_identities_whatever_their_address() {
        let entra = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
        let auth0 = "https://tenant.auth0.example/";
        for listed in [TENANT, &TENANT.to_uppercase(), &entra, &format!("{entra}/")] {
            let issuers = limit(LinkingKind::Issuers, &[listed, "https://tenant.auth0.example"]);
            assert!(issuers.accepts(&identity(None, false), &entra), "{listed}");
            assert!(issuers.accepts(&identity(None, false), auth0), "its slash");
            let personal = entra.replace("8eaef023", "9188040d");
            for other in [&personal, "https://accounts.google.com", "", &format!("{entra}/x")] {
                let verified = identity(Some("ada@customer.example"), true);
                assert!(!issuers.accepts(&verified, other), "{other}");
            }
        }
    }

    #[test]
    fn what_is_no_domain_and_no_issuer_is_refused() {
        use LinkingKind::{Any, Issuers, MailDomains};
        for text in ["", "@", "example", "a b.example", "ada@customer.example", "*.example"] {
            assert_eq!(refused(MailDomains, &[text]), ["mail-domain"], "{text:?}");
        }
        for text in [
            "",
            "https://",
            "https:///x",
            "http://provider.example",
            "http://localhost.evil.example",
            "provider.example",
            "https://provider.example?x=1",
            "https://provider.example#x",
            "https://user@provider.example",
            "https://provider example",
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com/organizations/v2.0",
            "https://login.microsoftonline.com/contoso.example/v2.0",
            &format!("https://login.microsoftonline.com/{TENANT}"),
        ] {
            assert_eq!(refused(Issuers, &[text]), ["issuer"], "{text:?}");
        }
        assert_eq!(refused(Any, &["customer.example"]), ["not-asked-for"]);
        assert_eq!(refused(MailDomains, &[]), ["empty"]);
        assert_eq!(refused(Issuers, &[]), ["empty"]);
        assert_eq!(refused(MailDomains, &["a.example"; 21]), ["too-many"]);
        assert_eq!(refused(MailDomains, &["x", "a.example", "y"]), ["mail-domain"; 2]);
    }

    #[test]
    fn equal_limits_are_equal_in_any_order_and_however_often_a_value_is_given() {
        let given = limit(LinkingKind::MailDomains, &["b.example", "A.example", "@a.example"]);
        assert_eq!(given, limit(LinkingKind::MailDomains, &["a.example", "b.example"]));
        let text = "sign-ins with a verified e-mail address at a.example or b.example";
        assert_eq!(given.to_string(), text);
    }

    #[test]
    fn a_request_to_lift_the_policy_is_open_for_seven_days() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        let lift = PolicyLift {
            by: Actor::system("Sid", ActingAs::Staff),
            at: at(0),
            reason: Reason::parse("Lost").expect("a reason"),
        };
        let policy = SignInPolicy { lift: Some(lift.into()), ..SignInPolicy::default() };
        assert!(policy.open_lift(at(7 * 86_400 - 1)).is_some());
        assert!(policy.open_lift(at(7 * 86_400)).is_none());
    }

    proptest! {
        /// Nobody gets in by an address that their provider does not vouch for, or that is at no
        /// listed domain, whatever it looks like.
        #[test]
        fn only_a_verified_address_at_a_listed_domain_passes(
            email in ".{0,20}@?.{0,20}(customer\\.example)?.{0,5}",
            verified: bool,
        ) {
            let domains = limit(LinkingKind::MailDomains, &["customer.example"]);
            if domains.accepts(&identity(Some(&email), verified), "issuer") {
                prop_assert!(verified);
                let parsed = EmailAddress::parse(&email).expect("an address");
                prop_assert_eq!(parsed.domain(), "customer.example");
            }
        }

        #[test]
        fn what_was_parsed_is_parsed_to_the_same(texts in prop::collection::vec("\\PC{0,30}", 1..4)) {
            for kind in [LinkingKind::MailDomains, LinkingKind::Issuers] {
                if let Ok(parsed) = Linking::parse(kind, &texts) {
                    prop_assert_eq!(Linking::parse(kind, &parsed.values), Ok(parsed));
                }
            }
        }
    }
}
