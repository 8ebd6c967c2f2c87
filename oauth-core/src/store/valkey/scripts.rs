//! The scripts, by their hashes.

use std::sync::LazyLock;

/// A script over one key.
pub(super) struct Script {
    pub(super) code: &'static str,
    hashed: LazyLock<String>,
}

impl Script {
    /// The name by which a server knows it.
    pub(super) fn hash(&self) -> &str {
        &self.hashed
    }
}

macro_rules! scripts {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(
            pub(super) static $name: Script = Script {
                code: include_str!(concat!("lua/", $file, ".lua")),
                hashed: LazyLock::new(|| {
                    redis::Script::new(include_str!(concat!("lua/", $file, ".lua"))).get_hash().to_owned()
                }),
            };
        )*
    };
}

scripts! {
    ADD_SESSION_CLIENT = "add_session_client",
    CLAIM_ID = "claim_id",
    CLAIM_NAME = "claim_name",
    COUNT = "count",
    CREATE = "create",
    DECIDE = "decide",
    DELETE_CLIENT = "delete_client",
    DELETE_REGISTRATION = "delete_registration",
    DELETE_USER = "delete_user",
    END_SESSION = "end_session",
    EXPIRE_REGISTRATION = "expire_registration",
    FREE_NAME = "free_name",
    INDEX = "index",
    KEEP_REGISTRATION = "keep_registration",
    KEEP_NOTICES = "keep_notices",
    LEASE_NOTICES = "lease_notices",
    LEAVE = "leave",
    LOAD = "load",
    POLL = "poll",
    MOVE = "move",
    REGISTER = "register",
    REHASH = "rehash",
    REPLACE_REGISTRATION = "replace_registration",
    RESERVE = "reserve",
    RETRY_NOTICE = "retry_notice",
    REVOKE = "revoke",
    ROTATE = "rotate",
    SAVE_CLIENT = "save_client",
    SAVE_SESSION = "save_session",
    SAVE_USER = "save_user",
    SIGNED_OUT = "signed_out",
    SWAP = "swap",
    TAKE = "take",
    TOLD = "told",
    UNCOUNT = "uncount",
    UNDO_RECORD = "undo_record",
    UNDO_TEXT = "undo_text",
}
