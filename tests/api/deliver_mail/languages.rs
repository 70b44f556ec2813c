//! Each mail in its reader's language, with a link to the page in that language.

use local::Message;
use serde_json::{Value, json};
use tests::{Fixture, Person, Portal};

use super::{assert_one_link, readable};

/// Starts a portal whose customer has an Austrian administrator. All mails to her are in German.
async fn with_anna() -> (Portal, Person) {
    let portal = Portal::start().await;
    let account = portal.customer.clone();
    let id = portal
        .add_with(
            &account,
            json!({ "name": "Anna Gruber", "email": "anna@customer.example", "language": "de-AT" }),
        )
        .await;
    let browser = portal
        .follow_invitation("anna@customer.example", "Anna Gruber", "anna@customer.example")
        .await;
    let anna = Person::new(&account, &id, "Anna Gruber", "anna@customer.example", browser);
    (portal, anna)
}

fn newest(portal: &Portal, kind: &str) -> Message {
    let all = portal.mailbox.messages();
    all.into_iter()
        .filter(|message| message.tags["kind"] == kind)
        .max_by(|one, other| one.id.cmp(&other.id))
        .expect(kind)
}

fn assert_german(mail: &Message) {
    assert_one_link(mail);
    assert!(
        mail.html.contains("<html lang=\"de\">") && mail.html.contains("Guten Tag"),
        "{}",
        mail.html
    );
}

#[tokio::test]
async fn a_german_invitation_leads_to_the_german_page() {
    let (portal, mut anna) = with_anna().await;
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    anna.post(
        &people,
        json!({ "name": "Max Huber", "email": "max@customer.example", "language": "de" }),
    )
    .await;
    portal.deliver().await;
    let mail = portal.mail("max@customer.example");
    assert_german(&mail);
    insta::assert_snapshot!(readable(&portal, &mail), @r"
    From: Portico <portal@vendor.example>
    To: max@customer.example
    Reply-To: anna@customer.example
    Subject: Anna Gruber hat Sie für Example Customer ins Kundenportal von Example Vendor eingeladen

    Guten Tag Max Huber,

    „Anna Gruber“ hat Sie für „Example Customer“ ins Kundenportal von
    Example Vendor eingeladen.

    Nehmen Sie die Einladung mit einer Anmeldung an, die Sie schon haben
    (Ihrem Zugang bei Microsoft, Google …). Ein neues Passwort brauchen Sie
    nicht.

    [site]/de/link/#[token]

    1. Öffnen Sie den Link.
    2. Melden Sie sich an. Wenn Sie mehrere Anmeldungen haben, wählen Sie die,
       die Sie für „Example Customer“ verwenden möchten. Legen Sie bitte
       keine neue an, wenn Sie schon eine haben.
    3. Klicken Sie auf „Einladung annehmen“.

    Der Link funktioniert einmal, bis zum 29. November 2026, 12:00 UTC. Bitte
    leiten Sie diese E-Mail nicht weiter: Wer den Link zuerst verwendet,
    erhält Ihren Zugang.

    Haben Sie damit nicht gerechnet? Dann können Sie diese E-Mail ignorieren.
    Um bei „Anna Gruber“ nachzufragen, antworten Sie einfach darauf.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn a_link_in_german_mail_works() {
    let (portal, _) = with_anna().await;
    portal
        .add_with(
            &portal.customer,
            json!({ "name": "Max Huber", "email": "max@customer.example", "language": "de-CH" }),
        )
        .await;
    let mut max = portal.sign_in("Max Huber", "max@home.example").await;
    let token = portal.token("max@customer.example");
    let linked = max.post("/api/links", json!({ "token": token })).await;
    assert_eq!(linked.status, 200, "{linked}");
}

#[tokio::test]
async fn an_operators_german_invitation_names_the_vendor() {
    let (portal, _) = with_anna().await;
    let mail = newest(&portal, "invitation");
    assert_german(&mail);
    assert_eq!(
        mail.subject,
        "Example Vendor hat Sie für Example Customer ins Kundenportal eingeladen"
    );
}

#[tokio::test]
async fn a_requested_german_link_says_so() {
    let (portal, mut anna) = with_anna().await;
    anna.browser.post(&anna.invitation, Value::Null).await;
    portal.deliver().await;
    let mail = portal.mail("anna@customer.example");
    assert_german(&mail);
    insta::assert_snapshot!(readable(&portal, &mail), @r"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Ihr Link zum Kundenportal von Example Vendor für Example Customer

    Guten Tag Anna Gruber,

    jemand, vermutlich Sie selbst, hat einen Link zu Ihrem Profil für
    „Example Customer“ im Kundenportal von Example Vendor angefordert.

    [site]/de/link/#[token]

    1. Öffnen Sie den Link.
    2. Melden Sie sich mit der Anmeldung an, die Sie für „Example Customer“
       verwenden möchten (Ihrem Zugang bei Microsoft, Google …). Wenn Sie
       mehrere haben, wählen Sie die richtige; legen Sie bitte keine neue an,
       wenn Sie schon eine haben. Wenn Sie wechseln, gilt Ihre alte Anmeldung,
       bis Sie fertig sind.
    3. Klicken Sie auf „Einladung annehmen“.

    Der Link funktioniert einmal, bis zum 29. November 2026, 12:00 UTC. Er
    ersetzt alle älteren Links zu diesem Profil. Bitte leiten Sie diese E-Mail
    nicht weiter: Wer den Link zuerst verwendet, erhält Ihren Zugang.

    Waren Sie das nicht? Dann können Sie diese E-Mail ignorieren: Ohne diesen
    Link ändert sich nichts.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn a_german_notice_of_a_link_leads_to_the_german_page() {
    let (portal, _) = with_anna().await;
    let mail = portal.mail("anna@customer.example");
    assert_german(&mail);
    insta::assert_snapshot!(readable(&portal, &mail), @r"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Mit Ihrem Profil für Example Customer wurde eine Anmeldung verknüpft

    Guten Tag Anna Gruber,

    Ihr Profil für „Example Customer“ im Kundenportal von Example Vendor
    wurde am 22. November 2026, 12:00 UTC mit dieser Anmeldung verknüpft:

      „Anna Gruber“ (anna@customer.example, Test sign-in)

    Mit dieser Anmeldung öffnet sich ab jetzt das Portal für „Example
    Customer“.

    Waren Sie das nicht? Dann öffnen Sie diese Seite und klicken Sie auf „Das
    war ich nicht“:

    [site]/de/not-me/#[token]

    Wir entfernen die Anmeldung dann sofort und sperren das Profil, bis ein
    Administrator eine neue Einladung sendet. Das ist 30 Tage lang möglich.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn an_administrator_reads_german_about_a_colleague_who_reads_english() {
    let (portal, _) = with_anna().await;
    portal.linked(&portal.customer, "Bob Builder", "bob@customer.example").await;
    let [administrators, own] =
        ["anna@customer.example", "bob@customer.example"].map(|email| portal.mail(email));
    assert!(own.links[0].starts_with(&format!("{}/not-me/#", portal.url)), "{}", own.text);
    assert_eq!(own.subject, "A sign-in was linked to your profile for Example Customer");
    assert_german(&administrators);
    insta::assert_snapshot!(readable(&portal, &administrators), @r"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Mit dem Profil von Bob Builder für Example Customer wurde eine Anmeldung verknüpft

    Guten Tag Anna Gruber,

    das Profil von „Bob Builder“ für „Example Customer“ im Kundenportal
    von Example Vendor wurde am 22. November 2026, 12:00 UTC mit dieser
    Anmeldung verknüpft:

      „Bob Builder“ (bob@customer.example, Test sign-in)

    Mit dieser Anmeldung öffnet sich ab jetzt das Portal für „Example
    Customer“.

    Hätte das nicht geschehen dürfen? Dann öffnen Sie diese Seite und klicken
    Sie auf „Das war ich nicht“:

    [site]/de/not-me/#[token]

    Wir entfernen die Anmeldung dann sofort und sperren das Profil, bis ein
    Administrator eine neue Einladung sendet. Das ist 30 Tage lang möglich.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn a_replaced_identity_that_reads_german_gets_the_notice_in_german() {
    let (portal, mut anna) = with_anna().await;
    anna.browser.post(&anna.invitation, Value::Null).await;
    portal.deliver().await;
    portal.follow_invitation("anna@customer.example", "Anna daheim", "anna@home.example").await;
    let mail = newest(&portal, "identity-switched");
    assert_german(&mail);
    insta::assert_snapshot!(readable(&portal, &mail), @r"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Ihr Profil für Example Customer verwendet jetzt eine andere Anmeldung

    Guten Tag Anna Gruber,

    die Anmeldung mit dieser E-Mail-Adresse öffnet das Kundenportal von
    Example Vendor für „Example Customer“ nicht mehr. Das Profil von „Anna
    Gruber“ wechselte am 22. November 2026, 12:00 UTC zu dieser Anmeldung:

      „Anna daheim“ (anna@home.example, Test sign-in)

    Haben Sie selbst gewechselt? Dann brauchen Sie nichts zu tun.

    Waren Sie das nicht? Dann wenden Sie sich sofort an einen Administrator
    von „Example Customer“ oder nutzen Sie „Das war ich nicht“ in der
    Mitteilung, die wir an die hinterlegte E-Mail-Adresse gesendet haben.

    Zum Portal: [site]/de/

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn a_lapsed_plan_is_announced_to_each_administrator_in_their_language() {
    let (portal, _) = with_anna().await;
    for (name, language) in [("Chloé Petit", "fr"), ("Dan Brown", "en-GB")] {
        let email = format!("{}@customer.example", language.to_lowercase());
        portal
            .add_with(
                &portal.customer,
                json!({
                    "name": name, "email": email, "language": language, "administrator": true,
                }),
            )
            .await;
    }
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    portal.set_today("2028-01-01");
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.deliver().await;
    for reader in ["fr@customer.example", "en-gb@customer.example"] {
        let mail = portal.mail(reader);
        assert_eq!(mail.subject, "Plan has expired: Example Customer", "{reader}");
        assert_eq!(
            mail.links[0],
            format!("{}/account/?account={}", portal.url, portal.customer),
            "{reader}"
        );
    }
    let mail = portal.mail("anna@customer.example");
    assert_german(&mail);
    assert_eq!(mail.links[0], format!("{}/de/account/?account={}", portal.url, portal.customer));
    insta::assert_snapshot!(readable(&portal, &mail), @"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Vertrag ist abgelaufen: Example Customer

    Guten Tag Anna Gruber,

    der Servicevertrag „Support“ von „Example Customer“ ist abgelaufen.
    Seit dem 1. Januar 2028 hat bei „Example Customer“ niemand mehr Zugang
    zum Kundenportal von Example Vendor. Administratoren sehen weiterhin den
    Vertrag und die Liste der Personen.

    Um ihn zu verlängern, wenden Sie sich an Ihren Partner „Helpful
    Partner“, help@partner.example, +49 30 1234. Sobald er verlängert ist,
    haben alle wieder Zugang, und neue Einladungen sind nicht nötig.

    Vertrag und Lizenzen:
    [site]/de/account/?account=[account]
    ");
}

#[tokio::test]
async fn an_ending_plan_is_announced_to_customer_and_partner_in_their_language() {
    let (portal, _) = with_anna().await;
    portal
        .add_with(
            &portal.partner,
            json!({ "name": "Paula Partner", "email": "paula@partner.example", "language": "de" }),
        )
        .await;
    portal
        .add_with(
            &portal.customer,
            json!({ "name": "Dan Brown", "email": "dan@customer.example", "administrator": true }),
        )
        .await;
    portal.schedule_ran_through("flag-lapsed-plans", "2027-10-28").await;
    portal.set_today("2027-12-17");
    portal.operator("flag-lapsed-plans", json!({})).await;
    portal.deliver().await;
    let mails = ["dan@customer.example", "anna@customer.example", "paula@partner.example"]
        .map(|email| portal.mail(email));
    assert_german(&mails[1]);
    assert_german(&mails[2]);
    assert_one_link(&mails[0]);
    insta::assert_snapshot!(mails.map(|mail| readable(&portal, &mail)).join("\n-----\n"), @r"
    From: Portico <portal@vendor.example>
    To: dan@customer.example
    Reply-To: 
    Subject: Plan ends in 14 days: Example Customer

    Hello Dan Brown,

    The service plan “Support” of “Example Customer” ends in 14 days, on
    31 December 2027. Unless it is renewed, nobody at “Example Customer”
    will have access to the Example Vendor customer portal from 1 January 2028
    on.

    To renew it, contact your partner “Helpful Partner”,
    help@partner.example, +49 30 1234. When it is renewed, everything stays as
    it is and no new invitations are needed. If the renewal is already under
    way, there is nothing to do.

    Plan and licences:
    [site]/account/?account=[account]

    -----
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Vertrag endet in 14 Tagen: Example Customer

    Guten Tag Anna Gruber,

    der Servicevertrag „Support“ von „Example Customer“ endet in 14 Tagen,
    am 31. Dezember 2027. Wird er nicht verlängert, hat bei „Example
    Customer“ ab dem 1. Januar 2028 niemand mehr Zugang zum Kundenportal von
    Example Vendor.

    Um ihn zu verlängern, wenden Sie sich an Ihren Partner „Helpful
    Partner“, help@partner.example, +49 30 1234. Mit der Verlängerung bleibt
    alles, wie es ist, und neue Einladungen sind nicht nötig. Ist sie schon
    veranlasst, brauchen Sie nichts zu tun.

    Vertrag und Lizenzen:
    [site]/de/account/?account=[account]

    -----
    From: Portico <portal@vendor.example>
    To: paula@partner.example
    Reply-To: 
    Subject: Vertrag endet in 14 Tagen: Example Customer

    Guten Tag Paula Partner,

    der Servicevertrag „Support“ von „Example Customer“ endet in 14 Tagen,
    am 31. Dezember 2027. Wird er nicht verlängert, hat bei „Example
    Customer“ ab dem 1. Januar 2028 niemand mehr Zugang zum Kundenportal von
    Example Vendor.

    Sie sind der Partner von „Example Customer“. Um ihn zu verlängern,
    vereinbaren Sie das mit „Example Customer“ und schreiben Sie uns dann an
    access@vendor.example. Mit der Verlängerung bleibt alles, wie es ist, und
    neue Einladungen sind nicht nötig. Ist sie schon veranlasst, brauchen Sie
    nichts zu tun.

    Vertrag und Lizenzen:
    [site]/de/account/?account=[account]
    ");
}

#[tokio::test]
async fn the_next_mail_after_a_change_of_language_is_in_the_new_one() {
    let mut fixture = Fixture::with_customer().await;
    let changed =
        fixture.member.browser.patch(&fixture.member.path, json!({ "language": "de" })).await;
    assert_eq!(changed.status, 200, "{changed}");
    fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    fixture.portal.deliver().await;
    assert_german(&fixture.portal.mail("bob@customer.example"));
}
