//! `--listen ADDRESS --issuer URL --clients FILE --users FILE --store STORE`

use std::ffi::{OsStr, OsString};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use oauth_core::jose::EncryptionKey;
use oauth_core::token::check_issuer;

use crate::tokens::encryption_key;

/// The text that `--help` prints.
pub(crate) const HELP: &str = concat!(
    "\
An authorization server for the clients and the users of two JSON files.

Usage: cargo run --example provider -- --clients FILE --users FILE [--listen ADDRESS] [--issuer URL] [--store STORE]
                                           [--access-tokens FORMAT] [--registration]

  --clients FILE    who may ask for tokens: an array of client metadata (RFC 7591 §2), each with its client_id
  --users FILE      who can log in: an array of objects with sub, username, password and claims
  --listen ADDRESS  where to listen; port 0 takes a free one [default: 127.0.0.1:9000]
  --issuer URL      the public URL of this server, as clients know it [default: http:// and the address]
  --store STORE     where codes, tokens, devices, sessions and consents are kept: `memory`, which forgets them at the end, or
                    `sqlite:FILE`, with the keys beside the file [default: memory]
  --access-tokens FORMAT
                    `jwt` (signed), `opaque` (for introspection), or `jwe:FILE`: signed, and then encrypted to the public
                    key of an API in this file, a PEM or a JWK [default: jwt]
  --registration    let anybody register a client (RFC 7591): it may have the scopes openid, profile, email,
                    offline_access and calendar, people are told that nobody has verified it, and it is forgotten at the end
                    [default: no]
  --help            print this

Both files are read once, at the start, and hashing a password takes some tens of milliseconds. RUST_LOG says what is logged
[default: info].

Tokens are bound to a key where a client proves one (DPoP, RFC 9449), and always where it has `dpop_bound_access_tokens`.

A client without `scope` may have every scope. Beside its metadata, a client may have `origins`, from which browsers may call the
token endpoint; `first_party`, which is true for your own clients: nobody is asked for consent, and with the grant
urn:ietf:params:oauth:grant-type:jwt-bearer they may speak for every user; `require_pkce`, which is false for a
confidential client that knows OpenID Connect alone and sends a nonce; and, for an API, `introspects`: the audiences whose
tokens introspection describes to it, such as [\"http://127.0.0.1:9000\"], which is the issuer, or \"all\". Of its own tokens a
client is told that they are active, until when and for which scopes.

clients.json, for example:

",
    include_str!("clients.json"),
    "
users.json, for example:

",
    include_str!("users.json")
);

/// The place where codes, tokens, sessions and consents are kept.
#[derive(Debug)]
pub(crate) enum StoreArgument {
    Memory,
    Sqlite(PathBuf),
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
    pub(crate) store: StoreArgument,
    pub(crate) access_tokens: Format,
    /// True if clients may register themselves.
    pub(crate) registration: bool,
}

impl Arguments {
    /// Reads the arguments after the program's name; `None`: `--help` was among them. An error is one line.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Option<Self>, String> {
        let (mut clients, mut users, mut issuer) = (None, None, None);
        let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 9000));
        let (mut store, mut access_tokens) = (StoreArgument::Memory, Format::Jwt);
        let mut registration = false;
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = |what: &str| args.next().ok_or_else(|| format!("{} needs {what}", arg.display()));
            match arg.to_str() {
                Some("--help" | "-h") => return Ok(None),
                Some("--clients") => clients = Some(value("a file")?),
                Some("--users") => users = Some(value("a file")?),
                Some("--listen") => listen = address(&value("an address")?)?,
                Some("--issuer") => issuer = Some(url(value("a URL")?)?),
                Some("--store") => store = StoreArgument::parse(&value("`memory` or `sqlite:FILE`")?)?,
                Some("--access-tokens") => {
                    access_tokens = Format::parse(&value("`jwt`, `opaque` or `jwe:FILE`")?)?;
                }
                Some("--registration") => registration = true,
                _ => return Err(format!("unknown argument `{}`: try --help", arg.display())),
            }
        }
        let file = |given: Option<OsString>, name| {
            given
                .map(PathBuf::from)
                .ok_or_else(|| format!("--{name} is missing: try --help, which shows such a file"))
        };
        Ok(Some(Self {
            listen,
            issuer,
            clients: file(clients, "clients")?,
            users: file(users, "users")?,
            store,
            access_tokens,
            registration,
        }))
    }
}

impl StoreArgument {
    fn parse(text: &OsStr) -> Result<Self, String> {
        match (text.to_str(), file_after("sqlite:", text)) {
            (Some("memory"), _) => Ok(Self::Memory),
            (_, Some(file)) => Ok(Self::Sqlite(file)),
            _ => Err(format!(
                "`{}` is not a store: use `memory` or `sqlite:FILE`, such as sqlite:oauth.db",
                text.display()
            )),
        }
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

fn url(text: OsString) -> Result<String, String> {
    let text = text.into_string().map_err(|text| format!("--issuer `{}` is not UTF-8", text.display()))?;
    check_issuer(&text).map_err(|mistake| format!("--issuer {mistake}"))?;
    Ok(text)
}
