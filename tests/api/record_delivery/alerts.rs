//! The alert that an invitation bounced: to its sender, once, and only while they can act on it.

use local::{Message, Report};
use serde_json::{Value, json};
use tests::{Fixture, Person, Portal};

use super::{invited, report};
use crate::deliver_mail::{assert_one_link, readable};

fn alerts(portal: &Portal) -> Vec<Message> {
    portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|message| message.tags["kind"] == "invitation-bounced")
        .collect()
}

/// Reports a bounce of the newest mail to Cleo and lets the alert leave, if there is one.
async fn bounces(portal: &Portal) -> Vec<Message> {
    portal.deliver().await;
    report(portal, &portal.mail("cleo@customer.example"), &[Report::Bounced]).await;
    portal.deliver().await;
    alerts(portal)
}

async fn invite_by(member: &mut Person, portal: &Portal) -> String {
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let added =
        member.post(&people, json!({ "name": "Cleo", "email": "cleo@customer.example" })).await;
    assert_eq!(added.status, 201, "{added}");
    added.body["professional"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn the_alert_explains_the_bounce_and_links_to_the_profile() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, mail) = invited(&mut fixture).await;
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    fixture.portal.deliver().await;
    let [alert] = &alerts(&fixture.portal)[..] else { panic!("one alert") };
    assert_one_link(alert);
    let page = format!(
        "{}/people/profile/?account={}&professional={cleo}",
        fixture.portal.url, fixture.portal.customer
    );
    assert_eq!(alert.links[0], page);
    let text = readable(&fixture.portal, alert)
        .replace(&format!("/people/profile/?account=[account]&professional={cleo}"), "/[profile]");
    insta::assert_snapshot!(text, @r#"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: Your invitation to Cleo bounced

    Hello Ada Lovelace,

    Your invitation to “Cleo” for “Example Customer” in the Example Vendor
    customer portal could not be delivered to this address:

      cleo@customer.example

    Check the address letter by letter. Open the profile, press "Edit",
    correct the address, and press "Save and send invite":

    [site]/[profile]

    If the address is right, the mailbox may be full or closed. Contact
    “Cleo” in another way before you send the invitation again.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn the_alert_is_in_the_inviters_language_and_leads_to_the_page_in_it() {
    let portal = Portal::start().await;
    portal
        .add_with(
            &portal.customer,
            json!({ "name": "Anna Gruber", "email": "anna@customer.example", "language": "de-AT" }),
        )
        .await;
    let browser = portal
        .follow_invitation("anna@customer.example", "Anna Gruber", "anna@customer.example")
        .await;
    let mut anna =
        Person::new(&portal.customer, "", "Anna Gruber", "anna@customer.example", browser);
    let cleo = invite_by(&mut anna, &portal).await;
    let [alert] = &bounces(&portal).await[..] else { panic!("one alert") };
    assert_one_link(alert);
    let page = format!(
        "{}/de/people/profile/?account={}&professional={cleo}",
        portal.url, portal.customer
    );
    assert_eq!(alert.links[0], page);
    let text = readable(&portal, alert).replace(
        &format!("/de/people/profile/?account=[account]&professional={cleo}"),
        "/[profile]",
    );
    insta::assert_snapshot!(text, @"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Ihre Einladung an Cleo war unzustellbar

    Guten Tag Anna Gruber,

    Ihre Einladung an „Cleo“ ins Kundenportal von Example Vendor für
    „Example Customer“ ließ sich an diese Adresse nicht zustellen:

      cleo@customer.example

    Prüfen Sie die Adresse Buchstabe für Buchstabe. Öffnen Sie das Profil,
    klicken Sie auf „Bearbeiten“, berichtigen Sie die Adresse und klicken
    Sie auf „Speichern und einladen“:

    [site]/[profile]

    Stimmt die Adresse? Dann ist das Postfach vielleicht voll oder
    geschlossen. Fragen Sie „Cleo“ auf anderem Weg, bevor Sie die Einladung
    noch einmal senden.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn the_alert_is_sent_once_however_often_the_bounce_is_reported() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    report(
        &fixture.portal,
        &mail,
        &[Report::Bounced, Report::Suppressed, Report::Complained, Report::Bounced],
    )
    .await;
    fixture.portal.deliver().await;
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    fixture.portal.deliver().await;
    assert_eq!(alerts(&fixture.portal).len(), 1);
    // It is recorded as sent like every mail.
    let newest = fixture.newest_activity().await;
    assert_eq!(
        (&newest["event"]["type"], &newest["event"]["mail"], &newest["event"]["recipient"]["name"]),
        (&json!("mail-sent"), &json!("invitation-bounced"), &json!("Ada Lovelace"))
    );
}

#[tokio::test]
async fn concurrent_reports_of_one_bounce_send_one_alert() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    let event = Report::Bounced.event(&mail);
    let record = || fixture.portal.invoke("record-delivery", event.clone());
    let (a, b, c, d) = tokio::join!(record(), record(), record(), record());
    assert!(
        [a, b, c, d]
            .iter()
            .all(|value| value.as_ref().is_ok_and(|item| item["delivery"] == "bounced"))
    );
    fixture.portal.deliver().await;
    assert_eq!(alerts(&fixture.portal).len(), 1);
}

#[tokio::test]
async fn partner_and_staff_are_notified_of_what_they_sent() {
    let fixture = Fixture::with_customer().await;
    for mut inviter in [fixture.link_partner().await, fixture.link_staff().await] {
        let cleo = invite_by(&mut inviter, &fixture.portal).await;
        let before = alerts(&fixture.portal).len();
        let bounced = bounces(&fixture.portal).await;
        assert_eq!(bounced.len(), before + 1);
        let to = inviter.get("/api/session").await.body["identity"]["email"]
            .as_str()
            .expect("an address")
            .to_owned();
        assert_eq!(bounced[0].to, to);
        assert!(
            bounced[0].links[0]
                .contains(&format!("account={}&professional={cleo}", fixture.portal.customer))
        );
        let sent = inviter
            .get(&format!("/api/accounts/{}/activity", fixture.portal.customer))
            .await
            .items()[0]
            .clone();
        assert_eq!(
            (&sent["event"]["mail"], &sent["event"]["recipient"]),
            (&json!("invitation-bounced"), &Value::Null),
            "they have no profile there to lead to"
        );
        // The link leads to a page that they may see.
        assert_eq!(inviter.get(&fixture.person(&cleo)).await.status, 200);
        assert_eq!(inviter.delete(&fixture.person(&cleo)).await.status, 204);
    }
}

#[tokio::test]
async fn nobody_is_notified_of_an_operators_invitation_or_of_a_requested_link() {
    let mut fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    assert!(bounces(&fixture.portal).await.is_empty(), "an operator's");
    fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("bob@customer.example");
    assert_eq!(mail.tags["kind"], "my-link");
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    fixture.portal.deliver().await;
    assert!(alerts(&fixture.portal).is_empty(), "one's own");
}

#[tokio::test]
async fn nobody_is_notified_of_delays_complaints_and_rejections() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    report(&fixture.portal, &mail, &[Report::Delayed, Report::Rejected, Report::Complained]).await;
    fixture.portal.deliver().await;
    assert!(alerts(&fixture.portal).is_empty());
}

#[tokio::test]
async fn nobody_is_notified_of_an_invitation_that_is_no_longer_open() {
    for overtaken in ["sent again", "revoked", "deleted", "linked"] {
        let mut fixture = Fixture::with_customer().await;
        let (cleo, mail) = invited(&mut fixture).await;
        let (invitation, profile) = (fixture.invitation(&cleo), fixture.person(&cleo));
        let status = match overtaken {
            "sent again" => fixture.administrator.post(&invitation, Value::Null).await.status,
            "revoked" => fixture.administrator.delete(&invitation).await.status,
            "deleted" => fixture.administrator.delete(&profile).await.status,
            _ => {
                fixture
                    .portal
                    .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
                    .await
                    .get(&fixture.account)
                    .await
                    .status
            }
        };
        assert!(status < 300, "{overtaken}: {status}");
        report(&fixture.portal, &mail, &[Report::Bounced]).await;
        fixture.portal.deliver().await;
        assert!(alerts(&fixture.portal).is_empty(), "{overtaken}");
    }
}

#[tokio::test]
async fn an_outdated_alert_is_not_sent() {
    let mut fixture = Fixture::with_customer().await;
    let (cleo, mail) = invited(&mut fixture).await;
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    let profile = fixture.person(&cleo);
    let fixed = fixture
        .administrator
        .patch(&profile, json!({ "email": "cleo@right.example", "send_invitation": true }))
        .await;
    assert_eq!(fixed.status, 200, "{fixed}");
    fixture.portal.report().await;
    assert!(alerts(&fixture.portal).is_empty());
    assert_eq!(fixture.profile(&cleo).await["state"], "delivered");
}

#[tokio::test]
async fn a_sender_who_may_no_longer_invite_is_not_notified() {
    for gone in ["deleted", "no administrator any more"] {
        let mut fixture = Fixture::with_customer().await;
        let (_, mail) = invited(&mut fixture).await;
        let roles = json!({
            "administrators": [fixture.member.id], "billing_contact": fixture.member.id,
            "shipping_contact": fixture.member.id,
        });
        assert_eq!(fixture.administrator.put(&fixture.roles, roles).await.status, 200);
        if gone == "deleted" {
            assert_eq!(fixture.member.delete(&fixture.administrator.path).await.status, 204);
        }
        report(&fixture.portal, &mail, &[Report::Bounced]).await;
        fixture.portal.deliver().await;
        assert!(alerts(&fixture.portal).is_empty(), "{gone}");
    }
}

#[tokio::test]
async fn an_alert_that_bounces_causes_no_alert() {
    let mut fixture = Fixture::with_customer().await;
    let (_, mail) = invited(&mut fixture).await;
    report(&fixture.portal, &mail, &[Report::Bounced]).await;
    fixture.portal.deliver().await;
    report(&fixture.portal, &alerts(&fixture.portal)[0], &[Report::Bounced]).await;
    fixture.portal.deliver().await;
    assert_eq!(alerts(&fixture.portal).len(), 1);
    assert_eq!(fixture.newest_activity().await["event"]["mail"], "invitation-bounced");
}
