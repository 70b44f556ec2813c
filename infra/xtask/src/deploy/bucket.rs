//! The site's bucket in S3.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::{aws::AwsCli, private_file::PrivateFile};

/// S3's limit for one request to delete objects.
const MAX_KEYS_PER_DELETION: usize = 1000;

/// The AWS CLI uploads a file of this size or larger in parts of this size, in bytes.
const PART_SIZE: usize = 8 * 1024 * 1024;

/// The site's bucket.
pub(super) struct Bucket<'a> {
    pub(super) aws: &'a AwsCli,
    pub(super) name: &'a str,
}

impl Bucket<'_> {
    /// Returns the ETag of each file, by key.
    pub(super) fn list(&self) -> Result<BTreeMap<String, String>> {
        let list = self.aws.json(&["s3api", "list-objects-v2", "--bucket", self.name])?;
        let files = list["Contents"].as_array().into_iter().flatten();
        let etags = files.filter_map(|file| {
            let (key, etag) = (file["Key"].as_str()?, file["ETag"].as_str()?);
            Some((key.to_owned(), etag.trim_matches('"').to_owned()))
        });
        Ok(etags.collect())
    }

    /// Uploads all files of a folder with these headers.
    pub(super) fn upload(
        &self,
        folder: &Path,
        content_type: &str,
        cache_control: &str,
    ) -> Result<()> {
        let (source, target) = (folder.to_string_lossy(), format!("s3://{}/", self.name));
        let command = ["s3", "cp", &source, &target, "--recursive", "--quiet"];
        let headers = ["--content-type", content_type, "--cache-control", cache_control];
        self.aws.run(&[command.as_slice(), &headers].concat())
    }

    /// Deletes files.
    pub(super) fn delete(&self, keys: &BTreeSet<String>) -> Result<()> {
        let keys: Vec<Value> = keys.iter().map(|key| json!({ "Key": key })).collect();
        for keys in keys.chunks(MAX_KEYS_PER_DELETION) {
            let request = json!({ "Objects": keys, "Quiet": true });
            let file = PrivateFile::write("json", &request.to_string())?;
            let command = ["s3api", "delete-objects", "--bucket", self.name];
            let result = self.aws.json(&[&command[..], &["--delete", &file.url()]].concat())?;
            if let Some(error) = result["Errors"].get(0) {
                let (key, message) = (&error["Key"], &error["Message"]);
                bail!("cannot delete {key} from the site's bucket: {message}");
            }
        }
        Ok(())
    }
}

/// Returns the ETag that S3 computes for a file uploaded by the AWS CLI.
///
/// It is the MD5 of the content; for an upload in parts that of the parts' MD5s, and their number.
pub(super) fn etag(content: &[u8]) -> String {
    if content.len() < PART_SIZE {
        return format!("{:x}", md5::compute(content));
    }
    let parts: Vec<[u8; 16]> = content.chunks(PART_SIZE).map(|part| md5::compute(part).0).collect();
    format!("{:x}-{}", md5::compute(parts.concat()), parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn etags_are_those_of_s3() {
        assert_eq!(etag(b""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(etag(&vec![0; PART_SIZE]), "9ed977000dc166f25a9b9ef26fb3c3fc-1");
        assert_eq!(etag(&vec![0; PART_SIZE + 1]), "a5eb57d36bf73a683183c5a0fb4a37ab-2");
    }
}
