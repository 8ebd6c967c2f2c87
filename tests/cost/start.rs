/// Starts all of it, so that none of it is dead code; what it is, to compare.
pub fn start() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let keys = KeyRing::from(SigningKey::generate(Algorithm::ES256)?);
    let people = People { store: MemoryStore::new(), audience: "https://calendar.example.com".into() };
    let access_tokens = AccessTokens { keys };
    let site = Site { people, access_tokens, refresh_tokens: RefreshTokens, pages: LoginPages::new() };
    let machines = Machines { accounts: Accounts { store: MemoryStore::new() } };
    let mut parts = vec![site.report().to_string(), machines.report().to_string()];
    drop((site.into_router()?, machines.into_router()?));
    parts.push(format!("{:?} {:?}", Calendar::CONFIG, Calendar.into_resource()?.metadata_path()));
    Ok(parts)
}
