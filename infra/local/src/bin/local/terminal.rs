//! The one place that writes to the terminal.

use std::{
    error::Error,
    io::{self, Write as _},
};

use lambda_http::tracing::subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, registry, util::SubscriberInitExt as _,
};
use local::Person;
use tracing::Level;

/// Shows what is logged from warnings upwards; the embedded DynamoDB warns of every condition that is not met.
pub(crate) fn show_warnings() {
    let worth_showing =
        Targets::new().with_default(Level::WARN).with_target("dynoxide", Level::ERROR);
    registry()
        .with(fmt::layer().with_target(false).with_writer(io::stderr))
        .with(worth_showing)
        .init();
}

/// Says what happens.
pub(crate) fn say(line: &str) {
    // A closed terminal is no reason to end.
    let _closed = writeln!(io::stdout(), "{line}");
}

/// Says why nothing more happens, in one line.
pub(crate) fn fail(error: &dyn Error) {
    let _closed = writeln!(io::stderr(), "error: {error}");
}

/// Says where everything is and who can sign in.
pub(crate) fn welcome(url: &str, people: &[Person]) {
    say(&format!("\nPortico    {url}/\nMailbox    {url}/_local/   (mail, clock, schedules)\n"));
    if !people.is_empty() {
        say("Who can sign in, with any of these e-mail addresses at \"Local sign-in\":\n");
        say(&table(people));
        say("Whoever has not linked a profile yet finds the invitation in the mailbox.");
    }
    say("Ctrl-C ends it; what was done stays.");
}

fn table(people: &[Person]) -> String {
    let width = |text: fn(&Person) -> &str| {
        people.iter().map(|it| text(it).chars().count()).max().unwrap_or_default()
    };
    let (names, emails) = (width(|it| &it.name), width(|it| &it.email));
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
