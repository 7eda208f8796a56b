-- The starts of an edge, as its hellos name them: the highest numbers of one that is over are final.
create table incarnation (
  edge_id integer not null references edge,
  id uuid not null,
  -- Whose directory it recovered; null for the first of all, or where the directory was lost.
  parent uuid,
  -- Who named it last.
  connection text not null,
  named_at timestamptz not null default now(),
  -- A later start has recovered its directory and told its numbers.
  closed boolean not null,
  primary key (edge_id, id)
);

-- Who said hello last.
alter table edge add column hello_connection text not null default '';

-- Those of the committed readings that came in coarse frames: other numbers were superseded by these.
alter table frame_ledger add column carried_readings bigint not null default 0;
