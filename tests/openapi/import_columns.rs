//! The columns that files may have are the members of a row in the document.

use portico::domain::import::RecordKind;

use crate::document::{Document, items, members};

#[test]
fn files_have_the_columns_of_the_api() {
    let document = Document::read();
    let schemas = &document.0["components"]["schemas"];
    for (kind, request, row) in [
        (RecordKind::Accounts, "AccountImport", "AccountImportRow"),
        (RecordKind::Professionals, "Import", "ImportRow"),
    ] {
        let mut members: Vec<_> =
            members(&schemas[row]["properties"]).map(|(name, _)| name.as_str()).collect();
        let mut columns: Vec<_> = kind.columns().map(|column| column.name.as_str()).collect();
        members.sort_unstable();
        columns.sort_unstable();
        assert_eq!(columns, members, "{row}");
        let required: Vec<_> = kind
            .columns()
            .filter(|column| column.required)
            .map(|column| column.name.as_str())
            .collect();
        let documented: Vec<_> =
            items(&schemas[row]["required"]).filter_map(|name| name.as_str()).collect();
        assert_eq!(required, documented, "{row}");
        let most = schemas[request]["properties"]["rows"]["maxItems"].as_u64();
        assert_eq!(most, Some(kind.rows_per_request() as u64), "{request}");
    }
}
