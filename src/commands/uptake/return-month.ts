import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { systemProof, type Database } from '#platform/db'
import { practiceCodes } from '#modules/directory'
import {
  closeMonth,
  formatFinding,
  formatMonth,
  instantsOfMonth,
  monthFiles,
  rollUpStale,
  type Closing,
} from '#modules/uptake'
import type { AskedMonth } from './parse-asked.ts'

const shownFindings = 40

/** Counts a month at every practice of ours, writes its files, and says what to look at; 0 when done. */
export async function returnMonth(db: Database, { month, out }: AskedMonth): Promise<number> {
  if (db.now() < instantsOfMonth(month).until) {
    console.error(`${formatMonth(month)} is not over.`)
    return 1
  }
  const counts: Record<Closing, number> = {
    closed: 0,
    corrected: 0,
    unchanged: 0,
    'not-begun': 0,
  }
  for (const practice of await practiceCodes(db)) {
    counts[await db.transaction(systemProof(practice), (tx) => closeMonth(tx, month))] += 1
  }
  console.log(
    `${formatMonth(month)}: ${counts.closed} practices closed, ${counts.corrected} corrected, ` +
      `${counts.unchanged} as they were, ${counts['not-begun']} not begun by then`,
  )
  await rollUpStale(db)
  return writeFiles(db, { kind: 'month', month, out })
}

async function writeFiles(db: Database, { month, out }: AskedMonth): Promise<number> {
  const { files, findings, leftOut, practices } = await monthFiles(db.figures, month)
  await mkdir(out, { recursive: true })
  for (const { name, pieces } of files) {
    await write(join(out, name), pieces)
    console.log(`  ${join(out, name)}`)
  }
  console.log(`${practices} practices returned; ${leftOut.length} left out for want of approval`)
  for (const finding of findings.slice(0, shownFindings))
    console.log(`  ${finding.about}: ${formatFinding(finding)}`)
  if (findings.length > shownFindings)
    console.log(`  and ${findings.length - shownFindings} more, all in the QUALITY file`)
  return 0
}

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  const stream = createWriteStream(path)
  let waiting = ''
  for (const piece of pieces) {
    waiting += piece
    if (waiting.length < 65_536) continue
    if (!stream.write(waiting)) await once(stream, 'drain')
    waiting = ''
  }
  stream.end(waiting)
  await finished(stream)
}
