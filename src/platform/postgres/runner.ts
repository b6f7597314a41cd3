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

/** Inside a user namespace of one user: root is not root to Postgres, but the files stay root's. */
function namespaced({ uid, gid }: User): Runner {
  return { prefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'] }
}

/** Another user who may still walk through folders closed to all but root. */
function capable({ uid, gid }: User): Runner {
  const keep = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return { prefix: ['setpriv', ...become, ...keep, '--'] }
}

/**
 * The way to run `postgres` on a data folder that exists. Not root: as ourselves. Root: in a user
 * namespace; where those are forbidden, or the folder is another user's already, as a user who owns
 * the folder, which is given to them. Users must have a name, or the database cannot be made.
 * Throws StartFailure where no way works.
 */
export function chooseRunner(postgres: string, dataDir: string): Runner {
  const uid = process.getuid?.()
  if (uid === undefined) return plain
  const owner = ownerOf(dataDir)
  const accounts = readAccounts()
  const named = userOf(accounts, 'postgres') ?? nobody(accounts)
  if (uid !== 0 && owner.uid !== uid) {
    throw new StartFailure(
      `The data folder ${dataDir} belongs to another user: start as that user, or set DATA_DIR.`,
    )
  }
  if (owner.uid === uid) {
    if (uid !== 0 && accounts.some((account) => account.uid === uid)) return plain
    const runner = namespaced(nobody(accounts))
    if (works(runner, postgres, dataDir)) return runner
    if (uid !== 0) return plain
  }
  return asAnother(owner.uid === 0 ? named : owner, postgres, dataDir)
}

function asAnother(user: User, postgres: string, dataDir: string): Runner {
  if (ownerOf(dataDir).uid !== user.uid) giveTo(dataDir, user)
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
  const [file, ...args] = [...runner.prefix, '/bin/sh', '-c', script, postgres, dataDir] as const
  return spawnSync(file, args, { stdio: 'ignore', ...runner.user }).status === 0
}

function ownerOf(path: string): User {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

interface Account extends User {
  readonly name: string
}

function readAccounts(): readonly Account[] {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
    return lines.flatMap((line) => {
      const [name, , uid, gid] = line.split(':')
      return name !== undefined && Number(uid) > 0
        ? [{ name, uid: Number(uid), gid: Number(gid) }]
        : []
    })
  } catch {
    return []
  }
}

function userOf(accounts: readonly Account[], name: string): User | undefined {
  const found = accounts.find((account) => account.name === name)
  return found && { uid: found.uid, gid: found.gid }
}

function nobody(accounts: readonly Account[]): User {
  return userOf(accounts, 'nobody') ?? { uid: 65_534, gid: 65_534 }
}

function giveTo(path: string, user: User): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) giveTo(inside, user)
    else lchownSync(inside, user.uid, user.gid)
  }
  chownSync(path, user.uid, user.gid)
}
