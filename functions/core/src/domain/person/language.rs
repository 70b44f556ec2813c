//! The languages of mails, and of the pages that mails and sign-in lead to.

use crate::domain::LanguageTag;

/// The only list of languages: variant, tag (BCP 47) and the folder of its mails. A language that
/// lacks a mail does not compile, and the compiler names the missing file.
///
/// The first is the default; its pages are at the root of the site.
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
    (
        {}
        $first:ident = $first_tag:literal, $first_mails:literal;
        $($name:ident = $tag:literal, $mails:literal;)*
    ) => {
        /// A language of mails and pages.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[expect(missing_docs, reason = "its name says it")]
        pub enum Language {
            #[default]
            $first,
            $($name,)*
        }

        impl Language {
            /// All languages.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$name),*];

            /// Returns the tag, such as `de`.
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
    /// Returns the language that matches the first subtag of `tag`, or else the default.
    #[must_use]
    pub fn best(tag: &LanguageTag) -> Self {
        Self::find(tag.as_str().split('-').next()).unwrap_or_default()
    }

    /// Returns the language of the page at `path` on this site.
    #[must_use]
    pub fn of_page(path: &str) -> Self {
        let prefix = path.strip_prefix('/').and_then(|path| path.split(['/', '?', '#']).next());
        Self::find(prefix).unwrap_or_default()
    }

    /// Returns this language's path of the English page `path`: `/de/link/` for `/link/`.
    #[must_use]
    pub fn page(self, path: &str) -> String {
        if self == Self::default() { path.to_owned() } else { format!("/{}{path}", self.tag()) }
    }

    fn find(tag: Option<&str>) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| Some(language.tag()) == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_uses_its_language_and_an_unknown_tag_uses_english() {
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
    fn only_a_known_language_is_a_path_prefix() {
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
