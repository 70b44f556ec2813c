//! Secrets that a curious operator, a copy of the database or a mail scanner could find.

mod readers;

use std::fs;

use local::Refusal;
use portico::domain::Secret;
use serde_json::{Value, json};
use tests::{Answer, Browser, CallFailure, Forgery, Log, Portal, link_token};

use crate::folder::Folder;

/// All answers and secrets of a session with the portal.
#[derive(Default)]
struct Transcript {
    /// Every answer, without its cookies and the provider's address.
    answers: Vec<String>,
    /// Every secret with its description.
    secrets: Vec<(&'static str, String)>,
}

impl Transcript {
    fn keep(&mut self, answer: Answer) -> Answer {
        let headers = answer
            .headers
            .iter()
            .filter(|(name, value)| *name != "set-cookie" && !value.contains("code_challenge"));
        self.answers.push(format!("{answer} {headers:?}", headers = headers.collect::<Vec<_>>()));
        answer
    }

    async fn post(&mut self, browser: &mut Browser, path: &str, body: Value) -> Answer {
        let answer = browser.post(path, body).await;
        self.keep(answer)
    }

    async fn get(&mut self, browser: &mut Browser, path: &str) -> Answer {
        let answer = browser.get(path).await;
        self.keep(answer)
    }

    /// Signs in and records every secret on the way.
    async fn sign_in(&mut self, portal: &Portal, name: &str, email: &str) -> Browser {
        let mut browser = portal.browser();
        let begun = self.get(&mut browser, "/api/sign-in?provider=test&return=/people/").await;
        let cookies: Vec<_> = browser.cookies.values().collect();
        let [cookie] = *cookies else { panic!("{cookies:?}") };
        let secret = cookie.split('.').next().and_then(Secret::parse).expect("a secret");
        self.secrets.push(("the cookie of a sign-in", secret.expose().to_owned()));
        for purpose in ["sign-in nonce", "sign-in verifier"] {
            self.secrets.push((purpose, secret.derive(purpose).expose().to_owned()));
        }
        let query: Vec<(String, String)> = reqwest::Url::parse(begun.location())
            .expect("the provider's page")
            .query_pairs()
            .into_owned()
            .collect();
        let state = query.into_iter().find(|(name, _)| name == "state").expect("a state").1;
        self.secrets.push(("the state of a sign-in", state));
        let callback = portal.provider.authorize(begun.location(), name, email);
        self.get(&mut browser, &callback).await;
        let cookie = browser.cookies["__Host-session"].clone();
        self.secrets.push(("a session", cookie.split_once('.').expect("two parts").0.to_owned()));
        browser
    }

    /// Records the secrets of all mails.
    fn record_mails(&mut self, portal: &Portal) {
        let last_part = |text: &str| text.rsplit('.').next().expect("a secret").to_owned();
        let messages = portal.mailbox.messages();
        for address in messages.iter().filter_map(|mail| mail.headers.get("List-Unsubscribe")) {
            let address = address.trim_end_matches('>');
            self.secrets.push(("a mail's header", last_part(address)));
        }
        for message in messages.iter().filter(|message| message.links[0].contains('#')) {
            self.secrets.push(("a mail's link", last_part(&link_token(message))));
        }
    }
}

/// Does everything that involves a secret, failures included, and returns the transcript.
async fn use_every_secret(portal: &Portal) -> Transcript {
    let mut transcript = Transcript::default();
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let mut anybody = portal.browser();

    // A German invitation: refused by the mail service, disturbed, delivered, previewed, used
    // twice.
    let ada = json!({ "name": "Ada Lovelace", "email": "ada@customer.example", "language": "de" });
    portal.operator("Invite", json!({ "path": { "account": portal.customer }, "body": ada })).await;
    portal.ses.refuse(1, Refusal::UNAVAILABLE);
    portal.stack().deliver().await.expect("the stream is read");
    portal.probe.disturb(CallFailure::Throttled, 4, 4);
    portal.stack().deliver().await.expect("the stream is read");
    portal.deliver().await;
    assert!(
        portal.mail("ada@customer.example").links[0].contains("/de/link/#"),
        "the link leads to the German page"
    );
    let invitation = json!({ "token": portal.token("ada@customer.example") });
    transcript.post(&mut anybody, "/api/invitations/preview", invitation.clone()).await;
    transcript.post(&mut anybody, "/api/links", invitation.clone()).await;
    let mut ada = transcript.sign_in(portal, "Ada Lovelace", "ada@home.example").await;
    transcript.post(&mut ada, "/api/invitations/preview", invitation.clone()).await;
    portal.probe.reset();
    portal.probe.disturb(CallFailure::Broken, 1, usize::MAX);
    assert_eq!(transcript.post(&mut ada, "/api/links", invitation.clone()).await.status, 503);
    portal.probe.reset();
    for already_linked in [false, true] {
        let linked = transcript.post(&mut ada, "/api/links", invitation.clone()).await;
        assert_eq!(linked.body["already_linked"], already_linked, "{linked}");
    }
    portal.deliver().await;

    // A colleague's invitation, sent again and used by the wrong person, and a mail refused
    // permanently.
    let bob = transcript
        .post(&mut ada, &people, json!({ "name": "Bob Builder", "email": "bob@customer.example" }))
        .await;
    let bobs = format!("{people}/{}", bob.body["professional"].as_str().expect("an id"));
    portal.deliver().await;
    let first = json!({ "token": portal.token("bob@customer.example") });
    transcript.post(&mut ada, &format!("{bobs}/invitation"), Value::Null).await;
    portal.deliver().await;
    for token in [first.clone(), json!({ "token": portal.token("bob@customer.example") })] {
        transcript.post(&mut ada, "/api/links", token).await;
    }
    portal.ses.refuse(1, Refusal::MESSAGE_REJECTED);
    transcript
        .post(&mut ada, &people, json!({ "name": "Eve Early", "email": "eve@customer.example" }))
        .await;
    portal.deliver().await;

    // Linked, switched to another identity, asked for again, disputed.
    let mut bob = transcript.sign_in(portal, "Bob Builder", "bob@home.example").await;
    transcript
        .post(&mut bob, "/api/links", json!({ "token": portal.token("bob@customer.example") }))
        .await;
    portal.deliver().await;
    transcript.post(&mut bob, &format!("{bobs}/invitation"), Value::Null).await;
    portal.deliver().await;
    let mut other = transcript.sign_in(portal, "Bob Builder", "bob@other.example").await;
    let switched = transcript
        .post(&mut other, "/api/links", json!({ "token": portal.token("bob@customer.example") }))
        .await;
    assert_eq!(switched.status, 200, "{switched}");
    portal.deliver().await;
    let notice = json!({ "token": portal.token("ada@customer.example") });
    transcript
        .post(&mut other, "/api/links/requests", json!({ "email": "bob@customer.example" }))
        .await;
    transcript.post(&mut anybody, "/api/links/requests", first).await;
    portal.deliver().await;
    for _ in 0..2 {
        assert_eq!(
            transcript.post(&mut anybody, "/api/links/disputes", notice.clone()).await.status,
            200
        );
    }

    // A bounced invitation and its alert.
    transcript
        .post(
            &mut ada,
            &people,
            json!({ "name": "Fay First", "email": "bounce+fay@customer.example" }),
        )
        .await;
    portal.report().await;
    let alert = portal.mail("ada@customer.example");
    let address = alert.headers["List-Unsubscribe"].trim_matches(['<', '>']);
    let click = address.strip_prefix(&portal.url).expect("of this site");
    assert_eq!(transcript.post(&mut anybody, click, Value::Null).await.status, 200);

    // Every read, an invented secret, a forged sign-in, and the sign-out.
    for path in ["", "/professionals", "/professionals/export", "/activity"] {
        transcript.get(&mut ada, &format!("/api/accounts/{}{path}", portal.customer)).await;
    }
    transcript.get(&mut ada, &bobs).await;
    transcript.get(&mut ada, "/api/session").await;
    transcript.get(&mut ada, "/api/accounts").await;
    transcript.post(&mut anybody, "/api/sign-out", json!({ "token": "unexpected" })).await;
    portal.provider.forge(Some(Forgery::Key));
    let begun = transcript.get(&mut anybody, "/api/sign-in?provider=test").await;
    let callback = portal.provider.authorize(begun.location(), "Mallory", "mallory@home.example");
    transcript.get(&mut anybody, &callback).await;
    portal.provider.forge(None);
    transcript.post(&mut ada, "/api/sign-out", Value::Null).await;
    portal.deliver().await;
    transcript.record_mails(portal);
    transcript
}

#[tokio::test]
async fn no_secret_is_in_the_database_in_an_answer_or_in_the_log() {
    let log = Log::keep();
    let folder = Folder::make("secrets");
    let portal = folder.start().await;
    let transcript = use_every_secret(&portal).await;
    portal.stack.expect("in this process").stop().await;

    let logged = log.text();
    let stored: Vec<(String, Vec<u8>)> = ["", "stream"]
        .iter()
        .flat_map(|name| fs::read_dir(folder.path().join(name)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a file")))
        .collect();
    let is_stored = |text: &str| {
        stored.iter().find(|(_, bytes)| holds(bytes, text)).map(|(name, _)| name.clone())
    };

    // These must be found, or the search proves nothing.
    assert!(is_stored("ada@customer.example").is_some(), "the database is readable");
    assert!(
        logged.contains("a service was not available") && logged.contains("mail rejected"),
        "the log is read: {logged}"
    );
    let kinds =
        |kind: &str| transcript.secrets.iter().filter(|(secret, _)| *secret == kind).count();
    assert_eq!((kinds("a session"), kinds("the state of a sign-in")), (3, 3));
    assert_eq!(kinds("a mail's header"), 1);
    assert!(kinds("a mail's link") >= 8, "{}", kinds("a mail's link"));
    let newest = &transcript.secrets.last().expect("a secret").1;
    let hash = Secret::parse(newest).expect("a secret").hash();
    assert!(is_stored(hash.as_str()).is_some(), "what stands for a secret is stored");

    for (what, secret) in &transcript.secrets {
        assert_eq!(secret.len(), 43, "{what}");
        assert_eq!(is_stored(secret), None, "{what} is stored");
        assert!(!logged.contains(secret.as_str()), "{what} is logged");
        let shown = transcript.answers.iter().find(|answer| answer.contains(secret.as_str()));
        assert_eq!(shown, None, "{what} is in an answer");
    }
    // The log at the default level names nobody either.
    for line in logged.lines().filter(|line| !line.contains("DEBUG")) {
        for person in ["customer.example", "home.example", "Lovelace", "Bob Builder", "Mallory"] {
            assert!(!line.contains(person), "{person} is logged: {line}");
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|value| value == text.as_bytes())
}
