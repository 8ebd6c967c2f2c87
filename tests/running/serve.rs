//! An application that is served by the library.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use crate::world::{World, until};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn connect(address: SocketAddr, said: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(said.as_bytes()).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    rest
}

/// Slowloris, and those who open connections and leave them.
#[tokio::test]
async fn slow_and_silent_connections_are_closed() {
    let (listener, address) = listener().await;
    let serving = oauth_core::serve(listener, Router::new());
    tokio::spawn(serving.header_timeout(Duration::from_millis(50)).into_future());
    for said in ["", "GET / HTTP/1.1\r\nHost: "] {
        let answer = rest(connect(address, said).await).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[tokio::test]
async fn requests_know_their_peer() {
    let (listener, address) = listener().await;
    let peer = get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string());
    let serving = oauth_core::serve(listener, Router::new().route("/", peer));
    tokio::spawn(serving.header_timeout(Duration::from_mins(1)).into_future());
    let stream = connect(address, GET).await;
    let local = stream.local_addr().unwrap().to_string();
    let answer = rest(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&local), "{answer}");
}

/// A handler that answers once the test lets it.
fn slow() -> (Router, mpsc::UnboundedReceiver<oneshot::Sender<()>>) {
    let (send, begun) = mpsc::unbounded_channel();
    let handler = get(async move || {
        let (go, gone) = oneshot::channel();
        send.send(go).unwrap();
        let _ = gone.await;
        "done"
    });
    (Router::new().route("/", handler), begun)
}

#[tokio::test]
async fn it_is_not_ready_first_then_deaf_and_ends_when_everything_is_answered() {
    let world = World::new();
    let (listener, address) = listener().await;
    let (app, mut begun) = slow();
    let (stop, stopped) = oneshot::channel::<()>();
    let (notice, grace) = (Duration::from_secs(3), Duration::from_mins(1));
    let serving = oauth_core::serve(listener, app).maintain(&world.server).notice(notice).grace(grace);
    let serving = serving.until(async { drop(stopped.await) });
    let serving = tokio::spawn(serving.into_future());
    let (first, idle) = (connect(address, GET).await, connect(address, "").await);
    let first_may = begun.recv().await.unwrap();
    assert!(!world.server.is_draining());

    stop.send(()).unwrap();
    until("the draining", async || world.server.is_draining()).await;
    let late = connect(address, GET).await;
    let late_may = begun.recv().await.expect("it goes on accepting while load balancers notice");

    until("the end of listening", async || TcpStream::connect(address).await.is_err()).await;
    assert_eq!(rest(idle).await, "", "what is idle is closed");
    assert!(!serving.is_finished());
    for (may, stream) in [(first_may, first), (late_may, late)] {
        may.send(()).unwrap();
        let answer = rest(stream).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    }
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_not_waited_for_longer_than_the_grace() {
    let (listener, address) = listener().await;
    let (app, mut begun) = slow();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = oauth_core::serve(listener, app).grace(Duration::from_millis(50));
    let serving = tokio::spawn(serving.until(async { drop(stopped.await) }).into_future());
    let _stream = connect(address, GET).await;
    let _never = begun.recv().await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_served_instance_is_maintained() {
    use std::sync::atomic::Ordering;

    let world = World::new();
    let (listener, _) = listener().await;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = oauth_core::serve(listener, Router::new()).maintain(&world.server).notice(Duration::ZERO);
    let serving = tokio::spawn(serving.until(async { drop(stopped.await) }).into_future());
    until("a sweep", async || world.moody.sweeps.load(Ordering::SeqCst) > 0).await;
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}
