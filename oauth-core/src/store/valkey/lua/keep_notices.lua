-- Keeps that clients must hear of the end of a session. While that is about to end, notices take the place of those of an end that did
-- not come about; once it has ended, those that are kept stay as they are. ARGV: the end of the key, subject, sid, the time of the end,
-- the key of the session that is about to end or nothing, when they are due, their attempts, clients.
local of = redis.call('HGET', KEYS[1], 'of')
if of and of ~= '' and ARGV[5] ~= '' then
  redis.call('DEL', KEYS[1])
  of = false
end
if not of then
  redis.call('HSET', KEYS[1], 's', ARGV[2], 'sid', ARGV[3], 'at', ARGV[4], 'of', ARGV[5])
elseif ARGV[5] == '' then
  redis.call('HSET', KEYS[1], 'of', '')
end
for i = 8, #ARGV do
  if redis.call('HSETNX', KEYS[1], 'd:' .. ARGV[i], ARGV[6]) == 1 then redis.call('HSET', KEYS[1], 'a:' .. ARGV[i], ARGV[7]) end
end
redis.call('EXPIREAT', KEYS[1], ARGV[1])
return 1
