//! A provider's own pages, as a browser without scripts sees them.

use reqwest::Url;
use serde_json::Value;
use tests::{Answer, Browser};

/// A browser at a provider, which keeps its cookies.
pub(crate) struct Pages {
    browser: Browser,
    issuer: String,
}

/// A page, or the address to which the provider has led elsewhere.
#[derive(Debug)]
pub(crate) enum Place {
    Page { address: Url, html: String },
    Elsewhere(String),
}

impl Place {
    /// Returns the address elsewhere.
    pub(crate) fn elsewhere(self) -> String {
        match self {
            Self::Elsewhere(address) => address,
            Self::Page { address, html } => panic!("still at {address}: {html}"),
        }
    }

    /// Checks whether there is an input field `name` on the page.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        match self {
            Self::Page { html, .. } => {
                tags(html, "input").any(|tag| attribute(tag, "name").as_deref() == Some(name))
            }
            Self::Elsewhere(_) => false,
        }
    }
}

impl Pages {
    /// Opens a browser at a provider.
    pub(crate) fn open(issuer: &str) -> Self {
        let mut browser = Browser::open(issuer);
        browser.headers.clear();
        Self { browser, issuer: issuer.to_owned() }
    }

    /// Opens an address and follows where it leads.
    pub(crate) async fn visit(&mut self, address: &str) -> Place {
        let answer = self.browser.get(address).await;
        self.follow(Url::parse(address).expect("an address"), answer).await
    }

    /// Fills in these fields of the page's first form, beside its hidden ones, and submits it.
    pub(crate) async fn submit(&mut self, place: Place, fields: &[(&str, &str)]) -> Place {
        let Place::Page { address, html } = place else { panic!("no form: {place:?}") };
        let (_, form) = html.split_once("<form").expect("a form");
        let (form, _) = form.split_once("</form>").expect("its end");
        let action = tags(&html, "form").next().and_then(|tag| attribute(tag, "action"));
        let action = address.join(&action.unwrap_or_default()).expect("an address");
        let hidden = tags(form, "input")
            .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
            .map(|tag| (attribute(tag, "name"), attribute(tag, "value")));
        let hidden: Vec<_> = hidden
            .map(|(name, value)| (name.unwrap_or_default(), value.unwrap_or_default()))
            .collect();
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = hidden.chain(fields.iter().copied()).collect();
        let answer = self.browser.post_form(action.as_str(), &all).await;
        self.follow(action, answer).await
    }

    async fn follow(&mut self, mut address: Url, mut answer: Answer) -> Place {
        while (300..400).contains(&answer.status) {
            address = address.join(answer.location()).expect("an address");
            if !address.as_str().starts_with(&self.issuer) {
                return Place::Elsewhere(address.into());
            }
            answer = self.browser.get(address.as_str()).await;
        }
        assert_eq!(answer.status, 200, "{address}: {answer}");
        match answer.body {
            Value::String(html) => Place::Page { address, html },
            body => panic!("no page at {address}: {body}"),
        }
    }
}

/// Lists the tags of a kind.
fn tags<'a>(html: &'a str, kind: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("<{kind}");
    let tags: Vec<_> = html.split(&start).skip(1).collect();
    tags.into_iter().map(|rest| rest.split('>').next().unwrap_or_default())
}

/// Returns the value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.replace(|c: char| c.is_ascii_whitespace(), " ");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&amp;", "&").replace("&#34;", "\""))
}
