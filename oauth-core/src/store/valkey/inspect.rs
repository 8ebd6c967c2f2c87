//! The facts that a server tells of itself by `INFO`: `CONFIG` is often barred.

use redis::aio::MultiplexedConnection;
use redis::cluster_async::ClusterConnection;
use redis::cluster_routing::{MultipleNodeRoutingInfo, RoutingInfo};
use redis::{FromRedisValue as _, RedisError, Value};

use super::connect::Reason;

/// The first version that has `SET … NX GET` and `EXPIRETIME`.
const OLDEST: u32 = 7;

/// Looks at one server.
pub(super) async fn inspect_node(connection: &mut MultiplexedConnection) -> Result<(), Reason> {
    let info: String = redis::cmd("INFO").query_async(connection).await?;
    if field(&info, "cluster_enabled") == Some("1") {
        return Err(Reason::Cluster);
    }
    judge(None, &info)
}

/// Looks at every node of a cluster, replicas too: each may lead one day.
pub(super) async fn inspect_cluster(connection: &mut ClusterConnection) -> Result<(), Reason> {
    let every = RoutingInfo::MultiNode((MultipleNodeRoutingInfo::AllNodes, None));
    let answers = connection.route_command(redis::cmd("INFO"), every).await?.extract_error()?;
    let Value::Map(answers) = answers else {
        let cause = (redis::ErrorKind::UnexpectedReturnType, "the nodes did not say what they are");
        return Err(RedisError::from(cause).into());
    };
    for (node, info) in answers {
        let node = String::from_redis_value(node).map_err(RedisError::from)?;
        let info = String::from_redis_value(info).map_err(RedisError::from)?;
        judge(Some(node), &info)?;
    }
    Ok(())
}

fn judge(node: Option<String>, info: &str) -> Result<(), Reason> {
    let version = field(info, "redis_version").unwrap_or_default();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major < OLDEST) {
        return Err(Reason::Old { node, version: version.to_owned() });
    }
    match field(info, "maxmemory_policy") {
        Some("noeviction") => {}
        policy => return Err(Reason::Evicts { node, policy: policy.unwrap_or("not told").to_owned() }),
    }
    if field(info, "aof_enabled") != Some("1") {
        let node = node.map_or(String::new(), |node| format!(" at `{node}`"));
        tracing::warn!(
            target: "oauth_core",
            "the Valkey store{node} has no append-only file: a crash brings redeemed codes and revoked tokens back; set `appendonly yes`"
        );
    }
    Ok(())
}

/// The value of a line `name:value`.
pub(super) fn field<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}
