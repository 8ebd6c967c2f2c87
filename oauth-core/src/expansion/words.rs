//! The words that attributes take, for editors. Beside the error of an unknown word stands, for editors alone, a path into
//! the module that has the known ones: so they are completed.

macro_rules! words {
    ($($module:ident { $($word:ident)* })*) => {
        $(
            #[allow(missing_docs, non_upper_case_globals)]
            pub mod $module {
                $(pub const $word: () = ();)*
            }
        )*
    };
}

words! {
    validator { custom }
    claim { scope to }
    claims { scope to }
    to { access_token id_token userinfo }
    token_generator_fn { refresh }
    methods { claim claims token_generator }
    fields_of_validator { store clients tokens codes users sessions consents devices pushed_requests replay_ids }
    fields_of_token_generator { signing_key encryption_key }
    fields_of_authorization_server {
        validator access_token refresh_token id_token pairwise_key dpop_nonce_key back_channel fetcher interaction
    }
    fields_of_resource_server { http_client credentials decryption_key }
    dpop { nonces }
    token_generator {
        jwt jwe opaque issuer audience algorithm expires_in claims alg enc prefix entropy self_contained
        allow deny
    }
    authorization_server {
        grants preset profile scopes default_scopes resources issuer code_lifetime device_code_lifetime device_polling_interval
        refresh_token_lifetime refresh_token_max_lifetime refresh_token_grace id_token_lifetime response_types token_endpoint_auth_methods allowed_origins dpop
        client_id_metadata_documents registration unverified_scopes
        danger_pkce_optional pushed_authorization_requests acr_values body_limit endpoints shared_validator allow deny
    }
    registration { initial_access_token path unused_lifetime idle_lifetime }
    allow {
        reason long_lived_access_tokens long_lived_self_contained_tokens hmac_access_tokens implicit_grant password_grant danger_pkce_optional
        long_lived_refresh_tokens irrevocable_refresh_tokens offline_access_is_not_for_strangers body_token danger_query_token danger_typ_jwt
        danger_absent_audience
    }
    deny {
        warnings rfc6750 rfc7009 rfc8414 rfc8725 rfc9068 rfc9700
        long_lived_access_tokens long_lived_self_contained_tokens hmac_access_tokens implicit_grant password_grant danger_pkce_optional
        long_lived_refresh_tokens irrevocable_refresh_tokens offline_access_is_not_for_strangers body_token danger_query_token danger_typ_jwt
        danger_absent_audience
    }
    grants { authorization_code refresh_token implicit client_credentials password device_code jwt_bearer token_exchange }
    endpoints {
        authorization token revocation introspection jwks device_authorization userinfo end_session check_session
        pushed_authorization_request
    }
    pushed_authorization_requests { required expires_in }
    step_up { acr acr_values max_age }
    resource_server {
        issuer audience jwks introspection leeway algorithms danger_typ_jwt jwks_max_age jwks_refresh_interval
        verification_cache introspection_cache danger_absent_audience body_token danger_query_token dpop realm resource scopes allow deny
    }
}
