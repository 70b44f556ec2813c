//! Checks `infra/security.md`: it answers every requirement of the sections that it walks, counts
//! its answers, and names only files and tests that exist.

use std::{ffi::OsStr, fs, path::Path};

use crate::process::root;

const DOCUMENT: &str = include_str!("../../security.md");

/// The heading of the part that answers the requirements.
const WALK: &str = "\n## The walk\n";

/// The sections of OWASP ASVS 5.0.0 that are walked, with their numbers of requirements.
const SECTIONS: [(&str, usize); 22] = [
    ("2.4", 2),
    ("6.8", 4),
    ("7.1", 3),
    ("7.2", 4),
    ("7.3", 2),
    ("7.4", 5),
    ("7.5", 3),
    ("7.6", 2),
    ("8.1", 4),
    ("8.2", 4),
    ("8.3", 3),
    ("8.4", 2),
    ("10.2", 3),
    ("15.1", 5),
    ("15.2", 5),
    ("15.3", 7),
    ("15.4", 4),
    ("16.1", 1),
    ("16.2", 5),
    ("16.3", 4),
    ("16.4", 3),
    ("16.5", 4),
];

/// The rows of the table that counts the answers.
const CHAPTERS: [&str; 7] = ["2.4", "6.8", "7", "8", "10.2", "15", "16"];

/// The possible answers, in the order of that table.
const ANSWERS: [&str; 4] = ["Satisfied", "Partly", "Not", "Does not apply"];

/// The extensions of the files that the document names.
const EXTENSIONS: [&str; 10] =
    ["html", "json", "jsonc", "lock", "md", "mjs", "rs", "toml", "ts", "yaml"];

/// A requirement's number, and the place of its answer in [`ANSWERS`].
type Answered = (String, usize);

/// Reads the answers of the walk.
fn answers(document: &str) -> Vec<Answered> {
    let (_, walk) = document.split_once(WALK).expect("the walk");
    walk.split("\n- **").skip(1).map(answer).collect()
}

/// Reads the answer of one line, such as `7.2.3** (1) What it asks. *Satisfied*: how.`
fn answer(line: &str) -> Answered {
    let (number, rest) = line.split_once("** (").expect("a number and a level");
    assert!(rest.starts_with(['1', '2', '3']), "{number} has no level");
    // The last line of a section ends before the next heading.
    let text = rest.split("\n\n").next().unwrap_or(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let given: Vec<_> = (0..ANSWERS.len())
        .filter(|place| text.contains(&format!("*{}*:", ANSWERS[*place])))
        .collect();
    let [given] = given[..] else { panic!("{number} has {} answers in place of one", given.len()) };
    (number.to_owned(), given)
}

/// Formats a row of the table that counts the answers.
fn row(name: &str, counted: impl Iterator<Item = usize>) -> String {
    let mut counts = [0; ANSWERS.len()];
    for answer in counted {
        counts[answer] += 1;
    }
    format!("| {name} | {} |", counts.map(|count| count.to_string()).join(" | "))
}

/// Lists what stands between backticks.
fn names(document: &str) -> Vec<&str> {
    document
        .lines()
        .flat_map(|line| {
            let parts: Vec<_> = line.split('`').collect();
            assert!(parts.len() % 2 == 1, "an odd number of backticks: {line}");
            parts.into_iter().skip(1).step_by(2)
        })
        .collect()
}

/// Checks whether `name` is a file's, or ends with a slash as a folder's.
fn is_path(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str);
    let is_file = extension.is_some_and(|extension| EXTENSIONS.contains(&extension));
    (is_file || name.ends_with('/')) && !name.contains(char::is_whitespace)
}

/// Returns why the file or the test `file::test` that `name` stands for does not exist; `None` if
/// it does, or if it stands for something else.
fn missing(name: &str) -> Option<String> {
    let (path, test) = match name.split_once("::") {
        Some((path, test)) => (path, Some(test)),
        None => (name, None),
    };
    if !is_path(path) {
        return None;
    }
    let file = root().join(path);
    if !file.exists() {
        return Some(format!("{path} does not exist"));
    }
    let test = test?;
    let code = fs::read_to_string(&file).unwrap_or_default();
    let is_there = match file.extension().and_then(OsStr::to_str) {
        Some("rs") => code.contains(&format!("fn {test}(")),
        _ => code.contains(&format!("test('{test}'")),
    };
    (!is_there).then(|| format!("{path} has no test {test}"))
}

#[test]
fn every_requirement_is_answered_and_the_answers_are_counted() {
    let answers = answers(DOCUMENT);
    let expected = SECTIONS
        .iter()
        .flat_map(|(section, count)| (1..=*count).map(move |number| format!("{section}.{number}")));
    let numbers: Vec<_> = answers.iter().map(|(number, _)| number.clone()).collect();
    assert_eq!(numbers, expected.collect::<Vec<_>>());
    for chapter in CHAPTERS {
        let start = format!("{chapter}.");
        let own = answers.iter().filter(|(number, _)| number.starts_with(&start));
        let row = row(chapter, own.map(|(_, answer)| *answer));
        assert!(DOCUMENT.contains(&row), "the table must have the row {row}");
    }
    let all = row("all", answers.iter().map(|(_, answer)| *answer));
    assert!(DOCUMENT.contains(&all), "the table must have the row {all}");
}

#[test]
fn every_file_and_test_that_is_named_exists() {
    let names = names(DOCUMENT);
    let tests = names.iter().filter(|name| name.contains("::"));
    assert!(tests.count() > 100, "the document names its tests");
    let missing: Vec<_> = names.into_iter().filter_map(missing).collect();
    assert!(missing.is_empty(), "infra/security.md: {missing:#?}");
}

#[test]
fn what_does_not_exist_is_found() {
    let own = "infra/xtask/src/security_document.rs";
    assert_eq!(missing(&format!("{own}::what_does_not_exist_is_found")), None);
    assert_eq!(missing("KeepDays"), None);
    for wrong in [
        &format!("{own}::what_does_not"),
        "infra/no-such-file.rs",
        "infra/no-such-file.rs::a_test",
        "infra/no-such-folder/",
        "tests/browser/sessions.spec.ts::no such test",
    ] {
        assert!(missing(wrong).is_some(), "{wrong}");
    }
}

#[test]
#[should_panic(expected = "7.1.1 has 2 answers in place of one")]
fn a_requirement_has_one_answer() {
    answer("7.1.1** (2) Limits. *Satisfied*: how. *Not*: because.");
}
