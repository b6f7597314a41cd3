import { describe, expect, test } from 'vitest'
import { screenText } from '../../domain/text/screen-text.ts'
import { withWordsOfDocuments, wordsOfPdf } from './read-documents.ts'

/** A PDF of one page with one line of text. */
function aPdf(line: string): Uint8Array {
  const stream = `BT /F1 12 Tf 72 720 Td (${line}) Tj ET`
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = parts.map((part, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${part}\nendobj\n`
    return at
  })
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${rows}`
  const end = `trailer << /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF`
  return new TextEncoder().encode(file + table + end)
}

const line = 'Wife rang, he must not know that she did.'

describe('wordsOfPdf', () => {
  test('finds words that the rules then read', async () => {
    const words = await wordsOfPdf(aPdf(line))
    expect(words).toContain(line)
    expect(screenText(words ?? '', {}).outcome).toBe('review')
  })

  test.each([
    ['that is none', new TextEncoder().encode('%PDF-1.4 broken')],
    ['of nothing', new Uint8Array()],
    ['without words', aPdf('')],
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
