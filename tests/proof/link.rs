//! The network between instances and their database, or between nodes of a cluster: a proxy that can be slow, fall silent and be cut.
//!
//! What is lost on the way comes late or not at all, for TCP repeats it. So what instances see of a network is here, without one that the
//! kernel would have to emulate.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use oauth_tests::postgres::Postgres;
use sqlx::{Connection as _, PgConnection};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::ledger::Promise;
use crate::spending::Unspent;
use crate::world::{Belief, HEALED, World};
use crate::{ALONE, CALM, assert_kept, kills, promises};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Good,
    /// Everything comes later by this, and a packet in ten as late as one that had to be sent again.
    Slow(Duration),
    /// Nothing comes until it is better.
    Stalled,
    /// Nothing comes; and of the connections of now, nothing ever will. Nobody is told.
    Forgotten,
    /// What is asked arrives, and on the connection of its answer nothing ever will.
    Unanswered,
    /// Connections are closed, and refused.
    Cut,
}

/// Waits for ever where a connection is forgotten.
async fn is_forgotten(seen: &mut watch::Receiver<State>) -> Infallible {
    let _ = seen.wait_for(|state| *state == State::Forgotten).await;
    std::future::pending().await
}

/// The time after which TCP sends a packet again, at least.
const AGAIN: Duration = Duration::from_millis(200);

/// A link to a port of this machine.
pub(crate) struct Link {
    pub(crate) port: u16,
    state: watch::Sender<State>,
}

impl Link {
    async fn to(port: u16) -> Self {
        Self::from(None, port).await
    }

    /// A link for whoever comes from this address; others have one that is good.
    pub(crate) async fn from(source: Option<Ipv4Addr>, port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let (state, seen) = watch::channel(State::Good);
        let link = Self { port: listener.local_addr().unwrap().port(), state };
        tokio::spawn(async move {
            let (_good, calm) = watch::channel(State::Good);
            while let Ok((near, peer)) = listener.accept().await {
                let is_meant = source.is_none_or(|source| peer.ip() == source);
                tokio::spawn(carry(near, port, if is_meant { seen.clone() } else { calm.clone() }));
            }
        });
        link
    }

    pub(crate) fn is(&self, state: State) {
        self.state.send_replace(state);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    There,
    Back,
}

async fn carry(near: TcpStream, port: u16, seen: watch::Receiver<State>) -> io::Result<()> {
    if *seen.borrow() == State::Cut {
        return Ok(());
    }
    let far = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let there = pump(Way::There, near_in, far_out, seen.clone());
    let back = pump(Way::Back, far_in, near_out, seen.clone());
    let mut cut = seen;
    // Whichever end closes, both are closed; where it is forgotten, neither.
    tokio::select! {
        ended = there => ended,
        ended = back => ended,
        _ = cut.wait_for(|state| *state == State::Cut) => Ok(()),
    }
}

async fn pump(
    way: Way,
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut seen: watch::Receiver<State>,
) -> io::Result<()> {
    let (mut bytes, mut packets) = (vec![0; 16 << 10], 0_usize);
    loop {
        let mut forgotten = seen.clone();
        let length = tokio::select! {
            length = from.read(&mut bytes) => length?,
            never = is_forgotten(&mut forgotten) => match never {},
        };
        if length == 0 {
            return Ok(());
        }
        packets += 1;
        let now = *seen.borrow_and_update();
        match now {
            State::Slow(delay) if packets.is_multiple_of(10) => tokio::time::sleep(delay + AGAIN).await,
            State::Slow(delay) => tokio::time::sleep(delay).await,
            State::Stalled => {
                let _ = seen.wait_for(|state| *state != State::Stalled).await.map(drop);
            }
            State::Forgotten => std::future::pending().await,
            State::Unanswered if way == Way::Back => std::future::pending().await,
            State::Good | State::Unanswered | State::Cut => {}
        }
        to.write_all(&bytes[..length]).await?;
    }
}

/// A world over a database, and the link between them.
struct Linked {
    _server: Postgres,
    /// The database itself, without the link.
    url: String,
    link: Link,
    world: Arc<World>,
}

impl Linked {
    async fn start(belief: Belief) -> Self {
        let server = Postgres::start(&[]);
        let (link, url) = (Link::to(server.port()).await, server.database());
        let linked = url.replace(&format!(":{}/", server.port()), &format!(":{}/", link.port));
        let world = World::of(&linked, Default::default(), belief).await;
        Self { _server: server, url, link, world }
    }

    /// Loses the answers to revocations that have arrived.
    async fn loses_answers(&self) {
        let unspent = Unspent::of_tokens(&self.world, 60).await;
        let mut database = PgConnection::connect(&self.url).await.unwrap();
        // Whoever reads goes on, and whoever revokes waits.
        let lock = "BEGIN; LOCK TABLE oauth_revocations IN SHARE MODE";
        sqlx::raw_sql(lock).execute(&mut database).await.unwrap();
        let lose = async {
            // Sweeps wait as well, and take no answer to anybody.
            let waiting = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted \
                           AND relation = 'oauth_revocations'::regclass AND query NOT ILIKE '%DELETE FROM oauth_revocations%'";
            while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut database).await.unwrap() < 3 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            self.link.is(State::Unanswered);
            sqlx::raw_sql("COMMIT").execute(&mut database).await.unwrap();
            self.world.asks_to_come_again(20).await;
        };
        tokio::join!(unspent.spend(&self.world), tokio::time::timeout(HEALED, lose))
            .1
            .expect("somebody revokes");
        self.link.is(State::Good);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_database_that_is_slow_silent_or_cut_loses_nothing() {
    let _alone = ALONE.lock().await;
    let linked = Linked::start(Belief::Nothing).await;
    let (world, link) = (&linked.world, &linked.link);
    let broken = world.suffers(async {
        for _ in 0..kills().div_ceil(3) {
            world.answers(CALM).await;
            link.is(State::Slow(Duration::from_millis(10)));
            world.answers(CALM / 3).await;
            for state in [State::Stalled, State::Cut, State::Forgotten] {
                link.is(state);
                world.asks_to_come_again(20).await;
                link.is(State::Good);
                world.answers(CALM / 3).await;
            }
            linked.loses_answers().await;
            world.answers(CALM / 3).await;
        }
    });
    assert_kept(world, &broken.await);
}

/// The same, with callers that take no answer for a no.
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_a_lost_answer_for_a_refusal_is_found() {
    let _alone = ALONE.lock().await;
    let linked = Linked::start(Belief::Refused).await;
    // The answers that wait when the link falls silent may all be those of callers that have nothing to lose.
    let broken = linked.world.suffers(async {
        for _ in 0..3 {
            linked.loses_answers().await;
        }
    });
    assert!(promises(&broken.await).contains(&Promise::TokensStay));
}
