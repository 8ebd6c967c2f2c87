//! A client authentication method with a scheme of its own.

use oauth_core::client_auth::ClientAuth;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, ServerConfig};

use crate::world::{SECRET, World, basic, post, server, world};

/// `Authorization: Handshake <client_id>`, from who knows that the other half is shaken with the name backwards.
pub(crate) struct Handshake;

fn read(request: &Request) -> Option<(&str, &str)> {
    let header = request.headers().get("authorization")?.to_str().ok()?;
    header.split_once(' ')?.1.split_once(':')
}

impl ClientAuth for Handshake {
    const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:handshake");
    const SCHEME: Option<&'static str> = Some("Handshake");

    fn client_id(&self, request: &Request) -> Result<String> {
        read(request).map(|(client_id, _)| client_id.to_owned()).ok_or_else(Error::invalid_client)
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let backwards = |name: &str| name.chars().rev().collect::<String>();
        let expected = backwards(client.map_or("nobody", |client| &client.client_id));
        Ok(read(request).is_some_and(|(_, answer)| answer == expected))
    }
}

async fn ask(world: &World, authorization: &str, more: &[(&str, &str)]) -> crate::world::Answer {
    let form: Vec<_> =
        [("grant_type", "client_credentials")].into_iter().chain(more.iter().copied()).collect();
    world.post("/token", &[("authorization", authorization)], &form).await
}

#[tokio::test]
async fn a_client_that_registered_it_authenticates_by_it() {
    let world = world().await;
    let tokens = ask(&world, "handshake friend:dneirf", &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.json);
    let metadata = world.metadata().await;
    let methods = metadata["token_endpoint_auth_methods_supported"].as_array().unwrap();
    assert!(
        methods.contains(&"urn:example:handshake".into()) && methods.contains(&"client_secret_basic".into())
    );
    assert!(world.0.report().client_authentication.iter().any(|method| method == "urn:example:handshake"));
}

#[tokio::test]
async fn an_unknown_client_and_wrong_credentials_get_one_answer() {
    let world = world().await;
    let wrong = ask(&world, "Handshake friend:friend", &[]).await;
    let unknown = ask(&world, "Handshake stranger:stranger", &[]).await;
    wrong.assert_error(401, "invalid_client");
    assert_eq!((wrong.json, wrong.headers), (unknown.json, unknown.headers));
    // The word of `verify` for nobody changes nothing.
    ask(&world, "Handshake stranger:ydobon", &[]).await.assert_error(401, "invalid_client");
    // Nor does the right answer of one who registered another method.
    ask(&world, "Handshake trader:redart", &[]).await.assert_error(401, "invalid_client");
    ask(&world, "Handshake", &[]).await.assert_error(401, "invalid_client");
}

/// RFC 6749 §2.3: "The client MUST NOT use more than one authentication method in each request."
#[tokio::test]
async fn it_is_the_only_method_of_a_request() {
    let world = world().await;
    let secret = [("client_id", "friend"), ("client_secret", SECRET)];
    ask(&world, "Handshake friend:dneirf", &secret).await.assert_error(400, "invalid_request");
    let (name, value) = basic();
    let twice = [("authorization", "Handshake friend:dneirf"), (name, value.as_str())];
    let form = [("grant_type", "client_credentials")];
    world.post("/token", &twice, &form).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn it_is_not_offered_where_nobody_added_it() {
    let world = World(server().await.start().unwrap());
    ask(&world, "Handshake friend:dneirf", &[]).await.assert_error(401, "invalid_client");
    ask(&world, "", &[("client_id", "friend")]).await.assert_error(401, "invalid_client");
}

/// A certificate of the connection.
#[derive(Clone)]
struct Certificate(&'static str);

/// The credentials that come with the connection, whatever the client does.
struct ByCertificate;

impl ClientAuth for ByCertificate {
    const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:certificate");
    const IS_AMBIENT: bool = true;

    fn is_in(&self, request: &Request) -> bool {
        request.extensions.get::<Certificate>().is_some()
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let certificate = request.extensions.get::<Certificate>();
        Ok(client.zip(certificate).is_some_and(|(client, certificate)| client.client_id == certificate.0))
    }
}

/// RFC 8705 §3: a certificate may be there for tokens to be bound to, whichever method the client authenticates by.
#[tokio::test]
async fn what_comes_with_the_connection_is_no_second_method() {
    let server = server().await;
    let machine = Client::authenticated_by("machine", ByCertificate::METHOD);
    let machine = machine.grant_type(GrantType::CLIENT_CREDENTIALS).scope("jobs").build().unwrap();
    server.accounts.store.save_client(machine).await.unwrap();
    let world = World(server.start_in(Environment::new().client_authentication(ByCertificate)).unwrap());
    let ask = async |certificate: Option<&'static str>, headers: &[(&str, &str)], more: &[(&str, &str)]| {
        let form: Vec<_> =
            [("grant_type", "client_credentials")].into_iter().chain(more.iter().copied()).collect();
        let mut request = post("/token", headers, &form);
        request.extensions_mut().extend(certificate.map(Certificate).map_or_else(Default::default, |it| {
            let mut extensions = http::Extensions::new();
            extensions.insert(it);
            extensions
        }));
        world.send(request).await
    };
    let named = [("client_id", "machine")];
    assert_eq!(ask(Some("machine"), &[], &named).await.status, 200);
    ask(Some("another"), &[], &named).await.assert_error(401, "invalid_client");
    ask(None, &[], &named).await.assert_error(401, "invalid_client");
    // It is not enough for one who registered a secret, and no hindrance beside the secret.
    ask(Some("trader"), &[], &[("client_id", "trader")]).await.assert_error(401, "invalid_client");
    let (name, value) = basic();
    assert_eq!(ask(Some("trader"), &[(name, &value)], &[]).await.status, 200);
}

#[tokio::test]
async fn a_name_is_checked_once() {
    struct Mine;
    impl ClientAuth for Mine {
        const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretBasic;
        async fn verify(&self, _: Option<&Client>, _: &mut Request) -> Result<bool> {
            Ok(true)
        }
    }
    let mistake =
        server().await.start_in(Environment::new().client_authentication(Mine)).unwrap_err().to_string();
    assert!(mistake.contains("`client_secret_basic` is given twice"), "{mistake}");
    let config = ServerConfig::new(&[]).token_endpoint_auth_methods(&[Handshake::METHOD]);
    assert_eq!(config.token_endpoint_auth_methods[0].as_str(), "urn:example:handshake");
}
