//! Runs the AWS emulator, emulator.py, in a temporary folder and on free ports while the test runs.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    time::Duration,
};

use serde_json::Value;

/// The emulated region.
pub(crate) const REGION: &str = "eu-central-1";

/// The library that sets a program's clock (Debian's package faketime).
const LIBFAKETIME: &str = "faketime/libfaketime.so.1";

/// The running emulator.
pub(crate) struct Emulator {
    child: Child,
    folder: PathBuf,
    port: u16,
    /// The port on which the functions expect the identity provider.
    pub(crate) provider_port: u16,
    /// The port to which the emulator sends mail.
    pub(crate) companion_port: u16,
}

impl Emulator {
    /// Starts the emulator and returns when it responds.
    pub(crate) async fn start() -> Result<Self, String> {
        let python = root().join("target/venv/bin/python");
        if !python.exists() {
            return Err(format!(
                "{} is missing; cargo xtask test deploy creates it",
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
            // Enforces IAM policies as on AWS.
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
            // The emulator stops when its standard input is closed, also when this process is
            // killed.
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(errors)
            // A process group of its own, so that the functions stop with the emulator.
            .process_group(0);
        let child =
            command.spawn().map_err(|error| format!("cannot start the emulator: {error}"))?;
        let mut emulator = Self { child, folder, port, provider_port, companion_port };
        emulator.answers().await?;
        Ok(emulator)
    }

    async fn answers(&mut self) -> Result<(), String> {
        let health = format!("{}/_ministack/health", self.endpoint());
        for _ in 0..300 {
            if reqwest::get(&health).await.is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the emulator stopped with {status}:\n{}", self.log()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("the emulator does not respond within 30 seconds:\n{}", self.log()))
    }

    /// Returns the endpoint of the AWS services.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the site's URL. Browsers treat localhost as secure, so cookies work without TLS.
    pub(crate) fn site(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Returns the file with the offset of the functions' clock.
    pub(crate) fn clock(&self) -> PathBuf {
        self.folder.join("clock")
    }

    /// Returns the file that describes the deployment to the tests.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("deployment.json")
    }

    /// Returns the test's temporary folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a tool of the Python environment against the emulator, and returns its output.
    pub(crate) fn tool(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(root().join("target/venv/bin").join(name));
        aws_environment(&mut command, self.port);
        let output = command
            .args(arguments)
            .current_dir(root())
            .output()
            .map_err(|error| format!("cannot start {name}: {error}"))?;
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

    /// Runs an AWS CLI command against the emulator, and returns its JSON.
    pub(crate) fn aws(&self, arguments: &[&str]) -> Result<Value, String> {
        let answer = self.tool("aws", arguments)?;
        if answer.trim().is_empty() {
            Ok(Value::Null)
        } else {
            serde_json::from_str(&answer).map_err(|error| format!("{answer}: {error}"))
        }
    }

    /// Returns the end of the emulator's log.
    pub(crate) fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Kills the whole process group, also the functions.
        let _ended =
            Command::new("kill").args(["-9", "--", &format!("-{}", self.child.id())]).status();
        let _ended = self.child.wait();
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

/// Returns the repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Sets the environment that makes a program use the emulator and no other AWS.
fn aws_environment(command: &mut Command, port: u16) {
    command.envs([("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))]).envs([
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_REGION", REGION),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_PAGER", ""),
        ("SAM_CLI_TELEMETRY", "0"),
    ]);
}

fn free_ports() -> std::io::Result<[u16; 3]> {
    // All bound at the same time, so that no two are the same.
    let bound = [
        TcpListener::bind("127.0.0.1:0")?,
        TcpListener::bind("127.0.0.1:0")?,
        TcpListener::bind("127.0.0.1:0")?,
    ];
    let [a, b, c] = bound.each_ref().map(TcpListener::local_addr);
    Ok([a?.port(), b?.port(), c?.port()])
}

fn libfaketime() -> Result<PathBuf, String> {
    let folders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    let found =
        folders.iter().map(|folder| Path::new(folder).join(LIBFAKETIME)).find(|file| file.exists());
    found.ok_or_else(|| format!("{LIBFAKETIME} is missing: apt-get install faketime"))
}
