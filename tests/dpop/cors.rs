//! Pages of other origins, which send proofs and read nonces.

use http::{Request, header};
use oauth_tests::{Answer, basic};

use crate::world::{REQUIRED, world};

fn exposed(answer: &Answer) -> Vec<&str> {
    answer.header("access-control-expose-headers").split(", ").collect()
}

#[tokio::test]
async fn a_preflight_allows_the_proof() {
    let world = world::<REQUIRED>().await;
    for path in ["/token", "/userinfo"] {
        let request = Request::options(path)
            .header(header::ORIGIN, "https://spa.example")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,dpop");
        let answer = world.app.send(request, "").await;
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "authorization, content-type, dpop",
            "{path}"
        );
    }
}

/// The error and its nonce pass through CORS: a script sees both, or it cannot try again.
#[tokio::test]
async fn a_script_reads_the_nonce() {
    let world = world::<REQUIRED>().await;
    let ask = async |proof: &str| {
        let request = Request::post("/token")
            .header(header::ORIGIN, "https://spa.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("dpop", proof);
        world.app.send(request, "grant_type=authorization_code&client_id=spa&code=x").await
    };
    let refused = ask(&world.draft().sign()).await;
    refused.assert_error(400, "use_dpop_nonce");
    assert_eq!(refused.header("access-control-allow-origin"), "https://spa.example");
    assert_eq!(exposed(&refused), ["www-authenticate", "dpop-nonce"]);
    let nonce = refused.header("dpop-nonce");
    world.wait(60);
    let refused = ask(&world.draft().claim("nonce", nonce).sign()).await;
    refused.assert_error(400, "invalid_grant");
    assert!(!refused.header("dpop-nonce").is_empty(), "whatever the answer is, a newer nonce rides on it");
}

#[tokio::test]
async fn a_script_reads_the_challenge_of_userinfo() {
    let world = world::<REQUIRED>().await;
    let request = Request::get("/userinfo")
        .header(header::ORIGIN, "https://spa.example")
        .header(header::AUTHORIZATION, "DPoP x")
        .header("dpop", "x");
    let answer = world.app.send(request, "").await;
    assert_eq!(exposed(&answer), ["www-authenticate", "dpop-nonce"]);
    let _ = basic("web");
}
