-- Administrative units with dates: codes stay while names and types change (QĐ 19/2025/QĐ-TTg and later decisions).

create extension if not exists btree_gist;

create table admin_unit (
  code text primary key,
  province_code text references admin_unit (code),
  name_en text not null,
  full_name_en text not null,
  region text,
  draft_code text,
  valid_from date not null,
  valid_to date,
  constraint code_has_two_or_five_digits check (code ~ '^([0-9]{2}|[0-9]{5})$'),
  constraint only_a_commune_lies_in_a_province check ((length(code) = 5) = (province_code is not null)),
  constraint a_province_code_has_two_digits check (length(province_code) = 2),
  constraint only_a_province_lies_in_a_region check ((length(code) = 2) = (region is not null)),
  constraint draft_code_has_five_digits check (draft_code ~ '^[0-9]{5}$' and draft_code <> code),
  constraint validity_ends_after_it_begins check (valid_to >= valid_from)
);
create index admin_unit_province_code on admin_unit (province_code, code);

create table admin_unit_version (
  key text primary key,
  code text not null references admin_unit (code),
  name text not null check (name <> ''),
  unit_type text not null,
  valid_from date not null,
  valid_to date,
  basis text not null check (basis <> ''),
  constraint key_is_code_and_first_day check (key = code || '@' || to_char(valid_from::timestamp, 'YYYY-MM-DD')),
  constraint unit_type_fits_the_code check (
    case length(code) when 2 then unit_type in ('PROVINCE', 'CITY') else unit_type in ('WARD', 'COMMUNE', 'SPECIAL_ZONE') end
  ),
  constraint validity_ends_after_it_begins check (valid_to >= valid_from),
  constraint one_name_a_day exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index admin_unit_version_code on admin_unit_version (code, valid_from);

-- A name with the unit type before it, as it is written.
create function unit_full_name(unit_type text, name text) returns text
language sql immutable strict parallel safe
return (case unit_type
  when 'PROVINCE' then 'Tỉnh ' when 'CITY' then 'Thành phố ' when 'WARD' then 'Phường '
  when 'COMMUNE' then 'Xã ' when 'SPECIAL_ZONE' then 'Đặc khu ' end) || name;

-- Today's date where the units are.
create function today_in_viet_nam() returns date
language sql stable parallel safe
return (now() at time zone 'Asia/Ho_Chi_Minh')::date;

-- Each unit by the name that holds today, or by its last one.
create view unit_now as
select u.*, v.name, unit_full_name(v.unit_type, v.name) as full_name, v.unit_type
from admin_unit u
join admin_unit_version v on v.code = u.code and v.valid_from = (
  select max(w.valid_from) from admin_unit_version w where w.code = u.code and w.valid_from <= today_in_viet_nam()
);
create view province as select * from unit_now where length(code) = 2;
create view commune as select * from unit_now where length(code) = 5;

create table former_province (
  code text primary key check (code ~ '^[0-9]{2}$'),
  full_name text not null check (full_name <> ''),
  province_code text not null references admin_unit (code) check (length(province_code) = 2)
);
create index former_province_province_code on former_province (province_code);

create table former_commune (
  code text primary key check (code ~ '^[0-9]{5}$'),
  full_name text not null check (full_name <> ''),
  former_province_code text not null references former_province (code),
  valid_to date not null
);
create index former_commune_former_province_code on former_commune (former_province_code);

create table commune_succession (
  key text primary key,
  former_code text not null references former_commune (code),
  code text not null references admin_unit (code) check (length(code) = 5),
  kind text not null check (kind in ('FULL', 'PARTIAL')),
  unique (former_code, code),
  constraint key_is_both_codes check (key = former_code || '>' || code)
);
create index commune_succession_code on commune_succession (code);
-- What went into one unit whole can't also have gone into another.
create unique index commune_succession_whole_once on commune_succession (former_code) where kind = 'FULL';

grant select on admin_unit, admin_unit_version, unit_now, province, commune, former_province, former_commune,
  commune_succession to catalogue_app;
