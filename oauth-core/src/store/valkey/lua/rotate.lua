-- Claims the rotation of a refresh token. ARGV: now, the end of the grace, the sealed successor, its hash, the name of this call.
local kept = redis.call('HMGET', KEYS[1], 'x', 'rot', 'seal', 'until', 'next')
local now = tonumber(ARGV[1])
if not kept[1] or tonumber(kept[1]) <= now then return {'unknown', false, false} end
if not kept[2] then
  -- Who only asks what became of it claims nothing: a failover has lost the claim.
  if ARGV[5] == '' then return {'lost', false, false} end
  redis.call('HSET', KEYS[1], 'rot', ARGV[5], 'until', ARGV[2], 'next', ARGV[4])
  if tonumber(ARGV[2]) > now then redis.call('HSET', KEYS[1], 'seal', ARGV[3]) end
  return {'rotated', false, false}
end
if kept[2] == ARGV[5] then return {'rotated', false, false} end
if kept[3] and tonumber(kept[4]) > now then return {'retried', kept[3], kept[5]} end
if kept[3] then redis.call('HDEL', KEYS[1], 'seal') end
return {'reused', false, false}
