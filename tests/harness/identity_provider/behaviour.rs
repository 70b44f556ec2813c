//! What a provider says, where a test wants other than usual.

use std::{fmt, sync::Arc, time::Duration};

use serde_json::{Map, Value, json};

use super::TestKey;

/// What a provider says. Every part can be changed at any time.
#[derive(Clone, Debug)]
pub struct Behaviour {
    /// The answers with its metadata.
    pub metadata: Answering,
    /// The answers with its keys.
    pub keys: Answering,
    /// The answers with tokens.
    pub token: Answering,
    /// The JSON Web Keys that it publishes.
    pub published: Vec<Value>,
    /// What it signs ID tokens with.
    pub signer: Signer,
    /// The algorithm in the header of ID tokens, with which a key signs.
    pub algorithm: String,
    /// The other members of the header.
    pub header: Value,
    /// Changes the claims of ID tokens, in which `iat` is the time and `exp` five minutes later.
    pub claims: Edit,
    /// Changes the claims' text.
    pub payload: Rewrite,
    /// The methods of client authentication that it takes, by their registered names.
    pub client_auth: Vec<&'static str>,
    /// The key of the client that authenticates with one, and the key's id.
    pub client_key: Option<(TestKey, &'static str)>,
    /// The further parameters of the way back to the portal.
    pub callback: Vec<(&'static str, String)>,
    /// The error, and its description, with which it sends people back instead of a code.
    pub error: Option<(&'static str, &'static str)>,
    /// The prompts that it refuses, each with the error.
    pub refused_prompts: Vec<(&'static str, &'static str)>,
}

/// How an endpoint answers.
#[derive(Clone, Debug)]
pub struct Answering {
    /// The status code.
    pub status: u16,
    /// The content type; empty for none.
    pub content_type: &'static str,
    /// Changes the answer's members.
    pub members: Edit,
    /// Changes the answer's text.
    pub text: Rewrite,
    /// How long it waits. [`Duration::MAX`] never answers.
    pub delay: Duration,
}

/// What an ID token is signed with.
#[derive(Clone, Debug)]
pub enum Signer {
    /// A private key.
    Key(TestKey),
    /// A shared secret (HS256).
    Secret(Vec<u8>),
    /// Nothing: the signature is empty.
    Nothing,
    /// Something else: these bytes are the signature.
    Bytes(Vec<u8>),
}

/// A change of the members of a JSON object.
#[derive(Clone, Default)]
pub struct Edit(Option<Arc<EditFn>>);

/// A change of a text into bytes.
#[derive(Clone, Default)]
pub struct Rewrite(Option<Arc<RewriteFn>>);

type EditFn = dyn Fn(&mut Map<String, Value>) + Send + Sync;
type RewriteFn = dyn Fn(&str) -> Vec<u8> + Send + Sync;

impl Default for Behaviour {
    fn default() -> Self {
        let key = TestKey::P256(1);
        Self {
            metadata: Answering::default(),
            keys: Answering::default(),
            token: Answering::default(),
            published: vec![key.jwk(json!({ "kid": "first", "use": "sig", "alg": "ES256" }))],
            signer: Signer::Key(key),
            algorithm: "ES256".to_owned(),
            header: json!({ "kid": "first", "typ": "JWT" }),
            claims: Edit::default(),
            payload: Rewrite::default(),
            client_auth: vec!["client_secret_basic"],
            client_key: None,
            callback: Vec::new(),
            error: None,
            refused_prompts: Vec::new(),
        }
    }
}

impl Behaviour {
    /// Publishes a key under an id, as the only one, and signs with it.
    pub fn use_key(&mut self, key: TestKey, algorithm: &str, id: &str) {
        self.published = vec![key.jwk(json!({ "kid": id, "use": "sig", "alg": algorithm }))];
        self.sign_with(key, algorithm, Some(id));
    }

    /// Signs with a key from now on, under an id or none.
    pub fn sign_with(&mut self, key: TestKey, algorithm: &str, id: Option<&str>) {
        self.signer = Signer::Key(key);
        algorithm.clone_into(&mut self.algorithm);
        self.header = match id {
            Some(id) => json!({ "kid": id, "typ": "JWT" }),
            None => json!({ "typ": "JWT" }),
        };
    }
}

impl Default for Answering {
    fn default() -> Self {
        Self {
            status: 200,
            content_type: "application/json",
            members: Edit::default(),
            text: Rewrite::default(),
            delay: Duration::ZERO,
        }
    }
}

impl Answering {
    /// Answers with an error and nothing else from now on.
    pub fn fail(&mut self, status: u16, body: Value) {
        self.status = status;
        self.text = Rewrite::new(move |_| body.to_string().into_bytes());
    }
}

impl Edit {
    /// Creates a change by a closure.
    pub fn new(edit: impl Fn(&mut Map<String, Value>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(edit)))
    }

    /// Sets these members.
    pub fn set(members: Value) -> Self {
        let Value::Object(members) = members else { panic!("{members} has no members") };
        Self::new(move |object| object.extend(members.clone()))
    }

    /// Takes a member out.
    pub fn without(name: &'static str) -> Self {
        Self::new(move |object| {
            object.remove(name);
        })
    }

    pub(super) fn apply(&self, object: &mut Value) {
        if let (Some(edit), Value::Object(object)) = (&self.0, object) {
            edit(object);
        }
    }
}

impl Rewrite {
    /// Creates a change by a closure.
    pub fn new(rewrite: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(rewrite)))
    }

    /// Says this and nothing else.
    pub fn to(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::new(move |_| bytes.clone())
    }

    /// Adds members to the end of the object, whether or not it has others of the name.
    pub fn append(members: impl Into<String>) -> Self {
        let members = members.into();
        Self::new(move |text| {
            let object = text.strip_suffix('}').expect("an object");
            format!("{object},{members}}}").into_bytes()
        })
    }

    /// Puts a byte order mark in front.
    pub fn byte_order_mark() -> Self {
        Self::new(|text| format!("\u{feff}{text}").into_bytes())
    }

    pub(super) fn apply(&self, text: String) -> Vec<u8> {
        match &self.0 {
            Some(rewrite) => rewrite(&text),
            None => text.into_bytes(),
        }
    }
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Edit" } else { "no edit" })
    }
}

impl fmt::Debug for Rewrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Rewrite" } else { "no rewrite" })
    }
}
