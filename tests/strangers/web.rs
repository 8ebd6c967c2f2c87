//! The web as the tests have it: one TLS server under many names, and whoever resolves these.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use oauth_core::http::{Fetcher, HttpError, Resolver};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The web, and what was asked of it.
#[derive(Clone, Default)]
pub(crate) struct Web(Arc<State>);

#[derive(Default)]
struct State {
    port: AtomicUsize,
    pages: Mutex<HashMap<String, String>>,
    requests: Mutex<Vec<String>>,
    addresses: Mutex<HashMap<String, Vec<Vec<SocketAddr>>>>,
    resolved: AtomicUsize,
}

impl Web {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let web = Self::default();
        web.0.port.store(listener.local_addr().unwrap().port().into(), Ordering::SeqCst);
        let (acceptor, state) = (acceptor(), web.0.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(acceptor.clone(), stream, state.clone()));
            }
        });
        web
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port.load(Ordering::SeqCst).try_into().unwrap()
    }

    /// A fetcher that trusts this web, and resolves its names.
    pub(crate) fn fetcher(&self) -> Fetcher {
        let fetcher = Fetcher::with_root_certificates(include_str!("tls/ca.pem")).unwrap();
        fetcher.resolver(self.clone()).danger_loopback_port(self.port())
    }

    /// Puts a document at a URL.
    pub(crate) fn put(&self, url: &str, document: &Value) {
        self.put_with(url, "200 OK", "cache-control: max-age=600", &document.to_string());
    }

    pub(crate) fn put_with(&self, url: &str, status: &str, header: &str, body: &str) {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{header}\r\n");
        let answer = format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
        self.0.pages.lock().unwrap().insert(url.to_owned(), answer);
    }

    /// Says what a name is resolved to: the first time, the second, and so on.
    pub(crate) fn resolve(&self, host: &str, answers: &[&[&str]]) {
        let address = |text: &&str| SocketAddr::new(text.parse().unwrap(), 0);
        let answers = answers.iter().map(|answer| answer.iter().map(address).collect()).collect();
        self.0.addresses.lock().unwrap().insert(host.to_owned(), answers);
    }

    /// The URLs that were asked for.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.requests.lock().unwrap().clone()
    }

    /// The number of names that were resolved.
    pub(crate) fn resolved(&self) -> usize {
        self.0.resolved.load(Ordering::SeqCst)
    }
}

impl Resolver for Web {
    async fn resolve(&self, host: &str) -> Result<Vec<SocketAddr>, HttpError> {
        self.0.resolved.fetch_add(1, Ordering::SeqCst);
        if host.ends_with("silent.example") {
            std::future::pending::<()>().await;
        }
        let mut addresses = self.0.addresses.lock().unwrap();
        match addresses.get_mut(host) {
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
            None => Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, self.port()))]),
        }
    }
}

fn acceptor() -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server_key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn answer(acceptor: TlsAcceptor, stream: TcpStream, state: Arc<State>) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let head = head(&mut stream).await;
    let host =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("host: ").map(str::to_owned));
    let path = head.split(' ').nth(1).unwrap_or_default();
    let url = format!("https://{}{path}", host.unwrap_or_default());
    state.requests.lock().unwrap().push(url.clone());
    let page = state.pages.lock().unwrap().get(&url).cloned();
    let absent = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    let _ = stream.write_all(page.unwrap_or(absent).as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn head(stream: &mut TlsStream<TcpStream>) -> String {
    let (mut read, mut buffer) = (Vec::new(), [0; 1024]);
    while !read.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(count) => read.extend_from_slice(&buffer[..count]),
        }
    }
    String::from_utf8(read).unwrap()
}
