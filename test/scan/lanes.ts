import { makeDatabaseOn } from '../support/fresh-database.ts'
import { runHistory } from './history.ts'
import { marksInMachinery } from './machinery.ts'
import { openStage } from './stage.ts'

/** What a scan found so far. */
export interface ScanFound {
  readonly histories: number
  readonly leaks: readonly string[]
  readonly answersRead: number
  readonly bytesRead: number
  readonly marksSeen: number
}

const begunAt = new Date('2026-03-02T08:00:00Z')
const lanes = 3
/** A connection plans every statement of the service anew, which costs more than all else: one each. */
const maxConnections = 1
/** A database grows with what is in it, so each serves only so many. */
const historiesPerDatabase = 40

/**
 * Runs so many histories, from this seed on, several at a time, each lane on databases of its own.
 * `onFound` is told after each history.
 */
export async function runHistories(
  serverUrl: string,
  wanted: {
    readonly histories: number
    readonly seed: number
    readonly onFound?: (found: ScanFound) => void
  },
): Promise<ScanFound> {
  const seeds = Array.from({ length: wanted.histories }, (_, index) => wanted.seed + index)
  let found: ScanFound = { histories: 0, leaks: [], answersRead: 0, bytesRead: 0, marksSeen: 0 }
  const share = Math.min(historiesPerDatabase, Math.ceil(wanted.histories / lanes))
  const runLane = async (): Promise<void> => {
    for (let own = seeds.splice(0, share); own.length > 0; own = seeds.splice(0, share)) {
      const stage = await openStage(
        await makeDatabaseOn(serverUrl, begunAt, { maxConnections }),
        own.length,
      )
      try {
        for (const seed of own) {
          const seen = await runHistory(stage, seed)
          found = {
            histories: found.histories + 1,
            leaks: [...found.leaks, ...seen.leaks],
            answersRead: found.answersRead + seen.answersRead,
            bytesRead: found.bytesRead + seen.bytesRead,
            marksSeen: found.marksSeen + seen.marksSeen,
          }
          wanted.onFound?.(found)
        }
        found = { ...found, leaks: [...found.leaks, ...(await marksInMachinery(stage))] }
      } finally {
        await stage.close()
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, runLane))
  return found
}
