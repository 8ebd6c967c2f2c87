//! A person logs in, over HTTP, and the server stops when it is told to.

use std::net::SocketAddr;

use oauth_core::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::BoxError;
use crate::server::open;

/// The challenge of RFC 7636 appendix B, and its verifier.
const AUTHORIZE: &str = "/authorize?response_type=code&client_id=app&redirect_uri=https://app.example/callback\
     &scope=openid+profile&state=xyz&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

struct Site(SocketAddr);

impl Site {
    async fn send(&self, start: &str, headers: &str, body: &str) -> Result<String, BoxError> {
        let mut stream = TcpStream::connect(self.0).await?;
        let length = body.len();
        let request = format!(
            "{start} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    async fn get(&self, path: &str) -> Result<String, BoxError> {
        self.send(&format!("GET {path}"), "", "").await
    }

    async fn submit(&self, form: &str) -> Result<String, BoxError> {
        self.send(&format!("POST {AUTHORIZE}"), "sec-fetch-site: same-origin\r\n", form).await
    }
}

#[tokio::test]
async fn a_person_logs_in_and_the_client_gets_tokens() -> Result<(), BoxError> {
    let (server, environment) = open(super::settings().await?).await?;
    let (people, store) = (server.accounts.people.clone(), server.accounts.store.clone());
    people.save_user(User::new("248289761001", "alice").with_password("open sesame")?).await?;
    let client = Client::public("app").redirect_uri("https://app.example/callback").scope("openid profile");
    store.save_client(client.build()?).await?;
    let server = server.start_in(environment)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let site = Site(listener.local_addr()?);
    let app = server.clone().into_router().merge(server.health().into_router());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = oauth_core::serve(listener, app).maintain(&server).notice(std::time::Duration::ZERO);
    let serving = tokio::spawn(serving.until(async { drop(stopped.await) }).into_future());

    assert!(site.get("/health/ready").await?.starts_with("HTTP/1.1 200"));
    let page = site.get(AUTHORIZE).await?;
    assert!(page.contains("<li>Know your name</li>") && page.contains("x-frame-options: DENY"), "{page}");

    let right = "username=alice&password=open+sesame&decision=allow";
    let page = site.send(&format!("POST {AUTHORIZE}"), "sec-fetch-site: cross-site\r\n", right).await?;
    assert!(page.contains("sent by another site"), "{page}");
    let page = site.submit("username=<alice>&password=sesame&decision=allow").await?;
    assert!(page.contains("is wrong") && page.contains("&lt;alice&gt;"), "{page}");
    let answer = site.submit("decision=deny").await?;
    assert!(answer.contains("error=access_denied"), "{answer}");

    let answer = site.submit(right).await?;
    let code = answer.split("code=").nth(1).and_then(|rest| rest.split(['&', '\r']).next());
    let code = code.ok_or_else(|| answer.clone())?;
    let exchange = format!(
        "grant_type=authorization_code&client_id=app&redirect_uri=https://app.example/callback&code={code}&code_verifier={VERIFIER}"
    );
    let tokens = site.send("POST /token", "", &exchange).await?;
    assert!(tokens.contains("\"access_token\"") && tokens.contains("\"id_token\""), "{tokens}");

    let wrong = "username=alice&password=sesame&decision=allow";
    for _ in 0..100 {
        site.submit(wrong).await?;
    }
    let page = site.submit(right).await?;
    assert!(page.contains("Too many attempts"), "{page}");

    assert!(stop.send(()).is_ok());
    serving.await??;
    Ok(())
}
