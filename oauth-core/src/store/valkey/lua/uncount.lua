-- Takes an attempt back, in milliseconds. ARGV: when it began, when the one before it did, what it added, the name of this call.
local kept = redis.call('HMGET', KEYS[1], 'l', 'e', 'u')
if not kept[1] or kept[3] == ARGV[4] then return 0 end
local empty = string.format('%.0f', tonumber(kept[2]) - tonumber(ARGV[3]))
local last = tonumber(kept[1]) == tonumber(ARGV[1]) and ARGV[2] or kept[1]
redis.call('HSET', KEYS[1], 'l', last, 'e', empty, 'u', ARGV[4])
return 1
