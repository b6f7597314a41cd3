import { array, assert, constantFrom, oneof, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalValueFlags } from './critical-values.ts'
import { cue, cuesIn, everyCue } from './cues.ts'
import { identityFlags, withoutOwnDetails } from './identity.ts'
import type { KnownPerson } from './known-person.ts'

/** Of each cue what is found only by it, of a man of 20 born on 2 March 1985. */
const examples = [
  [cue.heading, 'Re : Joan Smith'],
  [cue.heading, 'Patient name: Joan Smith'],
  [cue.dear, 'Dear Mrs Smith, you attended on Monday'],
  [cue.label, 'letter is for Joan, in error'],
  [cue.label, 'bloods of Joan, in error'],
  [cue.number, '943 476 5870'],
  [cue.number, '9434765870'],
  [cue.number, 'NHS number that ends in 1234'],
  [cue.birth, 'D.O.B. 3/3/1931'],
  [cue.birth, 'date of birth 3/3/1931'],
  [cue.birth, 'b. 3.3.31'],
  [cue.aged, '85yo F'],
  [cue.aged, '52-year-old F with gout'],
  [cue.aged, 'woman, aged 85'],
  [cue.aged, 'F, aged 85 yrs'],
  [cue.old, 'this pleasant 85 year old'],
  [cue.age, 'age on the form is 85'],
  [cue.sex, 'sex: female'],
  [cue.life, 'retired in 1971'],
  [cue.life, 'G2 P1'],
  [cue.weight, 'wt 9.1 kg'],
  [cue.weight, 'Weight: 8kg'],
  [cue.span, '41 yrs service'],
  [cue.span, 'married 50 years'],
  [cue.title, 'Mrs Smith attended'],
  [cue.value, 'Hb 61'],
  [cue.value, 'adj ca 3.9'],
  [cue.value, 'CA125 400'],
  [cue.value, 'NT-proBNP 9000'],
] as const

const people: readonly KnownPerson[] = [
  { sex: 'female', patientAge: 70, familyName: 'Holt', givenName: 'Ann' },
  { sex: 'male', patientAge: 20, nhsNumber: '9434765919', dateOfBirth: '1985-03-02' },
]
const words =
  'Re Patient pt name Name dear Dear Mr Mrs Smith John Joan Holt your letter you attended label headed says reads called letter report results for form scan of wrong other belongs to bloods meant nhs NHS number ends in 943 476 5919 9434765919 9434765870 d o b dob D.O.B. date birth born on 2 02 3 03 March 85 1985 1931 85yo b m M f F man woman Male lady boy girl 52 52m 52yrs years year old y/o yo aged age is sex gender this pleasant retired since 32/40 34+2 G2 P1 k K+ 7.9 na 112 wt weight weighs kg service married smoked ago attended underwent Hb 61 platelets INR 9 ca125 ca 400 nt-probnp 9000 result was'.split(
    ' ',
  )
const marks = [' ', ' ', ' ', '', '.', ', ', ': ', '-', '/', '\n', '  ', '\u00A0', '(', 'é']
const texts = array(oneof(constantFrom(...words), constantFrom(...marks)), { maxLength: 14 }).map(
  (parts) => parts.join(''),
)
const spaced = array(constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(' '))

const among = tuple(spaced, constantFrom(...examples), constantFrom(...marks), spaced).map(
  ([before, [, text], mark, after]) => `${before}\n${text}${mark}${after}`,
)
const flagsOf = (text: string, person: KnownPerson, cues: number) => [
  ...identityFlags(text, person, cues),
  ...criticalValueFlags(text, cues),
]

describe('cuesIn', () => {
  test('hides nothing that would be found without looking for cues', () => {
    let found = 0
    assert(
      property(oneof(texts, spaced, among), constantFrom(...people), (text, person) => {
        const cues = cuesIn(text)
        const all = flagsOf(text, person, everyCue)
        found += all.length
        expect(flagsOf(text, person, cues)).toEqual(all)
        expect(withoutOwnDetails(text, person, cues)).toBe(
          withoutOwnDetails(text, person, everyCue),
        )
      }),
      { numRuns: 3000 },
    )
    expect(found).toBeGreaterThan(100)
  })

  test.each(examples)('has for cue %i what %j needs', (bit, text) => {
    const [, man = {}] = people
    expect(flagsOf(text, man, cuesIn(text))).not.toEqual([])
    expect(flagsOf(text, man, cuesIn(text) & ~bit)).toEqual([])
  })

  test('finds none in an ordinary entry but that it has letters and figures', () => {
    const text = 'Low back pain after gardening, naproxen 500 mg. Stay active, back in 6 weeks.'
    expect(cuesIn(text)).toBe(cue.letter | cue.figure)
  })
})
