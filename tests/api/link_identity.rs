use serde_json::json;
use tests::Portal;

#[tokio::test]
async fn an_invited_colleague_links_and_sees_the_account() {
    let portal = Portal::start().await;
    let (_, mut ada) = portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let added = ada.post(&people, json!({ "name": "Bob", "email": "bob@customer.example" })).await;
    assert_eq!(added.status, 201, "{added}");
    portal.deliver().await;
    let mut bob = portal.follow_invitation("bob@customer.example", "Bob", "bob@home.example").await;
    assert_eq!(bob.get("/api/accounts").await.items().len(), 1);
}
