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
    writeFileSync(part, output.path.endsWith('.js') ? inAscii(output.text) : output.contents)
    renameSync(part, output.path)
  }
  return entries.map((entry) => join(folder, basename(entry).replace(/\.tsx?$/, '.js')))
}

/**
 * A text with a letter beyond Latin 1 takes two bytes for each in memory, and Node keeps the text of
 * the whole service. What esbuild leaves of them stands in regular expressions, where either is the same.
 */
function inAscii(text) {
  return text.replace(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
