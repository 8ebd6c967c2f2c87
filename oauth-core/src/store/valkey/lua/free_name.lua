-- Frees a login name that is still this subject's. ARGV: the subject.
if redis.call('HGET', KEYS[1], 's') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
