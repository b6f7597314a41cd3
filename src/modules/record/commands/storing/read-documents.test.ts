import { describe, expect, test } from 'vitest'
import { aPdf } from '../../../../../test/support/a-pdf.ts'
import { screenText } from '../../domain/text/screen-text.ts'
import { withWordsOfDocuments, wordsOfPdf } from './read-documents.ts'

const line = 'Wife rang, he must not know that she did.'

describe('wordsOfPdf', () => {
  test('finds words that the rules then read', async () => {
    const words = await wordsOfPdf(aPdf(line, 'Page two'))
    expect(words).toContain(line)
    expect(words).toContain('Page two')
    expect(screenText(words ?? '', {}).outcome).toBe('review')
  })

  test.each([
    ['that is none', new TextEncoder().encode('%PDF-1.4 broken')],
    ['of nothing', new Uint8Array()],
    ['without words', aPdf('')],
    ['with a page that may be a picture of words', aPdf(line, '')],
  ])('says nothing of a file %s', async (_, bytes) => {
    expect(await wordsOfPdf(bytes)).toBeUndefined()
  })
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
