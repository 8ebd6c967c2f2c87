-- Replaces a client that came by itself, and returns what it was before. ARGV: the name of this call, the token that it must have,
-- metadata, token, record, end.
local kept = redis.call('HMGET', KEYS[1], 't', 'm', 'rn')
if not kept[1] then return false end
if kept[3] == ARGV[1] then return kept[2] end
if kept[1] ~= ARGV[2] then return false end
redis.call('HSET', KEYS[1], 'rn', ARGV[1], 'm', ARGV[3], 't', ARGV[4], 'r', ARGV[5], 'x', ARGV[6])
return kept[2]
