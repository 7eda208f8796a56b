-- What follows gives alarms a key, which no name of some kilobytes can be: no edge of ours has such names. Of a stranger's the
-- event stays as it was told, under another word. A database that has what follows already does without this.
update event
set detail = detail - 'alarm' || jsonb_build_object('alarm-too-long', detail ->> 'alarm')
where type like 'alarm-%' and octet_length(detail ->> 'alarm') > 2000;
