/**
 * What the scripts share. Everything of a turn:
 *
 * - `turn:<id>`, a hash: `life` (its name in this Redis), `engine`, `person`, `job`, `state` (waiting,
 *   running, resting between two runs, or ended), `epoch` and `attempts` (of runs that were begun),
 *   `facts` (how many), `member` (in the order), `deadlineAt`, `cancel` (a reason), `live` and
 *   `liveNumber`, and of the latest run: `run`, `ticket`, `startedAt`.
 * - `log:<id>`, a stream of its facts, the n-th by the id `n-0`.
 * - `deadlines`, a sorted set of when to look after which turn.
 *
 * And of an engine:
 *
 * - `order`, a sorted set of those that wait, by the virtual time at which each is to be taken; of
 *   equals the one that came first is first, since members begin with the number of the arrival.
 * - `lane:<person>`, the part of it that is one person's, by when each is to start, which is later by
 *   the person's head start; `ends`, when the last taken turn of a person
 *   ends who has none waiting; `clock`, the virtual time and the number of arrivals.
 * - `running`, a sorted set of when which turn was started, and `durations`, a list of the latest.
 * - `bound`, a hash of which ticket is for which turn, from its first run to its end.
 */
export const LIBRARY = `
local prefix = KEYS[1]

local function turnKey(id) return prefix .. ':turn:' .. id end
local function logKey(id) return prefix .. ':log:' .. id end
local function engineKey(engine, part) return prefix .. ':engine:' .. engine .. ':' .. part end

local function field(id, name) return redis.call('HGET', turnKey(id), name) end
local function number(id, name) return tonumber(field(id, name) or 0) end

local function tell(id) redis.call('PUBLISH', prefix .. ':news:' .. id, '') end

local function entriesAfter(id, count)
  local texts = {}
  for _, entry in ipairs(redis.call('XRANGE', logKey(id), '(' .. count .. '-0', '+')) do
    texts[#texts + 1] = entry[2][2]
  end
  return texts
end

local function virtualTime(engine)
  return tonumber(redis.call('HGET', engineKey(engine, 'clock'), 'virtual') or 0)
end

-- Takes a turn out of the order; those of its person behind it move up.
local function leaveOrder(id)
  local engine, person, member = unpack(redis.call('HMGET', turnKey(id), 'engine', 'person', 'member'))
  local order, lane = engineKey(engine, 'order'), engineKey(engine, 'lane:' .. person)
  local start = redis.call('ZSCORE', lane, member)
  redis.call('ZREM', order, member)
  redis.call('ZREM', lane, member)
  for _, later in ipairs(redis.call('ZRANGEBYSCORE', lane, '(' .. start, '+inf')) do
    redis.call('ZINCRBY', order, -1, later)
    redis.call('ZINCRBY', lane, -1, later)
  end
  if redis.call('EXISTS', lane) == 0 and tonumber(start) > virtualTime(engine) then
    redis.call('ZADD', engineKey(engine, 'ends'), start, person)
  end
end

-- Appends the facts in ARGV from an index on.
local function appendFacts(id, first)
  local count = number(id, 'facts')
  for index = first, #ARGV do
    count = count + 1
    redis.call('XADD', logKey(id), count .. '-0', 'update', ARGV[index])
  end
  redis.call('HSET', turnKey(id), 'facts', count)
  redis.call('HDEL', turnKey(id), 'live')
end

-- What is left of a turn that has ended is its log, and that for so long.
local function finish(id, retentionMs)
  local engine, ticket = unpack(redis.call('HMGET', turnKey(id), 'engine', 'ticket'))
  redis.call('HSET', turnKey(id), 'state', 'ended')
  redis.call('HDEL', turnKey(id), 'job', 'person', 'member', 'cancel', 'run', 'ticket', 'deadlineAt')
  redis.call('ZREM', engineKey(engine, 'running'), id)
  redis.call('ZREM', prefix .. ':deadlines', id)
  if ticket then redis.call('HDEL', engineKey(engine, 'bound'), ticket) end
  redis.call('PEXPIRE', turnKey(id), retentionMs)
  redis.call('PEXPIRE', logKey(id), retentionMs)
end
`;
