//! The form of an argument, the same in every macro.

rules! { "arguments" {
    /// - refused: `profile(openid)`
    /// - accepted: `profile = "oauth2.0"`
    error an_argument_with_a_value_has_one = "`{}` needs a value: write `{} = {}`";
    /// - refused: `introspection = true`
    /// - accepted: `issuer = "https://auth.example.com"`
    error an_argument_of_text_is_a_string_literal = "the value of `{}` must be a string{}";
    /// - refused: `token_endpoint_auth_methods = "client_secret_basic"`
    /// - accepted: `token_endpoint_auth_methods("none")`
    error an_argument_of_several_is_a_list = "`{}` is a list: write `{}({})`";
    /// - refused: `danger_pkce_optional = true`
    /// - accepted: `danger_pkce_optional`
    error an_argument_that_is_a_flag_has_no_value = "`{}` takes no value: write {}";
    /// - refused: `isuer = "https://auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    error an_argument_has_a_known_name = "`{}` has no argument `{}`{}\nit takes {}";
    /// - refused: `issuer = "https://auth.example.com", issuer = "https://auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com", audience =`
    error an_argument_is_given_once = "`{}` is given twice: keep one";
} }
