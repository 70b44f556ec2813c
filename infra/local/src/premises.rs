//! What one Portico needs for itself on this machine: a port and a data folder.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
};

use tokio::net::TcpListener;

use crate::{data::DataFolder, dynamodb, error::StartError};

/// A port and a data folder that no other process has. All that often hinders a start shows when they are claimed.
#[derive(Debug)]
pub struct Premises {
    pub(crate) listeners: Vec<TcpListener>,
    pub(crate) data: Option<DataFolder>,
    url: String,
}

impl Premises {
    /// Claims `port`, or any for 0, and the folder, which is emptied if `fresh`; without a folder everything is in memory.
    pub async fn claim(port: u16, data: Option<&Path>, fresh: bool) -> Result<Self, StartError> {
        let listeners = listen(port).await?;
        let port = listeners[0].local_addr().map_err(StartError::Server)?.port();
        let data = data.map(|path| DataFolder::open(path, fresh)).transpose()?;
        if let Some(data) = &data {
            dynamodb::check(&data.join("dynamodb.sqlite"))?;
        }
        Ok(Self { listeners, data, url: format!("http://localhost:{port}") })
    }

    /// Returns where the site will answer: `http://localhost:3000`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the path of one of the data folder's own entries.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<PathBuf> {
        self.data.as_ref().map(|it| it.join(name))
    }
}

/// Listens on the loopback addresses alone: on IPv4's, and on IPv6's where there is one, for `localhost` may mean either.
async fn listen(port: u16) -> Result<Vec<TcpListener>, StartError> {
    let taken = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken(port),
        _ => StartError::Server(error),
    };
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
    let chosen = first.local_addr().map_err(StartError::Server)?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, chosen)).await {
        Ok(second) => Ok(vec![first, second]),
        Err(error) if port != 0 && error.kind() == io::ErrorKind::AddrInUse => Err(taken(error)),
        Err(_) => Ok(vec![first]),
    }
}
