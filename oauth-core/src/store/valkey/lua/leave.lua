-- Gives the place of a registration up, if it has ended. ARGV: now, the client.
local kept = redis.call('ZSCORE', KEYS[1], ARGV[2])
if kept and tonumber(kept) <= tonumber(ARGV[1]) then return redis.call('ZREM', KEYS[1], ARGV[2]) end
return 0
