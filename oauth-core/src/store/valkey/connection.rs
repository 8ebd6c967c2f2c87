//! One server or a cluster, over connections that all requests share.

use std::sync::Arc;

use parking_lot::Mutex;
use redis::aio::{ConnectionLike as _, ConnectionManager};
use redis::cluster_async::ClusterConnection;
use redis::{Cmd, Pipeline, RedisError, RedisResult, Value};

#[derive(Clone)]
pub(super) enum Connection {
    Node(ConnectionManager),
    Cluster(ClusterConnection),
}

/// A connection for what waits for replicas: a server answers nothing else on it meanwhile. It is made when it is used first, and
/// another where an answer is waited for in vain: the server forgets what it has not run, which nobody waits for any more.
#[derive(Clone)]
pub(super) struct Waiting(Arc<Shared>);

struct Shared {
    make: Box<dyn Fn() -> RedisResult<Connection> + Send + Sync>,
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    /// The number of those before it.
    number: u64,
    connection: Option<Connection>,
}

impl Waiting {
    pub(super) fn new(make: impl Fn() -> RedisResult<Connection> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared { make: Box::new(make), current: Mutex::default() }))
    }

    /// Sends commands as [`Connection::send_all`] does.
    pub(super) async fn send_all(&self, commands: &Pipeline) -> RedisResult<Vec<Value>> {
        let (number, connection) = self.current()?;
        let answers = connection.send_all(commands).await;
        if answers.as_ref().is_err_and(RedisError::is_timeout) {
            self.replace(number);
        }
        answers
    }

    fn current(&self) -> RedisResult<(u64, Connection)> {
        let mut current = self.0.current.lock();
        let connection = match &current.connection {
            Some(connection) => connection.clone(),
            None => current.connection.insert((self.0.make)()?).clone(),
        };
        Ok((current.number, connection))
    }

    /// Leaves a connection, unless somebody has done so.
    fn replace(&self, number: u64) {
        let mut current = self.0.current.lock();
        if current.number == number {
            *current = Current { number: number + 1, connection: None };
        }
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
