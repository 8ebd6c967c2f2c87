-- Keeps a session in place of an earlier one. ARGV: the end of the key, the subject, the session's end, its record, clients.
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 's', ARGV[2], 'x', ARGV[3], 'r', ARGV[4], 'n', #ARGV - 4)
for i = 5, #ARGV do redis.call('HSET', KEYS[1], 'c:' .. ARGV[i], i - 4) end
redis.call('EXPIREAT', KEYS[1], ARGV[1])
return 1
