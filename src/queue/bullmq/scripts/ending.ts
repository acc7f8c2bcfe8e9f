import { script } from '../script.ts';

/* Ends a turn from outside of its runs: what it had is read, an outcome made of it, and written if nothing has changed. */

const SNAPSHOT = `
local function snapshot(id)
  local life, epoch, job = unpack(redis.call('HMGET', turnKey(id), 'life', 'epoch', 'job'))
  return { id, life, tonumber(epoch or 0), job, entriesAfter(id, 0) }
end
`;

/**
 * ARGV: turn, reason. Marks a turn that runs as cancelled, for good, and returns 1; returns what one
 * has that does not run, and nothing for one that has ended or is not known.
 */
export const CANCEL = script(`
${SNAPSHOT}
local id, reason = unpack(ARGV)
local state = field(id, 'state')
if not state or state == 'ended' then return false end
if state ~= 'running' then return snapshot(id) end
redis.call('HSETNX', turnKey(id), 'cancel', reason)
redis.call('PUBLISH', prefix .. ':cancels', id)
return 1
`);

/** ARGV: now, at most how many. Returns what each turn has whose time is over. */
export const OVERDUE = script(`
${SNAPSHOT}
local now, limit = unpack(ARGV)
local due = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. ':deadlines', '-inf', now, 'LIMIT', 0, limit)) do
  if field(id, 'job') then
    due[#due + 1] = snapshot(id)
  else
    redis.call('ZREM', prefix .. ':deadlines', id)
  end
end
return due
`);

/** ARGV: turn, life, epoch, facts so far, retention, the end. Returns 1 if that is how it ended. */
export const END = script(`
local id, life, epoch, before, retentionMs = unpack(ARGV)
if field(id, 'life') ~= life or field(id, 'state') == 'ended' then return 0 end
if number(id, 'epoch') ~= tonumber(epoch) or number(id, 'facts') ~= tonumber(before) then return 0 end
if field(id, 'state') == 'waiting' then leaveOrder(id) end
redis.call('HINCRBY', turnKey(id), 'epoch', 1)
appendFacts(id, 6)
finish(id, retentionMs)
tell(id)
return 1
`);
