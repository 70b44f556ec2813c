//! The sign-in page, which tells people how a sign-in ended.

use url::Url;

use super::{ProblemKind, Response, see_other};
use crate::{
    App, Error, Result,
    domain::{Language, SignInEventId, SignInProblem},
    runtime::metrics::Metric,
    sign_in::SignInFailure,
};

/// The sign-in page after a sign-in that gave no session. A person sees it, so it is a page and
/// never a problem document.
#[derive(Clone, Copy, Debug)]
pub struct SignInPage<'a> {
    /// The page to show after a sign-in that succeeds.
    pub return_to: &'a str,
    /// The id of the provider, if this portal began the sign-in.
    pub provider: Option<&'a str>,
}

impl SignInPage<'_> {
    /// Returns 303 to the page, in the language of the return page, with `problem`.
    pub fn explain(self, problem: SignInProblem) -> Result<Response> {
        self.respond(problem, None)
    }

    /// Logs a failure of a sign-in that this portal began, counts it, and returns 303 to the page.
    ///
    /// The log line has the reference that the page shows where only an operator can help.
    pub fn explain_failure(self, app: &App, failure: &SignInFailure) -> Result<Response> {
        let SignInFailure { kind, detail, .. } = failure;
        let (problem, reference) = (kind.problem(), reference(app)?);
        let provider = self.provider.unwrap_or_default();
        let (name, shown) = (kind.name(), problem.name());
        if kind.is_fault() {
            app.store.metrics.count(Metric::SignInProviderFault);
            tracing::error!(
                provider,
                kind = name,
                problem = shown,
                reference,
                detail,
                "sign-in failed"
            );
        } else {
            tracing::info!(
                provider,
                kind = name,
                problem = shown,
                reference,
                detail,
                "sign-in failed"
            );
        }
        if !kind.is_intended() {
            app.store.metrics.count(Metric::SignInFailed);
        }
        let is_shown = kind.is_fault() || problem == SignInProblem::ProviderMisconfigured;
        self.respond(problem, is_shown.then_some(&reference))
    }

    /// Logs a defect on our side, counts it, and returns 303 to the page.
    pub fn explain_error(self, app: &App, error: &Error) -> Result<Response> {
        let reference = reference(app)?;
        error.log();
        let provider = self.provider.unwrap_or_default();
        let (kind, problem) = ("own-fault", SignInProblem::Failed);
        tracing::warn!(provider, kind, problem = problem.name(), reference, "sign-in failed");
        app.store.metrics.count(Metric::SignInFailed);
        self.respond(problem, Some(&reference))
    }

    fn respond(self, problem: SignInProblem, reference: Option<&String>) -> Result<Response> {
        let mut address = Url::parse("https://site/sign-in/").map_err(Error::internal)?;
        let mut query = address.query_pairs_mut();
        query.append_pair("problem", problem.name()).append_pair("return", self.return_to);
        if let Some(provider) = self.provider {
            query.append_pair("provider", provider);
        }
        if let Some(reference) = reference {
            query.append_pair("reference", reference);
        }
        drop(query);
        let page = Language::of_page(self.return_to).page("/sign-in/");
        let query = address.query().unwrap_or_default();
        let mut response = see_other(&format!("{page}?{query}"), &[])?;
        response.extensions_mut().insert(ProblemKind(problem.name()));
        Ok(response)
    }
}

/// Returns eight characters that lead from what a person reports to the line of the log.
fn reference(app: &App) -> Result<String> {
    let id = app.new_id::<SignInEventId>()?.to_string();
    Ok(id[id.len().saturating_sub(8)..].to_owned())
}
