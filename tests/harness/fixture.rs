//! A portal with the people and accounts that a test needs.

use local::Options;
use serde_json::{Value, json};

use crate::{Browser, Person, Portal, path};

/// The date of a fixture that holds something expired.
const AFTER_EXPIRY: &str = "2026-12-10";
/// The last day of a plan or person that has ended by then.
const ENDED_ON: &str = "2026-11-25";

/// A portal with the people that [`Fixture::builder`] was asked for. A request by another person
/// fails the test and names the builder's method that is missing.
///
/// The same names stand for the same people in all suites: Ada Lovelace administers the customer,
/// Bob Builder is a member of it, Pat Partner administers its partner and Stella Staff the vendor.
pub struct Fixture {
    /// The running Portico.
    pub portal: Portal,
    /// Ada, the customer's administrator, billing and shipping contact.
    pub administrator: Person,
    /// Bob, of the customer, without a role.
    pub member: Person,
    /// Eve, of the customer; her last day has passed.
    pub former_member: Person,
    /// Pat, the administrator of the partner.
    pub partner: Person,
    /// Stella, the administrator of the vendor.
    pub staff: Person,
    /// Vera, of the vendor; her last day has passed.
    pub former_staff: Person,
    /// A customer of the partner whose plan has lapsed.
    pub lapsed: LapsedCustomer,
    /// The token of an invitation to the customer that has expired.
    pub expired_invitation: String,
    /// The path of the customer's account.
    pub account: String,
    /// The path of its list of people.
    pub people: String,
    /// The path of its roles.
    pub roles: String,
    /// The path of its activity list.
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

/// Builds a fixture with only the parts that were asked for.
#[derive(Default)]
#[must_use]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is there or not, independently of the others"
)]
pub struct FixtureBuilder {
    portal: Option<Portal>,
    options: Options,
    administrator: bool,
    member: bool,
    former_member: bool,
    partner: bool,
    staff: bool,
    former_staff: bool,
    lapsed: bool,
    expired_invitation: bool,
}

impl Fixture {
    /// Returns a builder of a fixture without people.
    pub fn builder() -> FixtureBuilder {
        FixtureBuilder::default()
    }

    /// Builds the fixture that most tests need: the customer with its administrator and a member.
    pub async fn with_customer() -> Self {
        Self::builder().customer().build().await
    }

    /// Adds a professional to the customer, who does not accept the invitation, and returns the
    /// identifier.
    pub async fn invited(&self, name: &str, email: &str) -> String {
        self.portal.add(&self.portal.customer, name, email).await
    }

    /// Adds an administrator of the customer, who does not accept the invitation, and returns the
    /// identifier.
    pub async fn invited_administrator(&self, name: &str, email: &str) -> String {
        let body = json!({ "name": name, "email": email, "administrator": true });
        self.portal.add_with(&self.portal.customer, body).await
    }

    /// Returns a path below the customer's account.
    pub fn customer_path(&self, rest: &str) -> String {
        format!("{}{rest}", self.account)
    }

    /// Returns the path of a profile in the customer's account.
    pub fn person(&self, id: &str) -> String {
        path::person(&self.portal.customer, id)
    }

    /// Returns the path of an invitation in the customer's account.
    pub fn invitation(&self, id: &str) -> String {
        path::invitation(&self.portal.customer, id)
    }

    /// Adds Pat to the partner at this point of the test.
    pub async fn link_partner(&self) -> Person {
        let partner = &self.portal.partner;
        Person::link(&self.portal, partner, "Pat Partner", "pat@partner.example").await
    }

    /// Adds Stella to the vendor at this point of the test.
    pub async fn link_staff(&self) -> Person {
        Person::link(&self.portal, Portal::VENDOR, "Stella Staff", "stella@vendor.example").await
    }

    /// Adds Sid, a colleague of Stella's with these permissions and no role, at this point of the
    /// test.
    pub async fn link_colleague(&self, permissions: &[&str]) -> Person {
        let sid =
            Person::link(&self.portal, Portal::VENDOR, "Sid Second", "sid@vendor.example").await;
        if !permissions.is_empty() {
            self.portal.give_staff(&sid.id, permissions).await;
        }
        sid
    }

    /// Signs in a person who is in no account.
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
    /// Uses a running portal instead of a new one.
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
        self.administrator = true;
        self.member = true;
        self
    }

    /// Links the customer's administrator alone.
    pub const fn administrator(mut self) -> Self {
        self.administrator = true;
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

    /// Links the vendor's administrator, who has every permission of staff.
    /// [`Fixture::link_colleague`] adds staff without any, or with some.
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

    /// Starts the portal and adds what was asked for. If something has to be expired, the date
    /// moves to 2026-12-10 and everybody signs in again.
    pub async fn build(self) -> Fixture {
        let portal = match self.portal {
            Some(portal) => portal,
            None => Portal::start_with(self.options).await,
        };
        let mut fixture = Fixture::without_people(portal);
        let (portal, customer) = (&fixture.portal, &fixture.portal.customer);
        if self.administrator {
            fixture.administrator =
                Person::link(portal, customer, "Ada Lovelace", "ada@customer.example").await;
        }
        if self.member {
            fixture.member =
                Person::link(portal, customer, "Bob Builder", "bob@customer.example").await;
        }
        if self.partner {
            fixture.partner = fixture.link_partner().await;
        }
        if self.staff {
            fixture.staff = fixture.link_staff().await;
        }
        if self.former_member {
            fixture.former_member =
                Person::link(portal, customer, "Eve Gone", "eve@customer.example").await;
            end(portal, customer, &fixture.former_member.id).await;
        }
        if self.former_staff {
            fixture.former_staff =
                Person::link(portal, Portal::VENDOR, "Vera Gone", "vera@vendor.example").await;
            end(portal, Portal::VENDOR, &fixture.former_staff.id).await;
        }
        if self.lapsed {
            fixture.lapsed = LapsedCustomer::create(portal).await;
        }
        if self.expired_invitation {
            portal.add(customer, "Olga Old", "olga@customer.example").await;
            fixture.expired_invitation = portal.token("olga@customer.example");
        }
        if self.former_member || self.former_staff || self.lapsed || self.expired_invitation {
            portal.set_today(AFTER_EXPIRY);
            for (is_there, person) in [
                (self.administrator, &mut fixture.administrator),
                (self.member, &mut fixture.member),
                (self.partner, &mut fixture.partner),
                (self.staff, &mut fixture.staff),
                (self.former_member, &mut fixture.former_member),
                (self.former_staff, &mut fixture.former_staff),
                (self.lapsed, &mut fixture.lapsed.administrator),
                (self.lapsed, &mut fixture.lapsed.member),
            ] {
                if is_there {
                    person.sign_in_again(portal).await;
                }
            }
        }
        fixture
    }
}

impl Fixture {
    fn without_people(portal: Portal) -> Self {
        let customer = &portal.customer;
        Self {
            account: path::account(customer),
            people: path::people(customer),
            roles: path::roles(customer),
            activity: path::activity(customer),
            administrator: Person::absent("administrator"),
            member: Person::absent("customer"),
            former_member: Person::absent("former_member"),
            partner: Person::absent("partner"),
            staff: Person::absent("staff"),
            former_staff: Person::absent("former_staff"),
            lapsed: LapsedCustomer {
                account: String::new(),
                administrator: Person::absent("lapsed"),
                member: Person::absent("lapsed"),
            },
            expired_invitation: String::new(),
            portal,
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
            administrator: Person::link(portal, &account, "Luke Late", "luke@late.example").await,
            member: Person::link(portal, &account, "Lena Late", "lena@late.example").await,
            account,
        }
    }
}

async fn end(portal: &Portal, account: &str, professional: &str) {
    let event = json!({
        "path": { "account": account, "professional": professional },
        "body": { "ends_on": ENDED_ON },
    });
    let answer = portal.operator("UpdateProfessional", event).await;
    assert_eq!(answer["status"], 200, "{answer}");
}
