//! The text that `--help` prints.

pub(crate) const HELP: &str = concat!(
    "\
An authorization server for the clients and the users of JSON files, with everything that oauth-core has switched on.

Usage: cargo run --example provider -- --clients FILE --users FILE [OPTIONS]
       cargo run --example provider -- admin --store STORE COMMAND
                    administers the clients, users, sessions, consents and tokens that are in a store: `admin --help` tells the
                    commands. Clients and users of the files are in the memory of the provider, and are changed there

Who comes:
  --clients FILE    who may ask for tokens: an array of client metadata (RFC 7591 §2), each with its client_id
  --users FILE      who can log in: an array of objects with sub, username, password and claims
  --registration    let anybody register a client (RFC 7591): people are told that nobody has verified it, and it may have the
                    scopes that are for strangers. A client is kept where --store says, and is unknown without this switch
                    [default: no]

What they get:
  --profile PROFILE the rules of the server, and with them its grants and endpoints [default: oauth2.0]
                      oauth2.0  an OpenID provider with all grants and response types, for clients that cannot change
                      openid    an OpenID provider without implicit, hybrid and password
                      oauth2.1  no ID tokens, and PKCE from every client
                      mcp       tokens for MCP servers: clients may come by the URL of their metadata document, and there is
                                at least one --resource
                      fapi2     the FAPI 2.0 Security Profile: clients have keys and no secrets, push their requests and bind
                                their tokens to a key that they prove
  --scopes FILE     what clients can ask people for, instead of the scopes of the file below: an array of objects with name,
                    description, which is what people are told, and strangers, which is true if clients that came by
                    themselves may have it. An OpenID provider has openid in any case
  --resource URI[=SCOPE,SCOPE]
                    an API that tokens can be for (RFC 8707), and the scopes that are known there [default: all scopes]; may be
                    repeated, such as --resource https://mcp.example.com=calendar --resource https://api.example.com
  --resources FILE  the same from a file: an array of objects with resource and scopes. A URI that has a `=` goes here
  --access-tokens FORMAT
                    `jwt` (signed), `opaque` (for introspection), or `jwe:FILE`: signed, and then encrypted to the public
                    key of an API in this file, a PEM or a JWK, such as jwe:api.jwk.json [default: jwt]

Where it runs:
  --listen ADDRESS  where to listen, such as 0.0.0.0:8080; port 0 takes a free one [default: 127.0.0.1:9000]
  --issuer URL      the public URL of this server, as clients know it, such as https://auth.example.com
                    [default: http:// and the address]
  --store STORE     where codes, tokens, devices, sessions, consents and registered clients are kept: `memory`, which forgets
                    them at the end, `sqlite:FILE`, such as sqlite:oauth.db, `postgres://USER:PASSWORD@HOST/DATABASE`,
                    for which it is built with `--features postgres`, or `valkey://USER:PASSWORD@HOST`, for which it is
                    built with `--features valkey`: a Valkey or Redis, or with HOST,HOST some nodes of a cluster. With
                    ?replicas=1 at its end, a revocation and the like are answered once a replica has them, too.
                    Providers on one file, database or cluster, with one --issuer and the same keys, are one server
                    [default: memory]
  --keys FILE       where the keys are, which are made if they are not there: FILE.es256.key.pem and the like [default:
                    in the store, if OAUTH_KEKS is set; or else beside the file of sqlite:FILE, or in memory, of one run]
  --help            print this

For example:
  an OpenID provider     --clients clients.json --users users.json --profile openid
  the server of an MCP server, for clients that nobody knows
                         --clients clients.json --users users.json --profile mcp --registration \\
                         --resource http://127.0.0.1:3000/mcp=calendar --store sqlite:oauth.db
  a stand-in for a server that you have
                         --clients clients.json --users users.json --scopes scopes.json --issuer https://auth.example.com

OAUTH_KEKS=NAME:BASE64 in the environment, with 32 random bytes of yours in base64 such as `openssl rand -base64 32` prints, has the
keys kept in the store, sealed by it: every provider on the store shares them, and they change by themselves every 90 days. Keys in
files are then not used. To seal them by another, set OAUTH_KEKS=NEW:BASE64,OLD:BASE64: the first seals, and all of them open.

The files are read once, at the start, and hashing a password takes some tens of milliseconds. RUST_LOG says what is logged
[default: info]. GET /calendar is an API beside the server, for tokens with the scope calendar.

A client without `scope` may have every scope, and one without `resources` every resource. Beside the metadata that is registered
at IANA, a client may have

  resources         the URIs of the resources that it may ask tokens for, such as [\"https://mcp.example.com/calendar\"]
  origins           the origins from which browsers may call the token endpoint, such as [\"https://app.example.com\"]
  first_party       true for your own clients: nobody is asked for consent, and with the grant
                    urn:ietf:params:oauth:grant-type:jwt-bearer they may speak for every user
  require_pkce      false for a confidential client that knows OpenID Connect alone and sends a nonce
                    (--profile openid or oauth2.0)
  introspects       for an API: the audiences whose tokens introspection describes to it, such as
                    [\"http://127.0.0.1:9000\"], which is the issuer, or \"all\". Of its own tokens a client is told that they
                    are active, until when and for which scopes

and of the metadata that is,

  dpop_bound_access_tokens
                    true if all its tokens are bound to a key that it proves (RFC 9449); others are where a client proves one
  require_pushed_authorization_requests
                    true if its authorization requests must be pushed (RFC 9126)
  jwks, jwks_uri    the public keys of a client with private_key_jwt, or the https URL where they are

clients.json, for example:

",
    include_str!("clients.json"),
    "
users.json, for example:

",
    include_str!("users.json"),
    "
scopes.json, which is what there is without --scopes:

",
    include_str!("scopes.json"),
    "
resources.json, for example:

",
    include_str!("resources.json")
);
