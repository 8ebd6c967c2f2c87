//! A key that signs in another process, the only one that has it; the server asks it over a Unix socket.
//!
//! ```console
//! $ cargo run --example remote_signer -- sign signer
//! $ cargo run --example remote_signer -- serve signer
//! ```
//!
//! Both run as one user here, so that it can be tried. Where it matters, the signer is a user, a container or a machine of its own, or
//! the key is in an HSM: `Signer` is the same.

#[cfg(unix)]
mod signer {
    use std::fs::DirBuilder;
    use std::io::{Error, ErrorKind, Result};
    use std::os::unix::fs::DirBuilderExt as _;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use oauth_core::jose::{Jwk, Signer, SigningKeys as _};
    use oauth_core::prelude::{Algorithm, KeyRing, SigningKey};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{UnixListener, UnixStream};
    use tokio::time::timeout;

    /// The longest that is signed, in bytes: far more than a token has.
    const LONGEST: u32 = 1 << 16;
    /// The time that a token waits for its signature.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// Signs for whoever can open the socket in this directory.
    pub(crate) async fn sign(directory: &Path) -> std::result::Result<(), Box<dyn std::error::Error>> {
        // Before there is a socket in it: nobody else can ever have opened one.
        DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        let key = KeyRing::load_or_generate(directory.join("key.pem"), Algorithm::ES256)?.active();
        let socket = socket(directory);
        match std::fs::remove_file(&socket) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(cause.into()),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        println!("signing with {} at {}", key.kid().unwrap_or_default(), socket.display());
        loop {
            let (stream, _) = listener.accept().await?;
            let key = key.clone();
            tokio::spawn(async move {
                if let Ok(Err(error)) = timeout(PATIENCE, answer(stream, key)).await {
                    eprintln!("not signed: {error}");
                }
            });
        }
    }

    /// A message is answered by its signature; an empty one, which nobody signs, by the public key.
    async fn answer(mut stream: UnixStream, key: SigningKey) -> Result<()> {
        let message = read(&mut stream).await?;
        let answer = if message.is_empty() {
            serde_json::to_vec(&key.public_jwk())?
        } else {
            key.sign(&message).await.map_err(Error::other)?
        };
        write(&mut stream, &answer).await
    }

    /// A key that the signer of this directory has.
    pub(crate) struct Elsewhere {
        socket: PathBuf,
        public: Jwk,
    }

    impl Elsewhere {
        pub(crate) async fn connect(directory: &Path) -> Result<Self> {
            let socket = socket(directory);
            let public = serde_json::from_slice(&ask(&socket, b"").await?)?;
            Ok(Self { socket, public })
        }
    }

    impl Signer for Elsewhere {
        fn public_jwk(&self) -> Jwk {
            self.public.clone()
        }

        async fn sign(&self, message: &[u8]) -> oauth_core::Result<Vec<u8>> {
            Ok(ask(&self.socket, message).await?)
        }
    }

    async fn ask(socket: &Path, message: &[u8]) -> Result<Vec<u8>> {
        let asking = async {
            // A connection a signature: the signer may be started anew at any time.
            let mut stream = UnixStream::connect(socket).await?;
            write(&mut stream, message).await?;
            read(&mut stream).await
        };
        timeout(PATIENCE, asking).await?
    }

    fn socket(directory: &Path) -> PathBuf {
        directory.join("socket")
    }

    /// A length of four bytes, and so many bytes.
    async fn read(stream: &mut UnixStream) -> Result<Vec<u8>> {
        let length = stream.read_u32().await?;
        if length > LONGEST {
            return Err(Error::new(ErrorKind::InvalidData, "the message is too long"));
        }
        let mut message = vec![0; length as usize];
        stream.read_exact(&mut message).await?;
        Ok(message)
    }

    async fn write(stream: &mut UnixStream, message: &[u8]) -> Result<()> {
        let length = u32::try_from(message.len()).map_err(Error::other)?;
        stream.write_u32(length).await?;
        stream.write_all(message).await
    }
}

#[cfg(unix)]
mod server {
    use std::path::Path;

    use oauth_core::prelude::*;

    use super::signer::Elsewhere;

    #[validator]
    struct Accounts {
        #[store]
        store: MemoryStore,
    }

    #[token_generator(jwt, issuer = "http://127.0.0.1:8080", algorithm = "ES256")]
    struct AccessTokens {
        #[signing_key]
        key: SigningKey,
    }

    #[authorization_server(grants(client_credentials), scopes("jobs"))]
    struct AuthServer {
        #[validator]
        accounts: Accounts,
        #[access_token]
        tokens: AccessTokens,
    }

    pub(crate) async fn serve(
        directory: &Path,
        address: &str,
    ) -> std::result::Result<(), Box<dyn std::error::Error>> {
        let signer = Elsewhere::connect(directory).await.map_err(|cause| {
            format!("no signer answers in `{}`, start it first: {cause}", directory.display())
        })?;
        let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
        store.save_client(Client::confidential("robot", &secret).scope("jobs").build()?).await?;
        let tokens = AccessTokens { key: SigningKey::remote(signer)? };
        let server = AuthServer { accounts: Accounts { store }, tokens };
        let listener = tokio::net::TcpListener::bind(address).await?;
        let (secret, address) = (secret.expose(), listener.local_addr()?);
        println!("curl -u robot:{secret} -d grant_type=client_credentials http://{address}/token");
        Ok(axum::serve(listener, server.into_router()?).await?)
    }
}

#[cfg(unix)]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["sign", directory] => signer::sign(directory.as_ref()).await,
        ["serve", directory] => server::serve(directory.as_ref(), "127.0.0.1:8080").await,
        ["serve", directory, address] => server::serve(directory.as_ref(), address).await,
        _ => Err("say `sign DIRECTORY`, or `serve DIRECTORY [ADDRESS]`".into()),
    }
}

#[cfg(not(unix))]
fn main() {
    eprintln!("remote_signer: it needs Unix sockets");
}
