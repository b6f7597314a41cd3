import { describe, expect, test } from 'vitest'
import { formatCell } from './csv.ts'
import { readSearch } from './find-form.ts'
import { formatMissed } from './missed-words.ts'

describe('formatCell', () => {
  test.for([
    ['plain words', 'Patel', '"Patel"'],
    ['nothing', undefined, '""'],
    ['a quote', 'O"Neil', '"O""Neil"'],
    ['a formula', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['a phone number that begins with plus', '+44 1632', '"\'+44 1632"'],
    ['a minus', '-2', '"\'-2"'],
    ['an at sign', '@SUM(A1)', '"\'@SUM(A1)"'],
    ['a formula after a space', ' =1', '"\' =1"'],
    ['a tab', '\t=1', '"\'\t=1"'],
    ['a line break first', '\n=1', '"\'\n=1"'],
    ['a hyphen within', 'Smith-Jones', '"Smith-Jones"'],
  ] as const)('makes a safe cell of %s', ([, text, cell]) => {
    expect(formatCell(text)).toBe(cell)
  })
})

describe('readSearch', () => {
  test('takes what is no number for a name, and a number for a date or an NHS number', () => {
    expect(readSearch('')).toEqual({})
    expect(readSearch('Ann   Patel')).toEqual({ by: { name: 'Ann Patel' } })
    expect(readSearch('12.4.1961')).toEqual({ by: { bornOn: '1961-04-12' } })
    expect(readSearch('943 476 5919')).toEqual({ by: { nhsNumber: '9434765919' } })
    expect(readSearch('9434765918').fault).toContain('That NHS number is not right')
    expect(readSearch('31 2 1961').fault).toContain('or a date of birth like 12 4 1961')
  })
})

describe('formatMissed', () => {
  const some = { missed: 0, lateCancelled: 0, months: 12, advice: 'Ask.' }

  test('says how many were missed and cancelled late', () => {
    expect(formatMissed({ ...some, missed: 2, lateCancelled: 1 })).toBe(
      '2 appointments missed and 1 cancelled late in the last 12 months. Ask.',
    )
    expect(formatMissed({ ...some, lateCancelled: 1, months: 1 })).toBe(
      '1 appointment cancelled late in the last month. Ask.',
    )
  })
})
