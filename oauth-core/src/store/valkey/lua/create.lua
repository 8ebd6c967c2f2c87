-- Keeps a record until it ends, unless there is one. ARGV: the name of this call, the end, fields and values.
local by = redis.call('HGET', KEYS[1], 'by')
if by then return by == ARGV[1] and 1 or 0 end
redis.call('HSET', KEYS[1], 'by', ARGV[1], unpack(ARGV, 3))
redis.call('EXPIREAT', KEYS[1], ARGV[2])
return 1
