//! Who is told that an invitation came back: whoever sent it, once, and only while they can do something about it.

use local::{Message, Report};
use serde_json::{Value, json};
use tests::Portal;

use super::{invited, report};
use crate::{
    deliver_mail::{assert_one_link, readable},
    office::{Member, Office, start},
};

fn alerts(portal: &Portal) -> Vec<Message> {
    portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|it| it.tags["kind"] == "invitation-bounced")
        .collect()
}

/// Reports a bounce of the newest mail to Cleo and lets the alert leave, if there is one.
async fn bounces(portal: &Portal) -> Vec<Message> {
    portal.deliver().await;
    report(portal, &portal.mail("cleo@customer.example"), &[Report::Bounced]).await;
    portal.deliver().await;
    alerts(portal)
}

async fn invite_by(member: &mut Member, portal: &Portal) -> String {
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let added = member
        .browser
        .post(&people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    assert_eq!(added.status, 201, "{added}");
    added.body["professional"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn whoever_sent_it_is_told_what_to_do_with_a_link_to_the_profile() {
    let mut office = Office::open().await;
    let (cleo, mail) = invited(&mut office).await;
    report(&office.portal, &mail, &[Report::Bounced]).await;
    office.portal.deliver().await;
    let [alert] = &alerts(&office.portal)[..] else { panic!("one alert") };
    assert_one_link(alert);
    let page = format!(
        "{}/people/profile/?account={}&professional={cleo}",
        office.portal.url, office.portal.customer
    );
    assert_eq!(alert.links, [page.as_str()]);
    let text = readable(&office.portal, alert)
        .replace(&format!("/people/profile/?account=[account]&professional={cleo}"), "/[profile]");
    insta::assert_snapshot!(text, @r#"
    From: Portico <portal@vendor.example>
    To: ada@customer.example
    Reply-To: 
    Subject: Your invitation to Cleo bounced

    Hello Ada Lovelace,

    Your invitation to Cleo for Example Customer in the Example Vendor
    customer portal could not be delivered to this address:

      cleo@customer.example

    Check the address letter by letter. Open the profile, press "Edit",
    correct the address, and press "Save and send invite":

    [site]/[profile]

    If the address is right, the mailbox may be full or closed. Contact Cleo
    in another way before you send the invitation again.

    If nobody in your organisation can help, e-mail access@vendor.example.
    "#);
}

#[tokio::test]
async fn the_alert_is_in_the_inviters_language_and_leads_to_the_page_in_it() {
    let portal = start().await;
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
        Member { id: String::new(), path: String::new(), invitation: String::new(), browser };
    let cleo = invite_by(&mut anna, &portal).await;
    let [alert] = &bounces(&portal).await[..] else { panic!("one alert") };
    assert_one_link(alert);
    let page = format!(
        "{}/de/people/profile/?account={}&professional={cleo}",
        portal.url, portal.customer
    );
    assert_eq!(alert.links, [page.as_str()]);
    let text = readable(&portal, alert).replace(
        &format!("/de/people/profile/?account=[account]&professional={cleo}"),
        "/[profile]",
    );
    insta::assert_snapshot!(text, @r"
    From: Portico <portal@vendor.example>
    To: anna@customer.example
    Reply-To: 
    Subject: Ihre Einladung an Cleo war unzustellbar

    Guten Tag Anna Gruber,

    Ihre Einladung an Cleo ins Kundenportal von Example Vendor für Example
    Customer ließ sich an diese Adresse nicht zustellen:

      cleo@customer.example

    Prüfen Sie die Adresse Buchstabe für Buchstabe. Öffnen Sie das Profil,
    klicken Sie auf „Bearbeiten“, berichtigen Sie die Adresse und klicken Sie
    auf „Speichern und einladen“:

    [site]/[profile]

    Stimmt die Adresse? Dann ist das Postfach vielleicht voll oder
    geschlossen. Fragen Sie Cleo auf anderem Weg, bevor Sie die Einladung noch
    einmal senden.

    Kann Ihnen in Ihrer Organisation niemand helfen? Dann schreiben Sie an
    access@vendor.example.
    ");
}

#[tokio::test]
async fn it_goes_out_once_however_often_the_bounce_is_reported() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    report(
        &office.portal,
        &mail,
        &[Report::Bounced, Report::Suppressed, Report::Complained, Report::Bounced],
    )
    .await;
    office.portal.deliver().await;
    report(&office.portal, &mail, &[Report::Bounced]).await;
    office.portal.deliver().await;
    assert_eq!(alerts(&office.portal).len(), 1);
    // That it went out is told as of every mail.
    let newest = office.newest_activity().await;
    assert_eq!(
        (&newest["act"], &newest["facts"]["mail"], &newest["target"]["name"]),
        (&json!("mail-sent"), &json!("invitation-bounced"), &json!("Ada Lovelace"))
    );
}

#[tokio::test]
async fn racing_reports_of_the_same_bounce_tell_once() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    let event = Report::Bounced.event(&mail);
    let record = || office.portal.invoke("record-delivery", event.clone());
    let (a, b, c, d) = tokio::join!(record(), record(), record(), record());
    assert!([a, b, c, d].iter().all(|it| it.as_ref().is_ok_and(|it| it["delivery"] == "bounced")));
    office.portal.deliver().await;
    assert_eq!(alerts(&office.portal).len(), 1);
}

#[tokio::test]
async fn partner_and_staff_are_told_of_what_they_sent() {
    let office = Office::open().await;
    for mut inviter in [office.partner().await, office.staff().await] {
        let cleo = invite_by(&mut inviter, &office.portal).await;
        let before = alerts(&office.portal).len();
        let told = bounces(&office.portal).await;
        assert_eq!(told.len(), before + 1);
        let to = inviter.browser.get("/api/session").await.body["identity"]["email"]
            .as_str()
            .expect("an address")
            .to_owned();
        assert_eq!(told[0].to, to);
        assert!(
            told[0].links[0]
                .contains(&format!("account={}&professional={cleo}", office.portal.customer))
        );
        let sent = inviter
            .browser
            .get(&format!("/api/accounts/{}/activity", office.portal.customer))
            .await
            .items()[0]
            .clone();
        assert_eq!(
            (&sent["facts"]["mail"], &sent["target"]),
            (&json!("invitation-bounced"), &Value::Null),
            "they have no profile there to lead to"
        );
        // The link leads where they may go.
        assert_eq!(inviter.browser.get(&office.person(&cleo)).await.status, 200);
        assert_eq!(inviter.browser.delete(&office.person(&cleo)).await.status, 204);
    }
}

#[tokio::test]
async fn nobody_is_told_of_an_operators_invitation_or_of_a_link_that_somebody_asked_for() {
    let mut office = Office::open().await;
    office.invited("Cleo", "cleo@customer.example").await;
    assert!(bounces(&office.portal).await.is_empty(), "an operator's");
    office.bob.browser.post(&office.bob.invitation, Value::Null).await;
    office.portal.deliver().await;
    let mail = office.portal.mail("bob@customer.example");
    assert_eq!(mail.tags["kind"], "my-link");
    report(&office.portal, &mail, &[Report::Bounced]).await;
    office.portal.deliver().await;
    assert!(alerts(&office.portal).is_empty(), "one's own");
}

#[tokio::test]
async fn nobody_is_told_of_what_is_delayed_complained_about_or_rejected() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    report(&office.portal, &mail, &[Report::Delayed, Report::Rejected, Report::Complained]).await;
    office.portal.deliver().await;
    assert!(alerts(&office.portal).is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_an_invitation_that_is_no_longer_open() {
    for overtaken in ["sent again", "revoked", "deleted", "linked"] {
        let mut office = Office::open().await;
        let (cleo, mail) = invited(&mut office).await;
        let (invitation, profile) = (office.invitation(&cleo), office.person(&cleo));
        let status = match overtaken {
            "sent again" => office.ada.browser.post(&invitation, Value::Null).await.status,
            "revoked" => office.ada.browser.delete(&invitation).await.status,
            "deleted" => office.ada.browser.delete(&profile).await.status,
            _ => {
                office
                    .portal
                    .follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example")
                    .await
                    .get(&office.account)
                    .await
                    .status
            }
        };
        assert!(status < 300, "{overtaken}: {status}");
        report(&office.portal, &mail, &[Report::Bounced]).await;
        office.portal.deliver().await;
        assert!(alerts(&office.portal).is_empty(), "{overtaken}");
    }
}

#[tokio::test]
async fn an_alert_that_is_overtaken_before_it_leaves_does_not_leave() {
    let mut office = Office::open().await;
    let (cleo, mail) = invited(&mut office).await;
    report(&office.portal, &mail, &[Report::Bounced]).await;
    let profile = office.person(&cleo);
    let mended = office
        .ada
        .browser
        .patch(&profile, json!({ "email": "cleo@right.example", "send_invitation": true }))
        .await;
    assert_eq!(mended.status, 200, "{mended}");
    office.portal.report().await;
    assert!(alerts(&office.portal).is_empty());
    assert_eq!(office.seen(&cleo).await["state"], "delivered");
}

#[tokio::test]
async fn nobody_is_told_who_may_no_longer_send_one() {
    for gone in ["deleted", "no administrator any more"] {
        let mut office = Office::open().await;
        let (_, mail) = invited(&mut office).await;
        let roles = json!({ "administrators": [office.bob.id], "billing_contact": office.bob.id, "shipping_contact": office.bob.id });
        assert_eq!(office.ada.browser.put(&office.roles, roles).await.status, 200);
        if gone == "deleted" {
            assert_eq!(office.bob.browser.delete(&office.ada.path).await.status, 204);
        }
        report(&office.portal, &mail, &[Report::Bounced]).await;
        office.portal.deliver().await;
        assert!(alerts(&office.portal).is_empty(), "{gone}");
    }
}

#[tokio::test]
async fn an_alert_that_comes_back_itself_ends_there() {
    let mut office = Office::open().await;
    let (_, mail) = invited(&mut office).await;
    report(&office.portal, &mail, &[Report::Bounced]).await;
    office.portal.deliver().await;
    report(&office.portal, &alerts(&office.portal)[0], &[Report::Bounced]).await;
    office.portal.deliver().await;
    assert_eq!(alerts(&office.portal).len(), 1);
    assert_eq!(office.newest_activity().await["facts"]["mail"], "invitation-bounced");
}
