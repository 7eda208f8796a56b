-- The stable surface for people and dashboards; the tables are not.

create schema if not exists edgeflow;

-- One row per series and minute; coarser windows appear once, with their own span. Windows shorter than a minute are
-- merged into it; `mean` is guarded because PostgreSQL calls a result that is too small for a double an error.
create view edgeflow.window_1m as
with minute as (
  select series_id, time, length, count, uncertain, stale, bad, min, max, sum, first, last
  from sample_window
  where length >= 60000000
  union all
  select series_id, date_bin('1 minute', time, 'epoch'), 60000000,
    sum(count)::bigint, sum(uncertain)::bigint, sum(stale)::bigint, sum(bad)::bigint,
    min(min), max(max), sum(sum),
    (array_agg(first order by first_time, first) filter (where first is not null))[1],
    (array_agg(last order by last_time desc, last desc) filter (where last is not null))[1]
  from sample_window
  where length < 60000000
  group by 1, 2
)
select
  m.time,
  m.length * interval '1 microsecond' as span,
  e.name as edge,
  e.site,
  e.name || '/' || s.name as series,
  s.unit,
  m.count,
  m.count - m.stale - m.bad as valued,
  m.uncertain,
  m.stale,
  m.bad,
  m.min,
  m.max,
  case
    when m.count = m.stale + m.bad then null
    when abs(m.sum) < 1e-280 then 0
    else m.sum / (m.count - m.stale - m.bad)
  end as mean,
  m.first,
  m.last
from minute m
join series s on s.id = m.series_id
join edge e on e.id = s.edge_id;

create view edgeflow.event as
select
  v.time,
  e.name as edge,
  e.site,
  case v.severity when 0 then 'info' when 1 then 'warning' else 'alarm' end as severity,
  v.type,
  case when v.series = '' then null else e.name || '/' || v.series end as series,
  v.message,
  v.detail
from event v
join edge e on e.id = v.edge_id;
