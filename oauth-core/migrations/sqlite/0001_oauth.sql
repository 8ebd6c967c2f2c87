-- Hashes and identifiers are the raw bytes; times are seconds since 1970-01-01T00:00:00Z; scopes are separated by
-- spaces; claims and metadata are JSON objects.

CREATE TABLE oauth_clients (
    client_id TEXT PRIMARY KEY NOT NULL,
    metadata  TEXT NOT NULL
) STRICT;

CREATE TABLE oauth_client_origins (
    origin    TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES oauth_clients (client_id) ON DELETE CASCADE,
    PRIMARY KEY (origin, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_client_origins_by_client ON oauth_client_origins (client_id);

CREATE TABLE oauth_users (
    subject       TEXT PRIMARY KEY NOT NULL,
    username      TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    claims        TEXT NOT NULL
) STRICT;

CREATE TABLE oauth_consents (
    subject   TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scopes    TEXT NOT NULL,
    PRIMARY KEY (subject, client_id)
) STRICT, WITHOUT ROWID;

-- A redeemed code stays until it expires, so that a replay is recognised.
CREATE TABLE oauth_codes (
    hash        BLOB PRIMARY KEY NOT NULL,
    family      BLOB NOT NULL,
    grant_json  TEXT NOT NULL,
    is_redeemed INTEGER NOT NULL DEFAULT 0,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires_at);

CREATE TABLE oauth_access_tokens (
    hash       BLOB PRIMARY KEY NOT NULL,
    client_id  TEXT NOT NULL,
    subject    TEXT,
    scopes     TEXT NOT NULL,
    claims     TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    family     BLOB
) STRICT;
CREATE INDEX oauth_access_tokens_by_expiry ON oauth_access_tokens (expires_at);

CREATE TABLE oauth_refresh_tokens (
    hash       BLOB PRIMARY KEY NOT NULL,
    client_id  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    auth_time  INTEGER NOT NULL,
    claims     TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    family     BLOB NOT NULL,
    is_rotated INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX oauth_refresh_tokens_by_expiry ON oauth_refresh_tokens (expires_at);

-- What a rotation sealed, while its response may have to be repeated.
CREATE TABLE oauth_sealed_successors (
    presented  BLOB PRIMARY KEY NOT NULL,
    successor  BLOB NOT NULL,
    sealed     BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_sealed_successors_by_successor ON oauth_sealed_successors (successor);
CREATE INDEX oauth_sealed_successors_by_expiry ON oauth_sealed_successors (expires_at);

-- Looked up whenever a token is read: a token saved after its family was revoked is revoked too.
CREATE TABLE oauth_revoked_families (
    family     BLOB PRIMARY KEY NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_revoked_families_by_expiry ON oauth_revoked_families (expires_at);

CREATE TABLE oauth_sessions (
    hash       BLOB PRIMARY KEY NOT NULL,
    subject    TEXT NOT NULL,
    auth_time  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_sessions_by_expiry ON oauth_sessions (expires_at);
