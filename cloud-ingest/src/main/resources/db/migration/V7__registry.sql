-- Bundles, by digest: what a publisher signed. What was published never changes and never goes.
create table bundle (
  digest text primary key,
  model text not null,
  version text not null,
  number bigint not null,
  -- Of each piece of a file but the last.
  chunk_size integer not null,
  bytes bigint not null,
  -- The file signatures.json, byte for byte, and whom it counts for. Whoever signs again replaces it.
  signatures bytea not null,
  signer text not null,
  -- When somebody last went on with the upload. One that stays incomplete is cleared away.
  touched timestamptz not null,
  complete boolean not null default false
);

create index bundle_pending on bundle (touched) where not complete;

create table bundle_file (
  digest text not null references bundle on delete cascade,
  name text not null,
  length bigint not null,
  sha256 text not null,
  -- Its pieces, put together, were found to be it.
  checked boolean not null default false,
  primary key (digest, name)
);

create table bundle_chunk (
  digest text not null,
  name text not null,
  position integer not null,
  sha256 text not null,
  length integer not null,
  primary key (digest, name, position),
  foreign key (digest, name) references bundle_file on delete cascade
);

create index bundle_chunk_sha256 on bundle_chunk (sha256);

-- Pieces of files, each once, however many versions have it.
create table chunk (
  sha256 text primary key,
  bytes bytea not null
);

-- Models do not compress, and a part is read without the rest.
alter table chunk alter column bytes set storage external;

create table model_version (
  model text not null,
  version text not null,
  -- 'model' or 'application'
  kind text not null,
  number bigint not null,
  digest text not null unique references bundle,
  publisher text not null,
  published timestamptz not null,
  primary key (model, version),
  unique (model, number)
);

-- Whose signatures count: the whole chain in each row, under the root that the cloud was told to pin.
create table key_chain (
  root text not null,
  number integer not null,
  chain bytea not null,
  arrived timestamptz not null,
  primary key (root, number)
);

-- Who changed what of all this, and when.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  who text not null,
  what text not null,
  subject text not null,
  detail jsonb not null default '{}'
);

create index audit_subject on audit (subject, at desc);
