//! Checks that no comment of Rust or TypeScript is wider than the code: the formatters leave
//! comments as they are.

use std::{fs, path::Path};

use crate::process::root;

/// `max_width` of rustfmt.toml, `lineWidth` of biome.jsonc.
const WIDTH: usize = 100;

/// The folders with code of our own.
const FOLDERS: [&str; 5] = ["functions", "infra", "site/build", "site/src", "tests"];

/// Adds the comments below `folder` that are too wide: file, line and text.
fn find_wide(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "node_modules" {
                find_wide(&path, found);
            }
        } else if [".rs", ".ts", ".mjs"].iter().any(|extension| name.ends_with(extension))
            && !name.ends_with(".generated.ts")
        {
            let text = fs::read_to_string(&path).expect("text");
            let wide = text.lines().enumerate().filter(|(_, line)| is_wide_comment(line));
            found.extend(
                wide.map(|(index, line)| {
                    format!("{}:{}: {}", path.display(), index + 1, line.trim())
                }),
            );
        }
    }
}

fn is_wide_comment(line: &str) -> bool {
    let text = line.trim_start();
    // A row of a table cannot be broken.
    let is_table = text.starts_with("//! |");
    ["//", "/*", "* "].iter().any(|start| text.starts_with(start))
        && !is_table
        && line.chars().count() > WIDTH
}

#[test]
fn no_comment_is_wider_than_the_code() {
    let mut found = Vec::new();
    for folder in FOLDERS {
        find_wide(&root().join(folder), &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_wide_comment_is_found_and_wide_code_is_not() {
    let wide = "x".repeat(WIDTH);
    assert!(is_wide_comment(&format!("    /// {wide}")));
    assert!(is_wide_comment(&format!(" * {wide}")));
    assert!(!is_wide_comment(&format!("let {wide};")));
    assert!(!is_wide_comment("// short"));
}
