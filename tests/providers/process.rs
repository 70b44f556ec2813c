//! A provider's process.

use std::{path::Path, process::Stdio};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// A provider in a process of its own, which ends with this.
pub(crate) struct Process {
    /// Its issuer.
    pub(crate) issuer: String,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// Killed when dropped, by its handle.
    _child: Child,
}

impl Process {
    /// Starts a script of this folder.
    pub(crate) async fn start(program: &Path, script: &str, settings: &Value) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers").join(script);
        let mut child = Command::new(program)
            .arg(script)
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut started = Self { issuer: String::new(), input, output, _child: child };
        let line = started.line().await;
        line.strip_prefix("listening ").expect("its issuer").clone_into(&mut started.issuer);
        started
    }

    /// Carries out a command and waits until it is done.
    pub(crate) async fn command(&mut self, command: &str) {
        self.input.write_all(format!("{command}\n").as_bytes()).await.expect("it runs");
        assert_eq!(self.line().await, "done", "{command}");
    }

    async fn line(&mut self) -> String {
        self.output.next_line().await.expect("it runs").expect("a line; see its error above")
    }
}
