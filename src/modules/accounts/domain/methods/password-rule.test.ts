import { describe, expect, test } from 'vitest'
import { isCommonPassword } from '#platform/auth'
import { whyNotPassword } from './password-rule.ts'

const about = ['ann.patel@example.com', 'Ann Patel']
const rare = { isCommon: false, about }

describe('whyNotPassword', () => {
  test.each([
    ['nine char', 'too-short'],
    ['ten chars!', undefined],
    ['👍'.repeat(9), 'too-short'],
    ['👍'.repeat(10), undefined],
    ['x'.repeat(200), undefined],
    ['x'.repeat(201), 'too-long'],
    ['three quiet otters', undefined],
    ['   spaces are fine   ', undefined],
    ['annpatel2026', 'about-you'],
    ['Patel.1961!', 'about-you'],
    ['patel went to the sea', undefined],
  ])('of %j says %s', (password, refusal) => {
    expect(whyNotPassword(password, rare)).toBe(refusal)
  })

  test('refuses what is known from breaches', () => {
    expect(whyNotPassword('1qaz2wsx3edc', { isCommon: true, about })).toBe('too-common')
  })
})

describe('isCommonPassword', () => {
  test.each([
    'password',
    'PASSWORD',
    'liverpool',
    'liverpool1892!',
    'qwertyuiop',
    '1234567890',
    'abcabcabcabc',
    'aaaaaaaaaaaa',
  ])('knows %s', async (password) => {
    expect(await isCommonPassword(password)).toBe(true)
  })

  test('knows hardly anything that nobody chose before', async () => {
    const made = Array.from(
      { length: 5_000 },
      (_, place) => `w${place}x${(place * 7919) % 104_729}q`,
    )
    const found = await Promise.all(made.map(isCommonPassword))
    expect(found.filter(Boolean).length).toBeLessThan(10)
  })
})
