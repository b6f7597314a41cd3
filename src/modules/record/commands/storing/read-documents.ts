import type { IncomingEntry, IncomingRecord } from '../../domain/entry.ts'
import { documentWords } from '../../domain/reading/document-words.ts'
import { readPdf } from './read-pdf.ts'

const longest = 10_000_000
const mostPages = 60
const mostGivenUp = 3

/**
 * A record with the words of its documents, so that they are read by the rules like any other letter.
 * One that is locked, broken, too long or has a page without words stays as it is: documents whose
 * words are not known are held all the same. After three that take too much time or memory, the other
 * PDFs of the record stay as they are too.
 */
export async function withWordsOfDocuments(record: IncomingRecord): Promise<IncomingRecord> {
  if (!record.entries.some(({ content }) => content)) return record
  const entries: IncomingEntry[] = []
  let givenUp = 0
  for (const entry of record.entries) {
    const { content } = entry
    const found =
      content && content.bytes.length <= longest
        ? await wordsOf(content, givenUp < mostGivenUp)
        : undefined
    if (found === 'given up') givenUp++
    const words = found && found !== 'given up' && found.words.replaceAll('\0', '')
    entries.push(
      content && words && words.trim() !== ''
        ? { ...entry, content: { ...content, words } }
        : entry,
    )
  }
  return { ...record, entries }
}

/** What a document of any kind says that can be read for certain; nothing of any other. */
async function wordsOf(
  { contentType, bytes }: NonNullable<IncomingEntry['content']>,
  mayReadPdf: boolean,
): Promise<{ readonly words: string } | 'given up' | undefined> {
  if (!/^application\/pdf\b/i.test(contentType)) {
    const words = documentWords(contentType, bytes)
    return words === undefined ? undefined : { words }
  }
  const found = mayReadPdf ? await readPdf(bytes, mostPages) : undefined
  if (!found || 'words' in found) return found
  return found.none === 'given up' ? found.none : undefined
}
