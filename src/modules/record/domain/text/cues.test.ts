import { array, assert, constantFrom, oneof, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalValueFlags } from './critical-values.ts'
import { cue, cuesIn, everyCue } from './cues.ts'
import { identityFlags, withoutOwnDetails } from './identity.ts'
import type { KnownPerson } from './known-person.ts'

const people: readonly KnownPerson[] = [
  { sex: 'female', patientAge: 70, familyName: 'Holt', givenName: 'Ann' },
  { sex: 'male', patientAge: 20, nhsNumber: '9434765919', dateOfBirth: '1985-03-02' },
]
const words =
  'Re Patient pt name Name dear Dear Mr Mrs Smith John Joan Holt your letter you attended label headed says reads called letter report results for form scan of wrong other belongs to bloods meant nhs NHS number ends in 943 476 5919 9434765919 9434765870 d o b dob D.O.B. date birth born on 2 02 3 03 March 85 1985 1931 85yo b m M f F man woman Male lady boy girl 52 52m 52yrs years year old y/o yo aged age is sex gender this pleasant retired since 32/40 34+2 G2 P1 k K+ 7.9 na 112 Hb 61 platelets INR 9 ca125 ca 400 nt-probnp 9000 result was'.split(
    ' ',
  )
const marks = [' ', ' ', ' ', '', '.', ', ', ': ', '-', '/', '\n', '  ', '\u00A0', '(', 'é']
const texts = array(oneof(constantFrom(...words), constantFrom(...marks)), { maxLength: 14 }).map(
  (parts) => parts.join(''),
)
const spaced = array(constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(' '))

describe('cuesIn', () => {
  test('hides nothing that would be found without looking for cues', () => {
    let found = 0
    assert(
      property(oneof(texts, spaced), constantFrom(...people), (text, person) => {
        const cues = cuesIn(text)
        const all = [
          ...identityFlags(text, person, everyCue),
          ...criticalValueFlags(text, everyCue),
        ]
        found += all.length
        expect([...identityFlags(text, person, cues), ...criticalValueFlags(text, cues)]).toEqual(
          all,
        )
        expect(withoutOwnDetails(text, person, cues)).toBe(
          withoutOwnDetails(text, person, everyCue),
        )
      }),
      { numRuns: 3000 },
    )
    expect(found).toBeGreaterThan(100)
  })

  test('finds none in an ordinary entry but that it has letters and figures', () => {
    const text = 'Low back pain after gardening, naproxen 500 mg. Stay active, back in 6 weeks.'
    expect(cuesIn(text)).toBe(cue.letter | cue.figure)
  })
})
