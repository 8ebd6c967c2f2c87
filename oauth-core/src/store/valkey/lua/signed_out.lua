-- Removes the note that a person is to be signed out, if it is still this one. ARGV: the name of the call that left it.
if redis.call('HGET', KEYS[1], 'out') == ARGV[1] then return redis.call('HDEL', KEYS[1], 'out') end
return 0
