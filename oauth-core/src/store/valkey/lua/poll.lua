-- Answers a device. ARGV: now, the client, what the interval grows by, the name of this call.
local kept = redis.call('HMGET', KEYS[1], 'c', 'k', 't', 'x', 'r', 'd', 'da', 'p', 'i', 'pn', 'pa')
local now = tonumber(ARGV[1])
if kept[1] ~= ARGV[2] or tonumber(kept[2]) <= now or kept[3] then return {'unknown', false, false, false} end
if tonumber(kept[4]) <= now then return {'expired', false, false, false} end
if kept[6] then return {'decided', kept[5], kept[6], kept[7]} end
if kept[10] == ARGV[4] then return {kept[11], false, false, false} end
local answer, interval = 'pending', tonumber(kept[9])
if kept[8] and tonumber(kept[8]) + interval > now then
  answer, interval = 'slow_down', interval + tonumber(ARGV[3])
end
redis.call('HSET', KEYS[1], 'p', ARGV[1], 'i', string.format('%.0f', interval), 'pn', ARGV[4], 'pa', answer)
return {answer, false, false, false}
