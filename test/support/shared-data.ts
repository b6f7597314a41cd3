import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Whether a folder of published test material lies beside the repository. */
export function hasShared(folder: string): boolean {
  return existsSync(`${root}${folder}`)
}

/** The names of a folder's files that end so; none where the folder is not there. */
export function sharedFiles(folder: string, ending: string): readonly string[] {
  if (!hasShared(folder)) return []
  return readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith(ending))
    .toSorted()
}

/** The text of one file. */
export function sharedText(folder: string, name: string): string {
  return readFileSync(`${root}${folder}/${name}`, 'utf8')
}

/** One JSON file, of which nothing is known. */
export function sharedJson(folder: string, name: string): unknown {
  return JSON.parse(sharedText(folder, name))
}
