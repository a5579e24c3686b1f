import type { OwnCluster } from '../support/own-cluster.ts'

/** Rights of each owner whom W6 asks about. */
export const rightsAnOwner = 10

/** So many parcels for each of these people, with one use and one right each. Repeats nothing that is there. */
export async function seedLand({ sql }: Pick<OwnCluster, 'sql'>, owners: readonly string[]): Promise<void> {
  await sql('land', script, [owners, rightsAnOwner])
}

/** Ids and map sheets far above those of the seed. */
const script = `
  with wanted as (
    select owner, '00004_' || 100000 + n || '_' || k as parcel_id, 100000 + n as sheet, k, 9000000000 + n * 1000 + k as id
    from unnest($1::text[]) with ordinality as o (owner, n), generate_series(1, $2::int) as k),
  known as (insert into person select unnest($1::text[]) on conflict do nothing),
  parcels as (
    insert into parcel (parcel_id, commune_code, province_code, map_sheet_no, parcel_no, address, area_m2, central_meridian, rings)
    select parcel_id, '00004', '01', sheet, k, 'Phường Ba Đình, Thành phố Hà Nội', 100 + k, 105, '[[[0,0],[0,1],[1,1],[0,0]]]'
    from wanted on conflict do nothing returning parcel_id),
  uses as (
    insert into land_use (id, parcel_id, use_type, area_m2, origin, form, term)
    select id, parcel_id, 'ODT', 100 + k, 'DG-KTT', 'PRIVATE', 'LONG_TERM' from wanted join parcels using (parcel_id))
  insert into land_right (id, parcel_id, kind, personal_id, user_type, role, share, origin, term, registered_on)
  select id, parcel_id, 'LAND_USE', owner, 'INDIVIDUAL', 'OWNER', 1, 'DG-KTT', 'LONG_TERM', date '2020-01-01' + k
  from wanted join parcels using (parcel_id)`
