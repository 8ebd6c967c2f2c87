-- Sessions tell at which step of the login they stand. Those that older instances write are of a login by password alone.
ALTER TABLE oauth_sessions ADD COLUMN second_step text NOT NULL DEFAULT 'none';
