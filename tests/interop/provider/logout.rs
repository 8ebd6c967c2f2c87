//! The client `web` is told that Alice has signed out (OpenID Connect Back-Channel Logout).

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::{get, post};
use oauth_tests::python;
use tokio::net::TcpListener;

use crate::world::{json, run, start_with};

/// Receives what comes to `/logout`, which is kept, and shown at `/received` to the script that verifies it.
async fn receiver() -> String {
    let received = Arc::new(Mutex::new(Vec::<String>::new()));
    let kept = Arc::clone(&received);
    let router = Router::new()
        .route("/logout", post(async move |body: String| kept.lock().unwrap().push(body)))
        .route("/received", get(async move || received.lock().unwrap().join("\n")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    origin
}

#[tokio::test]
async fn back_channel() {
    let receiver = receiver().await;
    let mut clients = json("clients.json");
    let web = clients.as_array_mut().unwrap().iter_mut().find(|client| client["client_id"] == "web").unwrap();
    web["backchannel_logout_uri"] = format!("{receiver}/logout").into();
    web["backchannel_logout_session_required"] = true.into();

    let script = move || {
        let verified = ["login", "logout", "logout token"];
        run(python(), "back_channel_client.py", &start_with(&clients, &[]), &[&receiver], &verified);
    };
    // The receiver is on this thread.
    tokio::task::spawn_blocking(script).await.unwrap();
}
