-- Forgets the notice of a client, and the whole with the last. ARGV: the client.
redis.call('HDEL', KEYS[1], 'd:' .. ARGV[1], 'a:' .. ARGV[1])
if redis.call('HLEN', KEYS[1]) <= 4 then redis.call('DEL', KEYS[1]) end
return 1
