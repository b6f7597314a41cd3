import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Lets one process at a time install. Others wait and then look again. The lock of a process that
 * is gone is put aside.
 */
export async function withInstallLock(root, work) {
  mkdirSync(join(root, '.build'), { recursive: true })
  const file = join(root, '.build', 'install.lock')
  let told = false
  while (!take(file)) {
    const owner = ownerOf(file)
    if (owner !== undefined && !isAlive(owner)) {
      putAside(file, owner)
      continue
    }
    if (!told) console.error('Another command is installing packages: waiting for it.')
    told = true
    await delay(300)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function ownerOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** Someone may have taken the lock since it was read: then it is given back. */
function putAside(file, staleOwner) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (ownerOf(aside) !== staleOwner) linkSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function isAlive(pid) {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
