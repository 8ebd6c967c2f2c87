-- Keys that instances share, each generation of each purpose once. `sealed` is the secret half, which only a key that is not in here
-- opens; `kek` names that one. Keys that sign have a public half.
CREATE TABLE oauth_keys (
    kid           TEXT PRIMARY KEY NOT NULL,
    purpose       TEXT NOT NULL,
    generation    INTEGER NOT NULL,
    sign_from     INTEGER NOT NULL,
    sign_until    INTEGER NOT NULL,
    publish_until INTEGER NOT NULL,
    kek           TEXT NOT NULL,
    sealed        TEXT NOT NULL,
    public_jwk    TEXT,
    UNIQUE (purpose, generation)
) STRICT;
