//! The `claims` parameter, OpenID Connect Core §5.5.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::openid::ClaimsRequest;
use serde_json::Value;

fuzz_target!(|input: &str| {
    let Ok(request) = ClaimsRequest::parse(input) else { return };
    assert!(input.len() <= ClaimsRequest::LENGTH_LIMIT);
    let json: Value = serde_json::from_str(input).unwrap();
    assert!(json.is_object() && depth(&json) <= ClaimsRequest::DEPTH_LIMIT);
    for (name, claims) in [("userinfo", &request.userinfo), ("id_token", &request.id_token)] {
        assert!(claims.len() <= ClaimsRequest::LIMIT);
        let asked = json[name].as_object();
        assert_eq!(claims.len(), asked.map_or(0, serde_json::Map::len), "{input}");
        for (claim, request) in claims {
            let asked = &json[name][claim];
            assert!(asked.is_null() || asked.is_object(), "{input}");
            assert_eq!(request.essential, asked["essential"] == Value::Bool(true), "{input}");
            assert!(asked.get("value").is_none_or(|value| request.accepts(value)), "{input}");
        }
    }
    // Codes keep it as JSON.
    let kept = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).unwrap(), request);
});

fn depth(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
