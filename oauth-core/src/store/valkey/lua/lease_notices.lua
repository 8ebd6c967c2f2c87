-- Leases the notices of a session that has ended, and those that are due. Returns when the next is, and clients with their attempts.
-- ARGV: now, until, the most.
local fields, next, leased = redis.call('HGETALL', KEYS[1]), false, {}
local now, most = tonumber(ARGV[1]), tonumber(ARGV[3])
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 2) == 'd:' then
    local client, due = string.sub(fields[i], 3), tonumber(fields[i + 1])
    if due <= now and #leased < 2 * most then
      leased[#leased + 1] = client
      leased[#leased + 1] = tostring(redis.call('HINCRBY', KEYS[1], 'a:' .. client, 1))
      redis.call('HSET', KEYS[1], fields[i], ARGV[2])
      due = tonumber(ARGV[2])
    end
    if not next or due < next then next = due end
  end
end
if #leased > 0 then redis.call('HSET', KEYS[1], 'of', '') end
return {next and string.format('%.0f', next), leased}
