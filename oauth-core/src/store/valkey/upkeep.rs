//! Upkeep.

use redis::cluster_routing::{MultipleNodeRoutingInfo, RoutingInfo};
use redis::{RedisResult, Value};

use super::ValkeyStore;
use super::connection::Connection;
use super::inspect::field;
use super::run::failed;
use crate::store::{Ready, Result, StoreError, Sweep};
use crate::time::UnixTime;

const READY: &str = "say that it is ready";

/// The server removes what has expired by itself: what is left are clients that registered themselves and were not used, and the
/// next that registers removes them.
impl Sweep for ValkeyStore {
    const SWEEPS_ITSELF: bool = true;

    async fn sweep(&self, before: UnixTime, limit: u32) -> Result<u64> {
        self.remove_expired("remove what has expired", before, u64::from(limit)).await
    }
}

impl Ready for ValkeyStore {
    const IS_SHARED: bool = true;

    async fn ready(&self) -> Result<()> {
        let said = self.connection.say().await.map_err(|cause| failed(READY, cause))?;
        match said.iter().find_map(|info| unfit(info)) {
            Some(cause) => Err(StoreError::overloaded(READY, cause)),
            None => Ok(()),
        }
    }
}

impl Connection {
    /// The words of the server of itself; of a cluster, each primary twice: as a server, and as a part of the cluster.
    pub(super) async fn say(&self) -> RedisResult<Vec<String>> {
        let Self::Cluster(cluster) = self else {
            let answer = self.send(&redis::cmd("INFO")).await?;
            return Ok(vec![redis::from_redis_value(answer)?]);
        };
        let mut said = Vec::new();
        for (name, more) in [("INFO", None), ("CLUSTER", Some("INFO"))] {
            let mut command = redis::cmd(name);
            command.arg(more);
            let every = RoutingInfo::MultiNode((MultipleNodeRoutingInfo::AllMasters, None));
            let answers = cluster.clone().route_command(command, every).await?.extract_error()?;
            if let Value::Map(answers) = answers {
                for (_, answer) in answers {
                    said.push(redis::from_redis_value(answer)?);
                }
            }
        }
        Ok(said)
    }
}

/// The reason that a server takes no writes.
fn unfit(info: &str) -> Option<String> {
    let number = |name| field(info, name).and_then(|value| value.parse::<u64>().ok()).unwrap_or_default();
    let (used, most) = (number("used_memory"), number("maxmemory"));
    if field(info, "role").is_some_and(|role| role != "master") {
        Some("the server takes no writes: it is a replica".to_owned())
    } else if most > 0 && used >= most {
        Some(format!("the server takes no writes: it uses {used} bytes of {most}"))
    } else {
        let state = field(info, "cluster_state").filter(|state| *state != "ok")?;
        Some(format!("the state of the cluster is `{state}`"))
    }
}
