//! Writes to the terminal.

use std::{
    error::Error,
    io::{self, Write as _},
};

use lambda_http::tracing::subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, registry, util::SubscriberInitExt as _,
};
use local::Person;
use tracing::Level;

/// Shows log lines from level warning on. The embedded DynamoDB warns of each failed condition, so
/// only its errors are shown.
pub(crate) fn show_warnings() {
    let shown = Targets::new().with_default(Level::WARN).with_target("dynoxide", Level::ERROR);
    registry().with(fmt::layer().with_target(false).with_writer(io::stderr)).with(shown).init();
}

/// Prints a line.
pub(crate) fn say(line: &str) {
    // A closed terminal is no reason to stop.
    let _closed = writeln!(io::stdout(), "{line}");
}

/// Prints a warning in one line.
pub(crate) fn warn(line: &str) {
    let _closed = writeln!(io::stderr(), "warning: {line}");
}

/// Prints an error in one line.
pub(crate) fn fail(error: &dyn Error) {
    let _closed = writeln!(io::stderr(), "error: {error}");
}

/// Prints the banner: where everything is and who can sign in.
pub(crate) fn welcome(url: &str, people: &[Person]) {
    say(&format!("\nPortico    {url}/\nMailbox    {url}/_local/   (mail, clock, schedules)\n"));
    if !people.is_empty() {
        say("To sign in, choose \"Local sign-in\" and one of these people:\n");
        say(&table(people));
        say("If they have not accepted their invitation yet, open it in the mailbox first.");
    }
    say("Press Ctrl-C to stop. Accounts and mail are kept for the next run.");
}

fn table(people: &[Person]) -> String {
    let width = |text: fn(&Person) -> &str| {
        people.iter().map(|person| text(person).chars().count()).max().unwrap_or_default()
    };
    let (names, emails) = (width(|person| &person.name), width(|person| &person.email));
    let line = |name: &str, email: &str, place: &str| {
        format!("  {name:names$}  {email:emails$}  {place}\n")
    };
    let rows = people.iter().flat_map(|person| {
        let (first, others) = person
            .places
            .split_first()
            .map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
        let others = others.iter().map(move |place| line("", "", place));
        [line(&person.name, &person.email, first)].into_iter().chain(others)
    });
    rows.collect()
}
