//! Who reads a mail: the recipient's profile as it is when the mail is about to leave.

use jiff::Timestamp;
use portico::domain::{
    Account, DigestPeriod, DigestPlace, Frequency, NoticeGroup, OutboxMail, Professional, Recipient,
};
use portico::store::{Found, Lookup};

/// The reader of a notice in a group that people choose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    /// The profile.
    pub(crate) person: &'a Professional,
    /// The profile's account.
    pub(crate) home: &'a Account,
    group: NoticeGroup,
}

impl<'a> Reader<'a> {
    /// Returns the reader of `mail`; `None` for a mail that always comes.
    pub(crate) fn of(mail: &OutboxMail, found: &'a Found) -> Option<Self> {
        let group = mail.group()?;
        let (person, home) = profile(mail, found)?;
        Some(Self { person, home, group })
    }

    /// Returns how often the reader wants such mails.
    pub(crate) fn frequency(&self) -> Frequency {
        self.person.mail_preferences.of(self.group)
    }

    /// Returns the reader's digest that takes up the mail at the time `now`.
    pub(crate) fn digest(&self, period: DigestPeriod, now: Timestamp) -> DigestPlace {
        DigestPlace::of(self.group, period, self.person, self.home, now)
    }
}

/// Adds the recipient's profile and account, if people choose how often they get `mail`.
pub(crate) fn look_up(mail: &OutboxMail, lookup: Lookup) -> Lookup {
    let profile = mail.recipient.as_ref().and_then(|recipient| recipient.profile);
    match profile.filter(|_| !mail.groups().is_empty()) {
        Some(profile) => {
            lookup.account(profile.account).professional(profile.account, profile.professional)
        }
        None => lookup,
    }
}

/// Returns `mail` as its recipient should get it now. A digest goes to the address that is on
/// record when it leaves, without what the reader has turned off or may not read any more.
///
/// Returns `None` if nobody is left to read it: the profile was deleted, its access has ended, or
/// nothing is left of a digest.
pub(crate) fn for_reader(mail: &OutboxMail, found: &Found, now: Timestamp) -> Option<OutboxMail> {
    if mail.groups().is_empty() {
        return Some(mail.clone());
    }
    let (person, home) = profile(mail, found)?;
    if person.details.has_ended(home.today(now)) {
        return None;
    }
    if !mail.counts_others() {
        return Some(mail.clone());
    }
    let is_off = |group: NoticeGroup| {
        person.mail_preferences.of(group) == Frequency::Never || !group.is_for(home, person.id)
    };
    let content = mail.content.clone().without_groups(is_off)?;
    Some(OutboxMail { content, recipient: Some(Recipient::of(person)), ..mail.clone() })
}

/// Checks whether the reader can turn off a group of `mail`.
pub(crate) fn can_turn_off(mail: &OutboxMail, found: &Found) -> bool {
    profile(mail, found)
        .is_some_and(|(_, home)| mail.groups().iter().any(|group| group.can_be_off(home.kind)))
}

fn profile<'a>(mail: &OutboxMail, found: &'a Found) -> Option<(&'a Professional, &'a Account)> {
    let profile = mail.recipient.as_ref()?.profile?;
    found.professional(profile.professional).zip(found.account(profile.account))
}
