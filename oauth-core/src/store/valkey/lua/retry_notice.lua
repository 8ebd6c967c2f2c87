-- Makes a notice due at another time, unless another attempt was made since. ARGV: the client, its attempts, the time.
if redis.call('HGET', KEYS[1], 'a:' .. ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'd:' .. ARGV[1], ARGV[3])
return 1
