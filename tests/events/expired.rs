//! Sessions that end by time.

use std::time::Duration;

use oauth_core::event::EventKind;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::Environment;
use oauth_core::store::{SecondStep, Session, SessionStore as _};
use oauth_core::time::UnixTime;

use crate::world::Seen;

#[validator]
struct Accounts {
    #[store]
    store: PostgresStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Server {
    #[validator]
    accounts: Accounts,
}

#[tokio::test]
async fn a_session_that_expired_is_told_where_the_store_is_swept() {
    let store = PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap();
    let now = UnixTime::now();
    let long_ago = UnixTime::from_secs(now.as_secs() - 120);
    let sessions = [
        ("alice", long_ago, SecondStep::None),
        ("bob", now + Duration::from_hours(1), SecondStep::None),
        // Never gave the code: that was no session.
        ("carol", long_ago, SecondStep::Awaited),
    ];
    for (subject, end, second_step) in sessions {
        let session = Session {
            subject: subject.to_owned(),
            auth_time: long_ago,
            expires_at: end,
            sid: format!("sid of {subject}"),
            clients: Vec::new(),
            second_step,
        };
        store.save_session(TokenHash::of(subject), session).await.unwrap();
    }
    let seen = Seen::default();
    let accounts = Accounts { store: store.clone() };
    let server = Server { accounts }.start_in(Environment::new().observer(seen.clone())).unwrap();
    let told = async {
        loop {
            let told = seen.take();
            if !told.is_empty() {
                return told;
            }
            tokio::task::yield_now().await;
        }
    };
    let told = tokio::select! {
        () = server.maintain() => unreachable!("it does not end"),
        told = tokio::time::timeout(Duration::from_mins(1), told) => told.unwrap(),
    };
    let [told] = &told[..] else { panic!("{told:#?}") };
    assert_eq!((told.kind, told.subject.as_deref()), (EventKind::SessionExpired, Some("alice")));
    assert!(told.session.is_some());
    assert!(store.session(&TokenHash::of("bob"), now).await.unwrap().is_some());
}
