//! A faithful superset of oauthlib: its behaviour where it is right, and a regression test for each of its defects.

mod bearer_token;
mod extra_credentials;
mod jwt_defect_1_dynamic_claims_are_lost;
mod jwt_defect_2_iss_is_called_issuer;
mod jwt_defect_3_claims_leak_between_requests;
mod jwt_defect_4_default_scopes_are_null;
mod jwt_defect_5_identical_tokens;
mod jwt_defect_6_refresh_token_is_the_access_token;
mod manual;
mod opaque;
mod support;
