-- A device authorization (RFC 8628) from its request until its tokens are issued, by the hashes of both of its codes.
-- `is_approved` is null while nobody has decided. An expired code is kept for a while, so that its device is told so.
CREATE TABLE oauth_device_codes (
    hash        BLOB PRIMARY KEY NOT NULL,
    user_code   BLOB NOT NULL UNIQUE,
    client_id   TEXT NOT NULL,
    scopes      TEXT NOT NULL,
    claims      TEXT NOT NULL,
    interval    INTEGER NOT NULL,
    polled_at   INTEGER,
    is_approved INTEGER,
    subject     TEXT,
    auth_time   INTEGER,
    expires_at  INTEGER NOT NULL,
    kept_until  INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_device_codes_by_expiry ON oauth_device_codes (kept_until);
