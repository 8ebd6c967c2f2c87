//! Derives that do not exist, for there is an attribute instead: an error each, and the item is what it was meant to be.

use proc_macro2::{Span, TokenStream};

use crate::diagnostics::Diagnostics;
use crate::helpers::own_name;
use crate::item::Struct;
use crate::krate::Krate;
use crate::{authorization_server, extension_grant, resource_server, scope, token_generator, validator};

pub(crate) fn refuse(derive: &str, attribute: &str, item: TokenStream) -> TokenStream {
    let write = match attribute {
        "validator" => "#[validator]",
        "token_generator" => "#[token_generator(jwt, issuer = \"https://auth.example.com\")]",
        "authorization_server" => "#[authorization_server(grants(authorization_code, refresh_token))]",
        "resource_server" => {
            "#[resource_server(issuer = \"https://auth.example.com\", audience = \"https://api.example.com\", jwks)]"
        }
        "extension_grant" => "#[extension_grant(\"urn:example:grant-type:api-key\")]",
        _ => "#[scope(\"calendar.read\")]",
    };
    let unheard = Diagnostics::new();
    let input = Struct::parse(attribute, item, &unheard);
    unheard.into_tokens();
    let has_attribute = |input: &Struct| {
        let mut attrs = input.input.attrs.iter();
        attrs.any(|attr| own_name(attr.path(), &[attribute]).is_some_and(|name| name == attribute))
    };
    let is_there = input.as_ref().is_some_and(has_attribute);
    let write = if is_there { String::new() } else { format!("write `{write}` above the struct, and ") };
    let diagnostics = Diagnostics::new();
    diagnostics
        .error(Span::call_site(), format!("`{derive}` is no derive, but an attribute: {write}remove this"));
    let mut expansion = diagnostics.into_tokens();
    if let Some(input) = input.filter(|_| !is_there) {
        let krate = Krate::of(TokenStream::new());
        expansion.extend(match attribute {
            "validator" => validator::stand_in(&input),
            "token_generator" => token_generator::stand_in(&input, &krate),
            "authorization_server" => authorization_server::stand_in(&input, &krate),
            "resource_server" => resource_server::stand_in(&input, &krate),
            "extension_grant" => extension_grant::stand_in(&input, &krate),
            _ => scope::stand_in(&input, &krate),
        });
    }
    expansion
}
