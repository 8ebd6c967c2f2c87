-- Removes what `create` kept, if this call did. ARGV: its name.
if redis.call('HGET', KEYS[1], 'by') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
