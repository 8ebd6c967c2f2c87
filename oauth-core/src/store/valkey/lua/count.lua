-- Counts an attempt, in milliseconds. ARGV: now, the time to forget one, the longest that is remembered, those that wait for nothing,
-- whether waits grow, the name of this call. What a clock far ahead has written is not believed.
local kept = redis.call('HMGET', KEYS[1], 'l', 'e', 'n', 'b', 'a')
if kept[3] == ARGV[6] then return {1, tonumber(kept[4]), tonumber(kept[5])} end
local now, forget, full, free = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local last, empty = tonumber(kept[1] or now), tonumber(kept[2] or now)
if last > now + full then last, empty = now, now end
local left = math.max(empty - now, 0)
local wait = left - forget * (free - 1)
if wait > 0 and ARGV[5] == '1' then
  local beyond = math.max(math.min(math.ceil(left / forget) - free, 32), 0)
  wait = math.min(2 ^ beyond * 1000, forget) - math.max(now - last, 0)
end
if wait > 0 then return {0, wait, 0} end
local from = math.max(empty, now)
local added = math.max(math.min(forget, now + full - from), 0)
local text = function(number) return string.format('%.0f', number) end
redis.call('HSET', KEYS[1], 'l', text(math.max(last, now)), 'e', text(from + added), 'n', ARGV[6], 'b', text(last), 'a', text(added))
redis.call('PEXPIREAT', KEYS[1], text(from + added + 60000))
return {1, last, added}
