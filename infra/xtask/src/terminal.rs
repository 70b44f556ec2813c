//! Progress and prompts on the terminal.

use std::io::{self, BufRead, IsTerminal as _, Write as _};

use anyhow::Result;

/// Prints a progress line over the previous one. Prints nothing if the output is not a terminal.
pub(crate) fn print_progress(line: &str) {
    let mut output = io::stdout();
    if output.is_terminal() {
        // Progress is not worth failing for.
        let _ = write!(output, "\r{line}").and_then(|()| output.flush());
    }
}

/// Prompts for a line of text. The end of input reads as an empty line.
pub(crate) fn prompt(question: &str) -> Result<String> {
    let mut output = io::stdout();
    write!(output, "{question} ")?;
    output.flush()?;
    read_line(&mut io::stdin().lock())
}

/// Prompts for a secret without echo, or reads it from standard input if that is not a terminal.
pub(crate) fn prompt_secret(question: &str) -> Result<String> {
    if io::stdin().is_terminal() {
        Ok(rpassword::prompt_password(format!("{question} "))?)
    } else {
        read_line(&mut io::stdin().lock())
    }
}

fn read_line(input: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_without_its_line_end() {
        let read = |text: &str| read_line(&mut text.as_bytes()).expect("a line");
        assert_eq!(read("portico\r\nmore"), "portico");
        assert_eq!(read(""), "");
        assert_eq!(read(" spaces stay \n"), " spaces stay ");
    }
}
