//! Portico on one machine: the deployed template's routes, table, stream and schedules around the same functions.
//!
//! | module | what it holds |
//! |---|---|
//! | `stack` | a whole Portico in this process, for `cargo run` and for the tests |
//! | `template` | what is read from infra/template.yaml |
//! | `functions` | the functions, hosted as Lambda hosts them |
//! | `gateway` | API Gateway's HTTP API |
//! | `dynamodb` | the embedded DynamoDB |
//! | `stream` | the table's stream feeding a function |
//! | `schedule` | the schedules, once an hour |
//! | `background` | what runs by itself |
//! | `ses`, `mailbox` | SES v2, what was sent through it and what it reports |
//! | `bus` | EventBridge handing the reports to a function |
//! | `site` | the built site with production's headers |
//! | `pages` | `/_local/`: mailbox, clock, schedules |
//! | `example` | the vendor, partners and customers to start with |
//! | `vendor` | what site/config.toml says of the vendor |
//! | `resources`, `data` | the port and the data folder of one Portico |
//! | `aws`, `in_process` | clients of the services above |

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
mod pages;
mod resources;
mod schedule;
mod ses;
mod site;
mod stack;
mod stream;
mod template;
mod vendor;

pub use aws::plain_http;
pub use error::StartError;
pub use example::{Example, ExampleError, Person};
pub use functions::{Functions, InvocationError};
pub use mailbox::{Mailbox, Message};
pub use resources::LocalResources;
pub use ses::{Refusal, Report, Ses};
pub use stack::{Options, Stack, Wrap};
pub use stream::StreamError;
pub use template::TemplateError;
pub use vendor::Vendor;
