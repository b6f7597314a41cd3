import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.js'
import { Failure } from './failure.js'

const thisFile = fileURLToPath(import.meta.url)

/**
 * As `bundle`, in a process of its own that takes the bundler and its memory, a third of a gigabyte,
 * away with it: who calls stays beside the service for as long as that runs.
 */
export function bundleApart(root, entries) {
  const { status, stdout } = spawnSync(process.execPath, [thisFile, root, ...entries], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Failure('The code could not be bundled, see above.')
  return JSON.parse(stdout)
}

if (process.argv[1] === thisFile) {
  const [, , root, ...entries] = process.argv
  try {
    process.stdout.write(JSON.stringify(await bundle(root, entries)))
  } catch (error) {
    if (!(error instanceof Failure)) console.error(error)
    process.exitCode = 1
  }
}
