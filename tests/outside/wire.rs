//! Checks that what comes with a request beside its text reaches hooks.

use std::net::{IpAddr, Ipv4Addr};

use crate::world::{basic, post, world};

/// The address as a server's acceptor or a layer would put it there.
#[derive(Clone)]
pub(crate) struct Peer(pub(crate) IpAddr);

#[tokio::test]
async fn the_address_of_the_peer_reaches_a_hook() {
    let world = world().await;
    let (name, value) = basic();
    let mut request = post("/token", &[(name, &value)], &[("grant_type", "client_credentials")]);
    request.extensions_mut().insert(Peer(Ipv4Addr::new(192, 0, 2, 7).into()));
    let tokens = world.send(request).await;
    assert_eq!(tokens.status, 200, "{}", tokens.json);
    let token = tokens.text("access_token").to_owned();
    let seen = world.post("/introspect", &[(name, &value)], &[("token", &token)]).await;
    assert_eq!(seen.text("peer"), "192.0.2.7");
}
