-- The application reads its own tables and nothing else; of identity only what finds and places a row.
grant usage on schema public to health_app;
grant select on icd10, insurance_object, visit_object, vaccine, vaccine_dose, facility to health_app;
grant select on health_record, allergy, insurance_card, vaccination, visit, prescription, lab_result to health_app;
grant select (personal_id, province_code) on person to health_app;
