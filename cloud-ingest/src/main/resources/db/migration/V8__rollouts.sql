-- What an edge is asked to run, by slot. What no row names stays as it is.
create table desired_slot (
  edge_id integer not null references edge,
  slot text not null,
  -- `model` or `application`
  kind text not null,
  model text not null,
  version text not null,
  -- Empty: what the edge's own configuration names.
  digest text not null,
  rollout text not null,
  shadow_seconds bigint not null,
  soak_seconds bigint not null,
  primary key (edge_id, slot)
);

-- The newest signed document of each edge.
create sequence desired_revision;

create table desired (
  edge_id integer primary key references edge,
  number bigint not null,
  -- Of the payload, SHA-256.
  digest text not null,
  -- As it was signed.
  payload text not null,
  -- The envelope around it, just as edges get it.
  signed text not null,
  issued timestamptz not null,
  -- Rises with each document of any edge, in the order of their commits: whoever publishes asks for what came after.
  revision bigint not null unique
) with (fillfactor = 50);

-- What edges said of documents, beside the table `reported`: what must outlive an edge's disk (R3), and what guards
-- against words that come twice or late (R4).
create table deploy_heard (
  edge_id integer primary key references edge,
  arrived timestamptz not null,
  -- The newest start, and those before it, the newest first.
  start text not null,
  past_starts text[] not null default '{}',
  number bigint not null,
  digest text not null,
  -- The highest number that this edge ever said it follows.
  highest bigint not null,
  keys integer not null,
  refusal text not null default '',
  -- What this edge said last that it refuses, and its floors.
  denied text[] not null default '{}',
  floors jsonb not null default '{}',
  -- It follows a document of a number that was given to another one; empty if not. A person decides.
  conflict text not null default ''
) with (fillfactor = 50);

-- Digests that an edge refused at any time and nobody forgave.
create table denied (
  edge_id integer not null references edge,
  digest text not null,
  at timestamptz not null default now(),
  primary key (edge_id, digest)
);

-- By model the highest number that served at an edge.
create table bundle_floor (
  edge_id integer not null references edge,
  model text not null,
  number bigint not null,
  primary key (edge_id, model)
);

-- What edges are told to forgive; gone when they heard of it.
create table forgiven (
  edge_id integer not null references edge,
  digest text not null,
  -- Of the first document that says so; null while there is none.
  number bigint,
  primary key (edge_id, digest)
);

-- Models that score nowhere until somebody enables them again.
create table disabled_model (
  name text primary key,
  who text not null,
  why text not null,
  at timestamptz not null
);

create table rollout (
  id text primary key,
  -- For people.
  name text not null,
  -- As it was sent.
  spec text not null,
  -- Of the controller; replaced as a whole.
  state text not null,
  -- The word of its phase, for queries.
  status text not null,
  -- No step changes anything any more unless a person asks for it.
  settled boolean not null,
  who text not null,
  why text not null,
  created timestamptz not null,
  updated timestamptz not null
) with (fillfactor = 50);

create index rollout_open on rollout (created) where not settled;

-- What a site may finish alone. Of each orchestrator at most one is in force.
create table mandate (
  -- SHA-256 of the signed document's bytes.
  digest text primary key,
  edge_id integer not null references edge,
  rollout text not null,
  issued timestamptz not null,
  lasts_seconds bigint not null,
  -- Names what it was made from: as long as that is the same, no other is needed.
  content text not null,
  current boolean not null,
  -- Empty where it is no longer in force, or could not be made.
  signed text not null
);

create unique index mandate_current on mandate (edge_id) where current;

-- Documents that an orchestrator may hand out: their numbers are taken. Gone when their edge got a higher one.
create table mandate_document (
  edge_id integer not null references edge,
  number bigint not null,
  digest text not null,
  payload text not null,
  signed text not null,
  primary key (edge_id, number)
);

-- Who asked for what and what came of it. Only ever added to.
create table deploy_history (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  rollout text not null default '',
  edge text not null default '',
  -- Empty where nobody asked: the controller or an edge did it.
  who text not null default '',
  why text not null default '',
  -- One word, such as `issued`.
  what text not null,
  detail text not null default ''
);

create index deploy_history_rollout on deploy_history (rollout, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history is only ever added to';
end
$$;

create trigger deploy_history_stays before update or delete on deploy_history
for each statement execute function refuse_change();
