//! An OpenID provider of every flow, and who opens its authorization endpoint.

use std::sync::LazyLock;
use std::time::Duration;

use oauth_core::interaction::{Approval, Context, Decision, Interaction};
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;
use oauth_core::server::{Profile, ServerConfig};
use oauth_core::store::CodeStore;
use oauth_core::time::UnixTime;

use crate::secret;

/// A provider with keys for RS256 and ES256.
#[derive(Debug)]
pub struct Provider<V> {
    /// The validator under test.
    pub validator: V,
    /// The keys of its ID tokens.
    pub keys: IdTokenKeys,
}

impl<V> Provider<V> {
    /// A provider with keys that are random once a run.
    pub fn new(validator: V) -> Self {
        static KEYS: LazyLock<IdTokenKeys> = LazyLock::new(|| {
            IdTokenKeys::new(SigningKey::generate(Algorithm::RS256).unwrap())
                .and(SigningKey::generate(Algorithm::ES256).unwrap())
                .unwrap()
        });
        Self { validator, keys: KEYS.clone() }
    }
}

impl<V: RequestValidator<Codes: CodeStore>> AuthorizationServer for Provider<V> {
    type Validator = V;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = IdTokenKeys;
    type Interaction = Person;
    type Grants = (AuthorizationCode, Implicit, RefreshToken, ClientCredentials);
    const ISSUER: Issuer = Issuer::Literal(crate::ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[
        Scope::new("openid"),
        Scope::new("profile"),
        Scope::new("email"),
        Scope::new("offline_access"),
    ])
    .response_types(&RESPONSE_TYPES)
    .profile(Profile::OAuth20);

    fn validator(&self) -> &V {
        &self.validator
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &IdTokenKeys {
        &self.keys
    }
    fn interaction(&self) -> &Person {
        &Person
    }
}

/// The response types that the provider offers: everything.
pub const RESPONSE_TYPES: [ResponseType; 8] = [
    ResponseType::CODE,
    ResponseType::TOKEN,
    ResponseType::ID_TOKEN,
    ResponseType::ID_TOKEN_TOKEN,
    ResponseType::CODE_ID_TOKEN,
    ResponseType::CODE_TOKEN,
    ResponseType::CODE_ID_TOKEN_TOKEN,
    ResponseType::NONE,
];

/// Alice, who has just logged in with a password and agrees; unless headers of the request say otherwise: `x-test-subject`,
/// `x-test-login-age` in seconds, `x-test-acr`, `x-test-scopes`, `x-test-decision` (`deny` or `page`). It looks at no
/// parameter: what must hold whoever the interaction is, holds here.
#[derive(Debug)]
pub struct Person;

impl<V: Sync> Interaction<V> for Person {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        authorization: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap());
        match header("x-test-decision") {
            Some("deny") => return Ok(Decision::Deny),
            Some(_) => return Ok(Decision::Respond(oauth_core::http::Response::default())),
            None => {}
        }
        let age = Duration::from_secs(header("x-test-login-age").unwrap_or("0").parse().unwrap());
        let auth_time = UnixTime::from_secs(UnixTime::now().as_secs() - age.as_secs());
        let mut approval = Approval::new(header("x-test-subject").unwrap_or("alice"), auth_time);
        approval.acr = header("x-test-acr").map(str::to_owned);
        approval.amr = vec!["pwd".to_owned()];
        approval.sid = Some("session-1".to_owned());
        approval.scopes = Some(match header("x-test-scopes") {
            Some(granted) => ScopeSet::parse(granted).unwrap(),
            None => authorization.asked_scopes(),
        });
        Ok(Decision::Approve(approval))
    }
}

/// The clients of the provider: `rp` may ask for every response type, `es256` too, `code-only` for a code.
pub fn relying_parties() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    let everything = |client_id: &str| {
        let builder = Client::confidential(client_id, &secret)
            .redirect_uri(format!("https://{client_id}.example/cb?tenant=1"))
            .grant_type(GrantType::AUTHORIZATION_CODE)
            .grant_type(GrantType::REFRESH_TOKEN)
            .grant_type(GrantType::IMPLICIT)
            .scope("openid profile email offline_access");
        RESPONSE_TYPES.into_iter().fold(builder, oauth_core::client::ClientBuilder::response_type)
    };
    [
        everything("rp"),
        everything("es256").id_token_signed_response_alg(Algorithm::ES256),
        everything("es384").id_token_signed_response_alg(Algorithm::ES384),
        Client::confidential("code-only", &secret)
            .redirect_uri("https://code-only.example/cb")
            .scope("openid profile"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}
