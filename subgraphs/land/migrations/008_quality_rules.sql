-- What is measured of the land register, and how it names a person when databases are compared.

create view quality_identity as
select personal_id, full_name, birth_year::int as birth_year, null::text as sex, null::text as died_on from holder_identity;

call measure_number_and_birth_year('holder_identity', 'birth_year');

call measure_filled('Citizen', 'fullName', 'person p left join holder_identity i using (personal_id)', 'i.personal_id is null', 5);
call measure_filled('Parcel', 'parcelUid', 'parcel', 'parcel_uid is null', 1);
call measure_filled('Parcel', 'planning', 'parcel', 'planning is null', 1);
call measure_filled('Parcel', 'landPrice', 'parcel', 'price_per_m2 is null', 1);
call measure_filled('Parcel', 'rights', 'parcel p', 'not exists (select from land_right r where r.parcel_id = p.parcel_id)', 5);
call measure_filled('LandRight', 'certificates', 'land_right r',
  'not exists (select from certificate_of_right c where c.right_id = r.id)', 5);
call measure_filled('LandUser', 'contactAddress', 'land_right where personal_id is not null', 'contact_address is null', 5);

call measure_rule('LandUser', 'share', '(select distinct parcel_id, asset_id from land_right) r', 'amiss_shares_make_up_one', 5);
call measure_rule('LandUse', 'areaM2', 'parcel', 'amiss_uses_make_up_the_parcel', 1);
call measure_unique('LandCertificate', 'registryNo', 'land_certificate', 'issuer, registry_no', 5);
call measure_unique('Parcel', 'parcelUid', 'parcel where parcel_uid is not null', 'parcel_uid', 1);

call measure_last('LandChange', 'registeredAt', 'land_change', $$(registered_at at time zone interval '7 hours')::date$$, 31);
call measure_last('LandCertificate', 'issuedAt', 'land_certificate', 'issued_at', 31);
call measure_last('Restriction', 'registeredOn', 'restriction', 'registered_on', 31);

call measure_code('Parcel', 'communeCode', 'parcel', 'commune_code', 'communes', 1);
call measure_code('LandUse', 'useType', 'land_use', 'use_type', 'landUseTypes', 1);

grant execute on function quality_counts, quality_identities, quality_mark to land_linkage;
grant select on quality_finding to land_steward;
