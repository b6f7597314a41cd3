import { parseNhsNumber } from '#kernel/nhs-number'
import { type FhirNode, nodesOf, textOf } from './fhir-node.ts'
import { callingOf } from './kinds.ts'
import { nhsNumbersOf, referencedNhsNumber } from './people.ts'
import { referencedKey, referencedType, type Resolver } from './references.ts'
import type { Reading } from './reading.ts'
import type { Source } from './sources.ts'

/** One person of a file: described by a Patient, or only named by an NHS number. */
export interface Person {
  readonly patient?: Source
  readonly nhsNumber?: string
}

/** Whose a resource is, and how sure that is. */
type Owner =
  | { readonly person: Person; readonly isDoubtful: boolean }
  | { readonly person?: undefined; readonly reason: string }

/** Finds whose each resource is. */
interface Ownership {
  readonly persons: readonly Person[]
  ownerOf(source: Source): Owner
}

const subjectNames = [
  'subject',
  'patient',
  'beneficiary',
  'for',
  'individual',
  'policyHolder',
] as const

/** The resources of a file by whose they are. */
interface SortedByOwner {
  readonly owned: ReadonlyMap<Person, readonly Source[]>
  /** Kept under the only person of the file, though they name another. */
  readonly doubtful: ReadonlySet<Source>
  /** Whose nobody is known to be, and why. */
  readonly unowned: ReadonlyMap<Source, string>
}

/**
 * Sorts resources by person. People, places and products are nobody's. `nhsNumber`, if given, names
 * the person of a file that describes none.
 */
export function sortByOwner(
  sources: readonly Source[],
  reading: Reading,
  nhsNumber?: string,
): SortedByOwner {
  const ownership = makeOwnership(sources, reading.resolver, nhsNumber)
  const owned = new Map<Person, Source[]>(ownership.persons.map((person) => [person, []]))
  const doubtful = new Set<Source>()
  const unowned = new Map<Source, string>()
  for (const source of sources) {
    const calling = callingOf(source.type)
    if (calling === 'people') continue
    if (calling === 'foreign') {
      unowned.set(source, "it is not a kind of resource that a patient's record is made of")
      continue
    }
    const owner = ownership.ownerOf(source)
    if (!owner.person) {
      unowned.set(source, owner.reason)
      continue
    }
    owned.get(owner.person)?.push(source)
    if (!owner.isDoubtful) continue
    doubtful.add(source)
    reading.note(source, 'it names a patient who is not in the file: kept, and never shown')
  }
  return { owned, doubtful, unowned }
}

/**
 * Makes the persons of a file. A resource that names nobody is the only person's, where there is
 * one; so is one that names a patient who is not in the file, but that is doubtful.
 */
function makeOwnership(
  sources: readonly Source[],
  resolver: Resolver,
  nhsNumber?: string,
): Ownership {
  const register = makeRegister()
  const strangers = new Set<string>()
  const named = (source: Source) => nameOwner(source, register, resolver)
  for (const source of sources) if (source.type === 'Patient') register.ofPatient(source)
  for (const source of sources) {
    if (named(source) !== 'someone else') continue
    for (const reference of subjectsOf(source.node)) strangers.add(referencedKey(reference) ?? '')
  }
  const { persons } = register
  if (persons.length === 0 && nhsNumber) register.ofNumber(nhsNumber)

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
        reason: found
          ? 'it is about a patient who is not in the file'
          : 'it does not say which patient it is about',
      }
    },
  }
}

/** The persons found so far, each once. */
interface Register {
  readonly persons: readonly Person[]
  readonly ofPatient: (patient: Source) => Person
  readonly ofNumber: (number: string) => Person
  readonly knows: (number: string) => boolean
}

function makeRegister(): Register {
  const byPatient = new Map<Source, Person>()
  const byNumber = new Map<string, Person>()
  const persons: Person[] = []
  return {
    persons,
    knows: (number) => byNumber.has(number),
    ofPatient: (patient) => {
      const numbers = nhsNumbersOf(patient.node).filter((each) => parseNhsNumber(each).ok)
      const same = numbers
        .map((each) => byNumber.get(each))
        .find((each) => each && isSamePerson(each, patient))
      const person = byPatient.get(patient) ?? same ?? { patient }
      byPatient.set(patient, person)
      if (persons.includes(person)) return person
      for (const number of numbers) byNumber.set(number, person)
      persons.push(person)
      return person
    },
    ofNumber: (number) => {
      const known = byNumber.get(number)
      if (known) return known
      const person = { nhsNumber: number }
      byNumber.set(number, person)
      persons.push(person)
      return person
    },
  }
}

function nameOwner(
  source: Source,
  register: Register,
  resolver: Resolver,
): Person | 'someone else' | undefined {
  for (const reference of subjectsOf(source.node)) {
    const target = resolver.find(reference, source)
    if (target?.type === 'Patient') return register.ofPatient(target)
    const number = referencedNhsNumber(reference)
    if (number && source.type !== 'List') {
      const isNumber = parseNhsNumber(number).ok || register.knows(number)
      return isNumber ? register.ofNumber(number) : 'someone else'
    }
    if (['Patient', 'Group'].includes(referencedType(reference) ?? '')) return 'someone else'
  }
  return source.container ? nameOwner(source.container, register, resolver) : undefined
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
