//! What Portico's mails say. One folder each: subject, plain text, HTML.
//!
//! They are rendered here and not by SES, so that there is no template state to deploy and escaping is always on. Each holds one link
//! at most (requirement 15). They are in English until there is another language; the recipient's is on every mail.

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    Error, Policy, Result,
    domain::{EmailAddress, Identity, Letter, PartnerCard, Recipient},
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
    name: String,
    access_mailbox: Option<String>,
    link: String,
}

/// Declares the facts of a letter and the three templates that tell them.
macro_rules! letters {
    ($($(#[$doc:meta])* $facts:ident { $($field:ident: $type:ty),* } = $subject:literal, $text:literal, $html:literal;)*) => {$(
        $(#[$doc])*
        struct $facts { frame: Frame, $($field: $type),* }

        impl $facts {
            fn write(&self) -> askama::Result<[String; 3]> {
                #[derive(Template)]
                #[template(path = $subject, escape = "none")]
                struct Subject<'a> { it: &'a $facts }

                #[derive(Template)]
                #[template(path = $text, escape = "none")]
                struct Text<'a> { it: &'a $facts }

                #[derive(Template)]
                #[template(path = $html)]
                struct Html<'a> { it: &'a $facts }

                Ok([Subject { it: self }.render()?, Text { it: self }.render()?, Html { it: self }.render()?])
            }
        }
    )*};
}

letters! {
    /// Somebody invites the recipient.
    Invitation { account: String, inviter: String, expires: String } = "invitation/subject.txt", "invitation/text.txt", "invitation/html.html";
    /// The recipient asked for a link.
    MyLink { account: String, expires: String } = "my-link/subject.txt", "my-link/text.txt", "my-link/html.html";
    /// An identity was linked with a profile.
    Linked { account: String, professional: String, identity: String, at: String, own: bool } = "linked/subject.txt", "linked/text.txt", "linked/html.html";
    /// Another identity has taken the recipient's place.
    IdentitySwitched { account: String, professional: String, identity: String, at: String } =
        "identity-switched/subject.txt", "identity-switched/text.txt", "identity-switched/html.html";
    /// The plan has lapsed.
    PlanLapsed { account: String, plan: String, since: String, partner: Option<PartnerCard> } =
        "plan-lapsed/subject.txt", "plan-lapsed/text.txt", "plan-lapsed/html.html";
}

/// Writes `letter` to `recipient`. `link` is the address of the one link, secret and all, for letters that have one; else the portal's.
///
/// `own` says whether a notice about a profile goes to the profile's own mailbox.
pub fn write(letter: &Letter, recipient: &Recipient, own: bool, link: Option<String>, policy: &Policy) -> Result<Message> {
    let link = link.unwrap_or_else(|| format!("{}/", policy.site_url));
    let frame = Frame { name: recipient.name.clone(), link, access_mailbox: policy.access_mailbox.clone() };
    let mut reply_to = None;
    let written = match letter.clone() {
        Letter::Invitation { account_name: account, inviter, reply_to: to, expires_at, .. } => {
            reply_to = to;
            Invitation { frame, account, inviter, expires: moment(expires_at) }.write()
        }
        Letter::MyLink { account_name: account, expires_at, .. } => MyLink { frame, account, expires: moment(expires_at) }.write(),
        Letter::Linked { account_name: account, professional_name: professional, identity, linked_at } => {
            Linked { frame, account, professional, identity: describe(&identity), at: moment(linked_at), own }.write()
        }
        Letter::IdentitySwitched { account_name: account, professional_name: professional, identity, switched_at } => {
            IdentitySwitched { frame, account, professional, identity: describe(&identity), at: moment(switched_at) }.write()
        }
        Letter::PlanLapsed { account_name: account, plan_name: plan, since, partner } => {
            PlanLapsed { frame, account, plan, since: since.strftime("%-d %B %Y").to_string(), partner }.write()
        }
        Letter::RequestedLinks { .. } => return Err(Error::internal("a request for links is not a letter")),
    };
    let [subject, text, html] = written.map_err(Error::internal)?;
    Ok(Message { to: recipient.email.clone(), reply_to, subject: subject.trim().to_owned(), text, html })
}

/// Spells a time for people, in UTC since the recipient's time zone is not known.
fn moment(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// Describes an identity so that its owner recognises it. Its name is the provider's claim, so what would become a link is left out.
fn describe(identity: &Identity) -> String {
    let name = crate::domain::PersonName::parse(&identity.name).map_or_else(|_| "an identity".to_owned(), |it| it.to_string());
    match identity.email.as_deref().and_then(|it| EmailAddress::parse(it).ok()) {
        Some(email) => format!("{name} ({email}, {})", identity.provider),
        None => format!("{name} ({})", identity.provider),
    }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;
    use crate::domain::LanguageTag;

    fn message(account: &str, name: &str) -> Message {
        let letter = Letter::Invitation {
            invitation: Ulid(1).into(),
            account_name: account.to_owned(),
            inviter: "Grace Hopper".to_owned(),
            reply_to: EmailAddress::parse("grace@example.org").ok(),
            expires_at: Timestamp::UNIX_EPOCH,
        };
        let recipient = Recipient {
            professional: None,
            email: EmailAddress::parse("ada@example.org").expect("valid"),
            name: name.to_owned(),
            language: LanguageTag::default(),
        };
        let policy = Policy {
            site_url: "https://portal.example".to_owned(),
            access_mailbox: Some("access@vendor.example".to_owned()),
            grace_days: 0,
            invitation_days: 7,
        };
        write(&letter, &recipient, true, Some("https://portal.example/link/#TOKEN".to_owned()), &policy).expect("written")
    }

    #[test]
    fn an_invitation_names_account_and_inviter_and_holds_one_link() {
        let mail = message("Example Ltd", "Ada");
        assert_eq!(mail.subject, "Grace Hopper invites you to the customer portal for Example Ltd");
        assert_eq!(mail.reply_to.as_ref().map(EmailAddress::as_str), Some("grace@example.org"));
        for body in [&mail.text, &mail.html] {
            assert!(body.contains("Example Ltd") && body.contains("Grace Hopper") && body.contains("1 January 1970"));
        }
        assert_eq!(mail.text.matches("https://").count(), 1, "{}", mail.text);
        assert_eq!(mail.html.matches("href=").count(), 1, "{}", mail.html);
        assert!(mail.text.lines().all(|it| it.len() < 200), "{}", mail.text);
    }

    #[test]
    fn markup_in_names_stays_text() {
        let html = message("<b>Example</b> & Co", "Ada").html;
        assert!(!html.contains("<b>Example"), "{html}");
        assert!(message("A & B", "Ada").text.contains("A & B"));
    }
}
