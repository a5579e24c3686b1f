-- Who owns and who may do what. Nothing else is granted to anybody.

do $$
declare
  v_name text;
begin
  foreach v_name in array array['retention_class', 'log_partition', 'writer', 'disclosure', 'disclosure_entry', 'commitment', 'leaf',
    'tree_node', 'tree_head', 'bundle', 'expiry_approval', 'expired_partition'] loop
    execute format('alter table %I owner to oversight_owner', v_name);
    call protect_table(v_name::regclass);
    execute format('grant select on %I to oversight_app', v_name);
  end loop;
end
$$;

alter function refuse_change() owner to oversight_owner;
alter procedure protect_table(regclass) owner to oversight_owner;
alter function record_id_bound(smallint, timestamptz) owner to oversight_owner;
alter function check_leaves() owner to oversight_owner;
alter function ensure_partition(smallint, date) owner to oversight_owner;
alter function prepare_partitions(timestamptz, integer) owner to oversight_owner;
alter function base64url(bytea) owner to oversight_owner;
alter function archive_bundle(text) owner to oversight_owner;
alter function append_disclosures(text, text, bytea, text[], text[], bytea[], bytea[]) owner to oversight_owner;
alter function approve_expiry(text, text) owner to oversight_owner;
alter function expire_partition(text) owner to oversight_owner;
revoke execute on all routines in schema public from public;

grant execute on function append_disclosures(text, text, bytea, text[], text[], bytea[], bytea[]) to oversight_writer;
grant execute on function archive_bundle(text) to oversight_writer;
grant execute on function record_id_bound(smallint, timestamptz) to oversight_app;
grant execute on function base64url(bytea) to oversight_app;
grant select on writer, commitment, leaf, tree_node, tree_head to oversight_sequencer;
grant insert on leaf, tree_node, tree_head to oversight_sequencer;
grant execute on function prepare_partitions(timestamptz, integer) to oversight_sequencer;
grant execute on function approve_expiry(text, text) to oversight_keeper, oversight_controller;
grant execute on function expire_partition(text) to oversight_keeper, oversight_controller;
grant select on retention_class, log_partition, expiry_approval, expired_partition to oversight_keeper, oversight_controller;
