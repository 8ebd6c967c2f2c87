#[allow(dead_code)]
pub struct ApiKey;
#[automatically_derived]
impl ::oauth_core::__private::ExtensionGrantType for ApiKey {
    const GRANT_TYPE: &'static str = "urn:example:grant-type:api-key";
}
::oauth_core::__private::inventory::submit! {
    ::oauth_core::__private::RegisteredExtensionGrant(< ApiKey as
    ::oauth_core::__private::ExtensionGrantType > ::GRANT_TYPE)
}
