//! The languages of mails and of the pages that they and sign-in lead to.

use crate::domain::LanguageTag;

/// The one list of languages: the name here, the tag (BCP 47), the folder of its mails. Mails are compiled from it: what a language lacks
/// does not compile, and the compiler names the file.
///
/// The first is the language of whoever has none of these, and its pages stand at the root of the site.
macro_rules! languages {
    ($then:ident! $context:tt) => {
        $then! {
            $context
            English = "en", "src/mail/en/askama.toml";
            German = "de", "src/mail/de/askama.toml";
        }
    };
}

macro_rules! declare {
    ({} $first:ident = $first_tag:literal, $first_mails:literal; $($name:ident = $tag:literal, $mails:literal;)*) => {
        /// A language that mails and pages are written in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[expect(missing_docs, reason = "its name says it")]
        pub enum Language {
            #[default]
            $first,
            $($name,)*
        }

        impl Language {
            /// Every language there is.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$name),*];

            /// Returns the tag: `de`.
            #[must_use]
            pub fn tag(self) -> &'static str {
                match self {
                    Self::$first => $first_tag,
                    $(Self::$name => $tag,)*
                }
            }
        }
    };
}

languages!(declare! {});
pub(crate) use languages;

impl Language {
    /// Returns the language for whoever asked for `tag`: the one of its first subtag, else English.
    #[must_use]
    pub fn best(tag: &LanguageTag) -> Self {
        Self::find(tag.as_str().split('-').next()).unwrap_or_default()
    }

    /// Returns the language of the page at `path`, a path of this site.
    #[must_use]
    pub fn of_page(path: &str) -> Self {
        let prefix = path.strip_prefix('/').and_then(|it| it.split(['/', '?', '#']).next());
        Self::find(prefix).unwrap_or_default()
    }

    /// Returns the path of the page that is at `path` in English: `/link/` is `/de/link/`.
    #[must_use]
    pub fn page(self, path: &str) -> String {
        if self == Self::default() { path.to_owned() } else { format!("/{}{path}", self.tag()) }
    }

    fn find(tag: Option<&str>) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| Some(it.tag()) == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_served_by_its_language_and_the_unknown_by_english() {
        for (tag, language) in
            [("de", "de"), ("de-AT", "de"), ("en-GB", "en"), ("fr", "en"), ("den", "en")]
        {
            assert_eq!(
                Language::best(&LanguageTag::parse(tag).expect("a tag")).tag(),
                language,
                "{tag}"
            );
        }
    }

    #[test]
    fn only_a_language_is_a_prefix() {
        for (path, language) in [
            ("/", "en"),
            ("/de/", "de"),
            ("/de", "de"),
            ("/de?x", "de"),
            ("/de/people/?account=1", "de"),
            ("/people/de/", "en"),
        ] {
            assert_eq!(Language::of_page(path).tag(), language, "{path}");
        }
        for path in ["/dev/", "/fr/", "/DE/", "de/", "", "//de/"] {
            assert_eq!(Language::of_page(path), Language::default(), "{path}");
        }
    }

    #[test]
    fn a_page_has_a_path_in_every_language() {
        assert_eq!(Language::default().page("/link/"), "/link/");
        for language in Language::ALL {
            assert_eq!(Language::of_page(&language.page("/link/")), *language);
        }
    }
}
