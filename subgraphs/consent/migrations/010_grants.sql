-- consent_app serves the subgraph: reads, adds, closes a case; it changes no row of a consent and deletes nothing.
-- consent_reader answers for every other database: two functions and not one table.

revoke execute on all functions in schema public from public;
alter default privileges in schema public revoke execute on functions from public;

grant select on subject, guardianship, consent, consent_version, consent_notice, consent_confirmation, consent_read, case_file,
  case_subject, case_handler, consent_event, consent_event_shipped, consent_now, consent_history, case_now, representation to consent_app;

grant insert (subject, grantee_org, grantee_app, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en, reference, replaces)
  on consent to consent_app;
grant insert on consent_notice to consent_app;
-- Not version, hashes, times and `reason`: those are the chain's own.
grant insert (consent_id, state, actor, actor_person, actor_app, coordinates, sensitive, controllers, mode, data_from, data_to,
  not_before, not_after, max_reads, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice)
  on consent_version to consent_app;
grant insert (consent_id, person, role, coordinates, notice_hash, method, evidence_ref, app, account_level, authn_level, locale)
  on consent_confirmation to consent_app;
grant insert (operation, request_id, principal, subjects, coordinates, level, consent_id, consent_version, case_number)
  on consent_event to consent_app;
grant insert (event) on consent_event_shipped to consent_app;
grant insert (number, procedure_code, procedure_vi, procedure_en, org, org_vi, org_en, coordinates, registered_by) on case_file to consent_app;
grant update (closed_at) on case_file to consent_app;
grant insert (case_number, person) on case_subject to consent_app;
grant insert on case_handler to consent_app;

grant execute on function day_of(timestamptz), today(), latest_birth(text), class_of(text, date, boolean, date), class_today(text),
  is_representative(text, text), are_coordinates(text[]), state_now(consent, consent_version), shared_by(text[], text[]),
  granted_so_far(uuid), end_due(integer) to consent_app;

grant execute on function request_facts(text[], text, text, text, text, text, text, text), reserve_reads(uuid[], text) to consent_reader;
