//! A whole Portico in this process.

use std::{path::PathBuf, sync::Arc, time::Duration};

use aws_sdk_dynamodb::config::{SharedHttpClient, retry::RetryConfig};
use deliver_mail::Mailer;
use jiff::civil::Date;
use portico::{
    App,
    domain::{Limits, OriginKeyHash, Policy},
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
    stream::{Feed, Retry, StreamError},
    template::{self, Template, TemplateError},
};

/// The logical id of the one table.
const TABLE: &str = "Table";

/// How long a stop waits for what is under way.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// Changes the HTTP client of the functions' DynamoDB client, to count calls or to inject faults.
pub type Wrap = Arc<dyn Fn(SharedHttpClient) -> SharedHttpClient + Send + Sync>;

/// How a [`Stack`] is to be.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub struct Options {
    /// The port on the loopback addresses; 0 for any that is free.
    pub port: u16,
    /// The folder that keeps everything; none for memory.
    pub data: Option<PathBuf>,
    /// Whether the data folder is emptied first.
    pub fresh: bool,
    /// The built site; none for the API alone.
    pub site: Option<PathBuf>,
    /// The identity providers.
    pub providers: Vec<Provider>,
    /// Who is listed on `/_local/`.
    pub people: Vec<Person>,
    /// What Portico takes for today, at the start; none for this machine's date.
    pub today: Option<Date>,
    /// Days of access after a plan's last day.
    pub grace_days: u8,
    /// Days an invitation is good for.
    pub invitation_days: u8,
    /// Working days each of those asked have before a request for access goes on to the next.
    pub escalation_days: u8,
    /// Months between two questions who still needs access; 0 for none.
    pub review_months: u8,
    /// Whether mail is held back while too much of it comes back.
    pub holds_mail: bool,
    /// How often what mails may be asked for within an hour.
    pub limits: Limits,
    /// Whether an appointed administrator needs the approval of a second person of the staff.
    pub second_approval: bool,
    /// The vendor's name.
    pub vendor: Option<String>,
    /// The address shown wherever a person can be stuck.
    pub access_mailbox: Option<String>,
    /// The sender of every mail.
    pub mail_from: String,
    /// By what CloudFront would be known, if it were in front.
    pub origin_key: Option<OriginKeyHash>,
    /// Whether stream, reports, schedules and expiry run by themselves. Tests call [`Stack::deliver`] and [`Stack::publish`] instead.
    pub background: bool,
    /// See [`Wrap`].
    pub wrap: Option<Wrap>,
    /// How DynamoDB is asked again; none for the deployed policy. Tests shorten its pauses.
    pub retries: Option<RetryConfig>,
    /// A SAM template instead of the deployed one.
    pub template: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let Policy {
            grace_days,
            invitation_days,
            escalation_days,
            review_months,
            holds_mail,
            limits,
            second_approval,
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
            escalation_days,
            review_months,
            holds_mail,
            limits,
            second_approval,
            vendor: Some("Example Vendor".into()),
            access_mailbox: Some("access@vendor.example".into()),
            origin_key: None,
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
                escalation_days: self.escalation_days,
                limits: self.limits.clone(),
                holds_mail: self.holds_mail,
                review_months: self.review_months,
                second_approval: self.second_approval,
            }),
            providers: Providers::new(self.providers.clone()),
            origin_key: self.origin_key.clone(),
            request: None,
        };
        if self.today.is_some() {
            pages::move_clock(&app, self.today);
        }
        app
    }
}

/// A running Portico. It ends when it is stopped or dropped.
pub struct Stack {
    /// Where the site and the API answer: `http://localhost:3000`.
    pub url: String,
    /// What the functions have.
    pub app: App,
    /// The mail that was sent.
    pub mailbox: Mailbox,
    /// The functions, for direct invocation.
    pub functions: Functions,
    /// The switch that makes SES refuse mail, and what it has reported.
    pub ses: Ses,
    /// A client of the table that [`Options::wrap`] does not touch.
    pub dynamodb: aws_sdk_dynamodb::Client,
    feeds: Feeds,
    bus: Arc<Mutex<Bus>>,
    schedules: Arc<Mutex<Schedules>>,
    clock_moves: Option<mpsc::Receiver<()>>,
    tasks: JoinSet<()>,
    engine: Engine,
    // Last, so that nothing uses the folder any more when its lock is let go.
    _data: Option<DataFolder>,
}

impl Stack {
    /// Starts everything and returns when it answers.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let resources =
            LocalResources::claim(options.port, options.data.as_deref(), options.fresh).await?;
        Self::start_on(resources, options)
    }

    /// Starts everything on claimed resources; the port and the folder of the options are not used.
    pub fn start_on(resources: LocalResources, options: Options) -> Result<Self, StartError> {
        let template = Template::parse(options.template.as_deref().unwrap_or(template::DEPLOYED))?;
        if !template.tables.iter().any(|it| it.name == TABLE) {
            return Err(TemplateError(format!("there is no table {TABLE}")).into());
        }
        let url = resources.url().to_owned();
        let LocalResources { listeners, data, .. } = resources;
        let engine = Engine::start(
            data.as_ref().map(|it| it.join("dynamodb.sqlite")).as_deref(),
            &template.tables,
        )?;

        let app = options.app(&url, &engine);
        let mailbox = data
            .as_ref()
            .map_or_else(|| Ok(Mailbox::default()), |it| Mailbox::open(it.join("mail")))?;
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
            moved,
        };
        let api =
            gateway::router(template.routes, &functions, &app.clock)?.merge(pages::router(pages));
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
                    tracing::error!(error.cause = %error, "the HTTP server has ended");
                }
            });
        }
        if options.background {
            stack.run_background();
        }
        Ok(stack)
    }

    /// Feeds the functions what is in the table's streams, each record once, and returns how many have failed and wait for
    /// the next call.
    pub async fn deliver(&self) -> Result<usize, StreamError> {
        background::round(&self.feeds, Retry::All).await
    }

    /// Hands events, such as [`Ses::take_reports`] returns, to the functions whose rules they match, and returns how many have failed and
    /// wait for the next call.
    pub async fn publish(&self, events: Vec<Value>) -> usize {
        self.bus.lock().await.publish(events).await
    }

    /// Runs the scheduled functions, if they have not run in the hour that the clock shows.
    pub async fn tick(&self) {
        self.schedules.lock().await.tick().await;
    }

    /// Puts items, spelt as DynamoDB spells them in JSON, straight into the one table: a million in a minute. Nothing is told of them.
    pub fn import(&self, items: Vec<Value>) -> Result<(), StartError> {
        self.engine.import(TABLE, items)
    }

    /// Ends everything, after what is under way.
    pub async fn stop(self) {
        let Self { engine, mut tasks, feeds, bus, schedules, _data: data, .. } = self;
        let quiet = async { (feeds.lock().await, bus.lock().await, schedules.lock().await) };
        // Whoever is longer at work than that is cut off, as by a crash.
        let _quiet = timeout(STOP_PATIENCE, quiet).await;
        tasks.shutdown().await;
        let _stopped = timeout(STOP_PATIENCE, spawn_blocking(|| engine.stop())).await;
        drop(data);
    }

    /// Has stream, reports, schedules and expiry run by themselves from now on, as [`Options::background`] does from the start.
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
    let folder = data.map(|it| it.join("stream"));
    if let Some(folder) = &folder {
        std::fs::create_dir_all(folder).map_err(StartError::file(folder))?;
    }
    let open = |source: &template::Stream| {
        let file = folder.as_ref().map(|it| it.join(format!("{}.json", source.function)));
        Feed::open(source.clone(), functions, engine.database(), file)
    };
    template.streams.iter().map(open).collect()
}
