//! Connecting to a server or a cluster, and what can be wrong with it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster::{ClusterClient, ClusterConfig};
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, ProtocolVersion,
    RedisError,
};

use super::connection::{Connection, Waiting};
use super::inspect::{inspect_cluster, inspect_node};

const CONNECT: Duration = Duration::from_secs(1);
/// Longer than replicas have to confirm a write.
const ANSWER: Duration = Duration::from_secs(2);
/// Of a command to a cluster, with what is sent again.
const ANSWER_OF_CLUSTER: Duration = Duration::from_secs(5);

/// Connects to one server. The second connection is not made before it is used.
pub(super) async fn node(url: &str) -> Result<(Connection, Waiting), ValkeyConnectError> {
    let info = parse(url)?;
    let server = info.addr().to_string();
    let connect = async {
        let client = Client::open(info)?;
        // The connection that is kept would go on trying.
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER));
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        inspect_node(&mut connection).await?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER))
            .set_number_of_retries(2)
            .set_max_delay(Duration::from_millis(500));
        let shared = ConnectionManager::new_lazy_with_config(client.clone(), config.clone())?;
        let waiting = move || {
            ConnectionManager::new_lazy_with_config(client.clone(), config.clone()).map(Connection::Node)
        };
        Ok((Connection::Node(shared), Waiting::new(waiting)))
    };
    connect.await.map_err(|reason| ValkeyConnectError { server, reason })
}

/// Connects to a cluster, likewise.
pub(super) async fn cluster<U: AsRef<str>>(
    urls: impl IntoIterator<Item = U>,
) -> Result<(Connection, Waiting), ValkeyConnectError> {
    let seeds: Vec<_> = urls.into_iter().map(|url| parse(url.as_ref())).collect::<Result<_, _>>()?;
    let server = seeds.iter().map(|seed| seed.addr().to_string()).collect::<Vec<_>>().join(", ");
    let connect = async {
        let client = ClusterClient::builder(seeds)
            .connection_timeout(CONNECT)
            .response_timeout(ANSWER)
            .overall_response_timeout(Some(ANSWER_OF_CLUSTER))
            .retries(8)
            .min_retry_wait(20)
            .max_retry_wait(500)
            .use_protocol(ProtocolVersion::RESP3)
            .build()?;
        let mut connection = client.get_async_connection().await?;
        inspect_cluster(&mut connection).await?;
        let waiting = move || {
            let config = ClusterConfig::new().set_response_timeout(ANSWER);
            Ok(Connection::Cluster(client.get_pending_async_connection_with_config(config)))
        };
        Ok((Connection::Cluster(connection), Waiting::new(waiting)))
    };
    connect.await.map_err(|reason| ValkeyConnectError { server, reason })
}

/// Reads a URL.
fn parse(url: &str) -> Result<ConnectionInfo, ValkeyConnectError> {
    let info = url.into_connection_info();
    let info =
        info.map_err(|_| ValkeyConnectError { server: "of the given URL".to_owned(), reason: Reason::Url })?;
    if matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
        // Where a program has another implementation as well, rustls would not know which is meant, and panic.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
    let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    Ok(info.set_redis_settings(settings))
}

/// The reason that a server cannot be used. One line, without a password; `Debug`, which `main` prints, is the same line.
pub struct ValkeyConnectError {
    server: String,
    reason: Reason,
}

pub(super) enum Reason {
    Url,
    Server(RedisError),
    /// This node may remove what it keeps, by this policy.
    Evicts {
        node: Option<String>,
        policy: String,
    },
    /// This node is of an older version.
    Old {
        node: Option<String>,
        version: String,
    },
    /// It is a node of a cluster.
    Cluster,
}

impl From<RedisError> for Reason {
    fn from(cause: RedisError) -> Self {
        Self::Server(cause)
    }
}

impl fmt::Display for ValkeyConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = |node: &Option<String>| {
            node.as_ref().map_or("it".to_owned(), |node| format!("its node `{node}`"))
        };
        match &self.reason {
            Reason::Url => {
                return f.write_str(
                    "cannot use the Valkey server of the given URL: it is no URL such as `valkey://user:password@host:6379`",
                );
            }
            _ => write!(f, "cannot use the Valkey server at `{}`: ", self.server)?,
        }
        match &self.reason {
            Reason::Url => Ok(()),
            Reason::Server(cause) if cause.is_io_error() => write!(f, "it cannot be reached: {cause}"),
            Reason::Server(cause) => cause.fmt(f),
            Reason::Evicts { node, policy } => write!(
                f,
                "{} may forget revocations when its memory is full: set `maxmemory-policy noeviction` (it is `{policy}`)",
                which(node)
            ),
            Reason::Old { node, version } => {
                write!(
                    f,
                    "{} is of version {version}: Valkey 7.2 or Redis 7.0 is the oldest that will do",
                    which(node)
                )
            }
            Reason::Cluster => {
                f.write_str("it is a node of a cluster: use `connect_cluster`, with some of its nodes")
            }
        }
    }
}

impl fmt::Debug for ValkeyConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for ValkeyConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.reason {
            Reason::Server(cause) => Some(cause),
            _ => None,
        }
    }
}
