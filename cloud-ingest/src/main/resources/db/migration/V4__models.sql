-- What each edge said last that it runs. Replaced as a whole; never part of the account.
create table reported (
  edge_id integer primary key references edge,
  -- When it came in here; the edge's own time is in the document.
  arrived timestamptz not null,
  document jsonb not null
) with (fillfactor = 50);

create index event_model on event (edge_id, time) where type in ('model-active', 'model-inactive');

-- Which model runs where and how it does, as the edges reported it last.
create view edgeflow.model as
select
  e.name as edge,
  e.site,
  e.online,
  m ->> 'node' as node,
  m ->> 'slot' as slot,
  m ->> 'name' as model,
  m ->> 'version' as version,
  m ->> 'digest' as digest,
  m ->> 'provider' as provider,
  m ->> 'state' as state,
  m ->> 'detail' as detail,
  m ->> 'shadow' as shadow,
  (m ->> 'scored')::bigint as scored,
  (m ->> 'errors')::bigint as errors,
  (m ->> 'dropped')::bigint as dropped,
  (m ->> 'p50Micros')::double precision as p50_micros,
  (m ->> 'p99Micros')::double precision as p99_micros,
  r.arrived as reported_at
from reported r
join edge e on e.id = r.edge_id
cross join lateral jsonb_array_elements(r.document -> 'models') m;

-- From when to when a model's scores were those of a slot, by the times of the edge's events, in whatever order they
-- came. An event that says again what holds begins nothing; a run that another began at the same instant is none.
-- `ended` is null while it runs.
create view edgeflow.model_run as
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
  from event v
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

-- The windows of scores that a model wrote: those of its slot's series that lie in one of its runs, wholly or in part.
-- `shared` are those that lie in runs of several models: they are listed under each.
create view edgeflow.model_row as
with run as materialized (select * from edgeflow.model_run)
select distinct
  r.edge,
  r.site,
  r.node,
  r.slot,
  r.model,
  r.version,
  r.digest,
  r.edge || '/' || s.name as series,
  w.time,
  w.length * interval '1 microsecond' as span,
  w.count,
  w.count - w.stale - w.bad as valued,
  w.min,
  w.max,
  case
    when w.count = w.stale + w.bad then null
    when abs(w.sum) < 1e-280 then 0
    else w.sum / (w.count - w.stale - w.bad)
  end as mean,
  w.first,
  w.last,
  exists (
    select from run o
    where o.edge = r.edge and o.slot = r.slot and o.digest <> r.digest
      and o.began < w.time + w.length * interval '1 microsecond'
      and (o.ended is null or o.ended > w.time)
  ) as shared
from run r
join edge e on e.name = r.edge
join series s on s.edge_id = e.id and starts_with(substring(s.name from '[^/]+$'), r.slot || '.')
join sample_window w on w.series_id = s.id
  and w.time < coalesce(r.ended, 'infinity')
  and w.time + w.length * interval '1 microsecond' > r.began
  -- No window is longer; this is what an index can find.
  and w.time > r.began - interval '1 hour';
