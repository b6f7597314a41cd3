/** The words of a document's bytes, where they can be read for certain: plain text. */
export function documentWords(contentType: string, bytes: Uint8Array): string | undefined {
  if (!/^text\/plain\b/i.test(contentType)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
