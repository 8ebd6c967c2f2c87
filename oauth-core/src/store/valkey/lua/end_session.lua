-- Ends a session: for one caller, and for that one again. ARGV: the name of this call, the subject that it must be of, if any.
local kept = redis.call('HMGET', KEYS[1], 's', 'ended')
if not kept[1] or (ARGV[2] and kept[1] ~= ARGV[2]) then return false end
if kept[2] and kept[2] ~= ARGV[1] then return false end
redis.call('HSET', KEYS[1], 'ended', ARGV[1])
redis.call('EXPIRE', KEYS[1], 60)
return redis.call('HGETALL', KEYS[1])
