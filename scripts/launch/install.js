import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Failure } from './failure.js'
import { withInstallLock } from './install-lock.js'

/**
 * Runs `npm ci` where node_modules differs from package-lock.json. What runs the service is always
 * required; development packages only where `development` is set, so that an image built with
 * `npm ci --omit=dev` starts without a network.
 */
export async function installMissing(root, { development }) {
  if (isInstalled(root, development)) return
  await withInstallLock(root, async () => {
    if (isInstalled(root, development)) return
    console.error('Installing packages: about half a minute, the first time only.')
    const code = await npm(root, installArguments(root))
    if (code !== 0 || !isInstalled(root, development)) {
      throw new Failure(`Packages could not be installed (npm ended with ${code}, see above).`)
    }
  })
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install is never complete. */
function isInstalled(root, development) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  if (!wanted) throw new Failure('package-lock.json is missing or unreadable.')
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (!present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = present[path]
    if (found) return found.version === entry.version && found.integrity === entry.integrity
    return entry.optional || entry.devOptional || (entry.dev && !development)
  })
}

function packagesIn(file) {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function installArguments(root) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const all = ['--include=dev', '--include=optional', '--include=peer']
  const inUse = process.platform === 'win32' && isInside(root, process.execPath)
  return inUse ? ['install', '--no-save', ...all, ...quiet] : ['ci', ...all, ...quiet]
}

/** Windows cannot delete the program it is running, and `npm ci` begins by deleting everything. */
function isInside(root, file) {
  return file.startsWith(join(root, 'node_modules') + sep)
}

function npm(root, args) {
  const script = process.env.npm_execpath
  const node = process.env.npm_node_execpath
  const known = script && node && /\.c?js$/.test(script) && existsSync(node)
  const [file, prefix] = known ? [node, [script]] : ['npm', []]
  const shell = !known && process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...prefix, ...args], {
      cwd: root,
      shell,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.on('error', () => reject(new Failure('npm was not found: it comes with Node.')))
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
}
