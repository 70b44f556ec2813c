//! Mails: the subject, text and HTML of each kind, in each language. Each language has a folder
//! with a folder for each mail.
//!
//! Mails are rendered here and not by SES, so that there is no template state to deploy and values
//! are always escaped. A mail contains at most one link (requirement 15), to the page in the mail's
//! language.

mod wrap;

use askama::Template;
use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{
    Error, Result,
    domain::{
        Audience, Decider, EmailAddress, Escalation, Identity, Language, MailContent, PartnerCard,
        PartnerGrant, PersonName, Policy, Professional, Reason, Recipient, languages,
    },
};

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
}

/// Values that every mail uses.
struct Frame {
    language: Language,
    name: String,
    vendor: Option<String>,
    access_mailbox: Option<String>,
    link: String,
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
                #[template(path = $html, config = $mails)]
                struct Html<'a> { mail: &'a $values, subject: &'a str }

                let subject = Subject { mail: $mail }.render()?.trim().to_owned();
                let text = wrap::wrap(&Text { mail: $mail }.render()?);
                let html = Html { mail: $mail, subject: &subject }.render()?;
                Ok([subject, text, html])
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
    /// An identity was linked to a profile. Its link works for `days`.
    Linked {
        account: String,
        professional: String,
        identity: String,
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
    LinkDisputed { account: String, professional: String, at: String, own: bool } =
        "link-disputed/subject.txt", "link-disputed/text.txt", "link-disputed/html.html";
    /// The account has a new partner of record.
    PartnerChanged { account: String, partner: PartnerCard, grant: PartnerGrant } =
        "partner-changed/subject.txt", "partner-changed/text.txt", "partner-changed/html.html";
    /// A partner's permissions changed, by its customer or by the vendor.
    GrantChanged { account: String, partner: String, grant: PartnerGrant, by_vendor: bool } =
        "grant-changed/subject.txt", "grant-changed/text.txt", "grant-changed/html.html";
    /// The partner or staff appointed an administrator.
    AdministratorChanged {
        account: String,
        professional: String,
        in_place_of: Vec<String>,
        by: String,
        partner: Option<String>,
        reason: Option<Reason>,
    } =
        "administrator-changed/subject.txt",
        "administrator-changed/text.txt",
        "administrator-changed/html.html";
    /// An appointment needs the recipient's approval.
    AppointmentRequested {
        account: String,
        professional: String,
        by: String,
        reason: Option<Reason>,
    } =
        "appointment-requested/subject.txt",
        "appointment-requested/text.txt",
        "appointment-requested/html.html";
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
        partner: Option<PartnerCard>,
        copy: bool,
    } =
        "plan-ending/subject.txt", "plan-ending/text.txt", "plan-ending/html.html";
    /// The plan lapsed; `copy` for the partner.
    PlanLapsed {
        account: String,
        plan: String,
        since: String,
        partner: Option<PartnerCard>,
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

/// Renders `content` for `recipient` in the best language. `link` is the English path of its link,
/// including the secret, for mails that have one; others link to the portal.
///
/// `own` says whether a notice about a profile goes to that profile's mailbox.
#[expect(clippy::too_many_lines, reason = "one short arm for each kind of mail")]
pub fn render(
    content: &MailContent,
    recipient: &Recipient,
    own: bool,
    link: Option<&str>,
    policy: &Policy,
) -> Result<RenderedMail> {
    let language = Language::best(&recipient.language);
    let frame = Frame {
        language,
        name: recipient.name.clone(),
        vendor: policy.vendor.clone(),
        access_mailbox: policy.access_mailbox.clone(),
        link: format!("{}{}", policy.site_url, language.page(link.unwrap_or("/"))),
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
            Invitation { frame, account, inviter, expires: format_time(expires_at, language)? }
                .render()
        }
        MailContent::InvitationBounced {
            account_name: account,
            professional_name: professional,
            email,
            ..
        } => InvitationBounced { frame, account, professional, email: email.into() }.render(),
        MailContent::MyLink { account_name: account, expires_at, .. } => {
            MyLink { frame, account, expires: format_time(expires_at, language)? }.render()
        }
        MailContent::Linked {
            account_name: account,
            professional_name: professional,
            identity,
            linked_at,
        } => {
            let (identity, at) = (describe(&identity), format_time(linked_at, language)?);
            Linked {
                frame,
                account,
                professional,
                identity,
                at,
                own,
                days: Professional::DISPUTE_DAYS,
            }
            .render()
        }
        MailContent::IdentitySwitched {
            account_name: account,
            professional_name: professional,
            identity,
            switched_at,
        } => IdentitySwitched {
            frame,
            account,
            professional,
            identity: describe(&identity),
            at: format_time(switched_at, language)?,
        }
        .render(),
        MailContent::ConfirmEmail { account_name: account, expires_at, .. } => {
            ConfirmEmail { frame, account, expires: format_time(expires_at, language)? }.render()
        }
        MailContent::AddressChanged { account_name: account, by, changed_at } => {
            AddressChanged { frame, account, by, at: format_time(changed_at, language)? }.render()
        }
        MailContent::LinkDisputed {
            account_name: account,
            professional_name: professional,
            disputed_at,
        } => LinkDisputed {
            frame,
            account,
            professional,
            at: format_time(disputed_at, language)?,
            own,
        }
        .render(),
        MailContent::PartnerChanged { account_name: account, partner, grant } => {
            PartnerChanged { frame, account, partner, grant }.render()
        }
        MailContent::GrantChanged {
            account_name: account,
            partner_name: partner,
            grant,
            by_vendor,
        } => GrantChanged { frame, account, partner, grant, by_vendor }.render(),
        MailContent::AdministratorChanged {
            account_name: account,
            professional_name: professional,
            in_place_of,
            by,
            partner,
            reason,
            ..
        } => {
            AdministratorChanged { frame, account, professional, in_place_of, by, partner, reason }
                .render()
        }
        MailContent::AppointmentRequested {
            account_name: account,
            professional_name: professional,
            by,
            reason,
            ..
        } => AppointmentRequested { frame, account, professional, by, reason }.render(),
        MailContent::AccessEnding {
            account_name: account,
            professional_name: professional,
            ends_on,
        } => AccessEnding {
            frame,
            account,
            professional,
            ends: format_day(ends_on, None, language)?,
            own,
        }
        .render(),
        MailContent::ReviewAccess { account_name: account, months } => {
            ReviewAccess { frame, account, months }.render()
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
                account,
                plan,
                ends,
                days_left,
                lapses,
                partner,
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
            account,
            plan,
            since: format_day(since, None, language)?,
            partner,
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
            account,
            person: name.into(),
            email: email.into(),
            stage,
            escalation,
        }
        .render(),
        MailContent::RequestedLinks { .. } | MailContent::RoutedAccess { .. } => {
            return Err(Error::internal("a mail that stands for several cannot be rendered"));
        }
    };
    let [subject, text, html] = rendered.map_err(Error::internal)?;
    Ok(RenderedMail { to: recipient.email.clone(), reply_to, subject, text, html })
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
        (Some(name), Some(email)) => format!("{name} ({email}, {})", identity.provider),
        (Some(name), None) => format!("{name} ({})", identity.provider),
        (None, Some(email)) => format!("{email} ({})", identity.provider),
        (None, None) => identity.provider.clone(),
    }
}

#[cfg(test)]
mod tests;
