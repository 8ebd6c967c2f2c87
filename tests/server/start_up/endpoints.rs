//! Paths, and how much is read there.

use oauth_core::prelude::*;
use oauth_core::server::{Endpoints, ServerConfig};

use super::{assert_accepted, assert_refused, by_hand};

const fn at(endpoints: Endpoints) -> ServerConfig {
    ServerConfig::new(&[]).endpoints(endpoints)
}

#[test]
fn rfc3986_section_2_3_paths_have_unreserved_characters() {
    const MALFORMED: &str = "must start with `/` and have only unreserved characters";
    by_hand!(Relative, config: at(Endpoints::DEFAULT.token("token")));
    assert_refused(Relative::make(), MALFORMED);
    by_hand!(Pattern, config: at(Endpoints::DEFAULT.token("/{tenant}/token")));
    assert_refused(Pattern::make(), MALFORMED);
    by_hand!(Parent, config: at(Endpoints::DEFAULT.revocation(Some("/oauth/../revoke"))));
    assert_refused(Parent::make(), MALFORMED);
    by_hand!(Slash, config: at(Endpoints::DEFAULT.introspection(Some("/introspect/"))));
    assert_refused(Slash::make(), MALFORMED);
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
    assert_refused(Same::make(), "the path `/introspect` leads to two endpoints");
    by_hand!(
        Page,
        config: at(Endpoints::DEFAULT.token("/login")),
        grants: (AuthorizationCode,),
        interaction: LoginPages = LoginPages::new()
    );
    assert_refused(Page::make(), "the path `/login` leads to two endpoints");
    // An endpoint that is not routed takes no path.
    by_hand!(Unrouted, config: at(Endpoints::DEFAULT.authorization("/token")));
    assert_accepted(Unrouted::make());
}

#[test]
fn rfc6749_section_3_2_bodies_have_room() {
    by_hand!(Nothing, config: ServerConfig::new(&[]).body_limit(0));
    assert_refused(Nothing::make(), "the body limit is zero");
}
