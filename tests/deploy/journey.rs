//! Runs a browser test through CloudFront: from an invitation to the list of people.

use std::{
    fs,
    process::{Child, Command, Stdio},
};

use serde_json::json;

use crate::{
    Done, companion,
    emulator::{Emulator, root},
    stack::{self, output},
};

/// The browser test.
const JOURNEY: &str = "invitation.spec.ts";

/// The process of the local identity provider.
struct Provider(Child);

/// Switches the deployment to an identity provider with pages, uploads the site and runs the test.
pub(crate) async fn walk(emulator: &Emulator) -> Done {
    let deployment = stack::deploy(emulator, "local")?;
    upload(emulator)?;
    let _provider = Provider::start(emulator)?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", emulator.companion_port))
        .await
        .map_err(|error| error.to_string())?;
    let router = companion::router(&deployment);
    let server = tokio::spawn(async { axum::serve(listener, router).await });
    deployment.empty().await;
    // From here on the stream is processed in the background, as on AWS.
    deployment.let_go().await;
    deployment
        .invoke(
            "create-account",
            &json!({ "body": { "name": "Example Vendor", "kind": "vendor" } }),
        )
        .await?;
    deployment.clock().set(portico::runtime::Clock::default().now());
    let walked = tokio::process::Command::new("npx")
        .args(["--no-install", "playwright", "test", "--config", "tests/browser", JOURNEY])
        .current_dir(root())
        .env("PORTICO_URL", emulator.site())
        .status()
        .await;
    server.abort();
    match walked {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => {
            Err(format!("{JOURNEY} failed; the end of the emulator's log:\n{}", emulator.log()))
        }
        Err(error) => Err(format!("cannot start npx: {error}")),
    }
}

fn upload(emulator: &Emulator) -> Done {
    if !root().join("site/public/index.html").exists() {
        return Err("site/public is missing; run npm run build".to_owned());
    }
    emulator
        .tool(
            "aws",
            &[
                "s3",
                "sync",
                "site/public",
                &format!("s3://{}", output(emulator, "SiteBucket")?),
                "--only-show-errors",
            ],
        )
        .map(|_| ())
}

impl Provider {
    fn start(emulator: &Emulator) -> Result<Self, String> {
        let file = emulator.folder().join("provider.json");
        fs::write(&file, json!({ "port": emulator.provider_port, "people": {} }).to_string())
            .map_err(|error| error.to_string())?;
        let settings =
            json!({ "client": "portico", "site": emulator.site(), "file": file, "people": [] })
                .to_string();
        let mut command = Command::new("node");
        // The provider stops when its standard input is closed.
        command
            .arg(root().join("infra/local/identity-provider.mjs"))
            .arg(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        command.spawn().map(Self).map_err(|error| format!("cannot start node: {error}"))
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}
