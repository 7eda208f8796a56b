-- Hours and days of sample_window, exact at every moment (Q1): an hour that was touched since it was rolled up, and a day
-- with such an hour, is computed from below by whoever reads it; everything else comes from the roll-ups.

-- All windows wherever they lie.
create view window_stored as select * from sample_window;

-- Written with the windows, in one transaction: these hours of this edge are no longer what the roll-up says. Appended
-- to only, so writers wait for nobody; a row goes when the roll-up holds what its transaction stored.
create table rollup_touch (
  id bigint generated always as identity primary key,
  edge_id integer not null,
  hour timestamptz not null,
  at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);

create index rollup_touch_hour on rollup_touch (edge_id, hour);

-- Days with an hour that was rolled up anew since they were.
create table rollup_touch_day (
  edge_id integer not null,
  day timestamptz not null,
  primary key (edge_id, day)
);

-- Windows that begin before these moments are merged into hours and days, or into days, only. They are beginnings of
-- days, and never step back: what lies before them may have been deleted.
create table rollup_horizon (
  minutes timestamptz not null,
  hours timestamptz not null,
  only_row boolean primary key default true check (only_row)
);

insert into rollup_horizon values ('-infinity', '-infinity');

-- What sample_window held; of an hour before the horizon, when it passed. In the order of a row's bytes.
create table window_hour_sum (
  time timestamptz not null,
  first_time timestamptz not null,
  last_time timestamptz not null,
  count bigint not null,
  uncertain bigint not null,
  stale bigint not null,
  bad bigint not null,
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  sum double precision not null,
  series_id integer not null,
  primary key (series_id, time)
) partition by range (time);

create table window_day_sum (
  time timestamptz not null,
  first_time timestamptz not null,
  last_time timestamptz not null,
  count bigint not null,
  uncertain bigint not null,
  stale bigint not null,
  bad bigint not null,
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  sum double precision not null,
  series_id integer not null,
  primary key (series_id, time)
) partition by range (time);

-- What came when its minutes had passed the horizon, and is in no other table: a reading is in the days, and in the
-- hours as long as these are kept. Few rows, written by key; not worth partitions.
create table window_hour_old (like window_hour_sum including defaults, primary key (series_id, time));
create table window_day_old (like window_day_sum including defaults, primary key (series_id, time));

-- Roll up what the database has.
insert into rollup_touch (edge_id, hour)
select distinct s.edge_id, date_bin('1 hour', w.time, 'epoch')
from sample_window w
join series s on s.id = w.series_id;

-- One row per series and hour, in three kinds: what the roll-up holds and nobody touched; touched hours, found by the
-- edge and then read by key; and hours with readings that came behind the horizon. Touches are compared as one
-- multirange per edge, because a look into their index for each row took longer than reading the row.
create view window_hour as
select x.id as series_id, r.time, bigint '3600000000' as length,
  r.count, r.uncertain, r.stale, r.bad,
  r.min, r.max, r.sum,
  r.first_time, r.first, r.last_time, r.last
from series x
cross join lateral (
  select range_agg(tstzrange(t.hour, t.hour + interval '1 hour')) as touched
  from (select hour from rollup_touch where edge_id = x.edge_id) t
) p
join window_hour_sum r on r.series_id = x.id and (p.touched is null or not p.touched @> r.time)
where r.time >= (select minutes from rollup_horizon)
  or not exists (
    select from window_hour_old o where o.series_id = r.series_id and o.time = r.time offset 0
  )
union all
select x.id, p.hour, 3600000000,
  a.count, a.uncertain, a.stale, a.bad,
  a.min, a.max, a.sum,
  a.first_time, a.first, a.last_time, a.last
from series x
cross join lateral (select distinct t.hour from (select hour from rollup_touch where edge_id = x.edge_id) t) p
cross join lateral (
  select sum(w.count)::bigint as count, sum(w.uncertain)::bigint as uncertain,
    sum(w.stale)::bigint as stale, sum(w.bad)::bigint as bad,
    min(w.min) as min, max(w.max) as max, sum(w.sum) as sum,
    coalesce(min(w.first_time) filter (where w.first is not null), p.hour) as first_time,
    (array_agg(w.first order by w.first_time, w.first) filter (where w.first is not null))[1] as first,
    coalesce(max(w.last_time) filter (where w.last is not null), p.hour) as last_time,
    (array_agg(w.last order by w.last_time desc, w.last desc) filter (where w.last is not null))[1] as last
  from window_stored w
  where w.series_id = x.id and w.time >= p.hour and w.time < p.hour + interval '1 hour'
  having count(*) > 0
) a
union all
select o.series_id, o.time, 3600000000,
  o.count + coalesce(r.count, 0), o.uncertain + coalesce(r.uncertain, 0),
  o.stale + coalesce(r.stale, 0), o.bad + coalesce(r.bad, 0),
  least(o.min, r.min), greatest(o.max, r.max), o.sum + coalesce(r.sum, 0),
  case when r.time is null or o.first is not null and (r.first is null or (o.first_time, o.first) < (r.first_time, r.first)) then o.first_time else r.first_time end,
  case when r.time is null or o.first is not null and (r.first is null or (o.first_time, o.first) < (r.first_time, r.first)) then o.first else r.first end,
  case when r.time is null or o.last is not null and (r.last is null or (o.last_time, o.last) > (r.last_time, r.last)) then o.last_time else r.last_time end,
  case when r.time is null or o.last is not null and (r.last is null or (o.last_time, o.last) > (r.last_time, r.last)) then o.last else r.last end
from window_hour_old o
left join lateral (
  select * from window_hour_sum s where s.series_id = o.series_id and s.time = o.time offset 0
) r on true;

-- Likewise of days, whose hours may be touched.
create view window_day as
select x.id as series_id, r.time, bigint '86400000000' as length,
  r.count, r.uncertain, r.stale, r.bad,
  r.min, r.max, r.sum,
  r.first_time, r.first, r.last_time, r.last
from series x
cross join lateral (
  select range_agg(tstzrange(t.day, t.day + interval '24 hours')) as touched
  from (
    select day from rollup_touch_day where edge_id = x.edge_id
    union all
    select date_bin('24 hours', hour, 'epoch') from rollup_touch where edge_id = x.edge_id
  ) t
) p
join window_day_sum r on r.series_id = x.id and (p.touched is null or not p.touched @> r.time)
where r.time >= (select minutes from rollup_horizon)
  or not exists (
    select from window_day_old o where o.series_id = r.series_id and o.time = r.time offset 0
  )
union all
select x.id, p.day, 86400000000,
  a.count, a.uncertain, a.stale, a.bad,
  a.min, a.max, a.sum,
  a.first_time, a.first, a.last_time, a.last
from series x
cross join lateral (select distinct t.day from (
    select day from rollup_touch_day where edge_id = x.edge_id
    union all
    select date_bin('24 hours', hour, 'epoch') from rollup_touch where edge_id = x.edge_id
  ) t) p
cross join lateral (
  select sum(w.count)::bigint as count, sum(w.uncertain)::bigint as uncertain,
    sum(w.stale)::bigint as stale, sum(w.bad)::bigint as bad,
    min(w.min) as min, max(w.max) as max, sum(w.sum) as sum,
    coalesce(min(w.first_time) filter (where w.first is not null), p.day) as first_time,
    (array_agg(w.first order by w.first_time, w.first) filter (where w.first is not null))[1] as first,
    coalesce(max(w.last_time) filter (where w.last is not null), p.day) as last_time,
    (array_agg(w.last order by w.last_time desc, w.last desc) filter (where w.last is not null))[1] as last
  from window_hour w
  where w.series_id = x.id and w.time >= p.day and w.time < p.day + interval '24 hours'
  having count(*) > 0
) a
union all
select o.series_id, o.time, 86400000000,
  o.count + coalesce(r.count, 0), o.uncertain + coalesce(r.uncertain, 0),
  o.stale + coalesce(r.stale, 0), o.bad + coalesce(r.bad, 0),
  least(o.min, r.min), greatest(o.max, r.max), o.sum + coalesce(r.sum, 0),
  case when r.time is null or o.first is not null and (r.first is null or (o.first_time, o.first) < (r.first_time, r.first)) then o.first_time else r.first_time end,
  case when r.time is null or o.first is not null and (r.first is null or (o.first_time, o.first) < (r.first_time, r.first)) then o.first else r.first end,
  case when r.time is null or o.last is not null and (r.last is null or (o.last_time, o.last) > (r.last_time, r.last)) then o.last_time else r.last_time end,
  case when r.time is null or o.last is not null and (r.last is null or (o.last_time, o.last) > (r.last_time, r.last)) then o.last else r.last end
from window_day_old o
left join lateral (
  select * from window_day_sum s where s.series_id = o.series_id and s.time = o.time offset 0
) r on true;

-- As before, of all windows wherever they lie.
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
join edge e on e.id = s.edge_id;

create view edgeflow.window_1h as
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
from window_hour w
join series s on s.id = w.series_id
join edge e on e.id = s.edge_id;

create view edgeflow.window_1d as
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
from window_day w
join series s on s.id = w.series_id
join edge e on e.id = s.edge_id;
