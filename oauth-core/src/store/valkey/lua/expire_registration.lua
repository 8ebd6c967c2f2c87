-- Removes a client whose registration has ended, and returns what it was; or the end that it has by now. ARGV: now.
local kept = redis.call('HMGET', KEYS[1], 'x', 'm')
if not kept[1] then return {false, false} end
if tonumber(kept[1]) > tonumber(ARGV[1]) then return {kept[1], false} end
redis.call('DEL', KEYS[1])
return {false, kept[2]}
