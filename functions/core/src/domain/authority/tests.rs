//! The whole table: role × act × plan state, as the documentation shows it, and what it does not show.

use std::collections::BTreeSet;

use jiff::civil::date;
use ulid::Ulid;

use super::*;
use crate::domain::{
    AccountId, AccountName, Contact, Details, EmailAddress, Identity, IdentityKey, LanguageTag,
    LinkedIdentity, PartnerCard, PersonName, Plan, Roles, ZoneName,
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
        external_by: None,
        contact: Contact::default(),
        partner: None,
        grant: Grant::default(),
        time_zone: ZoneName::default(),
        plan: plan.map(|(first, last)| Plan::parse("Support", first, last).expect("a plan")),
        licences: Vec::new(),
        roles: Roles {
            administrators: BTreeSet::from([person(ADMINISTRATOR)]),
            billing_contact: Some(person(ADMINISTRATOR)),
            shipping_contact: Some(person(OTHER)),
        },
        appointment: None,
        due_on: None,
        noticed: None,
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

/// Every act, with those that concern the member themselves and somebody else.
fn acts() -> Vec<(&'static str, Act)> {
    let own = person(MEMBER);
    let other = person(OTHER);
    vec![
        ("view the account", Act::ViewAccount),
        ("list professionals", Act::ListProfessionals),
        ("view one's own profile", Act::ViewProfessional(own)),
        ("view another profile", Act::ViewProfessional(other)),
        ("list activity", Act::ListActivity),
        ("export professionals", Act::ExportProfessionals),
        ("add and invite professionals", Act::Invite),
        ("update one's own profile", Act::UpdateProfessional(own)),
        ("update another profile", Act::UpdateProfessional(other)),
        ("set one's own end date", Act::SetEndDate(own)),
        ("set another's end date", Act::SetEndDate(other)),
        ("delete one's own profile", Act::DeleteProfessional(own)),
        ("delete another profile", Act::DeleteProfessional(other)),
        ("have oneself sent a link", Act::SendInvitation(own)),
        ("send an invitation", Act::SendInvitation(other)),
        ("revoke one's own invitation", Act::RevokeInvitation(own)),
        ("revoke an invitation", Act::RevokeInvitation(other)),
        ("assign roles", Act::AssignRoles),
        ("decide on access requests", Act::DecideAccessRequest),
        ("change the partner's grant", Act::ChangeGrant),
        ("appoint an administrator", Act::AppointAdministrator),
        ("approve an appointment", Act::DecideAppointment),
        ("update the account", Act::UpdateAccount),
        ("list managed accounts", Act::ListManaged),
        ("create a customer", Act::CreateAccount(Kind::Customer)),
        ("create a partner", Act::CreateAccount(Kind::Partner)),
        ("import accounts", Act::ImportAccounts),
    ]
}

/// Returns a time on the day that the tests take for today, in UTC.
fn now() -> Timestamp {
    TODAY.at(12, 0, 0, 0).in_tz("UTC").expect("a time").timestamp()
}

fn staff(ends_on: Option<Date>) -> Standing {
    Standing::Staff {
        link: link(0, MEMBER, ends_on),
        vendor: Box::new(account(0, Kind::Vendor, None)),
    }
}

fn partner(plan: Option<(&str, &str)>) -> Standing {
    Standing::Partner {
        link: link(PARTNER, MEMBER, None),
        partner: Box::new(account(PARTNER, Kind::Partner, plan)),
    }
}

fn customer(plan: Option<(&str, &str)>, grant: Grant) -> Account {
    let partner = Some(account(PARTNER, Kind::Partner, None).card());
    Account { partner, grant, ..account(CUSTOMER, Kind::Customer, plan) }
}

/// A column of the table: whoever stands so to the account, which has a plan in one of four states.
type Column<'a> =
    (&'static str, Standing, Box<dyn Fn(Option<(&'static str, &'static str)>) -> Account + 'a>);

/// Says when `act` is allowed, as people read it.
fn cell(act: Act, (_, standing, account): &Column<'_>) -> &'static str {
    let allowed = [CURRENT, ENDING, GRACE, LAPSED]
        .map(|plan| decide(standing, act, &account(Some(plan)), now(), GRACE_DAYS).is_ok());
    match allowed {
        [true, true, true, true] => "yes",
        [true, true, true, false] => "until it lapses",
        [false, false, false, false] => "no",
        other => panic!("{act:?} is allowed in a way that the table has no words for: {other:?}"),
    }
}

fn table(columns: &[Column<'_>]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<_> = ["act"].into_iter().chain(columns.iter().map(|it| it.0)).collect();
    let rule = format!("|{}\n", "---|".repeat(heads.len()));
    let rows = acts().into_iter().map(|(name, act)| {
        line([name].into_iter().chain(columns.iter().map(|it| cell(act, it))).collect())
    });
    [line(heads), rule].into_iter().chain(rows).collect()
}

/// Writes the whole documentation of who may do what.
fn documentation() -> String {
    let on_customer = |grant| Box::new(move |plan| customer(plan, grant));
    let on = |id, kind| Box::new(move |plan| account(id, kind, plan));
    let [none, view, manage_people, appoint_administrator] = Grant::ALL.map(on_customer);
    let linked = |account, who| Standing::Linked(link(account, who, None));
    let whole = Grant::AppointAdministrator;
    let customers: [Column<'_>; 8] = [
        ("professional", linked(CUSTOMER, MEMBER), on_customer(whole)),
        ("administrator", linked(CUSTOMER, ADMINISTRATOR), on_customer(whole)),
        ("partner granted `none`", partner(None), none),
        ("`view`", partner(None), view),
        ("`manage_people`", partner(None), manage_people),
        ("`appoint_administrator`", partner(None), appoint_administrator),
        ("staff", staff(None), on_customer(whole)),
        ("operator", Standing::Operator, on_customer(whole)),
    ];
    let others: [Column<'_>; 5] = [
        ("partner's professional", linked(PARTNER, MEMBER), on(PARTNER, Kind::Partner)),
        ("partner's administrator", linked(PARTNER, ADMINISTRATOR), on(PARTNER, Kind::Partner)),
        ("staff, on a partner's account", staff(None), on(PARTNER, Kind::Partner)),
        ("vendor's professional", linked(0, MEMBER), Box::new(|_| account(0, Kind::Vendor, None))),
        (
            "vendor's administrator",
            linked(0, ADMINISTRATOR),
            Box::new(|_| account(0, Kind::Vendor, None)),
        ),
    ];
    format!(
        "On a customer's account, by how somebody stands to it. *Until it lapses* is in the states current, ending and grace of the account's \
         plan, *yes* in every state. For everybody else there is no such account.\n\n{}\nOn a partner's and on the vendor's own account; a \
         partner without a plan is as one with a current plan, and the vendor needs none.\n\n{}",
        table(&customers),
        table(&others),
    )
}

/// Run with `RENEW=1` to write the table anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
fn the_documentation_is_what_is_decided() {
    if std::env::var_os("RENEW").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/authority/table.md");
        std::fs::write(file, documentation()).expect("the table is written");
        return;
    }
    assert!(
        documentation() == include_str!("table.md"),
        "run the test with RENEW=1 and read what has changed:\n{}",
        documentation()
    );
}

/// Tells what each act meets with: `y` allowed, `n` forbidden, `l` plan lapsed, `e` access ended, `u` unknown.
fn outcomes(standing: &Standing, account: &Account) -> Vec<char> {
    let outcome = |act| match decide(standing, act, account, now(), GRACE_DAYS) {
        Ok(_) => 'y',
        Err(Refusal::Forbidden(_)) => 'n',
        Err(Refusal::Lapsed) => 'l',
        Err(Refusal::Ended(_)) => 'e',
        Err(Refusal::Unknown) => 'u',
    };
    acts().into_iter().map(|(_, act)| outcome(act)).collect()
}

/// Checks that every act meets with the same.
fn all(standing: &Standing, account: &Account, expected: char) {
    let found = outcomes(standing, account);
    assert!(
        found.iter().all(|it| *it == expected),
        "{standing:?} on {:?}: {found:?}",
        account.kind
    );
}

#[test]
fn a_lapse_is_told_from_a_lack_of_rights() {
    for plan in [Some(LAPSED), None] {
        let account = customer(plan, Grant::default());
        all(&Standing::Linked(link(CUSTOMER, MEMBER, None)), &account, 'l');
        assert!(
            !outcomes(&Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None)), &account)
                .contains(&'n')
        );
        all(&partner(Some(LAPSED)), &account, 'l');
    }
}

#[test]
fn a_partner_needs_no_plan_but_one_that_lapsed_shuts_it_out() {
    for plan in [CURRENT, ENDING, GRACE, LAPSED] {
        let account = customer(Some(plan), Grant::default());
        assert_eq!(outcomes(&partner(None), &account), outcomes(&partner(Some(CURRENT)), &account));
        all(&partner(Some(LAPSED)), &account, 'l');
        all(&Standing::Stranger, &account, 'u');
    }
}

#[test]
fn a_grant_holds_those_before_it() {
    let count = |grant| {
        outcomes(&partner(None), &customer(Some(CURRENT), grant))
            .into_iter()
            .filter(|it| *it == 'y')
            .count()
    };
    assert!(Grant::ALL.map(count).is_sorted_by(|before, after| before < after));
}

#[test]
fn days_are_those_of_the_account() {
    // Noon in UTC is the next day in Kiritimati: a plan whose last day is today is over there.
    let plan = Some(("2026-01-01", "2026-11-22"));
    let mut account = account(CUSTOMER, Kind::Customer, plan);
    let administrator = Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None));
    assert!(decide(&administrator, Act::Invite, &account, now(), 0).is_ok());
    account.time_zone = ZoneName::parse("Pacific/Kiritimati").expect("a zone");
    assert_eq!(decide(&administrator, Act::Invite, &account, now(), 0), Err(Refusal::Lapsed));
    // So is the access of somebody whose last day it is.
    account.plan = Some(Plan::parse("Support", CURRENT.0, CURRENT.1).expect("a plan"));
    let leaving = Standing::Linked(link(CUSTOMER, ADMINISTRATOR, Some(TODAY)));
    assert_eq!(decide(&leaving, Act::Invite, &account, now(), 0), Err(Refusal::Ended(TODAY)));
}

#[test]
fn an_end_date_that_has_passed_ends_every_right() {
    let customer = account(CUSTOMER, Kind::Customer, Some(CURRENT));
    let yesterday = Some(date(2026, 11, 21));
    all(&Standing::Linked(link(CUSTOMER, ADMINISTRATOR, yesterday)), &customer, 'e');
    all(&staff(yesterday), &customer, 'e');
    let on_the_last_day = Standing::Linked(link(CUSTOMER, ADMINISTRATOR, Some(TODAY)));
    assert_eq!(
        outcomes(&on_the_last_day, &customer),
        outcomes(&Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None)), &customer)
    );
}

#[test]
fn another_partner_knows_nothing() {
    let standing = Standing::Partner {
        link: link(12, MEMBER, None),
        partner: Box::new(account(12, Kind::Partner, None)),
    };
    all(&standing, &account(CUSTOMER, Kind::Customer, Some(CURRENT)), 'u');
    all(&standing, &customer(Some(CURRENT), Grant::default()), 'u');
}

#[test]
fn acts_are_marked_with_the_capacity() {
    let customer = customer(Some(CURRENT), Grant::default());
    for (standing, capacity) in [
        (Standing::Linked(link(CUSTOMER, MEMBER, None)), Capacity::Oneself),
        (Standing::Linked(link(CUSTOMER, ADMINISTRATOR, None)), Capacity::Administrator),
        (partner(None), Capacity::Partner),
        (staff(None), Capacity::Staff),
        (Standing::Operator, Capacity::Operator),
    ] {
        assert_eq!(
            decide(
                &standing,
                Act::UpdateProfessional(person(MEMBER)),
                &customer,
                now(),
                GRACE_DAYS
            ),
            Ok(capacity)
        );
    }
}

#[test]
fn a_lapse_explains_itself() {
    let customer = account(CUSTOMER, Kind::Customer, Some(LAPSED));
    let standing = Standing::Linked(link(CUSTOMER, MEMBER, None));
    let policy = Policy {
        access_mailbox: Some("access@vendor.example".to_owned()),
        grace_days: GRACE_DAYS,
        ..Policy::default()
    };
    let error = Refusal::Lapsed.explain(&standing, &customer, now(), &policy);
    let Error::PlanLapsed(lapse) = error else { panic!("{error:?}") };
    assert_eq!(
        (lapse.begins_on, lapse.access_mailbox.as_deref()),
        (None, Some("access@vendor.example"))
    );
    assert_eq!(
        (lapse.since, lapse.plan.as_str(), lapse.administrator),
        (date(2026, 1, 6), "Support", false)
    );
}

#[test]
fn a_plan_that_has_not_begun_says_when_it_does() {
    let customer = account(CUSTOMER, Kind::Customer, Some(("2027-01-01", "2027-12-31")));
    let error = customer.explain_lapse(now(), &Policy::default(), false);
    assert_eq!(
        error.to_string(),
        "the service plan Support begins on 2027-01-01; ask the vendor if that is not right"
    );
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
        let mut profile =
            Professional::new(person(MEMBER), Ulid(home).into(), details, Timestamp::UNIX_EPOCH);
        profile.linked = linked.then(|| LinkedIdentity {
            identity: Identity {
                key: IdentityKey::new("issuer", "subject"),
                name: "Ada".to_owned(),
                email: None,
                provider: "Microsoft".to_owned(),
            },
            linked_at: Timestamp::UNIX_EPOCH,
            notices: [].into(),
        });
        profile
    };
    let (mut customer, partner) =
        (account(CUSTOMER, Kind::Customer, Some(CURRENT)), account(PARTNER, Kind::Partner, None));
    customer.partner = Some(PartnerCard {
        account: partner.id,
        name: "Partner".to_owned(),
        email: None,
        phone: None,
        website: None,
    });
    let (stranger, vendor) = (account(12, Kind::Partner, None), account(0, Kind::Vendor, None));
    assert!(matches!(Standing::of(&at(CUSTOMER, true), &customer, &customer), Standing::Linked(_)));
    assert!(matches!(
        Standing::of(&at(PARTNER, true), &partner, &customer),
        Standing::Partner { .. }
    ));
    assert!(matches!(Standing::of(&at(0, true), &vendor, &customer), Standing::Staff { .. }));
    assert!(
        matches!(Standing::of(&at(12, true), &stranger, &customer), Standing::Stranger),
        "another partner"
    );
    assert!(
        matches!(Standing::of(&at(PARTNER, false), &partner, &customer), Standing::Stranger),
        "no identity"
    );
    assert!(
        matches!(Standing::of(&at(PARTNER, true), &customer, &customer), Standing::Stranger),
        "a profile of elsewhere"
    );
}
