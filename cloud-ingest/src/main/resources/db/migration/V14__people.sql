-- More of the stable surface for people and dashboards, and who may read it.

-- What has become of the frames that each edge numbered, by lane. `pending` are those that it told of and that are not here.
create view edgeflow.ledger as
with fate as (
  select
    f.ledger_id,
    f.fate,
    sum((select coalesce(sum(upper(n) - lower(n)), 0) from unnest(f.numbers) n))::bigint as frames,
    sum(f.readings)::bigint as readings
  from frame_fate f
  group by f.ledger_id, f.fate
),
summed as (
  select
    ledger_id,
    sum(frames)::bigint as frames,
    sum(readings)::bigint as readings,
    coalesce(sum(frames) filter (where fate = 'superseded'), 0)::bigint as superseded,
    coalesce(sum(readings) filter (where fate = 'refused'), 0)::bigint as refused,
    coalesce(sum(readings) filter (where fate = 'conflict'), 0)::bigint as conflict,
    coalesce(sum(readings) filter (where fate = 'dropped'), 0)::bigint as dropped,
    coalesce(sum(readings) filter (where fate = 'lost'), 0)::bigint as lost
  from fate
  group by ledger_id
)
select
  e.name as edge,
  e.site,
  case l.lane when 0 then 'event' when 1 then 'window' else 'raw' end as lane,
  sum(l.highest)::bigint as numbered_frames,
  sum(l.running_total)::bigint as numbered_readings,
  sum(l.committed_frames)::bigint as committed_frames,
  sum(l.committed_readings)::bigint as committed_readings,
  sum(coalesce(s.superseded, 0))::bigint as superseded_frames,
  sum(coalesce(s.refused, 0))::bigint as refused_readings,
  sum(coalesce(s.conflict, 0))::bigint as conflict_readings,
  sum(coalesce(s.dropped, 0))::bigint as dropped_readings,
  sum(coalesce(s.lost, 0))::bigint as lost_readings,
  sum(greatest(0, l.highest - l.committed_frames - coalesce(s.frames, 0)))::bigint
    as pending_frames,
  sum(greatest(0, l.running_total - l.committed_readings - coalesce(s.readings, 0)))::bigint
    as pending_readings
from frame_ledger l
join edge e on e.id = l.edge_id
left join summed s on s.ledger_id = l.id
group by e.name, e.site, l.lane;

-- The edges, with how they said they are; null where they did not say.
create view edgeflow.edge as
with told as (
  select edge_id, arrived, document -> 'health' as health
  from reported
  where jsonb_typeof(document -> 'health') = 'object'
),
account as (
  select
    edge,
    sum(pending_frames)::bigint as pending_frames,
    sum(pending_readings)::bigint as pending_readings,
    sum(refused_readings + conflict_readings + dropped_readings + lost_readings)::bigint as lost
  from edgeflow.ledger
  group by edge
)
select
  e.name as edge,
  e.site,
  e.labels - 'edgeflow.promise' as labels,
  e.timezone,
  e.software,
  e.online,
  e.presence_since as online_since,
  e.first_seen,
  e.last_seen,
  e.hello_at as last_hello,
  coalesce(a.pending_frames, 0) as pending_frames,
  coalesce(a.pending_readings, 0) as pending_readings,
  -- Refused, in conflict, dropped at the edge or lost at the cloud.
  coalesce(a.lost, 0) as lost_readings,
  t.arrived as health_at,
  (t.health ->> 'oldestSeconds')::float8 as backlog_oldest_seconds,
  (t.health ->> 'clockBelieved')::boolean as clock_believed,
  (t.health ->> 'offsetSeconds')::float8 as clock_offset_seconds,
  t.health ->> 'journal' as journal,
  (t.health ->> 'usedBytes')::float8 / nullif((t.health ->> 'maxBytes')::float8, 0)
    as buffer_used,
  (t.health ->> 'accepted')::bigint as accepted_readings
from edge e
left join account a on a.edge = e.name
left join told t on t.edge_id = e.id;

-- Whoever may read all of schema edgeflow and nothing else; views read the tables with their owner's rights. To use it:
--   create role grafana login password '...' in role edgeflow_reader
-- A server whose operator keeps roles for himself does without; docs/operating.md says what to run there.
do $$
begin
  if not exists (select from pg_roles where rolname = 'edgeflow_reader') then
    create role edgeflow_reader nologin;
  end if;
exception
  when insufficient_privilege or duplicate_object or unique_violation then
    raise notice 'the role edgeflow_reader is not made: %', sqlerrm;
end
$$;

do $$
begin
  grant usage on schema edgeflow to edgeflow_reader;
  grant select on all tables in schema edgeflow to edgeflow_reader;
  alter default privileges in schema edgeflow grant select on tables to edgeflow_reader;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'nothing is granted to edgeflow_reader: %', sqlerrm;
end
$$;
