//! Client metadata in JSON becomes a client, RFC 7591 §2; what does not is one of the errors of §3.2.2.

use std::any::type_name;

use oauth_core::client::{ClientMetadata, ClientSource, InvalidClientMetadata};
use oauth_core::grant::ResponseType;
use oauth_core::prelude::*;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Value, json};

/// A client with this metadata, and a secret if it is to have one.
fn client(metadata: Value, secret: bool) -> std::result::Result<Client, InvalidClientMetadata> {
    let metadata: ClientMetadata = serde_json::from_value(metadata).unwrap();
    let secret = secret.then(ClientSecret::generate);
    metadata.into_builder("c", secret.as_ref())?.build()
}

/// The error's code, the member it is about and which of its values, and what it says.
fn refused(metadata: Value, secret: bool) -> (&'static str, Option<&'static str>, Option<usize>, String) {
    let error = client(metadata, secret).unwrap_err();
    (error.code(), error.member(), error.index(), error.to_string())
}

#[test]
fn what_is_absent_has_the_defaults_of_section_2() {
    let client = client(json!({"redirect_uris": ["https://a.example/cb"]}), true).unwrap();

    assert_eq!(client.token_endpoint_auth_method, ClientAuthMethod::ClientSecretBasic);
    assert_eq!(client.grant_types, [GrantType::AUTHORIZATION_CODE]);
    assert_eq!(client.response_types, [ResponseType::CODE]);
    assert!(client.scope.is_empty());
    assert_eq!((client.client_name, client.client_uri), (None, None));
}

#[test]
fn what_is_there_is_taken() {
    let client = client(
        json!({
            "redirect_uris": ["https://a.example/cb", "http://127.0.0.1/cb"],
            "token_endpoint_auth_method": "client_secret_post",
            "grant_types": ["authorization_code", "implicit", "urn:example:grant"],
            "response_types": ["code", "token", "id_token code"],
            "client_name": "A",
            "client_uri": "https://a.example/",
            "scope": "profile calendar",
            "id_token_signed_response_alg": "ES256",
        }),
        true,
    )
    .unwrap();

    let redirect_uris: Vec<_> = client.redirect_uris.iter().map(RedirectUri::as_str).collect();
    assert_eq!(redirect_uris, ["https://a.example/cb", "http://127.0.0.1/cb"]);
    assert_eq!(client.token_endpoint_auth_method, ClientAuthMethod::ClientSecretPost);
    let grant_types: Vec<_> = client.grant_types.iter().map(GrantType::as_str).collect();
    assert_eq!(grant_types, ["authorization_code", "implicit", "urn:example:grant"]);
    assert_eq!(client.response_types, [ResponseType::CODE, ResponseType::TOKEN, ResponseType::CODE_ID_TOKEN]);
    assert_eq!(client.client_name.as_deref(), Some("A"));
    assert_eq!(client.client_uri.as_deref(), Some("https://a.example/"));
    assert_eq!(client.scope.to_string(), "profile calendar");
    assert_eq!(client.id_token_signed_response_alg, Some(Algorithm::ES256));
}

/// §2: "The authorization server MUST ignore any client metadata sent by the client that it does not understand".
#[test]
fn what_is_unknown_is_ignored() {
    let metadata =
        json!({"redirect_uris": ["https://a.example/cb"], "client_name#ja": "カレンダー", "x": [1]});

    assert!(client(metadata, true).is_ok());
}

/// Checks that a client without a flow that redirects needs no redirect URI.
#[test]
fn a_client_that_is_a_program() {
    let client = client(json!({"grant_types": ["client_credentials"]}), true).unwrap();

    assert!(client.redirect_uris.is_empty() && client.response_types.is_empty());
}

#[test]
fn redirect_uris() {
    let (code, member, index, message) =
        refused(json!({"redirect_uris": ["https://a.example/cb", "http://a.example/cb"]}), true);
    assert_eq!((code, member, index), ("invalid_redirect_uri", Some("redirect_uris"), Some(1)));
    assert!(message.contains("`http://a.example/cb` is http outside loopback"), "{message}");

    for grant in ["authorization_code", "implicit"] {
        let (code, member, index, message) = refused(json!({"grant_types": [grant]}), true);
        assert_eq!((code, member, index), ("invalid_redirect_uri", Some("redirect_uris"), None));
        assert!(message.contains(&format!("the grant `{grant}` needs at least one")), "{message}");
    }
}

#[test]
fn response_types_and_grant_types_agree() {
    for (response_type, grants, lacking) in [
        ("code", vec!["implicit"], "authorization_code"),
        ("token", vec!["authorization_code"], "implicit"),
        ("code id_token", vec!["authorization_code"], "implicit"),
        ("code id_token", vec!["implicit"], "authorization_code"),
    ] {
        let (code, member, index, message) = refused(
            json!({
                "redirect_uris": ["https://a.example/cb"],
                "grant_types": grants,
                "response_types": ["none", response_type],
            }),
            true,
        );
        assert_eq!((code, member, index), ("invalid_client_metadata", Some("response_types"), Some(1)));
        assert!(message.contains(&format!("`{response_type}` needs the grant `{lacking}`")), "{message}");
    }
}

#[test]
fn the_method_and_the_secret_agree() {
    let redirect_uris = json!(["https://a.example/cb"]);
    let public = json!({"redirect_uris": redirect_uris, "token_endpoint_auth_method": "none"});
    assert!(client(public.clone(), false).unwrap().is_public());
    assert_eq!(refused(public, true).1, Some("token_endpoint_auth_method"));

    let (code, member, _, message) = refused(json!({"redirect_uris": redirect_uris}), false);
    assert_eq!((code, member), ("invalid_client_metadata", Some("client_secret")));
    assert!(message.contains("`client_secret_basic`"), "{message}");
}

/// RFC 7523 §2.2, OpenID Connect Core §9.
#[test]
fn clients_that_sign() {
    let key = SigningKey::generate(Algorithm::ES256).unwrap().public_jwk().unwrap();
    let mut metadata = json!({
        "grant_types": ["client_credentials"],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": { "keys": [key] },
    });
    let signer = client(metadata.clone(), false).unwrap();
    assert_eq!(signer.token_endpoint_auth_method, ClientAuthMethod::PrivateKeyJwt);
    assert_eq!(signer.token_endpoint_auth_signing_alg, Some(Algorithm::ES256));
    assert!(signer.jwks.is_some());

    assert_eq!(refused(metadata.clone(), true).1, Some("token_endpoint_auth_method"));
    metadata["token_endpoint_auth_signing_alg"] = json!("HS256");
    assert_eq!(refused(metadata.clone(), false).1, Some("token_endpoint_auth_signing_alg"));
    metadata["token_endpoint_auth_signing_alg"] = json!("ES256");
    for jwks in [Value::Null, json!({"keys": []})] {
        metadata["jwks"] = jwks;
        assert_eq!(refused(metadata.clone(), false).1, Some("jwks"), "{metadata}");
    }
    for (jwks, reason) in [
        (json!("keys"), "not a JWK Set"),
        (json!({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}), "private or symmetric key"),
    ] {
        metadata["jwks"] = jwks;
        let (_, member, _, message) = refused(metadata.clone(), false);
        assert_eq!(member, Some("jwks"), "{message}");
        assert!(message.contains(reason) && !message.contains("c2VjcmV0"), "{message}");
    }

    let secret =
        json!({"grant_types": ["client_credentials"], "token_endpoint_auth_method": "client_secret_jwt"});
    assert!(client(secret.clone(), true).is_ok());
    assert_eq!(refused(secret.clone(), false).1, Some("client_secret"));
    let short = ClientSecret::new("thirty-one-characters-are-short").unwrap();
    let metadata: ClientMetadata = serde_json::from_value(secret).unwrap();
    let error = metadata.into_builder("c", Some(&short)).unwrap_err();
    assert_eq!(error.member(), Some("client_secret"));
    assert!(
        error.to_string().contains("31 characters") && error.to_string().contains("HS256 needs at least 32")
    );
}

#[test]
fn other_members() {
    let with = |member: &str, value: Value| {
        let mut metadata =
            json!({"redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "none"});
        metadata[member] = value;
        refused(metadata, false)
    };

    assert_eq!(with("scope", json!("a  b")).1, Some("scope"));
    assert_eq!(with("id_token_signed_response_alg", json!("HS256")).1, Some("id_token_signed_response_alg"));
    let (_, member, _, message) = with("grant_types", json!(["authorization_code", "client_credentials"]));
    assert_eq!(member, Some("grant_types"));
    assert!(message.contains("RFC 6749 §4.4"), "{message}");
}

/// Checks that what `MEMBERS` tells is what is read.
#[test]
fn members_are_the_fields() {
    /// Fails with the names of the fields that a type asks for.
    struct Fields;
    impl<'de> Deserializer<'de> for Fields {
        type Error = serde_json::Error;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> std::result::Result<V::Value, Self::Error> {
            Err(serde_json::Error::custom(fields.join(" ")))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> std::result::Result<V::Value, Self::Error> {
            Err(serde_json::Error::custom(format!("{} is no struct", type_name::<V::Value>())))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let fields = ClientMetadata::deserialize(Fields).unwrap_err().to_string();

    assert_eq!(fields, ClientMetadata::MEMBERS.join(" "));
}

/// Whoever registers by request would make the server POST to its own network.
#[test]
fn a_back_channel_into_the_servers_own_network_is_refused() {
    let register = |source, uri: &str| {
        let client = Client::public("rp").redirect_uri("https://rp.example/cb").source(source);
        client.backchannel_logout_uri(uri).build()
    };
    for uri in [
        "http://127.0.0.1:6379/",
        "http://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.0.0.1/logout",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://intranet/",
        "https://db.internal/",
    ] {
        let error = register(ClientSource::Itself, uri).unwrap_err();
        assert_eq!(error.member(), Some("backchannel_logout_uri"), "{error}");
        assert!(register(ClientSource::Operator, uri).is_ok(), "the operator knows why: {uri}");
    }
    assert!(register(ClientSource::Itself, "https://rp.example/logout").is_ok());
}
