-- Clients that registered themselves (RFC 7591), and go with the client. `token` is the hash of the registration access token,
-- which changes with each replacement; `expires_at` is when the client is forgotten, unless it is used.
CREATE TABLE oauth_registrations (
    client_id  TEXT PRIMARY KEY NOT NULL REFERENCES oauth_clients (client_id) ON DELETE CASCADE,
    token      BLOB NOT NULL,
    record     TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_registrations_by_expiry ON oauth_registrations (expires_at);
