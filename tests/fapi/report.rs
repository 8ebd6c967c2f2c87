//! What the report says of the profile.

use oauth_core::prelude::*;

use crate::world::Bank;

#[test]
fn the_report_says_what_the_profile_has_on() {
    let report = format!("{:#}", Bank::over(MemoryStore::new()).report());
    for words in [
        "FAPI 2.0 Security Profile",
        "bound to keys   all of them, by DPoP; a wrong clock gets a nonce",
        "refresh tokens  opaque, and stay as they are when they are used",
        "pushed request, until it is loaded (required)",
        "grace for a lost refresh response              none",
        "FAPI 2.0 §5.3.2.1",
    ] {
        assert!(report.contains(words), "{words:?} is not in\n{report}");
    }
}
