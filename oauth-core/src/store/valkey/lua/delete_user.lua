-- Removes a user, and leaves for a day the note that the person is to be signed out. ARGV: the name of this call.
local kept = redis.call('HMGET', KEYS[1], 'n', 'out')
if not kept[1] then return {false, kept[2]} end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'out', ARGV[1])
redis.call('EXPIRE', KEYS[1], 86400)
return {kept[1], ARGV[1]}
