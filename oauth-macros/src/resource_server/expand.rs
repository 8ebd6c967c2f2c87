//! `impl ResourceServer`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned as _;

use super::model::{Audience, Kind, ValidatedResource};
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::{Krate, at};
use crate::lints::Outcome;
use crate::literal::string;
use crate::unmarked;

pub(super) fn expand(model: &ValidatedResource<'_>, outcome: &Outcome) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let name = model.item.ident();
    let (impl_generics, ty_generics, where_clause) = model.item.input.generics.split_for_impl();
    let http_client = http_client(model, &private);
    let credentials = reader(model, &model.credentials, "credentials", "Credentials");
    let decryption_key = reader(model, &model.decryption_key, "decryption_key", "DecryptionKey");
    let issuer = model.issuer.tokens(&model.krate);
    let issuer_method = model.issuer.method(&model.krate);
    let audience_method = audience_method(model);
    let config = config(model, outcome, &private);
    let unmarked =
        unmarked::checks(model.item, &model.krate, unmarked::OF_A_RESOURCE_SERVER, |mark| match mark {
            "credentials" => model.validation.kind == Kind::Introspection,
            "decryption_key" => model.validation.kind == Kind::Jwks,
            _ => true,
        });
    let warnings = outcome.warnings();
    // A constant of an `impl` is evaluated where it is used: here, so that a bad issuer is an error at once.
    let is_evaluated = matches!(model.issuer, Issuer::Constant { .. }) && !model.item.is_generic();
    let evaluated = is_evaluated.then(
        || quote_spanned!(span=> const _: #private::Issuer = <#name as #private::ResourceServer>::ISSUER;),
    );
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::ResourceServer for #name #ty_generics #where_clause {
            #http_client
            const ISSUER: #private::Issuer = #issuer;
            const CONFIG: #private::ResourceConfig = #config;
            #issuer_method
            #audience_method
            #credentials
            #decryption_key
        }
        #evaluated
        #unmarked
        #warnings
    }
}

fn http_client(model: &ValidatedResource<'_>, private: &TokenStream) -> TokenStream {
    let default = at(model.item.ident().span());
    let alternatives = model.http_client.iter().map(|choice| {
        let cfg = &choice.cfg;
        if let Some(field) = choice.field {
            let (ty, member, span) = (&field.ty, &field.member, at(field.ty.span()));
            let private = model.krate.private(field.ty.span());
            quote_spanned! {span=>
                #cfg
                type HttpClient = #ty;
                #cfg
                fn http_client(&self) -> #private::CoreResult<Self::HttpClient, #private::HttpError> {
                    #private::Ok(#private::Clone::clone(&self.#member))
                }
            }
        } else {
            quote_spanned! {default=>
                #cfg
                type HttpClient = #private::DefaultHttpClient;
                #cfg
                fn http_client(&self) -> #private::CoreResult<Self::HttpClient, #private::HttpError> {
                    #private::DefaultHttpClient::new()
                }
            }
        }
    });
    alternatives.collect()
}

/// The method `name` that reads a field, where there is one; `ty` is what it returns.
fn reader(model: &ValidatedResource<'_>, choices: &[Choice<'_>], name: &str, ty: &str) -> TokenStream {
    let alternatives = choices.iter().filter_map(|choice| {
        let (field, cfg) = (choice.field?, &choice.cfg);
        let (member, span) = (&field.member, at(field.ty.span()));
        let private = model.krate.private(field.ty.span());
        let (name, ty) = (format_ident!("{name}", span = span), format_ident!("{ty}", span = span));
        Some(quote_spanned! {span=>
            #cfg
            fn #name(&self) -> #private::Option<#private::#ty> {
                #private::Some(#private::#name(&self.#member))
            }
        })
    });
    alternatives.collect()
}

fn audience_method(model: &ValidatedResource<'_>) -> Option<TokenStream> {
    let Audience::Field { path, span } = &model.audience else { return None };
    let private = model.krate.private(*span);
    let span = at(*span);
    // The user's `self` is not ours: hygiene would tell them apart.
    let this = Ident::new("self", span);
    let field = quote_spanned!(span=> &#this.#path);
    Some(quote_spanned! {span=>
        fn audience(&#this) -> #private::Option<&str> {
            #private::Some(#private::audience_text(#field))
        }
    })
}

fn config(model: &ValidatedResource<'_>, outcome: &Outcome, private: &TokenStream) -> TokenStream {
    let span = at(model.item.ident().span());
    let mut setters = TokenStream::new();
    let texts = [
        (
            "audience",
            match &model.audience {
                Audience::Literal(audience) => Some(audience),
                Audience::Field { .. } => None,
            },
        ),
        ("realm", model.realm.as_ref()),
        ("resource", model.resource.as_ref()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            let (name, text) = (format_ident!("{name}", span = span), string(text));
            setters.extend(quote_spanned!(span=> .#name(#text)));
        }
    }
    let validation_span = at(model.validation.span);
    let kind = match model.validation.kind {
        Kind::Jwks => format_ident!("Jwks", span = validation_span),
        Kind::Introspection => format_ident!("Introspection", span = validation_span),
    };
    let uri = if let Some(uri) = model.validation.uri.as_ref().map(string) {
        quote_spanned!(validation_span=> #private::Some(#uri))
    } else {
        quote_spanned!(validation_span=> #private::None)
    };
    setters.extend(quote_spanned!(validation_span=> .validation(#private::Validation::#kind(#uri))));
    setters.extend(model.durations.iter().map(|duration| duration.setter(private)));
    if let Some((tokens, tokens_span)) = model.verification_cache {
        let tokens = usize::try_from(tokens).unwrap_or(usize::MAX);
        setters.extend(quote_spanned!(at(tokens_span)=> .verification_cache(#tokens)));
    }
    if let Some(algorithms) = &model.algorithms {
        let algorithms = algorithms.iter().map(|algorithm| {
            let span = at(algorithm.span);
            let algorithm = format_ident!("{}", algorithm.value, span = span);
            quote_spanned!(span=> #private::Algorithm::#algorithm)
        });
        setters.extend(quote_spanned!(span=> .algorithms(&[#(#algorithms),*])));
    }
    for (name, flag_span) in &model.flags {
        let name = format_ident!("{name}", span = at(*flag_span));
        setters.extend(quote_spanned!(span=> .#name()));
    }
    if let Some(scopes) = &model.scopes {
        let scopes = scopes.iter().map(|scope| scope.tokens(&model.krate));
        setters.extend(quote_spanned!(span=> .scopes(&[#(#scopes),*])));
    }
    if let Some(exceptions) = outcome.exceptions(&model.krate) {
        setters.extend(quote_spanned!(span=> .exceptions(#exceptions)));
    }
    quote_spanned!(span=> #private::ResourceConfig::new() #setters)
}

/// Beside errors: the struct is a resource server all the same, so that nothing that uses it is an error too.
pub(super) fn fallback(item: &Struct, krate: &Krate) -> TokenStream {
    if item.is_borrowed() {
        return TokenStream::new();
    }
    let span = at(item.ident().span());
    let private = krate.private(item.ident().span());
    let name = item.ident();
    let (impl_generics, ty_generics, where_clause) = item.input.generics.split_for_impl();
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::ResourceServer for #name #ty_generics #where_clause {
            type HttpClient = #private::Missing;
            const ISSUER: #private::Issuer = #private::Issuer::Field;
            const CONFIG: #private::ResourceConfig = #private::ResourceConfig::new();
            fn http_client(&self) -> #private::CoreResult<#private::Missing, #private::HttpError> {
                #private::Missing::never()
            }
        }
    }
}
