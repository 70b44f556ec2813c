//! A whole Portico in this process.

use std::{path::PathBuf, sync::Arc, time::Duration};

use aws_sdk_dynamodb::config::{SharedHttpClient, retry::RetryConfig};
use deliver_mail::Mailer;
use jiff::civil::Date;
use portico::{
    App,
    domain::{Limits, OriginKeys, PartnerPlans, Policy},
    runtime::Clock,
    sign_in::{Provider, Providers},
    store::Store,
};
use serde_json::Value;
use tokio::{
    sync::{Mutex, mpsc},
    task::{JoinSet, spawn_blocking},
    time::timeout,
};

use crate::{
    aws,
    background::{self, Feeds},
    bus::Bus,
    data::DataFolder,
    dynamodb::Engine,
    error::StartError,
    example::Person,
    functions::Functions,
    gateway, in_process,
    mailbox::Mailbox,
    pages::{self, Pages},
    resources::LocalResources,
    schedule::Schedules,
    ses::Ses,
    site,
    stream::{DeadLetter, Feed, Retry, StreamError},
    template::{self, Template, TemplateError},
};

/// The logical id of the one table.
const TABLE: &str = "Table";

/// Time limit for the current work when Portico stops.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// Wraps the HTTP client of the functions' DynamoDB client, to count calls or to inject faults.
pub type Wrap = Arc<dyn Fn(SharedHttpClient) -> SharedHttpClient + Send + Sync>;

/// Settings of a [`Stack`].
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub struct Options {
    /// The port on the loopback addresses; 0 for any free one.
    pub port: u16,
    /// The data folder; `None` for memory.
    pub data: Option<PathBuf>,
    /// Whether to empty the data folder first.
    pub fresh: bool,
    /// The built site; `None` for the API alone.
    pub site: Option<PathBuf>,
    /// The identity providers.
    pub providers: Vec<Provider>,
    /// The people listed on `/_local/`.
    pub people: Vec<Person>,
    /// The date of Portico's clock at the start; `None` for this machine's.
    pub today: Option<Date>,
    /// Days of access after a plan's last day.
    pub grace_days: u8,
    /// Days an invitation is valid.
    pub invitation_days: u8,
    /// Days of a session with *Keep me signed in*.
    pub keep_days: u8,
    /// Working days after which an undecided request for access is escalated.
    pub escalation_days: u8,
    /// Months between two access reviews; 0 for none.
    pub review_months: u8,
    /// Whether mail is held back while too much of it bounces.
    pub holds_mail: bool,
    /// How often mails can be requested within an hour.
    pub limits: Limits,
    /// Whether a second staff member must approve an appointed administrator.
    pub second_approval: bool,
    /// The plans with which partners create customers at once.
    pub partner_plans: PartnerPlans,
    /// The vendor's name.
    pub vendor: Option<String>,
    /// The address for people who need help.
    pub access_mailbox: Option<String>,
    /// The sender of every mail.
    pub mail_from: String,
    /// The secret headers that CloudFront would add.
    pub origin_keys: OriginKeys,
    /// Whether streams, reports, schedules and expiry run in the background. Tests call
    /// [`Stack::deliver`], [`Stack::publish`] and [`Stack::tick`] instead.
    pub background: bool,
    /// Wraps the functions' DynamoDB client.
    pub wrap: Option<Wrap>,
    /// How the functions retry DynamoDB; `None` for the deployed policy. Tests shorten the pauses.
    pub retries: Option<RetryConfig>,
    /// A SAM template in place of the deployed one.
    pub template: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let Policy {
            grace_days,
            invitation_days,
            keep_days,
            escalation_days,
            review_months,
            holds_mail,
            limits,
            second_approval,
            partner_plans,
            ..
        } = Policy::default();
        Self {
            port: 0,
            data: None,
            fresh: false,
            site: None,
            providers: vec![],
            people: vec![],
            today: None,
            grace_days,
            invitation_days,
            keep_days,
            escalation_days,
            review_months,
            holds_mail,
            limits,
            second_approval,
            partner_plans,
            vendor: Some("Example Vendor".into()),
            access_mailbox: Some("access@vendor.example".into()),
            origin_keys: OriginKeys::default(),
            mail_from: "Portico <portal@vendor.example>".into(),
            background: false,
            wrap: None,
            retries: None,
            template: None,
        }
    }
}

impl Options {
    fn app(&self, url: &str, engine: &Engine) -> App {
        let http = aws::plain_http();
        let http = self.wrap.as_ref().map_or(http.clone(), |wrap| wrap(http));
        let app = App {
            store: Store::new(aws::dynamodb(http, engine.endpoint(), self.retries.clone()), TABLE),
            clock: Clock::default(),
            policy: Arc::new(Policy {
                site_url: url.to_owned(),
                vendor: self.vendor.clone(),
                access_mailbox: self.access_mailbox.clone(),
                grace_days: self.grace_days,
                invitation_days: self.invitation_days,
                keep_days: self.keep_days,
                escalation_days: self.escalation_days,
                limits: self.limits.clone(),
                holds_mail: self.holds_mail,
                review_months: self.review_months,
                second_approval: self.second_approval,
                partner_plans: self.partner_plans.clone(),
            }),
            providers: Providers::new(self.providers.clone()),
            origin_keys: self.origin_keys.clone(),
            request: None,
        };
        if self.today.is_some() {
            pages::set_date(&app, self.today);
        }
        app
    }
}

/// A running Portico. It stops when it is dropped.
pub struct Stack {
    /// The URL of the site and the API: `http://localhost:3000`.
    pub url: String,
    /// The functions' dependencies.
    pub app: App,
    /// The sent mail.
    pub mailbox: Mailbox,
    /// The functions, for direct invocation.
    pub functions: Functions,
    /// The emulated SES, for its reports and its switch.
    pub ses: Ses,
    /// A client of the table that [`Options::wrap`] does not touch.
    pub dynamodb: aws_sdk_dynamodb::Client,
    feeds: Feeds,
    bus: Arc<Mutex<Bus>>,
    schedules: Arc<Mutex<Schedules>>,
    clock_moves: Option<mpsc::Receiver<()>>,
    tasks: JoinSet<()>,
    engine: Engine,
    // Last, so that nothing uses the folder any more when its lock is released.
    _data: Option<DataFolder>,
}

impl Stack {
    /// Starts Portico and returns when it accepts requests.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let resources =
            LocalResources::claim(options.port, options.data.as_deref(), options.fresh).await?;
        Self::start_on(resources, options)
    }

    /// Starts Portico on claimed resources, which replace the port and the folder of `options`.
    pub fn start_on(resources: LocalResources, options: Options) -> Result<Self, StartError> {
        let template = Template::parse(options.template.as_deref().unwrap_or(template::DEPLOYED))?;
        if !template.tables.iter().any(|table| table.name == TABLE) {
            return Err(TemplateError(format!("the table {TABLE} is missing")).into());
        }
        let url = resources.url().to_owned();
        let LocalResources { listeners, data, .. } = resources;
        let engine = Engine::start(
            data.as_ref().map(|folder| folder.join("dynamodb.sqlite")).as_deref(),
            &template.tables,
        )?;

        let app = options.app(&url, &engine);
        let mailbox = match &data {
            Some(data) => {
                let created = data.create_folder("mail");
                Mailbox::open(created.map_err(StartError::file(data.join("mail")))?)?
            }
            None => Mailbox::default(),
        };
        let ses = Ses::default();
        let ses_http = in_process::http_client(ses.router(mailbox.clone(), app.clock.clone()));
        let configuration_set = template.configuration_sets.first().map(String::as_str);
        let functions = Functions::host(
            &app,
            Mailer::new(aws::ses(ses_http), &options.mail_from, configuration_set),
        );
        functions.check(&template)?;

        let feeds = open_feeds(&template, &functions, &engine, data.as_ref())?;
        let bus = Bus::new(template.rules, &functions);
        let schedules = Schedules::new(app.clone(), functions.clone(), template.schedules);
        let (moved, clock_moves) = mpsc::channel(1);
        let pages = Pages {
            app: app.clone(),
            mailbox: mailbox.clone(),
            functions: functions.clone(),
            schedules: schedules.names(),
            people: options.people,
            clock_moves: moved,
        };
        let api =
            gateway::router(template.routes, template.forwarded_cookies, &functions, &app.clock)?
                .merge(pages::router(pages));
        let router = site::behind(api, options.site);
        let mut stack = Self {
            url,
            dynamodb: aws::dynamodb(aws::plain_http(), engine.endpoint(), None),
            app,
            mailbox,
            functions,
            ses,
            feeds: Arc::new(Mutex::new(feeds)),
            bus: Arc::new(Mutex::new(bus)),
            schedules: Arc::new(Mutex::new(schedules)),
            clock_moves: Some(clock_moves),
            tasks: JoinSet::new(),
            engine,
            _data: data,
        };
        for listener in listeners {
            let router = router.clone();
            stack.tasks.spawn(async move {
                if let Err(error) = axum::serve(listener, router).await {
                    tracing::error!(error.cause = %error, "the HTTP server stopped");
                }
            });
        }
        if options.background {
            stack.run_background();
        }
        Ok(stack)
    }

    /// Feeds each record of the table's streams to the functions once, and returns how many wait
    /// for the next call: those that have failed, and those behind them.
    pub async fn deliver(&self) -> Result<usize, StreamError> {
        background::round(&self.feeds, Retry::All).await
    }

    /// Returns what the streams have given up since the start.
    pub async fn dead_letters(&self) -> Vec<DeadLetter> {
        let feeds = self.feeds.lock().await;
        feeds.iter().flat_map(|feed| feed.dead_letters().iter().cloned()).collect()
    }

    /// Publishes events, such as those of [`Ses::take_reports`], to the functions with a matching
    /// rule, and returns how many have failed and wait for the next call.
    pub async fn publish(&self, events: Vec<Value>) -> usize {
        self.bus.lock().await.publish(events).await
    }

    /// Runs the scheduled functions that are due by Portico's clock.
    pub async fn tick(&self) {
        self.schedules.lock().await.tick().await;
    }

    /// Writes items, in DynamoDB's JSON, directly into the table, without stream records: a million
    /// in a minute.
    pub fn import(&self, items: Vec<Value>) -> Result<(), StartError> {
        self.engine.import(TABLE, items)
    }

    /// Stops Portico after the current work is done, or after a time limit.
    pub async fn stop(self) {
        let Self { engine, mut tasks, feeds, bus, schedules, _data: data, .. } = self;
        let quiet = async { (feeds.lock().await, bus.lock().await, schedules.lock().await) };
        // Work that takes longer is aborted, as in a crash.
        let _quiet = timeout(STOP_LIMIT, quiet).await;
        tasks.shutdown().await;
        let _stopped = timeout(STOP_LIMIT, spawn_blocking(|| engine.stop())).await;
        drop(data);
    }

    /// Starts the background tasks, as [`Options::background`] does at the start.
    pub fn run_background(&mut self) {
        let Some(clock_moves) = self.clock_moves.take() else { return };
        self.tasks.spawn(background::streams(self.feeds.clone()));
        self.tasks.spawn(background::reports(self.bus.clone(), self.ses.clone()));
        self.tasks.spawn(background::schedules(self.schedules.clone(), clock_moves));
        self.tasks
            .spawn(background::expiry(self.engine.database().clone(), self.app.clock.clone()));
    }
}

fn open_feeds(
    template: &Template,
    functions: &Functions,
    engine: &Engine,
    data: Option<&DataFolder>,
) -> Result<Vec<Feed>, StartError> {
    let folder = match data {
        Some(data) => {
            Some(data.create_folder("stream").map_err(StartError::file(data.join("stream")))?)
        }
        None => None,
    };
    let open = |source: &template::Stream| {
        let file = folder.as_ref().map(|folder| folder.join(format!("{}.json", source.function)));
        Feed::open(source.clone(), functions, engine.database(), file)
    };
    template.streams.iter().map(open).collect()
}
