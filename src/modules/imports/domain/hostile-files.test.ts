import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureJson } from './measure-json.ts'
import { parseFile } from './parse-file.ts'
import { addsUp, readExport } from './read-export.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const bundle = '{"resourceType":"Bundle","entry":['

/** Nothing here may take longer than its size: what grew faster would not end within the test. */
describe('parseFile', () => {
  test.each([
    ['deep lists', '['.repeat(1_000_000), 'it is nested more than 200 deep'],
    ['deep objects', '{"a":'.repeat(500_000), 'it is nested more than 200 deep'],
    [
      'a deep line',
      `{"resourceType":"Patient"}\n${'['.repeat(300)}`,
      'it is nested more than 200 deep',
    ],
    [
      'ten million objects',
      `${bundle}${'{},'.repeat(5_000_000)}{}]}`,
      'it holds more than four million values: split it into several files',
    ],
    [
      'ten million lines',
      `{"resourceType":"Patient"}${'\n'.repeat(10_000_000)}x`,
      'it holds more than four million values: split it into several files',
    ],
    ['one line of nothing', 'x'.repeat(50_000_000), 'it is not JSON'],
    ['one string that never ends', `"${'\\"'.repeat(5_000_000)}`, 'it is not JSON'],
  ])('refuses %s, and says why', (_, text, why) => {
    const parsed = parseFile(bytesOf(text))
    expect(parsed.ok ? '' : parsed.refusal).toContain(why)
  })

  const fhir = '<Bundle xmlns="http://hl7.org/fhir">'
  test.each([
    ['comments that nothing ends', fhir + '<!--'.repeat(1_000_000)],
    ['instructions that nothing ends', fhir + '<?'.repeat(2_000_000)],
    ['tags that nothing ends', fhir + '<entry '.repeat(500_000)],
    ['values that nothing ends', fhir + '<entry a="'.repeat(400_000)],
    ['one long blank', `${fhir}<entry${' '.repeat(3_000_000)}`],
    ['tags that nothing opened', fhir + '</entry>'.repeat(500_000)],
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]>${fhir}&b;</Bundle>`],
  ])('refuses XML of %s', (_, text) => {
    expect(parseFile(bytesOf(text)).ok).toBe(false)
  })

  test('reads a bundle of XML with a hundred thousand entries', () => {
    const parsed = parseFile(bytesOf(`${fhir}${'<entry/>'.repeat(100_000)}</Bundle>`))
    expect(parsed.ok && JSON.stringify(parsed.value.roots).length).toBeGreaterThan(200_000)
  })

  test.each([
    ['UTF-16', new Uint8Array(Buffer.from('\ufeff{"resourceType":"Patient"}', 'utf16le'))],
    ['Latin 1', new Uint8Array(Buffer.from('{"resourceType":"Patient","x":"é"}', 'latin1'))],
    ['a ZIP', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0xff])],
    ['a gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
  ])('refuses %s in words', (_, bytes) => {
    const parsed = parseFile(bytes)
    expect(parsed.ok ? '' : parsed.refusal).toMatch(/^it is not (text in UTF-8|JSON)/)
  })
})

describe('measureJson', () => {
  test('finds the depth of any JSON, and no fewer values than it has', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
        const measured = measureJson(bytesOf(JSON.stringify(value, undefined, indent)))
        expect(measured.depth).toBe(depthOf(value))
        expect(measured.values).toBeGreaterThanOrEqual(membersOf(value) - 1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('readExport', () => {
  const reference = (to: string) => ({ reference: to })
  const subject = reference('Patient/p')
  test.each([
    ['patients', (at: number) => ({ resourceType: 'Patient', id: `q${at}` })],
    [
      'observations in one ring',
      (at: number, of: number) => ({
        resourceType: 'Observation',
        id: `o${at}`,
        subject,
        hasMember: [reference(`Observation/o${(at + 1) % of}`)],
      }),
    ],
    [
      'observations that all hold one another',
      (at: number, of: number) => ({
        resourceType: 'Observation',
        id: `o${at}`,
        subject,
        hasMember: [0, 1, at - 1, of - at].map((to) => reference(`Observation/o${to}`)),
      }),
    ],
    [
      'lists in one ring',
      (at: number, of: number) => ({
        resourceType: 'List',
        id: `l${at}`,
        subject,
        entry: [{ item: reference(`List/l${(at + 1) % of}`) }],
      }),
    ],
    [
      'orders based on one another',
      (at: number, of: number) => ({
        resourceType: 'MedicationRequest',
        id: `m${at}`,
        subject,
        intent: at % 2 === 0 ? 'plan' : 'order',
        basedOn: [reference(`MedicationRequest/m${(at + 1) % of}`)],
      }),
    ],
    ['things of the same name', () => ({ resourceType: 'Observation', id: 'o', subject })],
    ['things of nobody', (at: number) => ({ resourceType: 'Condition', id: `k${at}` })],
  ])('reads thousands of %s, and the report adds up', (_, make) => {
    const count = 3000
    const entry = Array.from({ length: count }, (__, at) => ({ resource: make(at, count) }))
    const person = { resource: { resourceType: 'Patient', id: 'p' } }
    const reading = readExport([{ resourceType: 'Bundle', entry: [person, ...entry] }])
    expect(reading.counted).toBe(count + 1)
    expect(addsUp(reading)).toBe(true)
  })
})

function depthOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function membersOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + membersOf(one), 0)
}
