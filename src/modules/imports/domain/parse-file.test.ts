import { describe, expect, test } from 'vitest'
import { parseFile } from './parse-file.ts'
import { parseWhen } from './dates.ts'

const read = (text: string) => parseFile(new TextEncoder().encode(text))

describe('parseFile', () => {
  test.each([
    ['', 'it is empty'],
    ['  \n', 'it is empty'],
    ['{"resourceType": "Bundle"', 'it is not JSON'],
    ['hello', 'it is not JSON'],
    ['{"a": 1}', 'it is not FHIR: nothing in it says its resourceType'],
    ['[1, 2]', 'it is not FHIR: nothing in it says its resourceType'],
    ['null', 'it is not FHIR: nothing in it says its resourceType'],
    ['<html></html>', 'it is XML, but not of FHIR'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><x/>', 'it has a document type, which is not read'],
    ['<Patient xmlns="http://hl7.org/fhir"><id value="1">', 'it is not whole XML'],
  ])('refuses %j because %s', (text, reason) => {
    expect(read(text)).toMatchObject({ ok: false, refusal: expect.stringContaining(reason) })
  })

  test('refuses what is nested too deeply, however deeply', () => {
    const nested = (depth: number) =>
      `{"resourceType":"Bundle","x":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(read(nested(50)).ok).toBe(true)
    for (const depth of [300, 200_000]) {
      expect(read(nested(depth))).toMatchObject({
        ok: false,
        refusal: expect.stringContaining('nested'),
      })
    }
  })

  test('refuses what is no text', () => {
    expect(parseFile(new Uint8Array([0xff, 0xfe, 0x00, 0x80]))).toMatchObject({
      ok: false,
      refusal: 'it is not text in UTF-8',
    })
  })

  test('reads NDJSON, keeping a line that is no JSON as its text', () => {
    const parsed = read('{"resourceType":"Patient"}\n\nbroken\n{"resourceType":"Condition"}\n')
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        format: 'ndjson',
        roots: [{ resourceType: 'Patient' }, 'broken', { resourceType: 'Condition' }],
      },
    })
  })

  test('reads XML: repeats as lists, values, extensions and resources within', () => {
    const parsed = read(`<?xml version="1.0"?><!-- a -->
      <Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient><id value="p"/>
      <name><given value="Ann"/><given value="Jo &amp; K&#233;"/></name>
      <text><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi<br/></p></div></text>
      <extension url="http://x/y"><valueBoolean value="true"/></extension></Patient></resource></entry></Bundle>`)
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        format: 'xml',
        roots: [
          {
            resourceType: 'Bundle',
            entry: {
              resource: {
                resourceType: 'Patient',
                id: 'p',
                name: { given: ['Ann', 'Jo & Ké'] },
                text: { div: '<p>Hi<br/></p>' },
                extension: { url: 'http://x/y', valueBoolean: 'true' },
              },
            },
          },
        ],
      },
    })
  })

  test('takes out characters that no database keeps, and says so', () => {
    const parsed = read('{"resourceType":"Patient","id":"a\\u0000b\\ud800c"}')
    expect(parsed).toMatchObject({
      ok: true,
      value: { isCleaned: true, roots: [{ id: 'ab\ufffdc' }] },
    })
  })
})

describe('parseWhen', () => {
  test.each([
    ['2026', '2026-01-01T00:00:00.000Z', 'year'],
    ['2026-07', '2026-06-30T23:00:00.000Z', 'month'],
    ['2026-07-14', '2026-07-13T23:00:00.000Z', 'day'],
    ['2026-01-14T09:05:00+00:00', '2026-01-14T09:05:00.000Z', 'minute'],
    ['2026-07-14T09:05:00', '2026-07-14T08:05:00.000Z', 'minute'],
    ['2026-07-14T00:00:00+01:00', '2026-07-13T23:00:00.000Z', 'day'],
  ])('reads %s as %s, to the %s', (text, at, precision) => {
    expect(parseWhen(text)).toEqual({ at: new Date(at), precision })
  })

  test.each([
    '1849-12-31',
    '0001-01-01',
    '2201-01-01',
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T25:00:00Z',
    'last May',
    '',
    7,
    null,
  ])('reads nothing from %j', (value) => {
    expect(parseWhen(value)).toBeUndefined()
  })
})
