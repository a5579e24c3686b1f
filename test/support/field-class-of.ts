import type { FieldClass } from '../../policy/types.ts'

/** The class of a field of health that speaks of people, by its coordinate. */
export function fieldClassOf(coordinate: string, level: FieldClass['level'] = 'L2'): FieldClass {
  return {
    coordinate,
    level,
    type: coordinate.slice(0, coordinate.indexOf('.')),
    field: coordinate.slice(coordinate.indexOf('.') + 1),
    domain: 'health',
    sharing: 'SHARED',
    importance: 'OTHER',
    secrecy: 'NONE',
    personal: ['B1'],
    inferring: [],
    owner: 'BYT',
    dict: 'x-test',
    mask: 'KEEP',
    from: [],
    structure: false,
  }
}
