//! The whole table of relationship, action and plan state, as documented, and the cases beyond it.

use std::collections::BTreeSet;

use jiff::civil::date;
use ulid::Ulid;

use super::*;
use crate::domain::{
    AccountId, AccountName, Confirmation, Contact, Creator, Details, EmailAddress, Identity,
    IdentityKey, LanguageTag, LinkedIdentity, PartnerCard, PersonName, Plan, Roles, ZoneName,
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

fn account(id: u128, kind: AccountKind, plan: Option<(&str, &str)>) -> Account {
    Account {
        id: AccountId::from(Ulid(id)),
        name: AccountName::parse("Example").expect("a name"),
        kind,
        external_id: None,
        external_by: None,
        contact: Contact::default(),
        partner: None,
        grant: PartnerGrant::default(),
        time_zone: ZoneName::default(),
        plan: plan.map(|(first, last)| Plan::parse("Support", first, last).expect("a plan")),
        licences: Vec::new(),
        roles: Roles {
            administrators: BTreeSet::from([person(ADMINISTRATOR)]),
            active: BTreeSet::from([person(ADMINISTRATOR)]),
            billing_contact: Some(person(ADMINISTRATOR)),
            shipping_contact: Some(person(OTHER)),
        },
        has_linked: true,
        appointment: None,
        due_on: None,
        noticed: None,
        created_by: None,
        confirmation: Confirmation::Confirmed { since: Timestamp::UNIX_EPOCH },
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

/// Every action; those on a professional once for the member's own profile and once for another.
fn actions() -> Vec<(&'static str, Action)> {
    let own = person(MEMBER);
    let other = person(OTHER);
    vec![
        ("view the account", Action::ViewAccount),
        ("list professionals", Action::ListProfessionals),
        ("view one's own profile", Action::ViewProfessional(own)),
        ("view another profile", Action::ViewProfessional(other)),
        ("list activity", Action::ListActivity),
        ("export professionals", Action::ExportProfessionals),
        ("add and invite professionals", Action::Invite),
        ("update one's own profile", Action::UpdateProfessional(own)),
        ("update another profile", Action::UpdateProfessional(other)),
        ("set one's own end date", Action::SetEndDate(own)),
        ("set another's end date", Action::SetEndDate(other)),
        ("delete one's own profile", Action::DeleteProfessional(own)),
        ("delete another profile", Action::DeleteProfessional(other)),
        ("undo a deletion", Action::RestoreProfessional),
        ("have oneself sent a link", Action::SendInvitation(own)),
        ("send an invitation", Action::SendInvitation(other)),
        ("revoke one's own invitation", Action::RevokeInvitation(own)),
        ("revoke an invitation", Action::RevokeInvitation(other)),
        ("assign roles", Action::AssignRoles),
        ("decide on access requests", Action::DecideAccessRequest),
        ("narrow or end the partner's grant", Action::NarrowGrant),
        ("widen the partner's grant", Action::ChangeGrant),
        ("appoint an administrator", Action::AppointAdministrator),
        ("approve an appointment", Action::DecideAppointment),
        ("update the account", Action::UpdateAccount),
        ("confirm the account", Action::ConfirmAccount),
        ("withdraw the account", Action::WithdrawAccount),
        ("release held mail", Action::ReleaseMail),
        ("list managed accounts", Action::ListManaged),
        ("create a customer", Action::CreateAccount(AccountKind::Customer)),
        ("create a partner", Action::CreateAccount(AccountKind::Partner)),
        ("import accounts", Action::ImportAccounts),
    ]
}

/// Returns noon on [`TODAY`] in UTC.
fn now() -> Timestamp {
    TODAY.at(12, 0, 0, 0).in_tz("UTC").expect("a time").timestamp()
}

fn staff(ends_on: Option<Date>) -> Relationship {
    Relationship::Staff {
        link: link(0, MEMBER, ends_on),
        vendor: Box::new(account(0, AccountKind::Vendor, None)),
    }
}

fn partner(plan: Option<(&str, &str)>) -> Relationship {
    Relationship::Partner {
        link: link(PARTNER, MEMBER, None),
        partner: Box::new(account(PARTNER, AccountKind::Partner, plan)),
    }
}

fn customer(plan: Option<(&str, &str)>, grant: PartnerGrant) -> Account {
    let partner = Some(account(PARTNER, AccountKind::Partner, None).card());
    Account { partner, grant, ..account(CUSTOMER, AccountKind::Customer, plan) }
}

/// Returns a customer that its partner created, of which somebody `has_linked` or nobody.
fn created(plan: Option<(&str, &str)>, confirmation: Confirmation, has_linked: bool) -> Account {
    let creator =
        Creator { partner: Ulid(PARTNER).into(), professional: person(MEMBER), number: None };
    Account {
        confirmation,
        created_by: Some(creator),
        has_linked,
        ..customer(plan, PartnerGrant::default())
    }
}

/// A column of the table: its title, the relationship, and the account by plan.
type Column<'a> =
    (&'static str, Relationship, Box<dyn Fn(Option<(&'static str, &'static str)>) -> Account + 'a>);

/// Returns when `action` is allowed, as the table says it.
fn cell(action: Action, (_, relationship, account): &Column<'_>) -> &'static str {
    let allowed = [CURRENT, ENDING, GRACE, LAPSED]
        .map(|plan| decide(relationship, action, &account(Some(plan)), now(), GRACE_DAYS).is_ok());
    match allowed {
        [true, true, true, true] => "yes",
        [true, true, true, false] => "until it lapses",
        [false, false, false, false] => "no",
        other => panic!("the table has no words for when {action:?} is allowed: {other:?}"),
    }
}

fn table(columns: &[Column<'_>]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let titles: Vec<_> =
        ["action"].into_iter().chain(columns.iter().map(|column| column.0)).collect();
    let rule = format!("|{}\n", "---|".repeat(titles.len()));
    let rows = actions().into_iter().map(|(name, action)| {
        let cells = columns.iter().map(|column| cell(action, column));
        line([name].into_iter().chain(cells).collect())
    });
    [line(titles), rule].into_iter().chain(rows).collect()
}

/// Formats the documentation of who may do what.
fn documentation() -> String {
    let on_customer = |grant| Box::new(move |plan| customer(plan, grant));
    let on = |id, kind| Box::new(move |plan| account(id, kind, plan));
    let [none, view, manage_people, appoint_administrator] = PartnerGrant::ALL.map(on_customer);
    let linked = |account, who| Relationship::Linked(link(account, who, None));
    let full = PartnerGrant::AppointAdministrator;
    let customers: [Column<'_>; 8] = [
        ("professional", linked(CUSTOMER, MEMBER), on_customer(full)),
        ("administrator", linked(CUSTOMER, ADMINISTRATOR), on_customer(full)),
        ("partner granted `none`", partner(None), none),
        ("`view`", partner(None), view),
        ("`manage_people`", partner(None), manage_people),
        ("`appoint_administrator`", partner(None), appoint_administrator),
        ("staff", staff(None), on_customer(full)),
        ("operator", Relationship::Operator, on_customer(full)),
    ];
    let others: [Column<'_>; 5] = [
        ("partner's professional", linked(PARTNER, MEMBER), on(PARTNER, AccountKind::Partner)),
        (
            "partner's administrator",
            linked(PARTNER, ADMINISTRATOR),
            on(PARTNER, AccountKind::Partner),
        ),
        ("staff, on a partner's account", staff(None), on(PARTNER, AccountKind::Partner)),
        (
            "vendor's professional",
            linked(0, MEMBER),
            Box::new(|_| account(0, AccountKind::Vendor, None)),
        ),
        (
            "vendor's administrator",
            linked(0, ADMINISTRATOR),
            Box::new(|_| account(0, AccountKind::Vendor, None)),
        ),
    ];
    let waiting = Confirmation::Waiting { invites: true };
    let confirmed = Confirmation::Confirmed { since: Timestamp::UNIX_EPOCH };
    let on_created =
        |confirmation, has_linked| Box::new(move |plan| created(plan, confirmation, has_linked));
    let created: [Column<'_>; 7] = [
        ("waiting: its partner", partner(None), on_created(waiting, false)),
        ("waiting: staff", staff(None), on_created(waiting, false)),
        ("waiting: operator", Relationship::Operator, on_created(waiting, false)),
        (
            "unconfirmed: its partner, nobody linked",
            partner(None),
            on_created(Confirmation::Unconfirmed, false),
        ),
        (
            "unconfirmed: its partner, somebody linked",
            partner(None),
            on_created(Confirmation::Unconfirmed, true),
        ),
        (
            "unconfirmed: administrator",
            linked(CUSTOMER, ADMINISTRATOR),
            on_created(Confirmation::Unconfirmed, true),
        ),
        ("confirmed: its partner, nobody linked", partner(None), on_created(confirmed, false)),
    ];
    format!(
        "On a customer's account, by relationship to it. *Until it lapses* means while the\n\
         plan is current, ending or in grace; *yes* means in every state. For strangers the\n\
         account does not exist.\n\n\
         {}\n\
         On a partner's account and on the vendor's own. A partner without a plan counts as\n\
         one with a current plan; the vendor needs none.\n\n\
         {}\n\
         On a customer that its partner of record created, with the full grant. It waits until\n\
         staff confirm it, or is unconfirmed: created at once, or renamed by the partner. Staff\n\
         and operators may do on an unconfirmed one what they may do on any.\n\n\
         {}",
        table(&customers),
        table(&others),
        table(&created),
    )
}

/// Run with `RENEW=1` to write the table again.
#[test]
#[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
fn the_documentation_matches_the_decisions() {
    if std::env::var_os("RENEW").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/authorization/table.md");
        std::fs::write(file, documentation()).expect("the table is written");
        return;
    }
    assert!(
        documentation() == include_str!("table.md"),
        "run the test with RENEW=1 and review the changes:\n{}",
        documentation()
    );
}

/// Returns the outcome of each action: `y` allowed, `n` forbidden, `l` plan lapsed, `e` access
/// ended, `u` unknown.
fn outcomes(relationship: &Relationship, account: &Account) -> Vec<char> {
    let outcome = |action| match decide(relationship, action, account, now(), GRACE_DAYS) {
        Ok(_) => 'y',
        Err(Denial::Forbidden(_)) => 'n',
        Err(Denial::Lapsed) => 'l',
        Err(Denial::Ended(_)) => 'e',
        Err(Denial::Unknown) => 'u',
    };
    actions().into_iter().map(|(_, action)| outcome(action)).collect()
}

/// Checks that every action has this outcome.
fn assert_all(relationship: &Relationship, account: &Account, expected: char) {
    let found = outcomes(relationship, account);
    assert!(
        found.iter().all(|outcome| *outcome == expected),
        "{relationship:?} on {:?}: {found:?}",
        account.kind
    );
}

#[test]
fn a_lapsed_plan_is_distinguished_from_a_missing_permission() {
    for plan in [Some(LAPSED), None] {
        let account = customer(plan, PartnerGrant::default());
        assert_all(&Relationship::Linked(link(CUSTOMER, MEMBER, None)), &account, 'l');
        assert!(
            !outcomes(&Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, None)), &account)
                .contains(&'n')
        );
        assert_all(&partner(Some(LAPSED)), &account, 'l');
    }
}

#[test]
fn a_partner_needs_no_plan_but_a_lapsed_one_takes_its_access() {
    for plan in [CURRENT, ENDING, GRACE, LAPSED] {
        let account = customer(Some(plan), PartnerGrant::default());
        assert_eq!(outcomes(&partner(None), &account), outcomes(&partner(Some(CURRENT)), &account));
        assert_all(&partner(Some(LAPSED)), &account, 'l');
        assert_all(&Relationship::Stranger, &account, 'u');
    }
}

#[test]
fn each_grant_includes_those_before_it() {
    let count = |grant| {
        outcomes(&partner(None), &customer(Some(CURRENT), grant))
            .into_iter()
            .filter(|outcome| *outcome == 'y')
            .count()
    };
    assert!(PartnerGrant::ALL.map(count).is_sorted_by(|before, after| before < after));
}

#[test]
fn dates_are_those_of_the_account() {
    // At noon in UTC, Kiritimati has the next day: a plan that ends today is over there.
    let plan = Some(("2026-01-01", "2026-11-22"));
    let mut account = account(CUSTOMER, AccountKind::Customer, plan);
    let administrator = Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, None));
    assert!(decide(&administrator, Action::Invite, &account, now(), 0).is_ok());
    account.time_zone = ZoneName::parse("Pacific/Kiritimati").expect("a zone");
    assert_eq!(decide(&administrator, Action::Invite, &account, now(), 0), Err(Denial::Lapsed));
    // The same holds for a person's last day.
    account.plan = Some(Plan::parse("Support", CURRENT.0, CURRENT.1).expect("a plan"));
    let leaving = Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, Some(TODAY)));
    assert_eq!(decide(&leaving, Action::Invite, &account, now(), 0), Err(Denial::Ended(TODAY)));
}

#[test]
fn a_past_end_date_takes_all_access() {
    let customer = account(CUSTOMER, AccountKind::Customer, Some(CURRENT));
    let yesterday = Some(date(2026, 11, 21));
    assert_all(&Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, yesterday)), &customer, 'e');
    assert_all(&staff(yesterday), &customer, 'e');
    let on_the_last_day = Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, Some(TODAY)));
    assert_eq!(
        outcomes(&on_the_last_day, &customer),
        outcomes(&Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, None)), &customer)
    );
}

#[test]
fn another_partner_does_not_see_the_account() {
    let relationship = Relationship::Partner {
        link: link(12, MEMBER, None),
        partner: Box::new(account(12, AccountKind::Partner, None)),
    };
    assert_all(&relationship, &account(CUSTOMER, AccountKind::Customer, Some(CURRENT)), 'u');
    assert_all(&relationship, &customer(Some(CURRENT), PartnerGrant::default()), 'u');
}

#[test]
fn nobody_gets_in_by_an_account_that_waits() {
    for plan in [CURRENT, LAPSED] {
        let account = created(Some(plan), Confirmation::Waiting { invites: true }, true);
        for who in [ADMINISTRATOR, MEMBER] {
            let found = outcomes(&Relationship::Linked(link(CUSTOMER, who, None)), &account);
            assert!(!found.contains(&'y'), "{found:?}");
        }
        assert_all(&Relationship::Stranger, &account, 'u');
    }
}

#[test]
fn only_the_partner_that_created_a_customer_corrects_it() {
    let update = |account: &Account| {
        decide(&partner(None), Action::UpdateAccount, account, now(), GRACE_DAYS).is_ok()
    };
    let ours = created(Some(CURRENT), Confirmation::Unconfirmed, false);
    assert!(update(&ours));
    assert!(!update(&Account { has_linked: true, ..ours.clone() }));
    assert!(!update(&Account { created_by: None, ..ours.clone() }), "created by staff");
    let another = ours.created_by.clone().map(|by| Creator { partner: Ulid(12).into(), ..by });
    assert!(!update(&Account { created_by: another, ..ours.clone() }), "by an earlier partner");
    assert!(!update(&Account { grant: PartnerGrant::View, ..ours }), "the grant is narrower");
}

#[test]
fn a_decision_names_the_capacity() {
    let customer = customer(Some(CURRENT), PartnerGrant::default());
    for (relationship, acting_as) in [
        (Relationship::Linked(link(CUSTOMER, MEMBER, None)), ActingAs::Own),
        (Relationship::Linked(link(CUSTOMER, ADMINISTRATOR, None)), ActingAs::Administrator),
        (partner(None), ActingAs::Partner),
        (staff(None), ActingAs::Staff),
        (Relationship::Operator, ActingAs::Operator),
    ] {
        assert_eq!(
            decide(
                &relationship,
                Action::UpdateProfessional(person(MEMBER)),
                &customer,
                now(),
                GRACE_DAYS
            ),
            Ok(acting_as)
        );
    }
}

#[test]
fn a_relationship_follows_from_the_profiles_account() {
    let at = |home: u128, linked: bool| {
        let details = Details::new(
            PersonName::parse("Ada").expect("a name"),
            EmailAddress::parse("ada@example.org").expect("an address"),
            LanguageTag::parse("en").expect("a tag"),
        );
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
    let (mut customer, partner) = (
        account(CUSTOMER, AccountKind::Customer, Some(CURRENT)),
        account(PARTNER, AccountKind::Partner, None),
    );
    customer.partner = Some(PartnerCard {
        account: partner.id,
        name: "Partner".to_owned(),
        email: None,
        phone: None,
        website: None,
    });
    let (stranger, vendor) =
        (account(12, AccountKind::Partner, None), account(0, AccountKind::Vendor, None));
    assert!(matches!(
        Relationship::of(&at(CUSTOMER, true), &customer, &customer),
        Relationship::Linked(_)
    ));
    assert!(matches!(
        Relationship::of(&at(PARTNER, true), &partner, &customer),
        Relationship::Partner { .. }
    ));
    assert!(matches!(
        Relationship::of(&at(0, true), &vendor, &customer),
        Relationship::Staff { .. }
    ));
    assert!(
        matches!(Relationship::of(&at(12, true), &stranger, &customer), Relationship::Stranger),
        "another partner"
    );
    assert!(
        matches!(
            Relationship::of(&at(PARTNER, false), &partner, &customer),
            Relationship::Stranger
        ),
        "no identity"
    );
    assert!(
        matches!(
            Relationship::of(&at(PARTNER, true), &customer, &customer),
            Relationship::Stranger
        ),
        "a profile of another account"
    );
}
