-- Keeps a client that came by itself, unless there is one of this name. ARGV: the name of this call, metadata, token, record, end.
local by = redis.call('HGET', KEYS[1], 'by')
if by and by == ARGV[1] then return 1 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'by', ARGV[1], 'm', ARGV[2], 't', ARGV[3], 'r', ARGV[4], 'x', ARGV[5])
return 1
