//! What Portico's mails say, in each language. A folder for each mail, with subject, plain text and HTML, in a folder for each language.
//!
//! They are rendered here and not by SES, so that there is no template state to deploy and escaping is always on. Each holds one link
//! at most (requirement 15), which leads to the page in the mail's language.

mod wrap;

use askama::Template;
use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{
    Error, Result,
    domain::{
        Audience, Decider, EmailAddress, EscalationNote, Identity, Language, MailContent,
        PartnerCard, PartnerGrant, PersonName, Policy, Professional, Reason, Recipient, languages,
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
macro_rules! mail_contents {
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

mail_contents! {
    /// Somebody, or an operator, invites the recipient.
    Invitation { account: String, inviter: Option<String>, expires: String } =
        "invitation/subject.txt", "invitation/text.txt", "invitation/html.html";
    /// An invitation of the recipient's came back.
    InvitationBounced { account: String, professional: String, email: String } =
        "invitation-bounced/subject.txt", "invitation-bounced/text.txt", "invitation-bounced/html.html";
    /// The recipient asked for a link.
    MyLink { account: String, expires: String } = "my-link/subject.txt", "my-link/text.txt", "my-link/html.html";
    /// An identity was linked with a profile. The link in it is good for so many days.
    Linked { account: String, professional: String, identity: String, at: String, own: bool, days: i64 } =
        "linked/subject.txt", "linked/text.txt", "linked/html.html";
    /// Another identity has taken the recipient's place.
    IdentitySwitched { account: String, professional: String, identity: String, at: String } =
        "identity-switched/subject.txt", "identity-switched/text.txt", "identity-switched/html.html";
    /// The recipient's address is no longer on record.
    AddressChanged { account: String, by: Option<String>, at: String } =
        "address-changed/subject.txt", "address-changed/text.txt", "address-changed/html.html";
    /// A profile, the recipient's own or another's, is on hold.
    LinkDisputed { account: String, professional: String, at: String, own: bool } =
        "link-disputed/subject.txt", "link-disputed/text.txt", "link-disputed/html.html";
    /// The account has a new partner of record.
    PartnerChanged { account: String, partner: PartnerCard, grant: PartnerGrant } =
        "partner-changed/subject.txt", "partner-changed/text.txt", "partner-changed/html.html";
    /// A customer of the recipient's, or the vendor for it, has changed what its partner may do.
    GrantChanged { account: String, partner: String, grant: PartnerGrant, by_vendor: bool } =
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
    AccessRequested { account: Option<String>, person: String, email: String, stage: Decider, waited: EscalationNote } =
        "access-requested/subject.txt", "access-requested/text.txt", "access-requested/html.html";
}

/// Writes `content` to `recipient` in the language that is best for them. `link` is the path of the one link in English, secret and all, for
/// letters that have one; without it they link the portal.
///
/// `own` says whether a notice about a profile goes to the profile's own mailbox.
pub fn write(
    content: &MailContent,
    recipient: &Recipient,
    own: bool,
    link: Option<&str>,
    policy: &Policy,
) -> Result<Message> {
    let language = Language::best(&recipient.language);
    let frame = Frame {
        language,
        name: recipient.name.clone(),
        vendor: policy.vendor.clone(),
        access_mailbox: policy.access_mailbox.clone(),
        link: format!("{}{}", policy.site_url, language.page(link.unwrap_or("/"))),
    };
    let mut reply_to = None;
    let written = match content.clone() {
        MailContent::Invitation {
            account_name: account,
            inviter,
            reply_to: to,
            expires_at,
            ..
        } => {
            reply_to = to;
            Invitation { frame, account, inviter, expires: moment(expires_at, language)? }.write()
        }
        MailContent::InvitationBounced {
            account_name: account,
            professional_name: professional,
            email,
            ..
        } => InvitationBounced { frame, account, professional, email: email.into() }.write(),
        MailContent::MyLink { account_name: account, expires_at, .. } => {
            MyLink { frame, account, expires: moment(expires_at, language)? }.write()
        }
        MailContent::Linked {
            account_name: account,
            professional_name: professional,
            identity,
            linked_at,
        } => {
            let (identity, at) = (describe(&identity), moment(linked_at, language)?);
            Linked {
                frame,
                account,
                professional,
                identity,
                at,
                own,
                days: Professional::DISPUTE_DAYS,
            }
            .write()
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
            at: moment(switched_at, language)?,
        }
        .write(),
        MailContent::AddressChanged { account_name: account, by, changed_at } => {
            AddressChanged { frame, account, by, at: moment(changed_at, language)? }.write()
        }
        MailContent::LinkDisputed {
            account_name: account,
            professional_name: professional,
            disputed_at,
        } => LinkDisputed { frame, account, professional, at: moment(disputed_at, language)?, own }
            .write(),
        MailContent::PartnerChanged { account_name: account, partner, grant } => {
            PartnerChanged { frame, account, partner, grant }.write()
        }
        MailContent::GrantChanged {
            account_name: account,
            partner_name: partner,
            grant,
            by_vendor,
        } => GrantChanged { frame, account, partner, grant, by_vendor }.write(),
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
                .write()
        }
        MailContent::AppointmentRequested {
            account_name: account,
            professional_name: professional,
            by,
            reason,
            ..
        } => AppointmentRequested { frame, account, professional, by, reason }.write(),
        MailContent::AccessEnding {
            account_name: account,
            professional_name: professional,
            ends_on,
        } => {
            AccessEnding { frame, account, professional, ends: day(ends_on, None, language)?, own }
                .write()
        }
        MailContent::ReviewAccess { account_name: account, months } => {
            ReviewAccess { frame, account, months }.write()
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
            let (ends, lapses) = (day(ends_on, None, language)?, day(lapses_on, None, language)?);
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
            .write()
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
            since: day(since, None, language)?,
            partner,
            copy: audience == Audience::Partner,
        }
        .write(),
        MailContent::AccessRequested {
            account_name: account, name, email, stage, waited, ..
        } => AccessRequested {
            frame,
            account,
            person: name.into(),
            email: email.into(),
            stage,
            waited,
        }
        .write(),
        MailContent::RequestedLinks { .. } | MailContent::RoutedAccess { .. } => {
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
mod tests;
