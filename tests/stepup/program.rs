//! The whole way: refused, told why, logged in better, let in.

use crate::world::{EVERYWHERE, World, assert_asks, parameter};

#[tokio::test]
async fn a_client_does_what_the_challenge_says_and_gets_in() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        let weak = world.token("pwd", 0).await;
        assert_eq!(world.get("/read", &weak).await.status, 200);
        let refused = world.get("/close", &weak).await;
        let challenge = assert_asks(&refused, "Bearer");
        let told = |name| parameter(challenge, name).unwrap();
        let (acr_values, max_age, scope) = (told("acr_values"), told("max_age"), told("scope"));
        // RFC 9470 §4: the client sends what it was told. The login page sees it.
        let asked = [("acr_values", acr_values.as_str()), ("max_age", &max_age), ("scope", &scope)];
        let page = world.authorize(None, &asked).await;
        assert_eq!(page.header("x-test-asked"), "phrh");
        let strong = world.tokens(("phrh", 1), &asked).await.member("access_token");
        assert_eq!(world.get("/close", &strong).await.text(), "close", "{place:?}");
        // The login gets old, and the token with it.
        world.wait(59);
        assert_eq!(world.get("/close", &strong).await.status, 200, "{place:?}");
        world.wait(1);
        assert_asks(&world.get("/close", &strong).await, "Bearer");
        assert_eq!(world.get("/transfer", &strong).await.text(), "transfer");
    }
}
