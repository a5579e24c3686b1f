import type { Rule } from '../schema-model.ts'
import { disagreement } from './disagreement.ts'
import { disguisedDirective } from './disguised-directive.ts'
import { falseStructure } from './false-structure.ts'
import { forbiddenLevel } from './forbidden-level.ts'
import { incompleteSubject } from './incomplete-subject.ts'
import { interfaceObject } from './interface-object.ts'
import { laundering } from './laundering.ts'
import { laxInterface } from './lax-interface.ts'
import { maskSpace } from './mask-space.ts'
import { nonNullField } from './non-null-field.ts'
import { openExistence } from './open-existence.ts'
import { personWithoutSubject } from './person-without-subject.ts'
import { rawKey } from './raw-key.ts'
import { silentArgument } from './silent-argument.ts'
import { unaskedRead } from './unasked-read.ts'
import { unclassifiedField } from './unclassified-field.ts'
import { unknownArgumentTarget } from './unknown-argument-target.ts'
import { unknownWord } from './unknown-word.ts'
import { unnamedPerson } from './unnamed-person.ts'
import { unresolvedId } from './unresolved-id.ts'

/** Every reason for which a schema doesn't compose, by name. */
export const allRules: Readonly<Record<string, Rule>> = {
  unclassifiedField,
  unknownWord,
  disguisedDirective,
  disagreement,
  unnamedPerson,
  openExistence,
  personWithoutSubject,
  incompleteSubject,
  nonNullField,
  unaskedRead,
  laundering,
  rawKey,
  laxInterface,
  interfaceObject,
  maskSpace,
  unresolvedId,
  unknownArgumentTarget,
  silentArgument,
  falseStructure,
  forbiddenLevel,
}
