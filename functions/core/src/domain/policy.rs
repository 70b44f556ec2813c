//! The vendor's settings that the rules depend on.

use crate::domain::{Limits, PartnerPlans};

/// The vendor's settings.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Scheme and host of the site, without a trailing slash: `https://portal.example.com`.
    pub site_url: String,
    /// The vendor's name in mails, such as "Example Vendor".
    pub vendor: Option<String>,
    /// The mailbox for help with access, shown wherever a person may be stuck (requirement 23).
    pub access_mailbox: Option<String>,
    /// Days of access after a plan's last day (requirement 31).
    pub grace_days: u8,
    /// Days until an invitation expires, 1 to 30 (requirement 19).
    pub invitation_days: u8,
    /// Days of a session with *Keep me signed in*, 1 to 30 (requirement 3).
    pub keep_days: u8,
    /// Working days until a request for access escalates to the next deciders (requirement 23).
    pub escalation_days: u8,
    /// Months between access reviews; 0 for none (requirement 13).
    pub review_months: u8,
    /// Whether to hold mail back while the rate of bounces or complaints is too high.
    pub holds_mail: bool,
    /// Hourly rate limits of requests that send mail.
    pub limits: Limits,
    /// Whether an appointment by the partner or staff needs a second staff member's approval
    /// (requirement 24).
    pub second_approval: bool,
    /// The plans with which partners create customers at once. Only functions that create, change
    /// or show accounts know them.
    pub partner_plans: PartnerPlans,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            site_url: String::new(),
            vendor: None,
            access_mailbox: None,
            grace_days: 0,
            invitation_days: 7,
            keep_days: 30,
            escalation_days: 3,
            review_months: 6,
            holds_mail: true,
            limits: Limits::default(),
            second_approval: false,
            partner_plans: PartnerPlans::default(),
        }
    }
}
