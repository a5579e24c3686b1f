/** The statements of the plain subgraphs and of the hand-written handler: one a table, many people at once, in key order. */
export const statements = {
  citizens: `select personal_id as id, full_name as "fullName", date_of_birth as "dateOfBirth", sex, ethnicity,
    marital_status as "maritalStatus", phone_number as "phoneNumber" from citizen where personal_id = any($1)`,
  residences: `select personal_id as person, text, since::text from residence_address
    where kind = 'PERMANENT' and personal_id = any($1)`,
  landRights: `select personal_id as person, parcel_id as parcel, kind as right, term, financial_obligation::float8 as "financialObligation",
    registered_on::text as "registeredOn" from land_right where personal_id = any($1) order by id`,
  parcels: `select parcel_id as "parcelId", commune_code as "communeCode", area_m2::float8 as "areaM2" from parcel
    where parcel_id = any($1)`,
  insuranceCards: `select personal_id as person, card_no as "cardNo", benefit_level as "benefitLevel",
    valid_from::text as "validFrom", valid_to::text as "validTo" from insurance_card where personal_id = any($1) order by id`,
  members: `select personal_id as person, id as member, si_no as "siNo", status, scheme, total_months as "totalMonths"
    from si_member where personal_id = any($1)`,
  participations: `select member_id as member, to_char(from_month, 'YYYY-MM') as "from", to_char(to_month, 'YYYY-MM') as "to",
    job_title as "jobTitle", salary_base::float8 as "salaryBase" from participation where member_id = any($1::uuid[]) order by id`,
  provinces: `select code, name from province where valid_to is null or valid_to >= current_date
    order by code`,
  cells: `select a.unit || ' ' || a.month as ask, r.figure, p.value::float8,
      case when p.value is null then 'SUPPRESSED' else 'PUBLISHED' end as status
    from unnest($1::text[]) as asked, lateral (select split_part(asked, ' ', 1) as unit, split_part(asked, ' ', 2) as month) as a
    join release r on r.month = a.month and r.figure in ('population', 'parcels', 'insured', 'contributors')
    left join published p on (p.unit, p.month, p.figure, p.category) = (a.unit, a.month, r.figure, '')`,
} as const

/** The column of each statement by which its rows are asked for. */
export const keyColumns = {
  citizens: 'id',
  residences: 'person',
  landRights: 'person',
  parcels: 'parcelId',
  insuranceCards: 'person',
  members: 'person',
  participations: 'member',
  cells: 'ask',
} as const satisfies Partial<Record<keyof typeof statements, string>>
