//! Portico on one machine: the routes, table, stream and schedules of infra/template.yaml around
//! the same functions as on AWS.
//!
//! | module | what it holds |
//! |---|---|
//! | `stack` | a whole Portico in this process, for `cargo run` and for the tests |
//! | `template` | the parts of infra/template.yaml that the local run emulates |
//! | `functions` | the functions, hosted as on Lambda |
//! | `gateway` | API Gateway's HTTP API |
//! | `dynamodb` | the embedded DynamoDB |
//! | `stream` | Lambda's event source mapping: feeds functions from the table's stream |
//! | `schedule` | EventBridge Scheduler |
//! | `background` | the tasks of the above |
//! | `ses`, `mailbox` | SES v2: sent mails and their delivery reports |
//! | `bus` | EventBridge's default bus, which brings the reports to a function |
//! | `site` | the built site with production's headers |
//! | `pages` | `/_local/`: mailbox, clock, schedules |
//! | `example` | the vendor, partners and customers to start with |
//! | `vendor` | the vendor's settings in site/config.toml |
//! | `own_provider` | an operator's own identity providers |
//! | `repository` | the repository that holds the site |
//! | `resources`, `data` | the port and the data folder of one Portico |
//! | `aws`, `in_process` | clients of the emulated services |

mod aws;
mod background;
mod bus;
mod data;
mod dynamodb;
mod error;
mod example;
mod functions;
mod gateway;
mod in_process;
mod mailbox;
mod own_provider;
mod pages;
mod repository;
mod resources;
mod schedule;
mod ses;
mod site;
mod stack;
mod stream;
mod template;
mod vendor;

pub use aws::plain_http;
pub use data::write_whole;
pub use error::StartError;
pub use example::{Example, ExampleError, Person};
pub use functions::{Functions, InvocationError};
pub use mailbox::{Mailbox, Message};
pub use own_provider::{OwnProviderError, own_providers, secret_variable};
pub use repository::find_repository;
pub use resources::LocalResources;
pub use ses::{Refusal, Report, Ses};
pub use stack::{Options, Stack, Wrap};
pub use stream::{DeadLetter, StreamError};
pub use template::TemplateError;
pub use vendor::Vendor;
