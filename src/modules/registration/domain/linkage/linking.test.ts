import { describe, expect, test } from 'vitest'
import { parseLocalDate } from '#kernel/time'
import { decideLinking, whyNotOpen, type IssuedDetails } from './linking.ts'

const now = new Date('2026-03-02T08:00:00Z')

function day(text: string) {
  const found = parseLocalDate(text)
  if (!found) throw new Error('Not a day')
  return found
}

function issued(given: Partial<IssuedDetails> = {}): IssuedDetails {
  return {
    relation: 'self',
    keyHash: 'right',
    familyName: 'Núñez-Okafor',
    bornOn: day('1961-04-12'),
    isCompetent: false,
    expiresAt: new Date('2026-03-30T23:00:00Z'),
    wrongTries: 0,
    practiceIsLive: true,
    registration: 'active',
    isSensitive: false,
    isMerged: false,
    hasOtherAccount: false,
    ...given,
  }
}

/** DOMAIN ACC-6. */
describe('whyNotOpen', () => {
  test.for([
    ['2013-03-03', true, 'too-young-or-not-competent'],
    ['2013-03-02', true, undefined],
    ['2013-03-02', false, 'too-young-or-not-competent'],
    ['2010-03-03', false, 'too-young-or-not-competent'],
    ['2010-03-02', false, undefined],
    // Born on 29 February: 16 on 1 March.
    ['2008-02-29', false, undefined],
  ] as const)('for somebody born on %s, competent: %s, is %s', ([born, isCompetent, failure]) => {
    expect(whyNotOpen(issued({ bornOn: day(born), isCompetent }), now)).toBe(failure)
  })

  test('does not ask the age of a proxy, nor whether the patient has an account', () => {
    const proxy = issued({ relation: 'proxy', bornOn: day('2012-01-01'), hasOtherAccount: true })
    expect(whyNotOpen(proxy, now)).toBeUndefined()
  })
})

describe('decideLinking', () => {
  const right = { keyHash: 'right', familyName: 'nunez okafor', bornOn: day('1961-04-12') }

  test('knows a name without its accents and hyphens', () => {
    expect(decideLinking(issued(), right, now).ok).toBe(true)
  })

  test('looks at nothing else once there were too many wrong tries', () => {
    expect(decideLinking(issued({ wrongTries: 10 }), right, now)).toEqual({
      ok: false,
      refusal: 'too-many-wrong-tries',
    })
  })

  test('tells nobody with a wrong key how things stand with the patient', () => {
    const dead = issued({ registration: 'deceased', usedAt: now })
    expect(decideLinking(dead, { ...right, keyHash: 'wrong' }, now)).toEqual({
      ok: false,
      refusal: 'key-does-not-match',
    })
  })
})
