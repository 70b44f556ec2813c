//! The port and the data folder, which one Portico uses alone.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
};

use tokio::net::TcpListener;

use crate::{data::DataFolder, dynamodb, error::StartError};

/// A bound port and a locked data folder. Claiming both first reports the most frequent problems
/// early.
#[derive(Debug)]
pub struct LocalResources {
    pub(crate) listeners: Vec<TcpListener>,
    pub(crate) data: Option<DataFolder>,
    url: String,
}

impl LocalResources {
    /// Binds `port`, or any free one for 0, and locks the data folder, which is emptied first if
    /// `fresh`. Without a folder, all data is in memory.
    pub async fn claim(port: u16, data: Option<&Path>, fresh: bool) -> Result<Self, StartError> {
        let listeners = listen(port).await?;
        let port = listeners[0].local_addr().map_err(StartError::Server)?.port();
        let data = data.map(|path| DataFolder::open(path, fresh)).transpose()?;
        if let Some(data) = &data {
            dynamodb::check(&data.join("dynamodb.sqlite"))?;
        }
        Ok(Self { listeners, data, url: format!("http://localhost:{port}") })
    }

    /// Returns the site's URL: `http://localhost:3000`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Checks whether the database of an earlier run was missing or empty although other data of it
    /// was there: then everything starts again.
    #[must_use]
    pub fn has_lost_database(&self) -> bool {
        self.data.as_ref().is_some_and(DataFolder::has_lost_database)
    }

    /// Returns the path of a file in the data folder, if there is a folder.
    #[must_use]
    pub fn data_file(&self, name: &str) -> Option<PathBuf> {
        self.data.as_ref().map(|folder| folder.join(name))
    }
}

/// Listens on the loopback addresses only: IPv4 and, where available, IPv6, since `localhost` may
/// mean either.
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
