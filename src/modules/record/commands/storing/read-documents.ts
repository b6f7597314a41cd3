import type { IncomingEntry, IncomingRecord } from '../../domain/entry.ts'
import { documentWords } from '../../domain/reading/document-words.ts'
import { readPdf, type ReadingLimits } from './read-pdf.ts'

/** Documents of more bytes are not read. */
export const longest = 10_000_000
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
    const words = keptWords(found)
    entries.push(content && words ? { ...entry, content: { ...content, words } } : entry)
  }
  return { ...record, entries }
}

type Found = { readonly words: string } | 'given up' | undefined

/** The words to keep of what was found; nothing where there are none. */
export function keptWords(found: Found): string | undefined {
  const words = found && found !== 'given up' ? found.words.replaceAll('\0', '') : ''
  return words.trim() === '' ? undefined : words
}

/** What a document of any kind says that can be read for certain; nothing of any other. */
export async function wordsOf(
  { contentType, bytes }: Pick<NonNullable<IncomingEntry['content']>, 'contentType' | 'bytes'>,
  mayReadPdf: boolean,
  limits?: ReadingLimits,
): Promise<Found> {
  if (!/^application\/pdf\b/i.test(contentType)) {
    const words = documentWords(contentType, bytes)
    return words === undefined ? undefined : { words }
  }
  const found = mayReadPdf ? await readPdf(bytes, mostPages, limits) : undefined
  if (!found || 'words' in found) return found
  return found.none === 'given up' ? found.none : undefined
}
