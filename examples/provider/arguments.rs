//! The arguments: see [`HELP`](crate::help::HELP).

use std::ffi::{OsStr, OsString};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use oauth_core::jose::EncryptionKey;
use oauth_core::prelude::SecretString;
#[cfg(feature = "valkey")]
use oauth_core::store::{SecurityWrites, ValkeyConnectError, ValkeyStore};
use oauth_core::token::check_issuer;

use crate::keys::KEKS;
use crate::profiles::ProfileArgument;
use crate::tokens::encryption_key;

/// The place where codes, tokens, sessions and consents are kept.
#[derive(Debug)]
pub(crate) enum StoreArgument {
    Memory,
    Sqlite(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(SecretString),
    #[cfg(feature = "valkey")]
    Valkey(ValkeyArgument),
}

/// One server, or some nodes of a cluster.
#[cfg(feature = "valkey")]
#[derive(Debug)]
pub(crate) struct ValkeyArgument {
    urls: Vec<SecretString>,
    security_writes: SecurityWrites,
}

/// The format of access tokens.
#[derive(Debug)]
pub(crate) enum Format {
    Jwt,
    Opaque,
    Jwe(EncryptionKey),
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) listen: SocketAddr,
    /// `None`: `http://` and the address.
    pub(crate) issuer: Option<String>,
    pub(crate) clients: PathBuf,
    pub(crate) users: PathBuf,
    pub(crate) profile: ProfileArgument,
    /// `None`: those that are usual.
    pub(crate) scopes: Option<PathBuf>,
    pub(crate) resource_files: Vec<PathBuf>,
    /// `URI` or `URI=SCOPE,SCOPE`.
    pub(crate) resources: Vec<String>,
    pub(crate) store: StoreArgument,
    /// `None`: beside the store's file, or of this run.
    pub(crate) keys: Option<PathBuf>,
    /// Whatever seals keys that are in the store: without `--keys`, in the environment.
    pub(crate) keks: Option<SecretString>,
    pub(crate) access_tokens: Format,
    /// True if clients may register themselves.
    pub(crate) registration: bool,
}

impl Arguments {
    /// Reads the arguments after the program's name; `None`: `--help` was among them. An error is one line.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Option<Self>, String> {
        let (mut clients, mut users, mut issuer, mut keys) = (None, None, None, None);
        let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 9000));
        let (mut store, mut access_tokens) = (StoreArgument::Memory, Format::Jwt);
        let (mut registration, mut profile, mut scopes) = (false, ProfileArgument::OAuth20, None);
        let (mut resource_files, mut resources) = (Vec::new(), Vec::new());
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = |what: &str| args.next().ok_or_else(|| format!("{} needs {what}", arg.display()));
            match arg.to_str() {
                Some("--help" | "-h") => return Ok(None),
                Some("--clients") => clients = Some(value("a file")?),
                Some("--users") => users = Some(value("a file")?),
                Some("--listen") => listen = address(&value("an address")?)?,
                Some("--issuer") => issuer = Some(url(value("a URL")?)?),
                Some("--store") => store = StoreArgument::parse(&value(STORES)?)?,
                Some("--keys") => keys = Some(PathBuf::from(value("a file")?)),
                Some("--access-tokens") => {
                    access_tokens = Format::parse(&value("`jwt`, `opaque` or `jwe:FILE`")?)?;
                }
                Some("--registration") => registration = true,
                Some("--profile") => profile = profile_of(&value(&profiles())?)?,
                Some("--scopes") => scopes = Some(value("a file")?.into()),
                Some("--resources") => resource_files.push(value("a file")?.into()),
                Some("--resource") => {
                    resources.push(text("--resource", value("a URI, or URI=SCOPE,SCOPE")?)?);
                }
                _ => return Err(format!("unknown argument `{}`: try --help", arg.display())),
            }
        }
        let file = |given: Option<OsString>, name| {
            given
                .map(PathBuf::from)
                .ok_or_else(|| format!("--{name} is missing: try --help, which shows such a file"))
        };
        if profile == ProfileArgument::Mcp && resource_files.is_empty() && resources.is_empty() {
            return Err("--profile mcp needs an MCP server that tokens are for (RFC 8707 §2): add --resource URI, such as --resource \
                        http://127.0.0.1:3000/mcp"
                .to_owned());
        }
        let sealing = std::env::var(KEKS).ok().filter(|keks| keys.is_none() && !keks.is_empty());
        if let Some(shared) = store.scheme_of_many()
            && keys.is_none()
            && sealing.is_none()
        {
            return Err(format!(
                "--store {shared}://… needs keys that every provider has: set {KEKS}, as --help tells, and they are in the store; or add \
                 --keys FILE, such as --keys oauth"
            ));
        }
        Ok(Some(Self {
            listen,
            issuer,
            clients: file(clients, "clients")?,
            users: file(users, "users")?,
            profile,
            scopes,
            resource_files,
            resources,
            store,
            keys,
            keks: sealing.map(SecretString::new),
            access_tokens,
            registration,
        }))
    }
}

const STORES: &str = "`memory`, `sqlite:FILE`, `postgres://…` or `valkey://…`";

/// What the URL of a Valkey or Redis begins with; with an `s` over TLS.
const VALKEY: [&str; 4] = ["valkey://", "valkeys://", "redis://", "rediss://"];

impl StoreArgument {
    /// The scheme of a store that providers on other machines share.
    const fn scheme_of_many(&self) -> Option<&'static str> {
        match self {
            Self::Memory | Self::Sqlite(_) => None,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Some("postgres"),
            #[cfg(feature = "valkey")]
            Self::Valkey(_) => Some("valkey"),
        }
    }

    pub(crate) fn parse(text: &OsStr) -> Result<Self, String> {
        match (text.to_str(), file_after("sqlite:", text)) {
            (Some("memory"), _) => Ok(Self::Memory),
            (_, Some(file)) => Ok(Self::Sqlite(file)),
            (Some(url), _) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::postgres(url)
            }
            (Some(url), _) if VALKEY.iter().any(|scheme| url.starts_with(scheme)) => Self::valkey(url),
            _ => Err(format!("`{}` is not a store: use {STORES}, such as sqlite:oauth.db", text.display())),
        }
    }

    #[cfg(feature = "postgres")]
    #[allow(clippy::unnecessary_wraps, reason = "without the feature there is none")]
    fn postgres(url: &str) -> Result<Self, String> {
        Ok(Self::Postgres(SecretString::new(url)))
    }

    #[cfg(not(feature = "postgres"))]
    fn postgres(_: &str) -> Result<Self, String> {
        Err("this provider is built without PostgreSQL: run it as `cargo run --features postgres --example provider -- …`".to_owned())
    }
}

#[cfg(feature = "valkey")]
impl StoreArgument {
    /// Of several hosts, each is a URL with the scheme, the user and the password of the first.
    fn valkey(url: &str) -> Result<Self, String> {
        let (url, replicas) =
            url.split_once("?replicas=").map_or((url, None), |(url, count)| (url, Some(count)));
        let security_writes = match replicas.map(str::parse) {
            None => SecurityWrites::Node,
            Some(Ok(count)) => SecurityWrites::Replicas(count),
            Some(Err(_)) => {
                return Err("--store valkey://…?replicas= needs the number of replicas that confirm a revocation, such as 1".to_owned());
            }
        };
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let (user, hosts) =
            rest.rsplit_once('@').map_or((String::new(), rest), |(user, hosts)| (format!("{user}@"), hosts));
        let urls = hosts.split(',').map(|host| SecretString::new(format!("{scheme}://{user}{host}")));
        Ok(Self::Valkey(ValkeyArgument { urls: urls.collect(), security_writes }))
    }
}

#[cfg(feature = "valkey")]
impl ValkeyArgument {
    pub(crate) async fn connect(&self) -> Result<ValkeyStore, ValkeyConnectError> {
        let store = match self.urls.as_slice() {
            [url] => ValkeyStore::connect(url.expose()).await?,
            seeds => ValkeyStore::connect_cluster(seeds.iter().map(SecretString::expose)).await?,
        };
        Ok(store.security_writes(self.security_writes))
    }
}

#[cfg(not(feature = "valkey"))]
impl StoreArgument {
    fn valkey(_: &str) -> Result<Self, String> {
        Err("this provider is built without Valkey: run it as `cargo run --features valkey --example provider -- …`".to_owned())
    }
}

impl Format {
    fn parse(text: &OsStr) -> Result<Self, String> {
        match (text.to_str(), file_after("jwe:", text)) {
            (Some("jwt"), _) => Ok(Self::Jwt),
            (Some("opaque"), _) => Ok(Self::Opaque),
            (_, Some(file)) => encryption_key(&file).map(Self::Jwe),
            _ => Err(format!(
                "`{}` is not a format of access tokens: use `jwt`, `opaque` or `jwe:FILE`",
                text.display()
            )),
        }
    }
}

/// The file in `prefix:FILE`.
fn file_after(prefix: &str, text: &OsStr) -> Option<PathBuf> {
    text.to_str()?.strip_prefix(prefix).filter(|file| !file.is_empty()).map(PathBuf::from)
}

fn address(text: &OsStr) -> Result<SocketAddr, String> {
    let parsed = text.to_str().and_then(|text| text.parse().ok());
    parsed
        .ok_or_else(|| format!("`{}` is not an address to listen on, such as 127.0.0.1:9000", text.display()))
}

fn url(given: OsString) -> Result<String, String> {
    let url = text("--issuer", given)?;
    check_issuer(&url).map_err(|mistake| format!("--issuer {mistake}"))?;
    Ok(url)
}

fn text(name: &str, text: OsString) -> Result<String, String> {
    text.into_string().map_err(|text| format!("{name} `{}` is not UTF-8", text.display()))
}

fn profile_of(text: &OsStr) -> Result<ProfileArgument, String> {
    let known = ProfileArgument::ALL.iter().find(|profile| text == profile.name());
    known.copied().ok_or_else(|| format!("`{}` is not a profile: use {}", text.display(), profiles()))
}

/// The names of the profiles.
fn profiles() -> String {
    let names: Vec<_> = ProfileArgument::ALL.iter().map(|profile| format!("`{}`", profile.name())).collect();
    names.join(", ")
}
