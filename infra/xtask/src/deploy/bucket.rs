//! The site's bucket: what is in it, and changing that.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::{Value, json};

use crate::{
    aws::{Aws, file},
    private_file::PrivateFile,
};

/// The most keys that S3 deletes at once.
const AT_ONCE: usize = 1000;

/// The bucket.
pub(super) struct Bucket<'a> {
    pub(super) aws: &'a Aws,
    pub(super) name: &'a str,
}

impl Bucket<'_> {
    /// Returns what S3 knows every file's content by, its ETag, by the file's key.
    pub(super) fn list(&self) -> Result<BTreeMap<String, String>, String> {
        let listed = self.aws.ask(&["s3api", "list-objects-v2", "--bucket", self.name])?;
        let files = listed["Contents"].as_array().into_iter().flatten();
        Ok(files
            .filter_map(|it| {
                Some((
                    it["Key"].as_str()?.to_owned(),
                    it["ETag"].as_str()?.trim_matches('"').to_owned(),
                ))
            })
            .collect())
    }

    /// Uploads everything in a folder with these headers.
    pub(super) fn upload(
        &self,
        folder: &Path,
        content_type: &str,
        cache_control: &str,
    ) -> Result<(), String> {
        let (source, target) = (folder.to_string_lossy(), format!("s3://{}/", self.name));
        let headers = ["--content-type", content_type, "--cache-control", cache_control];
        self.aws.tell(
            &[["s3", "cp", &source, &target, "--recursive", "--quiet"].as_slice(), &headers]
                .concat(),
        )
    }

    /// Deletes files.
    pub(super) fn delete(&self, keys: &BTreeSet<String>) -> Result<(), String> {
        let keys: Vec<Value> = keys.iter().map(|it| json!({ "Key": it })).collect();
        for some in keys.chunks(AT_ONCE) {
            let list =
                PrivateFile::write("json", &json!({ "Objects": some, "Quiet": true }).to_string())?;
            let told = self.aws.ask(&[
                "s3api",
                "delete-objects",
                "--bucket",
                self.name,
                "--delete",
                &file(list.path()),
            ])?;
            if let Some(error) = told["Errors"].get(0) {
                return Err(format!(
                    "{} cannot be deleted from the site's bucket: {}",
                    error["Key"], error["Message"]
                ));
            }
        }
        Ok(())
    }
}

/// The size from which on the command line uploads a file in parts, and the size of a part.
const PART: usize = 8 * 1024 * 1024;

/// Returns the ETag that S3 gives to what is uploaded by the command line: the content's MD5, or for a large one that of its parts' MD5s.
pub(super) fn etag(content: &[u8]) -> String {
    if content.len() < PART {
        return format!("{:x}", md5::compute(content));
    }
    let parts: Vec<[u8; 16]> = content.chunks(PART).map(|it| md5::compute(it).0).collect();
    format!("{:x}-{}", md5::compute(parts.concat()), parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_known_as_s3_knows_it() {
        assert_eq!(etag(b""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(etag(&vec![0; PART]), "9ed977000dc166f25a9b9ef26fb3c3fc-1");
        assert_eq!(etag(&vec![0; PART + 1]), "a5eb57d36bf73a683183c5a0fb4a37ab-2");
    }
}
