//! Opening the address of a mail's List-Unsubscribe header.

use tests::Table;

use crate::unsubscribe::{address, mail_program, notified};

#[tokio::test]
async fn opening_the_address_leads_to_a_page_and_changes_nothing() {
    let (fixture, mail) = notified().await;
    let address = address(&fixture.portal, &mail);
    let before = Table::of(&fixture.portal).await;
    let token = address.split_once("token=").expect("a token").1;
    let opened = mail_program(&fixture.portal).get(&address).await;
    assert_eq!(
        (opened.status, opened.location()),
        (303, format!("/unsubscribe/#{token}").as_str())
    );
    let german = address.replace("language=en", "language=de");
    let opened = mail_program(&fixture.portal).get(&german).await;
    assert_eq!(opened.location(), format!("/de/unsubscribe/#{token}"));
    for (query, page) in [
        ("", "/unsubscribe/"),
        ("?token=https://evil.example", "/unsubscribe/"),
        ("?language=//evil.example&token=x", "/unsubscribe/"),
    ] {
        let opened =
            mail_program(&fixture.portal).get(&format!("/api/mail/unsubscribe{query}")).await;
        assert_eq!((opened.status, opened.location()), (303, page), "{query}");
    }
    before.assert_unchanged(&fixture.portal).await;
}
