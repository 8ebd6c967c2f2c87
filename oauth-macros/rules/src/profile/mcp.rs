//! An authorization server of MCP (authorization of the Model Context Protocol, 2026-07-28): OAuth 2.1, clients that come by the URL of
//! their metadata document, and tokens for declared resources.

use super::{
    ProfileRules, rfc6749_section_4_1_clients_of_mcp_come_with_a_code,
    rfc8707_section_2_a_server_of_mcp_declares_its_resources,
    rfc9700_section_2_1_2_access_tokens_stay_out_of_urls, rfc9700_section_2_4_passwords_are_not_for_clients,
};

/// The profile. What it demands beside these rules is on: Client ID Metadata Documents here, and PKCE with S256, `iss` and rotation of
/// the refresh tokens of public clients in every server.
pub static PROFILE: ProfileRules = ProfileRules {
    name: "mcp",
    variant: "Mcp",
    title: "MCP authorization",
    denies: &[],
    rules: &[
        &rfc9700_section_2_1_2_access_tokens_stay_out_of_urls,
        &rfc9700_section_2_4_passwords_are_not_for_clients,
        &rfc6749_section_4_1_clients_of_mcp_come_with_a_code,
        &rfc8707_section_2_a_server_of_mcp_declares_its_resources,
    ],
};
