-- Readers read these views: all rows, wherever they lie. Where hypertables have archives beside them they are replaced
-- at start (as window_stored is), so nobody need know.
create view raw_stored as select * from sample_raw;
create view state_stored as select * from sample_state;
create view event_stored as select * from event;

create or replace view edgeflow.event as
select
  v.time,
  e.name as edge,
  e.site,
  case v.severity when 0 then 'info' when 1 then 'warning' else 'alarm' end as severity,
  v.type,
  case when v.series = '' then null else e.name || '/' || v.series end as series,
  v.message,
  v.detail,
  v.digest
from event_stored v
join edge e on e.id = v.edge_id;

create or replace view edgeflow.model_run as
with told as (
  select
    v.edge_id,
    coalesce(v.detail ->> 'node', '') as node,
    v.detail ->> 'slot' as slot,
    coalesce(v.detail ->> 'name', '') as model,
    coalesce(v.detail ->> 'version', '') as version,
    case v.type when 'model-active' then coalesce(v.detail ->> 'digest', '') else '' end as digest,
    v.time,
    -- Of several at one instant the last one holds.
    row_number() over (
      partition by v.edge_id, coalesce(v.detail ->> 'node', ''), v.detail ->> 'slot', v.time
      order by v.ledger_id desc, v.frame desc, v.row desc
    ) as nth
  from event_stored v
  where v.type in ('model-active', 'model-inactive') and v.detail ->> 'slot' <> ''
),
compared as (
  select told.*, lag(digest) over slot_time as before
  from told
  where nth = 1
  window slot_time as (partition by edge_id, node, slot order by time)
),
run as (
  select compared.*, lead(time) over (partition by edge_id, node, slot order by time) as ended
  from compared
  where before is distinct from digest
)
select
  e.name as edge,
  e.site,
  r.node,
  r.slot,
  r.model,
  r.version,
  r.digest,
  r.time as began,
  r.ended
from run r
join edge e on e.id = r.edge_id
where r.digest <> '';

-- Windows of times that are compressed wait here until a job merges them into their chunks, many at a time.
create table window_late (
  like sample_window,
  primary key (series_id, time, length)
) with (fillfactor = 70);

-- What left the tables by age, and when: the account of frames names it (L9).
create table retention_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- The table, and the chunk or partition that was dropped; for single rows of an archive, the archive.
  source text not null,
  part text not null,
  -- All of it was in this time: from the first row to behind the last.
  from_time timestamptz not null,
  to_time timestamptz not null,
  rows bigint not null
);

create table retention_removed (
  log_id bigint not null references retention_log,
  edge_id integer not null references edge,
  -- 0 event, 1 window, 2 raw
  lane smallint not null,
  readings bigint not null,
  primary key (log_id, edge_id, lane)
);

create index retention_removed_edge on retention_removed (edge_id, lane);
