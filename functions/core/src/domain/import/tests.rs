use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::*;
use crate::domain::{FieldErrorCode, Language};

/// What the page and the operator's command are tested with too.
#[derive(Deserialize)]
struct Vectors {
    keys: BTreeMap<String, Vec<String>>,
    columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

const KINDS: [RecordKind; 2] = [RecordKind::Accounts, RecordKind::Professionals];

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../import-columns.test.json")).expect("vectors")
}

/// Reads a row of one column, with a value in the required ones.
fn cell(kind: RecordKind, column: &str, cell: &str) -> Option<String> {
    let required = kind.columns().filter(|column| column.required);
    let cells: BTreeMap<_, _> = required
        .map(|required| (required.name.clone(), Some("x".to_owned())))
        .chain([(column.to_owned(), Some(cell.to_owned()))])
        .collect();
    Row::new(kind, cells).expect("a row").get(column).map(str::to_owned)
}

#[test]
fn names_are_compared_by_their_letters_and_digits() {
    for (key, names) in vectors().keys {
        for name in names {
            assert_eq!(name_key(&name), key, "{name:?}");
        }
    }
}

#[test]
fn columns_are_found_by_their_names_in_every_language() {
    for (kind, columns) in vectors().columns {
        let kind =
            if kind == "accounts" { RecordKind::Accounts } else { RecordKind::Professionals };
        for (column, names) in columns {
            for name in names {
                let found = kind.find_column(&name).map(|column| column.name.as_str());
                assert_eq!(found, Some(column.as_str()), "{name:?}");
            }
        }
    }
    assert!(RecordKind::Accounts.find_column("").is_none());
}

#[test]
fn every_column_has_a_title_and_a_hint_in_every_language_and_no_two_share_a_name() {
    let languages: BTreeSet<_> =
        Language::ALL.iter().map(|language| language.tag().to_owned()).collect();
    for kind in KINDS {
        let mut keys = BTreeSet::new();
        for column in kind.all_columns() {
            for texts in [&column.titles, &column.hints] {
                assert_eq!(texts.keys().cloned().collect::<BTreeSet<_>>(), languages);
                assert!(texts.values().all(|text| !text.is_empty()), "{}", column.name);
            }
            let names = [&column.name].into_iter().chain(column.titles.values());
            let names: BTreeSet<_> =
                names.chain(&column.aliases).map(|name| name_key(name)).collect();
            for name in names {
                assert!(!name.is_empty() && keys.insert(name.clone()), "{name} is there twice");
            }
        }
    }
}

#[test]
fn no_word_stands_for_two_values() {
    for cell_type in [CellType::Language, CellType::YesNo, CellType::AccountKind] {
        let words = cell_type.words().expect("words").values().flatten();
        let keys: Vec<_> = words.map(|word| name_key(word)).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }
    let named = CellType::Language.words().expect("words");
    assert!(Language::ALL.iter().all(|language| named.contains_key(language.tag())));
}

#[test]
fn days_are_read_where_nobody_can_mistake_them() {
    for text in [
        "2027-12-31",
        "2027/12/31",
        "2027.12.31",
        "31.12.2027",
        "31. 12. 2027",
        "2027-12-31 00:00:00",
        "2027-12-31T00:00:00",
        " 31.12.2027\u{a0}",
    ] {
        assert_eq!(cell(RecordKind::Accounts, "ends_on", text).as_deref(), Some("2027-12-31"));
    }
    assert_eq!(cell(RecordKind::Accounts, "ends_on", "1.2.2027").as_deref(), Some("2027-02-01"));
    for text in [
        "12/31/2027",
        "31/12/2027",
        "31-12-2027",
        "31.12.27",
        "46752",
        "2027-02-29",
        "00.00.0000",
        "2027-12-31 08:00:00",
        "+2027-12-31",
        "tomorrow",
    ] {
        assert_eq!(cell(RecordKind::Accounts, "ends_on", text).as_deref(), Some(text));
    }
}

#[test]
fn kinds_languages_and_yes_are_understood_in_every_language() {
    let kind = |text| cell(RecordKind::Accounts, "kind", text).expect("a kind");
    for (text, value) in [("Kunde", "customer"), ("PARTNER ", "partner"), ("vendor", "vendor")] {
        assert_eq!(kind(text), value);
    }
    let language = |text| cell(RecordKind::Professionals, "language", text).expect("a language");
    for (text, value) in [
        ("DE", "de"),
        ("Deutsch", "de"),
        ("english", "en"),
        ("pt_br", "pt-BR"),
        ("de-at", "de-AT"),
        ("Klingon", "klingon"),
    ] {
        assert_eq!(language(text), value);
    }
    for (text, value) in [
        ("Ja", Ok(true)),
        ("x", Ok(true)),
        ("TRUE", Ok(true)),
        ("nein", Ok(false)),
        ("", Ok(false)),
        ("perhaps", Err(FieldErrorCode::YesOrNo)),
    ] {
        let cells = [("name", "A"), ("email", "a@people.example"), ("administrator", text)];
        let cells = cells.map(|(name, cell)| (name.to_owned(), Some(cell.to_owned())));
        let row = Row::new(RecordKind::Professionals, cells).expect("a row");
        assert_eq!(row.yes_no("administrator"), value, "{text}");
    }
}

#[test]
fn what_pasting_and_exporting_add_is_removed() {
    let name = |text| cell(RecordKind::Professionals, "title", text);
    assert_eq!(name("\u{a0}'t Hooft ").as_deref(), Some("'t Hooft"));
    assert_eq!(name("'+49 30 1").as_deref(), Some("+49 30 1"));
    assert_eq!(name(" \u{a0}"), None);
}

#[test]
fn a_column_that_is_unknown_or_missing_is_named() {
    let new = |names: &[&str]| {
        let cells = names.iter().map(|name| ((*name).to_owned(), Some(String::new())));
        Row::new(RecordKind::Professionals, cells)
    };
    assert!(new(&["name", "email"]).is_ok());
    assert_eq!(new(&["name"]), Err("missing field `email`".to_owned()));
    // An account stands in the path.
    for unknown in ["account", "E-Mail"] {
        let error = new(&["name", "email", unknown]).expect_err("unknown");
        assert!(error.starts_with(&format!("unknown field `{unknown}`, expected")), "{error}");
    }
}
