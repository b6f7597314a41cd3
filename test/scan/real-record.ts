import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { IncomingEntry } from '#modules/record'
import type { Random } from '../../src/modules/demo/domain/random.ts'
import { parseFile } from '../../src/modules/imports/domain/parse-file.ts'
import { readExport } from '../../src/modules/imports/domain/read-export.ts'
import type { Given } from './given-record.ts'

const folder = resolve('../shared/data/gp2gp-uat-stu3')
const mostAtOnce = 25
let read: readonly (readonly IncomingEntry[])[] | undefined

/** Records that GP systems exported, where published ones lie beside the repository; otherwise none. */
export function realRecords(): readonly (readonly IncomingEntry[])[] {
  read ??= existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .flatMap(recordsOf)
    : []
  return read
}

function recordsOf(name: string): readonly (readonly IncomingEntry[])[] {
  const parsed = parseFile(readFileSync(resolve(folder, name)))
  if (!parsed.ok) return []
  return readExport(parsed.value.roots, { others: [] })
    .patients.map(({ entries }) => entries)
    .filter((entries) => entries.length > 0)
}

/** Some neighbours of a real record, each with its mark in its title and its text. */
export function someRealEntries(
  random: Random,
  nextMark: () => string,
  now: Date,
): readonly Given[] {
  const record = random.pick(realRecords())
  const from = random.int(0, Math.max(0, record.length - mostAtOnce))
  return record.slice(from, from + random.int(5, mostAtOnce)).map((entry) => {
    const mark = nextMark()
    const { title, text } = entry
    const marked = {
      ...entry,
      title: `${title} ${mark}`,
      ...(text !== undefined && { text: `${text} ${mark}` }),
    }
    return { entry: marked, mark, givenAt: now, isReal: true }
  })
}

/** The same entry with another mark. */
export function marked(given: Given, mark: string, now: Date): Given {
  const { entry } = given
  return {
    ...given,
    mark,
    givenAt: now,
    entry: {
      ...entry,
      title: entry.title.replaceAll(given.mark, mark),
      ...(entry.text !== undefined && { text: entry.text.replaceAll(given.mark, mark) }),
    },
  }
}
