//! A primary of a cluster that is killed behind a silent link: its replica takes over, and has nothing of what was written meanwhile.

use std::net::Ipv4Addr;
use std::sync::Arc;

use oauth_tests::valkey::{self, Server, until};

use crate::ledger::{Broken, Promise};
use crate::link::{Link, State};
use crate::spending::{self, Unspent};
use crate::world::World;
use crate::{ALONE, CALM, assert_kept, kills, promises};

/// The address that nodes come from, and nobody else does.
const NODES: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Three primaries with a replica each. To its replica, each has a link that can fall silent.
struct Cluster {
    nodes: [Server; 6],
    links: Vec<Link>,
}

impl Cluster {
    async fn start() -> Self {
        let nodes = valkey::cluster(&[
            "--bind-source-addr",
            &NODES.to_string(),
            "--cluster-announce-ip",
            "127.0.0.1",
            // Long enough for a busy machine.
            "--cluster-node-timeout",
            "5000",
        ]);
        let mut links = Vec::new();
        for node in &nodes {
            links.push(Link::from(Some(NODES), node.port()).await);
        }
        let cluster = Self { nodes, links };
        (0..cluster.nodes.len()).for_each(|number| cluster.announce(number));
        cluster.is_in_order();
        cluster
    }

    /// The argument `--store`, where so many replicas confirm what may not be lost.
    fn store(&self, replicas: u8) -> String {
        let [first, second, ..] = &self.links[..] else { unreachable!("there are six") };
        let count = if replicas == 0 { String::new() } else { format!("?replicas={replicas}") };
        format!("valkey://127.0.0.1:{},127.0.0.1:{}{count}", first.port, second.port)
    }

    /// Says to others that a node is behind its link.
    fn announce(&self, number: usize) {
        let port = self.links[number].port.to_string();
        assert_eq!(self.nodes[number].ask(&["config", "set", "cluster-announce-port", &port]), "OK");
    }

    /// Waits until every replica has what its primary has, over the link.
    fn is_in_order(&self) {
        until("every replica is behind a link", || {
            let replicas = (0..self.nodes.len()).filter(|number| self.primary_of(*number).is_some());
            replicas.count() == 3 && self.nodes.iter().all(Server::is_in_order)
        });
    }

    /// A line of `INFO replication`.
    fn told(&self, number: usize, name: &str) -> Option<String> {
        let told = self.nodes[number].ask(&["info", "replication"]);
        let mut values =
            told.lines().filter_map(|line| line.trim_end().strip_prefix(name)?.strip_prefix(':'));
        values.next().map(str::to_owned)
    }

    fn primary_of(&self, replica: usize) -> Option<usize> {
        let port = self.told(replica, "master_port")?;
        self.links.iter().position(|link| link.port.to_string() == port)
    }

    fn is_primary(&self, number: usize) -> bool {
        self.told(number, "role").is_some_and(|role| role == "master")
    }

    /// Lets a primary go on alone, once its replica has all that was answered until now.
    fn part(&self, primary: usize, replica: usize) {
        let offset = |number, name| self.told(number, name).unwrap().parse::<u64>().unwrap();
        let written = offset(primary, "master_repl_offset");
        until("the replica has it", || offset(replica, "slave_repl_offset") >= written);
        self.links[primary].is(State::Forgotten);
    }

    /// Kills a primary, waits until its replica is one, and gives it the other as its replica.
    fn fail_over(&mut self, primary: usize, replica: usize) {
        self.nodes[primary].kill();
        until("the replica takes over", || self.is_primary(replica));
        self.links[primary].is(State::Good);
        self.nodes[primary].restart();
        self.announce(primary);
        self.is_in_order();
    }
}

/// Kills primaries behind silent links; of each kind so many are used up meanwhile.
async fn primaries_are_killed(replicas: u8, kills: usize, unspent: usize) -> (Arc<World>, Vec<Broken>) {
    let mut cluster = Cluster::start().await;
    let world = World::start(&cluster.store(replicas), Default::default()).await;
    let broken = world.suffers(async {
        for kill in 0..kills {
            world.answers(CALM).await;
            let unspent = Unspent::of(&world, unspent).await;
            let replicas = (0..6).filter_map(|number| Some((cluster.primary_of(number)?, number)));
            let (primary, replica) = replicas.collect::<Vec<_>>()[kill % 3];
            world.ledger.tokens_may_be_lost(true);
            tokio::task::block_in_place(|| cluster.part(primary, replica));
            unspent.spend(&world).await;
            world.answers(CALM / 10).await;
            tokio::task::block_in_place(|| cluster.fail_over(primary, replica));
            world.ledger.tokens_may_be_lost(false);
            spending::again(&world).await;
        }
        world.answers(CALM).await;
    });
    let broken = broken.await;
    (world, broken)
}

/// What is answered with a replica's word for it. A token is answered without, and may be lost: that costs a login.
#[tokio::test(flavor = "multi_thread")]
async fn primaries_that_are_killed_behind_silent_links_lose_nothing_that_is_used_up_or_revoked() {
    let _alone = ALONE.lock().await;
    let (world, broken) = primaries_are_killed(1, kills().div_ceil(3), 12).await;
    assert_kept(&world, &broken);
}

/// The same, where no replica is asked.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_replica_confirmed_is_found_to_be_lost() {
    let _alone = ALONE.lock().await;
    let (_world, broken) = primaries_are_killed(0, 1, 40).await;
    let found = promises(&broken);
    for promise in [
        Promise::RevocationsHold,
        Promise::CodesAreUsedOnce,
        Promise::OneSuccessor,
        Promise::AssertionsPassOnce,
    ] {
        assert!(found.contains(&promise), "{promise:?} is not among {found:?}");
    }
}
