-- What is measured of the catalogue, and the code lists that the other databases are measured against. Nobody is named here.

call measure_filled('Commune', 'nameEn', 'commune', $$name_en = ''$$, 1);
call measure_filled('FormerCommune', 'successors', 'former_commune f',
  'not exists (select from commune_succession s where s.former_code = f.code)', 1);
call measure_filled('IcdCode', 'name', 'icd_code', $$btrim(name) = ''$$, 1);
call measure_filled('EthnicGroup', 'nameEn', 'ethnic_group', $$name_en = ''$$, 1);

-- A unit has a name every day that it exists.
create view odd_unit_names as
select u.code from admin_unit u
where datemultirange(daterange(u.valid_from, u.valid_to, '[]')) <> (
  select range_agg(daterange(v.valid_from, v.valid_to, '[]')) from admin_unit_version v where v.code = u.code);
call measure_rule('AdminUnitVersion', 'name', 'admin_unit', 'odd_unit_names', 1);
call measure_unique('Commune', 'fullName', 'commune', 'province_code, full_name', 1);
call measure_unique('EthnicGroup', 'name', 'ethnic_group', 'name', 1);
call measure_unique('IcdCode', 'name', 'icd_code', 'name', 1);

call measure_last('AdminUnitVersion', 'validFrom', 'admin_unit_version', 'valid_from', 731);

call measure_code('Commune', 'province', 'commune', 'province_code', 'provinces', 1);
call measure_code('IcdCode', 'chapter', 'icd_code', 'chapter_code', 'icdChapters', 1);

create function quality_codes() returns jsonb
language sql stable security definer set search_path = public, pg_temp
return jsonb_build_object(
  'provinces', (select jsonb_agg(code) from province),
  'communes', (select jsonb_agg(code) from commune),
  'ethnicGroups', (select jsonb_agg(code) from ethnic_group),
  'religions', (select jsonb_agg(code) from religion),
  'icdChapters', (select jsonb_agg(code) from icd_chapter),
  'icdCodes', (select jsonb_agg(code) from icd_code),
  'landUseTypes', (select jsonb_agg(code) from land_use_type),
  'benefitTypes', (select jsonb_agg(code) from benefit_type),
  'socialAssistanceCategories', (select jsonb_agg(code) from social_assistance_category),
  'vaccines', (select jsonb_agg(code) from vaccine),
  'insuranceObjects', (select jsonb_agg(code) from insurance_object)
);

revoke execute on function quality_codes from public;
grant execute on function quality_counts, quality_codes to catalogue_linkage;
