-- Versions of programs that were announced: each starts one rollout at most, whoever tells of it and however often.
create table program_update (
  program text not null,
  tag text not null,
  -- Without a leading v.
  version text not null,
  -- Where it was seen first.
  source text not null,
  seen timestamptz not null,
  -- `waiting` for a signed bundle, `starting`, `rolled`, or `passed` by a newer one
  state text not null default 'waiting',
  -- Why it still waits; told once.
  detail text not null default '',
  rollout text not null default '',
  updated timestamptz not null,
  primary key (program, tag)
);
