-- What hangs on a citizen: places, documents, kin, the identity record.

-- Place of birth, of its registration, and native place, to the commune.
create table admin_address (
  id bigint primary key,
  personal_id personal_number not null references citizen,
  kind text not null check (kind in ('BIRTH', 'BIRTH_REGISTRATION', 'HOME_TOWN')),
  text text not null check (text <> ''),
  commune_code commune_code,
  province_code province_code,
  country_code country_code not null,
  unique (personal_id, kind),
  constraint province_is_of_viet_nam check ((country_code = 'VN') = (province_code is not null)),
  constraint commune_lies_in_a_province check (commune_code is null or province_code is not null)
);

create table residence_address (
  id bigint primary key,
  personal_id personal_number not null references citizen,
  kind text not null check (kind in ('PERMANENT', 'TEMPORARY', 'CURRENT')),
  -- By the names that held when it was registered; the codes say what the place is called now.
  text text not null check (text <> ''),
  line text,
  commune_code commune_code,
  province_code province_code not null,
  since date not null,
  unique (personal_id, kind),
  constraint registered_in_a_commune check (kind = 'CURRENT' or commune_code is not null)
);

create table id_document (
  id bigint primary key,
  personal_id personal_number not null references citizen,
  kind text not null check (kind in ('CC', 'CCCD', 'CMND9')),
  issued_on date not null,
  issued_by text not null check (issued_by <> ''),
  expires_on date,
  constraint expires_after_issue check (expires_on > issued_on),
  unique (personal_id, kind, issued_on),
  -- The identity card of Luật Căn cước 26/2023/QH15 exists since 2024-07-01; the citizen's card before it no longer.
  constraint card_of_its_time check (kind <> 'CC' or issued_on >= date '2024-07-01'),
  constraint former_card_of_its_time check (kind <> 'CCCD' or issued_on < date '2024-07-01')
);

-- Ties by record. The relative's number points to no row here: they may be known to this record alone.
create table relative (
  id bigint primary key,
  personal_id personal_number not null references citizen,
  relative_id personal_number not null,
  relation text not null
    check (relation in ('FATHER', 'MOTHER', 'SPOUSE', 'CHILD', 'REPRESENTATIVE', 'REPRESENTED')),
  full_name written_name not null,
  old_id_number text check (length(old_id_number) = 9 and old_id_number ~ '^[0-9]+$'),
  nationality text[] not null,
  unique (personal_id, relation, relative_id),
  constraint nobody_is_their_own_relative check (relative_id <> personal_id)
);

create unique index relative_one_of_a_kind on relative (personal_id, relation)
  where relation in ('FATHER', 'MOTHER', 'SPOUSE');

create table identity_record (
  personal_id personal_number primary key references citizen,
  portrait_photo text,
  occupation text check (occupation <> ''),
  eid_level smallint check (eid_level in (1, 2)),
  id_card_image text,
  constraint card_has_a_portrait check (id_card_image is null or portrait_photo is not null)
);

create table other_information (
  id bigint primary key,
  personal_id personal_number not null references citizen,
  name text not null check (name <> ''),
  value text not null check (value <> ''),
  recorded_on date not null,
  unique (personal_id, name)
);

grant select on admin_address, residence_address, id_document, relative, identity_record, other_information
  to population_app;
