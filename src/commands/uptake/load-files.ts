import { readFile } from 'node:fs/promises'
import { systemProof, type Database } from '#platform/db'
import {
  importPublished,
  nationwide,
  parseDeciles,
  parseEpraccur,
  parsePlaces,
  parsePomi,
  rollUpStale,
  saveApprovals,
  saveDeciles,
  savePlaces,
  savePracticePlaces,
} from '#modules/uptake'
import type { Load } from './parse-asked.ts'

const shownRefusals = 20
const atOnce = 2000

interface Refused {
  readonly line: number
  readonly why: string
}

/** Takes files in and says what became of them; 0 where every line went in. */
export async function loadFiles(db: Database, load: Load): Promise<number> {
  const refused = await take(db, load)
  for (const { line, why } of refused.slice(0, shownRefusals)) console.log(`  line ${line}: ${why}`)
  if (refused.length > shownRefusals) console.log(`  and ${refused.length - shownRefusals} more`)
  return refused.length === 0 ? 0 : 1
}

async function take(db: Database, load: Load): Promise<readonly Refused[]> {
  switch (load.kind) {
    case 'import':
      return importFiles(db, load.paths)
    case 'practices': {
      const { rows, refused } = parseEpraccur(await readFile(load.path, 'utf8'))
      for (let at = 0; at < rows.length; at += atOnce) {
        await db.transaction(nationwide, (tx) =>
          savePracticePlaces(tx, load.from, rows.slice(at, at + atOnce)),
        )
      }
      console.log(`${rows.length} practices saved, ${refused.length} lines refused`)
      return refused
    }
    case 'places': {
      const { rows, refused } = parsePlaces(await readFile(load.path, 'utf8'))
      if (rows.length > 0) await db.transaction(nationwide, (tx) => savePlaces(tx, rows))
      console.log(`${rows.length} places saved, ${refused.length} lines refused`)
      return refused
    }
    case 'approvals': {
      const text = await readFile(load.path, 'utf8')
      const codes = text.split(/\s+/).filter((word) => /^[A-Z0-9]{3,10}$/.test(word))
      await db.transaction(nationwide, (tx) => saveApprovals(tx, codes, load.on))
      console.log(`${codes.length} practices may be returned from ${load.on} on`)
      return []
    }
    case 'deciles': {
      const areas = load.areas === undefined ? undefined : await readFile(load.areas, 'utf8')
      const { rows, refused } = parseDeciles(await readFile(load.path, 'utf8'), areas)
      await db.transaction(systemProof(load.practice), (tx) => saveDeciles(tx, rows))
      console.log(`${rows.length} postcodes saved, ${refused.length} lines refused`)
      return refused
    }
  }
}

async function importFiles(db: Database, paths: readonly string[]): Promise<readonly Refused[]> {
  const all: Refused[] = []
  for (const path of paths) {
    const { rows, refused, repeated } = parsePomi(await readFile(path, 'utf8'))
    const { added, corrected, unchanged } = await importPublished(db, rows)
    console.log(
      `${path}: ${rows.length} practice months: ${added} added, ${corrected} corrected, ` +
        `${unchanged} as they were; ${repeated} lines repeated, ${refused.length} refused`,
    )
    all.push(...refused)
  }
  const months = await rollUpStale(db)
  console.log(`${months.length} months summed up anew`)
  return all
}
