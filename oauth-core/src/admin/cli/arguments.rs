//! The arguments, and what `--help` says of them.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgGroup, Command};

use super::text::lifetime;

pub(super) fn command(name: &str) -> Command {
    Command::new("admin")
        .bin_name(name)
        .about("Administers the clients, users, sessions, consents and tokens of an authorization server")
        .after_help(OVERVIEW)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(flag("json", "Write JSON, one value a line, instead of lines for people").global(true))
        .arg(
            option(
                "actor",
                "NAME",
                "Keep the act under this name; without, that of OAUTH_ACTOR, or of the user who runs this",
            )
            .value_parser(NonEmptyStringValueParser::new())
            .global(true),
        )
        .subcommands([
            client(),
            user(),
            session(),
            consent(),
            grant(),
            key(),
            events(),
            revoke(),
            Command::new("introspect")
                .about("Tell what is known of a token, which is read from the standard input")
                .after_help(INTROSPECT),
            Command::new("janitor")
                .about("Remove what has expired, until nothing is left")
                .after_help(JANITOR),
            Command::new("doctor").about("Look for what is wrong with the store").after_help(DOCTOR),
            Command::new("migrate").about("Make the tables that are missing").after_help(MIGRATE),
        ])
}

/// A command that has others.
fn group(name: &'static str, about: &'static str, commands: impl IntoIterator<Item = Command>) -> Command {
    Command::new(name)
        .about(about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(commands)
}

fn client() -> Command {
    group(
        "client",
        "Clients: list, show, create, update, rotate their secrets, delete, import and export them",
        [
            Command::new("list").about("List all clients"),
            Command::new("show").about("Show a client, without the hash of its secret").arg(client_id()),
            Command::new("create")
                .about("Register a client, and show its secret, once")
                .after_help(CREATE)
                .arg(client_id())
                .args(metadata()),
            Command::new("update")
                .about("Change members of a client; what was granted to it goes on")
                .after_help(UPDATE)
                .arg(client_id())
                .args(metadata()),
            Command::new("rotate-secret")
                .about("Give a client a new secret, and show it, once")
                .after_help(ROTATE)
                .arg(client_id())
                .arg(
                    option(
                        "keep-old",
                        "TIME",
                        "Let the old secret count for as long as this; 0: not any more",
                    )
                    .default_value("24h")
                    .value_parser(lifetime),
                ),
            Command::new("delete")
                .about("Delete a client, with its consents, and end everything that was granted to it")
                .arg(client_id()),
            Command::new("import")
                .about("Register or replace the clients of a file: all of them, or none if one is wrong")
                .after_help(IMPORT)
                .arg(positional("FILE", "The file, one client a line in JSON; `-` is the standard input"))
                .arg(flag("dry-run", "Read the file and change nothing")),
            Command::new("export").about("Write all clients, one a line in JSON").after_help(EXPORT),
        ],
    )
}

fn metadata() -> Vec<Arg> {
    vec![
        option("client-name", "TEXT", "The name that people are shown"),
        many("redirect-uri", "URI", "A URI that authorization responses may go to; may be repeated"),
        many("grant-type", "GRANT", "A grant that it may use, such as client_credentials; may be repeated"),
        option("scope", "SCOPES", "The scopes that it may be granted, separated by spaces"),
        option(
            "auth-method",
            "METHOD",
            "How it authenticates: client_secret_basic, client_secret_post, private_key_jwt, or none",
        ),
        many("origin", "ORIGIN", "An origin whose scripts may call the token endpoint; may be repeated"),
        many("resource", "URI", "A resource that it may ask tokens for (RFC 8707); may be repeated"),
        many("introspects", "AUDIENCE", "An audience whose tokens it may introspect; may be repeated"),
        many(
            "post-logout-redirect-uri",
            "URI",
            "A URI that people may go to after signing out; may be repeated",
        ),
        flag("first-party", "It is the operator's own: nobody is asked for consent"),
        option(
            "metadata",
            "FILE",
            "A JSON object of members of RFC 7591, in place of these; `-` is the standard input",
        ),
    ]
}

fn user() -> Command {
    group(
        "user",
        "Users: list, show, create and delete them, and set their passwords",
        [
            Command::new("list").about("List all users"),
            Command::new("show").about("Show a user").arg(person()),
            Command::new("create")
                .about("Add a user; the password is asked for, or read from the standard input")
                .after_help(CREATE_USER)
                .arg(positional("USERNAME", "The login name"))
                .arg(option("subject", "ID", "The subject identifier, which never changes; without, a random one"))
                .arg(many("claim", "NAME=TEXT", "What is known of the person; may be repeated"))
                .arg(many("claim-json", "NAME=JSON", "The same, where it is no text: true, 5, {…}; may be repeated"))
                .arg(flag("no-password", "Add one whom no password lets in")),
            Command::new("set-password")
                .about("Set a password, and sign the person out everywhere; it is asked for, or read from the standard input")
                .arg(person()),
            Command::new("delete").about("Delete a user, and sign them out everywhere").arg(person()),
        ],
    )
}

fn session() -> Command {
    group(
        "session",
        "Login sessions: list and end them",
        [
            Command::new("list").about("List the sessions of a person").arg(person()),
            Command::new("end").about("End a session, and the tokens that die with it").arg(
                positional("SESSION", "The session, as `session list` shows it").allow_hyphen_values(true),
            ),
            Command::new("end-all")
                .about("Sign a person out everywhere: end their sessions, and everything that they granted")
                .after_help(
                    "Its clients hear of the end of a session from the servers that run over the store.",
                )
                .arg(person()),
        ],
    )
}

fn consent() -> Command {
    group(
        "consent",
        "Consents: list and withdraw what people agreed to",
        [
            Command::new("list").about("List what a person agreed to").arg(person()),
            Command::new("withdraw")
                .about(
                    "Forget what a person agreed to for a client, and end everything that they granted to it",
                )
                .arg(person())
                .arg(client_id()),
        ],
    )
}

fn grant() -> Command {
    group(
        "grant",
        "Grants: list the clients that can get tokens for a person",
        [Command::new("list")
            .about("List what a person granted that clients can refresh, one line a family of tokens")
            .arg(person())],
    )
}

fn key() -> Command {
    group(
        "key",
        "Keys that instances share: list, rotate, import and revoke them, and seal them anew",
        [
            Command::new("list").about("List the keys, without their secrets"),
            Command::new("rotate")
                .about("Make the next key of an algorithm before its time")
                .after_help(KEYS)
                .arg(positional("ALGORITHM", "The algorithm, such as ES256"))
                .arg(propagation()),
            Command::new("import")
                .about("Bring a private key of a PEM file, which signs after all that there are")
                .after_help(IMPORT_KEY)
                .arg(positional(
                    "FILE",
                    "The file, unencrypted PKCS#8, PKCS#1 or SEC 1; `-` is the standard input",
                ))
                .arg(option(
                    "alg",
                    "ALGORITHM",
                    "The algorithm; without, RS256, ES256, ES384 or EdDSA, by the kind of key",
                ))
                .arg(propagation()),
            Command::new("revoke")
                .about("Revoke a key that others may know; another one signs instead")
                .after_help(KEYS)
                // One in fifty begins so.
                .arg(positional("KID", "The key, as `key list` shows it").allow_hyphen_values(true)),
            Command::new("rewrap")
                .about("Seal all keys by the first key of OAUTH_KEKS, that the others can be taken away")
                .after_help(KEYS),
        ],
    )
}

fn propagation() -> Arg {
    option(
        "propagation",
        "TIME",
        "Let it sign after as long as this: as long as verifiers may keep the keys that they have",
    )
    .default_value("24h")
    .value_parser(lifetime)
}

fn events() -> Command {
    group(
        "events",
        "Events that the audit table has: show the last, and follow it",
        [Command::new("tail")
            .about("Show the last events of the audit table, the newest at the end")
            .after_help(TAIL)
            .arg(
                option("lines", "N", "Show as many")
                    .short('n')
                    .default_value("10")
                    .value_parser(clap::value_parser!(u32)),
            )
            .arg(flag("follow", "Go on, and show what comes, until it is stopped").short('f'))
            .arg(many(
                "kind",
                "KIND",
                "Only of this kind or group, such as login.failed or login; may be repeated",
            ))
            .arg(option("subject", "PERSON", "Only of this person, by login name or subject identifier"))
            .arg(option("client", "CLIENT", "Only of this client"))],
    )
}

fn revoke() -> Command {
    Command::new("revoke")
        .about("End what was granted: by person, by client, by both, by family, or one token")
        .after_help(REVOKE)
        .arg(option("subject", "PERSON", "Everything that this person granted until now"))
        .arg(option("client", "CLIENT", "Everything that was granted to this client until now"))
        .arg(
            option(
                "family",
                "FAMILY",
                "Everything that was issued from one authorization, as `grant list` shows it",
            )
            .allow_hyphen_values(true)
            .conflicts_with_all(["subject", "client", "token"]),
        )
        .arg(
            flag("token", "The token on the standard input; a refresh token with its family")
                .conflicts_with_all(["subject", "client"]),
        )
        .group(
            ArgGroup::new("what")
                .args(["subject", "client", "family", "token"])
                .required(true)
                .multiple(true),
        )
}

fn client_id() -> Arg {
    positional("CLIENT", "The identifier of the client")
}

fn person() -> Arg {
    positional("PERSON", "The login name or the subject identifier")
}

fn positional(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).required(true).help(help)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn many(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    option(name, value, help).action(ArgAction::Append)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

const OVERVIEW: &str = "\
Examples:
  client create calendar --redirect-uri https://calendar.example/callback --scope 'profile calendar'
  user create alice --claim email=alice@example.com < password.txt
  session end-all alice
  revoke --client calendar
  doctor --json

Passwords and tokens are asked for, or read from the standard input, and are never arguments. A secret that is made is shown
once. Each act is an event in the log, and a row in the audit table of SQLite and PostgreSQL, with who did it. The row that it was
asked for, admin.requested, is written before the act: where that fails, nothing is done. What came of it follows.

Exit codes: 0 done; 1 the store failed, or doctor found a fault; 2 what was asked for cannot be; 3 nothing has that name, or
something has it already.";

const CREATE: &str = "\
Examples:
  A web application, with a secret:
    client create calendar --client-name Calendar --redirect-uri https://calendar.example/callback --scope 'profile calendar'
  A browser or native application, which can keep no secret:
    client create notes --auth-method none --redirect-uri https://notes.example/callback --origin https://notes.example
  A program that acts for itself:
    client create backup --grant-type client_credentials --scope jobs
  An API that introspects the tokens that are for it:
    client create api --introspects https://api.example --grant-type client_credentials
  Whatever RFC 7591 has a member for:
    client create bank --metadata bank.json

Without --grant-type, a client with a redirect URI has authorization_code and refresh_token, and another one client_credentials.";

const UPDATE: &str = "\
What is given takes the place of what the client has: a list is replaced by the values that are given. A member of --metadata that
is null is taken away.

Examples:
  client update calendar --scope 'profile calendar contacts'
  echo '{\"client_uri\": null, \"require_pushed_authorization_requests\": true}' | client update calendar --metadata -";

const ROTATE: &str = "\
Both secrets count until the old one ends, so that the client's instances can learn the new one. A secret that others know is ended
at once, with --keep-old 0. Of two rotations, the second ends the oldest secret.

Example:
  client rotate-secret calendar --keep-old 7d";

const IMPORT: &str = "\
A line is what `client export` wrote, or the metadata of a client elsewhere (RFC 7591) with its client_id and, where it has one, its
client_secret, of which the hash is kept:

  {\"client_id\": \"web\", \"client_secret\": \"…\", \"redirect_uris\": [\"https://web.example/cb\"], \"scope\": \"profile\"}

Examples:
  client import clients.jsonl --dry-run
  client import - < clients.jsonl";

const EXPORT: &str = "\
The lines have the hashes of the secrets, so that clients go on authenticating where they are imported: keep the file to yourself.

Example:
  client export > clients.jsonl";

const CREATE_USER: &str = "\
Examples:
  user create alice --claim name='Alice Example' --claim email=alice@example.com --claim-json email_verified=true
  pass show alice | user create alice";

const IMPORT_KEY: &str = "\
OAUTH_KEKS has what seals the keys, as the servers have it. The file stays where it is: take it away when `key list` has the key.
The first key of its algorithm signs at once. Where there are others it is published first, as those are that servers make, and
what they signed stays good. Its identifier is its thumbprint (RFC 7638), as that of a key file of the servers is. A key whose
algorithm no server has in its policy signs nothing. The key of pairwise identifiers signs nothing either, and cannot be brought:
servers that had it in a file keep the file, or people get other identifiers at each client.

Examples:
  key import oauth.es256.key.pem
  key import rsa.pem --alg PS256
  openssl genpkey -algorithm ED25519 | key import -";

const TAIL: &str = "\
The events are in the order of their times. With --follow, one that an instance was late to write is shown when it comes, out of
order, up to two minutes late; one that is later still, for the store was away, is there when this is run again. Servers keep their
events where they are given `Environment::audit`.

With --json, a line is an object: event, time (in seconds since 1970), and what is known of instance, trace, actor, client_id,
subject, session, family, address, error, reason and more.

Examples:
  events tail -n 100 --kind login --kind limit.denied
  events tail --follow --client calendar
  events tail --follow --json | jq 'select(.error)'
  events tail --kind admin";

const INTROSPECT: &str = "\
Example:
  introspect < token.txt

A signed access token that no store keeps is not found here: its text says what it is for.";

const JANITOR: &str = "\
Servers do it by themselves. It removes 1,000 entries at a time, and others go on meanwhile.";

const DOCTOR: &str = "\
It looks whether the store takes writes, at its tables, its clock against this machine's, what has expired and is there still, at
settings on which rests what an answer means, and at the keys that servers share: whether there are any, whether the next comes in
time, and, where OAUTH_KEKS is set, whether it opens them. It changes nothing; the exit code is 1 if there is a fault.";

const MIGRATE: &str = "\
Whoever opens a store makes its tables, a server too. This does nothing else, and says which migration was the last: run it before
the instances of a new version start, with a role that may make tables.";

const KEYS: &str = "\
OAUTH_KEKS has what seals the keys, as the servers have it: `NAME:BASE64` of 32 random bytes, and after a comma those that it takes
the place of. Running servers read of a change within 66 seconds, and verifiers as their caches end.

Examples:
  key rotate ES256
  key import oauth.es256.key.pem
  key revoke y2Q4o1
  OAUTH_KEKS=b:…,a:… key rewrap";

const REVOKE: &str = "\
Examples:
  revoke --subject alice
  revoke --client calendar
  revoke --subject alice --client calendar
  revoke --token < token.txt

An API that verifies signed access tokens by their keys alone takes them until they expire.";
