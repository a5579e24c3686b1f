-- What is measured of the health database, and how it names a person when databases are compared.

create view quality_identity as
select personal_id, full_name, substr(born_on, 1, 4)::int as birth_year, sex, coalesce(died_on::text, 'ALIVE') as died_on
from person;

call measure_number_and_birth_year('person', 'substr(born_on, 1, 4)::int');
call measure_number_and_sex('person', 'sex');

call measure_filled('Citizen', 'healthRecord', 'person left join health_record r using (personal_id)', 'r.personal_id is null', 10);
call measure_filled('HealthRecord', 'bloodType', 'health_record', 'blood_type is null', 10);
call measure_filled('Visit', 'reason', 'visit', 'reason is null', 10);
call measure_filled('Visit', 'dischargedAt', $$visit where admitted_at < $1 - 60$$, 'discharged_at is null', 10);
call measure_filled('Vaccination', 'lotNo', 'vaccination', 'lot_no is null', 10);
call measure_filled('Facility', 'level', 'facility', 'level is null', 1);
call measure_filled('Facility', 'communeCode', 'facility', 'commune_code is null', 1);

call measure_rule('Visit', 'admittedAt', 'visit', 'amiss_visit_in_life', 10);
call measure_rule('Visit', 'mainDiagnosis', 'visit', 'amiss_diagnosis_fits_patient', 10);
call measure_rule('Vaccination', 'givenAt', 'vaccination', 'amiss_vaccination_in_life', 10);
call measure_rule('InsuranceCard', 'validFrom', 'insurance_card', 'amiss_card_in_life', 5);
call measure_unique('Visit', 'visitId', 'visit', 'personal_id, facility_code, admitted_at', 10);
call measure_unique('Facility', 'name', 'facility', 'name, commune_code', 1);

call measure_last('Visit', 'admittedAt', 'visit', $$(admitted_at at time zone interval '7 hours')::date$$, 7);
call measure_last('Vaccination', 'givenAt', 'vaccination', 'given_at', 31);
call measure_last('InsuranceCard', 'validFrom', 'insurance_card', 'valid_from', 31);

call measure_code('Visit', 'mainDiagnosis', 'visit', 'main_diagnosis', 'icdCodes', 10);
call measure_code('Vaccination', 'vaccine', 'vaccination', 'vaccine', 'vaccines', 10);
call measure_code('InsuranceCard', 'objectCode', 'insurance_card', 'object_code', 'insuranceObjects', 5);
call measure_code('Facility', 'communeCode', 'facility', 'commune_code', 'communes', 1);

grant execute on function quality_counts, quality_identities, quality_mark to health_linkage;
grant select on quality_finding to health_steward;
