import { script } from '../script.ts';

/*
 * From a job to a run. Fair shares are those of `FairQueue`: a person's turns start one virtual time
 * step after the other, the first at the virtual time or when what the person had before ends.
 */

/** ARGV: turn, engine, person, job, life, deadline or '', head start. Returns the life and the state it has. */
export const ENQUEUE = script(`
local id, engine, person, job, life, deadlineAt, headStart = unpack(ARGV)
local knownLife, state = unpack(redis.call('HMGET', turnKey(id), 'life', 'state'))
if knownLife then return { knownLife, state } end

local clock, order = engineKey(engine, 'clock'), engineKey(engine, 'order')
local lane = engineKey(engine, 'lane:' .. person)
local member = string.format('%016d', redis.call('HINCRBY', clock, 'arrivals', 1)) .. id
local last = redis.call('ZRANGE', lane, -1, -1, 'WITHSCORES')
local start
if last[2] then
  start = tonumber(last[2]) + 1
  headStart = tonumber(last[2]) - tonumber(redis.call('ZSCORE', order, last[1]))
else
  local ends = tonumber(redis.call('ZSCORE', engineKey(engine, 'ends'), person) or 0)
  redis.call('ZREM', engineKey(engine, 'ends'), person)
  start = math.max(virtualTime(engine), ends)
end
redis.call('ZADD', order, start - tonumber(headStart), member)
redis.call('ZADD', lane, start, member)
redis.call('SADD', prefix .. ':engines', engine)
redis.call('HSET', turnKey(id), 'life', life, 'engine', engine, 'person', person, 'job', job,
  'member', member, 'state', 'waiting')
if deadlineAt ~= '' then
  redis.call('HSET', turnKey(id), 'deadlineAt', deadlineAt)
  redis.call('ZADD', prefix .. ':deadlines', deadlineAt, id)
end
return { life, 'waiting' }
`);

/**
 * Begins the next run of the turn that a ticket is for; one that is for none yet is for the next in
 * the order from now on.
 *
 * ARGV: engine, ticket, run, now. Returns nothing where there is nothing to run.
 */
export const TAKE = script(`
local engine, ticket, run, now = unpack(ARGV)
local bound = engineKey(engine, 'bound')
local id = redis.call('HGET', bound, ticket)
if not id then
  local first = redis.call('ZPOPMIN', engineKey(engine, 'order'))
  if not first[1] then return false end
  id = string.sub(first[1], 17)
  local person, time = field(id, 'person'), tonumber(first[2])
  local lane, ends = engineKey(engine, 'lane:' .. person), engineKey(engine, 'ends')
  local start = tonumber(redis.call('ZSCORE', lane, first[1]))
  if time > virtualTime(engine) then
    redis.call('HSET', engineKey(engine, 'clock'), 'virtual', time)
    redis.call('ZREMRANGEBYSCORE', ends, '-inf', time)
  end
  redis.call('ZREM', lane, first[1])
  if redis.call('EXISTS', lane) == 0 then redis.call('ZADD', ends, start + 1, person) end
  redis.call('HSET', bound, ticket, id)
end

if field(id, 'run') ~= run then
  redis.call('HINCRBY', turnKey(id), 'epoch', 1)
  redis.call('HINCRBY', turnKey(id), 'attempts', 1)
  redis.call('HSET', turnKey(id), 'state', 'running', 'run', run, 'ticket', ticket, 'startedAt', now)
  redis.call('HDEL', turnKey(id), 'live')
  redis.call('ZADD', engineKey(engine, 'running'), now, id)
end
local life, epoch, attempts, job, cancel =
  unpack(redis.call('HMGET', turnKey(id), 'life', 'epoch', 'attempts', 'job', 'cancel'))
return { id, life, tonumber(epoch), tonumber(attempts), job, cancel, entriesAfter(id, 0) }
`);
