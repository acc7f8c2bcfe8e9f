import { script } from '../script.ts';

/* What a run says of its turn. Each is refused, with nothing, once another run began or it ended. */

/**
 * Whether the run that speaks is the turn's latest. `facts` was appended already where the answer to
 * that was lost.
 */
const SPEAKER = `
local id, life, epoch = ARGV[1], ARGV[2], ARGV[3]
local function isLatest()
  local known = redis.call('HMGET', turnKey(id), 'life', 'epoch')
  return known[1] == life and known[2] == epoch
end
local function isRunning() return isLatest() and field(id, 'state') == 'running' end
`;

/**
 * ARGV: turn, life, epoch, facts so far, now, retention, the new deadline or '', the time from which on
 * nobody may run it any more or '', whether the last one is the end, facts. Returns why the turn was
 * cancelled, or ''.
 */
export const APPEND = script(`
${SPEAKER}
local before, now, retentionMs, deadlineAt, giveUpAt, isEnd = unpack(ARGV, 4, 9)
local count = number(id, 'facts')
if not isLatest() then return false end
if count == before + #ARGV - 9 then return field(id, 'cancel') or '' end
if not isRunning() or count ~= tonumber(before) then return false end

appendFacts(id, 10)
if deadlineAt ~= '' then
  redis.call('HSET', turnKey(id), 'deadlineAt', deadlineAt)
  redis.call('ZADD', prefix .. ':deadlines', giveUpAt, id)
end
local cancel = field(id, 'cancel') or ''
if isEnd == '1' then
  local durations = engineKey(field(id, 'engine'), 'durations')
  redis.call('LPUSH', durations, now - number(id, 'startedAt'))
  redis.call('LTRIM', durations, 0, 31)
  finish(id, retentionMs)
end
tell(id)
return cancel
`);

/** ARGV: turn, life, epoch, live state. Returns why the turn was cancelled, or ''. */
export const SHOW = script(`
${SPEAKER}
if not isRunning() then return false end
redis.call('HSET', turnKey(id), 'live', ARGV[4])
redis.call('HINCRBY', turnKey(id), 'liveNumber', 1)
tell(id)
return field(id, 'cancel') or ''
`);

/**
 * Ends a run, but not its turn: the ticket stays for it.
 *
 * ARGV: turn, life, epoch, whether the run counts as an attempt. Returns why the turn was cancelled,
 * in which case it is to be ended, or ''.
 */
export const REST = script(`
${SPEAKER}
if not isLatest() then return false end
local state = field(id, 'state')
if state == 'resting' then return '' end
if state ~= 'running' then return false end
local cancel = field(id, 'cancel')
if cancel then return cancel end

redis.call('HSET', turnKey(id), 'state', 'resting')
redis.call('HDEL', turnKey(id), 'live')
redis.call('ZREM', engineKey(field(id, 'engine'), 'running'), id)
if ARGV[4] == '0' then redis.call('HINCRBY', turnKey(id), 'attempts', -1) end
local deadlineAt = field(id, 'deadlineAt')
if deadlineAt then redis.call('ZADD', prefix .. ':deadlines', deadlineAt, id) end
return ''
`);
