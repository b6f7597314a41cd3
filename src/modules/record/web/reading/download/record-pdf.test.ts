import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { disclose, type ReleasedEntry } from '../../../domain/disclosure.ts'
import type { RecordExport } from './export-model.ts'
import { printable, recordPdf } from './record-pdf.ts'

const now = new Date('2026-03-02T09:00:00Z')

function anExport(given: readonly Partial<ReleasedEntry>[]): RecordExport {
  const bornOn = parseLocalDate('1961-04-12')
  if (bornOn === undefined) throw new Error('Not a day')
  const released = given.map((one): ReleasedEntry => ({
    entryId: newId(now),
    source: 'test',
    sourceKey: newId(now),
    kind: 'measurement',
    title: 'Body weight',
    recordedAt: now,
    position: 0,
    detail: {},
    ...one,
  }))
  return {
    patient: {
      patientId: newId(now),
      givenName: 'Ann',
      familyName: 'Patel',
      bornOn,
      sex: 'female',
    },
    madeAt: now,
    scope: { parts: ['measurements', 'consultations'] },
    entries: disclose(released, [
      { current: 'full', historical: 'full', effectiveFrom: new Date(0) },
    ]),
    isCut: false,
  }
}

/** The text that a PDF shows, in the order in which it is drawn. */
function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return [...streams.join('\n').matchAll(/\[((?:<[\da-f]*>\s*-?[\d.]*\s*)+)\]\s*TJ/g)]
    .map(([, run = '']) =>
      [...run.matchAll(/<([\da-f]*)>/g)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    )
    .join('\n')
}

describe('recordPdf', () => {
  test('is tagged, says its language and title, and holds what was chosen', async () => {
    const pdf = await recordPdf(anExport([{ valueNumber: 80, unit: 'kg', text: 'Shoes on' }]))
    const raw = pdf.toString('latin1')
    expect(raw.startsWith('%PDF-1.7')).toBe(true)
    expect(raw).toContain('/Marked true')
    expect(raw).toContain('/Lang (en-GB)')
    expect(raw).toContain('/StructTreeRoot')
    expect(raw).toMatch(/\/S \/H2\b/)
    const text = textOf(pdf)
    for (const words of ['Ann Patel', 'Body weight', '80 kg', 'Shoes on', 'Measurements'])
      expect(text).toContain(words)
  })

  test('puts notes under their consultation and no note of another', async () => {
    const text = textOf(
      await recordPdf(
        anExport([
          { kind: 'consultation', title: 'Seen in surgery', sourceKey: 'visit' },
          { kind: 'note', title: 'Plan', text: 'Rest the knee', encounterKey: 'visit' },
          { kind: 'note', title: 'Plan', text: 'Not shown here', encounterKey: 'unseen' },
        ]),
      ),
    )
    expect(text).toContain('Rest the knee')
    expect(text).not.toContain('Not shown here')
  })
})

test('what the fonts lack is written plainly or left as a question, never as another sign', () => {
  expect(printable('Łukasz Żak ≥ 5 ×10⁹/L µg')).toBe('Lukasz Zak at least 5 ×10^9/L µg')
  expect(printable('日')).toBe('?')
})
