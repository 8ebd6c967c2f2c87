struct Api {
    issuer: String,
    credentials: Credentials,
    #[cfg(a)]
    clock: Clock,
}
#[automatically_derived]
impl ::oauth_core::__private::ResourceServer for Api {
    type HttpClient = ::oauth_core::__private::DefaultHttpClient;
    fn http_client(
        &self,
    ) -> ::oauth_core::__private::CoreResult<
        Self::HttpClient,
        ::oauth_core::__private::HttpError,
    > {
        ::oauth_core::__private::DefaultHttpClient::new()
    }
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    const CONFIG: ::oauth_core::__private::ResourceConfig = ::oauth_core::__private::ResourceConfig::new()
        .audience("https://api.example.com")
        .validation(
            ::oauth_core::__private::Validation::Introspection(
                ::oauth_core::__private::None,
            ),
        )
        .leeway(::oauth_core::__private::Duration::from_secs(30u64))
        .scopes(
            &[
                <CalendarRead as ::oauth_core::__private::ScopeType>::SCOPE,
                <Mail as ::oauth_core::__private::ScopeType>::SCOPE,
            ],
        );
    fn issuer(&self) -> ::oauth_core::__private::Option<&str> {
        ::oauth_core::__private::Some(::oauth_core::__private::issuer_text(&self.issuer))
    }
    fn credentials(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::Credentials> {
        ::oauth_core::__private::Some(
            ::oauth_core::__private::credentials(&self.credentials),
        )
    }
}
#[cfg(a)]
#[allow(deprecated, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::oauth_core::__private::Cannot as _;
    ::oauth_core::__private::check_is_marked(
        "clock",
        &[
            (
                ::oauth_core::__private::Can::<Clock>::HTTP_CLIENT,
                "this HTTP client",
                "write `#[http_client]` above it, remove it, or keep it in an `Arc` for code of your own",
            ),
            (
                ::oauth_core::__private::Can::<Clock>::DECRYPTION_KEY,
                "this decryption key",
                "remove it, or keep it in an `Arc` for code of your own",
            ),
            (
                ::oauth_core::__private::Can::<Clock>::CREDENTIALS,
                "these credentials",
                "remove it, for another field is `#[credentials]`, or keep it in an `Arc` for code of your own",
            ),
        ],
    )
};
