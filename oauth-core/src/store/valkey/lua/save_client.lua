-- Keeps a client, and returns what it was before. ARGV: its metadata.
local kept = redis.call('HGET', KEYS[1], 'm')
redis.call('HSET', KEYS[1], 'm', ARGV[1])
return kept
