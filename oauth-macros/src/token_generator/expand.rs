//! `impl TokenGenerator`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{WhereClause, parse_quote};

use super::model::{ClaimValue, Jwt, ValidatedFormat, ValidatedGenerator};
use crate::args::Text;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::{Krate, allow_bounds, at};
use crate::lints::Outcome;
use crate::literal::string;
use crate::unmarked;

pub(super) fn expand(model: &ValidatedGenerator<'_>, outcome: &Outcome) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let name = model.item.ident();
    let (impl_generics, ty_generics, _) = model.item.input.generics.split_for_impl();
    let where_clause = bounds(model);
    let items = match &model.format {
        ValidatedFormat::Jwt(jwt) => jwt_items(model, jwt),
        ValidatedFormat::Opaque { prefix, entropy, audience } => {
            opaque_items(model, prefix.as_ref(), *entropy, audience.as_ref())
        }
    };
    let id_token_signer = match &model.format {
        ValidatedFormat::Jwt(jwt) => id_token_signer(model, jwt),
        ValidatedFormat::Opaque { .. } => TokenStream::new(),
    };
    // A constant of an `impl` is evaluated where it is used: here, so that a bad issuer is an error at once.
    let is_constant =
        matches!(&model.format, ValidatedFormat::Jwt(jwt) if matches!(jwt.issuer, Issuer::Constant { .. }));
    let evaluated = (is_constant && !model.item.is_generic()).then(
        || quote_spanned!(span=> const _: #private::Issuer = <#name as #private::TokenGenerator>::ISSUER;),
    );
    let allow = allow_bounds(&model.item.input.generics);
    // A `jwt` has its signing key by now, and an opaque token has none: the mark helps no other field.
    let is_of_use = |mark: &str| mark != "signing_key";
    let unmarked = unmarked::checks(model.item, &model.krate, unmarked::OF_A_TOKEN_GENERATOR, is_of_use);
    let (decisions, warnings) = (outcome.constants(&model.krate, name), outcome.warnings());
    quote_spanned! {span=>
        #[automatically_derived]
        #allow
        impl #impl_generics #private::TokenGenerator for #name #ty_generics #where_clause {
            const NAMES_STATIC_CLAIMS: bool = true;
            #decisions
            #items
        }
        #id_token_signer
        #evaluated
        #unmarked
        #warnings
    }
}

/// The struct's own bounds, and that its keys sign and encrypt where they are type parameters.
fn bounds(model: &ValidatedGenerator<'_>) -> Option<WhereClause> {
    let mut generics = model.item.input.generics.clone();
    if let ValidatedFormat::Jwt(jwt) = &model.format {
        let encryption_key = jwt.encryption.iter().flat_map(|encryption| &encryption.key);
        let keys = jwt.key.iter().map(|key| (key, "SigningKeys"));
        for (choice, bound) in keys.chain(encryption_key.map(|key| (key, "EncryptionKeys"))) {
            if let Some(field) = choice.field.filter(|field| model.item.mentions_parameter(&field.ty)) {
                let (ty, private) = (&field.ty, model.krate.private(field.ty.span()));
                let bound = format_ident!("{bound}");
                generics.make_where_clause().predicates.push(parse_quote!(#ty: #private::#bound));
            }
        }
    }
    generics.where_clause
}

fn opaque_items(
    model: &ValidatedGenerator<'_>,
    prefix: Option<&Text>,
    entropy: Option<(u16, Span)>,
    audience: Option<&Text>,
) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let prefix = prefix.map(|prefix| {
        let prefix = string(prefix);
        quote_spanned!(span=> .prefix(#prefix))
    });
    let entropy = entropy.map(|(bits, span)| {
        let span = at(span);
        quote_spanned!(span=> .entropy(#bits))
    });
    let audience = audience.map(|audience| {
        let audience = string(audience);
        quote_spanned!(span=> .audience(#audience))
    });
    let expires_in = model.expires_in.as_ref().map(|expires_in| expires_in.setter(&private));
    let (generate, lifetime) = (generate_token(&private, span), lifetime(model, &private));
    quote_spanned! {span=>
        #lifetime
        fn tokens(&self) -> #private::Tokens<'_> {
            #private::Tokens::opaque(#private::Opaque::DEFAULT #prefix #entropy #audience) #expires_in
        }
        #generate
    }
}

/// The constant that says how long the tokens live.
fn lifetime(model: &ValidatedGenerator<'_>, private: &TokenStream) -> TokenStream {
    let span = at(model.item.ident().span());
    let given = model.expires_in.as_ref().map(|expires_in| expires_in.tokens(private));
    let lifetime = given.unwrap_or_else(|| quote_spanned!(span=> #private::Tokens::DEFAULT_EXPIRES_IN));
    quote_spanned!(span=> const EXPIRES_IN: #private::Option<#private::Duration> = #private::Some(#lifetime);)
}

fn generate_token(private: &TokenStream, span: Span) -> TokenStream {
    quote_spanned! {span=>
        async fn generate_token(&self, request: &#private::Request) -> #private::Result<#private::String> {
            let issuer = #private::TokenGenerator::issuer(self).unwrap_or_default();
            #private::Tokens::generate(&#private::TokenGenerator::tokens(self), issuer, request).await
        }
    }
}

fn jwt_items(model: &ValidatedGenerator<'_>, jwt: &Jwt<'_>) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let issuer = jwt.issuer.tokens(&model.krate);
    let issuer_method = jwt.issuer.method(&model.krate);
    let (ty, profile) = profile(model, jwt, &private);
    let keys = borrowed(model, &jwt.key, "keys", "signing_keys");
    let (constructor, recipient, argument) = match &jwt.encryption {
        None => ("jwt", None, None),
        Some(encryption) => {
            let recipient = borrowed(model, &encryption.key, "recipient", "encryption_key");
            ("jwe", Some(recipient), Some(quote_spanned!(span=> , recipient)))
        }
    };
    let is_self_contained = jwt.self_contained.map(|span| {
        let span = at(span);
        quote_spanned!(span=> const IS_SELF_CONTAINED: bool = true;)
    });
    let constructor = Ident::new(constructor, span);
    let generate = generate_token(&private, span);
    let algorithm = algorithm(jwt, "SIGNING_ALGORITHM", &private);
    let lifetime = lifetime(model, &private);
    let names = jwt.claims.iter().map(|(name, _)| string(name));
    let names = (!jwt.claims.is_empty())
        .then(|| quote_spanned!(span=> const STATIC_CLAIMS: &'static [&'static str] = &[#(#names),*];));
    quote_spanned! {span=>
        const ISSUER: #private::Issuer = #issuer;
        const MAKES_ACCESS_TOKENS: bool = true;
        #algorithm
        #is_self_contained
        #lifetime
        #names
        fn tokens(&self) -> #private::Tokens<'_> {
            const PROFILE: #private::#ty = #profile;
            #keys
            #recipient
            #private::Tokens::#constructor(PROFILE, keys #argument)
        }
        #generate
        #issuer_method
    }
}

/// One binding an alternative: all but one are compiled out. Every use is the same tokens, so that a type which is no key
/// is one error.
fn borrowed(model: &ValidatedGenerator<'_>, choices: &[Choice<'_>], name: &str, borrow: &str) -> TokenStream {
    let (name, borrow) = (format_ident!("{name}", span = Span::mixed_site()), format_ident!("{borrow}"));
    let choices = choices.iter().filter_map(|choice| {
        let field = choice.field?;
        let (cfg, member, span) = (&choice.cfg, &field.member, at(field.ty.span()));
        let private = model.krate.private(field.ty.span());
        let keys = quote_spanned!(span=> #private::#borrow(&self.#member));
        Some(quote_spanned!(at(model.item.ident().span())=> #cfg let #name = #keys;))
    });
    choices.collect()
}

/// The keys of a JWT generator sign ID tokens, too.
fn id_token_signer(model: &ValidatedGenerator<'_>, jwt: &Jwt<'_>) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let name = model.item.ident();
    let (impl_generics, ty_generics, _) = model.item.input.generics.split_for_impl();
    let where_clause = bounds(model);
    let allow = allow_bounds(&model.item.input.generics);
    let keys = borrowed(model, &jwt.key, "keys", "signing_keys");
    let algorithm = algorithm(jwt, "ALGORITHM", &private);
    quote_spanned! {span=>
        #[automatically_derived]
        #allow
        impl #impl_generics #private::IdTokenSigner for #name #ty_generics #where_clause {
            #algorithm
            fn signing_key(&self) -> #private::Option<#private::SigningKey> {
                #keys
                #private::Some(#private::SigningKeys::active(keys))
            }
            fn jwks(&self) -> #private::Vec<#private::Jwk> {
                #private::Tokens::jwks(&#private::TokenGenerator::tokens(self))
            }
        }
    }
}

/// The constant that says with which algorithm the keys sign, where that was said.
fn algorithm(jwt: &Jwt<'_>, constant: &str, private: &TokenStream) -> Option<TokenStream> {
    let algorithm = jwt.algorithm.as_ref()?;
    let span = at(algorithm.span);
    let [constant, algorithm] = [constant, &algorithm.value].map(|name| Ident::new(name, span));
    Some(quote_spanned! {span=>
        const #constant: #private::Option<#private::Algorithm> =
            #private::Some(#private::Algorithm::#algorithm);
    })
}

/// The type of the profile, and its value.
fn profile(
    model: &ValidatedGenerator<'_>,
    jwt: &Jwt<'_>,
    private: &TokenStream,
) -> (TokenStream, TokenStream) {
    let span = at(model.item.ident().span());
    let expires_in = model.expires_in.as_ref().map(|expires_in| expires_in.setter(private));
    let audience = jwt.audience.as_ref().map(|audience| {
        let audience = string(audience);
        quote_spanned!(span=> .audience(#audience))
    });
    let algorithm = jwt.algorithm.as_ref().map(|algorithm| {
        let algorithm = format_ident!("{}", algorithm.value, span = at(algorithm.span));
        quote_spanned!(span=> .algorithm(#private::Algorithm::#algorithm))
    });
    let claims = static_claims(jwt, private).map(|claims| quote_spanned!(span=> .claims(#claims)));
    let self_contained = jwt.self_contained.map(|span| quote_spanned!(at(span)=> .self_contained()));
    let profile = quote_spanned! {span=>
        #private::JwtProfile::new() #expires_in #audience #algorithm #claims #self_contained
    };
    let Some(encryption) = &jwt.encryption else {
        return (quote_spanned!(span=> JwtProfile), profile);
    };
    let variant = |method: &str, ty: &str, (variant, span): (&str, Span)| {
        let span = at(span);
        let [method, ty, variant] = [method, ty, variant].map(|name| Ident::new(name, span));
        quote_spanned!(span=> .#method(#private::#ty::#variant))
    };
    let alg = encryption.alg.map(|alg| variant("alg", "KeyManagement", alg));
    let enc = encryption.enc.map(|enc| variant("enc", "ContentEncryption", enc));
    (quote_spanned!(span=> JweProfile), quote_spanned!(span=> #private::JweProfile::new(#profile) #alg #enc))
}

/// `None` where there are none.
fn static_claims(jwt: &Jwt<'_>, private: &TokenStream) -> Option<TokenStream> {
    let claims = jwt.claims.iter().map(|(name, value)| {
        let (span, name, value) = (at(name.span), string(name), claim_value(value, private, name));
        quote_spanned!(span=> (#name, #value))
    });
    (!jwt.claims.is_empty()).then(|| quote_spanned!(Span::mixed_site()=> &[#(#claims),*]))
}

fn claim_value(value: &ClaimValue, private: &TokenStream, name: &Text) -> TokenStream {
    let span = at(name.span);
    match value {
        ClaimValue::Str(text) => {
            let text = string(text);
            quote_spanned!(span=> #private::StaticClaim::Str(#text))
        }
        ClaimValue::Int(number) => quote_spanned!(span=> #private::StaticClaim::Int(#number)),
        ClaimValue::Float(number) => quote_spanned!(span=> #private::StaticClaim::Float(#number)),
        ClaimValue::Bool(value) => quote_spanned!(span=> #private::StaticClaim::Bool(#value)),
        ClaimValue::List(items) => {
            let items = items.iter().map(|item| claim_value(item, private, name));
            quote_spanned!(span=> #private::StaticClaim::List(&[#(#items),*]))
        }
    }
}

/// Beside errors: the struct generates tokens all the same, so that nothing that uses it is an error too.
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
        impl #impl_generics #private::TokenGenerator for #name #ty_generics #where_clause {
            const ISSUER: #private::Issuer = #private::Issuer::Field;
            fn tokens(&self) -> #private::Tokens<'_> {
                #private::Missing::never()
            }
            async fn generate_token(&self, _: &#private::Request) -> #private::Result<#private::String> {
                #private::Missing::never()
            }
        }
        #[automatically_derived]
        impl #impl_generics #private::IdTokenSigner for #name #ty_generics #where_clause {
            fn signing_key(&self) -> #private::Option<#private::SigningKey> {
                #private::Missing::never()
            }
            fn jwks(&self) -> #private::Vec<#private::Jwk> {
                #private::Missing::never()
            }
        }
    }
}
