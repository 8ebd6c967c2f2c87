-- Removes a text that begins with the name of the call that kept it. ARGV: that name.
local text = redis.call('GET', KEYS[1])
if text and string.sub(text, 1, #ARGV[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
