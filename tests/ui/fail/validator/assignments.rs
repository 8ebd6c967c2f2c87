//! The fields of a request that hooks read, and each way to write to them: one error for each.
use std::time::Duration;

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn pre_token(&self, request: &mut Request) -> Result<()> {
        request.client = None;
        request.subject = Some("alice".into());
        request.auth_time = Some(request.now());
        request.acr = request.param("acr_values").map(str::to_owned);
        request.amr = vec!["pwd".to_owned()];
        request.grant_type = Default::default();
        request.family = None;
        request.openid = None;
        Ok(())
    }

    /// By another name, deep in the body, and in the middle of a borrow.
    async fn validate_scopes(&self, client: &Client, scopes: &ScopeSet, req: &mut Request) -> Result<()> {
        let known = req.scopes.as_ref();
        if let Some(known) = known.filter(|known| *known != scopes) {
            match client.is_public() {
                true => req.scopes = Some(known.clone()),
                false => (|| req.scopes = None)(),
            }
            std::future::ready(known.is_empty()).await;
        }
        Ok(())
    }

    /// With an operator that the field does not have.
    fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> {
        request.expires_in += Duration::from_secs(60);
        request.expires_in >>= 2;
        Ok(request.expires_in == None)
    }

    /// By a borrow.
    fn refresh_id_token(&self, request: &mut Request) -> Result<bool> {
        let scopes = &mut request.scopes;
        *scopes = None;
        if let Some(subject) = &mut request.subject {
            subject.push('!');
        }
        let acr = std::mem::take(&mut request.acr);
        Ok(acr.is_none())
    }

    #[claim("tenant")]
    fn tenant(&self, request: &Request) -> Option<String> {
        request.subject = None;
        None
    }

    #[token_generator]
    fn generate(&self, request: &Request) -> Result<String> {
        request.expires_in = Some(Duration::from_secs(60));
        Ok(String::new())
    }
}

fn main() {}
