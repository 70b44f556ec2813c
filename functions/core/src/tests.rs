//! Checks that the table in `lib.rs` lists every module, and that each names only those above it.

use std::{
    fs,
    path::{Path, PathBuf},
};

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Returns the layers of the table in `lib.rs`, lowest first, as `crate::` paths name them.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(SRC).join("lib.rs")).expect("lib.rs");
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    rows.map(|row| row.split_once('`').expect("a module").0.to_owned()).collect()
}

/// Returns all source files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let is_source = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let nested = folders.iter().flat_map(|folder| sources(folder));
    files.into_iter().filter(is_source).chain(nested).collect()
}

/// Returns the name that follows `crate::`, or every name in the braces that follow it.
fn names_after(path: &str) -> Vec<&str> {
    let word_end = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_');
    let Some(list) = path.strip_prefix('{') else {
        return vec![&path[..word_end(path).unwrap_or(path.len())]];
    };
    let (mut names, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (index, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(&list[start..index]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(&list[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    let trimmed = names.into_iter().map(str::trim).filter(|name| !name.is_empty());
    trimmed.map(|name| &name[..word_end(name).unwrap_or(name.len())]).collect()
}

/// Returns the layer of a name in a `crate::` path.
fn layer_of(layers: &[String], name: &str) -> usize {
    let layer = match name {
        "error" | "Cause" | "Result" => "Error",
        other => other,
    };
    let position = layers.iter().position(|row| row == layer);
    position.unwrap_or_else(|| panic!("crate::{name} is not in the table of lib.rs"))
}

#[test]
fn the_table_lists_every_module() {
    let lib = fs::read_to_string(Path::new(SRC).join("lib.rs")).expect("lib.rs");
    let layers = layers();
    for line in lib.lines().filter(|line| line.starts_with("pub mod ")) {
        let module = line.trim_start_matches("pub mod ").trim_end_matches(';');
        assert!(layers.iter().any(|layer| layer == module), "{module} is not in the table");
    }
}

#[test]
fn every_module_names_only_modules_above_it_in_the_table() {
    let layers = layers();
    let mut upward = Vec::new();
    for file in sources(Path::new(SRC)) {
        let path = file.strip_prefix(SRC).expect("below src");
        let module = path.iter().next().and_then(|part| part.to_str()).expect("a name");
        let own = match module.trim_end_matches(".rs") {
            "lib" | "tests" => continue,
            module => layer_of(&layers, module),
        };
        let source = fs::read_to_string(&file).expect("a source");
        let code: Vec<_> =
            source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for used in code.join("\n").split("crate::").skip(1).flat_map(names_after) {
            if layer_of(&layers, used) > own {
                upward.push(format!("{} names {used}", path.display()));
            }
        }
    }
    assert_eq!(upward, [""; 0], "arrows that point up");
}
