import { required } from './random.ts'

/** What is asked of somebody whose name and sign-in are known. */
export type Part =
  | 'full'
  | 'detailed-only'
  | 'appointments-only'
  | 'all-off'
  | 'young-adult'
  | 'huge-record'
  | 'empty-record'
  | 'much-held'

/** Somebody whom a person trying the service can be: who they are, and what there is to see. */
export interface CastMember {
  readonly part: Part
  readonly given: string
  readonly family: string
  readonly sex: 'female' | 'male'
  readonly age: number
  readonly email: string
  readonly tryThis: string
}

const parts: readonly {
  readonly part: Part
  readonly sex: 'female' | 'male'
  readonly age: number
  readonly tryThis: string
}[] = [
  {
    part: 'full',
    sex: 'female',
    age: 58,
    tryThis: 'Book, order medicines and read a full record with years of results',
  },
  {
    part: 'detailed-only',
    sex: 'male',
    age: 71,
    tryThis: 'A record at the detailed level: coded entries, no free text or letters',
  },
  {
    part: 'appointments-only',
    sex: 'female',
    age: 34,
    tryThis: 'Appointments only: the record and medicines are off',
  },
  {
    part: 'all-off',
    sex: 'male',
    age: 45,
    tryThis: 'Everything is switched off, and each page says who can change that',
  },
  { part: 'young-adult', sex: 'female', age: 18, tryThis: 'A young adult with a short record' },
  {
    part: 'huge-record',
    sex: 'female',
    age: 84,
    tryThis: 'A very long record: about 2,000 entries',
  },
  { part: 'empty-record', sex: 'male', age: 29, tryThis: 'A record with nothing in it' },
  {
    part: 'much-held',
    sex: 'female',
    age: 41,
    tryThis: 'Compare what she sees with what the practice sees: much of it is held',
  },
]

const names: readonly (readonly string[])[] = [
  [
    'Ann Patel',
    'George Whitfield',
    'Priya Shah',
    'Tomasz Nowak',
    'Chloe Clarke',
    'Margaret Hughes',
    'Daniel Reid',
    'Leila Haddad',
  ],
  [
    'Carol Bennett',
    'Derek Sutcliffe',
    'Ayesha Malik',
    'Stephen Holmes',
    'Megan Lewis',
    'Joan Hargreaves',
    'Adam Fletcher',
    'Nicola Burton',
  ],
  [
    'Sandra Osei',
    'Kenneth Thorpe',
    'Ewa Dudek',
    'Martin Crossley',
    'Jasmine Grant',
    'Dorothy Penrose',
    'Rohan Mehta',
    'Claire Wainwright',
  ],
]

/** Each practice's first patients are these parts, in this order. */
export const castSize = parts.length

/** Who plays the part with this number, or `undefined` past the last. Names repeat from practice 4. */
export function castMember(practiceIndex: number, index: number): CastMember | undefined {
  const part = parts[index]
  if (!part) return undefined
  const name = required(required(names[practiceIndex % names.length])[index])
  const [given = '', family = ''] = name.split(' ')
  return { ...part, given, family, email: emailFor(name, practiceIndex, names.length) }
}

/** ann.patel@example.com; where practices share names, ann.patel.4@example.com at the fourth. */
export function emailFor(name: string, practiceIndex: number, distinct: number): string {
  const plain = name.replace(/^Dr /, '').toLowerCase().replaceAll(' ', '.')
  const number = practiceIndex < distinct ? '' : `.${practiceIndex + 1}`
  return `${plain}${number}@example.com`
}
