-- What came in so late that nobody can act on each of it: one entry for a site and a stretch of arrivals. It is kept up in
-- the transaction that stores the events, and a frame is stored once: so nothing counts twice.
create table alarm_digest (
  id integer generated always as identity primary key,
  site text not null,
  -- When the first and the last of it arrived.
  opened timestamptz not null,
  updated timestamptz not null,
  -- Whoever acknowledged it here; what comes later is another digest.
  acknowledged timestamptz,
  ack_who text not null default '',
  ack_why text not null default ''
);

create index alarm_digest_site on alarm_digest (site, id desc);

create table alarm_digest_part (
  digest integer not null references alarm_digest,
  edge_id integer not null references edge,
  rule text not null,
  -- 0 low, 1 medium, 2 high, 3 critical: the worst
  priority smallint not null,
  raised bigint not null,
  events bigint not null,
  first_time timestamptz not null,
  last_time timestamptz not null,
  primary key (digest, edge_id, rule)
);

-- The digest that an event is part of; null for what came in time.
alter table event add column digest integer;

create index event_digest on event (digest) where digest is not null;

-- What each alarm is, by the newest word of its edge: the one that the edge said last by its own time.
create table alarm (
  edge_id integer not null references edge,
  -- As the edge calls it.
  id text not null,
  series text not null,
  rule text not null,
  condition text not null,
  limit_at text not null,
  value text not null,
  priority text not null,
  -- `removed` where its rule is gone.
  state text not null,
  raised timestamptz not null,
  message text not null,
  time timestamptz not null,
  said timestamptz not null,
  ledger_id integer not null,
  frame bigint not null,
  row integer not null,
  digest integer,
  primary key (edge_id, id)
) with (fillfactor = 70);

create index alarm_of_digest on alarm (digest) where digest is not null;

-- Acknowledged here. The edge does not hear of it: there is no way for commands to it.
create table alarm_ack (
  edge_id integer not null,
  alarm text not null,
  -- The occurrence that is acknowledged: another one needs another.
  raised timestamptz not null,
  who text not null,
  why text not null,
  at timestamptz not null,
  primary key (edge_id, alarm, raised),
  foreign key (edge_id, alarm) references alarm
);

insert into alarm
select distinct on (edge_id, detail ->> 'alarm')
  edge_id,
  detail ->> 'alarm',
  series,
  coalesce(detail ->> 'rule', ''),
  coalesce(detail ->> 'condition', ''),
  coalesce(detail ->> 'limit', ''),
  coalesce(detail ->> 'value', ''),
  coalesce(detail ->> 'priority', ''),
  case type when 'alarm-removed' then 'removed' else coalesce(detail ->> 'state', '') end,
  time,
  message,
  time,
  time,
  ledger_id,
  frame,
  row,
  null
from event
where type like 'alarm-%' and detail ->> 'alarm' <> ''
order by edge_id, detail ->> 'alarm', time desc, ledger_id desc, frame desc, row desc;

create view edgeflow.alarm as
select
  e.name as edge,
  e.site,
  a.id as alarm,
  case when a.series = '' then null else e.name || '/' || a.series end as series,
  a.rule,
  a.condition,
  a.limit_at,
  a.value,
  a.priority,
  a.state,
  a.raised,
  a.message,
  a.time,
  a.digest,
  k.at as cloud_acknowledged,
  k.who as cloud_ack_who,
  k.why as cloud_ack_why
from alarm a
join edge e on e.id = a.edge_id
left join alarm_ack k on k.edge_id = a.edge_id and k.alarm = a.id and k.raised = a.raised;

create view edgeflow.alarm_digest as
select
  d.id,
  d.site,
  d.opened,
  d.updated,
  d.acknowledged,
  d.ack_who,
  d.ack_why,
  p.alarms,
  p.events,
  p.first_time,
  p.last_time,
  p.edges,
  p.worst,
  (
    select coalesce(jsonb_object_agg(r.rule, r.raised), '{}')
    from (
      select rule, sum(raised)::bigint as raised
      from alarm_digest_part
      where digest = d.id and rule <> ''
      group by rule
      order by 2 desc, 1
      limit 50
    ) r
  ) as rules,
  (
    select count(*) from alarm a where a.digest = d.id and a.state not in ('normal', 'removed')
  ) as standing
from alarm_digest d
join lateral (
  select
    sum(raised)::bigint as alarms,
    sum(events)::bigint as events,
    min(first_time) as first_time,
    max(last_time) as last_time,
    max(priority) as worst,
    array_agg(distinct e.name) as edges
  from alarm_digest_part q
  join edge e on e.id = q.edge_id
  where q.digest = d.id
) p on p.events > 0;

create or replace view edgeflow.event as
select
  v.time,
  e.name as edge,
  e.site,
  case v.severity when 0 then 'info' when 1 then 'warning' else 'alarm' end as severity,
  v.type,
  case when v.series = '' then null else e.name || '/' || v.series end as series,
  v.message,
  v.detail,
  v.digest
from event v
join edge e on e.id = v.edge_id;
