//! The cause of a token that was not issued, which is in the log and not on the wire.

use oauth_core::prelude::*;
use oauth_tests::{App, TestServer, basic, clients};

use super::Log;

#[validator(custom)]
struct Constant {
    #[store]
    store: MemoryStore,
}

const CONSTANT: &str = "the-same-token-for-whoever-asks-for-one";

#[validator]
impl Constant {
    #[token_generator]
    fn generate_access_token(&self, _: &Request) -> Result<String> {
        Ok(CONSTANT.to_owned())
    }
}

#[tokio::test]
async fn the_log_says_why_a_token_that_comes_again_is_not_issued() {
    let log = Log::started();
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(TestServer::<_, 10> { validator: Constant { store } });
    let ask = async || app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    assert_eq!(ask().await.status, 200);
    let answer = ask().await;
    assert_eq!((answer.status.as_u16(), answer.text()), (500, r#"{"error":"server_error"}"#));
    let log = log.text();
    assert!(log.contains("it is kept already: its generator repeats itself"), "{log}");
    assert!(!log.contains(CONSTANT), "{log}");
}
