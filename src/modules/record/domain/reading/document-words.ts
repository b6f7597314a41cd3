import { wordsOfLetter } from '../text/letters.ts'

/**
 * The words of a document's bytes, where they can be read for certain: plain text in UTF-8, HTML and
 * RTF. Words that a browser would not show may be among them, a file of pictures alone has none.
 */
export function documentWords(contentType: string, bytes: Uint8Array): string | undefined {
  if (!/^text\/plain\b/i.test(contentType)) return wordsOfLetter(contentType, bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
