//! Tests of requests for access.

use jiff::civil::date;
use proptest::{prelude::*, sample::select};
use ulid::Ulid;

use super::*;
use crate::domain::IdentityKey;

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
