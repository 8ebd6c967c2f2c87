//! DPoP proofs, RFC 9449 §4.3: whoever else reads one that is accepted reads a proof of this request, by one public key.

#![no_main]

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::header;
use libfuzzer_sys::fuzz_target;
use oauth_core::jose::SigningKey;
use oauth_fuzz::{Answer, SECRET, World, at_once, form};
use serde_json::{Map, Value};

/// The algorithms that are asymmetric, with the kind of their keys (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2).
const ALGORITHMS: [(&str, &str); 11] = [
    ("RS256", "RSA"),
    ("RS384", "RSA"),
    ("RS512", "RSA"),
    ("PS256", "RSA"),
    ("PS384", "RSA"),
    ("PS512", "RSA"),
    ("ES256", "EC"),
    ("ES384", "EC"),
    ("ES512", "EC"),
    ("EdDSA", "OKP"),
    ("Ed25519", "OKP"),
];

/// The members of a private or a symmetric key (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const PRIVATE: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::from_pem(include_str!("../../rfc/keys/p256.pkcs8.pem")).unwrap());

static WORLD: LazyLock<World> = LazyLock::new(World::new);

// A header and the claims, with a tab between them, which the key signs; or else a whole proof as it is.
fuzz_target!(|input: &str| {
    let proof = match input.split_once('\t') {
        Some((header, claims)) => sign(&with_the_key(header), &with_the_moment(claims)),
        None => input.to_owned(),
    };
    let Some(answer) = ask(&proof) else { return };
    if answer.status != 200 {
        return;
    }
    check(&proof);
    let again = ask(&proof).unwrap();
    assert_eq!(again.status, 400, "it was accepted twice: {proof}");
    assert!(String::from_utf8_lossy(&again.body).contains("invalid_dpop_proof"));
});

/// A token request of the client `robot`; `None` if the proof cannot be in a header.
fn ask(proof: &str) -> Option<Answer> {
    let credentials: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let request = form("/token")
        .header(header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("robot:{credentials}"))))
        .header("dpop", proof);
    let answer = WORLD.send(request, "grant_type=client_credentials")?;
    assert!(answer.status == 200 || answer.status == 400, "{}", answer.status);
    Some(answer)
}

/// `"KEY"` in a header stands for the public key.
fn with_the_key(header: &str) -> String {
    header.replace("\"KEY\"", &serde_json::to_string(KEY.verifying_key().public_jwk().unwrap()).unwrap())
}

/// `"NOW"` in the claims stands for the time of the server, and `NEW` for what no proof had before.
fn with_the_moment(claims: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let new = COUNT.fetch_add(1, Ordering::Relaxed).to_string();
    claims.replace("\"NOW\"", &WORLD.now().as_secs().to_string()).replace("NEW", &new)
}

fn sign(header: &str, claims: &str) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = at_once(KEY.sign(input.as_bytes())).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// An independent reading of a proof that was accepted.
fn check(proof: &str) {
    let parts: Vec<_> = proof.split('.').collect();
    let [header, claims] = [parts[0], parts[1]].map(|part| {
        let json = URL_SAFE_NO_PAD.decode(part).expect("base64url");
        // A member that is not understood may hold half of a surrogate pair.
        serde_json::from_slice::<Map<String, Value>>(&json).ok()
    });
    let (Some(header), Some(claims)) = (header, claims) else { return };
    assert_eq!(parts.len(), 3, "{proof}");
    let typ = header["typ"].as_str().unwrap().to_ascii_lowercase();
    assert!(typ == "dpop+jwt" || typ == "application/dpop+jwt", "{typ}");
    let jwk = header["jwk"].as_object().expect("a key");
    let is_of = |(alg, kty): &(&str, &str)| header["alg"] == **alg && jwk["kty"] == **kty;
    assert!(ALGORITHMS.iter().any(is_of), "{header:?}");
    assert!(PRIVATE.iter().all(|member| !jwk.contains_key(*member)), "a private key: {header:?}");
    assert!(jwk.get("use").is_none_or(|usage| usage == "sig"), "{header:?}");
    assert!(!header.contains_key("crit"), "{header:?}");
    assert_eq!(claims["htm"], "POST");
    assert!(is_token_endpoint(claims["htu"].as_str().unwrap()), "{claims:?}");
    let jti = claims["jti"].as_str().unwrap();
    assert!(!jti.is_empty() && jti.len() <= 256, "{jti}");
    assert!(claims["iat"].is_number() && !claims.contains_key("nonce"), "{claims:?}");
    // It was made within five minutes; the time of a fraction is dropped.
    let iat = claims["iat"].as_f64().unwrap();
    #[allow(clippy::cast_precision_loss, reason = "within 2⁵² seconds")]
    let age = WORLD.now().as_secs() as f64 - iat;
    assert!(age.abs() <= 301.0, "{claims:?}");
}

/// RFC 3986 §6.2.2 and §6.2.3, by the letter: percent encoding first, then the dot segments of §5.2.4 from one buffer to another.
fn is_token_endpoint(htu: &str) -> bool {
    let url = htu.split(['?', '#']).next().unwrap();
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    scheme.eq_ignore_ascii_case("https")
        && host.eq_ignore_ascii_case("auth.example.com")
        && (port.is_empty() || port == "443")
        && without_dots(&unreserved(path)) == "/token"
}

fn unreserved(path: &str) -> String {
    let mut pieces = path.split('%');
    let mut decoded = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(byte)) {
            Some(byte) => decoded.extend([char::from(byte).to_string().as_str(), &piece[2..]]),
            None => decoded.extend(["%", piece]),
        }
    }
    decoded
}

fn without_dots(path: &str) -> String {
    let (mut input, mut output) = (path.to_owned(), String::new());
    while !input.is_empty() {
        if let Some(rest) = input.strip_prefix("/./") {
            input = format!("/{rest}");
        } else if input == "/." {
            input = "/".to_owned();
        } else if input.starts_with("/../") || input == "/.." {
            input = format!("/{}", input.get(4..).unwrap_or_default());
            output.truncate(output.rfind('/').unwrap_or(0));
        } else {
            let end = input[1..].find('/').map_or(input.len(), |end| end + 1);
            output.push_str(&input[..end]);
            input.drain(..end);
        }
    }
    output
}
