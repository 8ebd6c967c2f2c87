-- Keeps that clients must hear of the end of a session; those that are kept stay as they are. ARGV: the end of the key, subject, sid,
-- the time of the end, the key of the session or nothing, when they are due, their attempts, clients.
redis.call('HSETNX', KEYS[1], 's', ARGV[2])
redis.call('HSETNX', KEYS[1], 'sid', ARGV[3])
redis.call('HSETNX', KEYS[1], 'at', ARGV[4])
redis.call('HSETNX', KEYS[1], 'of', ARGV[5])
for i = 8, #ARGV do
  if redis.call('HSETNX', KEYS[1], 'd:' .. ARGV[i], ARGV[6]) == 1 then redis.call('HSET', KEYS[1], 'a:' .. ARGV[i], ARGV[7]) end
end
redis.call('EXPIREAT', KEYS[1], ARGV[1])
return 1
