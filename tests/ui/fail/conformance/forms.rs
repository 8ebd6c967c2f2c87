//! What makes a server has the fixture, is not `async`, and is written there.
struct AuthServer;

mod without_the_fixture {
    oauth_core::conformance!(super::AuthServer, || super::AuthServer);
}

mod a_future {
    oauth_core::conformance!(super::AuthServer, async |fixture| super::AuthServer);
}

mod a_value {
    oauth_core::conformance!(super::AuthServer {});
}

mod a_name {
    oauth_core::conformance!(super::AuthServer, make);
}

fn main() {}
