//! Users.

use super::world::of_users;

#[test]
fn users() {
    let of_user = |members: &str| {
        let found = of_users(&format!("[{{{members}}}]"));
        let [line] = found.as_slice() else { panic!("not one mistake: {found:#?}") };
        line.strip_prefix("users.json:1:").unwrap_or_else(|| panic!("not of the file: {line}")).to_owned()
    };
    assert_eq!(of_user(r#""username": "a", "password": "x""#), "2: the member `sub`, a string, is missing");
    assert_eq!(
        of_user(r#""sub": "é", "username": "a", "password": "x""#),
        "10: `sub`: this must have 1 to 255 ASCII characters (OpenID Connect Core §2)"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": 1234"#),
        "44: `password`: this must be a string"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": """#),
        "44: `password`: this must have 1 to 1024 bytes"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": "x", "claims": ["name"]"#),
        "59: `claims`: this must be an object, such as {\"name\": \"Alice\"}"
    );
    assert_eq!(
        of_user(r#""sub": "1", "user_name": "a", "password": "x""#),
        "28: `user_name`: there is no such member; is it `username`?"
    );
}
