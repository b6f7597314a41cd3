import { spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** How to run the server's programs, which refuse to be root. */
export interface Runner {
  readonly prefix: readonly string[]
  /** Whom to become before running, where no program does that for us. */
  readonly user?: User
}

interface User {
  readonly uid: number
  readonly gid: number
}

const plain: Runner = { prefix: [] }

/** As root inside a user namespace of one user: not root to Postgres, but the files stay root's. */
const namespaced: Runner = {
  prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
}

/** Another user who may still walk through folders closed to all but root. */
function capable({ uid, gid }: User): Runner {
  const keep = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return { prefix: ['setpriv', ...become, ...keep, '--'] }
}

/**
 * The way to run `postgres` on a data folder that exists. Not root: as ourselves. Root: in a user
 * namespace; where those are forbidden, or the folder is another user's already, as a user who owns
 * the folder (which is then given to a user number that nobody has). Throws StartFailure where no
 * way works.
 */
export function chooseRunner(postgres: string, dataDir: string): Runner {
  const uid = process.getuid?.()
  if (uid === undefined) return plain
  const owner = ownerOf(dataDir)
  if (uid !== 0) {
    if (owner.uid === uid) return plain
    throw new StartFailure(
      `The data folder ${dataDir} belongs to another user: start as that user, or set DATA_DIR.`,
    )
  }
  if (owner.uid === 0 && works(namespaced, postgres, dataDir)) return namespaced
  const user = owner.uid === 0 ? unusedUser() : owner
  if (owner.uid === 0) giveTo(dataDir, user)
  const runner = [capable(user), { ...plain, user }].find((each) => works(each, postgres, dataDir))
  if (runner) return runner
  throw new StartFailure(
    'PostgreSQL does not run as root and no other user reaches this folder: ' +
      'start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether the server runs this way and may write to the folder. */
function works(runner: Runner, postgres: string, dataDir: string): boolean {
  const script = '"$0" --version >/dev/null && test -w "$1"'
  const [file = '', ...args] = [...runner.prefix, '/bin/sh', '-c', script, postgres, dataDir]
  return spawnSync(file, args, { stdio: 'ignore', ...runner.user }).status === 0
}

function ownerOf(path: string): User {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

/** A number from Debian's reserved range that stands for nobody on this machine. */
function unusedUser(): User {
  const taken = new Set([...idsIn('/etc/passwd'), ...idsIn('/etc/group')])
  let id = 65_500
  while (taken.has(id)) id -= 1
  return { uid: id, gid: id }
}

function idsIn(file: string): readonly number[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return lines.map((line) => Number(line.split(':')[2]))
  } catch {
    return []
  }
}

function giveTo(path: string, user: User): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) giveTo(inside, user)
    else lchownSync(inside, user.uid, user.gid)
  }
  chownSync(path, user.uid, user.gid)
}
