-- Claims the identifier of an assertion. ARGV: now, the attempt, the end of the claim, the end of the key.
local kept = redis.call('HMGET', KEYS[1], 'x', 't')
local has_ended = not kept[1] or tonumber(kept[1]) <= tonumber(ARGV[1])
if not has_ended then return kept[2] == ARGV[2] and 1 or 0 end
redis.call('HSET', KEYS[1], 'x', ARGV[3], 't', ARGV[2])
redis.call('EXPIREAT', KEYS[1], ARGV[4])
return 1
