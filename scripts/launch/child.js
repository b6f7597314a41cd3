import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** Signals a person or a supervisor stops us with, and what the child is told. */
const forwarded = { SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' }

/**
 * Runs a program until it ends and gives its exit code. The child has a session of its own, so that
 * Ctrl-C, which the terminal sends to all and npm sends again, reaches it once: through here. The
 * channel between us closes when this process dies, however it dies: the child sees that.
 */
export function runProcess(file, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    })
    const stopWatching = watchParent(child)
    const stopForwarding = forwardSignals(child)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopWatching()
      stopForwarding()
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** On Windows the console tells the child itself, and a signal sent from here would end it unasked. */
function forwardSignals(child) {
  let last = -Infinity
  const listeners = Object.entries(forwarded).map(([signal, told]) => {
    const listener = () => {
      const again = performance.now() - last < 500
      last = performance.now()
      if (!again && process.platform !== 'win32') child.kill(told)
    }
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return () => listeners.forEach((stop) => stop())
}

/** npm killed outright tells nobody: the child is then stopped from here. */
function watchParent(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => {}
  const isThere = parentWatch()
  const timer = setInterval(() => {
    if (isThere()) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 500)
  return () => clearInterval(timer)
}

/** npm is our parent, or stands behind the shell that is. One whose parent dies gets another. */
function parentWatch() {
  const parent = process.ppid
  const before = parentOf(parent)
  return () => {
    if (process.ppid !== parent) return false
    if (before === undefined) return true
    return process.platform === 'linux' ? parentOf(parent) === before : isAlive(before)
  }
}

function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
    }
    const listed = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' })
    return Number(listed.stdout) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
