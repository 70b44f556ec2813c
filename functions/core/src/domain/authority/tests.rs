//! The whole table: actor × act × plan state.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::date};
use ulid::Ulid;

use super::*;
use crate::domain::{
    AccountId, AccountName, Contact, Details, EmailAddress, Identity, IdentityKey, LanguageTag, Limits, LinkedIdentity, PartnerCard, PersonName,
    Plan, Roles,
};

const TODAY: Date = date(2026, 11, 22);
const CURRENT: (&str, &str) = ("2026-01-01", "2027-12-31");
const ENDING: (&str, &str) = ("2026-01-01", "2026-12-01");
const GRACE: (&str, &str) = ("2026-01-01", "2026-11-20");
const LAPSED: (&str, &str) = ("2025-01-01", "2025-12-31");
const GRACE_DAYS: u8 = 5;

const ADMINISTRATOR: u128 = 1;
const MEMBER: u128 = 2;
const OTHER: u128 = 3;
const CUSTOMER: u128 = 10;
const PARTNER: u128 = 11;

fn account(id: u128, kind: Kind, plan: Option<(&str, &str)>) -> Account {
    Account {
        id: AccountId::from(Ulid(id)),
        name: AccountName::parse("Example").expect("a name"),
        kind,
        external_id: None,
        contact: Contact::default(),
        partner: None,
        plan: plan.map(|(first, last)| Plan::parse("Support", first, last).expect("a plan")),
        licences: Vec::new(),
        roles: Roles {
            administrators: BTreeSet::from([person(ADMINISTRATOR)]),
            billing_contact: Some(person(ADMINISTRATOR)),
            shipping_contact: Some(person(OTHER)),
        },
        due_on: None,
        lapsed_on: None,
        created_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

fn person(number: u128) -> ProfessionalId {
    Ulid(number).into()
}

fn link(account: u128, number: u128, ends_on: Option<Date>) -> Link {
    Link {
        identity: IdentityKey::new("issuer", "subject"),
        account: Ulid(account).into(),
        professional: person(number),
        name: PersonName::parse("Ada").expect("a name"),
        email: EmailAddress::parse("ada@example.org").expect("an address"),
        ends_on,
    }
}

/// Every act on a customer's account, with those that concern the member themselves and somebody else.
fn acts() -> Vec<(&'static str, Act)> {
    let own = person(MEMBER);
    let other = person(OTHER);
    vec![
        ("view account", Act::ViewAccount),
        ("list professionals", Act::ListProfessionals),
        ("view own", Act::ViewProfessional(own)),
        ("view other", Act::ViewProfessional(other)),
        ("list activity", Act::ListActivity),
        ("export professionals", Act::ExportProfessionals),
        ("invite", Act::Invite),
        ("update own", Act::UpdateProfessional(own)),
        ("update other", Act::UpdateProfessional(other)),
        ("end own", Act::SetEndDate(own)),
        ("end other", Act::SetEndDate(other)),
        ("delete own", Act::DeleteProfessional(own)),
        ("delete other", Act::DeleteProfessional(other)),
        ("send own", Act::SendInvitation(own)),
        ("send other", Act::SendInvitation(other)),
        ("revoke own", Act::RevokeInvitation(own)),
        ("revoke other", Act::RevokeInvitation(other)),
        ("assign roles", Act::AssignRoles),
        ("list managed", Act::ListManaged),
        ("create customer", Act::CreateAccount(Kind::Customer)),
        ("create partner", Act::CreateAccount(Kind::Partner)),
    ]
}

/// Checks a column of the table: `y` allowed, `n` forbidden, `l` plan lapsed, `e` access ended, `u` unknown.
fn column(standing: &Standing, account: &Account, expected: &str) {
    let found: String = acts()
        .into_iter()
        .map(|(_, act)| match decide(standing, act, account, TODAY, GRACE_DAYS) {
            Ok(_) => 'y',
            Err(Refusal::Forbidden(_)) => 'n',
            Err(Refusal::Lapsed) => 'l',
            Err(Refusal::Ended(_)) => 'e',
            Err(Refusal::Unknown) => 'u',
        })
        .collect();
    let acts: Vec<_> = acts().into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, expected, "{standing:?} on {:?}, acts {acts:?}", account.kind);
}

#[test]
fn a_customer_in_every_state_of_its_plan() {
    let partner = |plan| Standing::Partner { link: link(PARTNER, MEMBER, None), partner: Box::new(account(PARTNER, Kind::Partner, plan)) };
    for plan in [CURRENT, ENDING, GRACE, LAPSED] {
        let lapsed = plan == LAPSED;
        let mut customer = account(CUSTOMER, Kind::Customer, Some(plan));
        customer.partner = Some(account(PARTNER, Kind::Partner, None).card());

        column(&Standing::Linked(link(CUSTOMER, MEMBER, None)), &customer, if lapsed { "lllllllllllllllllllll" } else { "yyynnnnynnnnnynnnnnnn" });
        column(
            &Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None)),
            &customer,
            if lapsed { "yyyyyylllllllllllllll" } else { "yyyyyyyyyyyyyyyyyynnn" },
        );
        column(&partner(None), &customer, "yyyyyyyyyyyyyyyyyynnn");
        column(&partner(Some(CURRENT)), &customer, "yyyyyyyyyyyyyyyyyynnn");
        column(&partner(Some(LAPSED)), &customer, "lllllllllllllllllllll");
        column(&Standing::Staff(link(0, MEMBER, None)), &customer, "yyyyyyyyyyyyyyyyyyyyy");
        column(&Standing::Operator, &customer, "yyyyyyyyyyyyyyyyyyyyy");
        column(&Standing::Stranger, &customer, "uuuuuuuuuuuuuuuuuuuuu");
    }
}

#[test]
fn an_end_date_that_has_passed_ends_every_right() {
    let customer = account(CUSTOMER, Kind::Customer, Some(CURRENT));
    let yesterday = Some(date(2026, 11, 21));
    column(&Standing::Linked(link(CUSTOMER, ADMINISTRATOR, yesterday)), &customer, "eeeeeeeeeeeeeeeeeeeee");
    column(&Standing::Staff(link(0, MEMBER, yesterday)), &customer, "eeeeeeeeeeeeeeeeeeeee");
    column(&Standing::Linked(link(CUSTOMER, ADMINISTRATOR, Some(TODAY))), &customer, "yyyyyyyyyyyyyyyyyynnn");
}

#[test]
fn another_partner_knows_nothing() {
    let mut customer = account(CUSTOMER, Kind::Customer, Some(CURRENT));
    let standing = Standing::Partner { link: link(12, MEMBER, None), partner: Box::new(account(12, Kind::Partner, None)) };
    column(&standing, &customer, "uuuuuuuuuuuuuuuuuuuuu");
    customer.partner = Some(account(PARTNER, Kind::Partner, None).card());
    column(&standing, &customer, "uuuuuuuuuuuuuuuuuuuuu");
}

#[test]
fn partner_and_vendor_need_no_plan_and_look_after_others() {
    let partner = account(PARTNER, Kind::Partner, None);
    column(&Standing::Linked(link(PARTNER, MEMBER, None)), &partner, "yyynnnnynnnnnynnnnyyn");
    column(&Standing::Linked(link(PARTNER, ADMINISTRATOR, None)), &partner, "yyyyyyyyyyyyyyyyyyyyn");
    let vendor = account(0, Kind::Vendor, None);
    column(&Standing::Linked(link(0, MEMBER, None)), &vendor, "yyynnnnynnnnnynnnnyyy");
    column(&Standing::Linked(link(0, ADMINISTRATOR, None)), &vendor, "yyyyyyyyyyyyyyyyyyyyy");
}

#[test]
fn a_customer_without_a_plan_has_no_access() {
    let customer = account(CUSTOMER, Kind::Customer, None);
    column(&Standing::Linked(link(CUSTOMER, MEMBER, None)), &customer, "lllllllllllllllllllll");
}

#[test]
fn acts_are_marked_with_the_capacity() {
    let mut customer = account(CUSTOMER, Kind::Customer, Some(CURRENT));
    customer.partner = Some(account(PARTNER, Kind::Partner, None).card());
    let partner = Standing::Partner { link: link(PARTNER, MEMBER, None), partner: Box::new(account(PARTNER, Kind::Partner, None)) };
    for (standing, capacity) in [
        (Standing::Linked(link(CUSTOMER, MEMBER, None)), Capacity::Oneself),
        (Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None)), Capacity::Administrator),
        (partner, Capacity::Partner),
        (Standing::Staff(link(0, MEMBER, None)), Capacity::Staff),
        (Standing::Operator, Capacity::Operator),
    ] {
        assert_eq!(decide(&standing, Act::UpdateProfessional(person(MEMBER)), &customer, TODAY, GRACE_DAYS), Ok(capacity));
    }
}

#[test]
fn a_lapse_explains_itself() {
    let customer = account(CUSTOMER, Kind::Customer, Some(LAPSED));
    let standing = Standing::Linked(link(CUSTOMER, MEMBER, None));
    let policy = Policy {
        site_url: String::new(),
        vendor: None,
        access_mailbox: Some("access@vendor.example".to_owned()),
        grace_days: GRACE_DAYS,
        invitation_days: 7,
        holds_mail: true,
        limits: Limits::default(),
        origin_key: None,
    };
    let error = Refusal::Lapsed.explain(&standing, &customer, TODAY, &policy);
    let Error::PlanLapsed(lapse) = error else { panic!("{error:?}") };
    assert_eq!((lapse.begins_on, lapse.access_mailbox.as_deref()), (None, Some("access@vendor.example")));
    assert_eq!((lapse.since, lapse.plan.as_str(), lapse.administrator), (date(2026, 1, 6), "Support", false));
}

#[test]
fn a_plan_that_has_not_begun_says_when_it_does() {
    let customer = account(CUSTOMER, Kind::Customer, Some(("2027-01-01", "2027-12-31")));
    let policy = Policy {
        site_url: String::new(),
        vendor: None,
        access_mailbox: None,
        grace_days: 0,
        invitation_days: 7,
        holds_mail: true,
        limits: Limits::default(),
        origin_key: None,
    };
    let error = customer.explain_lapse(TODAY, &policy, false);
    assert_eq!(error.to_string(), "the service plan Support begins on 2027-01-01; ask the vendor if that is not right");
}

#[test]
fn a_profile_stands_to_an_account_by_where_it_is() {
    let at = |home: u128, linked: bool| {
        let details = Details {
            name: PersonName::parse("Ada").expect("a name"),
            email: EmailAddress::parse("ada@example.org").expect("an address"),
            title: None,
            phone: None,
            language: LanguageTag::parse("en").expect("a tag"),
            ends_on: None,
        };
        let mut profile = Professional::new(person(MEMBER), Ulid(home).into(), details, Timestamp::UNIX_EPOCH);
        profile.linked = linked.then(|| LinkedIdentity {
            identity: Identity { key: IdentityKey::new("issuer", "subject"), name: "Ada".to_owned(), email: None, provider: "Microsoft".to_owned() },
            linked_at: Timestamp::UNIX_EPOCH,
            disputes: BTreeSet::new(),
        });
        profile
    };
    let (mut customer, partner) = (account(CUSTOMER, Kind::Customer, Some(CURRENT)), account(PARTNER, Kind::Partner, None));
    customer.partner = Some(PartnerCard { account: partner.id, name: "Partner".to_owned(), email: None, phone: None, website: None });
    let (stranger, vendor) = (account(12, Kind::Partner, None), account(0, Kind::Vendor, None));
    assert!(matches!(Standing::of(&at(CUSTOMER, true), &customer, &customer), Standing::Linked(_)));
    assert!(matches!(Standing::of(&at(PARTNER, true), &partner, &customer), Standing::Partner { .. }));
    assert!(matches!(Standing::of(&at(0, true), &vendor, &customer), Standing::Staff(_)));
    assert!(matches!(Standing::of(&at(12, true), &stranger, &customer), Standing::Stranger), "another partner");
    assert!(matches!(Standing::of(&at(PARTNER, false), &partner, &customer), Standing::Stranger), "no identity");
    assert!(matches!(Standing::of(&at(PARTNER, true), &customer, &customer), Standing::Stranger), "a profile of elsewhere");
}
