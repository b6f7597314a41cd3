import type { IncomingEntry, IncomingRecord } from '../../domain/entry.ts'
import { readPdf } from './read-pdf.ts'

const longest = 10_000_000
const mostPages = 60
const mostGivenUp = 3

/**
 * A record with the words of its PDF documents, so that they are read by the rules like any other
 * letter. One that is locked, broken, too long or without words stays as it is: documents whose words
 * are not known are held all the same. After three that take too much time or memory, the others of
 * the record stay as they are too.
 */
export async function withWordsOfDocuments(record: IncomingRecord): Promise<IncomingRecord> {
  if (!record.entries.some(isPdf)) return record
  const entries: IncomingEntry[] = []
  let givenUp = 0
  for (const entry of record.entries) {
    const mayRead = isPdf(entry) && givenUp < mostGivenUp
    const found = mayRead ? await readPdf(entry.content.bytes, mostPages) : undefined
    if (found && 'none' in found && found.none === 'given up') givenUp++
    const words = found && 'words' in found ? found.words : undefined
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
