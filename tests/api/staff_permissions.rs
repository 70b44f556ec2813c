//! What the vendor's staff may do on other accounts, and who decides that (requirement 45).

use portico::domain::{
    Account, AccountId, Actor, AuditEvent, AuditEventId, Event, Plan, authorization::ActingAs,
};
use serde_json::{Value, json};
use tests::{Fixture, Person, Portal, Table, activity_text, operator_event, path, snapshot};

const ALL: [&str; 4] = ["people", "appointments", "plans", "imports"];

/// Returns the vendor's roles as an operator sees them.
async fn roles(portal: &Portal) -> Value {
    let shown = portal.operator("ShowAccount", operator_event(Portal::VENDOR, None, json!(null)));
    shown.await["body"]["roles"].clone()
}

/// Returns the body that gives `permissions` to `id` and leaves the roles as they are.
async fn giving(portal: &Portal, id: &str, permissions: Value) -> Value {
    let mut body = roles(portal).await;
    body["staff_permissions"] = json!({ id: permissions });
    body
}

async fn give(fixture: &mut Fixture, id: &str, permissions: &[&str]) {
    let body = giving(&fixture.portal, id, json!(permissions)).await;
    let answer = fixture.staff.put(&path::roles(Portal::VENDOR), body).await;
    assert_eq!(answer.status, 200, "{answer}");
}

async fn newest(person: &mut Person) -> String {
    let activity = person.get(&path::activity(Portal::VENDOR)).await;
    activity_text(&activity.items()[0])
}

#[tokio::test]
async fn staff_without_permissions_read_and_learn_who_can_give_them() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&[]).await;
    let shown = sid.get(&fixture.account).await;
    assert_eq!(
        shown.body["you"]["allowed_actions"],
        json!(["view-account", "list-professionals", "list-activity", "list-managed"])
    );
    let profile = sid.get(&fixture.person(&fixture.member.id)).await;
    assert_eq!(profile.body["you"]["allowed_actions"], json!(["view-professional"]));
    let own = sid.get(&path::account(Portal::VENDOR)).await;
    assert_eq!(
        own.body["you"]["allowed_actions"],
        json!(["view-account", "list-professionals", "list-managed"])
    );
    let before = Table::of(&fixture.portal).await;
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    let refused = sid.post(&fixture.people, body).await;
    insta::assert_snapshot!(snapshot(&refused), @r#"
    403 application/problem+json
    {
      "detail": "you need the permission to manage people; ask one of the vendor's administrators to give it to you",
      "permission": "people",
      "status": 403,
      "title": "You don't have permission to do this",
      "type": "/problems/forbidden/"
    }
    "#);
    let refused = sid.patch(&fixture.account, json!({ "name": "Renamed" })).await;
    assert_eq!((refused.status, &refused.body["permission"]), (403, &json!("plans")));
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_administrator_of_the_vendor_gives_and_takes_permissions() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&[]).await;
    let rename = |name: &str| json!({ "name": name });
    assert_eq!(sid.patch(&fixture.account, rename("One")).await.status, 403);
    give(&mut fixture, &sid.id, &["plans", "people"]).await;
    assert_eq!(sid.patch(&fixture.account, rename("Two")).await.status, 200);
    insta::assert_snapshot!(newest(&mut fixture.staff).await, @"
    staff-permissions-changed by Stella Staff as administrator from 127.0.0.1
      people: people, plans, Sid Second, 
    ");
    give(&mut fixture, &sid.id, &["people", "imports"]).await;
    let refused = sid.patch(&fixture.account, rename("Three")).await;
    assert_eq!((refused.status, &refused.body["permission"]), (403, &json!("plans")));
    insta::assert_snapshot!(newest(&mut fixture.staff).await, @"
    staff-permissions-changed by Stella Staff as administrator from 127.0.0.1
      people: imports, Sid Second, plans
    ");
    let shown = fixture.staff.get(&sid.path).await;
    assert_eq!(shown.body["staff_permissions"], json!(["people", "imports"]));
    let stella = fixture.staff.path.clone();
    let shown = fixture.staff.get(&stella).await;
    assert_eq!(shown.body["staff_permissions"], json!(ALL), "by the role");
    let bob = fixture.member.path.clone();
    assert_eq!(fixture.staff.get(&bob).await.body["staff_permissions"], Value::Null);
    let before = Table::of(&fixture.portal).await;
    give(&mut fixture, &sid.id, &["imports", "people", "people"]).await;
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn roles_change_without_a_word_of_permissions_and_both_are_recorded() {
    let mut fixture = Fixture::builder().staff().build().await;
    let sid = fixture.link_colleague(&["people"]).await;
    let (vendor, stella) = (path::roles(Portal::VENDOR), fixture.staff.id.clone());
    let mut body = json!({
        "administrators": [stella], "billing_contact": sid.id, "shipping_contact": stella,
    });
    let answer = fixture.staff.put(&vendor, body.clone()).await;
    assert_eq!(answer.body["roles"]["staff_permissions"], json!({ &sid.id: ["people"] }));
    body["billing_contact"] = json!(stella);
    body["staff_permissions"] = json!({ &sid.id: [] });
    let answer = fixture.staff.put(&vendor, body).await;
    assert_eq!(answer.body["roles"]["staff_permissions"], json!({}));
    let activity = fixture.staff.get(&path::activity(Portal::VENDOR)).await;
    let kinds: Vec<_> = activity.items()[..2].iter().map(|item| &item["event"]["type"]).collect();
    assert_eq!(kinds, ["staff-permissions-changed", "roles-assigned"]);
}

#[tokio::test]
async fn nobody_else_gives_permissions() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let mut sid = fixture.link_colleague(&ALL).await;
    let vendor = path::roles(Portal::VENDOR);
    let body = giving(&fixture.portal, &sid.id, json!(["people"])).await;
    let before = Table::of(&fixture.portal).await;
    for (person, status) in
        [(&mut sid, 403), (&mut fixture.partner, 404), (&mut fixture.administrator, 404)]
    {
        let answer = person.put(&vendor, body.clone()).await;
        assert_eq!(answer.status, status, "{}: {answer}", person.name);
    }
    // An account that is not the vendor's has no staff.
    let ada = fixture.administrator.id.clone();
    let own = json!({
        "administrators": [ada], "billing_contact": ada, "shipping_contact": ada,
        "staff_permissions": { ada.as_str(): ["people"] },
    });
    let answer = fixture.administrator.put(&fixture.roles, own).await;
    assert_eq!((answer.status, answer.invalid_fields()), (422, vec!["staff_permissions"]));
    assert_eq!(answer.body["errors"][0]["code"], "staff-of-vendor");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn permissions_go_to_people_on_the_vendors_list() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let vendor = path::roles(Portal::VENDOR);
    let before = Table::of(&fixture.portal).await;
    for person in [fixture.member.id.as_str(), "nobody", "01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        let body = giving(&fixture.portal, person, json!(["people"])).await;
        let answer = fixture.staff.put(&vendor, body).await;
        assert_eq!(
            (answer.status, &answer.body["errors"][0]["code"]),
            (422, &json!("unknown")),
            "{person}: {answer}"
        );
        assert_eq!(answer.invalid_fields(), ["staff_permissions"]);
    }
    let word = giving(&fixture.portal, &fixture.staff.id, json!(["everything"])).await;
    assert_eq!(fixture.staff.put(&vendor, word).await.status, 400);
    let mut many = roles(&fixture.portal).await;
    let nobody = |number: u128| (ulid::Ulid(number).to_string(), json!(["people"]));
    many["staff_permissions"] = (1..=101).map(nobody).collect();
    let answer = fixture.staff.put(&vendor, many).await;
    assert_eq!((answer.status, &answer.body["errors"][0]["most"]), (422, &json!(100)));
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_hundred_people_get_permissions_ninety_at_a_time() {
    let mut fixture = Fixture::builder().staff().build().await;
    fixture.portal.add_crowd(Portal::VENDOR, 101, false).await;
    let table = Table::of(&fixture.portal).await;
    let people = table.items(&format!("account#{}", Portal::VENDOR), "professional#");
    let crowd: Vec<_> =
        people.iter().filter(|(_, id, _)| *id != fixture.staff.id).map(|(_, id, _)| *id).collect();
    let vendor = path::roles(Portal::VENDOR);
    let mut status = Vec::new();
    for count in [91, 90, 100, 101] {
        let mut body = roles(&fixture.portal).await;
        body["staff_permissions"] =
            crowd[..count].iter().map(|id| ((*id).to_owned(), json!(["people"]))).collect();
        status.push(fixture.staff.put(&vendor, body).await.status);
    }
    assert_eq!(status, [422, 200, 200, 422]);
}

#[tokio::test]
async fn permissions_end_with_a_deletion_and_come_back_with_its_undo() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&["people"]).await;
    let stella = fixture.staff.id.clone();
    let deleted = fixture.staff.delete(&format!("{}?hand_over_to={stella}", sid.path)).await;
    assert_eq!(deleted.status, 204, "{deleted}");
    assert_eq!(roles(&fixture.portal).await["staff_permissions"], json!({}));
    assert_eq!(sid.get(&fixture.account).await.status, 404);
    let restored = fixture.staff.post(&format!("{}/restore", sid.path), Value::Null).await;
    assert_eq!((restored.status, &restored.body["staff_permissions"]), (201, &json!(["people"])));
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    assert_eq!(sid.post(&fixture.people, body).await.status, 201);
}

#[tokio::test]
async fn a_link_that_was_not_the_owners_takes_the_permissions() {
    let mut fixture = Fixture::builder().staff().build().await;
    let sid = fixture.link_colleague(&["people", "imports"]).await;
    let notice = fixture.portal.token(&sid.email);
    let answer =
        fixture.portal.browser().post("/api/links/disputes", json!({ "token": notice })).await;
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(roles(&fixture.portal).await["staff_permissions"], json!({}));
    let activity = fixture.staff.get(&path::activity(Portal::VENDOR)).await;
    let taken = activity.items().iter().find(|item| {
        item["event"]["type"] == "staff-permissions-changed" && item["actor"]["as"] == "mailbox"
    });
    let taken = taken.expect("an event");
    assert_eq!(taken["event"]["people"][0]["taken"], json!(["people", "imports"]));
}

#[tokio::test]
async fn a_person_whose_last_day_has_passed_keeps_no_permission_in_effect() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&ALL).await;
    let ends = fixture.staff.patch(&sid.path, json!({ "ends_on": "2026-11-25" })).await;
    assert_eq!(ends.status, 200, "permissions are no role: {ends}");
    fixture.portal.set_today("2026-11-26");
    sid.sign_in_again(&fixture.portal).await;
    assert_eq!(sid.get(&fixture.account).await.problem(), "access-ended");
}

#[tokio::test]
async fn only_its_administrators_change_the_vendors_account() {
    let mut fixture = Fixture::builder().staff().build().await;
    let mut sid = fixture.link_colleague(&ALL).await;
    let vendor = path::account(Portal::VENDOR);
    let before = Table::of(&fixture.portal).await;
    for body in [
        json!({ "plan": { "name": "Old", "starts_on": "2020-01-01", "ends_on": "2020-12-31" } }),
        json!({ "name": "Ours now" }),
        json!({ "time_zone": "Pacific/Kiritimati" }),
    ] {
        let answer = sid.patch(&vendor, body.clone()).await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{body}: {answer}");
    }
    before.assert_unchanged(&fixture.portal).await;
    let answer = fixture.staff.patch(&vendor, json!({ "name": "Better Vendor" })).await;
    assert_eq!((answer.status, &answer.body["you"]["as"]), (200, &json!("administrator")));
}

#[tokio::test]
async fn the_vendor_gets_no_plan_on_any_path() {
    let mut fixture = Fixture::builder().staff().build().await;
    let portal = &fixture.portal;
    let plan = json!({ "name": "Old", "starts_on": "2020-01-01", "ends_on": "2020-12-31" });
    let vendor = path::account(Portal::VENDOR);
    let numbered = fixture.staff.patch(&vendor, json!({ "external_id": "V-1" })).await;
    assert_eq!(numbered.status, 200, "{numbered}");
    let before = Table::of(portal).await;
    let answer = fixture.staff.patch(&vendor, json!({ "plan": plan })).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    422 application/problem+json
    {
      "detail": "plan must be left out; the vendor's own account needs no plan and never expires",
      "errors": [
        {
          "code": "plan-of-vendor",
          "field": "plan",
          "reason": "must be left out; the vendor's own account needs no plan and never expires"
        }
      ],
      "status": 422,
      "title": "Please check what you entered",
      "type": "/problems/invalid/"
    }
    "#);
    let operator = portal
        .operator("UpdateAccount", operator_event(Portal::VENDOR, None, json!({ "plan": plan })));
    assert_eq!(operator.await["body"]["errors"][0]["code"], "plan-of-vendor");
    let new = json!({ "body": { "name": "Another Vendor", "kind": "vendor", "plan": plan } });
    let created = portal.operator("CreateAccount", new).await;
    assert_eq!(created["body"]["errors"][0]["code"], "plan-of-vendor");
    let row = json!({
        "external_id": "V-1", "name": "Example Vendor", "plan": "Old", "starts_on": "2020-01-01",
        "ends_on": "2020-12-31",
    });
    let imported = portal.operator("ImportAccounts", json!({ "body": { "rows": [row] } })).await;
    assert_eq!(imported["body"]["results"][0]["errors"][0]["code"], "kind-fixed", "{imported}");
    before.assert_unchanged(portal).await;
}

#[tokio::test]
async fn a_plan_of_the_vendor_that_is_stored_locks_nobody_out_and_is_announced_to_nobody() {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&ALL).await;
    let store = &fixture.portal.store;
    let before = store.accounts(&[AccountId::VENDOR]).await.expect("the vendor").remove(0);
    let plan = Plan::parse("Old", "2020-01-01", "2020-12-31").expect("a plan");
    let due_on = Some("2026-11-22".parse().expect("a date"));
    let after = Account { plan: Some(plan), due_on, ..before.clone() };
    let event = AuditEvent {
        id: AuditEventId::parse("01JD7H2M8C1NV1TE5X6Y7Z8A1V").expect("an id"),
        account: before.id,
        at: fixture.portal.clock.now(),
        actor: Actor::system("A test", ActingAs::Operator),
        event: Event::AccountCreated { imported: false, waiting: false },
        source: None,
        request: None,
    };
    let change = portico::store::AccountChange::new(&before, &after, &event);
    store.change_account(change).await.expect("changed");
    let mails = fixture.portal.sent_mails().await;
    let run = fixture.portal.operator("flag-lapsed-plans", json!({})).await;
    assert_eq!(run["flagged"], 0, "{run}");
    assert_eq!(fixture.portal.sent_mails().await, mails);
    let listed = format!("/api/accounts?managed_by={}", Portal::VENDOR);
    assert_eq!(sid.get(&listed).await.status, 200);
    assert_eq!(sid.patch(&fixture.account, json!({ "name": "Renamed" })).await.status, 200);
    let vendor = fixture.staff.get(&path::account(Portal::VENDOR)).await;
    assert_eq!((vendor.status, &vendor.body["plan"]), (200, &Value::Null), "{vendor}");
    let stored = fixture.portal.store.accounts(&[AccountId::VENDOR]).await.expect("read").remove(0);
    assert_eq!(stored.due_on, None, "the schedule has nothing more to do");
}

#[tokio::test]
async fn an_approval_is_asked_of_those_who_may_give_it() {
    let fixture = Fixture::builder().customer().staff().second_approval().build().await;
    let mut sid = fixture.link_colleague(&["appointments"]).await;
    let vendor = Portal::VENDOR;
    let uma = Person::link(&fixture.portal, vendor, "Uma Other", "uma@vendor.example").await;
    fixture.portal.give_staff(&uma.id, &["people", "plans", "imports"]).await;
    let mut stella = fixture.staff.clone();
    let appointments = format!("{}/appointments", fixture.account);
    let body = json!({ "professional": fixture.member.id });
    let asked = stella.post(&appointments, body).await;
    assert_eq!(asked.status, 202, "{asked}");
    fixture.portal.deliver().await;
    assert_eq!(
        fixture.portal.recipients("appointment-requested"),
        ["sid@vendor.example", "stella@vendor.example"]
    );
    let id = asked.body["appointment"]["appointment"].as_str().expect("an id");
    let decision = format!("{appointments}/{id}/decision");
    let mut uma = uma;
    assert_eq!(uma.post(&decision, json!({ "approve": true })).await.status, 403);
    let approved = sid.post(&decision, json!({ "approve": true })).await;
    assert_eq!(approved.status, 200, "{approved}");
}

#[tokio::test]
async fn a_request_that_reached_the_vendor_is_decided_by_staff_who_manage_people() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let mut sid = fixture.link_colleague(&["people"]).await;
    let vendor = Portal::VENDOR;
    let mut uma = Person::link(&fixture.portal, vendor, "Uma Other", "uma@vendor.example").await;
    fixture.portal.give_staff(&uma.id, &["appointments", "plans", "imports"]).await;
    crate::ask_for_access::nina_asks(&fixture.portal, "Nobody Knows Ltd").await;
    fixture.portal.deliver().await;
    assert_eq!(
        fixture.portal.recipients("access-requested"),
        ["sid@vendor.example", "stella@vendor.example"]
    );
    let list = crate::ask_for_access::of(vendor);
    let refused = uma.get(&list).await;
    assert_eq!((refused.status, &refused.body["permission"]), (403, &json!("people")));
    let listed = sid.get(&list).await;
    let id = listed.items()[0]["request"].as_str().expect("a request").to_owned();
    let decision = format!("/api/accounts/{vendor}/access-requests/{id}/decision");
    let pass_on = json!({ "decision": "pass_on", "account": fixture.portal.customer });
    assert_eq!(uma.post(&decision, pass_on.clone()).await.status, 403);
    assert_eq!(sid.post(&decision, pass_on).await.status, 200);
}

#[tokio::test]
async fn staff_get_no_further_by_making_themselves_the_partners_people() {
    let fixture = Fixture::builder().customer().staff().build().await;
    let sid = fixture.link_colleague(&["people"]).await;
    fixture.portal.add(&fixture.portal.partner, "Sid Second", "sid@partner.example").await;
    let mut sid =
        fixture.portal.follow_invitation("sid@partner.example", "Sid Second", &sid.email).await;
    let shown = sid.get(&fixture.account).await;
    assert_eq!(shown.body["you"]["as"], "staff", "{shown}");
    let allowed = shown.body["you"]["allowed_actions"].as_array().expect("a list");
    assert!(allowed.contains(&json!("invite")), "{shown}");
    assert!(!allowed.contains(&json!("appoint-administrator")), "{shown}");
    let appointments = format!("{}/appointments", fixture.account);
    let body = json!({ "professional": fixture.member.id, "reason": "I can." });
    let answer = sid.post(&appointments, body).await;
    assert_eq!(
        (answer.status, &answer.body["permission"]),
        (403, &json!("appointments")),
        "{answer}"
    );
    let body = json!({ "name": "Cleo", "email": "cleo@customer.example" });
    let added = sid.post(&fixture.people, body).await;
    assert_eq!(added.status, 201, "{added}");
    let mut ada = fixture.administrator.clone();
    let activity = ada.get(&fixture.activity).await;
    let event = activity.items().iter().find(|item| item["event"]["type"] == "professional-added");
    assert_eq!(event.expect("an event")["actor"]["as"], "staff");
}
