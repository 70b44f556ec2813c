//! Tests of requests for access.

use jiff::civil::date;
use proptest::{prelude::*, sample::select};
use ulid::Ulid;

use super::*;
use crate::domain::{AccountChanges, AccountKind, IdentityKey};

const MONDAY: Date = date(2026, 11, 23);

fn request() -> AccessRequest {
    AccessRequest {
        id: Ulid(1).into(),
        account: AccountId::VENDOR,
        organisation: AccountName::parse("Example Customer").expect("a name"),
        name: PersonName::parse("Nina New").expect("a name"),
        email: EmailAddress::parse("nina@customer.example").expect("an address"),
        title: None,
        phone: None,
        language: LanguageTag::default(),
        message: None,
        identity: Identity {
            key: IdentityKey::new("i", "s"),
            name: "Nina".to_owned(),
            email: None,
            email_verified: true,
            provider: "Test".to_owned(),
        },
        state: AccessState::Open,
        stage: None,
        due_on: MONDAY,
        asked_at: Timestamp::UNIX_EPOCH,
        ended_at: None,
        reason: None,
        decided_by: None,
        version: 1,
    }
}

fn deciders() -> impl Strategy<Value = Deciders> {
    any::<(bool, bool)>().prop_map(|(administrators, partner)| Deciders { administrators, partner })
}

#[test]
fn working_days_are_whole_days_and_skip_weekends() {
    for (asked, due) in [
        (MONDAY, date(2026, 11, 27)),
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 12, 3)),
        (date(2026, 11, 28), date(2026, 12, 3)),
        (date(2026, 11, 29), date(2026, 12, 3)),
    ] {
        assert_eq!(after_working_days(asked, 3), due, "asked on {asked}");
    }
    assert_eq!(after_working_days(date(2026, 11, 27), 0), date(2026, 11, 30));
}

#[test]
fn escalation_skips_those_who_cannot_decide() {
    let both = Deciders { administrators: true, partner: true };
    let partner = Deciders { administrators: false, partner: true };
    for (deciders, stage) in [
        (both, Decider::Administrators),
        (partner, Decider::Partner),
        (Deciders::default(), Decider::Staff),
    ] {
        assert_eq!(request().next(deciders, MONDAY), Step::Ask(stage), "{deciders:?}");
    }
    let mut asked = request();
    asked.ask(Decider::Administrators, MONDAY, 3);
    assert_eq!(asked.next(both, date(2026, 11, 26)), Step::Wait);
    assert_eq!(
        asked.next(partner, date(2026, 11, 26)),
        Step::Ask(Decider::Partner),
        "the plan has lapsed meanwhile"
    );
    assert_eq!(asked.next(both, date(2026, 11, 27)), Step::Ask(Decider::Partner));
    assert_eq!(
        asked.next(Deciders { partner: false, ..both }, date(2026, 12, 27)),
        Step::Ask(Decider::Staff)
    );
    asked.ask(Decider::Staff, MONDAY, 3);
    assert_eq!(asked.next(both, date(2026, 12, 22)), Step::Wait);
    assert_eq!(asked.next(both, date(2026, 12, 23)), Step::Expire);
}

#[test]
fn an_identity_has_one_open_request_per_organisation_and_a_limited_number() {
    let mut own = OwnRequests::default();
    own.requests.push(OwnRequest { state: AccessState::Declined, ..request().own() });
    assert!(own.open_for(&request().organisation).is_none());
    own.requests.push(request().own());
    let typed = AccountName::parse("  EXAMPLE   customer ").expect("a name");
    assert!(own.open_for(&typed).is_some());
    for _ in 1..OwnRequests::MAX_OPEN {
        assert!(!own.is_full());
        own.requests.push(request().own());
    }
    assert!(own.is_full());
}

#[test]
fn a_lookalike_domain_is_found() {
    let known = ["customer.example", "ibm.com"];
    for domain in [
        "custorner.example",
        "cust0mer.example",
        "custmoer.example",
        "customers.example",
        "cu-stomer.example",
        "customer.exarnple",
        "lbm.com",
    ] {
        assert!(lookalike_domain(domain, known).is_some(), "{domain}");
    }
    for domain in ["customer.example", "ibm.com", "gmail.com", "supplier.example", "mail.org"] {
        assert_eq!(lookalike_domain(domain, known), None, "{domain}");
    }
}

#[test]
fn a_domains_length_is_counted_in_characters() {
    // Nine characters in 16 bytes: two changed letters make another name.
    let known = ["бабуша.рф"];
    assert_eq!(lookalike_domain("бабушки.рф", known), None);
    assert_eq!(lookalike_domain("бабушу.рф", known), Some("бабуша.рф"));
}

proptest! {
    #[test]
    fn every_request_ends_and_asks_each_decider_once(
        rounds in prop::collection::vec((deciders(), 0..40_i32), 200),
        days in 0..30_u8,
    ) {
        let (mut request, mut today, mut asked) = (request(), MONDAY, Vec::new());
        for (deciders, skip) in rounds {
            today = today.saturating_add(skip.days());
            match request.next(deciders, today) {
                Step::Wait => {}
                Step::Ask(stage) => {
                    prop_assert!(deciders.can_decide(stage));
                    request.ask(stage, today, days);
                    prop_assert!(request.due_on > today);
                    let repeated = request.next(deciders, today);
                    prop_assert_eq!(repeated, Step::Wait, "a second run changes nothing");
                    asked.push(stage);
                }
                Step::Expire => {
                    prop_assert_eq!(asked.last(), Some(&Decider::Staff), "staff come last");
                    request.end(AccessState::Expired, None, None, Timestamp::UNIX_EPOCH);
                }
            }
        }
        prop_assert!(asked.is_sorted_by(|one, next| one < next), "{:?}", asked);
        let later = today.saturating_add(500.days());
        let next = request.next(Deciders::default(), later);
        prop_assert!(request.state == AccessState::Expired || next != Step::Wait);
    }

    #[test]
    fn after_working_days_counts_whole_working_days(start in 0..1000_i32, days in 0..30_u8) {
        let asked = MONDAY.saturating_add(start.days());
        let due = after_working_days(asked, days);
        let between = asked.series(1.day()).skip(1).take_while(|day| *day < due);
        let weekend = [Weekday::Saturday, Weekday::Sunday];
        let working_days = between.filter(|day| !weekend.contains(&day.weekday())).count();
        prop_assert_eq!(working_days, usize::from(days));
        prop_assert!(!weekend.contains(&due.weekday()));
    }

    #[test]
    fn an_ended_request_stays_ended(
        state in select(vec![
            AccessState::Approved,
            AccessState::Declined,
            AccessState::Withdrawn,
            AccessState::Expired,
        ]),
        deciders in deciders(),
    ) {
        let mut request = request();
        request.ask(Decider::Administrators, MONDAY, 3);
        request.end(state, None, None, Timestamp::UNIX_EPOCH);
        prop_assert_eq!(request.next(deciders, date(2030, 1, 1)), Step::Wait);
    }
}

fn named(id: u128, name: &str, confirmation: Confirmation) -> Account {
    let name = AccountName::parse(name).expect("a name");
    let (kind, at) = (AccountKind::Customer, Timestamp::UNIX_EPOCH);
    let account = Account::new(Ulid(id).into(), name, kind, AccountChanges::default(), at, 0);
    Account { confirmation, ..account }
}

fn since(second: i64) -> Confirmation {
    Confirmation::Confirmed { since: Timestamp::from_second(second).expect("a time") }
}

/// Returns the number of the account that "Cedar Foods" leads to.
fn led_to(numbered: Option<u128>, candidates: &[Account]) -> Option<u128> {
    let typed = AccountName::parse("Cedar Foods").expect("a name");
    let numbered = numbered.map(|id| Ulid(id).into());
    account_for(&typed, numbered, candidates).map(|account| account.ulid().0)
}

#[test]
fn a_name_leads_only_to_what_staff_stand_behind() {
    let waiting = Confirmation::Waiting { invites: true };
    for unconfirmed in [waiting, Confirmation::Unconfirmed] {
        assert_eq!(led_to(None, &[named(1, "Cedar Foods", unconfirmed)]), None);
        assert_eq!(led_to(Some(1), &[named(1, "Oak Foods", unconfirmed)]), None, "by its number");
    }
    assert_eq!(led_to(None, &[named(1, "cedar FOODS", since(1))]), Some(1));
    assert_eq!(led_to(None, &[named(1, "Cedar Foods Ltd", since(1))]), None);
}

#[test]
fn the_vendors_number_comes_before_a_name() {
    let both = [named(1, "Oak Foods", since(9)), named(2, "Cedar Foods", since(1))];
    assert_eq!(led_to(Some(1), &both), Some(1));
    assert_eq!(led_to(None, &both), Some(2));
}

proptest! {
    #[test]
    fn a_namesake_never_changes_where_requests_go(
        holder in 1..9_i64,
        namesakes in proptest::collection::vec((0..3_u8, 1..9_i64), 0..6),
        first in any::<bool>(),
    ) {
        let known = named(1, "Cedar Foods", since(holder));
        let mut candidates: Vec<_> = namesakes
            .into_iter()
            .zip(2_u128..)
            .map(|((kind, later), id)| {
                let confirmation = match kind {
                    0 => Confirmation::Unconfirmed,
                    1 => Confirmation::Waiting { invites: true },
                    _ => since(holder + later),
                };
                named(id, "cedar foods", confirmation)
            })
            .collect();
        candidates.insert(if first { 0 } else { candidates.len() }, known);
        prop_assert_eq!(led_to(None, &candidates), Some(1));
    }
}

#[test]
fn two_that_got_the_name_at_the_same_moment_leave_it_to_staff() {
    let both = [named(1, "Cedar Foods", since(1)), named(2, "cedar foods", since(1))];
    assert_eq!(led_to(None, &both), None);
    let with_an_earlier = [both.as_slice(), &[named(3, "Cedar Foods", since(0))]].concat();
    assert_eq!(led_to(None, &with_an_earlier), Some(3));
}
