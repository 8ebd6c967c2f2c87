//! Paths, and how much is read there.

use oauth_core::endpoint::Endpoint;
use oauth_core::http::Response;
use oauth_core::prelude::*;
use oauth_core::server::{Endpoints, Environment, Route, RunningServer, ServerConfig};

use super::{assert_accepted, assert_refused, by_hand};

const fn at(endpoints: Endpoints) -> ServerConfig {
    ServerConfig::new(&[]).endpoints(endpoints)
}

#[test]
fn rfc3986_section_2_3_paths_have_unreserved_characters() {
    by_hand!(Relative, config: at(Endpoints::DEFAULT.token("token")));
    assert_refused(Relative::make(), "the path `token` is relative: write `/token`");
    by_hand!(Pattern, config: at(Endpoints::DEFAULT.token("/{tenant}/token")));
    assert_refused(Pattern::make(), "has the character '{'");
    by_hand!(Parent, config: at(Endpoints::DEFAULT.revocation(Some("/oauth/../revoke"))));
    assert_refused(Parent::make(), "which clients remove (RFC 3986 §5.2.4)");
    by_hand!(Slash, config: at(Endpoints::DEFAULT.introspection(Some("/introspect/"))));
    assert_refused(Slash::make(), "which clients remove (RFC 3986 §5.2.4)");
    by_hand!(Deep, config: at(Endpoints::DEFAULT.token("/oauth2/v1.0/~token")));
    assert_accepted(Deep::make());
}

#[test]
fn rfc8615_section_3_paths_are_not_well_known_names() {
    by_hand!(Known, config: at(Endpoints::DEFAULT.token("/.well-known/oauth-authorization-server")));
    assert_refused(Known::make(), "is under `/.well-known/`");
}

#[test]
fn each_endpoint_has_its_own_path() {
    by_hand!(Same, config: at(Endpoints::DEFAULT.revocation(Some("/introspect"))));
    assert_refused(Same::make(), "the path `/introspect` is another endpoint's already");
    by_hand!(
        Page,
        config: at(Endpoints::DEFAULT.token("/login")),
        grants: (AuthorizationCode,),
        interaction: LoginPages = LoginPages::new()
    );
    assert_refused(Page::make(), "the path `/login` is another endpoint's already");
    // An endpoint that is not routed takes no path.
    by_hand!(Unrouted, config: at(Endpoints::DEFAULT.authorization("/token")));
    assert_accepted(Unrouted::make());
}

#[test]
fn a_server_reads_bodies() {
    by_hand!(Nothing, config: ServerConfig::new(&[]).body_limit(0));
    assert_refused(Nothing::make(), "`body_limit = 0` is too small");
    by_hand!(Little, config: ServerConfig::new(&[]).body_limit(1023));
    assert_refused(Little::make(), "write 1024 (bytes) at least");
    by_hand!(Least, config: ServerConfig::new(&[]).body_limit(1024));
    assert_accepted(Least::make());
}

#[test]
fn a_server_holds_what_it_reads() {
    by_hand!(Everything, config: ServerConfig::new(&[]).body_limit(usize::MAX));
    assert_refused(Everything::make(), "write 16777216 (16 MiB) at most");
    by_hand!(Most, config: ServerConfig::new(&[]).body_limit(16 * 1024 * 1024));
    assert_accepted(Most::make());
}

/// Stands for the endpoint of the same name that every server has.
struct SecondIntrospection;

#[test]
fn rfc8414_section_2_a_member_of_the_metadata_has_one_url() {
    by_hand!(Server);
    impl Endpoint<Server> for SecondIntrospection {
        const ROUTE: Route = Route::endpoint("introspection_endpoint");
        const PATH: Option<&'static str> = Some("/introspect2");
        async fn respond(_: &RunningServer<Server>, _: &mut Request) -> Result<Response> {
            Ok(Response::default())
        }
    }
    let error = Server::make().start_in(Environment::new().endpoint::<SecondIntrospection>()).err().unwrap();
    assert_eq!(error.mistakes().count(), 1);
    assert!(error.to_string().contains("two endpoints are the metadata's `introspection_endpoint`"));
}
