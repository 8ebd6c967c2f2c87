//! The network between instances and their database: a proxy that can be slow, fall silent and be cut.
//!
//! What is lost on the way comes late or not at all, for TCP repeats it. So what instances see of a network is here, without one that the
//! kernel would have to emulate.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use oauth_tests::postgres::Postgres;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::world::World;
use crate::{ALONE, CALM, assert_kept, kills};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// Everything comes later by this, and a packet in ten as late as one that had to be sent again.
    Slow(Duration),
    /// Nothing comes until it is better.
    Stalled,
    /// Nothing comes; and of the connections of now, nothing ever will. Nobody is told.
    Forgotten,
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
struct Link {
    port: u16,
    state: watch::Sender<State>,
}

impl Link {
    async fn to(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let (state, seen) = watch::channel(State::Good);
        let link = Self { port: listener.local_addr().unwrap().port(), state };
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, port, seen.clone()));
            }
        });
        link
    }

    fn is(&self, state: State) {
        self.state.send_replace(state);
    }
}

async fn carry(near: TcpStream, port: u16, seen: watch::Receiver<State>) -> io::Result<()> {
    if *seen.borrow() == State::Cut {
        return Ok(());
    }
    let far = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let there = pump(near_in, far_out, seen.clone());
    let back = pump(far_in, near_out, seen.clone());
    let mut cut = seen;
    // Whichever end closes, both are closed; where it is forgotten, neither.
    tokio::select! {
        ended = there => ended,
        ended = back => ended,
        _ = cut.wait_for(|state| *state == State::Cut) => Ok(()),
    }
}

async fn pump(
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
            State::Good | State::Cut => {}
        }
        to.write_all(&bytes[..length]).await?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_database_that_is_slow_silent_or_cut_loses_nothing() {
    let _alone = ALONE.lock().await;
    let database = Postgres::start(&[]);
    let link = Link::to(database.port()).await;
    let url = database.database().replace(&format!(":{}/", database.port()), &format!(":{}/", link.port));
    let world = World::start(&url, Default::default()).await;
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
        }
    });
    assert_kept(&world, &broken.await);
}
