import { extractText, getDocumentProxy } from 'unpdf'
import type { IncomingEntry, IncomingRecord } from '../../domain/entry.ts'

const longest = 10_000_000
const mostPages = 60

/**
 * A record with the words of its PDF documents, so that they are read by the rules like any other
 * letter. One that is locked, broken, too long or without words stays as it is: documents whose words
 * are not known are held all the same.
 */
export async function withWordsOfDocuments(record: IncomingRecord): Promise<IncomingRecord> {
  if (!record.entries.some(isPdf)) return record
  const entries: IncomingEntry[] = []
  for (const entry of record.entries) {
    const words = isPdf(entry) ? await wordsOfPdf(entry.content.bytes) : undefined
    const { content } = entry
    entries.push(
      content && words !== undefined ? { ...entry, content: { ...content, words } } : entry,
    )
  }
  return { ...record, entries }
}

type WithContent = IncomingEntry & { readonly content: NonNullable<IncomingEntry['content']> }

function isPdf(entry: IncomingEntry): entry is WithContent {
  return (
    entry.content?.contentType.startsWith('application/pdf') === true &&
    entry.content.bytes.length <= longest
  )
}

/** The words of a PDF, page after page; `undefined` where it cannot be read or has none. */
export async function wordsOfPdf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    // It takes the bytes it is given for itself, so it is given a copy.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes))
    if (pdf.numPages > mostPages) return undefined
    const { text } = await extractText(pdf, { mergePages: true })
    return text.trim() === '' ? undefined : text
  } catch {
    return undefined
  }
}
