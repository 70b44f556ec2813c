//! The cookies of sign-ins in progress.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;

use crate::domain::{Secret, SignIn, SignInAsks, return_path};

/// The names of the cookies of sign-ins in progress, one for each tab. With this prefix browsers
/// accept them only from this host, over TLS and for every path.
pub const SIGN_IN_COOKIES: [&str; 4] =
    ["__Host-sign-in-0", "__Host-sign-in-1", "__Host-sign-in-2", "__Host-sign-in-3"];

/// The sign-ins of one browser: those in progress, and those completed last.
///
/// The cookie of one in progress is `SECRET.PROVIDER.ASKS.STARTED.RETURN`: the provider's id, the
/// sum of what it asks for, the seconds since 1970, and the return page in URL-safe base64. Nobody
/// else's is in it, so it is neither signed nor encrypted: its owner could as well start another
/// sign-in. That of a completed one is `STATE.done.STARTED.RETURN` with the hash of its state, for
/// people who go back or reload: it leads to the same page once more, and the secret is gone.
#[derive(Debug, Default)]
pub struct SignInCookies(Vec<(&'static str, Kept)>);

#[derive(Clone, Debug)]
enum Kept {
    InProgress(SignIn),
    Done(CompletedSignIn),
}

/// A sign-in that this browser has completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletedSignIn {
    /// The hash of its state.
    state: String,
    started_at: Timestamp,
    /// The page that it leads to.
    pub return_to: String,
}

/// The word in the cookie of a completed sign-in.
const DONE: &str = "done";

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
        self.in_progress().find(|(_, sign_in)| sign_in.is_answered_by(state))
    }

    /// Returns the latest sign-in in progress, for an answer that does not say which it is to.
    #[must_use]
    pub fn latest(&self) -> Option<&SignIn> {
        self.in_progress().map(|(_, sign_in)| sign_in).max_by_key(|sign_in| sign_in.started_at)
    }

    /// Returns the sign-in that a callback with `state` has completed already.
    #[must_use]
    pub fn completed_by(&self, state: &Secret) -> Option<&CompletedSignIn> {
        self.0.iter().find_map(|(_, kept)| match kept {
            Kept::Done(done) if done.state == state.hash().as_str() => Some(done),
            _ => None,
        })
    }

    /// Returns the name of the cookie for `another` sign-in: one that holds none in progress, or
    /// else that of the oldest.
    #[must_use]
    pub fn name_for(&self, another: &SignIn, now: Timestamp) -> &'static str {
        let open: Vec<_> = self.in_progress().filter(|(_, sign_in)| sign_in.is_open(now)).collect();
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
        let SignIn { secret, provider, asks, started_at, return_to } = sign_in;
        format!(
            "{}.{provider}.{}.{}.{}",
            secret.expose(),
            sum(*asks),
            started_at.as_second(),
            URL_SAFE_NO_PAD.encode(return_to)
        )
    }

    /// Formats the value of a sign-in's cookie once it is completed.
    #[must_use]
    pub fn value_when_done(sign_in: &SignIn) -> String {
        let state = sign_in.state().hash().as_str().to_owned();
        let (started_at, return_to) = (sign_in.started_at, sign_in.return_to.clone());
        CompletedSignIn { state, started_at, return_to }.value()
    }

    fn in_progress(&self) -> impl Iterator<Item = (&'static str, &SignIn)> {
        self.0.iter().filter_map(|(name, kept)| match kept {
            Kept::InProgress(sign_in) => Some((*name, sign_in)),
            Kept::Done(_) => None,
        })
    }
}

impl CompletedSignIn {
    fn value(&self) -> String {
        let Self { state, started_at, return_to } = self;
        let return_to = URL_SAFE_NO_PAD.encode(return_to);
        format!("{state}.{DONE}.{}.{return_to}", started_at.as_second())
    }
}

/// What a sign-in may ask for, each as its own power of two.
const ASKS: u8 = 0b1_1111;

fn sum(asks: SignInAsks) -> u8 {
    let SignInAsks { keep, choose, fresh, factors, prompt_refused } = asks;
    [keep, choose, fresh, factors, prompt_refused]
        .into_iter()
        .rev()
        .fold(0, |sum, is_asked| sum * 2 + u8::from(is_asked))
}

fn asks(sum: u8) -> SignInAsks {
    let is_asked = |power: u8| sum & (1 << power) != 0;
    SignInAsks {
        keep: is_asked(0),
        choose: is_asked(1),
        fresh: is_asked(2),
        factors: is_asked(3),
        prompt_refused: is_asked(4),
    }
}

/// Parses a cookie's value; `None` if it is not exactly what was formatted.
fn parse(value: &str) -> Option<Kept> {
    let parts: Vec<_> = value.split('.').collect();
    let path = |encoded: &str| {
        let path = String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()?;
        Some(return_path(&path).to_owned())
    };
    let time = |seconds: &str| Timestamp::from_second(seconds.parse().ok()?).ok();
    let (kept, formatted) = match *parts {
        [secret, provider, sum, started_at, return_to] => {
            let sign_in = SignIn {
                secret: Secret::parse(secret)?,
                provider: provider.to_owned(),
                asks: asks(sum.parse().ok().filter(|sum| *sum <= ASKS)?),
                started_at: time(started_at)?,
                return_to: path(return_to)?,
            };
            let formatted = SignInCookies::value(&sign_in);
            (Kept::InProgress(sign_in), formatted)
        }
        [state, DONE, started_at, return_to] => {
            let done = CompletedSignIn {
                state: Secret::parse(state)?.expose().to_owned(),
                started_at: time(started_at)?,
                return_to: path(return_to)?,
            };
            let formatted = done.value();
            (Kept::Done(done), formatted)
        }
        _ => return None,
    };
    (formatted == value).then_some(kept)
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
            asks: SignInAsks { keep: true, ..SignInAsks::default() },
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
        for sum in 0..=ASKS {
            let sign_in = SignIn { asks: asks(sum), ..started(1) };
            let value = SignInCookies::value(&sign_in);
            assert!(
                value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)),
                "{value}"
            );
            let Some(Kept::InProgress(read)) = parse(&value) else { panic!("{value}") };
            assert_eq!(format!("{read:?}"), format!("{sign_in:?}"));
            assert_eq!(read.secret.expose(), sign_in.secret.expose());
        }
    }

    #[test]
    fn a_completed_sign_in_leads_to_its_page_without_its_secret() {
        let sign_in = started(1);
        let value = SignInCookies::value_when_done(&sign_in);
        assert!(
            !value.contains(sign_in.secret.expose()) && !value.contains(sign_in.state().expose())
        );
        let cookies = BTreeMap::from([(SIGN_IN_COOKIES[2], value)]);
        let read = read(&cookies);
        let done = read.completed_by(&sign_in.state()).expect("the completed sign-in");
        assert_eq!(done.return_to, sign_in.return_to);
        assert!(read.completed_by(&started(1).state()).is_none());
        assert!(read.answered_by(&sign_in.state()).is_none());
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
            format!("{secret}.test.32.1764500000.{}", path("/")),
            format!("{secret}.test.01.1764500000.{}", path("/")),
            format!("{secret}.done.1764500000.{}", path("https://evil.example")),
            format!("{secret}.gone.1764500000.{}", path("/")),
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
            if let Some(Kept::InProgress(SignIn { return_to, .. })
                | Kept::Done(CompletedSignIn { return_to, .. })) = parse(&value)
            {
                prop_assert_eq!(return_path(&return_to), &return_to);
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
