-- Loads a pushed request, and remembers when that was first. ARGV: now, the client.
local kept = redis.call('HMGET', KEYS[1], 'x', 't', 'c', 'l', 'la', 'r')
local now = tonumber(ARGV[1])
if not kept[1] or tonumber(kept[1]) <= now or kept[2] or kept[3] ~= ARGV[2] then return false end
if not kept[5] then
  if tonumber(kept[4]) <= now then return false end
  redis.call('HSET', KEYS[1], 'la', ARGV[1])
  kept[5] = ARGV[1]
end
return {kept[6], kept[5]}
