use crate::settings::Settings;

fn problems(variables: &[(&str, &str)]) -> String {
    let variable =
        |name: &str| variables.iter().find(|(of, _)| *of == name).map(|(_, value)| (*value).to_owned());
    Settings::read(variable).map_or_else(|problems| problems.to_string(), |_| String::new())
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let text = problems(&[("OAUTH_KEKS", "")]);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (line, name) in lines.iter().zip(["OAUTH_ISSUER", "DATABASE_URL", "OAUTH_KEKS"]) {
        assert!(line.starts_with(&format!("{name}: it is not set: write ")), "{line}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_no_secret() {
    let text = problems(&[
        ("OAUTH_ISSUER", "auth.example.com"),
        ("LISTEN", "8080"),
        ("DATABASE_URL", "oauth:hunter2@db"),
        ("OAUTH_KEKS", "a:hunter2"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
    ]);
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}
