-- Of instances that start at once, one makes them.
BEGIN;
SELECT pg_advisory_xact_lock(7314152);

CREATE TABLE IF NOT EXISTS people (
    id            text PRIMARY KEY, -- `sub` of tokens: never given to anyone else
    username      text NOT NULL UNIQUE,
    name          text,
    password_hash text              -- argon2id; NULL: no password works
);

COMMIT;
