//! One server or a cluster, over connections that all requests share.

use std::sync::{Arc, LazyLock};

use redis::aio::{ConnectionLike as _, ConnectionManager};
use redis::cluster_async::ClusterConnection;
use redis::{Cmd, Pipeline, RedisResult, Value};

#[derive(Clone)]
pub(super) enum Connection {
    Node(ConnectionManager),
    Cluster(ClusterConnection),
}

/// A connection for what waits for replicas: a server answers nothing else on it meanwhile. It is made when it is used first.
#[derive(Clone)]
pub(super) struct Waiting(Arc<LazyLock<Connection, Box<dyn FnOnce() -> Connection + Send>>>);

impl Waiting {
    pub(super) fn new(make: impl FnOnce() -> Connection + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }

    /// Sends commands as [`Connection::send_all`] does.
    pub(super) async fn send_all(&self, commands: &Pipeline) -> RedisResult<Vec<Value>> {
        self.0.send_all(commands).await
    }
}

impl Connection {
    pub(super) async fn send(&self, command: &Cmd) -> RedisResult<Value> {
        // A clone is another handle of the same connection.
        let answer = match self.clone() {
            Self::Node(mut node) => node.req_packed_command(command).await,
            Self::Cluster(mut cluster) => cluster.req_packed_command(command).await,
        };
        answer.and_then(Value::extract_error)
    }

    /// Sends commands that have no other between them to one node: that of the key which they name.
    pub(super) async fn send_all(&self, commands: &Pipeline) -> RedisResult<Vec<Value>> {
        let count = commands.len();
        let answers = match self.clone() {
            Self::Node(mut node) => node.req_packed_commands(commands, 0, count).await,
            Self::Cluster(mut cluster) => cluster.req_packed_commands(commands, 0, count).await,
        };
        answers?.into_iter().map(Value::extract_error).collect()
    }
}
