import type { Client } from 'pg'
import type { Units } from '../control/publish-cells.ts'

type Unit = { code: string; parent: string | null }

/** The units of today, their crosswalk and the code lists figures are broken down by, taken over from the catalogue. */
export async function copyCatalogue(catalogue: Client, store: Client, lists: readonly ListedFigure[]): Promise<void> {
  const { rows: units } = await catalogue.query<Unit>(
    `select code, 'VN' as parent from province union all select code, province_code from commune`,
  )
  const { rows: former } = await catalogue.query<{ former_code: string; code: string; overlap: string }>(
    `select former_code, code, case kind when 'FULL' then 'WHOLE' else 'PART' end as overlap from commune_succession
     union all select code, province_code, 'WHOLE' from former_province`,
  )
  await store.query(
    `insert into unit (code, parent) select * from jsonb_to_recordset($1) as x(code text, parent text)
     on conflict (code) do update set parent = excluded.parent where unit.parent is distinct from excluded.parent`,
    [JSON.stringify([{ code: 'VN', parent: null }, ...units])],
  )
  await store.query(
    `with told as (select * from jsonb_to_recordset($1) as x(former_code text, code text, overlap text)),
       gone as (delete from former_unit f
         where not exists (select from told t where (t.former_code, t.code) = (f.former_code, f.code)))
     insert into former_unit select * from told
     on conflict (former_code, code) do update set overlap = excluded.overlap
       where former_unit.overlap <> excluded.overlap`,
    [JSON.stringify(former)],
  )
  await store.query('delete from category')
  for (const { figure, list } of lists) {
    const name = list === 'icd_chapter' ? 'name, name as name_en' : 'name, name_en'
    const { rows } = await catalogue.query<{ code: string; name: string; name_en: string }>(
      `select code, ${name} from ${list} order by code`,
    )
    const extra =
      list === 'icd_chapter'
        ? [
            {
              code: 'PROTECTED',
              name: 'Bệnh được bảo vệ đặc biệt, mọi chương',
              name_en: 'Specially protected, any chapter',
            },
          ]
        : []
    await store.query(
      `insert into category (figure, code, position, name_vi, name_en)
       select $1, x.code, row_number() over (), x.name, x.name_en from jsonb_to_recordset($2) as x(code text, name text, name_en text)`,
      [figure, JSON.stringify([...rows, ...extra])],
    )
  }
}

/** A figure whose categories are a list of the catalogue; both are constants of the source. */
export type ListedFigure = { figure: string; list: string }

/** Provinces with their communes, as the store has them. */
export async function readUnits(store: Client): Promise<Units> {
  const { rows } = await store.query<Unit>(`select code, parent from unit where code <> 'VN' order by code`)
  const units = new Map<string, string[]>(rows.filter(({ code }) => code.length === 2).map(({ code }) => [code, []]))
  for (const { code, parent } of rows) if (code.length === 5) units.get(String(parent))?.push(code)
  return units
}
