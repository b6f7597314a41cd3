import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { aPdf, aPdfOf } from '../../../../../test/support/a-pdf.ts'
import { screenText } from '../../domain/text/screen-text.ts'
import { withWordsOfDocuments } from './read-documents.ts'
import { readPdf } from './read-pdf.ts'

const line = 'Wife rang, he must not know that she did.'

/** A few kilobytes that unfold into a quarter of a gigabyte of operators. */
function aBomb(): Uint8Array {
  const operators = Buffer.alloc(256 * 1024 * 1024, 'q Q ')
  const pressed = deflateSync(deflateSync(operators, { level: 1 }))
  return aPdfOf([pressed], '/Filter [/FlateDecode /FlateDecode]')
}

describe('readPdf', () => {
  test('finds words that the rules then read', async () => {
    const found = await readPdf(aPdf(line, 'Page two'), 60)
    expect(found).toMatchObject({ words: expect.stringContaining(line) })
    expect(found).toMatchObject({ words: expect.stringContaining('Page two') })
    expect(screenText(line, {}).outcome).toBe('review')
  })

  test.each([
    ['that is none', new TextEncoder().encode('%PDF-1.4 broken')],
    ['of nothing', new Uint8Array()],
    ['without words', aPdf('')],
    ['with a page that may be a picture of words', aPdf(line, '')],
  ])('says nothing of a file %s', async (_, bytes) => {
    expect(await readPdf(bytes, 60)).toEqual({ none: 'unreadable' })
  })

  test('gives a file up that unfolds into more than there is room for, and reads the next', async () => {
    const before = process.memoryUsage.rss()
    const found = await readPdf(aBomb(), 60, { ms: 15_000, bytes: 200 * 1024 * 1024 })
    expect(found).toEqual({ none: 'given up' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 * 1024 * 1024 * 1024)
    expect(await readPdf(aPdf(line), 60)).toMatchObject({ words: expect.any(String) })
  }, 60_000)

  test('gives a file up that takes too long', async () => {
    const found = await readPdf(aBomb(), 60, { ms: 30, bytes: 4 * 1024 * 1024 * 1024 })
    expect(found).toEqual({ none: 'given up' })
  }, 60_000)
})

describe('withWordsOfDocuments', () => {
  test('adds words to a PDF, keeps its bytes whole, and leaves the rest alone', async () => {
    const bytes = aPdf(line)
    const before = Uint8Array.from(bytes)
    const recordedAt = new Date('2026-02-20T09:00:00Z')
    const letter = { sourceKey: 'a', kind: 'document', title: 'Letter', recordedAt } as const
    const pdf = { ...letter, content: { contentType: 'application/pdf', bytes } }
    const picture = { ...letter, sourceKey: 'b', content: { contentType: 'image/png', bytes } }
    const given = { source: 's', isWhole: false, sections: [], entries: [pdf, picture] }
    const { entries } = await withWordsOfDocuments(given)
    expect(entries[0]?.content?.words).toContain(line)
    expect(entries[0]?.content?.bytes).toEqual(before)
    expect(entries[1]).toBe(picture)
  })
})
