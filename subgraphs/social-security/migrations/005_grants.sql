-- The application reads its own tables and nothing else; of identity the number alone.
grant usage on schema public to social_security_app;
grant select on salary_bound, contribution_rate, benefit_type, assistance_base, social_category, employer to social_security_app;
grant select on si_member, participation, benefit, unemployment_case to social_security_app;
grant select on beneficiary, poverty_record, disability_cert to social_security_app;
grant select (personal_id) on person to social_security_app;
