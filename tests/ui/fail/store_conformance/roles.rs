//! Roles that are misspelt or forgotten.

mod misspelt {
    oauth_core::store_conformance!(roles(replay_ids, limit), || async { todo!() });
}

mod none {
    oauth_core::store_conformance!(roles(), || async { todo!() });
}

mod without_a_store {
    oauth_core::store_conformance!(roles(replay_ids));
}

mod nothing {
    oauth_core::store_conformance!();
}

fn main() {}
