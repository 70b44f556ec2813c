//! A portal with the people and accounts that a test needs.

use local::Options;
use serde_json::{Value, json};

use crate::{Browser, Person, Portal, path, person::Requested};

/// The day on which all has expired that a fixture holds as expired.
const AFTER_EXPIRY: &str = "2026-12-10";
/// The last day of a plan or a person that has ended by then.
const ENDED_ON: &str = "2026-11-25";

/// A portal with the people that [`Fixture::builder`] was asked for.
///
/// The same names stand for the same people in all suites: Ada Lovelace administers the customer, Bob Builder is a
/// member of it, Pat Partner administers its partner and Stella Staff the vendor.
pub struct Fixture {
    /// The running Portico.
    pub portal: Portal,
    /// Ada, the customer's administrator, billing and shipping contact.
    pub administrator: Requested<Person>,
    /// Bob, of the customer, without a role.
    pub member: Requested<Person>,
    /// Eve, of the customer; her last day has passed.
    pub former_member: Requested<Person>,
    /// Pat, the administrator of the partner.
    pub partner: Requested<Person>,
    /// Stella, the administrator of the vendor.
    pub staff: Requested<Person>,
    /// Vera, of the vendor; her last day has passed.
    pub former_staff: Requested<Person>,
    /// A customer of the partner whose plan has lapsed.
    pub lapsed: Requested<LapsedCustomer>,
    /// The token of an invitation to the customer that has expired.
    pub expired_invitation: Requested<String>,
    /// Where the customer's account is.
    pub account: String,
    /// Where its list of people is.
    pub people: String,
    /// Where its roles are.
    pub roles: String,
    /// Where its activity list is.
    pub activity: String,
}

/// An account whose plan has lapsed, and its people.
pub struct LapsedCustomer {
    /// The account's identifier.
    pub account: String,
    /// Luke, its administrator, billing and shipping contact.
    pub administrator: Person,
    /// Lena, without a role.
    pub member: Person,
}

/// What a fixture is to hold. Nothing is made that was not asked for.
#[derive(Default)]
#[must_use]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is there or not, independently of the others"
)]
pub struct FixtureBuilder {
    portal: Option<Portal>,
    options: Options,
    customer: bool,
    former_member: bool,
    partner: bool,
    staff: bool,
    former_staff: bool,
    lapsed: bool,
    expired_invitation: bool,
}

impl Fixture {
    /// Begins a fixture without people.
    pub fn builder() -> FixtureBuilder {
        FixtureBuilder::default()
    }

    /// Builds the fixture that most tests need: the customer with its administrator and a member.
    pub async fn with_customer() -> Self {
        Self::builder().customer().build().await
    }

    /// Adds somebody to the customer who has not accepted the invitation, and returns the identifier.
    pub async fn invited(&self, name: &str, email: &str) -> String {
        self.portal.add(&self.portal.customer, name, email).await
    }

    /// Returns where something of the customer's is: its account, with `rest` behind it.
    pub fn customer_path(&self, rest: &str) -> String {
        format!("{}{rest}", self.account)
    }

    /// Returns where the profile of one of the customer's people is.
    pub fn person(&self, id: &str) -> String {
        path::person(&self.portal.customer, id)
    }

    /// Returns where the invitation of one of the customer's people is.
    pub fn invitation(&self, id: &str) -> String {
        path::invitation(&self.portal.customer, id)
    }

    /// Adds Pat to the partner at this point of the test.
    pub async fn link_partner(&self) -> Person {
        link_partner(&self.portal).await
    }

    /// Adds Stella to the vendor at this point of the test.
    pub async fn link_staff(&self) -> Person {
        link_staff(&self.portal).await
    }

    /// Signs in somebody whom no account knows.
    pub async fn stranger(&self) -> Browser {
        self.portal.sign_in("Sam Stranger", "sam@stranger.example").await
    }

    /// Reads a profile as the administrator sees it.
    pub async fn profile(&mut self, id: &str) -> Value {
        let path = self.person(id);
        let answer = self.administrator.browser.get(&path).await;
        assert_eq!(answer.status, 200, "{answer}");
        answer.body
    }

    /// Reads the newest item of the customer's activity list as the administrator sees it.
    pub async fn newest_activity(&mut self) -> Value {
        let answer = self.administrator.browser.get(&self.activity).await;
        answer.items()[0].clone()
    }
}

impl FixtureBuilder {
    /// Uses a portal that runs, in place of a new one.
    pub fn portal(self, portal: Portal) -> Self {
        Self { portal: Some(portal), ..self }
    }

    /// Starts the portal with these options.
    pub fn options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// Has a second staff member approve what staff do for a partner.
    pub fn second_approval(mut self) -> Self {
        self.options.second_approval = true;
        self
    }

    /// Links the customer's administrator and a member.
    pub const fn customer(mut self) -> Self {
        self.customer = true;
        self
    }

    /// Links a member of the customer whose last day then passes.
    pub const fn former_member(mut self) -> Self {
        self.former_member = true;
        self
    }

    /// Links the partner's administrator.
    pub const fn partner(mut self) -> Self {
        self.partner = true;
        self
    }

    /// Links the vendor's administrator.
    pub const fn staff(mut self) -> Self {
        self.staff = true;
        self
    }

    /// Links a member of the vendor whose last day then passes.
    pub const fn former_staff(mut self) -> Self {
        self.former_staff = true;
        self
    }

    /// Creates a customer with two linked people whose plan then lapses.
    pub const fn lapsed(mut self) -> Self {
        self.lapsed = true;
        self
    }

    /// Sends an invitation that then expires.
    pub const fn expired_invitation(mut self) -> Self {
        self.expired_invitation = true;
        self
    }

    /// Starts the portal and adds what was asked for. Where something is to have expired, the date moves to 2026-12-10
    /// and everybody signs in again.
    pub async fn build(self) -> Fixture {
        let portal = match self.portal {
            Some(portal) => portal,
            None => Portal::start_with(self.options).await,
        };
        let customer = portal.customer.as_str();
        let (mut administrator, mut member) = (None, None);
        if self.customer {
            administrator =
                Some(link(&portal, customer, "Ada Lovelace", "ada@customer.example").await);
            member = Some(link(&portal, customer, "Bob Builder", "bob@customer.example").await);
        }
        let (mut former_member, mut former_staff) = (None, None);
        if self.former_member {
            former_member = Some(link(&portal, customer, "Eve Gone", "eve@customer.example").await);
        }
        let partner = if self.partner { Some(link_partner(&portal).await) } else { None };
        let staff = if self.staff { Some(link_staff(&portal).await) } else { None };
        if self.former_staff {
            former_staff =
                Some(link(&portal, Portal::VENDOR, "Vera Gone", "vera@vendor.example").await);
        }
        let lapsed = if self.lapsed { Some(LapsedCustomer::create(&portal).await) } else { None };
        let mut expired_invitation = None;
        if self.expired_invitation {
            portal.add(customer, "Olga Old", "olga@customer.example").await;
            expired_invitation = Some(portal.token("olga@customer.example"));
        }
        for (account, person) in [(customer, &former_member), (Portal::VENDOR, &former_staff)] {
            if let Some(person) = person {
                end(&portal, account, &person.id).await;
            }
        }
        let expires =
            self.former_member || self.former_staff || self.lapsed || self.expired_invitation;
        let mut fixture = Fixture {
            account: path::account(customer),
            people: path::people(customer),
            roles: path::roles(customer),
            activity: path::activity(customer),
            administrator: Requested::new("customer", administrator),
            member: Requested::new("customer", member),
            former_member: Requested::new("former_member", former_member),
            partner: Requested::new("partner", partner),
            staff: Requested::new("staff", staff),
            former_staff: Requested::new("former_staff", former_staff),
            lapsed: Requested::new("lapsed", lapsed),
            expired_invitation: Requested::new("expired_invitation", expired_invitation),
            portal,
        };
        if expires {
            fixture.portal.set_today(AFTER_EXPIRY);
            fixture.sign_in_again().await;
        }
        fixture
    }
}

impl Fixture {
    async fn sign_in_again(&mut self) {
        let linked = [
            &mut self.administrator,
            &mut self.member,
            &mut self.former_member,
            &mut self.partner,
            &mut self.staff,
            &mut self.former_staff,
        ];
        let linked = linked.into_iter().filter_map(Requested::get_mut);
        let lapsed = self.lapsed.get_mut().into_iter();
        let lapsed = lapsed.flat_map(|lapsed| [&mut lapsed.administrator, &mut lapsed.member]);
        for person in linked.chain(lapsed) {
            person.sign_in_again(&self.portal).await;
        }
    }
}

impl LapsedCustomer {
    async fn create(portal: &Portal) -> Self {
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": ENDED_ON });
        let body = json!({
            "name": "Late Customer", "kind": "customer", "partner": portal.partner, "plan": plan,
        });
        let account = portal.create_account(body).await;
        Self {
            administrator: link(portal, &account, "Luke Late", "luke@late.example").await,
            member: link(portal, &account, "Lena Late", "lena@late.example").await,
            account,
        }
    }
}

async fn link(portal: &Portal, account: &str, name: &str, email: &str) -> Person {
    Person::link(portal, account, name, email).await
}

async fn link_partner(portal: &Portal) -> Person {
    link(portal, &portal.partner, "Pat Partner", "pat@partner.example").await
}

async fn link_staff(portal: &Portal) -> Person {
    link(portal, Portal::VENDOR, "Stella Staff", "stella@vendor.example").await
}

async fn end(portal: &Portal, account: &str, professional: &str) {
    let event = json!({
        "path": { "account": account, "professional": professional }, "body": { "ends_on": ENDED_ON },
    });
    let answer = portal.operator("UpdateProfessional", event).await;
    assert_eq!(answer["status"], 200, "{answer}");
}
