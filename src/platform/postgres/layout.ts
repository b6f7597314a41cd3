import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** Where the things of one data folder are. All paths are absolute and without links. */
export interface Layout {
  readonly dataDir: string
  /** What Postgres keeps: its tables, its journal, its settings. */
  readonly cluster: string
  readonly socketDir: string
  readonly log: string
  /** Says which process uses the folder. */
  readonly ownerFile: string
  /** Of the superuser, where there are no sockets to be guarded by the file system (Windows). */
  readonly passwordFile: string
}

/** Makes the data folder, readable by its owner alone, and says where things in it are. */
export function prepareLayout(dataDir: string): Layout {
  const found = makeFolder(dataDir)
  return {
    dataDir: found,
    cluster: join(found, 'cluster'),
    socketDir: socketDirFor(found),
    log: join(found, 'postgres.log'),
    ownerFile: join(found, 'owner.json'),
    passwordFile: join(found, 'password'),
  }
}

function makeFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return realpathSync(dataDir)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new StartFailure(`The data folder ${dataDir} cannot be made (${code}).`, { cause })
  }
}

/** A socket's whole path has 103 bytes at most on macOS (107 on Linux), of which its name takes 14. */
const longestFolder = 103 - '/.s.PGSQL.5432'.length

function socketDirFor(dataDir: string): string {
  if (process.platform === 'win32' || Buffer.byteLength(dataDir) <= longestFolder) return dataDir
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const name = `patient-online-${hash}`
  const short = [join(tmpdir(), name), join('/tmp', name)].find(
    (path) => Buffer.byteLength(path) <= longestFolder,
  )
  if (!short) throw new StartFailure(`The path of the data folder is too long: ${dataDir}`)
  mkdirSync(short, { recursive: true, mode: 0o700 })
  requireOurs(short, dataDir)
  return short
}

/** The folder for temporary files is everyone's: another user may have put a trap of that name there. */
function requireOurs(folder: string, dataDir: string): void {
  const found = lstatSync(folder)
  const owners = [process.getuid?.(), lstatSync(dataDir).uid]
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new StartFailure(`The folder ${folder} belongs to someone else: remove it.`)
  }
  chmodSync(folder, 0o700)
}
