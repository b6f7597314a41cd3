import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure } from './failure.js'

/**
 * Bundles TypeScript entries into `.build/<name>.js`, packages left outside, and gives the files
 * back in the order asked. Each is put in place whole, so that two commands started at once never
 * run half a file.
 */
export async function bundle(root, entries) {
  const esbuild = await import('esbuild')
  const folder = join(root, '.build')
  const result = await esbuild
    .build({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: folder,
      outbase: 'src',
      entryNames: '[name]',
      bundle: true,
      write: false,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node26',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcemap: 'linked',
      logLevel: 'error',
    })
    .catch((error) => {
      if (error.errors?.length) throw new Failure('The code could not be bundled, see above.')
      throw error
    })
  mkdirSync(folder, { recursive: true })
  for (const output of result.outputFiles) {
    const part = `${output.path}.${process.pid}`
    writeFileSync(part, output.contents)
    renameSync(part, output.path)
  }
  return entries.map((entry) => join(folder, basename(entry).replace(/\.tsx?$/, '.js')))
}
