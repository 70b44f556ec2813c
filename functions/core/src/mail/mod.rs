//! What Portico's mails say, in each language. A folder for each mail, with subject, plain text and HTML, in a folder for each language.
//!
//! They are rendered here and not by SES, so that there is no template state to deploy and escaping is always on. Each holds one link
//! at most (requirement 15), which leads to the page in the mail's language.

mod wrap;

use askama::Template;
use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{
    Error, Policy, Result,
    domain::{
        Audience, Decider, EmailAddress, Grant, Identity, Language, Letter, PartnerCard, PersonName, Professional, Reason, Recipient, Waited,
        languages,
    },
};

/// A mail ready to leave. It holds a secret if its letter has a link, so it is never stored and cannot be printed.
#[expect(missing_debug_implementations, reason = "its text may hold a secret")]
pub struct Message {
    /// Whom it goes to.
    pub to: EmailAddress,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<EmailAddress>,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

/// What every letter may use.
struct Frame {
    language: Language,
    name: String,
    vendor: Option<String>,
    access_mailbox: Option<String>,
    link: String,
}

/// Compiles a letter's three templates in every language, and renders them in one.
macro_rules! render {
    (
        { $it:expr, $facts:ident, $subject:literal, $text:literal, $html:literal }
        $($language:ident = $tag:literal, $mails:literal;)*
    ) => {
        match $it.frame.language {
            $(Language::$language => {
                #[derive(Template)]
                #[template(path = $subject, config = $mails, escape = "none")]
                struct Subject<'a> { it: &'a $facts }

                #[derive(Template)]
                #[template(path = $text, config = $mails, escape = "none")]
                struct Text<'a> { it: &'a $facts }

                #[derive(Template)]
                #[template(path = $html, config = $mails)]
                struct Html<'a> { it: &'a $facts, subject: &'a str }

                let subject = Subject { it: $it }.render()?.trim().to_owned();
                let text = wrap::wrap(&Text { it: $it }.render()?);
                let html = Html { it: $it, subject: &subject }.render()?;
                Ok([subject, text, html])
            })*
        }
    };
}

/// Declares the facts of a letter and the three templates that tell them.
macro_rules! letters {
    ($($(#[$doc:meta])* $facts:ident { $($field:ident: $type:ty),* } = $subject:literal, $text:literal, $html:literal;)*) => {$(
        $(#[$doc])*
        struct $facts { frame: Frame, $($field: $type),* }

        impl $facts {
            fn write(&self) -> askama::Result<[String; 3]> {
                languages!(render! { self, $facts, $subject, $text, $html })
            }
        }
    )*};
}

letters! {
    /// Somebody, or an operator, invites the recipient.
    Invitation { account: String, inviter: Option<String>, expires: String } =
        "invitation/subject.txt", "invitation/text.txt", "invitation/html.html";
    /// An invitation of the recipient's came back.
    Returned { account: String, professional: String, email: String } =
        "returned/subject.txt", "returned/text.txt", "returned/html.html";
    /// The recipient asked for a link.
    MyLink { account: String, expires: String } = "my-link/subject.txt", "my-link/text.txt", "my-link/html.html";
    /// An identity was linked with a profile. The link in it is good for so many days.
    Linked { account: String, professional: String, identity: String, at: String, own: bool, days: i64 } =
        "linked/subject.txt", "linked/text.txt", "linked/html.html";
    /// Another identity has taken the recipient's place.
    IdentitySwitched { account: String, professional: String, identity: String, at: String } =
        "identity-switched/subject.txt", "identity-switched/text.txt", "identity-switched/html.html";
    /// The account has a new partner of record.
    PartnerChanged { account: String, partner: PartnerCard, grant: Grant } =
        "partner-changed/subject.txt", "partner-changed/text.txt", "partner-changed/html.html";
    /// A customer of the recipient's has changed what its partner may do.
    GrantChanged { account: String, partner: String, grant: Grant } =
        "grant-changed/subject.txt", "grant-changed/text.txt", "grant-changed/html.html";
    /// The partner or staff have appointed an administrator.
    AdministratorChanged { account: String, professional: String, in_place_of: Vec<String>, by: String, partner: Option<String>, reason: Option<Reason> } =
        "administrator-changed/subject.txt", "administrator-changed/text.txt", "administrator-changed/html.html";
    /// An appointment waits for the recipient's approval.
    AppointmentRequested { account: String, professional: String, by: String, reason: Option<Reason> } =
        "appointment-requested/subject.txt", "appointment-requested/text.txt", "appointment-requested/html.html";
    /// Somebody's access, the recipient's own or another's, is about to end.
    AccessEnding { account: String, professional: String, ends: String, own: bool } =
        "access-ending/subject.txt", "access-ending/text.txt", "access-ending/html.html";
    /// There are people who may no longer need access.
    ReviewAccess { account: String, months: u8 } = "review-access/subject.txt", "review-access/text.txt", "review-access/html.html";
    /// The plan comes to its end in so many days; `copy` for its partner.
    PlanEnding { account: String, plan: String, ends: String, days_left: i32, lapses: String, partner: Option<PartnerCard>, copy: bool } =
        "plan-ending/subject.txt", "plan-ending/text.txt", "plan-ending/html.html";
    /// The plan has lapsed; `copy` for its partner.
    PlanLapsed { account: String, plan: String, since: String, partner: Option<PartnerCard>, copy: bool } =
        "plan-lapsed/subject.txt", "plan-lapsed/text.txt", "plan-lapsed/html.html";
    /// Somebody asks for access.
    AccessRequested { account: Option<String>, person: String, email: String, stage: Decider, waited: Waited } =
        "access-requested/subject.txt", "access-requested/text.txt", "access-requested/html.html";
}

/// Writes `letter` to `recipient` in the language that is best for them. `link` is the path of the one link in English, secret and all, for
/// letters that have one; without it they link the portal.
///
/// `own` says whether a notice about a profile goes to the profile's own mailbox.
pub fn write(letter: &Letter, recipient: &Recipient, own: bool, link: Option<&str>, policy: &Policy) -> Result<Message> {
    let language = Language::best(&recipient.language);
    let frame = Frame {
        language,
        name: recipient.name.clone(),
        vendor: policy.vendor.clone(),
        access_mailbox: policy.access_mailbox.clone(),
        link: format!("{}{}", policy.site_url, language.page(link.unwrap_or("/"))),
    };
    let mut reply_to = None;
    let written = match letter.clone() {
        Letter::Invitation { account_name: account, inviter, reply_to: to, expires_at, .. } => {
            reply_to = to;
            Invitation { frame, account, inviter, expires: moment(expires_at, language)? }.write()
        }
        Letter::Returned { account_name: account, professional_name: professional, email, .. } => {
            Returned { frame, account, professional, email: email.into() }.write()
        }
        Letter::MyLink { account_name: account, expires_at, .. } => MyLink { frame, account, expires: moment(expires_at, language)? }.write(),
        Letter::Linked { account_name: account, professional_name: professional, identity, linked_at } => {
            let (identity, at) = (describe(&identity), moment(linked_at, language)?);
            Linked { frame, account, professional, identity, at, own, days: Professional::DISPUTE_DAYS }.write()
        }
        Letter::IdentitySwitched { account_name: account, professional_name: professional, identity, switched_at } => {
            IdentitySwitched { frame, account, professional, identity: describe(&identity), at: moment(switched_at, language)? }.write()
        }
        Letter::PartnerChanged { account_name: account, partner, grant } => PartnerChanged { frame, account, partner, grant }.write(),
        Letter::GrantChanged { account_name: account, partner_name: partner, grant } => GrantChanged { frame, account, partner, grant }.write(),
        Letter::AdministratorChanged { account_name: account, professional_name: professional, in_place_of, by, partner, reason, .. } => {
            AdministratorChanged { frame, account, professional, in_place_of, by, partner, reason }.write()
        }
        Letter::AppointmentRequested { account_name: account, professional_name: professional, by, reason, .. } => {
            AppointmentRequested { frame, account, professional, by, reason }.write()
        }
        Letter::AccessEnding { account_name: account, professional_name: professional, ends_on } => {
            AccessEnding { frame, account, professional, ends: day(ends_on, None, language)?, own }.write()
        }
        Letter::ReviewAccess { account_name: account, months } => ReviewAccess { frame, account, months }.write(),
        Letter::PlanEnding { account_name: account, plan_name: plan, ends_on, days_left, lapses_on, partner, audience } => {
            let (ends, lapses) = (day(ends_on, None, language)?, day(lapses_on, None, language)?);
            PlanEnding { frame, account, plan, ends, days_left, lapses, partner, copy: audience == Audience::Partner }.write()
        }
        Letter::PlanLapsed { account_name: account, plan_name: plan, since, partner, audience } => {
            PlanLapsed { frame, account, plan, since: day(since, None, language)?, partner, copy: audience == Audience::Partner }.write()
        }
        Letter::AccessRequested { account_name: account, name, email, stage, waited, .. } => {
            AccessRequested { frame, account, person: name.into(), email: email.into(), stage, waited }.write()
        }
        Letter::RequestedLinks { .. } | Letter::RoutedAccess { .. } => {
            return Err(Error::internal("what stands for several mails is not a letter"));
        }
    };
    let [subject, text, html] = written.map_err(Error::internal)?;
    Ok(Message { to: recipient.email.clone(), reply_to, subject, text, html })
}

/// Spells a time for people, in UTC since the recipient's time zone is not known.
fn moment(time: Timestamp, language: Language) -> Result<String> {
    let time = time.to_zoned(TimeZone::UTC);
    day(time.date(), Some(time.strftime("%H:%M\u{a0}UTC").to_string()), language)
}

/// Compiles the template of a day in every language, and renders it in one.
macro_rules! render_day {
    ({ $language:expr, $it:expr } $($name:ident = $tag:literal, $mails:literal;)*) => {
        match $language {
            $(Language::$name => {
                #[derive(Template)]
                #[template(path = "day.txt", config = $mails, escape = "none")]
                struct Text<'a> { it: &'a Moment }

                Text { it: $it }.render()
            })*
        }
    };
}

struct Moment {
    year: i16,
    /// From 0.
    month: usize,
    day: i8,
    time: Option<String>,
}

/// Spells a day for people, with a time of that day if there is one.
fn day(date: civil::Date, time: Option<String>, language: Language) -> Result<String> {
    let month = usize::try_from(date.month() - 1).map_err(Error::internal)?;
    let it = Moment { year: date.year(), month, day: date.day(), time };
    let written = languages!(render_day! { language, &it });
    Ok(written.map_err(Error::internal)?.trim().to_owned())
}

/// Describes an identity so that its owner recognises it. Its name is the provider's claim, so what would become a link is left out.
fn describe(identity: &Identity) -> String {
    let name = PersonName::parse(&identity.name).ok();
    let email = identity.email.as_deref().and_then(|it| EmailAddress::parse(it).ok());
    match (name, email) {
        (Some(name), Some(email)) => format!("{name} ({email}, {})", identity.provider),
        (Some(name), None) => format!("{name} ({})", identity.provider),
        (None, Some(email)) => format!("{email} ({})", identity.provider),
        (None, None) => identity.provider.clone(),
    }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;
    use crate::domain::{AccountId, IdentityKey, LanguageTag};

    const LINK: &str = "/link/#TOKEN";

    fn policy(vendor: Option<&str>) -> Policy {
        Policy {
            site_url: "https://portal.example".to_owned(),
            vendor: vendor.map(str::to_owned),
            access_mailbox: Some("access@vendor.example".to_owned()),
            grace_days: 0,
            invitation_days: 7,
            escalation_days: 3,
            review_months: 6,
            holds_mail: true,
            limits: crate::domain::Limits::default(),
            second_approval: false,
            origin_key: None,
        }
    }

    fn recipient(name: &str, language: Language) -> Recipient {
        Recipient {
            professional: None,
            email: EmailAddress::parse("ada@example.org").expect("valid"),
            name: name.to_owned(),
            language: LanguageTag::parse(language.tag()).expect("a tag"),
        }
    }

    fn invitation(account: &str, inviter: Option<&str>) -> Letter {
        Letter::Invitation {
            invitation: Ulid(1).into(),
            account_name: account.to_owned(),
            inviter: inviter.map(str::to_owned),
            reply_to: EmailAddress::parse("grace@example.org").ok(),
            invited_by: None,
            expires_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn asked(account: Option<&str>, stage: Decider, waited: Waited) -> Letter {
        Letter::AccessRequested {
            request: Ulid(1).into(),
            account_name: account.map(str::to_owned),
            name: PersonName::parse("Nina & New").expect("a name"),
            email: EmailAddress::parse("nina@customer.example").expect("valid"),
            stage,
            waited,
        }
    }

    /// Every letter about `account` and `person`, with everything that it can tell.
    fn letters(account: &str, person: &str) -> Vec<Letter> {
        let (account_name, professional_name) = (account.to_owned(), person.to_owned());
        let email = Some("ada@example.org".to_owned());
        let identity = Identity { key: IdentityKey::new("issuer", "subject"), name: person.to_owned(), email, provider: "Microsoft".to_owned() };
        let partner = PartnerCard {
            account: AccountId::VENDOR,
            name: account.to_owned(),
            email: EmailAddress::parse("help@partner.example").ok(),
            phone: None,
            website: None,
        };
        let (at, since) = (Timestamp::UNIX_EPOCH, civil::date(2028, 3, 1));
        let ending = |days_left, partner: Option<&PartnerCard>, audience| Letter::PlanEnding {
            account_name: account.to_owned(),
            plan_name: "Support".to_owned(),
            ends_on: since,
            days_left,
            lapses_on: since,
            partner: partner.cloned(),
            audience,
        };
        let lapsed = |partner: Option<&PartnerCard>, audience| Letter::PlanLapsed {
            account_name: account.to_owned(),
            plan_name: "Support".to_owned(),
            since,
            partner: partner.cloned(),
            audience,
        };
        vec![
            invitation(account, Some(person)),
            invitation(account, None),
            Letter::Returned {
                invitation: Ulid(1).into(),
                account_name: account_name.clone(),
                professional_name: professional_name.clone(),
                email: EmailAddress::parse("ada@example.org").expect("valid"),
            },
            Letter::MyLink { invitation: Ulid(1).into(), account_name: account_name.clone(), expires_at: at },
            Letter::Linked {
                account_name: account_name.clone(),
                professional_name: professional_name.clone(),
                identity: identity.clone(),
                linked_at: at,
            },
            Letter::IdentitySwitched { account_name: account_name.clone(), professional_name, identity, switched_at: at },
            Letter::PartnerChanged { account_name: account_name.clone(), partner: partner.clone(), grant: Grant::AppointAdministrator },
            Letter::PartnerChanged { account_name: account_name.clone(), partner: partner.clone(), grant: Grant::View },
            Letter::GrantChanged { account_name: account_name.clone(), partner_name: account_name.clone(), grant: Grant::None },
            Letter::GrantChanged { account_name: account_name.clone(), partner_name: account_name.clone(), grant: Grant::ManagePeople },
            Letter::AccessEnding { account_name: account_name.clone(), professional_name: person.to_owned(), ends_on: since },
            Letter::ReviewAccess { account_name: account_name.clone(), months: 6 },
            ending(60, Some(&partner), Audience::Own),
            ending(14, None, Audience::Own),
            ending(1, Some(&partner), Audience::Own),
            ending(0, Some(&partner), Audience::Partner),
            ending(-3, None, Audience::Own),
            lapsed(Some(&partner), Audience::Own),
            lapsed(None, Audience::Own),
            lapsed(Some(&partner), Audience::Partner),
            asked(Some(account), Decider::Administrators, Waited::Not),
            asked(Some(account), Decider::Administrators, Waited::Themselves),
            asked(Some(account), Decider::Partner, Waited::Others),
            asked(Some(account), Decider::Partner, Waited::Themselves),
            asked(Some(account), Decider::Staff, Waited::Others),
            asked(None, Decider::Staff, Waited::Not),
        ]
    }

    /// Every letter in every language.
    fn messages(account: &str, person: &str, vendor: Option<&str>) -> Vec<Message> {
        let written = |language: Language| {
            let to = recipient(person, language);
            letters(account, person).into_iter().map(move |it| write(&it, &to, false, Some(LINK), &policy(vendor)).expect("written"))
        };
        Language::ALL.iter().copied().flat_map(written).collect()
    }

    fn flat(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_invitation_names_account_inviter_and_vendor() {
        let letter = invitation("Example Ltd", Some("Grace Hopper"));
        for (language, subject, day) in [
            (Language::English, "Grace Hopper invites you to the Acme customer portal for Example Ltd", "1 January 1970, 00:00"),
            (Language::German, "Grace Hopper lädt Sie für Example Ltd ins Kundenportal von Acme ein", "1. Januar 1970, 00:00"),
        ] {
            let mail = write(&letter, &recipient("Ada", language), true, Some(LINK), &policy(Some("Acme"))).expect("written");
            assert_eq!(mail.subject, subject);
            assert_eq!(mail.reply_to.as_ref().map(EmailAddress::as_str), Some("grace@example.org"));
            for body in [flat(&mail.text), mail.html] {
                assert!(["Example Ltd", "Grace Hopper", "Acme", day].iter().all(|it| body.contains(it)), "{body}");
            }
        }
    }

    #[test]
    fn who_is_not_known_is_not_named() {
        let invited = |language, vendor| {
            let mail = write(&invitation("Example Ltd", None), &recipient("Ada", language), true, Some(LINK), &policy(vendor)).expect("written");
            assert!([" .", " ,", "None", "Some"].iter().all(|it| !flat(&mail.text).contains(it)), "{}", mail.text);
            mail.subject
        };
        assert_eq!(invited(Language::English, Some("Acme")), "Acme invites you to its customer portal for Example Ltd");
        assert_eq!(invited(Language::English, None), "You are invited to the customer portal for Example Ltd");
        assert_eq!(invited(Language::German, Some("Acme")), "Acme lädt Sie für Example Ltd ins Kundenportal ein");
        assert_eq!(invited(Language::German, None), "Ihre Einladung ins Kundenportal für Example Ltd");
    }

    #[test]
    fn every_mail_holds_one_link_to_the_page_in_its_language() {
        let both = messages("Example Ltd", "Ada Lovelace", Some("Acme"));
        let (english, german) = both.split_at(both.len() / 2);
        for (mails, page) in [(english, "https://portal.example/link/#TOKEN"), (german, "https://portal.example/de/link/#TOKEN")] {
            for mail in mails {
                for body in [&mail.text, &mail.html] {
                    assert_eq!((body.matches("://").count(), body.matches(page).count()), (1, 1), "{body}");
                }
                assert_eq!(mail.html.matches("href=").count(), 1, "{}", mail.html);
            }
        }
    }

    #[test]
    fn no_mail_is_left_half_translated() {
        let both = messages("Example Ltd", "Ada Lovelace", Some("Acme"));
        let (english, german) = both.split_at(both.len() / 2);
        for (english, german) in english.iter().zip(german) {
            assert_ne!(english.subject, german.subject);
            assert!(english.html.contains("lang=\"en\"") && german.html.contains("lang=\"de\""));
            let written: Vec<_> = english.text.lines().filter(|it| it.contains(' ') && !it.starts_with(' ')).collect();
            let left = german.text.lines().filter(|it| written.contains(it)).collect::<Vec<_>>();
            assert_eq!(left, [""; 0], "{}", german.text);
        }
    }

    #[test]
    fn plain_text_is_wrapped_whatever_the_names() {
        for mail in messages(&"Worldwide Example ".repeat(8), &"Ada ".repeat(25), None) {
            assert!(mail.text.lines().all(|it| it.chars().count() <= wrap::WIDTH), "{}", mail.text);
        }
        for mail in messages(&"x".repeat(150), &"y".repeat(100), Some("Acme")) {
            assert!(mail.text.lines().all(|it| it.len() < 200), "{}", mail.text);
        }
    }

    #[test]
    fn markup_in_names_stays_text() {
        for mail in messages("<b>Example</b> & Co", "A & <i>", Some("<u>Acme</u> & Co")) {
            assert!(["<b>", "<i>", "<u>", "& "].iter().all(|it| !mail.html.contains(it)), "{}", mail.html);
            assert!(mail.text.contains("A & <i>"), "{}", mail.text);
        }
    }

    #[test]
    fn an_identity_is_told_by_what_is_safe_to_repeat() {
        let described = |name: &str, email: Option<&str>| {
            let email = email.map(str::to_owned);
            describe(&Identity { key: IdentityKey::new("issuer", "subject"), name: name.to_owned(), email, provider: "Google".to_owned() })
        };
        assert_eq!(described("Ada", Some("ada@example.org")), "Ada (ada@example.org, Google)");
        assert_eq!(described("Ada", Some("no address")), "Ada (Google)");
        assert_eq!(described("win at evil.example", Some("ada@example.org")), "ada@example.org (Google)");
        assert_eq!(described("https://evil.example", None), "Google");
    }
}
