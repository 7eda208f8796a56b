-- Series as people know them. `edge_id` and `name` are what a series is called now, and everything that reads goes by them;
-- `source_edge_id` and `source_name` are what its edge sends, and never change: by them frames find their series for ever.
-- So readings of two sources never share an id, and whatever is renamed, moved or joined can be taken back exactly.

alter table series
  add column source_edge_id integer references edge,
  add column source_name text,
  -- What the edge says; `unit` is what people see.
  add column source_unit text not null default '',
  -- Null: the edge's own.
  add column unit_override text,
  add column description text not null default '',
  -- Texts by name.
  add column labels jsonb not null default '{}',
  -- The series that this one is a part of; it has that one's name and unit. Null for what stands for itself.
  add column head integer references series,
  -- Windows and readings of this source that begin in here are shown, others are only kept.
  add column since timestamptz not null default '-infinity',
  add column until timestamptz not null default 'infinity';

update series set source_edge_id = edge_id, source_name = name, source_unit = unit;

create function series_source() returns trigger language plpgsql as
$$
begin
  new.source_edge_id := new.edge_id;
  new.source_name := new.name;
  new.source_unit := new.unit;
  return new;
end
$$;

-- Whoever adds a series by its name alone means what an edge sends.
create trigger series_source before insert on series
for each row when (new.source_name is null) execute function series_source();

alter table series
  alter column source_edge_id set not null,
  alter column source_name set not null,
  -- Whether it is called otherwise than its edge does.
  add column renamed boolean not null generated always as
    (edge_id <> source_edge_id or name <> source_name) stored,
  drop constraint series_edge_id_name_key;

create unique index series_of_source on series (source_edge_id, source_name);
create unique index series_called on series (edge_id, name) where head is null;
create index series_any_called on series (edge_id, name);
create index series_part on series (head) where head is not null;
create index series_label on series using gin (labels jsonb_path_ops);

-- What a series was called before; never deleted. Whoever asks by an old name finds the series, unless another has that
-- name now.
create table series_rename (
  id integer generated always as identity primary key,
  at timestamptz not null,
  series_id integer not null references series,
  from_edge_id integer not null references edge,
  from_name text not null,
  to_edge_id integer not null references edge,
  to_name text not null,
  -- `renamed`, `joined` to what had the name, or `parted` from it.
  what text not null default 'renamed',
  -- Of a join: the series joined with, and from when on it is the one that is shown.
  with_id integer references series,
  join_at timestamptz,
  -- Of a join: the parts as they were, to be put back.
  before jsonb not null default '[]',
  -- Of a join: taken back.
  undone boolean not null default false,
  who text not null,
  why text not null
);

create index series_rename_from on series_rename (from_edge_id, from_name, id desc);
create index series_rename_series on series_rename (series_id, id desc);
create index series_rename_with on series_rename (with_id, id desc) where with_id is not null;

-- Stretches of a series that somebody knows to be wrong. The data stays; answers leave it out unless they are asked not to.
create table series_invalid (
  id integer generated always as identity primary key,
  series_id integer not null references series,
  since timestamptz not null,
  -- Exclusive.
  until timestamptz not null,
  at timestamptz not null,
  who text not null,
  why text not null,
  -- Whoever took it back, and when; such a row has no effect.
  removed timestamptz,
  removed_who text not null default '',
  removed_why text not null default '',
  check (since < until)
);

create index series_invalid_standing on series_invalid (series_id, since) where removed is null;

create view edgeflow.series as
select
  e.name || '/' || s.name as series,
  e.name as edge,
  e.site,
  case s.kind when 0 then 'gauge' when 1 then 'counter' when 2 then 'state' else 'text' end as kind,
  s.unit,
  s.description,
  s.labels,
  f.name || '/' || s.source_name as source,
  s.first_seen,
  s.last_seen
from series s
join edge e on e.id = s.edge_id
join edge f on f.id = s.source_edge_id
where s.head is null;

create view edgeflow.series_invalid as
select e.name || '/' || s.name as series, i.since, i.until, i.who, i.why, i.at
from series_invalid i
join series s on s.id = i.series_id
join edge e on e.id = s.edge_id
where i.removed is null;

-- Touched hours are known by the edge that sent what touched them.
do
$$
declare
  level text;
begin
  foreach level in array array['window_hour', 'window_day'] loop
    execute 'create or replace view ' || level || ' as '
      || replace(pg_get_viewdef(level::regclass), 'x.edge_id', 'x.source_edge_id');
  end loop;
end
$$;
