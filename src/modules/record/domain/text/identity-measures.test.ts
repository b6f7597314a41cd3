import { describe, expect, test } from 'vitest'
import { identityFlags } from './identity.ts'

const rulesOf = (text: string, patientAge: number, sex?: 'male' | 'female') =>
  identityFlags(text, { patientAge, ...(sex && { sex }) }).map(({ rule }) => rule)

describe('a weight that is not of the patient’s age', () => {
  test.each([
    ['Wt 24.9 kg', 16],
    ['weighs 9.1kg today', 8],
    ['Weight: 20.5 kg', 0],
    ['wt 46 kg', 4],
  ])('%j at %i is held', (text, age) => {
    expect(rulesOf(text, age)).toContain('identity.weight')
  })
  test.each([
    ['Wt 25 kg', 16],
    ['Wt 24.9 kg', 15],
    ['Wt 20 kg', 0],
    ['lost 6 kg, wt stable', 50],
    ['Baby weighs 4.1 kg', 30],
  ])('%j at %i says nothing against the patient', (text, age) => {
    expect(rulesOf(text, age)).not.toContain('identity.weight')
  })
})

describe('a span of years longer than a life', () => {
  test.each([
    ['Bus driver, 41 yrs service.', 52, true],
    ['Bus driver, 41 yrs service.', 53, false],
    ['Appendix out 21 years ago.', 20, true],
    ['Appendix out 21 years ago.', 21, false],
    ['Married 30 years.', 41, true],
    ['Mum smoked 30 years.', 20, false],
    ['10 years risk 12 %.', 8, false],
  ])('%j at %i', (text, age, isHeld) => {
    expect(rulesOf(text, age).includes('identity.span')).toBe(isHeld)
  })
})

describe('a letter about somebody of the other sex', () => {
  test.each([
    ['Dear Dr, re Margaret Oyelaran, 71. Plugs placed.', 'male', true],
    ['Dear Dr, re Margaret Oyelaran, 71. Plugs placed.', 'female', false],
    ['Dear Dr, re Knee Pain. Settled.', 'male', false],
    ['Mr Farid Lateef attended the fracture clinic.', 'female', true],
    ['Mr Lateef reviewed the cast.', 'female', false],
    ['Mrs Lateef underwent surgery.', 'male', true],
  ] as const)('%j of a %s patient', (text, sex, isHeld) => {
    expect(rulesOf(text, 70, sex).includes('identity.about')).toBe(isHeld)
  })
})
