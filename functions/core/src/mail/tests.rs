//! Every mail in every language: complete, wrapped, with one link, and safe whatever the names.

use ulid::Ulid;

use super::*;
use crate::domain::{
    AccountId, CountedKind, DigestEntry, IdentityKey, LanguageTag, ProfileLink, ProfileRef, Reason,
    Secret,
};

fn links() -> Links {
    Links { content: vec!["/link/#TOKEN".to_owned()], ..Links::default() }
}

fn policy(vendor: Option<&str>) -> Policy {
    Policy {
        site_url: "https://portal.example".to_owned(),
        vendor: vendor.map(str::to_owned),
        access_mailbox: Some("access@vendor.example".to_owned()),
        ..Policy::default()
    }
}

fn recipient(name: &str, language: Language) -> Recipient {
    Recipient {
        professional: None,
        profile: None,
        email: EmailAddress::parse("ada@example.org").expect("valid"),
        name: name.to_owned(),
        language: LanguageTag::parse(language.tag()).expect("a tag"),
        is_proved: true,
    }
}

fn invitation(account: &str, inviter: Option<&str>) -> MailContent {
    MailContent::Invitation {
        invitation: Ulid(1).into(),
        account_name: account.to_owned(),
        inviter: inviter.map(str::to_owned),
        reply_to: EmailAddress::parse("grace@example.org").ok(),
        invited_by: None,
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

fn access_requested(account: Option<&str>, stage: Decider, escalation: Escalation) -> MailContent {
    MailContent::AccessRequested {
        request: Ulid(1).into(),
        account_name: account.map(str::to_owned),
        name: PersonName::parse("Nina & New").expect("a name"),
        email: EmailAddress::parse("nina@customer.example").expect("valid"),
        stage,
        escalation,
    }
}

fn administrator_changed(
    account: &str,
    appointed: Option<&str>,
    in_place_of: &[&str],
    new_address_of: Option<&str>,
) -> MailContent {
    MailContent::AdministratorChanged {
        account_name: account.to_owned(),
        professional_name: appointed.map(str::to_owned),
        in_place_of: in_place_of.iter().map(ToString::to_string).collect(),
        leaving: Vec::new(),
        new_address_of: new_address_of.map(str::to_owned),
        by: "Pat & Partner".to_owned(),
        partner: appointed.map(|_| "Helper".to_owned()),
        reason: Reason::parse("They have left.").ok(),
        nobody_left: appointed.is_some(),
        after: None,
    }
}

fn appointment_requested(
    account: &str,
    appointed: Option<&str>,
    in_place_of: &[&str],
    new_address_of: Option<&str>,
) -> MailContent {
    MailContent::AppointmentRequested {
        about: AccountId::VENDOR,
        account_name: account.to_owned(),
        professional_name: appointed.map(str::to_owned),
        in_place_of: in_place_of.iter().map(ToString::to_string).collect(),
        new_address_of: new_address_of.map(str::to_owned),
        by: "Pat & Partner".to_owned(),
        reason: None,
    }
}

fn policy_lift(account: &str, by: &str, open_until: Option<Timestamp>) -> MailContent {
    MailContent::SignInPolicyLift {
        account_name: account.to_owned(),
        by: by.to_owned(),
        requested_by: open_until.is_none().then(|| by.to_owned()),
        reason: Reason::parse("They have lost it.").ok(),
        open_until,
    }
}

fn notices(account: Option<&str>, is_security: bool) -> MailContent {
    MailContent::Notices {
        period: None,
        entries: Vec::new(),
        is_closed: false,
        account_name: account.map(str::to_owned),
        counts: vec![
            CountedKind { mail: MailKind::Linked, times: 3 },
            CountedKind { mail: MailKind::AddressChanged, times: 2 },
        ],
        mails: 5,
        is_security,
        since: Timestamp::UNIX_EPOCH,
    }
}

/// Returns a digest about `person` and a customer, with more notices than it lists.
fn gathered(account: &str, person: &str, period: DigestPeriod) -> MailContent {
    let entry = |mail: MailKind, person: Option<&str>, customer: Option<&str>| DigestEntry {
        mail,
        person: person.map(str::to_owned),
        account: customer.map(str::to_owned),
        day: customer.map(|_| civil::date(2028, 3, 1)),
    };
    MailContent::Notices {
        account_name: Some(account.to_owned()),
        counts: vec![
            CountedKind { mail: MailKind::Linked, times: 3 },
            CountedKind { mail: MailKind::ReviewAccess, times: 1 },
            CountedKind { mail: MailKind::PlanEnding, times: 1 },
        ],
        mails: 5,
        is_security: true,
        since: Timestamp::UNIX_EPOCH,
        period: Some(period),
        entries: vec![
            entry(MailKind::Linked, Some(person), None),
            entry(MailKind::ReviewAccess, None, None),
            entry(MailKind::PlanEnding, None, Some(account)),
        ],
        is_closed: true,
    }
}

/// Returns every mail about `account` and `person`, in all its variants.
#[expect(clippy::too_many_lines, reason = "one entry for each variant of a mail")]
fn contents(account: &str, person: &str) -> Vec<MailContent> {
    let (account_name, professional_name) = (account.to_owned(), person.to_owned());
    let email = Some("ada@example.org".to_owned());
    let identity = Identity {
        key: IdentityKey::new("issuer", "subject"),
        name: person.to_owned(),
        email,
        email_verified: true,
        provider: "Microsoft".to_owned(),
    };
    let partner = PartnerCard {
        account: AccountId::VENDOR,
        name: account.to_owned(),
        email: EmailAddress::parse("help@partner.example").ok(),
        phone: None,
        website: None,
    };
    let (at, since) = (Timestamp::UNIX_EPOCH, civil::date(2028, 3, 1));
    let ending = |days_left, partner: Option<&PartnerCard>, audience| MailContent::PlanEnding {
        account_name: account.to_owned(),
        plan_name: "Support".to_owned(),
        ends_on: since,
        days_left,
        lapses_on: since,
        partner: partner.cloned(),
        audience,
    };
    let lapsed = |partner: Option<&PartnerCard>, audience| MailContent::PlanLapsed {
        account_name: account.to_owned(),
        plan_name: "Support".to_owned(),
        since,
        partner: partner.cloned(),
        audience,
    };
    vec![
        invitation(account, Some(person)),
        invitation(account, None),
        MailContent::InvitationBounced {
            invitation: Ulid(1).into(),
            account_name: account_name.clone(),
            professional_name: professional_name.clone(),
            email: EmailAddress::parse("ada@example.org").expect("valid"),
        },
        MailContent::MyLink {
            invitation: Ulid(1).into(),
            account_name: account_name.clone(),
            expires_at: at,
        },
        MailContent::Linked {
            account_name: account_name.clone(),
            professional_name: professional_name.clone(),
            identity: identity.clone(),
            linked_at: at,
        },
        MailContent::IdentitySwitched {
            account_name: account_name.clone(),
            professional_name,
            identity,
            switched_at: at,
        },
        MailContent::ConfirmEmail {
            account_name: account_name.clone(),
            requested_at: at,
            expires_at: at,
        },
        MailContent::AddressChanged {
            account_name: account_name.clone(),
            by: Some(person.to_owned()),
            changed_at: at,
        },
        MailContent::AddressChanged {
            account_name: account_name.clone(),
            by: None,
            changed_at: at,
        },
        MailContent::LinkDisputed {
            account_name: account_name.clone(),
            professional_name: person.to_owned(),
            disputed_at: at,
            nobody_left: false,
        },
        MailContent::LinkDisputed {
            account_name: account_name.clone(),
            professional_name: person.to_owned(),
            disputed_at: at,
            nobody_left: true,
        },
        administrator_changed(account, Some(person), &[person], None),
        administrator_changed(account, None, &[person, person], None),
        administrator_changed(account, None, &[person], Some(person)),
        administrator_changed(account, None, &[], Some(person)),
        appointment_requested(account, Some(person), &[person], Some(person)),
        appointment_requested(account, None, &[person], None),
        policy_lift(account, person, Some(at)),
        policy_lift(account, person, None),
        MailContent::PartnerChanged {
            account_name: account_name.clone(),
            partner: partner.clone(),
            grant: PartnerGrant::AppointAdministrator,
        },
        MailContent::PartnerChanged {
            account_name: account_name.clone(),
            partner: partner.clone(),
            grant: PartnerGrant::View,
        },
        MailContent::GrantChanged {
            account_name: account_name.clone(),
            partner_name: account_name.clone(),
            grant: PartnerGrant::None,
            by_vendor: false,
        },
        MailContent::GrantChanged {
            account_name: account_name.clone(),
            partner_name: account_name.clone(),
            grant: PartnerGrant::ManagePeople,
            by_vendor: false,
        },
        MailContent::GrantChanged {
            account_name: account_name.clone(),
            partner_name: account_name.clone(),
            grant: PartnerGrant::None,
            by_vendor: true,
        },
        MailContent::GrantChanged {
            account_name: account_name.clone(),
            partner_name: account_name.clone(),
            grant: PartnerGrant::View,
            by_vendor: true,
        },
        administrator_changed(account, Some(person), &[person], Some(person)),
        administrator_changed(account, None, &[person], None),
        appointment_requested(account, Some(person), &[person], Some(person)),
        notices(Some(account), false),
        notices(Some(account), true),
        notices(None, false),
        MailContent::CustomerWaiting {
            about: AccountId::VENDOR,
            account_name: account_name.clone(),
            partner_name: account_name.clone(),
            by: person.to_owned(),
        },
        MailContent::CustomerConfirmed {
            about: AccountId::VENDOR,
            account_name: account_name.clone(),
            invited: true,
        },
        MailContent::CustomerConfirmed {
            about: AccountId::VENDOR,
            account_name: account_name.clone(),
            invited: false,
        },
        MailContent::CustomerDeclined {
            account_name: account_name.clone(),
            reason: Reason::parse("We know no such company.").ok(),
        },
        MailContent::CustomerDeclined { account_name: account_name.clone(), reason: None },
        gathered(account, person, DigestPeriod::Hour),
        gathered(account, person, DigestPeriod::Day),
        MailContent::AccessEnding {
            account_name: account_name.clone(),
            professional_name: person.to_owned(),
            ends_on: since,
        },
        MailContent::ReviewAccess { account_name: account_name.clone(), months: 6 },
        ending(60, Some(&partner), Audience::Own),
        ending(14, None, Audience::Own),
        ending(1, Some(&partner), Audience::Own),
        ending(0, Some(&partner), Audience::Partner),
        ending(-3, None, Audience::Own),
        lapsed(Some(&partner), Audience::Own),
        lapsed(None, Audience::Own),
        lapsed(Some(&partner), Audience::Partner),
        access_requested(Some(account), Decider::Administrators, Escalation::First),
        access_requested(Some(account), Decider::Administrators, Escalation::Reminder),
        access_requested(Some(account), Decider::Partner, Escalation::FromOthers),
        access_requested(Some(account), Decider::Partner, Escalation::Reminder),
        access_requested(Some(account), Decider::Staff, Escalation::FromOthers),
        access_requested(None, Decider::Staff, Escalation::First),
    ]
}

/// Renders every mail in every language.
fn mails(account: &str, person: &str, vendor: Option<&str>) -> Vec<RenderedMail> {
    let render_all = |language: Language| {
        let to = recipient(person, language);
        contents(account, person).into_iter().map(move |content| {
            render(&content, &to, false, &links(), &policy(vendor)).expect("rendered")
        })
    };
    Language::ALL.iter().copied().flat_map(render_all).collect()
}

/// Returns `text` on one line with single spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_invitation_names_account_inviter_and_vendor() {
    let content = invitation("Example Ltd", Some("Grace Hopper"));
    for (language, subject, day) in [
        (
            Language::English,
            "Grace Hopper has invited you to the Acme customer portal for Example Ltd",
            "1 January 1970, 00:00",
        ),
        (
            Language::German,
            "Grace Hopper hat Sie für Example Ltd ins Kundenportal von Acme eingeladen",
            "1. Januar 1970, 00:00",
        ),
    ] {
        let mail =
            render(&content, &recipient("Ada", language), true, &links(), &policy(Some("Acme")))
                .expect("rendered");
        assert_eq!(mail.subject, subject);
        assert_eq!(mail.reply_to.as_ref().map(EmailAddress::as_str), Some("grace@example.org"));
        for body in [flat(&mail.text), mail.html] {
            assert!(
                ["Example Ltd", "Grace Hopper", "Acme", day].iter().all(|part| body.contains(part)),
                "{body}"
            );
        }
    }
}

#[test]
fn an_unknown_inviter_or_vendor_is_left_out() {
    let invited = |language, vendor| {
        let mail = render(
            &invitation("Example Ltd", None),
            &recipient("Ada", language),
            true,
            &links(),
            &policy(vendor),
        )
        .expect("rendered");
        assert!(
            [" .", " ,", "None", "Some"].iter().all(|part| !flat(&mail.text).contains(part)),
            "{}",
            mail.text
        );
        mail.subject
    };
    assert_eq!(
        invited(Language::English, Some("Acme")),
        "Acme has invited you to its customer portal for Example Ltd"
    );
    assert_eq!(
        invited(Language::English, None),
        "You have been invited to the customer portal for Example Ltd"
    );
    assert_eq!(
        invited(Language::German, Some("Acme")),
        "Acme hat Sie für Example Ltd ins Kundenportal eingeladen"
    );
    assert_eq!(
        invited(Language::German, None),
        "Sie sind für Example Ltd ins Kundenportal eingeladen"
    );
}

#[test]
fn every_mail_has_one_link_to_the_page_in_its_language() {
    let both = mails("Example Ltd", "Ada Lovelace", Some("Acme"));
    let (english, german) = both.split_at(both.len() / 2);
    for (mails, page) in [
        (english, "https://portal.example/link/#TOKEN"),
        (german, "https://portal.example/de/link/#TOKEN"),
    ] {
        for mail in mails {
            for body in [&mail.text, &mail.html] {
                assert_eq!(
                    (body.matches("://").count(), body.matches(page).count()),
                    (1, 1),
                    "{body}"
                );
            }
            assert_eq!(mail.html.matches("href=").count(), 1, "{}", mail.html);
        }
    }
}

#[test]
fn a_mail_that_can_be_chosen_links_to_the_choice_at_its_end_and_is_turned_off_by_its_header() {
    let token = UnsubscribeToken {
        mail: Ulid(1).into(),
        profile: ProfileRef { account: AccountId::VENDOR, professional: Ulid(2).into() },
        secret: Secret::generate().expect("random"),
    };
    let links = Links {
        preferences: Some("/profile/?account=A#e-mails".to_owned()),
        unsubscribe: Some(token.clone()),
        ..links()
    };
    for (language, page) in [
        (Language::English, "https://portal.example/profile/?account=A#e-mails"),
        (Language::German, "https://portal.example/de/profile/?account=A#e-mails"),
    ] {
        for content in contents("Example Ltd", "Ada Lovelace") {
            let to = recipient("Ada", language);
            let mail = render(&content, &to, false, &links, &policy(None)).expect("rendered");
            assert!(mail.text.trim_end().ends_with(page), "{}", mail.text);
            assert_eq!(mail.text.matches("://").count(), 2, "{}", mail.text);
            assert_eq!(mail.html.matches("href=").count(), 2, "{}", mail.html);
            assert!(
                mail.html.contains(&format!("href=\"{}\"", page.replace('#', "&#35;")))
                    || mail.html.contains(&format!("href=\"{page}\"")),
                "{}",
                mail.html
            );
            let url = mail.unsubscribe.expect("an address");
            assert!(url.ends_with(&token.expose()) && url.contains(language.tag()), "{url}");
            // RFC 5322, section 2.1.1; SES takes 870 characters.
            assert!(url.is_ascii() && url.len() < 800, "{url}");
            let body = format!("{}{}", mail.text, mail.html);
            assert!(!body.contains(token.secret.expose()), "mail programs have it from the header");
        }
    }
}

#[test]
fn every_mail_is_translated_completely() {
    let both = mails("Example Ltd", "Ada Lovelace", Some("Acme"));
    let (english, german) = both.split_at(both.len() / 2);
    for (english, german) in english.iter().zip(german) {
        assert_ne!(english.subject, german.subject);
        assert!(english.html.contains("lang=\"en\"") && german.html.contains("lang=\"de\""));
        let sentences: Vec<_> = english
            .text
            .lines()
            .filter(|line| line.contains(' ') && !line.starts_with(' '))
            .collect();
        let left: Vec<_> = german.text.lines().filter(|line| sentences.contains(line)).collect();
        assert_eq!(left, [""; 0], "{}", german.text);
    }
}

#[test]
fn a_changed_grant_names_who_changed_it() {
    let by_customer = MailContent::GrantChanged {
        account_name: "Example Ltd".into(),
        partner_name: "Helper".into(),
        grant: PartnerGrant::None,
        by_vendor: false,
    };
    let by_vendor = MailContent::GrantChanged {
        account_name: "Example Ltd".into(),
        partner_name: "Helper".into(),
        grant: PartnerGrant::None,
        by_vendor: true,
    };
    for (content, language, vendor, subject, who, ask) in [
        (
            &by_customer,
            Language::English,
            Some("Acme"),
            "Example Ltd has changed your permissions",
            "“Example Ltd” has changed what its partner",
            "ask an administrator of “Example Ltd”.",
        ),
        (
            &by_customer,
            Language::German,
            Some("Acme"),
            "Example Ltd hat Ihre Berechtigungen geändert",
            "„Example Ltd“ hat geändert, was sein Partner",
            "einen Administrator von „Example Ltd“.",
        ),
        (
            &by_vendor,
            Language::English,
            Some("Acme"),
            "Acme has changed your permissions for Example Ltd",
            "Acme has changed what “Helper”",
            "e-mail access@acme.example.",
        ),
        (
            &by_vendor,
            Language::German,
            Some("Acme"),
            "Acme hat Ihre Berechtigungen für Example Ltd geändert",
            "Acme hat geändert, was „Helper“",
            "schreiben Sie an access@acme.example.",
        ),
        (
            &by_vendor,
            Language::English,
            None,
            "We have changed your permissions for Example Ltd",
            "We have changed what “Helper”",
            "ask us.",
        ),
        (
            &by_vendor,
            Language::German,
            None,
            "Wir haben Ihre Berechtigungen für Example Ltd geändert",
            "Wir haben geändert, was „Helper“",
            "fragen Sie uns.",
        ),
    ] {
        let policy = Policy {
            access_mailbox: vendor.map(|_| "access@acme.example".to_owned()),
            ..policy(vendor)
        };
        let mail = render(content, &recipient("Pat", language), true, &Links::default(), &policy)
            .expect("rendered");
        let text = flat(&mail.text);
        assert!(mail.subject.starts_with(subject), "{}", mail.subject);
        assert!(text.contains(who) && text.contains(ask), "{text}");
        let unquoted = ask.replace(['“', '”', '„'], "");
        let html = flat(&mail.html).replace("<bdi>", "").replace("</bdi>", "");
        assert!(html.contains(&unquoted), "{html}");
        assert_eq!(
            text.contains("administrator of") || text.contains("Administrator von"),
            *content == by_customer,
            "{text}"
        );
    }
}

#[test]
fn a_change_of_administrators_says_what_changed_and_whether_anybody_is_left() {
    let said = |content: &MailContent, language| {
        let mail = render(
            content,
            &recipient("Ada", language),
            true,
            &Links::default(),
            &policy(Some("Acme")),
        )
        .expect("rendered");
        (mail.subject, flat(&mail.text).replace(['“', '”', '„', '"'], ""))
    };
    let (subject, text) =
        said(&administrator_changed("Example Ltd", Some("Ada"), &["Bob"], None), Language::English);
    assert_eq!(subject, "Ada is now an administrator of Example Ltd");
    assert!(text.contains("in place of Bob. Pat & Partner of your partner Helper appointed"));
    assert!(text.contains("No administrator of Example Ltd can sign in"), "{text}");

    let withdrawn = administrator_changed("Example Ltd", None, &["Bob", "Cleo"], None);
    let (subject, text) = said(&withdrawn, Language::English);
    assert_eq!(subject, "Bob, Cleo are no longer administrators of Example Ltd");
    assert!(text.contains("Pat & Partner of Acme decided this."), "{text}");
    assert!(!text.contains("can sign in"), "{text}");
    let (subject, _) = said(&withdrawn, Language::German);
    assert_eq!(subject, "Bob, Cleo sind nicht mehr Administratoren von Example Ltd");

    let corrected = administrator_changed("Example Ltd", None, &[], Some("Bob"));
    let (subject, text) = said(&corrected, Language::English);
    assert_eq!(subject, "The e-mail address of Bob, administrator of Example Ltd, was changed");
    assert!(text.contains("Links to sign in go to the new one."), "{text}");
}

#[test]
fn plain_text_is_wrapped_for_names_of_any_length() {
    for mail in mails(&"Worldwide Example ".repeat(8), &"Ada ".repeat(25), None) {
        let is_wrapped = mail.text.lines().all(|line| line.chars().count() <= wrap::WIDTH);
        assert!(is_wrapped, "{}", mail.text);
    }
    for mail in mails(&"x".repeat(150), &"y".repeat(100), Some("Acme")) {
        assert!(mail.text.lines().all(|line| line.len() < 200), "{}", mail.text);
    }
}

#[test]
fn markup_in_names_is_escaped() {
    for mail in mails("<b>Example</b> & Co", "A & <i>", Some("<u>Acme</u> & Co")) {
        assert!(
            ["<b>", "<i>", "<u>", "& "].iter().all(|markup| !mail.html.contains(markup)),
            "{}",
            mail.html
        );
        assert!(mail.text.contains("A & <i>"), "{}", mail.text);
    }
}

#[test]
fn an_identity_is_described_without_what_becomes_a_link() {
    let described = |name: &str, email: Option<&str>| {
        let email = email.map(str::to_owned);
        let described = describe(&Identity {
            key: IdentityKey::new("issuer", "subject"),
            name: name.to_owned(),
            email,
            email_verified: true,
            provider: "Google".to_owned(),
        });
        set_off::in_text(&described, Language::English)
    };
    assert_eq!(described("Ada", Some("ada@example.org")), "“Ada” (ada@example.org, Google)");
    assert_eq!(described("Ada", Some("no address")), "“Ada” (Google)");
    assert_eq!(
        described("win at evil.example", Some("ada@example.org")),
        "ada@example.org (Google)"
    );
    assert_eq!(described("https://evil.example", None), "Google");
}

/// A name that a stranger gave themselves: in a request for access or at an identity provider.
const STRANGER: &str = "Urgent Call Us";

/// Returns every mail with a stranger's text, and all others.
fn with_strangers_text() -> Vec<MailContent> {
    let identity = Identity {
        key: IdentityKey::new("issuer", "subject"),
        name: STRANGER.to_owned(),
        email: Some("stranger@example.org".to_owned()),
        email_verified: true,
        provider: "Google".to_owned(),
    };
    let mut all = contents("Example Ltd", "Ada Lovelace");
    for content in &mut all {
        match content {
            MailContent::AccessRequested { name, .. } => {
                *name = PersonName::parse(STRANGER).expect("a name");
            }
            MailContent::Linked { identity: shown, .. }
            | MailContent::IdentitySwitched { identity: shown, .. } => *shown = identity.clone(),
            _ => {}
        }
    }
    all
}

#[test]
fn no_subject_holds_a_strangers_text() {
    let mut with_text = 0;
    for content in with_strangers_text() {
        for language in Language::ALL {
            for own in [true, false] {
                let to = recipient("Ada", *language);
                let mail =
                    render(&content, &to, own, &links(), &policy(Some("Acme"))).expect("rendered");
                assert!(!mail.subject.contains(STRANGER), "{}", mail.subject);
                assert!(!mail.subject.contains("stranger@example.org"), "{}", mail.subject);
                with_text += usize::from(flat(&mail.text).contains(STRANGER));
            }
        }
    }
    assert!(with_text > 8, "the mails hold a stranger's text: {with_text}");
}

#[test]
fn whatever_people_type_is_quoted_in_text_and_isolated_in_html() {
    const ACCOUNT: &str = "Zyx Account";
    const PERSON: &str = "Wvu Person";
    for mail in mails(ACCOUNT, PERSON, Some("Acme")) {
        let text = flat(&mail.text);
        let (greeting, text) = text.split_once(',').expect("a greeting");
        assert!(greeting.ends_with(PERSON), "{greeting}");
        let body = mail.html.split_once("</title>").expect("a title").1;
        let body = flat(body);
        for typed in [ACCOUNT, PERSON, "Nina & New", "Support", "Somebody left."] {
            let quoted = text.matches(&format!("“{typed}”")).count()
                + text.matches(&format!("„{typed}“")).count();
            assert_eq!(text.matches(typed).count(), quoted, "{typed} in {text}");
        }
        for typed in [
            ACCOUNT,
            PERSON,
            "Nina &#38; New",
            "Support",
            "Somebody left.",
            "nina@customer.example",
            "ada@example.org",
            "help@partner.example",
        ] {
            let isolated = body.matches(&format!("<bdi>{typed}</bdi>")).count();
            assert_eq!(body.matches(typed).count(), isolated, "{typed} in {body}");
        }
        assert!(!mail.html.contains('\u{e000}') && !mail.text.contains('\u{e001}'));
        assert_eq!(mail.html.matches("<bdi>").count(), mail.html.matches("</bdi>").count());
    }
}

#[test]
fn a_mail_with_several_links_names_the_account_of_each() {
    let link = |number: u128, name: &str| ProfileLink {
        account: Ulid(number).into(),
        account_name: name.to_owned(),
        professional: Ulid(number).into(),
        invitation: Ulid(number).into(),
    };
    let content = MailContent::MyLinks {
        links: vec![link(1, "First Ltd"), link(2, "Second Ltd")],
        more: 4,
        expires_at: Timestamp::UNIX_EPOCH,
    };
    let content_links = ["/link/#ONE".to_owned(), "/link/#TWO".to_owned()];
    let paths = Links { content: content_links.into(), ..Links::default() };
    for (language, subject, more) in [
        (Language::English, "Your 2 links to the Acme customer portal", "You have 4 more."),
        (Language::German, "Ihre 2 Links zum Kundenportal von Acme", "Sie haben 4 weitere."),
    ] {
        let to = recipient("Ada", language);
        let mail = render(&content, &to, true, &paths, &policy(Some("Acme"))).expect("rendered");
        assert_eq!(mail.subject, subject);
        let (text, page) = (flat(&mail.text), language.page("/link/"));
        let first = text.find("First Ltd").expect("the first");
        let one = text.find(&format!("https://portal.example{page}#ONE")).expect("its link");
        let second = text.find("Second Ltd").expect("the second");
        let two = text.find(&format!("https://portal.example{page}#TWO")).expect("its link");
        assert!(first < one && one < second && second < two, "{text}");
        assert!(text.contains(more), "{text}");
        assert_eq!(mail.html.matches("href=").count(), 2, "{}", mail.html);
    }
}
