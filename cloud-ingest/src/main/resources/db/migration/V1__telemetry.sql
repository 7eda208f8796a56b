-- ${time_partitioned} is empty where TimescaleDB makes hypertables of these tables after the migration, and
-- "partition by range (time)" elsewhere. All times are UTC with microseconds.

create table edge (
  id integer generated always as identity primary key,
  name text not null unique,
  site text not null default '',
  labels jsonb not null default '{}',
  timezone text not null default '',
  software text not null default '',
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  hello_at timestamptz,
  -- The retained presence, as the connection that wrote it reported it.
  online boolean not null default false,
  connection text not null default '',
  presence_since timestamptz
) with (fillfactor = 50);

create table series (
  id integer generated always as identity primary key,
  edge_id integer not null references edge,
  -- `<device>/<point>`; people see `<edge>/<device>/<point>`.
  name text not null,
  -- 0 gauge, 1 counter, 2 state, 3 text
  kind smallint not null,
  unit text not null default '',
  first_seen timestamptz not null default now(),
  -- Refreshed a few times an hour, not with every frame.
  last_seen timestamptz not null default now(),
  unique (edge_id, name)
) with (fillfactor = 80);

-- One row per series, start and length; rows of different lengths hold disjoint readings (Q2).
create table sample_window (
  time timestamptz not null,
  first_time timestamptz not null,
  last_time timestamptz not null,
  -- microseconds
  length bigint not null,
  -- Every accepted reading; uncertain ones are part of the aggregates, stale and bad ones are not.
  count bigint not null,
  uncertain bigint not null,
  stale bigint not null,
  bad bigint not null,
  -- Null, all four, where no reading carried a value.
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  sum double precision not null,
  m2 double precision not null,
  series_id integer not null,
  primary key (series_id, time, length)
) ${time_partitioned};

create index sample_window_short on sample_window (time) where length < 60000000;

-- Raw readings of the series that asked for it, keyed by where they came from (L11): ledger is frame_ledger.id.
create table sample_raw (
  time timestamptz not null,
  series_id integer not null,
  ledger_id integer not null,
  frame bigint not null,
  row integer not null,
  number double precision,
  text text,
  quality smallint not null,
  primary key (series_id, time, ledger_id, frame, row)
) ${time_partitioned};

-- Runs of equal values of states and texts, in arrival order within a frame; time is the run's first reading.
create table sample_state (
  time timestamptz not null,
  last_time timestamptz not null,
  series_id integer not null,
  ledger_id integer not null,
  frame bigint not null,
  row integer not null,
  count bigint not null,
  number double precision,
  text text,
  quality smallint not null,
  primary key (series_id, time, ledger_id, frame, row)
) ${time_partitioned};

create table event (
  time timestamptz not null,
  edge_id integer not null,
  ledger_id integer not null,
  frame bigint not null,
  row integer not null,
  -- 0 info, 1 warning, 2 alarm
  severity smallint not null,
  type text not null,
  -- `<device>/<point>` or empty.
  series text not null default '',
  message text not null,
  detail jsonb not null default '{}',
  primary key (edge_id, time, ledger_id, frame, row)
) ${time_partitioned};

create index event_time on event (time desc);

-- The account (L6): which numbers of an incarnation and lane were committed. Never deleted.
create table frame_ledger (
  id integer generated always as identity primary key,
  edge_id integer not null references edge,
  incarnation uuid not null,
  -- 0 event, 1 window, 2 raw
  lane smallint not null,
  -- Every number from 1 to here was committed...
  low_water bigint not null default 0,
  -- ...and so were these above it.
  above int8multirange not null default '{}',
  committed_frames bigint not null default 0,
  committed_readings bigint not null default 0,
  -- The highest number seen or announced, and the readings in frames 1 to it.
  highest bigint not null default 0,
  running_total bigint not null default 0,
  unique (edge_id, incarnation, lane)
) with (fillfactor = 50);

-- Numbers that were not committed, and why; disjoint from the committed ones and from each other. `lost` are those that
-- the edge was told were committed but this database (restored from a backup, say) does not have: the edge sends again
-- what it still holds, which then moves to committed.
create table frame_fate (
  ledger_id integer not null references frame_ledger,
  fate text not null check (fate in ('superseded', 'refused', 'conflict', 'dropped', 'lost')),
  reason text not null default '',
  numbers int8multirange not null,
  readings bigint not null,
  updated timestamptz not null default now(),
  primary key (ledger_id, fate, reason)
) with (fillfactor = 70);

-- What a number contained, for as long as an edge may send it again: equal numbers with other content are conflicts.
create table frame_checksum (
  ledger_id integer not null references frame_ledger,
  number bigint not null,
  identity integer not null,
  readings bigint not null,
  at timestamptz not null default now(),
  primary key (ledger_id, number)
);

create index frame_checksum_age on frame_checksum using brin (at);

-- Other content under a number that was settled already; counted once however often it is sent.
create table frame_conflict (
  ledger_id integer not null references frame_ledger,
  number bigint not null,
  identity integer not null,
  readings bigint not null,
  at timestamptz not null default now(),
  primary key (ledger_id, number, identity)
);

-- The bytes of frames that were refused, for a person to look at.
create table quarantine (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  edge text not null,
  incarnation uuid,
  lane smallint,
  number bigint,
  readings bigint,
  reason text not null,
  detail text not null,
  bytes bytea not null
);
