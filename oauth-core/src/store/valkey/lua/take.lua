-- Uses up what may be used once: the first attempt, and that one again. ARGV: now, the attempt.
local kept = redis.call('HMGET', KEYS[1], 'x', 'ok', 't', 'r', 'd', 'da')
if not kept[1] or tonumber(kept[1]) <= tonumber(ARGV[1]) or not kept[2] then return {'unknown', false, false, false} end
local answer = 'redeemed'
if not kept[3] then
  redis.call('HSET', KEYS[1], 't', ARGV[2])
elseif kept[3] ~= ARGV[2] then
  answer = 'taken'
end
return {answer, kept[4], kept[5], kept[6]}
