-- Removes a client that came by itself, and returns what it was. ARGV: the token that it must have.
local kept = redis.call('HMGET', KEYS[1], 't', 'm')
if not kept[1] or kept[1] ~= ARGV[1] then return false end
redis.call('DEL', KEYS[1])
return kept[2]
