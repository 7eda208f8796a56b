-- Of every hour of a series that was rolled up: its windows by five minutes, in one row. A chart of a day reads 24 rows
-- where it read 1 440. True like the hour's roll-up, that is as long as nobody touched the hour.
create table window_hour_strip (
  time timestamptz not null,
  -- Of the windows, in microseconds: those of several lengths are not merged.
  length bigint not null,
  series_id integer not null,
  -- Numbers of eight bytes one behind the other, as PostgreSQL sends them (int8send, float8send): an array would be
  -- sent number by number, which took half of the time of a question. Whole numbers: count, uncertain, stale and bad.
  -- Of the others NaN is none.
  -- Seconds since the epoch: beginnings of five minutes, or of windows that are longer than these. Null, as all that
  -- follows, where windows lie across them: such hours are read from windows.
  begins bytea,
  count bytea,
  -- Null where all are 0, as they mostly are.
  uncertain bytea,
  stale bytea,
  bad bytea,
  min bytea,
  max bytea,
  sum bytea,
  first_time bytea,
  first bytea,
  last_time bytea,
  last bytea,
  primary key (series_id, time, length)
) partition by range (time);

create index window_hour_strip_none on window_hour_strip (series_id, time) where begins is null;

-- From when on every hour that is rolled up has its strips: earlier ones of this database have none, unless they are
-- touched again.
alter table rollup_horizon add column strips timestamptz not null default '-infinity';

update rollup_horizon set strips = date_bin('1 hour', now(), 'epoch')
where exists (select from window_stored);

insert into rollup_touch (edge_id, hour)
select distinct s.source_edge_id, r.time
from window_hour_sum r
join series s on s.id = r.series_id
where r.time >= (select strips from rollup_horizon where isfinite(strips));

-- A release before this one may run over this database again, and rolls hours up without strips: behind these nobody
-- asks for strips then.
create function rollup_touch_taken() returns trigger language plpgsql as $$
begin
  if current_setting('edgeflow.strips', true) is distinct from 'written' then
    update rollup_horizon set strips = t.behind
    from (select max(hour) + interval '1 hour' as behind from taken) t
    where t.behind > strips;
  end if;
  return null;
end
$$;

create trigger rollup_touch_taken after delete on rollup_touch
referencing old table as taken
for each statement execute function rollup_touch_taken();
