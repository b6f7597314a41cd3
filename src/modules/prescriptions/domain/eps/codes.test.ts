import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { hasShared, sharedFiles, sharedText } from '../../../../../test/support/shared-data.ts'
import { codedDrugOf, isDrugCode } from './drug-code.ts'
import { isPrescriptionId, newPrescriptionId } from './prescription-id.ts'
import { parseQuantity } from './quantity.ts'

const practice = 'A83008' as OdsCode
const hex = fc.stringMatching(/^[0-9A-F]{11}$/)

describe('newPrescriptionId', () => {
  test('gives an id whose check character is right, whatever is drawn', () => {
    fc.assert(
      fc.property(hex, (random) => {
        const id = newPrescriptionId(practice, random)
        expect(id).toMatch(/^[0-9A-F]{6}-A83008-[0-9A-F]{5}[0-9A-Z+]$/)
        expect(isPrescriptionId(id ?? '')).toBe(true)
      }),
    )
  })

  test('notices any one character that is changed, and any two neighbours that change places', () => {
    fc.assert(
      fc.property(
        hex,
        fc.nat(19),
        fc.constantFrom(...'0123456789ABCDEFXYZ'),
        (random, at, other) => {
          const id = newPrescriptionId(practice, random) ?? ''
          const changed = id.slice(0, at) + other + id.slice(at + 1)
          if (changed !== id) expect(isPrescriptionId(changed)).toBe(false)
          const swapped = id.slice(0, at) + (id[at + 1] ?? '') + (id[at] ?? '') + id.slice(at + 2)
          if (swapped !== id && !id.slice(at, at + 2).includes('-'))
            expect(isPrescriptionId(swapped)).toBe(false)
        },
      ),
    )
  })

  test('pads a shorter code, and gives none for a longer one', () => {
    expect(newPrescriptionId('RBA' as OdsCode, 'A9690911EBA')).toMatch(/^A96909-000RBA-11EBA.$/)
    expect(newPrescriptionId('A8300812' as OdsCode, 'A9690911EBA')).toBeUndefined()
  })
})

describe('isPrescriptionId', () => {
  test.skipIf(!hasShared('eps-r4'))(
    'knows every id of the published examples, and the one published as wrong (needs ../shared)',
    () => {
      const wrong: string[] = []
      const files = sharedFiles('eps-r4', '.json')
      for (const name of files) {
        const text = sharedText('eps-r4', name)
        for (const [id] of text.matchAll(/\b[0-9A-F]{6}-[0-9A-Z]{6}-[0-9A-F]{5}[0-9A-Z+]/g))
          if (!isPrescriptionId(id)) wrong.push(name)
      }
      expect(files.length).toBeGreaterThan(25)
      expect([...new Set(wrong)]).toEqual([
        'errors__1-Process-Request-Send-400_INVALID_CHECKSUM.json',
      ])
    },
  )
})

describe('isDrugCode', () => {
  test('takes codes with a right check digit alone', () => {
    for (const code of ['39732311000001104', '322341003', '321080004', '319283006', '428673006'])
      expect(isDrugCode(code), code).toBe(true)
    for (const code of ['39732311000001105', '322341030', '32234100', 'abc', '', '0322341003'])
      expect(isDrugCode(code), code).toBe(false)
  })

  test.skipIf(!hasShared('eps-r4'))(
    'knows the drugs of the published examples (needs ../shared)',
    () => {
      const codes = sharedFiles('eps-r4', 'Send-200_OK.json').flatMap((name) =>
        [...sharedText('eps-r4', name).matchAll(/"code": "(\d{6,18})",\s+"display"/g)].map(
          ([, code]) => code,
        ),
      )
      expect(codes.length).toBeGreaterThan(30)
      expect(codes.filter((code) => !isDrugCode(code ?? ''))).toEqual([])
    },
  )
})

describe('codedDrugOf', () => {
  const system = 'http://snomed.info/sct'

  test('takes the first code of the dictionary, past those of others', () => {
    const codings = [
      { system: 'http://read.info/readv2', code: 'bd3j.00', display: 'Amlodipine' },
      { system, code: '319283006', display: 'Amlodipine 5mg tablets' },
      { system, code: '319284000', display: 'Amlodipine 10mg tablets' },
    ]
    expect(codedDrugOf(codings, 'x')).toEqual({
      code: '319283006',
      display: 'Amlodipine 5mg tablets',
    })
  })

  test('finds none in words, in other dictionaries and in a code with a wrong digit', () => {
    expect(codedDrugOf([], 'Amlodipine 5mg tablets')).toBeUndefined()
    expect(codedDrugOf([{ system: 'x', code: '319283006' }], 'Amlodipine')).toBeUndefined()
    expect(codedDrugOf([{ system, code: '319283007' }], 'Amlodipine')).toBeUndefined()
    expect(codedDrugOf([{ system, display: 'Amlodipine' }], 'Amlodipine')).toBeUndefined()
  })
})

describe('parseQuantity', () => {
  test.each([
    ['28 tablet', 28, 'tablet'],
    ['56 tablets', 56, 'tablet'],
    ['100 Capsules', 100, 'capsule'],
    ['500ml', 500, 'ml'],
    ['30 gram', 30, 'gram'],
    ['7.5 g', 7.5, 'gram'],
    ['200 dose', 200, 'dose'],
  ])('reads %s', (text, value, unit) => {
    const quantity = parseQuantity(text)
    expect(quantity).toMatchObject({ value, unit })
    expect(isDrugCode(quantity?.code ?? '')).toBe(true)
  })

  test.each([
    undefined,
    '',
    '28',
    'tablet',
    '2 x 14 tablet',
    '1 pack',
    '1 OP',
    '0 tablet',
    '1 pack of 28 tablets',
  ])('does not guess at %s', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
  })
})
