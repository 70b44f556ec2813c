//! Lists, a page at a time.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Which page is wanted.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// How many items at most, 1 to 100.
    pub limit: i32,
    /// The place the last page ended at.
    pub after: Option<Cursor>,
    /// What names must begin with, folded; empty for all.
    pub search: String,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins, spelt for the caller; absent on the last one.
    pub next: Option<String>,
}

/// A place in a list: the sort key of the last item seen. It names no partition, so a forged one leads nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub(super) String);

impl Cursor {
    /// Takes what a page gave as `next`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let key = String::from_utf8(bytes).ok()?;
        (!key.is_empty() && key.len() <= 1024).then_some(Self(key))
    }

    pub(super) fn spell(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// Returns what stands behind the last `#`.
    pub(super) fn last_part(&self) -> &str {
        self.0.rsplit('#').next().unwrap_or_default()
    }
}

impl PageRequest {
    /// Returns where to go on among the sort keys that begin with `prefix`. DynamoDB refuses a place outside of them, as made-up cursors name.
    pub(super) fn place(&self, prefix: &str) -> Option<&Cursor> {
        self.after.as_ref().filter(|it| it.0.starts_with(prefix))
    }
}

impl<T> Page<T> {
    /// Changes every item.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}
