import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { beginningOf, isRunning } from './process-table.ts'
import { StartFailure } from './start-failure.ts'

interface Owner {
  readonly pid: number
  readonly beginning?: string
}

const heldHere = new Set<string>()

/**
 * Makes this process the only one that uses a data folder, until the returned function is called or
 * it dies. Refuses with StartFailure while another lives that does; what a dead one left is ignored.
 */
export function takeOwnership(file: string, dataDir: string): () => void {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (take(file)) {
      heldHere.add(file)
      return () => {
        if (heldHere.delete(file)) rmSync(file, { force: true })
      }
    }
    const text = read(file)
    if (text === undefined) continue
    const owner = parseOwner(text)
    if (owner && isHolding(owner, file)) {
      throw new StartFailure(
        `Patient Online is already running on the data folder ${dataDir} (process ${owner.pid}).`,
      )
    }
    putAside(file, text)
  }
  throw new StartFailure(`The data folder ${dataDir} could not be locked: see ${file}`)
}

function isHolding(owner: Owner, file: string): boolean {
  if (owner.pid === process.pid) return heldHere.has(file)
  return isRunning(owner.pid) && owner.beginning === beginningOf(owner.pid)
}

/** Written beside and linked into place, so that nobody ever reads half an owner. */
function take(file: string): boolean {
  const own = `${file}.${process.pid}`
  const owner = { pid: process.pid, beginning: beginningOf(process.pid) }
  writeFileSync(own, JSON.stringify(owner))
  try {
    linkSync(own, file)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

/** Another start may have put the stale owner aside first and taken the place: then it keeps it. */
function putAside(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    if (read(aside) !== stale) linkSync(aside, file)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EEXIST') throw fault
  } finally {
    rmSync(aside, { force: true })
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const value = JSON.parse(text) as Partial<Owner> | null
    if (!value || !Number.isInteger(value.pid)) return undefined
    return value as Owner
  } catch {
    return undefined
  }
}
