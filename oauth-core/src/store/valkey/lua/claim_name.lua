-- Claims a login name, and says whose it was. A claim that led to no user can be taken over after a minute. ARGV: the subject, the
-- subject whose claim led nowhere, if any.
local kept = redis.call('HMGET', KEYS[1], 's', 'until')
local now = tonumber(redis.call('TIME')[1])
local is_free = not kept[1] or kept[1] == ARGV[1] or (kept[1] == ARGV[2] and tonumber(kept[2]) <= now)
if not is_free then return kept[1] end
redis.call('HSET', KEYS[1], 's', ARGV[1], 'until', string.format('%.0f', now + 60))
return ARGV[1]
