-- The views for people show what answers show: of each source what begins in its stretch, and nothing that is marked as
-- wrong. Hours and days that are shown in part are added up from what lies below, once for all sources of a series.

create index series_begins on series (id) where since > '-infinity';
create index series_ends on series (id) where until < 'infinity';

-- What nobody is shown, by the source of the rows: few stretches of few series, so that leaving them out costs a look
-- into a small table. What is marked on a series or on a part holds for all of it.
create view source_hidden as
select id as source_id, '-infinity'::timestamptz as since, since as until
from series
where since > '-infinity'
union all
select id, until, 'infinity'
from series
where until < 'infinity'
union all
select g.id, i.since, i.until
from series_invalid i
join series x on x.id = i.series_id
join series g on g.id = coalesce(x.head, x.id) or g.head = coalesce(x.head, x.id)
where i.removed is null;

-- Where something begins or ends to be shown.
create view source_cut as
select h.source_id, b.at
from source_hidden h
cross join lateral (values (h.since), (h.until)) b (at)
where isfinite(b.at);

create view source_cut_hour as
select distinct source_id, date_bin('1 hour', at, 'epoch') as hour
from source_cut
where at <> date_bin('1 hour', at, 'epoch');

create view source_cut_day as
select distinct source_id, date_bin('24 hours', at, 'epoch') as day
from source_cut
where at <> date_bin('24 hours', at, 'epoch');

create view part_hour as
select coalesce(s.head, s.id) as series_id, c.hour as time, bigint '3600000000' as length,
  sum(w.count)::bigint as count, sum(w.uncertain)::bigint as uncertain,
  sum(w.stale)::bigint as stale, sum(w.bad)::bigint as bad,
  min(w.min) as min, max(w.max) as max, sum(w.sum) as sum,
  min(w.first_time) filter (where w.first is not null) as first_time,
  (array_agg(w.first order by w.first_time, w.first) filter (where w.first is not null))[1] as first,
  max(w.last_time) filter (where w.last is not null) as last_time,
  (array_agg(w.last order by w.last_time desc, w.last desc) filter (where w.last is not null))[1] as last
from source_cut_hour c
join series s on s.id = c.source_id
join window_stored w on w.series_id = s.id
  and w.time >= c.hour and w.time < c.hour + interval '1 hour'
where not exists (
  select from source_hidden i
  where i.source_id = s.id and w.time >= i.since and w.time < i.until
)
group by 1, 2;

create view part_day as
select p.series_id, p.day as time, bigint '86400000000' as length,
  sum(p.count)::bigint as count, sum(p.uncertain)::bigint as uncertain,
  sum(p.stale)::bigint as stale, sum(p.bad)::bigint as bad,
  min(p.min) as min, max(p.max) as max, sum(p.sum) as sum,
  (array_agg(p.first order by p.first_time, p.first) filter (where p.first is not null))[1] as first,
  (array_agg(p.last order by p.last_time desc, p.last desc) filter (where p.last is not null))[1] as last
from (
  select coalesce(s.head, s.id) as series_id, c.day, h.count, h.uncertain, h.stale, h.bad,
    h.min, h.max, h.sum, h.first_time, h.first, h.last_time, h.last
  from source_cut_day c
  join series s on s.id = c.source_id
  join window_hour h on h.series_id = s.id
    and h.time >= c.day and h.time < c.day + interval '24 hours'
  where not exists (
      select from source_hidden i
      where i.source_id = s.id and h.time >= i.since and h.time < i.until
    )
    and not exists (
      select from source_cut_hour k where k.source_id = s.id and k.hour = h.time
    )
  union all
  -- Every hour that is cut lies in a day that is.
  select series_id, date_bin('24 hours', time, 'epoch'), count, uncertain, stale, bad,
    min, max, sum, first_time, first, last_time, last
  from part_hour
) p
group by 1, 2;

create or replace view edgeflow.window_1m as
with minute as (
  select series_id, time, length, count, uncertain, stale, bad, min, max, sum, first, last
  from window_stored
  where length >= 60000000
  union all
  select series_id, date_bin('1 minute', time, 'epoch'), 60000000,
    sum(count)::bigint, sum(uncertain)::bigint, sum(stale)::bigint, sum(bad)::bigint,
    min(min), max(max), sum(sum),
    (array_agg(first order by first_time, first) filter (where first is not null))[1],
    (array_agg(last order by last_time desc, last desc) filter (where last is not null))[1]
  from window_stored
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
join edge e on e.id = s.edge_id
where not exists (
  select from source_hidden i
  where i.source_id = m.series_id and m.time >= i.since and m.time < i.until
);

create or replace view edgeflow.window_1h as
select
  w.time,
  w.length * interval '1 microsecond' as span,
  e.name as edge,
  e.site,
  e.name || '/' || s.name as series,
  s.unit,
  w.count,
  w.count - w.stale - w.bad as valued,
  w.uncertain,
  w.stale,
  w.bad,
  w.min,
  w.max,
  case
    when w.count = w.stale + w.bad then null
    when abs(w.sum) < 1e-280 then 0
    else w.sum / (w.count - w.stale - w.bad)
  end as mean,
  w.first,
  w.last
from (
  select h.series_id, h.time, h.length, h.count, h.uncertain, h.stale, h.bad, h.min, h.max, h.sum,
    h.first, h.last
  from window_hour h
  where not exists (
      select from source_hidden i
      where i.source_id = h.series_id and h.time >= i.since and h.time < i.until
    )
    and not exists (
      select from source_cut_hour k where k.source_id = h.series_id and k.hour = h.time
    )
  union all
  select series_id, time, length, count, uncertain, stale, bad, min, max, sum, first, last
  from part_hour
) w
join series s on s.id = w.series_id
join edge e on e.id = s.edge_id;

create or replace view edgeflow.window_1d as
select
  w.time,
  w.length * interval '1 microsecond' as span,
  e.name as edge,
  e.site,
  e.name || '/' || s.name as series,
  s.unit,
  w.count,
  w.count - w.stale - w.bad as valued,
  w.uncertain,
  w.stale,
  w.bad,
  w.min,
  w.max,
  case
    when w.count = w.stale + w.bad then null
    when abs(w.sum) < 1e-280 then 0
    else w.sum / (w.count - w.stale - w.bad)
  end as mean,
  w.first,
  w.last
from (
  select d.series_id, d.time, d.length, d.count, d.uncertain, d.stale, d.bad, d.min, d.max, d.sum,
    d.first, d.last
  from window_day d
  where not exists (
      select from source_hidden i
      where i.source_id = d.series_id and d.time >= i.since and d.time < i.until
    )
    and not exists (
      select from source_cut_day k where k.source_id = d.series_id and k.day = d.time
    )
  union all
  select series_id, time, length, count, uncertain, stale, bad, min, max, sum, first, last
  from part_day
) w
join series s on s.id = w.series_id
join edge e on e.id = s.edge_id;
