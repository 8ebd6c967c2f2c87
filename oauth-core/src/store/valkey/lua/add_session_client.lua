-- Adds a client to a session, with its place among the others. ARGV: now, the client.
local kept = redis.call('HMGET', KEYS[1], 'x', 'ended', 'c:' .. ARGV[2])
if not kept[1] or tonumber(kept[1]) <= tonumber(ARGV[1]) or kept[2] or kept[3] then return 0 end
redis.call('HSET', KEYS[1], 'c:' .. ARGV[2], redis.call('HINCRBY', KEYS[1], 'n', 1))
return 1
