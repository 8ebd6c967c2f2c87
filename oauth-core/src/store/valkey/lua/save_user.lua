-- Keeps a user. Another password, which a first one is not, leaves a note that the person is to be signed out. ARGV: the name of this call, the login name, claims,
-- the hash of the password, if any.
local kept = redis.call('HMGET', KEYS[1], 'n', 'p', 'out')
if kept[2] and kept[2] ~= (ARGV[4] or false) then
  redis.call('HSET', KEYS[1], 'out', ARGV[1])
  kept[3] = ARGV[1]
end
redis.call('HSET', KEYS[1], 'n', ARGV[2], 'c', ARGV[3])
if ARGV[4] then redis.call('HSET', KEYS[1], 'p', ARGV[4]) else redis.call('HDEL', KEYS[1], 'p') end
redis.call('PERSIST', KEYS[1])
return {kept[1], kept[3]}
