import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { valueTypes } from './rows.ts'

const timestamptz = 1184
const asPgReads = pg.types.getTypeParser(timestamptz) as (text: string) => unknown

describe('valueTypes', () => {
  test.each([
    '2026-11-22 17:17:05+00',
    '2026-11-22 17:17:05.4+00',
    '2026-11-22 17:17:05.413999+00',
    '0044-03-15 00:00:00+00',
    '0044-03-15 00:00:00+00 BC',
    '12026-11-22 17:17:05+00',
    '2026-03-29 01:00:00+01',
    'infinity',
  ])('reads the instant %s as pg does', (text) => {
    const read: (given: string) => unknown = valueTypes.getTypeParser(timestamptz, 'text')
    expect(read(text)).toEqual(asPgReads(text))
  })
})
