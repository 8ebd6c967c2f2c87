//! Commands and scripts, and which of their failures pass.

use redis::{Arg, Cmd, ErrorKind, FromRedisValue, Pipeline, RedisError, ServerErrorKind, ToRedisArgs, Value};

use super::scripts::Script;
use super::{SecurityWrites, ValkeyStore};
use crate::store::measure::measured;
use crate::store::{Result, StoreError};

/// `db.system.name` of OpenTelemetry: it is the protocol's, whoever speaks it.
const SYSTEM: &str = "redis";

/// A connection that is gone is replaced, and what was sent over it is sent again this often: everything that is sent comes to the
/// same if it is run twice.
const TRIES: usize = 3;
/// The milliseconds that replicas have to confirm a write.
const CONFIRMATION: u64 = 1000;

/// The weight of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Lost, it costs a login.
    Light,
    /// Lost, it is a fault of security, and so is what was told of it: as many confirm it as [`SecurityWrites`] says.
    Security,
}

impl ValkeyStore {
    /// Sends one command.
    pub(super) async fn send<T: FromRedisValue>(
        &self,
        doing: &'static str,
        weight: Weight,
        command: &Cmd,
    ) -> Result<T> {
        let sent = async {
            read(doing, self.try_send(doing, weight, command).await?.map_err(|cause| failed(doing, cause))?)
        };
        measured(SYSTEM, doing, sent).await
    }

    /// Runs a script over one key.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        doing: &'static str,
        weight: Weight,
        script: &Script,
        key: &str,
        arguments: &[&dyn Argument],
    ) -> Result<T> {
        let command = |name: &str, script: &str| {
            let mut command = redis::cmd(name);
            command.arg(script).arg(1).arg(key);
            for argument in arguments {
                argument.add_to(&mut command);
            }
            command
        };
        let ran = async {
            let answer = match self.try_send(doing, weight, &command("EVALSHA", script.hash())).await? {
                // A server that started since, or got this key since: it keeps the script from here on.
                Err(cause) if cause.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                    self.try_send(doing, weight, &command("EVAL", script.code)).await?
                }
                answer => answer,
            };
            read(doing, answer.map_err(|cause| failed(doing, cause))?)
        };
        measured(SYSTEM, doing, ran).await
    }

    /// The answer of the server, or its error. Fails where too few confirm a write.
    async fn try_send(
        &self,
        doing: &'static str,
        weight: Weight,
        command: &Cmd,
    ) -> Result<std::result::Result<Value, RedisError>> {
        let mut tries = 1;
        loop {
            match self.send_once(doing, weight, command).await? {
                Err(cause) if tries < TRIES && cause.is_unrecoverable_error() && !cause.is_timeout() => {
                    tries += 1;
                }
                answer => return Ok(answer),
            }
        }
    }

    async fn send_once(
        &self,
        doing: &'static str,
        weight: Weight,
        command: &Cmd,
    ) -> Result<std::result::Result<Value, RedisError>> {
        let wanted = match self.security_writes {
            SecurityWrites::Replicas(wanted) if weight == Weight::Security => wanted,
            _ => return Ok(self.connection.send(command).await),
        };
        // With the write, and so to the node that has it: another would confirm what it never got.
        let mut all = Pipeline::with_capacity(3);
        all.add_command(command.clone())
            .add_command(self.fence(command))
            .cmd("WAIT")
            .arg(wanted)
            .arg(CONFIRMATION);
        let mut answers = match self.waiting.send_all(&all).await {
            Ok(answers) => answers.into_iter(),
            Err(cause) => return Ok(Err(cause)),
        };
        let (Some(answer), Some(_), Some(confirmed)) = (answers.next(), answers.next(), answers.next())
        else {
            return Err(StoreError::new(doing, "the server answered less than it was asked"));
        };
        let confirmed: u8 = read(doing, confirmed)?;
        if confirmed < wanted {
            let cause = format!("{confirmed} of {wanted} replicas confirmed it within a second");
            return Err(StoreError::overloaded(doing, cause));
        }
        Ok(Ok(answer))
    }

    /// A write to the node that a command goes to. `WAIT` asks about the last write of its own connection: a command that finds done what
    /// it came for writes nothing, and what another connection wrote would be confirmed unseen.
    fn fence(&self, command: &Cmd) -> Cmd {
        // In braces it is where the key alone is.
        let name = [self.prefix.as_bytes(), b"{", key_of(command), b"}"].concat();
        let mut fence = redis::cmd("SET");
        fence.arg(name).arg("").arg("PX").arg(1);
        fence
    }
}

/// The key of a command, which has one.
fn key_of(command: &Cmd) -> &[u8] {
    let is_script =
        matches!(command.args_iter().next(), Some(Arg::Simple(name)) if name.starts_with(b"EVAL"));
    match command.args_iter().nth(if is_script { 3 } else { 1 }) {
        Some(Arg::Simple(key)) => key,
        _ => b"",
    }
}

/// An argument of a script; `None` is none.
pub(super) trait Argument: Sync {
    fn add_to(&self, command: &mut Cmd);
}

impl<T: ToRedisArgs + Sync> Argument for T {
    fn add_to(&self, command: &mut Cmd) {
        command.arg(self);
    }
}

fn read<T: FromRedisValue>(doing: &'static str, value: Value) -> Result<T> {
    T::from_redis_value(value).map_err(|cause| StoreError::new(doing, cause))
}

pub(super) fn failed(doing: &'static str, cause: RedisError) -> StoreError {
    if is_passing(&cause) { StoreError::overloaded(doing, cause) } else { StoreError::new(doing, cause) }
}

/// Tells whether it may be better in a moment: the server starts, is full, runs a long script, is a replica until it leads, or cannot
/// be reached.
fn is_passing(cause: &RedisError) -> bool {
    use ServerErrorKind as Server;
    match cause.kind() {
        // The client's own: of a command to several nodes of a cluster, while its keys move, the answers do not fit together.
        ErrorKind::Io | ErrorKind::ClusterConnectionNotFound | ErrorKind::Client => true,
        ErrorKind::Server(kind) => matches!(
            kind,
            Server::BusyLoading
                | Server::TryAgain
                | Server::ClusterDown
                | Server::MasterDown
                | Server::ReadOnly
                | Server::Moved
                | Server::Ask
        ),
        _ => cause
            .code()
            .is_some_and(|code| ["BUSY", "OOM", "NOREPLICAS", "MISCONF", "UNKILLABLE"].contains(&code)),
    }
}
