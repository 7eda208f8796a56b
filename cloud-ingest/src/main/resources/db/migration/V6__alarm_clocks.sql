-- What an edge cannot have said yet, its clock being wrong, it said by now: else no later word would count.
update alarm set said = now() where said > now() + interval '5 minutes';
