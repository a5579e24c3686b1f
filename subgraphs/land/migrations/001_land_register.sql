-- The land register: parcels, who has rights to them, certificates, assets, restrictions, changes.
-- Defence and security land (CQP, CAN) never enters it.

-- Persons the register knows: those who have or had a right to land.
create table person (
  personal_id text primary key check (length(personal_id) = 12 and personal_id ~ '^[0-9]+$')
);

create table organisation (
  tax_code text primary key check (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
  name text not null check (name <> '')
);

create domain land_user_type text check (value in (
  'INDIVIDUAL', 'COUPLE', 'HOUSEHOLD', 'COMMUNITY', 'DOMESTIC_ORG', 'STATE_BODY', 'RELIGIOUS', 'DIPLOMATIC',
  'OVERSEAS_VN', 'FDI'));
create domain land_term text check (value in ('LONG_TERM', 'FIXED'));
create domain land_share numeric(7, 6) check (value > 0 and value <= 1);

-- Whether a kind of land user is persons; the others are organisations.
create function is_person_user(user_type text) returns boolean
language sql immutable strict parallel safe
return user_type in ('INDIVIDUAL', 'COUPLE', 'HOUSEHOLD', 'OVERSEAS_VN');

-- Rings of points as in GeoJSON (RFC 7946, section 3.1.6): at least four positions, the last equal to the first.
create function are_rings(rings jsonb) returns boolean
language plpgsql immutable strict parallel safe as $$
declare
  ring jsonb;
begin
  if jsonb_typeof(rings) <> 'array' or rings = '[]' then
    return false;
  end if;
  for at in 0 .. jsonb_array_length(rings) - 1 loop
    ring := rings -> at;
    if jsonb_typeof(ring) <> 'array' or jsonb_array_length(ring) < 4 or ring -> 0 <> ring -> -1 then
      return false;
    end if;
  end loop;
  return true;
end $$;

create table parcel (
  parcel_id text primary key,
  commune_code text not null check (commune_code ~ '^[0-9]{5}$'),
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  map_sheet_no integer not null check (map_sheet_no > 0),
  parcel_no integer not null check (parcel_no > 0),
  parcel_uid text unique,
  old_parcel_ref text check (old_parcel_ref ~ '^[1-9][0-9]*/[1-9][0-9]*$'),
  address text not null check (address <> ''),
  area_m2 numeric(12, 1) not null check (area_m2 > 0),
  planning text,
  price_per_m2 bigint check (price_per_m2 > 0),
  central_meridian numeric(5, 2) not null check (central_meridian between 99 and 114),
  rings jsonb not null,
  constraint id_is_commune_sheet_and_number check (parcel_id = commune_code || '_' || map_sheet_no || '_' || parcel_no),
  constraint uid_is_a_geohash_in_viet_nam check (length(parcel_uid) = 12 and parcel_uid ~ '^w[0-9b-hjkmnp-z]+$'),
  constraint rings_are_closed check (are_rings(rings))
);
create index parcel_commune_code on parcel (commune_code, parcel_id);

create table land_use (
  id bigint primary key,
  parcel_id text not null references parcel (parcel_id),
  use_type text not null check (use_type ~ '^[A-Z]{3}$'),
  area_m2 numeric(12, 1) not null check (area_m2 > 0),
  origin text not null check (origin ~ '^[A-Z]{2,3}(-[A-Z]{3}){1,2}$'),
  form text not null check (form in ('PRIVATE', 'SHARED')),
  term land_term not null,
  term_until date,
  unique (parcel_id, use_type),
  constraint a_fixed_term_ends check ((term = 'FIXED') = (term_until is not null)),
  constraint defence_and_security_land_is_not_here check (use_type not in ('CQP', 'CAN'))
);

create table attached_asset (
  id bigint primary key,
  parcel_id text not null references parcel (parcel_id),
  asset_type text not null check (asset_type in ('HOUSE', 'APARTMENT', 'CONSTRUCTION', 'PLANTED_FOREST', 'PERENNIAL')),
  floor_area_m2 numeric(10, 1) check (floor_area_m2 > 0),
  grade text check (grade in ('I', 'II', 'III', 'IV')),
  term land_term not null,
  unique (id, parcel_id),
  constraint only_a_building_has_floors_and_grade check (
    (asset_type in ('HOUSE', 'APARTMENT', 'CONSTRUCTION')) = (floor_area_m2 is not null)
    and (floor_area_m2 is not null) = (grade is not null)
  )
);

-- One row a holder: people who share a right have a row each.
create table land_right (
  id bigint primary key,
  parcel_id text not null references parcel (parcel_id),
  kind text not null check (kind in ('LAND_USE', 'ASSET_OWNERSHIP')),
  asset_id bigint,
  personal_id text references person (personal_id),
  tax_code text references organisation (tax_code),
  user_type land_user_type not null,
  role text not null check (role in ('OWNER', 'CO_OWNER', 'HOUSEHOLD_REPRESENTATIVE')),
  share land_share not null,
  contact_address text,
  origin text not null check (origin ~ '^[A-Z]{2,3}(-[A-Z]{3}){1,2}$'),
  term land_term not null,
  term_until date,
  financial_obligation bigint not null default 0 check (financial_obligation >= 0),
  transaction_price bigint check (transaction_price > 0),
  registered_on date not null,
  foreign key (asset_id, parcel_id) references attached_asset (id, parcel_id),
  constraint a_holder_is_a_person_or_an_organisation check (num_nonnulls(personal_id, tax_code) = 1),
  constraint user_type_fits_the_holder check (is_person_user(user_type) = (personal_id is not null)),
  constraint ownership_is_of_an_asset check ((kind = 'ASSET_OWNERSHIP') = (asset_id is not null)),
  constraint only_joint_holders_have_a_part check ((role = 'CO_OWNER') = (share < 1)),
  constraint a_fixed_term_ends check ((term = 'FIXED') = (term_until is not null)),
  -- Also the way from a parcel to its rights.
  unique nulls not distinct (parcel_id, asset_id, personal_id, tax_code)
);
create index land_right_holder on land_right (personal_id, id) where personal_id is not null;
create index land_right_asset_id on land_right (asset_id) where asset_id is not null;

create table land_certificate (
  id bigint primary key,
  issue_no text not null unique,
  registry_no text not null check (registry_no ~ '^(CH|CS) [0-9]{5,6}$'),
  issued_at date not null,
  issuer text not null check (issuer <> ''),
  status text not null check (status in ('VALID', 'REVOKED', 'REPLACED')),
  scan_file text not null check (scan_file ~ '^[A-Z]{1,2}[0-9]+-GCN\.pdf$'),
  -- Two letters and eight digits since the form of 2025; before, letters and six digits.
  constraint serial_fits_the_form_of_its_day check (
    issue_no ~ case when issued_at >= date '2025-01-01' then '^[A-Z]{2} [0-9]{8}$' else '^[A-Z]{1,2} [0-9]{6}$' end
  )
);

create table certificate_of_right (
  id bigint primary key,
  certificate_id bigint not null references land_certificate (id),
  right_id bigint not null references land_right (id),
  -- Also the way from a right to its certificates.
  unique (right_id, certificate_id)
);

create table restriction (
  id bigint primary key,
  right_id bigint not null references land_right (id),
  kind text not null check (kind in ('MORTGAGE', 'SEIZURE', 'DISPUTE', 'PLANNING', 'CORRIDOR', 'EASEMENT', 'FINANCIAL_DEBT')),
  mortgagee text,
  decision_no text not null check (decision_no <> ''),
  registered_on date not null,
  lifted_on date,
  constraint only_a_mortgage_has_a_mortgagee check ((kind = 'MORTGAGE') = (mortgagee is not null)),
  constraint lifted_after_it_was_registered check (lifted_on >= registered_on)
);
create index restriction_right_id on restriction (right_id, id);

create table land_change (
  id bigint primary key,
  parcel_id text not null references parcel (parcel_id),
  change_type text not null check (change_type in (
    'TRANSFER', 'EXCHANGE', 'INHERITANCE', 'DONATION', 'CAPITAL', 'LEASE', 'SPLIT', 'MERGE', 'PURPOSE', 'EXTEND', 'REISSUE',
    'RECOVERY', 'CORRECTION', 'ADMIN_MERGER')),
  registered_at timestamptz not null,
  constraint units_were_merged_from_july_2025 check (
    change_type <> 'ADMIN_MERGER' or registered_at >= timestamptz '2025-07-01T00:00:00+07:00'
  )
);
create index land_change_parcel_id on land_change (parcel_id, id);

create table land_change_party (
  id bigint primary key,
  change_id bigint not null references land_change (id),
  side text not null check (side in ('FROM', 'TO', 'HOLDER')),
  personal_id text references person (personal_id),
  tax_code text references organisation (tax_code),
  user_type land_user_type not null,
  share land_share not null,
  constraint a_party_is_a_person_or_an_organisation check (num_nonnulls(personal_id, tax_code) = 1),
  constraint user_type_fits_the_party check (is_person_user(user_type) = (personal_id is not null)),
  -- Also the way from a change to its parties.
  unique nulls not distinct (change_id, side, personal_id, tax_code)
);
