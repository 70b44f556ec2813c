//! A Portico, with a vendor, a partner and a customer.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{ToSpan as _, civil::Date};
use local::{Mailbox, Message, Options, Ses, Stack};
use portico::store::{Progress, Store};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{Browser, Clock, Deployment, IdentityProvider, Probe, Table};

/// The schedules that go through what is due day by day, as the table knows their progress.
const SCHEDULES: [&str; 3] =
    ["flag-lapsed-plans", "remind-administrators-ends", "remind-administrators-reviews"];

/// A running Portico with its identity provider, mailbox, clock and database.
///
/// It holds the vendor's account, a partner, and a customer of that partner on a plan named Support
/// from 2026-01-01 to 2027-12-31. None of them has people. The date is 2026-11-22 unless moved.
pub struct Portal {
    /// The address of the site.
    pub url: String,
    /// The clock of its functions.
    pub clock: Clock,
    /// The mail it has sent.
    pub mailbox: Mailbox,
    /// The switch that makes the mail service refuse mail.
    pub ses: Ses,
    /// A client of the table that the probe does not see.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The table's name.
    pub table: String,
    /// The table as the functions use it.
    pub store: Store,
    /// The identity provider that everybody uses.
    pub provider: IdentityProvider,
    /// Counts the functions' calls to DynamoDB and disturbs them; sees nothing of a deployment's.
    pub probe: Probe,
    /// The partner's account.
    pub partner: String,
    /// The customer's account.
    pub customer: String,
    /// The stack in this process; `None` for a deployment.
    pub stack: Option<Box<Stack>>,
    /// The deployment, if it is one.
    pub deployment: Option<Box<Deployment>>,
    /// The server that receives a deployment's mail; ends with the portal.
    pub receiving: JoinSet<()>,
}

impl Portal {
    /// The vendor's account.
    pub const VENDOR: &str = "00000000000000000000000000";

    /// Starts a portal in memory, or empties the deployment.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts a portal with other options. In this process it gets a first provider, a probe, a
    /// date and, unless the options name others, retries without pauses; a deployment keeps its
    /// own options.
    pub async fn start_with(options: Options) -> Self {
        let today = options.today.unwrap_or_else(|| "2026-11-22".parse().expect("a date"));
        let mut portal = match Deployment::named() {
            Some(deployment) => Self::deployed(deployment).await,
            None => Self::here(Options { today: Some(today), ..options }).await,
        };
        // Noon, so that no test runs across midnight.
        portal.set_today(&today.to_string());
        portal.create_account(json!({ "name": "Example Vendor", "kind": "vendor" })).await;
        portal.partner = portal
            .create_account(json!({
                "name": "Helpful Partner", "kind": "partner",
                "contact": {
                    "email": "help@partner.example", "phone": "+49 30 1234",
                    "website": "https://partner.example",
                },
            }))
            .await;
        portal.customer = portal.create_customer("Example Customer").await;
        portal
    }

    async fn here(options: Options) -> Self {
        let provider =
            IdentityProvider::start(0, Clock::here(portico::runtime::Clock::default())).await;
        let probe = Probe::default();
        let providers =
            [vec![provider.configuration("test", "Test sign-in")], options.providers].concat();
        // The deployed number of attempts, without the time between them.
        let pause = Duration::from_millis(1);
        let shortened = || {
            portico::lambda::config::retry_config()
                .with_initial_backoff(pause)
                .with_max_backoff(pause)
        };
        let retries = Some(options.retries.unwrap_or_else(shortened));
        let options = Options { providers, wrap: Some(probe.wrap()), retries, ..options };
        Self::around(Stack::start(options).await.expect("the stack starts"), provider, probe)
    }

    /// Creates a portal of a running stack, without accounts.
    pub fn around(stack: Stack, provider: IdentityProvider, probe: Probe) -> Self {
        let clock = Clock::here(stack.app.clock.clone());
        provider.follow(&clock);
        Self {
            url: stack.url.clone(),
            clock,
            mailbox: stack.mailbox.clone(),
            ses: stack.ses.clone(),
            dynamodb: stack.dynamodb.clone(),
            table: "Table".to_owned(),
            store: stack.app.store.clone(),
            provider,
            probe,
            partner: String::new(),
            customer: String::new(),
            stack: Some(Box::new(stack)),
            deployment: None,
            receiving: JoinSet::new(),
        }
    }

    async fn deployed(deployment: Deployment) -> Self {
        let (clock, mailbox, ses, dynamodb) =
            (deployment.clock(), Mailbox::default(), Ses::default(), deployment.dynamodb());
        deployment.empty().await;
        let receiving = deployment.receive_mail(&ses, &mailbox, &clock).await;
        Self {
            url: deployment.url.clone(),
            provider: IdentityProvider::start(deployment.provider_port, clock.clone()).await,
            clock,
            mailbox,
            ses,
            store: Store::new(dynamodb.clone(), deployment.table.as_str()),
            dynamodb,
            table: deployment.table.clone(),
            probe: Probe::blind(),
            partner: String::new(),
            customer: String::new(),
            stack: None,
            deployment: Some(Box::new(deployment)),
            receiving,
        }
    }

    /// Returns the stack of a portal that runs in this process.
    pub fn stack(&self) -> &Stack {
        self.stack.as_deref().expect("a portal in this process")
    }

    /// Creates a further customer of the partner, on the same plan.
    pub async fn create_customer(&self, name: &str) -> String {
        let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
        self.create_account(
            json!({ "name": name, "kind": "customer", "partner": self.partner, "plan": plan }),
        )
        .await
    }

    /// Creates an account as an operator and returns its identifier.
    pub async fn create_account(&self, body: Value) -> String {
        let answer = self.operator("CreateAccount", json!({ "body": body })).await;
        assert_eq!(answer["status"], 201, "{answer}");
        answer["body"]["account"].as_str().expect("an account").to_owned()
    }

    /// Invokes a function as an operator: `{"status", "body"}`.
    pub async fn operator(&self, function: &str, event: Value) -> Value {
        self.invoke(function, event).await.expect("the function answers")
    }

    /// Invokes a function directly, which may fail.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, String> {
        match &self.deployment {
            Some(deployment) => deployment.invoke(function, &event).await,
            None => self
                .stack()
                .functions
                .invoke(function, event)
                .await
                .map_err(|error| error.to_string()),
        }
    }

    /// Sends events to the functions whose rules match, and returns how many failed.
    pub async fn publish(&self, events: Vec<Value>) -> usize {
        match &self.deployment {
            Some(deployment) => deployment.publish(&events).await,
            None => self.stack().publish(events).await,
        }
    }

    /// Adds a professional as an operator and returns the identifier; the first of an account takes
    /// every role. The mail is delivered.
    pub async fn add(&self, account: &str, name: &str, email: &str) -> String {
        self.add_with(account, json!({ "name": name, "email": email })).await
    }

    /// Adds a professional as an operator, with further fields.
    pub async fn add_with(&self, account: &str, body: Value) -> String {
        let answer =
            self.operator("Invite", json!({ "path": { "account": account }, "body": body })).await;
        assert_eq!(answer["status"], 201, "{answer}");
        self.deliver().await;
        answer["body"]["professional"].as_str().expect("a professional").to_owned()
    }

    /// Adds people who are not invited as an operator: `Person 0`, `Person 1` and so on, with
    /// addresses such as `person0@crowd.example`.
    pub async fn add_crowd(&self, account: &str, count: usize, administrators: bool) {
        let row = |number: usize| {
            json!({
                "name": format!("Person {number}"),
                "email": format!("person{number}@crowd.example"),
                "administrator": if administrators { "yes" } else { "no" },
            })
        };
        for rows in (0..count).map(row).collect::<Vec<_>>().chunks(16) {
            let body = json!({ "rows": rows, "send_invitations": false });
            let answer =
                self.operator("ImportProfessionals", operator_event(account, None, body)).await;
            let added = answer["body"]["results"].as_array().expect("results");
            assert!(added.iter().all(|result| result["outcome"] == "added"), "{answer}");
        }
    }

    /// Gives a professional of the vendor these permissions as an operator, in place of those they
    /// had.
    pub async fn give_staff(&self, professional: &str, permissions: &[&str]) {
        let path = json!({ "path": { "account": Self::VENDOR } });
        let shown = self.operator("ShowAccount", path.clone()).await;
        let mut roles = shown["body"]["roles"].clone();
        roles["staff_permissions"][professional] = json!(permissions);
        let answer = self.operator("AssignRoles", operator_event(Self::VENDOR, None, roles)).await;
        assert_eq!(answer["status"], 200, "{answer}");
    }

    /// Adds a professional, signs in with an identity of the same address and follows the
    /// invitation's link.
    pub async fn linked(&self, account: &str, name: &str, email: &str) -> (String, Browser) {
        let professional = self.add(account, name, email).await;
        (professional, self.follow_invitation(email, name, email).await)
    }

    /// Takes the newest invitation in a mailbox, signs in with the identity of that name and
    /// address, and links it.
    pub async fn follow_invitation(
        &self,
        mailbox: &str,
        name: &str,
        identity_email: &str,
    ) -> Browser {
        let mut browser = self.sign_in(name, identity_email).await;
        let answer = browser.post("/api/links", json!({ "token": self.token(mailbox) })).await;
        assert_eq!(answer.status, 200, "{answer}");
        self.deliver().await;
        browser
    }

    /// Opens a browser without a session.
    pub fn browser(&self) -> Browser {
        Browser::open(&self.url)
    }

    /// Opens a browser and signs in with an identity; the same address is the same identity.
    pub async fn sign_in(&self, name: &str, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(&self.provider, name, email).await;
        browser
    }

    /// Delivers the outbox until nothing is left; no mail may fail. A deployment delivers once more
    /// what has failed, as AWS does: on a busy machine a call may take longer than the functions
    /// wait.
    pub async fn deliver(&self) {
        let failed = match &self.deployment {
            Some(deployment) => match deployment.deliver().await {
                0 => 0,
                _ => deployment.deliver().await,
            },
            None => self.stack().deliver().await.expect("the stream is read"),
        };
        assert_eq!(failed, 0, "mails failed");
    }

    /// Delivers the outbox and then the mail service's reports, until nothing is left of either;
    /// nothing may fail.
    pub async fn report(&self) {
        self.deliver().await;
        loop {
            let reports = self.ses.take_reports();
            if reports.is_empty() {
                return;
            }
            assert_eq!(self.publish(reports).await, 0, "reports failed");
            self.deliver().await;
        }
    }

    /// Delivers the outbox and counts the mails sent so far.
    pub async fn sent_mails(&self) -> usize {
        self.deliver().await;
        self.mailbox.messages().len()
    }

    /// Uses up what everybody who has caused mail in this hour may cause in it.
    pub async fn use_up_limits(&self) {
        let hour = self.clock.now().strftime("hour#%Y-%m-%dT%H").to_string();
        for (who, _, _) in Table::of(self).await.items("counts#actor#", &hour) {
            let mut update = self
                .dynamodb
                .update_item()
                .table_name(&self.table)
                .key("pk", AttributeValue::S(format!("counts#actor#{who}")))
                .key("sk", AttributeValue::S(hour.clone()))
                .update_expression("SET #a = :many, #b = :many, #c = :many, #d = :many")
                .expression_attribute_values(":many", AttributeValue::N("1000000".to_owned()));
            for (name, class) in
                [("#a", "invitations"), ("#b", "notices"), ("#c", "security"), ("#d", "links")]
            {
                update = update.expression_attribute_names(name, class);
            }
            update.send().await.expect("used up");
        }
    }

    /// Lists the addresses that mails of a kind went to, in order.
    pub fn recipients(&self, kind: &str) -> Vec<String> {
        let of_kind =
            self.mailbox.messages().into_iter().filter(|message| message.tags["kind"] == kind);
        let mut recipients: Vec<_> = of_kind.map(|message| message.to).collect();
        recipients.sort();
        recipients
    }

    /// Returns the newest mail to an address.
    pub fn mail(&self, email: &str) -> Message {
        self.mailbox.newest_to(email).unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// Returns the token in the newest mail to an address.
    pub fn token(&self, email: &str) -> String {
        link_token(&self.mail(email))
    }

    /// Records that a schedule has run through a day. In a new portal, it starts with the day the
    /// vendor was created.
    pub async fn schedule_ran_through(&self, schedule: &str, through: &str) {
        let progress = Progress { through: through.parse().expect("a date"), grace_days: None };
        self.store.record_progress(schedule, progress).await.expect("noted");
    }

    /// Sets the clock to noon of a date, after a time in which the schedules ran every day and
    /// found nothing. A run catches up with each day of its own otherwise. What was due in that
    /// time is lost: an account's first notice is due two months before its plan ends.
    pub async fn skip_to(&self, today: &str) {
        self.set_today(today);
        let through = today.parse::<Date>().expect("a date") - 3.days();
        for schedule in SCHEDULES {
            self.schedule_ran_through(schedule, &through.to_string()).await;
        }
    }

    /// Sets the clock to noon of a date.
    pub fn set_today(&self, today: &str) {
        let today: Date = today.parse().expect("a date");
        let noon = today.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a time");
        self.clock.set(noon.timestamp());
    }
}

/// Returns an operator's event about an account, or about a professional in it.
pub fn operator_event(account: &str, professional: Option<&str>, body: Value) -> Value {
    let mut event = json!({ "path": { "account": account } });
    if let Some(professional) = professional {
        event["path"]["professional"] = professional.into();
    }
    event["body"] = body;
    event
}

/// Returns the fragment of the mail's link.
pub fn link_token(mail: &Message) -> String {
    let link = mail
        .links
        .iter()
        .find(|link| link.contains('#'))
        .unwrap_or_else(|| panic!("no link in {}", mail.text));
    link.split_once('#').map(|(_, token)| token.to_owned()).expect("a token")
}
