-- What is measured of social security, and how it names a person when databases are compared.

create view quality_identity as
select personal_id, full_name, substr(born_on, 1, 4)::int as birth_year, sex, coalesce(died_on::text, 'ALIVE') as died_on
from person;

call measure_number_and_birth_year('person', 'substr(born_on, 1, 4)::int');
call measure_number_and_sex('person', 'sex');

call measure_filled('SiMember', 'siNo', $$si_member where status <> 'SOCIAL_PENSIONER'$$, 'si_no is null', 10);
call measure_filled('SiMember', 'scheme', $$si_member where status = 'ACTIVE'$$, 'scheme is null', 10);
call measure_filled('Participation', 'jobTitle', $$participation where scheme = 'COMPULSORY'$$, 'job_title is null', 10);
call measure_filled('Benefit', 'paymentAccount', 'benefit', 'payment_account is null', 10);

call measure_rule('Participation', 'salaryBase', 'participation', 'amiss_salary_within_bounds', 10);
call measure_rule('Participation', 'rates', 'participation', 'amiss_rate_of_its_time', 10);
call measure_rule('Participation', 'from', 'participation', 'amiss_participation_in_life', 10);
call measure_rule('Benefit', 'period', 'benefit', 'amiss_benefit_in_life', 10);
call measure_rule('Benefit', 'type', 'benefit', 'amiss_benefit_fits_member', 10);
call measure_rule('Beneficiary', 'startsOn', 'beneficiary', 'amiss_assistance_in_life', 10);
call measure_rule('Beneficiary', 'category', 'beneficiary', 'amiss_assistance_fits_age', 10);
call measure_rule('Beneficiary', 'monthlyAmount', 'beneficiary', 'amiss_base_of_its_time', 10);
call measure_unique('Benefit', 'decisionNo', 'benefit', 'member_id, type, decision_no, starts_on', 10);
call measure_unique('Employer', 'name', 'employer', 'name, province_code', 1);

call measure_last('Participation', 'from', 'participation', 'from_month', 62);
call measure_last('Benefit', 'period', 'benefit', 'starts_on', 31);
call measure_last('Beneficiary', 'startsOn', 'beneficiary', 'starts_on', 62);
call measure_last('DisabilityCert', 'issuedOn', 'disability_cert', 'issued_on', 62);

call measure_code('Benefit', 'type', 'benefit', 'type', 'benefitTypes', 10);
call measure_code('Beneficiary', 'category', 'beneficiary', 'category', 'socialAssistanceCategories', 10);
call measure_code('Employer', 'provinceCode', 'employer', 'province_code', 'provinces', 1);

grant execute on function quality_counts, quality_identities, quality_mark to social_security_linkage;
grant select on quality_finding to social_security_steward;
