import type { FastifyInstance } from 'fastify'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import { saveSearches, type NotedSearch } from '../../commands/patient/save-searches.ts'

const waitMs = 1000
const keptAtMost = 20_000

/**
 * Notes searches beside the requests that make them: they are written together about once a second,
 * so that nobody who looks for an appointment at 8am waits for a disk. What is not yet written when
 * the process dies is lost; it is a measure of demand and nothing else.
 */
export function openSearchNotes(
  app: FastifyInstance,
): (practice: OdsCode, search: NotedSearch) => void {
  const waiting = new Map<OdsCode, NotedSearch[]>()
  let count = 0
  let timer: NodeJS.Timeout | undefined

  const write = async (): Promise<void> => {
    timer = undefined
    for (const [practice, searches] of [...waiting]) {
      waiting.delete(practice)
      count -= searches.length
      await app.db.transaction(systemProof(practice), (tx) => saveSearches(tx, searches))
    }
  }
  // A database that cannot be reached costs these notes, never a page or the process.
  const writeOrLose = () => write().catch(() => undefined)

  app.addHook('onClose', async () => {
    clearTimeout(timer)
    await writeOrLose()
  })
  return (practice, search) => {
    if (count >= keptAtMost) return
    count += 1
    const known = waiting.get(practice)
    if (known) known.push(search)
    else waiting.set(practice, [search])
    timer ??= setTimeout(() => void writeOrLose(), waitMs).unref()
  }
}
