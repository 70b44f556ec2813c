//! What is said to whoever sits at the terminal, and what is asked.

use std::{
    io::{self, BufRead, IsTerminal as _, Write as _},
    process::{Command, Stdio},
};

/// Prints a line for whoever watches.
#[expect(clippy::print_stdout, reason = "what a command line tool is for")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints how far it is, over what was printed of that before; nothing where nobody watches.
pub(crate) fn show_progress(line: &str) {
    let mut out = io::stdout();
    if out.is_terminal() {
        // A terminal that is gone is no reason to stop.
        let _gone = write!(out, "\r{line}").and_then(|()| out.flush());
    }
}

/// Prints why it ended.
#[expect(clippy::print_stderr, reason = "what a command line tool is for")]
pub(crate) fn complain(reason: &str) {
    eprintln!("{reason}");
}

/// Asks for a line of text; an end of input is an empty line.
pub(crate) fn ask(question: &str) -> Result<String, String> {
    let mut out = io::stdout();
    write!(out, "{question} ").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    answer(&mut io::stdin().lock())
}

/// Asks for a secret, without showing it while it is typed; what is piped in is read as it is.
pub(crate) fn ask_secret(question: &str) -> Result<String, String> {
    if !io::stdin().is_terminal() {
        return answer(&mut io::stdin().lock());
    }
    let hidden = echo("-echo");
    let secret = ask(if hidden { question } else { "(it will be seen as you type) " });
    if hidden {
        echo("echo");
        say("");
    }
    secret
}

fn answer(input: &mut impl BufRead) -> Result<String, String> {
    let mut line = String::new();
    input.read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn echo(setting: &str) -> bool {
    Command::new("stty").arg(setting).stdin(Stdio::inherit()).status().is_ok_and(|it| it.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_line_without_its_end() {
        assert_eq!(answer(&mut "portico\r\nmore".as_bytes()), Ok("portico".to_owned()));
        assert_eq!(answer(&mut "".as_bytes()), Ok(String::new()));
        assert_eq!(answer(&mut " spaces stay \n".as_bytes()), Ok(" spaces stay ".to_owned()));
    }
}
