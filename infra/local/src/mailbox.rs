//! The mailbox of all recipients in the local run, in memory or as files.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{data::write_whole, error::StartError};

/// The sent messages. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    contents: Arc<Mutex<Contents>>,
}

#[derive(Debug, Default)]
struct Contents {
    /// The folder with an `.eml` file for mail programs and a `.json` file to load each message
    /// from. `None` keeps all in memory.
    folder: Option<PathBuf>,
    /// The messages by id, oldest first.
    messages: BTreeMap<String, Message>,
    /// The source of each message, in memory.
    sources: BTreeMap<String, Vec<u8>>,
    /// The number of the newest message.
    newest: u64,
}

/// A sent message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// A number of eight digits, in the order of sending.
    pub id: String,
    /// The sender: `Example Portal <portal@example.com>`.
    pub from: String,
    /// The recipients, separated by `, `.
    pub to: String,
    /// The reply addresses, separated by `, `. Empty if replies go to the sender.
    pub reply_to: String,
    /// The subject, decoded.
    pub subject: String,
    /// The plain text body.
    pub text: String,
    /// The HTML body.
    pub html: String,
    /// Every http and https URL in the plain text.
    pub links: Vec<String>,
    /// The further headers, by name.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The message's SES tags, which SES repeats in its reports.
    pub tags: BTreeMap<String, String>,
    /// The time of sending by Portico's clock.
    pub sent_at: Timestamp,
}

impl Mailbox {
    /// Opens the mailbox in `folder`.
    pub(crate) fn open(folder: PathBuf) -> Result<Self, StartError> {
        fs::create_dir_all(&folder).map_err(StartError::file(&folder))?;
        let mut messages = BTreeMap::new();
        for entry in fs::read_dir(&folder).map_err(StartError::file(&folder))? {
            let file = entry.map_err(StartError::file(&folder))?.path();
            if file.extension().is_some_and(|extension| extension == "json") {
                let message = read(&file).map_err(StartError::file(&file))?;
                messages.insert(message.id.clone(), message);
            }
        }
        let newest = messages.keys().next_back().and_then(|id| id.parse().ok()).unwrap_or_default();
        let contents =
            Contents { folder: Some(folder), messages, sources: BTreeMap::new(), newest };
        Ok(Self { contents: Arc::new(Mutex::new(contents)) })
    }

    /// Returns all messages, newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.contents().messages.values().rev().cloned().collect()
    }

    /// Returns one message.
    #[must_use]
    pub fn message(&self, id: &str) -> Option<Message> {
        self.contents().messages.get(id).cloned()
    }

    /// Returns the newest message to an address.
    #[must_use]
    pub fn newest_to(&self, address: &str) -> Option<Message> {
        self.contents().messages.values().rev().find(|message| message.is_to(address)).cloned()
    }

    /// Returns a message's source, in the Internet Message Format (RFC 5322).
    pub fn source(&self, id: &str) -> io::Result<Option<Vec<u8>>> {
        let contents = self.contents();
        match (&contents.folder, contents.messages.contains_key(id)) {
            (Some(folder), true) => fs::read(folder.join(id).with_extension("eml")).map(Some),
            _ => Ok(contents.sources.get(id).cloned()),
        }
    }

    /// Stores the message and the source that `write` returns for the next id.
    pub(crate) fn keep(
        &self,
        write: impl FnOnce(String) -> io::Result<(Message, Vec<u8>)>,
    ) -> io::Result<String> {
        let mut contents = self.contents();
        let id = format!("{:08}", contents.newest + 1);
        let (message, source) = write(id.clone())?;
        if let Some(folder) = &contents.folder {
            // The .json file comes last: a message exists once its .json does.
            write_whole(&folder.join(&id).with_extension("eml"), &source)?;
            write_whole(
                &folder.join(&id).with_extension("json"),
                &serde_json::to_vec_pretty(&message)?,
            )?;
        } else {
            contents.sources.insert(id.clone(), source);
        }
        contents.messages.insert(id.clone(), message);
        contents.newest += 1;
        Ok(id)
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Message {
    /// Checks whether the message was sent to an address.
    #[must_use]
    pub fn is_to(&self, address: &str) -> bool {
        let bare = |address: &str| {
            address.rsplit('<').next().unwrap_or_default().trim_end_matches('>').to_owned()
        };
        self.to.split(", ").any(|recipient| bare(recipient).eq_ignore_ascii_case(address))
    }
}

fn read(file: &Path) -> io::Result<Message> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

/// Returns the http and https URLs in a text, without the punctuation that ends a sentence.
pub(crate) fn links(text: &str) -> Vec<String> {
    let words =
        text.split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"'));
    let urls = words.filter_map(|word| {
        let start = word.find("https://").or_else(|| word.find("http://"))?;
        Some(
            word[start..]
                .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\''])
                .to_owned(),
        )
    });
    urls.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_as_a_reader_would_follow_them() {
        let text = "Open http://localhost:3000/link/#A.P.I.S-_1.\n\
                    Or <https://example.com/?a=b&c=d>, (see https://example.org).";
        assert_eq!(
            links(text),
            [
                "http://localhost:3000/link/#A.P.I.S-_1",
                "https://example.com/?a=b&c=d",
                "https://example.org"
            ]
        );
        assert!(links("nothing here, not even http:").is_empty());
    }

    #[test]
    fn a_recipient_is_found_with_and_without_a_name() {
        let mailbox = Mailbox::default();
        for to in ["Ana Alba <ana@example.org>", "ben@example.org, Cem <cem@example.org>"] {
            mailbox.keep(|id| Ok((message(id, to), b"source".to_vec()))).expect("kept");
        }
        assert_eq!(
            mailbox.newest_to("ANA@example.org").map(|message| message.id),
            Some("00000001".into())
        );
        assert_eq!(
            mailbox.newest_to("cem@example.org").map(|message| message.id),
            Some("00000002".into())
        );
        assert_eq!(mailbox.newest_to("na@example.org"), None);
    }

    fn message(id: String, to: &str) -> Message {
        let empty = String::new;
        Message {
            id,
            from: empty(),
            to: to.into(),
            reply_to: empty(),
            subject: empty(),
            text: empty(),
            html: empty(),
            links: vec![],
            headers: BTreeMap::new(),
            tags: BTreeMap::new(),
            sent_at: Timestamp::UNIX_EPOCH,
        }
    }
}
