-- Keys that instances share, each generation of each purpose once. `sealed` is the secret half, which only a key that is not in here
-- opens; `kek` names that one. Keys that sign have a public half.
CREATE TABLE oauth_keys (
    kid           text PRIMARY KEY,
    purpose       text NOT NULL,
    generation    bigint NOT NULL,
    sign_from     bigint NOT NULL,
    sign_until    bigint NOT NULL,
    publish_until bigint NOT NULL,
    kek           text NOT NULL,
    sealed        text NOT NULL,
    public_jwk    text,
    CONSTRAINT oauth_keys_by_generation UNIQUE (purpose, generation)
);
