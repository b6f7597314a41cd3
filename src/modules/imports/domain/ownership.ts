import { parseNhsNumber } from '#kernel/nhs-number'
import { type FhirNode, nodesOf, textOf } from './fhir-node.ts'
import { nhsNumbersOf, referencedNhsNumber } from './people.ts'
import { referencedKey, referencedType, type Resolver } from './references.ts'
import type { Source } from './sources.ts'

/** One person of a file: described by a Patient, or only named by an NHS number. */
export interface Person {
  readonly patient?: Source
  readonly nhsNumber?: string
}

/** Whose a resource is, and how sure that is. */
export type Owner =
  | { readonly person: Person; readonly isDoubtful: boolean }
  | { readonly person?: undefined; readonly reason: string }

/** Finds whose each resource is. */
export interface Ownership {
  readonly persons: readonly Person[]
  ownerOf(source: Source): Owner
}

const subjectNames = ['subject', 'patient', 'beneficiary', 'for', 'individual', 'policyHolder'] as const

/**
 * Makes the persons of a file. A resource that names nobody is the only person's, where there is
 * one; so is one that names a patient who is not in the file, but that is doubtful. `nhsNumber`, if
 * given, names the person of a file that describes none.
 */
export function makeOwnership(
  sources: readonly Source[],
  resolver: Resolver,
  nhsNumber?: string,
): Ownership {
  const byPatient = new Map<Source, Person>()
  const byNumber = new Map<string, Person>()
  const persons: Person[] = []

  const ofPatient = (patient: Source): Person => {
    const numbers = nhsNumbersOf(patient.node).filter((each) => parseNhsNumber(each).ok)
    const same = numbers.map((each) => byNumber.get(each)).find((each) => each && isSamePerson(each, patient))
    const known = byPatient.get(patient) ?? same
    if (known) {
      byPatient.set(patient, known)
      return known
    }
    const person = { patient }
    byPatient.set(patient, person)
    for (const number of numbers) byNumber.set(number, person)
    persons.push(person)
    return person
  }
  const ofNumber = (number: string): Person => {
    const known = byNumber.get(number)
    if (known) return known
    const person = { nhsNumber: number }
    byNumber.set(number, person)
    persons.push(person)
    return person
  }
  const named = (source: Source): Person | 'someone else' | undefined => {
    for (const reference of subjectsOf(source.node)) {
      const target = resolver.find(reference, source)
      if (target?.type === 'Patient') return ofPatient(target)
      const number = referencedNhsNumber(reference)
      if (number && source.type !== 'List') {
        return parseNhsNumber(number).ok || byNumber.has(number) ? ofNumber(number) : 'someone else'
      }
      if (referencedType(reference) === 'Patient') return 'someone else'
      if (referencedType(reference) === 'Group') return 'someone else'
    }
    return source.container ? named(source.container) : undefined
  }

  const strangers = new Set<string>()
  for (const source of sources) if (source.type === 'Patient') ofPatient(source)
  for (const source of sources) {
    if (named(source) !== 'someone else') continue
    for (const reference of subjectsOf(source.node)) strangers.add(referencedKey(reference) ?? '')
  }
  if (persons.length === 0 && nhsNumber) ofNumber(nhsNumber)

  return {
    persons,
    ownerOf: (source) => {
      const found = named(source)
      if (found && found !== 'someone else') return { person: found, isDoubtful: false }
      const [only] = persons
      const isNamedByHand = only?.patient === undefined && strangers.size === 1
      if (only && persons.length === 1 && (only.patient || !found || isNamedByHand)) {
        return { person: only, isDoubtful: found === 'someone else' && !isNamedByHand }
      }
      return {
        reason: found ? 'it is about a patient who is not in the file' : 'it does not say which patient it is about',
      }
    },
  }
}

function subjectsOf(node: FhirNode): readonly FhirNode[] {
  return subjectNames.flatMap((name) => nodesOf(node[name]))
}

/** One NHS number, and nothing that speaks against it: two people may carry the same masked one. */
function isSamePerson(person: Person, patient: Source): boolean {
  const born = textOf(person.patient?.node['birthDate'])
  const other = textOf(patient.node['birthDate'])
  return born === undefined || other === undefined || born === other
}
