-- Keeps a registration longer, if it makes a difference. ARGV: the end, that less what makes none.
local kept = redis.call('HGET', KEYS[1], 'x')
if not kept or tonumber(kept) >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'x', ARGV[1])
return 1
