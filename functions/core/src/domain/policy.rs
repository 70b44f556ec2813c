//! The vendor's settings that rules depend on.

use crate::domain::Limits;

/// What the vendor decides by configuration.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Scheme and host of the site, without a trailing slash: `https://portal.example.com`.
    pub site_url: String,
    /// The vendor's name, as in "Example Vendor"; mails name it.
    pub vendor: Option<String>,
    /// Shown wherever a person can be stuck (requirement 23).
    pub access_mailbox: Option<String>,
    /// Days of access after a plan's last day (requirement 31).
    pub grace_days: u8,
    /// Days an invitation is good for, 1 to 30 (requirement 19).
    pub invitation_days: u8,
    /// Working days each of those asked have before a request for access goes on to the next (requirement 23).
    pub escalation_days: u8,
    /// Months between two questions to administrators who still needs access; 0 for none (requirement 13).
    pub review_months: u8,
    /// Whether mail is held back while too much of it comes back or is reported as unwanted.
    pub holds_mail: bool,
    /// How often what mails may be asked for within an hour.
    pub limits: Limits,
    /// Whether an administrator appointed by the partner or staff needs the approval of a second person of the staff (requirement 24).
    pub second_approval: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            site_url: String::new(),
            vendor: None,
            access_mailbox: None,
            grace_days: 0,
            invitation_days: 7,
            escalation_days: 3,
            review_months: 6,
            holds_mail: true,
            limits: Limits::default(),
            second_approval: false,
        }
    }
}
