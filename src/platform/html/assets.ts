import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { compileScript, compileStyles } from './compile-assets.ts'
import { ICON } from './icon-file.ts'

/** A file the site serves. Its path carries a hash of its contents, so it may be kept for ever. */
export type AssetFile = {
  readonly path: string
  readonly type: string
  readonly body: Buffer
  readonly gzip: Buffer
  readonly brotli: Buffer
}

/** Everything the pages fetch. Nothing of it comes from another host. */
export type Assets = {
  readonly styles: AssetFile
  readonly script: AssetFile
  readonly icon: AssetFile
  /** The other files to be served: the icon. */
  readonly files: readonly AssetFile[]
}

type Text = { readonly name: string; readonly type: string; readonly text: string }
type Compiled = { readonly styles: string; readonly script: string }

const FOLDER = 'src/platform/html'
const INPUT_FOLDERS = [`${FOLDER}/styles`, `${FOLDER}/client`]
const PACKAGES = ['nhsuk-frontend', 'sass', 'esbuild']

function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** A hash of everything that the styles and the script are made of. */
async function inputsHash(root: string): Promise<string> {
  const folders = await Promise.all(
    INPUT_FOLDERS.map(async (folder) => {
      const names = await readdir(join(root, folder))
      return names.toSorted().map((name) => join(root, folder, name))
    }),
  )
  const files = [
    ...folders.flat(),
    join(root, FOLDER, 'compile-assets.ts'),
    ...PACKAGES.map((name) => join(root, 'node_modules', name, 'package.json')),
  ]
  return hashOf(...(await Promise.all(files.map((file) => readFile(file)))))
}

async function compiledBefore(cache: string): Promise<Compiled | undefined> {
  const text = await readFile(cache, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { styles, script } = JSON.parse(text) as Partial<Compiled>
  return styles !== undefined && script !== undefined ? { styles, script } : undefined
}

/** Compiles, and leaves the outcome for the next start: whole, or not at all. */
async function compile(root: string, cache: string): Promise<Compiled> {
  const [styles, script] = await Promise.all([compileStyles(root), compileScript(root)])
  await mkdir(join(root, '.build'), { recursive: true })
  const part = `${cache}.${process.pid}`
  await writeFile(part, JSON.stringify({ styles, script }))
  await rename(part, cache)
  return { styles, script }
}

function assetFile({ name, type, text }: Text): AssetFile {
  const body = Buffer.from(text)
  const [stem, extension] = name.split('.')
  return {
    path: `/assets/${stem}-${hashOf(body)}.${extension}`,
    type,
    body,
    gzip: gzipSync(body, { level: 9 }),
    brotli: brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  }
}

/**
 * Styles, script and icon, compressed and ready to be served. Compiled once for each state of
 * their sources and kept under `.build`. `root` is the folder of package.json.
 */
export async function buildAssets(root = process.cwd()): Promise<Assets> {
  const cache = join(root, '.build', `assets-${await inputsHash(root)}.json`)
  const compiled = (await compiledBefore(cache)) ?? (await compile(root, cache))
  const icon = assetFile({ name: 'icon.svg', type: 'image/svg+xml', text: ICON })
  return {
    styles: assetFile({ name: 'app.css', type: 'text/css; charset=utf-8', text: compiled.styles }),
    script: assetFile({
      name: 'app.js',
      type: 'text/javascript; charset=utf-8',
      text: compiled.script,
    }),
    icon,
    files: [icon],
  }
}
