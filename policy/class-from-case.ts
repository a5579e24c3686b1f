import type { FieldClass } from './types.ts'

/** What decide.cases.yaml says of a field, with what it leaves out: basic data of the population database. */
export function classFromCase(named: Partial<FieldClass> & { coordinate: string }): FieldClass {
  const [type = '', field = ''] = named.coordinate.split('.')
  return {
    type,
    field,
    domain: 'population',
    sharing: 'SHARED',
    importance: 'OTHER',
    secrecy: 'NONE',
    personal: [],
    inferring: [],
    level: 'L2',
    owner: '',
    dict: '',
    mask: 'NULL',
    from: [],
    structure: false,
    ...named,
  }
}
