-- Removes a client, and returns what it was.
local kept = redis.call('HGET', KEYS[1], 'm')
redis.call('DEL', KEYS[1])
return kept
