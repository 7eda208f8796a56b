-- The cloud processes that share this database. Each writes its row every few seconds; one that does not is gone.
create table process (
  id uuid primary key,
  -- As its configuration calls it.
  name text not null,
  version text not null,
  -- How frames get from edges' connections to its writer: mqtt or kafka.
  intake text not null,
  started timestamptz not null,
  heard timestamptz not null default now(),
  -- Of the frames that go over Kafka: the partitions that it reads, and what it has not read of them. Null without Kafka.
  partitions integer,
  lag bigint
) with (fillfactor = 50);

-- The process that held the edge's connection when it spoke of its presence last.
alter table edge add column process uuid;
