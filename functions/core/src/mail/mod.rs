//! Mails: the subject, text and HTML of each kind, in each language. Each language has a folder
//! with a folder for each mail.
//!
//! Mails are rendered here and not by SES, so that there is no template state to deploy and values
//! are always escaped. What people typed is set off. A mail contains at most one link (requirement
//! 15), to the page in the mail's language, unless it brings the links of several profiles. A
//! notice that people choose how often to get also links to that choice, at its end.

mod digest;
mod set_off;
mod wrap;

use askama::Template;
use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{
    Error, Result,
    domain::{
        Audience, Decider, DigestPeriod, EmailAddress, Escalation, Identity, Language, MailContent,
        MailKind, PartnerCard, PartnerGrant, PersonName, Policy, Professional, Recipient,
        UnsubscribeToken, languages,
    },
};

use digest::Section;
use set_off::{plain, words};

/// A mail ready to be sent. It contains a secret if it has a link, so it is never stored and cannot
/// be printed.
#[expect(missing_debug_implementations, reason = "its text may hold a secret")]
pub struct RenderedMail {
    /// The recipient's address.
    pub to: EmailAddress,
    /// The address for replies, if not the sender's.
    pub reply_to: Option<EmailAddress>,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
    /// The address for the header List-Unsubscribe, with its secret.
    pub unsubscribe: Option<String>,
}

/// The links of a mail.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The English paths, including the secrets, in the order of the content. Without one the mail
    /// links to the portal.
    pub content: Vec<String>,
    /// The English path of the page where the recipient chooses how often to get such mails.
    pub preferences: Option<String>,
    /// What turns such mails off without signing in.
    pub unsubscribe: Option<UnsubscribeToken>,
}

/// The partner of record.
struct Partner {
    name: String,
    email: Option<String>,
    phone: Option<String>,
}

/// The link of one of several profiles.
struct LinkLine {
    account: String,
    link: String,
}

/// Values that every mail uses.
struct Frame {
    language: Language,
    name: String,
    vendor: Option<String>,
    access_mailbox: Option<String>,
    link: String,
    preferences: Option<String>,
}

/// Compiles the three templates of a mail in every language, and renders those of one.
macro_rules! render_templates {
    (
        { $mail:expr, $values:ident, $subject:literal, $text:literal, $html:literal }
        $($language:ident = $tag:literal, $mails:literal;)*
    ) => {
        match $mail.frame.language {
            $(Language::$language => {
                #[derive(Template)]
                #[template(path = $subject, config = $mails, escape = "none")]
                struct Subject<'a> { mail: &'a $values }

                #[derive(Template)]
                #[template(path = $text, config = $mails, escape = "none")]
                struct Text<'a> { mail: &'a $values }

                #[derive(Template)]
                #[template(path = "preferences.txt", config = $mails, escape = "none")]
                struct Preferences<'a> { mail: &'a $values }

                #[derive(Template)]
                #[template(path = $html, config = $mails)]
                struct Html<'a> { mail: &'a $values, subject: &'a str }

                let subject = set_off::in_subject(Subject { mail: $mail }.render()?.trim());
                let text = [
                    Text { mail: $mail }.render()?,
                    Preferences { mail: $mail }.render()?,
                ];
                let text = set_off::in_text(&text.join("\n\n"), Language::$language);
                let html = Html { mail: $mail, subject: &subject }.render()?;
                Ok([subject, wrap::wrap(&text), set_off::in_html(&html)])
            })*
        }
    };
}

/// Declares the values of each mail and its three templates.
macro_rules! mail_contents {
    ($(
        $(#[$doc:meta])*
        $values:ident { $($field:ident: $type:ty),* $(,)? } =
            $subject:literal, $text:literal, $html:literal;
    )*) => {$(
        $(#[$doc])*
        struct $values { frame: Frame, $($field: $type),* }

        impl $values {
            fn render(&self) -> askama::Result<[String; 3]> {
                languages!(render_templates! { self, $values, $subject, $text, $html })
            }
        }
    )*};
}

mail_contents! {
    /// An invitation, from a person or from an operator.
    Invitation { account: String, inviter: Option<String>, expires: String } =
        "invitation/subject.txt", "invitation/text.txt", "invitation/html.html";
    /// An invitation that the recipient sent has bounced.
    InvitationBounced { account: String, professional: String, email: String } =
        "invitation-bounced/subject.txt",
        "invitation-bounced/text.txt",
        "invitation-bounced/html.html";
    /// A link that the recipient requested.
    MyLink { account: String, expires: String } =
        "my-link/subject.txt", "my-link/text.txt", "my-link/html.html";
    /// The links that the recipient requested, and how many more profiles there are.
    MyLinks { links: Vec<LinkLine>, more: u32, expires: String } =
        "my-links/subject.txt", "my-links/text.txt", "my-links/html.html";
    /// Notices over the limit of the mailbox, counted by kind, or a digest, which lists them too.
    Notices {
        account: Option<String>,
        sections: Vec<Section>,
        mails: u32,
        is_security: bool,
        since: String,
        period: Option<DigestPeriod>,
    } =
        "notices/subject.txt", "notices/text.txt", "notices/html.html";
    /// An identity was linked to a profile. Its link works for `days`.
    Linked {
        account: String,
        professional: String,
        identity: String,
        provider: String,
        is_unconfirmed: bool,
        at: String,
        own: bool,
        days: i64,
    } =
        "linked/subject.txt", "linked/text.txt", "linked/html.html";
    /// Another identity has replaced the recipient's.
    IdentitySwitched { account: String, professional: String, identity: String, at: String } =
        "identity-switched/subject.txt",
        "identity-switched/text.txt",
        "identity-switched/html.html";
    /// The recipient's address is to be on record.
    ConfirmEmail { account: String, expires: String } =
        "confirm-email/subject.txt", "confirm-email/text.txt", "confirm-email/html.html";
    /// The recipient's address is no longer on record.
    AddressChanged { account: String, by: Option<String>, at: String } =
        "address-changed/subject.txt", "address-changed/text.txt", "address-changed/html.html";
    /// A profile, the recipient's `own` or another's, is on hold.
    LinkDisputed {
        account: String, professional: String, at: String, own: bool, nobody_left: bool
    } =
        "link-disputed/subject.txt", "link-disputed/text.txt", "link-disputed/html.html";
    /// The account has a new partner of record.
    PartnerChanged { account: String, partner: Partner, grant: PartnerGrant } =
        "partner-changed/subject.txt", "partner-changed/text.txt", "partner-changed/html.html";
    /// A partner's permissions changed, by its customer or by the vendor.
    GrantChanged { account: String, partner: String, grant: PartnerGrant, by_vendor: bool } =
        "grant-changed/subject.txt", "grant-changed/text.txt", "grant-changed/html.html";
    /// Staff ask to lift the account's sign-in policy, until when a second one can, or lifted it.
    SignInPolicyLift {
        account: String,
        by: String,
        requested_by: Option<String>,
        reason: Option<String>,
        open_until: Option<String>,
    } =
        "sign-in-policy-lift/subject.txt",
        "sign-in-policy-lift/text.txt",
        "sign-in-policy-lift/html.html";
    /// The partner or staff changed who is administrator, or an administrator's address.
    AdministratorChanged {
        account: String,
        professional: Option<String>,
        in_place_of: Vec<String>,
        new_address_of: Option<String>,
        by: String,
        partner: Option<String>,
        reason: Option<String>,
        nobody_left: bool,
    } =
        "administrator-changed/subject.txt",
        "administrator-changed/text.txt",
        "administrator-changed/html.html";
    /// An appointment needs the recipient's approval.
    AppointmentRequested {
        account: String,
        professional: Option<String>,
        in_place_of: Vec<String>,
        new_address_of: Option<String>,
        by: String,
        reason: Option<String>,
    } =
        "appointment-requested/subject.txt",
        "appointment-requested/text.txt",
        "appointment-requested/html.html";
    /// A partner's new customer waits for the recipient's confirmation.
    CustomerWaiting { account: String, partner: String, by: String } =
        "customer-waiting/subject.txt", "customer-waiting/text.txt", "customer-waiting/html.html";
    /// Staff confirmed the customer, whose first professional is `invited` now.
    CustomerConfirmed { account: String, invited: bool } =
        "customer-confirmed/subject.txt",
        "customer-confirmed/text.txt",
        "customer-confirmed/html.html";
    /// Staff declined the customer.
    CustomerDeclined { account: String, reason: Option<String> } =
        "customer-declined/subject.txt",
        "customer-declined/text.txt",
        "customer-declined/html.html";
    /// A person's access, the recipient's `own` or another's, ends soon.
    AccessEnding { account: String, professional: String, ends: String, own: bool } =
        "access-ending/subject.txt", "access-ending/text.txt", "access-ending/html.html";
    /// Some people may no longer need access.
    ReviewAccess { account: String, months: u8 } =
        "review-access/subject.txt", "review-access/text.txt", "review-access/html.html";
    /// The plan ends in `days_left`; `copy` for the partner.
    PlanEnding {
        account: String,
        plan: String,
        ends: String,
        days_left: i32,
        lapses: String,
        partner: Option<Partner>,
        copy: bool,
    } =
        "plan-ending/subject.txt", "plan-ending/text.txt", "plan-ending/html.html";
    /// The plan lapsed; `copy` for the partner.
    PlanLapsed {
        account: String,
        plan: String,
        since: String,
        partner: Option<Partner>,
        copy: bool,
    } =
        "plan-lapsed/subject.txt", "plan-lapsed/text.txt", "plan-lapsed/html.html";
    /// A person asks for access.
    AccessRequested {
        account: Option<String>,
        person: String,
        email: String,
        stage: Decider,
        escalation: Escalation,
    } =
        "access-requested/subject.txt", "access-requested/text.txt", "access-requested/html.html";
}

/// Renders `content` for `recipient` in the best language, with its links.
///
/// `own` says whether a notice about a profile goes to that profile's mailbox.
#[expect(clippy::too_many_lines, reason = "one short arm for each kind of mail")]
pub fn render(
    content: &MailContent,
    recipient: &Recipient,
    own: bool,
    links: &Links,
    policy: &Policy,
) -> Result<RenderedMail> {
    let language = Language::best(&recipient.language);
    let url = |path: &str| format!("{}{}", policy.site_url, language.page(path));
    let frame = Frame {
        language,
        name: plain(&recipient.name),
        vendor: policy.vendor.clone(),
        access_mailbox: policy.access_mailbox.clone(),
        link: url(links.content.first().map_or("/", String::as_str)),
        preferences: links.preferences.as_deref().map(url),
    };
    let mut reply_to = None;
    let rendered = match content.clone() {
        MailContent::Invitation {
            account_name: account,
            inviter,
            reply_to: to,
            expires_at,
            ..
        } => {
            reply_to = to;
            Invitation {
                frame,
                account: words(account),
                inviter: inviter.map(words),
                expires: format_time(expires_at, language)?,
            }
            .render()
        }
        MailContent::InvitationBounced {
            account_name: account,
            professional_name: professional,
            email,
            ..
        } => InvitationBounced {
            frame,
            account: words(account),
            professional: words(professional),
            email: plain(email),
        }
        .render(),
        MailContent::MyLink { account_name: account, expires_at, .. } => {
            let expires = format_time(expires_at, language)?;
            MyLink { frame, account: words(account), expires }.render()
        }
        MailContent::MyLinks { links: profiles, more, expires_at } => MyLinks {
            frame,
            links: profiles
                .iter()
                .zip(&links.content)
                .map(|(profile, path)| LinkLine {
                    account: words(&profile.account_name),
                    link: url(path),
                })
                .collect(),
            more,
            expires: format_time(expires_at, language)?,
        }
        .render(),
        MailContent::Notices {
            account_name: account,
            counts,
            mails,
            is_security,
            since,
            period,
            entries,
            ..
        } => Notices {
            frame,
            account: account.map(words),
            sections: digest::sections(&counts, &entries, language)?,
            mails,
            is_security,
            since: format_time(since, language)?,
            period,
        }
        .render(),
        MailContent::Linked {
            account_name: account,
            professional_name: professional,
            identity,
            linked_at,
        } => Linked {
            frame,
            account: words(account),
            professional: words(professional),
            identity: describe(&identity),
            is_unconfirmed: identity.email.is_some() && !identity.email_verified,
            provider: identity.provider,
            at: format_time(linked_at, language)?,
            own,
            days: Professional::DISPUTE_DAYS,
        }
        .render(),
        MailContent::IdentitySwitched {
            account_name: account,
            professional_name: professional,
            identity,
            switched_at,
        } => IdentitySwitched {
            frame,
            account: words(account),
            professional: words(professional),
            identity: describe(&identity),
            at: format_time(switched_at, language)?,
        }
        .render(),
        MailContent::ConfirmEmail { account_name: account, expires_at, .. } => {
            let (account, expires) = (words(account), format_time(expires_at, language)?);
            ConfirmEmail { frame, account, expires }.render()
        }
        MailContent::AddressChanged { account_name: account, by, changed_at } => {
            let at = format_time(changed_at, language)?;
            AddressChanged { frame, account: words(account), by: by.map(words), at }.render()
        }
        MailContent::LinkDisputed {
            account_name: account,
            professional_name: professional,
            disputed_at,
            nobody_left,
        } => LinkDisputed {
            frame,
            account: words(account),
            professional: words(professional),
            at: format_time(disputed_at, language)?,
            own,
            nobody_left,
        }
        .render(),
        MailContent::PartnerChanged { account_name: account, partner, grant } => {
            let partner = Partner::from(partner);
            PartnerChanged { frame, account: words(account), partner, grant }.render()
        }
        MailContent::GrantChanged {
            account_name: account,
            partner_name: partner,
            grant,
            by_vendor,
        } => {
            let (account, partner) = (words(account), words(partner));
            GrantChanged { frame, account, partner, grant, by_vendor }.render()
        }
        MailContent::SignInPolicyLift {
            account_name: account,
            by,
            requested_by,
            reason,
            open_until,
        } => SignInPolicyLift {
            frame,
            account: words(account),
            by: words(by),
            requested_by: requested_by.map(words),
            reason: reason.map(words),
            open_until: open_until.map(|until| format_time(until, language)).transpose()?,
        }
        .render(),
        MailContent::AdministratorChanged {
            account_name: account,
            professional_name: professional,
            in_place_of,
            new_address_of,
            by,
            partner,
            reason,
            nobody_left,
            ..
        } => AdministratorChanged {
            frame,
            account: words(account),
            professional: professional.map(words),
            in_place_of: in_place_of.into_iter().map(words).collect(),
            new_address_of: new_address_of.map(words),
            by: words(by),
            partner: partner.map(words),
            reason: reason.map(words),
            nobody_left,
        }
        .render(),
        MailContent::AppointmentRequested {
            account_name: account,
            professional_name: professional,
            in_place_of,
            new_address_of,
            by,
            reason,
            ..
        } => AppointmentRequested {
            frame,
            account: words(account),
            professional: professional.map(words),
            in_place_of: in_place_of.into_iter().map(words).collect(),
            new_address_of: new_address_of.map(words),
            by: words(by),
            reason: reason.map(words),
        }
        .render(),
        MailContent::CustomerWaiting {
            account_name: account, partner_name: partner, by, ..
        } => CustomerWaiting {
            frame,
            account: words(account),
            partner: words(partner),
            by: words(by),
        }
        .render(),
        MailContent::CustomerConfirmed { account_name: account, invited, .. } => {
            CustomerConfirmed { frame, account: words(account), invited }.render()
        }
        MailContent::CustomerDeclined { account_name: account, reason } => {
            CustomerDeclined { frame, account: words(account), reason: reason.map(words) }.render()
        }
        MailContent::AccessEnding {
            account_name: account,
            professional_name: professional,
            ends_on,
        } => AccessEnding {
            frame,
            account: words(account),
            professional: words(professional),
            ends: format_day(ends_on, None, language)?,
            own,
        }
        .render(),
        MailContent::ReviewAccess { account_name: account, months } => {
            ReviewAccess { frame, account: words(account), months }.render()
        }
        MailContent::PlanEnding {
            account_name: account,
            plan_name: plan,
            ends_on,
            days_left,
            lapses_on,
            partner,
            audience,
        } => {
            let (ends, lapses) =
                (format_day(ends_on, None, language)?, format_day(lapses_on, None, language)?);
            PlanEnding {
                frame,
                account: words(account),
                plan: words(plan),
                ends,
                days_left,
                lapses,
                partner: partner.map(Partner::from),
                copy: audience == Audience::Partner,
            }
            .render()
        }
        MailContent::PlanLapsed {
            account_name: account,
            plan_name: plan,
            since,
            partner,
            audience,
        } => PlanLapsed {
            frame,
            account: words(account),
            plan: words(plan),
            since: format_day(since, None, language)?,
            partner: partner.map(Partner::from),
            copy: audience == Audience::Partner,
        }
        .render(),
        MailContent::AccessRequested {
            account_name: account,
            name,
            email,
            stage,
            escalation,
            ..
        } => AccessRequested {
            frame,
            account: account.map(words),
            person: words(name),
            email: plain(email),
            stage,
            escalation,
        }
        .render(),
        MailContent::RequestedLinks { .. } | MailContent::RoutedAccess { .. } => {
            return Err(Error::internal("a mail that stands for several cannot be rendered"));
        }
    };
    let [subject, text, html] = rendered.map_err(Error::internal)?;
    let unsubscribe =
        links.unsubscribe.as_ref().map(|token| unsubscribe_url(token, language, policy));
    Ok(RenderedMail { to: recipient.email.clone(), reply_to, subject, text, html, unsubscribe })
}

/// Returns the address that turns such mails off: with one click of a mail program, which posts to
/// it, and with a page in `language` for a person who opens it.
fn unsubscribe_url(token: &UnsubscribeToken, language: Language, policy: &Policy) -> String {
    let (site, language) = (&policy.site_url, language.tag());
    format!("{site}/api/mail/unsubscribe?language={language}&token={}", token.expose())
}

impl From<PartnerCard> for Partner {
    fn from(card: PartnerCard) -> Self {
        Self { name: words(card.name), email: card.email.map(plain), phone: card.phone.map(plain) }
    }
}

/// Formats a time in UTC, because the recipient's time zone is not known.
fn format_time(time: Timestamp, language: Language) -> Result<String> {
    let time = time.to_zoned(TimeZone::UTC);
    format_day(time.date(), Some(time.strftime("%H:%M\u{a0}UTC").to_string()), language)
}

/// Compiles the template of a day in every language, and renders that of one.
macro_rules! render_day {
    ({ $language:expr, $moment:expr } $($name:ident = $tag:literal, $mails:literal;)*) => {
        match $language {
            $(Language::$name => {
                #[derive(Template)]
                #[template(path = "day.txt", config = $mails, escape = "none")]
                struct Text<'a> { moment: &'a Moment }

                Text { moment: $moment }.render()
            })*
        }
    };
}

/// A day, and a time of that day if it matters.
struct Moment {
    year: i16,
    /// Months since January.
    month: usize,
    day: i8,
    time: Option<String>,
}

/// Formats a day, with a time of that day if there is one.
fn format_day(date: civil::Date, time: Option<String>, language: Language) -> Result<String> {
    let month = usize::try_from(date.month() - 1).map_err(Error::internal)?;
    let moment = Moment { year: date.year(), month, day: date.day(), time };
    let rendered = languages!(render_day! { language, &moment });
    Ok(rendered.map_err(Error::internal)?.trim().to_owned())
}

/// Formats an identity as its owner recognises it. Leaves out a name that mail programs would turn
/// into a link, because providers do not check it.
fn describe(identity: &Identity) -> String {
    let name = PersonName::parse(&identity.name).ok();
    let email = identity.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    match (name, email) {
        (Some(name), Some(email)) => {
            format!("{} ({}, {})", words(name), plain(email), identity.provider)
        }
        (Some(name), None) => format!("{} ({})", words(name), identity.provider),
        (None, Some(email)) => format!("{} ({})", plain(email), identity.provider),
        (None, None) => identity.provider.clone(),
    }
}

#[cfg(test)]
mod tests;
