//! One server or a cluster, over connections that all requests share.

use redis::aio::{ConnectionLike as _, ConnectionManager};
use redis::cluster_async::ClusterConnection;
use redis::{Cmd, Pipeline, RedisResult, Value};

#[derive(Clone)]
pub(super) enum Connection {
    Node(ConnectionManager),
    Cluster(ClusterConnection),
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
