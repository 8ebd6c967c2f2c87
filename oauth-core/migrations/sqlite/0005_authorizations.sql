-- What was granted is one JSON value, with the number of its format; columns are what is looked for. `marks` is the keys of
-- the markers that can end a row, 16 bytes each, and `granted_at` what they are compared with. The rows themselves are
-- carried over by the program, which alone can hash.
ALTER TABLE oauth_codes RENAME TO oauth_old_codes;
ALTER TABLE oauth_access_tokens RENAME TO oauth_old_access_tokens;
ALTER TABLE oauth_refresh_tokens RENAME TO oauth_old_refresh_tokens;
ALTER TABLE oauth_device_codes RENAME TO oauth_old_device_codes;
DROP INDEX oauth_codes_by_expiry;
DROP INDEX oauth_access_tokens_by_expiry;
DROP INDEX oauth_refresh_tokens_by_expiry;
DROP INDEX oauth_device_codes_by_expiry;

-- A redeemed code stays until it expires, so that a replay is recognised; `taken_by` is the attempt that redeemed it.
CREATE TABLE oauth_codes (
    hash       BLOB PRIMARY KEY NOT NULL,
    record     TEXT NOT NULL,
    marks      BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    taken_by   BLOB,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires_at);

CREATE TABLE oauth_access_tokens (
    hash       BLOB PRIMARY KEY NOT NULL,
    record     TEXT NOT NULL,
    marks      BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_access_tokens_by_expiry ON oauth_access_tokens (expires_at);

CREATE TABLE oauth_refresh_tokens (
    hash       BLOB PRIMARY KEY NOT NULL,
    record     TEXT NOT NULL,
    marks      BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    is_rotated INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_refresh_tokens_by_expiry ON oauth_refresh_tokens (expires_at);

-- `decision` is null while nobody has decided.
CREATE TABLE oauth_device_codes (
    hash       BLOB PRIMARY KEY NOT NULL,
    user_code  BLOB NOT NULL UNIQUE,
    client_id  TEXT NOT NULL,
    record     TEXT NOT NULL,
    interval   INTEGER NOT NULL,
    polled_at  INTEGER,
    decision   TEXT,
    decided_at INTEGER,
    taken_by   BLOB,
    expires_at INTEGER NOT NULL,
    kept_until INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_device_codes_by_expiry ON oauth_device_codes (kept_until);

-- Markers: what a key means and was granted at `granted_before` or earlier is dead. That of a family is the family.
CREATE TABLE oauth_revocations (
    key            BLOB PRIMARY KEY NOT NULL,
    granted_before INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_revocations_by_expiry ON oauth_revocations (expires_at);
INSERT INTO oauth_revocations (key, granted_before, expires_at)
    SELECT family, 9223372036854775807, expires_at FROM oauth_revoked_families;
DROP TABLE oauth_revoked_families;

ALTER TABLE oauth_replay_ids ADD COLUMN attempt BLOB;
CREATE INDEX oauth_sessions_by_subject ON oauth_sessions (subject);
