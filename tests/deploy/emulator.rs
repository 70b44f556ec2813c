//! An AWS of this machine's own: emulator.py in a folder and on ports of its own, gone with the test.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    time::Duration,
};

use serde_json::Value;

/// The region it plays.
pub(crate) const REGION: &str = "eu-central-1";

/// Where Linux keeps what moves a program's clock (Debian's package faketime).
const LIBFAKETIME: &str = "faketime/libfaketime.so.1";

/// The running emulator.
pub(crate) struct Emulator {
    child: Child,
    folder: PathBuf,
    port: u16,
    /// Where the functions expect the identity provider.
    pub(crate) provider_port: u16,
    /// Where it hands mail to.
    pub(crate) companion_port: u16,
}

impl Emulator {
    /// Starts it and returns when it answers.
    pub(crate) async fn start() -> Result<Self, String> {
        let python = root().join("target/venv/bin/python");
        if !python.exists() {
            return Err(format!(
                "{} is missing; cargo xtask test deploy makes it",
                python.display()
            ));
        }
        let folder = env::temp_dir().join(format!("portico-deploy-{}", id()));
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join("clock"), "+0\n"))
            .map_err(|error| error.to_string())?;
        let [port, provider_port, companion_port] =
            free_ports().map_err(|error| error.to_string())?;
        let log = fs::File::create(folder.join("log")).map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let mut command = Command::new(python);
        command.arg(root().join("tests/deploy/emulator.py"));
        aws_environment(&mut command, port);
        command
            // Who may do what is enforced as on AWS.
            .envs([
                ("AUTH", "true"),
                ("BIND_HOST", "127.0.0.1"),
                ("IOT_MTLS_ENABLED", "0"),
                ("MINISTACK_REGION", REGION),
            ])
            .envs([
                ("GATEWAY_PORT", port.to_string()),
                ("COMPANION_PORT", companion_port.to_string()),
            ])
            .envs([
                ("FAKETIME_TIMESTAMP_FILE", folder.join("clock")),
                ("LIBFAKETIME", libfaketime()?),
                ("TMPDIR", folder.clone()),
            ])
            // It ends when this is closed, which is when this process is gone.
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(errors)
            // So that it ends together with the functions it has started.
            .process_group(0);
        let child =
            command.spawn().map_err(|error| format!("the emulator cannot be started: {error}"))?;
        let mut emulator = Self { child, folder, port, provider_port, companion_port };
        emulator.answers().await?;
        Ok(emulator)
    }

    async fn answers(&mut self) -> Result<(), String> {
        let health = format!("{}/_ministack/health", self.endpoint());
        for _ in 0..600 {
            if reqwest::get(&health).await.is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the emulator ended with {status}:\n{}", self.log()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("the emulator does not answer within a minute:\n{}", self.log()))
    }

    /// Returns where AWS answers.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns where the site answers. Browsers take localhost for safe, so that cookies work without TLS.
    pub(crate) fn site(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Returns the file that holds how far the functions' clock is moved.
    pub(crate) fn clock(&self) -> PathBuf {
        self.folder.join("clock")
    }

    /// Returns the file that tells the suites of the deployment.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("deployment.json")
    }

    /// Returns a folder for what the test keeps while it runs.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a tool of the Python environment against it, and returns what it prints.
    pub(crate) fn tool(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(root().join("target/venv/bin").join(name));
        aws_environment(&mut command, self.port);
        let output = command
            .args(arguments)
            .current_dir(root())
            .output()
            .map_err(|error| format!("{name} cannot be started: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(format!(
                "{name} {}:\n{}\n{}",
                arguments.join(" "),
                text(&output.stdout),
                text(&output.stderr)
            ))
        }
    }

    /// Runs the AWS command line against it, and returns its answer.
    pub(crate) fn aws(&self, arguments: &[&str]) -> Result<Value, String> {
        let answer = self.tool("aws", arguments)?;
        if answer.trim().is_empty() {
            Ok(Value::Null)
        } else {
            serde_json::from_str(&answer).map_err(|error| format!("{answer}: {error}"))
        }
    }

    /// Returns the end of what it has logged.
    pub(crate) fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Whatever is left of it is a program on this machine that nobody needs.
        let _ended =
            Command::new("kill").args(["-9", "--", &format!("-{}", self.child.id())]).status();
        let _ended = self.child.wait();
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What every program needs to take the emulator for AWS, and to ask nobody else.
fn aws_environment(command: &mut Command, port: u16) {
    command.envs([("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))]).envs([
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_REGION", REGION),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_PAGER", ""),
        ("SAM_CLI_TELEMETRY", "0"),
        // Seconds between two looks at the deployment's progress, which are five else.
        ("SAM_CLI_POLL_DELAY", "0.2"),
    ]);
}

fn free_ports() -> std::io::Result<[u16; 3]> {
    // All held until all are drawn, so that no two are the same.
    let drawn = [
        TcpListener::bind("127.0.0.1:0")?,
        TcpListener::bind("127.0.0.1:0")?,
        TcpListener::bind("127.0.0.1:0")?,
    ];
    let [a, b, c] = drawn.each_ref().map(TcpListener::local_addr);
    Ok([a?.port(), b?.port(), c?.port()])
}

fn libfaketime() -> Result<PathBuf, String> {
    let folders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    let found = folders.iter().map(|it| Path::new(it).join(LIBFAKETIME)).find(|it| it.exists());
    found.ok_or_else(|| format!("{LIBFAKETIME} is missing: apt-get install faketime"))
}
