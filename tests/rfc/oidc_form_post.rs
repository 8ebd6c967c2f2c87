//! OAuth 2.0 Form Post Response Mode, and RFC 9700 where tokens travel through the browser.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::StatusCode;
use oauth_tests::{Answer, ISSUER};

use crate::relying_party::{Params, RelyingParty, fragment};

/// The form of a page, its character references resolved.
#[track_caller]
fn form(answer: &Answer) -> (String, Params) {
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("location").is_empty());
    let html = answer.text();
    let unescape = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name}: {tag}"));
        unescape(rest.split('"').next().unwrap())
    };
    let tag = html.split("<form ").nth(1).unwrap().split('>').next().unwrap();
    assert!(tag.contains("method=\"post\""), "{tag}");
    let inputs = html.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
    let fields: BTreeMap<_, _> =
        inputs.map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect();
    (attribute(&format!(" {tag}"), "action"), fields)
}

const FORM_POST: (&str, &str) = ("response_mode", "form_post");

#[tokio::test]
async fn section_2_the_parameters_are_fields_of_a_form_for_the_redirect_uri() {
    let rp = RelyingParty::new().await;
    for response_type in ["code", "id_token", "code id_token token", "none"] {
        let answer =
            rp.authorize(response_type, &[FORM_POST, ("state", "\"><script>alert(1)</script>&amp;'")]).await;
        let (action, fields) = form(&answer);
        assert_eq!(action, "https://rp.example/cb?tenant=1", "the query of the redirect URI is retained");
        assert_eq!(fields["state"], "\"><script>alert(1)</script>&amp;'");
        assert_eq!(fields["iss"], ISSUER);
        assert_eq!(answer.text().matches("<script").count(), 1);
        assert_eq!(fields.contains_key("code"), response_type.contains("code"));
        assert_eq!(fields.contains_key("id_token"), response_type.contains("id_token"));
        if let Some(id_token) = fields.get("id_token") {
            rp.verify(id_token).await;
        }
    }
    let (_, fields) = form(&rp.authorize("code", &[FORM_POST]).await);
    assert_eq!(rp.redeem(&fields["code"]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn section_2_errors_take_the_same_way() {
    let rp = RelyingParty::new().await;
    let denied = rp.authorize_as(&[("x-test-decision", "deny")], "code", &[FORM_POST]).await;
    for (answer, code) in [
        (denied, "access_denied"),
        (rp.authorize("code", &[FORM_POST, ("scope", "unknown")]).await, "invalid_scope"),
        (rp.authorize("code id_token", &[FORM_POST, ("nonce", "")]).await, "invalid_request"),
    ] {
        let (action, fields) = form(&answer);
        assert_eq!(action, "https://rp.example/cb?tenant=1");
        assert_eq!((&*fields["error"], &*fields["state"], &*fields["iss"]), (code, "s t&a=te", ISSUER));
    }
    // Unless the redirect URI is not certain: nothing is sent there.
    rp.authorize("code", &[FORM_POST, ("redirect_uri", "https://evil.example/cb")]).await.assert_page(400);
}

#[tokio::test]
async fn the_page_runs_its_own_script_and_nothing_else() {
    let answer = RelyingParty::new().await.authorize("code", &[FORM_POST]).await;
    let script = answer.text().split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, script.as_bytes()));
    let policy = answer.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        &format!("script-src 'sha256-{hash}'"),
        "form-action https:",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.split("; ").any(|part| part == directive), "{directive}: {policy}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert!(answer.text().contains("<button type=\"submit\">"), "for those who run no scripts");
}

#[tokio::test]
async fn multiple_response_types_section_5_tokens_never_travel_in_a_query() {
    let rp = RelyingParty::new().await;
    for response_type in
        ["token", "id_token", "id_token token", "code id_token", "code token", "code id_token token"]
    {
        let answer = rp.authorize(response_type, &[("response_mode", "query")]).await;
        assert_eq!(fragment(&answer)["error"], "invalid_request", "{response_type}");
    }
    for response_type in ["code", "none"] {
        let params = fragment(&rp.authorize(response_type, &[("response_mode", "fragment")]).await);
        assert_eq!(params.contains_key("code"), response_type == "code");
    }
    let unknown = rp.authorize("code", &[("response_mode", "web_message")]).await;
    assert_eq!(unknown.params()["error"], "invalid_request");
}

#[tokio::test]
async fn rfc9700_section_4_4_mix_up_every_mode_names_the_issuer() {
    let rp = RelyingParty::new().await;
    for mode in ["query", "fragment", "form_post"] {
        for scope in ["openid", "unknown"] {
            let answer = rp.authorize("code", &[("response_mode", mode), ("scope", scope)]).await;
            let iss = match mode {
                "query" => answer.params()["iss"].clone(),
                "fragment" => fragment(&answer)["iss"].clone(),
                _ => form(&answer).1["iss"].clone(),
            };
            assert_eq!(iss, ISSUER, "{mode} {scope}");
        }
    }
}

/// A code that was stolen elsewhere and put beside the victim's ID token: the client sees that they do not belong together,
/// and the token endpoint wants the verifier of the request that the code is from.
#[tokio::test]
async fn rfc9700_section_4_5_code_injection_into_a_hybrid_response() {
    let rp = RelyingParty::new().await;
    let victim = fragment(&rp.authorize("code id_token", &[]).await);
    let other = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &[b'v'; 43]));
    let other_challenge = [("code_challenge", other.as_str())];
    let attacker =
        fragment(&rp.authorize_as(&[("x-test-subject", "mallory")], "code id_token", &other_challenge).await);
    let hash = |code: &str| {
        let hash = digest::digest(&digest::SHA256, code.as_bytes());
        URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
    };
    let claims = rp.verify(&victim["id_token"]).await;
    assert_eq!(claims["c_hash"], hash(&victim["code"]));
    assert_ne!(claims["c_hash"], hash(&attacker["code"]));
    rp.redeem(&attacker["code"]).await.assert_error(400, "invalid_grant");
    assert_eq!(rp.redeem(&victim["code"]).await.status, StatusCode::OK);
}

/// Checks that what the front channel yields dies with a replayed code, and has no refresh token of its own.
#[tokio::test]
async fn rfc9700_section_4_2_4_front_channel_tokens_die_with_a_replayed_code() {
    let rp = RelyingParty::new().await;
    let front = fragment(&rp.authorize("code token", &[]).await);
    assert!(!front.contains_key("refresh_token"));
    let is_active = async |token: &str| {
        rp.app.post("/introspect", &oauth_tests::basic("rp"), &[("token", token)]).await.json()["active"]
            == true
    };
    assert_eq!(rp.redeem(&front["code"]).await.status, StatusCode::OK);
    assert!(is_active(&front["access_token"]).await);
    rp.redeem(&front["code"]).await.assert_error(400, "invalid_grant");
    assert!(!is_active(&front["access_token"]).await);
}
