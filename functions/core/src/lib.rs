//! What Portico's functions share.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules, pure: who may do what, plans, people, invitations |
//! | [`store`] | the one DynamoDB table: a method for each access pattern |
//! | [`http`] | the edge: requests, who calls, JSON in and out, problems |
//! | [`mail`] | what Portico's mails say |
//! | [`sign_in`] | OpenID Connect providers |
//! | [`metric`] | what is counted |
//! | [`secret`] | random secrets and what is stored in their place |
//! | [`clock`] | the one door to the time of day |
//! | [`schedule`] | what a schedule does: all that is due, day by day |
//! | [`stream`] | what the table's stream tells a function |
//! | [`config`] | the one door to the environment and to AWS clients |
//! | [`lambda`] | running a handler, on AWS or anywhere |

pub mod appointing;
mod asking;
mod at_once;
mod changing;
pub mod clock;
pub mod config;
mod delivering;
pub mod domain;
mod error;
pub mod http;
mod inviting;
pub mod lambda;
mod limiting;
pub mod mail;
pub mod metric;
pub mod schedule;
pub mod secret;
pub mod sign_in;
pub mod store;
pub mod stream;

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use ulid::Ulid;

pub use at_once::at_once;
use domain::{AccountId, Activity, Actor, Deed};
pub use error::{Candidate, Cause, Error, LinkFault, PlanLapsed, Result};

/// Everything a handler may use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The single table.
    pub store: store::Store,
    /// The time of day.
    pub clock: clock::Clock,
    /// The vendor's settings.
    pub policy: Arc<Policy>,
    /// The identity providers people may sign in with.
    pub providers: sign_in::Providers,
    /// The request that is being answered, by the id that all that is logged of it carries.
    pub request: Option<Arc<str>>,
}

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
    pub limits: domain::Limits,
    /// Whether an administrator appointed by the partner or staff needs the approval of a second person of the staff (requirement 24).
    pub second_approval: bool,
    /// By what CloudFront is known, which alone is believed whom a request comes from; none where it is not in front.
    pub origin_key: Option<secret::OriginKeyHash>,
}

/// What holds where the vendor decides nothing.
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
            limits: domain::Limits::default(),
            second_approval: false,
            origin_key: None,
        }
    }
}

impl App {
    /// Returns the time of day.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns today's date in UTC. Plans and end dates are judged by the account's own day: [`domain::Account::today`].
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// Serves the request `id`: what it writes carries that id on.
    #[must_use]
    pub fn for_request(&self, id: &str) -> Self {
        Self { request: Some(id.into()), ..self.clone() }
    }

    /// Serves the request that caused `mail`, where it is known.
    #[must_use]
    pub fn for_cause_of(&self, mail: &domain::Mail) -> Self {
        mail.request.as_deref().map_or_else(|| self.clone(), |it| self.for_request(it))
    }

    /// Makes an activity item of now, with no target, facts or source yet.
    pub fn activity(&self, account: AccountId, actor: Actor, act: Deed) -> Result<Activity> {
        let request = self.request.as_deref().map(str::to_owned);
        Ok(Activity {
            id: self.new_id()?,
            account,
            at: self.now(),
            actor,
            act,
            target: None,
            facts: [].into(),
            source: None,
            request,
        })
    }

    /// Draws a new identifier that sorts by the time it was drawn, to the nanosecond: what one request writes stays in order.
    pub fn new_id<T: From<Ulid>>(&self) -> Result<T> {
        let now = self.now();
        let milliseconds = u64::try_from(now.as_millisecond()).map_err(Error::internal)?;
        // Of the 80 bits behind the milliseconds 20 are the time within them; the other 60 are random.
        let within = u128::from(now.subsec_nanosecond().unsigned_abs() % 1_000_000);
        let random = u128::from_be_bytes(secret::random()?) >> 68;
        Ok(Ulid::from_parts(milliseconds, within << 60 | random).into())
    }
}
