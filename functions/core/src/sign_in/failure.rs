//! Why a sign-in ended without a session.

use std::fmt;

use crate::domain::{IdentityKey, SignInProblem, SignInRefusal};

/// Why a sign-in ended without a session, in the portal's own words: for the log, and to decide
/// what the page says. Never contains a token, a code, an address of a person or the body of an
/// answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInFailure {
    /// The kind, which the log names.
    pub kind: FailureKind,
    /// What was wrong: a member's name, a status, an OAuth code.
    pub detail: String,
    /// Whose sign-in is refused and why, where the provider has signed it for this portal.
    pub refused: Option<(IdentityKey, SignInRefusal)>,
}

/// A kind of failure. The run book has a paragraph for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(strum::VariantArray))]
pub enum FailureKind {
    /// The metadata cannot be fetched.
    MetadataUnreachable,
    /// The metadata cannot be used, or is another issuer's.
    MetadataInvalid,
    /// The keys cannot be fetched.
    KeysUnreachable,
    /// The answer with the keys holds none that can be used.
    KeysInvalid,
    /// The token endpoint cannot be reached or has a fault of its own.
    TokenUnreachable,
    /// The provider has not answered in time.
    TimedOut,
    /// The token endpoint refuses the portal: a wrong or expired secret, or a wrong client id.
    ClientRefused,
    /// The token endpoint refuses the code.
    CodeRefused,
    /// The token endpoint refuses the request for another reason.
    RequestRefused,
    /// The token endpoint's answer holds no ID token.
    TokenAnswerInvalid,
    /// No known key has signed the ID token.
    SignatureInvalid,
    /// A claim of the ID token is missing, of another type, or another's.
    ClaimInvalid,
    /// The ID token is expired or not valid yet.
    OutOfTime,
    /// The ID token belongs to another sign-in.
    AnotherSignIn,
    /// The answer came from another provider than the one that was asked (RFC 9700, 4.4).
    WrongIssuer,
    /// The provider's page led back without a code or an error, or with parameters repeated.
    AnswerInvalid,
    /// The provider's page reports that the person stopped.
    Cancelled,
    /// The provider's page reports that the organisation does not allow it.
    NotAllowed,
    /// The provider's page reports trouble there.
    ProviderError,
    /// The provider's page refuses the portal's request.
    RequestError,
    /// The same identity came back although another was wanted.
    SameIdentity,
    /// Several factors were asked for and are not asserted.
    FactorsMissing,
    /// A fresh sign-in was asked for, and the provider confirms an earlier one.
    NotFresh,
}

impl SignInFailure {
    /// Creates a failure with what was wrong, which goes to the log.
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), refused: None }
    }

    /// Checks whether the page may say so although this browser started no sign-in. Anybody can
    /// make up a denial, and it does no harm.
    #[must_use]
    pub fn may_be_made_up(&self) -> bool {
        matches!(self.kind, FailureKind::Cancelled | FailureKind::NotAllowed)
    }

    /// Checks whether the provider's page may have refused only the prompt (OpenID Connect Core
    /// 1.0, 3.1.2.6).
    #[must_use]
    pub fn may_be_the_prompt(&self) -> bool {
        self.kind == FailureKind::RequestError && self.detail.starts_with("invalid_request")
    }
}

impl fmt::Display for SignInFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.detail)
    }
}

impl std::error::Error for SignInFailure {}

impl FailureKind {
    /// Returns its name in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MetadataUnreachable => "metadata-unreachable",
            Self::MetadataInvalid => "metadata-invalid",
            Self::KeysUnreachable => "keys-unreachable",
            Self::KeysInvalid => "keys-invalid",
            Self::TokenUnreachable => "token-unreachable",
            Self::TimedOut => "timed-out",
            Self::ClientRefused => "client-refused",
            Self::CodeRefused => "code-refused",
            Self::RequestRefused => "request-refused",
            Self::TokenAnswerInvalid => "token-answer-invalid",
            Self::SignatureInvalid => "signature-invalid",
            Self::ClaimInvalid => "claim-invalid",
            Self::OutOfTime => "out-of-time",
            Self::AnotherSignIn => "another-sign-in",
            Self::WrongIssuer => "wrong-issuer",
            Self::AnswerInvalid => "answer-invalid",
            Self::Cancelled => "cancelled",
            Self::NotAllowed => "not-allowed",
            Self::ProviderError => "provider-error",
            Self::RequestError => "request-error",
            Self::SameIdentity => "same-identity",
            Self::FactorsMissing => "factors-missing",
            Self::NotFresh => "not-fresh",
        }
    }

    /// Returns what the sign-in page tells the person.
    #[must_use]
    pub fn problem(self) -> SignInProblem {
        match self {
            Self::MetadataUnreachable
            | Self::KeysUnreachable
            | Self::TokenUnreachable
            | Self::TimedOut
            | Self::ProviderError => SignInProblem::ProviderUnavailable,
            Self::MetadataInvalid
            | Self::KeysInvalid
            | Self::ClientRefused
            | Self::RequestRefused
            | Self::TokenAnswerInvalid
            | Self::SignatureInvalid
            | Self::ClaimInvalid
            | Self::RequestError => SignInProblem::ProviderMisconfigured,
            Self::CodeRefused
            | Self::OutOfTime
            | Self::AnotherSignIn
            | Self::WrongIssuer
            | Self::AnswerInvalid => SignInProblem::Refused,
            Self::Cancelled => SignInProblem::Cancelled,
            Self::NotAllowed => SignInProblem::NotAllowed,
            Self::SameIdentity => SignInProblem::SameIdentity,
            Self::FactorsMissing => SignInProblem::FactorsMissing,
            Self::NotFresh => SignInProblem::NotFresh,
        }
    }

    /// Checks whether it is a fault of the provider or of the configuration, which a visitor cannot
    /// cause: what the provider's page reports comes through the browser, so anybody can make it
    /// up, and so can a code that was never given.
    #[must_use]
    pub fn is_fault(self) -> bool {
        match self {
            Self::MetadataUnreachable
            | Self::MetadataInvalid
            | Self::KeysUnreachable
            | Self::KeysInvalid
            | Self::TokenUnreachable
            | Self::TimedOut
            | Self::ClientRefused
            | Self::TokenAnswerInvalid
            | Self::SignatureInvalid
            | Self::ClaimInvalid
            | Self::OutOfTime => true,
            Self::CodeRefused
            | Self::RequestRefused
            | Self::AnotherSignIn
            | Self::WrongIssuer
            | Self::AnswerInvalid
            | Self::Cancelled
            | Self::NotAllowed
            | Self::ProviderError
            | Self::RequestError
            | Self::SameIdentity
            | Self::FactorsMissing
            | Self::NotFresh => false,
        }
    }

    /// Checks whether the provider could not be asked what is needed to verify a token.
    #[must_use]
    pub fn is_unreachable(self) -> bool {
        matches!(
            self,
            Self::MetadataUnreachable
                | Self::MetadataInvalid
                | Self::KeysUnreachable
                | Self::KeysInvalid
                | Self::TimedOut
        )
    }

    /// Checks whether it is what the person wanted, so that nothing has failed.
    #[must_use]
    pub fn is_intended(self) -> bool {
        matches!(self, Self::Cancelled | Self::SameIdentity)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn the_run_book_says_what_to_do_about_each_kind_and_each_problem() {
        let run_book = include_str!("../../../../infra/providers.md");
        let names = FailureKind::VARIANTS.iter().map(|kind| kind.name());
        let problems = SignInProblem::VARIANTS.iter().map(|problem| problem.name());
        for name in names.chain(problems) {
            assert!(run_book.contains(&format!("`{name}`")), "{name}");
        }
        let faults = run_book.split("\n### ").find(|part| part.starts_with("Faults of"));
        for kind in FailureKind::VARIANTS {
            let is_listed = faults.is_some_and(|part| part.contains(&format!("`{}`", kind.name())));
            assert_eq!(is_listed, kind.is_fault(), "{}", kind.name());
        }
    }
}
