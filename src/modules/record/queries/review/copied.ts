import type { Tx } from '#platform/db'
import type { Copied } from '../../domain/deciding/patient-copy.ts'
import type { StoredEntry } from '../../domain/plan-storing.ts'
import { documentForStaff } from '../review.ts'

/** Most of a document's words that are offered for taking out, in bytes. */
const longest = 200_000

/** An entry with the words of its document, where that is plain text of a length that can be read. */
export async function copiedEntry(
  tx: Tx,
  { entryId, entry, documentHash }: StoredEntry,
): Promise<Copied> {
  if (documentHash === undefined) return entry
  const file = await documentForStaff(tx, entryId)
  const isText = file?.contentType.startsWith('text/plain') ?? false
  return file && isText && file.bytes.length <= longest
    ? { ...entry, documentText: file.bytes.toString('utf8') }
    : entry
}
