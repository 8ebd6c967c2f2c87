-- Keeps the decision on a device. ARGV: now, the user code, the decision, 1 if it is an approval, the name of this call.
local kept = redis.call('HMGET', KEYS[1], 'x', 'u', 'd', 'dn')
if not kept[1] or tonumber(kept[1]) <= tonumber(ARGV[1]) or kept[2] ~= ARGV[2] then return 0 end
if kept[3] then return kept[4] == ARGV[5] and 1 or 0 end
redis.call('HSET', KEYS[1], 'd', ARGV[3], 'da', ARGV[1], 'dn', ARGV[5])
if ARGV[4] == '1' then redis.call('HSET', KEYS[1], 'ok', '1') end
return 1
