//! `sid`: what clients call a session, OIDC Front-Channel Logout §3.

use crate::client::Client;
use crate::mac::mac;

/// The identifier by which this client knows the session. §3: "Its contents are opaque to the RP".
///
/// Each client has a name of its own for it, made from the one that only the server knows. By a common one, clients could
/// tell that two pairwise identifiers are the same person's (OIDC Core §8.1), and the page of one could load the
/// `frontchannel_logout_uri` of another with the `sid` that it waits for.
pub(crate) fn session_identifier(sid: &str, client: &Client) -> String {
    mac(sid, &client.client_id).expose().to_owned()
}
