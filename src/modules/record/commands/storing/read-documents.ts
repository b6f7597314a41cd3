import { extractText, getDocumentProxy } from 'unpdf'
import type { IncomingEntry, IncomingRecord } from '../../domain/entry.ts'
import { documentWords } from '../../domain/reading/document-words.ts'

const longest = 10_000_000
const mostPages = 60

/**
 * A record with the words of its documents, so that they are read by the rules like any other letter.
 * One that is locked, broken, too long or has a page without words stays as it is: documents whose
 * words are not known are held all the same.
 */
export async function withWordsOfDocuments(record: IncomingRecord): Promise<IncomingRecord> {
  if (!record.entries.some(({ content }) => content)) return record
  const entries: IncomingEntry[] = []
  for (const entry of record.entries) {
    const { content } = entry
    const words = content && (await wordsOf(content.contentType, content.bytes))
    entries.push(
      content && words !== undefined ? { ...entry, content: { ...content, words } } : entry,
    )
  }
  return { ...record, entries }
}

/** The words of a document of any kind that can be read for certain; `undefined` of any other. */
export async function wordsOf(contentType: string, bytes: Uint8Array): Promise<string | undefined> {
  if (bytes.length > longest) return undefined
  const words = /^application\/pdf\b/i.test(contentType)
    ? await wordsOfPdf(bytes)
    : documentWords(contentType, bytes)
  return words?.trim() === '' ? undefined : words?.replaceAll('\0', '')
}

/**
 * The words of a PDF, page after page; `undefined` where it cannot be read, or where a page has none:
 * that may be a picture of some.
 */
export async function wordsOfPdf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    // It takes the bytes it is given for itself, so it is given a copy.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes))
    if (pdf.numPages > mostPages) return undefined
    const { text: pages } = await extractText(pdf, { mergePages: false })
    return pages.some((page) => page.trim() === '') ? undefined : pages.join('\n\n')
  } catch {
    return undefined
  }
}
