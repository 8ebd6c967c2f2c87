//! Origins are those that browsers send.

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;

use super::{assert_accepted, assert_refused, by_hand};

const fn config(origins: &'static [&'static str]) -> ServerConfig {
    ServerConfig::new(&[]).allowed_origins(origins)
}

#[test]
fn rfc6454_section_6_2_an_origin_is_one_that_browsers_send() {
    by_hand!(Good, config: config(&["https://app.example.com", "http://localhost:3000"]));
    assert_accepted(Good::make());
    by_hand!(Anyone, config: config(&["*"]));
    assert_refused(Anyone::make(), "the origin `*` is for every page there is");
    by_hand!(Path, config: config(&["https://app.example.com/"]));
    assert_refused(Path::make(), "has more than scheme, host and port");
    by_hand!(Http, config: config(&["http://app.example.com"]));
    assert_refused(Http::make(), "is http off loopback");
    by_hand!(Port, config: config(&["https://app.example.com:443"]));
    assert_refused(Port::make(), "has the default port");
    by_hand!(Twice, config: config(&["https://app.example.com", "https://app.example.com"]));
    assert_refused(Twice::make(), "is given twice");
}
