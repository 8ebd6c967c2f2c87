-- Hashes and identifiers are the raw bytes; times are seconds since 1970-01-01T00:00:00Z. What was granted is one JSON value,
-- with the number of its format, as text: nothing in it is queried. `marks` is the keys of the markers that can end a row, and
-- `granted_at` what they are compared with. Nothing here needs more than PostgreSQL 14 or what speaks like it.

CREATE TABLE oauth_clients (
    client_id text PRIMARY KEY,
    metadata  text NOT NULL,
    origins   text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX oauth_clients_by_origin ON oauth_clients USING gin (origins);

-- Clients that registered themselves (RFC 7591). `token` is the hash of the registration access token, which changes with each
-- replacement; `expires_at` is when the client is forgotten, unless it is used.
CREATE TABLE oauth_registrations (
    client_id  text PRIMARY KEY REFERENCES oauth_clients (client_id) ON DELETE CASCADE,
    token      bytea NOT NULL,
    record     text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_registrations_by_expiry ON oauth_registrations (expires_at);

CREATE TABLE oauth_users (
    subject       text PRIMARY KEY,
    username      text NOT NULL CONSTRAINT oauth_users_by_name UNIQUE,
    password_hash text,
    claims        text NOT NULL
);

CREATE TABLE oauth_consents (
    subject   text NOT NULL,
    client_id text NOT NULL,
    scopes    text NOT NULL,
    PRIMARY KEY (subject, client_id)
);

-- A redeemed code stays until it expires, so that a replay is recognised; `taken_by` is the attempt that redeemed it.
CREATE TABLE oauth_codes (
    hash       bytea PRIMARY KEY,
    record     text NOT NULL,
    marks      bytea[] NOT NULL,
    granted_at bigint NOT NULL,
    taken_by   bytea,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires_at);

CREATE TABLE oauth_access_tokens (
    hash       bytea PRIMARY KEY,
    record     text NOT NULL,
    marks      bytea[] NOT NULL,
    granted_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_access_tokens_by_expiry ON oauth_access_tokens (expires_at);

-- Never updated: what was rotated is a row of its own.
CREATE TABLE oauth_refresh_tokens (
    hash       bytea PRIMARY KEY,
    record     text NOT NULL,
    marks      bytea[] NOT NULL,
    granted_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_refresh_tokens_by_expiry ON oauth_refresh_tokens (expires_at);

CREATE TABLE oauth_rotations (
    presented  bytea PRIMARY KEY,
    successor  bytea NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_rotations_by_expiry ON oauth_rotations (expires_at);

-- What a rotation sealed, while its response may have to be repeated.
CREATE TABLE oauth_sealed_successors (
    presented  bytea PRIMARY KEY,
    successor  bytea NOT NULL,
    sealed     bytea NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_sealed_successors_by_expiry ON oauth_sealed_successors (expires_at);

-- Markers: what a key means and was granted at `granted_before` or earlier is dead. Looked up whenever a token is read.
CREATE TABLE oauth_revocations (
    key            bytea PRIMARY KEY,
    granted_before bigint NOT NULL,
    expires_at     bigint NOT NULL
);
CREATE INDEX oauth_revocations_by_expiry ON oauth_revocations (expires_at);

-- `clients` are those to be told of its end.
CREATE TABLE oauth_sessions (
    hash       bytea PRIMARY KEY,
    subject    text NOT NULL,
    auth_time  bigint NOT NULL,
    sid        text NOT NULL,
    clients    text[] NOT NULL DEFAULT '{}',
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_sessions_by_subject ON oauth_sessions (subject);
CREATE INDEX oauth_sessions_by_expiry ON oauth_sessions (expires_at);

-- The identifiers of assertions and proofs that were used, until those expire.
CREATE TABLE oauth_replay_ids (
    hash       bytea PRIMARY KEY,
    attempt    bytea NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_replay_ids_by_expiry ON oauth_replay_ids (expires_at);

-- A device authorization (RFC 8628). `decision` is null while nobody has decided. An expired code is kept for a while, so that its
-- device is told so.
CREATE TABLE oauth_device_codes (
    hash          bytea PRIMARY KEY,
    user_code     bytea NOT NULL UNIQUE,
    client_id     text NOT NULL,
    record        text NOT NULL,
    poll_interval bigint NOT NULL,
    polled_at     bigint,
    decision      text,
    decided_at    bigint,
    taken_by      bytea,
    expires_at    bigint NOT NULL,
    kept_until    bigint NOT NULL
);
CREATE INDEX oauth_device_codes_by_expiry ON oauth_device_codes (kept_until);

-- Authorization requests that clients pushed (RFC 9126). `loaded_at` is null until a browser has loaded one, and `taken_by` the
-- attempt that answered it.
CREATE TABLE oauth_pushed_requests (
    hash       bytea PRIMARY KEY,
    client_id  text NOT NULL,
    record     text NOT NULL,
    marks      bytea[] NOT NULL,
    granted_at bigint NOT NULL,
    load_until bigint NOT NULL,
    loaded_at  bigint,
    taken_by   bytea,
    kept_until bigint NOT NULL
);
CREATE INDEX oauth_pushed_requests_by_expiry ON oauth_pushed_requests (kept_until);
