import { script } from '../script.ts';

/** ARGV: turn, life or '', how many facts of that life are known. Returns nothing where it is not known. */
export const READ = script(`
local id, after = ARGV[1], tonumber(ARGV[3])
local life, state, epoch, liveNumber, live =
  unpack(redis.call('HMGET', turnKey(id), 'life', 'state', 'epoch', 'liveNumber', 'live'))
if not life then return false end
-- More is known than there is where Redis lost what it was told last.
if life ~= ARGV[2] or after > number(id, 'facts') then after = 0 end
return {
  life, state, tonumber(epoch or 0), after, entriesAfter(id, after), tonumber(liveNumber or 0), live,
}
`);

/**
 * ARGV: turns. Returns of each that has not ended its engine, and its place among those that wait or -1;
 * and of each of these engines when which turn was started, and its latest durations.
 */
export const POSITIONS = script(`
local places, engines, isSeen = {}, {}, {}
for _, id in ipairs(ARGV) do
  local engine, state, member = unpack(redis.call('HMGET', turnKey(id), 'engine', 'state', 'member'))
  if state and state ~= 'ended' then
    local rank = state == 'waiting' and redis.call('ZRANK', engineKey(engine, 'order'), member)
    places[#places + 1] = { id, engine, rank or -1 }
    if not isSeen[engine] then
      isSeen[engine] = true
      local running = redis.call('ZRANGE', engineKey(engine, 'running'), 0, -1, 'WITHSCORES')
      local durations = redis.call('LRANGE', engineKey(engine, 'durations'), 0, -1)
      engines[#engines + 1] = { engine, running, durations }
    end
  end
end
return { places, engines }
`);

/** ARGV: turn. Forgets one that has ended. */
export const RELEASE = script(`
local id = ARGV[1]
if field(id, 'state') ~= 'ended' then return 0 end
redis.call('DEL', turnKey(id), logKey(id))
tell(id)
return 1
`);

/** ARGV: engine. Returns how many turns wait that no ticket may be there for, at most. */
export const TICKETS_NEEDED = script(`
local engine = ARGV[1]
return {
  redis.call('ZCARD', engineKey(engine, 'order')),
  redis.call('HLEN', engineKey(engine, 'bound')),
}
`);

/** Returns each engine with how many of its turns wait and run. */
export const DEPTHS = script(`
local depths = {}
for _, engine in ipairs(redis.call('SMEMBERS', prefix .. ':engines')) do
  local waiting = redis.call('ZCARD', engineKey(engine, 'order'))
  depths[#depths + 1] = { engine, waiting, redis.call('ZCARD', engineKey(engine, 'running')) }
end
return depths
`);
