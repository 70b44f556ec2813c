//! The whole table of relationship, action and plan state, as documented, and the cases beyond it.

use std::collections::BTreeSet;

use jiff::civil::date;
use ulid::Ulid;

use super::*;
use crate::domain::{
    AccountId, AccountName, Confirmation, Contact, Creator, Details, EmailAddress, Identity,
    IdentityKey, LanguageTag, LinkedIdentity, PartnerCard, PersonName, Plan, Roles, SignInPolicy,
    StaffPermissions, ZoneName,
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
            staff: StaffPermissions::new(),
        },
        has_linked: true,
        sign_in_policy: SignInPolicy::default(),
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
        ("set how people sign in", Action::ChangeSignInPolicy),
        ("lift how people sign in", Action::LiftSignInPolicy),
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

/// The vendor, which gave its member these permissions. The plan is there to have no effect.
fn vendor(permissions: &[StaffPermission], plan: Option<(&str, &str)>) -> Account {
    let mut vendor = account(0, AccountKind::Vendor, plan);
    vendor.roles.staff.insert(person(MEMBER), permissions.iter().copied().collect());
    vendor
}

fn staff(permissions: &[StaffPermission], ends_on: Option<Date>) -> Relationship {
    Relationship::Staff {
        link: link(0, MEMBER, ends_on),
        vendor: Box::new(vendor(permissions, Some(LAPSED))),
    }
}

fn vendors_administrator() -> Relationship {
    let vendor = Box::new(vendor(&[], Some(LAPSED)));
    Relationship::Staff { link: link(0, ADMINISTRATOR, None), vendor }
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
    let customers: [Column<'_>; 7] = [
        ("professional", linked(CUSTOMER, MEMBER), on_customer(full)),
        ("administrator", linked(CUSTOMER, ADMINISTRATOR), on_customer(full)),
        ("partner granted `none`", partner(None), none),
        ("`view`", partner(None), view),
        ("`manage_people`", partner(None), manage_people),
        ("`appoint_administrator`", partner(None), appoint_administrator),
        ("operator", Relationship::Operator, on_customer(full)),
    ];
    let partners: [Column<'_>; 2] = [
        ("partner's professional", linked(PARTNER, MEMBER), on(PARTNER, AccountKind::Partner)),
        (
            "partner's administrator",
            linked(PARTNER, ADMINISTRATOR),
            on(PARTNER, AccountKind::Partner),
        ),
    ];
    let titles = ["`people`", "`appointments`", "`plans`", "`imports`"];
    let permissions = || titles.into_iter().zip(StaffPermission::ALL);
    let outside = || {
        [("staff without a permission", staff(&[], None))]
            .into_iter()
            .chain(permissions().map(|(title, given)| (title, staff(&[given], None))))
            .chain([("vendor's administrator", vendors_administrator())])
    };
    let on_customers: Vec<Column<'_>> =
        outside().map(|(title, who)| (title, who, on_customer(full) as _)).collect();
    let on_partners: Vec<Column<'_>> = outside()
        .map(|(title, who)| (title, who, on(PARTNER, AccountKind::Partner) as _))
        .collect();
    let elsewhere = table(&on_customers);
    assert_eq!(elsewhere, table(&on_partners), "staff may do the same on a partner's account");
    let own = |title, who, given: Vec<StaffPermission>| -> Column<'_> {
        (title, linked(0, who), Box::new(move |plan| vendor(&given, plan)))
    };
    let vendors: Vec<Column<'_>> = [own("staff without a permission", MEMBER, Vec::new())]
        .into_iter()
        .chain(permissions().map(|(title, given)| own(title, MEMBER, vec![given])))
        .chain([own("vendor's administrator", ADMINISTRATOR, Vec::new())])
        .collect();
    let waiting = Confirmation::Waiting { invites: true };
    let confirmed = Confirmation::Confirmed { since: Timestamp::UNIX_EPOCH };
    let on_created =
        |confirmation, has_linked| Box::new(move |plan| created(plan, confirmation, has_linked));
    let created: [Column<'_>; 7] = [
        ("waiting: its partner", partner(None), on_created(waiting, false)),
        ("waiting: vendor's administrator", vendors_administrator(), on_created(waiting, false)),
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
         On a partner's own account. A partner without a plan counts as one with a current\n\
         plan.\n\n\
         {}\n\
         What the vendor's staff may do on a customer's or a partner's account, by the\n\
         permission that the vendor's administrators gave them.\n\n\
         {elsewhere}\n\
         On a customer that its partner of record created, with the full grant. It waits until\n\
         staff confirm it, or is unconfirmed: created at once, or renamed by the partner. Staff\n\
         and operators may do on an unconfirmed one what they may do on any.\n\n\
         {}\n\
         On the vendor's own account, which never lapses. Creating and importing accounts,\n\
         and deciding on requests that reached the vendor, is done on it.\n\n\
         {}",
        table(&customers),
        table(&partners),
        table(&created),
        table(&vendors),
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
        Err(Denial::Forbidden(_) | Denial::StaffPermission(_)) => 'n',
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
fn staff_without_a_permission_change_nothing_and_all_permissions_make_an_administrators_power() {
    let customer = customer(Some(CURRENT), PartnerGrant::default());
    let readers: Vec<_> = actions()
        .into_iter()
        .filter(|(_, action)| is_allowed(&staff(&[], None), *action))
        .collect();
    let names = readers.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(
        names,
        [
            "view the account",
            "list professionals",
            "view one's own profile",
            "view another profile",
            "list activity",
            "list managed accounts",
        ]
    );
    assert_eq!(
        outcomes(&staff(&StaffPermission::ALL, None), &customer),
        outcomes(&vendors_administrator(), &customer)
    );
}

/// Checks that each action needs at most one permission, and that a denial names it.
#[test]
fn a_denial_names_the_permission_that_allows_the_action() {
    for (name, action) in actions() {
        let customer = customer(Some(CURRENT), PartnerGrant::default());
        let denied = decide(&staff(&[], None), action, &customer, now(), GRACE_DAYS);
        let allowing: Vec<_> = StaffPermission::ALL
            .into_iter()
            .filter(|permission| is_allowed(&staff(&[*permission], None), action))
            .collect();
        match denied {
            Ok(_) => assert_eq!(allowing, StaffPermission::ALL, "{name}"),
            // What is the account's own business takes no permission of staff.
            Err(Denial::Forbidden(_)) => assert_eq!(allowing, [], "{name}"),
            Err(denial) => {
                assert_eq!(allowing.len(), 1, "{name}");
                assert_eq!(denial, Denial::StaffPermission(allowing[0]), "{name}");
            }
        }
    }
}

fn is_allowed(relationship: &Relationship, action: Action) -> bool {
    let customer = customer(Some(CURRENT), PartnerGrant::default());
    decide(relationship, action, &customer, now(), GRACE_DAYS).is_ok()
}

#[test]
fn the_vendor_never_lapses_whatever_plan_is_stored() {
    for plan in [None, Some(CURRENT), Some(LAPSED), Some(("2027-01-01", "2027-12-31"))] {
        let vendor = vendor(&[], plan);
        assert_eq!(vendor.plan_state(now(), GRACE_DAYS), None, "{plan:?}");
        assert!(!vendor.is_lapsed(now(), GRACE_DAYS), "{plan:?}");
        for who in [MEMBER, ADMINISTRATOR] {
            let linked = Relationship::Linked(link(0, who, None));
            assert!(!outcomes(&linked, &vendor).contains(&'l'), "{plan:?}");
        }
    }
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
    assert_all(&staff(&StaffPermission::ALL, yesterday), &customer, 'e');
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
        (staff(&[StaffPermission::People], None), ActingAs::Staff),
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
                email_verified: true,
                provider: "Microsoft".to_owned(),
            },
            issuer: "issuer".to_owned(),
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
