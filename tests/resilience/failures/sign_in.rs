//! A sign-in under failures succeeds, or leads back to the sign-in page, from where it succeeds.

use tests::{Browser, CallFailure, Fixture, Portal};

/// Starts a sign-in in a new browser and returns the address that the provider's page leads to.
async fn begun(portal: &Portal) -> (Browser, String) {
    let mut browser = portal.browser();
    let begun = browser.get("/api/sign-in?provider=test").await;
    (browser, portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example"))
}

/// The calls of a sign-in: claim it, create the session, and then find the identity's links and
/// sessions and record the sign-in on the linked professionals.
const CALLS: [&str; 5] = ["PutItem", "TransactWriteItems", "Query", "Query", "UpdateItem"];
/// The first call whose failure does not matter to the person.
const BOOKKEEPING: usize = 2;

async fn disturbed(failure: CallFailure) {
    let Fixture { portal, .. } = Fixture::builder().administrator().build().await;
    for (index, call) in CALLS.iter().enumerate() {
        for times in [1, usize::MAX] {
            let what = format!("{failure:?} at {call}, {times} times");
            let (mut browser, callback) = begun(&portal).await;
            portal.probe.reset();
            portal.probe.disturb(failure, index, times);
            let answer = browser.get(&callback).await;
            portal.probe.reset();
            assert_eq!(answer.status, 303, "{what}: {answer}");
            let session = browser.get("/api/session").await;
            // Also where an answer is lost: the second attempt finds its own claim.
            if index >= BOOKKEEPING || times == 1 {
                assert_eq!(answer.location(), "/accounts/?first=1", "{what}");
                assert_eq!(session.body["accounts"], 1, "{what}: {session}");
            } else {
                assert!(
                    answer.location().starts_with("/sign-in/?problem=sign-in-failed&"),
                    "{what}: {answer}"
                );
                assert!(session.body.is_null(), "{what}: {session}");
                browser.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
            }
        }
    }
}

#[tokio::test]
async fn a_sign_in_succeeds_or_leads_back_to_the_sign_in_page_and_needs_no_record() {
    tokio::join!(
        disturbed(CallFailure::Throttled),
        disturbed(CallFailure::Broken),
        disturbed(CallFailure::AnswerLost)
    );
}

#[tokio::test]
async fn a_sign_in_starts_without_the_database() {
    let portal = Portal::start().await;
    for failure in [CallFailure::Throttled, CallFailure::Broken, CallFailure::AnswerLost] {
        portal.probe.disturb(failure, 0, usize::MAX);
        let answer = portal.browser().get("/api/sign-in?provider=test").await;
        assert!(answer.location().starts_with("http"), "{failure:?}: {answer}");
        portal.probe.reset();
    }
}
