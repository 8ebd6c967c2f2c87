-- Adds a name to an index by its end, and removes those that have ended. ARGV: the name, its end, the end of its key, a name that it
-- takes the place of, if any.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(redis.call('TIME')[1]) - 60)
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
if ARGV[4] then redis.call('ZREM', KEYS[1], ARGV[4]) end
if redis.call('EXPIRETIME', KEYS[1]) < tonumber(ARGV[3]) then redis.call('EXPIREAT', KEYS[1], ARGV[3]) end
return 1
