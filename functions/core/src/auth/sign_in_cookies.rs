//! The cookies of sign-ins in progress.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;

use crate::domain::{Secret, SignIn, return_path};

/// The names of the cookies of sign-ins in progress, one for each tab. With this prefix browsers
/// accept them only from this host, over TLS and for every path.
pub const SIGN_IN_COOKIES: [&str; 4] =
    ["__Host-sign-in-0", "__Host-sign-in-1", "__Host-sign-in-2", "__Host-sign-in-3"];

/// The sign-ins in progress of one browser.
///
/// A cookie's value is `SECRET.PROVIDER.KEEP.STARTED.RETURN`: the provider's id, 0 or 1, the
/// seconds since 1970, and the return page in URL-safe base64. Nobody else's is in it, so it is
/// neither signed nor encrypted: its owner could as well start another sign-in.
#[derive(Debug, Default)]
pub struct SignInCookies(Vec<(&'static str, SignIn)>);

impl SignInCookies {
    /// Reads the browser's cookies by name. Ignores those of another form.
    #[must_use]
    pub fn read<'a>(cookie: impl Fn(&str) -> Option<&'a str>) -> Self {
        let read = SIGN_IN_COOKIES.iter().filter_map(|name| Some((*name, parse(cookie(name)?)?)));
        Self(read.collect())
    }

    /// Returns the sign-in that a callback with `state` completes, with its cookie's name.
    #[must_use]
    pub fn answered_by(&self, state: &Secret) -> Option<(&'static str, &SignIn)> {
        let found = self.0.iter().find(|(_, sign_in)| sign_in.is_answered_by(state))?;
        Some((found.0, &found.1))
    }

    /// Returns the name of the cookie for `another` sign-in: one that holds none in progress, or
    /// else that of the oldest.
    #[must_use]
    pub fn name_for(&self, another: &SignIn, now: Timestamp) -> &'static str {
        let open: Vec<_> = self.0.iter().filter(|(_, sign_in)| sign_in.is_open(now)).collect();
        let free: Vec<_> = SIGN_IN_COOKIES
            .into_iter()
            .filter(|name| open.iter().all(|(taken, _)| taken != name))
            .collect();
        let oldest = open.iter().min_by_key(|(_, sign_in)| sign_in.started_at);
        match oldest {
            Some((name, _)) if free.is_empty() => name,
            // Tabs that start at the same moment see the same free ones, so one is drawn.
            _ => {
                let drawn = another.state().expose().bytes().map(usize::from).sum::<usize>();
                free[drawn % free.len()]
            }
        }
    }

    /// Formats the value of a sign-in's cookie.
    #[must_use]
    pub fn value(sign_in: &SignIn) -> String {
        let SignIn { secret, provider, keep, started_at, return_to } = sign_in;
        format!(
            "{}.{provider}.{}.{}.{}",
            secret.expose(),
            u8::from(*keep),
            started_at.as_second(),
            URL_SAFE_NO_PAD.encode(return_to)
        )
    }
}

/// Parses a cookie's value; `None` if it is not exactly what [`SignInCookies::value`] formats.
fn parse(value: &str) -> Option<SignIn> {
    let parts: Vec<_> = value.split('.').collect();
    let [secret, provider, keep, started_at, return_to] = *parts else { return None };
    let return_to = String::from_utf8(URL_SAFE_NO_PAD.decode(return_to).ok()?).ok()?;
    let sign_in = SignIn {
        secret: Secret::parse(secret)?,
        provider: provider.to_owned(),
        keep: keep == "1",
        started_at: Timestamp::from_second(started_at.parse().ok()?).ok()?,
        return_to: return_path(&return_to).to_owned(),
    };
    (SignInCookies::value(&sign_in) == value).then_some(sign_in)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn started(second: i64) -> SignIn {
        SignIn {
            secret: Secret::generate().expect("random"),
            provider: "test-2".to_owned(),
            keep: true,
            started_at: at(second),
            return_to: "/library/?q=a;b,\"c".to_owned(),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn read(cookies: &BTreeMap<&str, String>) -> SignInCookies {
        SignInCookies::read(|name| cookies.get(name).map(String::as_str))
    }

    #[test]
    fn a_value_is_read_as_it_was_written_in_characters_that_cookies_may_hold() {
        for sign_in in [started(1), SignIn { keep: false, return_to: "/".to_owned(), ..started(2) }]
        {
            let value = SignInCookies::value(&sign_in);
            assert!(
                value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)),
                "{value}"
            );
            let read = parse(&value).expect("a sign-in");
            assert_eq!(format!("{read:?}"), format!("{sign_in:?}"));
            assert_eq!(read.secret.expose(), sign_in.secret.expose());
        }
    }

    #[test]
    fn the_longest_value_fits_four_times_into_what_api_gateway_accepts() {
        let longest = SignIn {
            provider: "p".repeat(40),
            return_to: format!("/{}", "r".repeat(499)),
            ..started(i64::from(u32::MAX))
        };
        assert!(SignInCookies::value(&longest).len() < 800);
    }

    #[test]
    fn a_value_of_another_form_is_ignored() {
        let secret = "s".repeat(43);
        let path = |path: &str| URL_SAFE_NO_PAD.encode(path);
        let valid = format!("{secret}.test.1.1764500000.{}", path("/people/"));
        assert!(parse(&valid).is_some());
        for value in [
            String::new(),
            secret.clone(),
            format!("{valid}."),
            format!(" {valid}"),
            format!("{valid}="),
            format!("{}.test.1.1764500000.{}", "s".repeat(42), path("/")),
            format!("{secret}.test.2.1764500000.{}", path("/")),
            format!("{secret}.test.true.1764500000.{}", path("/")),
            format!("{secret}.test.1.+1764500000.{}", path("/")),
            format!("{secret}.test.1.01764500000.{}", path("/")),
            format!("{secret}.test.1.99999999999999999999.{}", path("/")),
            format!("{secret}.test.1.soon.{}", path("/")),
            format!("{secret}.test.1.1764500000.{}", path("")),
            format!("{secret}.test.1.1764500000.{}", path("https://evil.example")),
            format!("{secret}.test.1.1764500000.{}", path("//evil.example")),
            format!("{secret}.test.1.1764500000.{}", path("/\\evil.example")),
            format!("{secret}.test.1.1764500000.{}", path("/a\r\nb")),
            format!("{secret}.test.1.1764500000.{}", path(&format!("/{}", "r".repeat(500)))),
            format!("{secret}.test.1.1764500000./people/"),
        ] {
            assert!(parse(&value).is_none(), "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic_and_never_leads_to_another_site(value in ".{0,120}") {
            if let Some(sign_in) = parse(&value) {
                prop_assert_eq!(return_path(&sign_in.return_to), &sign_in.return_to);
            }
        }
    }

    #[test]
    fn each_of_four_tabs_has_a_cookie_and_a_fifth_takes_the_oldest() {
        for _ in 0..20 {
            let mut cookies = BTreeMap::new();
            let mut started_in = BTreeMap::new();
            for second in 100..104 {
                let sign_in = started(second);
                let name = read(&cookies).name_for(&sign_in, at(second));
                assert!(cookies.insert(name, SignInCookies::value(&sign_in)).is_none(), "{name}");
                started_in.insert(second, name);
            }
            assert_eq!(read(&cookies).name_for(&started(104), at(104)), started_in[&100]);
            // A minute later the first is over, and much later all are.
            let over = at(101 + 60 * SignIn::MINUTES - 1);
            assert_eq!(read(&cookies).name_for(&started(105), over), started_in[&100]);
            cookies.insert(started_in[&102], "of another form".to_owned());
            assert_eq!(read(&cookies).name_for(&started(105), at(105)), started_in[&102]);
        }
    }

    #[test]
    fn a_state_finds_its_own_sign_in_in_any_cookie() {
        let (first, second, other) = (started(1), started(2), started(3));
        let cookies = BTreeMap::from([
            (SIGN_IN_COOKIES[3], SignInCookies::value(&first)),
            (SIGN_IN_COOKIES[1], SignInCookies::value(&second)),
        ]);
        let read = read(&cookies);
        let found = |sign_in: &SignIn| read.answered_by(&sign_in.state()).map(|(name, _)| name);
        assert_eq!(found(&first), Some(SIGN_IN_COOKIES[3]));
        assert_eq!(found(&second), Some(SIGN_IN_COOKIES[1]));
        assert_eq!(found(&other), None);
    }
}
