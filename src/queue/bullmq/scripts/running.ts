import { script } from '../script.ts';

/* What a run says of its turn. Each is refused, with nothing, once another run began or it ended. */

/** Who speaks, and what is known of the turn. */
const SPEAKER = `
local id, life, epoch = ARGV[1], ARGV[2], ARGV[3]
local knownLife, knownEpoch, state, facts, cancel =
  unpack(redis.call('HMGET', turnKey(id), 'life', 'epoch', 'state', 'facts', 'cancel'))
local isLatest = knownLife == life and knownEpoch == epoch
local count = tonumber(facts or 0)
`;

/**
 * ARGV: turn, life, epoch, facts so far, now, retention, the new deadline or '', the time from which on
 * nobody may run it any more or '', whether the last one is the end, facts. Returns why the turn was
 * cancelled, if it was.
 */
export const APPEND = script(`
${SPEAKER}
local before, now, retentionMs, deadlineAt, giveUpAt, isEnd = unpack(ARGV, 4, 9)
if not isLatest then return false end
-- The answer was lost, and this is the same question.
if count == before + #ARGV - 9 then return { cancel } end
if state ~= 'running' or count ~= tonumber(before) then return false end

appendFacts(id, 10)
if deadlineAt ~= '' then
  redis.call('HSET', turnKey(id), 'deadlineAt', deadlineAt)
  redis.call('ZADD', prefix .. ':deadlines', giveUpAt, id)
end
if isEnd == '1' then
  local durations = engineKey(field(id, 'engine'), 'durations')
  redis.call('LPUSH', durations, now - number(id, 'startedAt'))
  redis.call('LTRIM', durations, 0, 31)
  finish(id, retentionMs)
end
tell(id)
return { cancel }
`);

/** ARGV: turn, life, epoch, live state. Returns why the turn was cancelled, if it was. */
export const SHOW = script(`
${SPEAKER}
if not isLatest or state ~= 'running' then return false end
redis.call('HSET', turnKey(id), 'live', ARGV[4])
redis.call('HINCRBY', turnKey(id), 'liveNumber', 1)
tell(id)
return { cancel }
`);

/**
 * Ends a run, but not its turn: the ticket stays for it.
 *
 * ARGV: turn, life, epoch, whether the run counts as an attempt. Returns why the turn was cancelled, in
 * which case nothing was done: it is to be ended.
 */
export const REST = script(`
${SPEAKER}
if not isLatest then return false end
if state == 'resting' then return { false } end
if state ~= 'running' then return false end
if cancel then return { cancel } end

redis.call('HSET', turnKey(id), 'state', 'resting')
redis.call('HDEL', turnKey(id), 'live')
redis.call('ZREM', engineKey(field(id, 'engine'), 'running'), id)
if ARGV[4] == '0' then redis.call('HINCRBY', turnKey(id), 'attempts', -1) end
local deadlineAt = field(id, 'deadlineAt')
if deadlineAt then redis.call('ZADD', prefix .. ':deadlines', deadlineAt, id) end
return { false }
`);
