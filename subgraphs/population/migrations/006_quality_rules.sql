-- What is measured of the population database, and how it names a person when databases are compared.

create view quality_identity as
select personal_id, full_name, birth_year::int as birth_year, sex,
  case life_status when 'ALIVE' then 'ALIVE' when 'DECEASED' then death_or_missing_date::text end as died_on
from citizen;

call measure_number_and_birth_year('citizen', 'birth_year');
call measure_number_and_sex('citizen', 'sex');

call measure_filled('Citizen', 'dateOfBirth', 'citizen', 'length(date_of_birth) < 10', 5);
call measure_filled('Citizen', 'bloodType', 'citizen', 'blood_type is null', 10);
call measure_filled('Citizen', 'phoneNumber', $$citizen where life_status = 'ALIVE' and birth_year <= extract(year from $1) - 18$$,
  'phone_number is null', 5);
call measure_filled('Citizen', 'currentResidence', $$citizen where life_status = 'ALIVE'$$, 'commune_code is null', 5);
call measure_filled('Citizen', 'birthRegistrationPlace',
  $$citizen c left join admin_address a on a.personal_id = c.personal_id and a.kind = 'BIRTH_REGISTRATION'$$, 'a.id is null', 5);
call measure_filled('Citizen', 'permanentResidence',
  $$citizen c left join residence_address a on a.personal_id = c.personal_id and a.kind = 'PERMANENT'$$, 'a.id is null', 5);
call measure_filled('Citizen', 'idDocuments',
  $$citizen c where c.life_status = 'ALIVE' and c.birth_year <= extract(year from $1) - 15$$,
  'not exists (select from id_document d where d.personal_id = c.personal_id)', 5);
call measure_filled('IdentityRecord', 'portraitPhoto',
  $$identity_record r join citizen c using (personal_id) where c.life_status = 'ALIVE' and c.birth_year <= extract(year from $1) - 15$$,
  'r.portrait_photo is null', 5);

call measure_unique('Citizen', 'fullName',
  $$citizen c left join admin_address a on a.personal_id = c.personal_id and a.kind = 'BIRTH_REGISTRATION'$$,
  'c.name_key, c.date_of_birth, c.sex, a.commune_code', 5);
call measure_unique('Household', 'members', $$citizen where relation_to_head = 'HEAD'$$, 'household_id', 5);

-- Of a living couple each record names the other.
create view odd_spouse_ties as
select r.id from relative r join citizen c on c.personal_id = r.relative_id and c.life_status = 'ALIVE'
where r.relation = 'SPOUSE' and not exists (
  select from relative o where o.personal_id = r.relative_id and o.relative_id = r.personal_id and o.relation = 'SPOUSE');
call measure_rule('Relative', 'relation', $$relative where relation = 'SPOUSE'$$, 'odd_spouse_ties', 5);

call measure_last('ResidenceAddress', 'since', 'residence_address', 'since', 31);
call measure_last('IdDocument', 'issuedOn', 'id_document', 'issued_on', 31);
call measure_last('Citizen', 'deathOrMissingDate', 'citizen', 'death_or_missing_date', 31);

call measure_code('Citizen', 'ethnicity', 'citizen', 'ethnicity', 'ethnicGroups', 10);
call measure_code('Citizen', 'religion', 'citizen', 'religion', 'religions', 10);
call measure_code('ResidenceAddress', 'commune', 'residence_address', 'commune_code', 'communes', 5);
call measure_code('ResidenceAddress', 'province', 'residence_address', 'province_code', 'provinces', 5);
call measure_code('AdminAddress', 'commune', 'admin_address', 'commune_code', 'communes', 5);

grant execute on function quality_counts, quality_identities, quality_mark to population_linkage;
grant select on quality_finding to population_steward;
