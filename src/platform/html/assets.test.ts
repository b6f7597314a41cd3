import { mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets, type Assets } from './assets.ts'

describe('buildAssets', () => {
  let root = ''
  let assets: Assets

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'assets-'))
    await symlink(join(process.cwd(), 'src'), join(root, 'src'))
    await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
    assets = await buildAssets(root)
  }, 60_000)

  afterAll(() => rm(root, { recursive: true }))

  test('gives styles, script and icon under paths that change with their contents', () => {
    expect(assets.styles.path).toMatch(/^\/assets\/app-[0-9a-f]{16}\.css$/)
    expect(assets.script.path).toMatch(/^\/assets\/app-[0-9a-f]{16}\.js$/)
    expect(assets.files.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/assets\/icon-[0-9a-f]{16}\.svg$/),
    ])
  })

  test('gives the same bytes plain and compressed', () => {
    for (const file of [assets.styles, assets.script, ...assets.files]) {
      expect(gunzipSync(file.gzip).equals(file.body)).toBe(true)
      expect(brotliDecompressSync(file.brotli).equals(file.body)).toBe(true)
    }
  })

  test('fetches nothing: no font, no picture and no import of another file or host', () => {
    const styles = assets.styles.body.toString()
    expect(styles).not.toMatch(/@font-face|@import|Frutiger/i)
    expect(styles.match(/url\((?!["']?data:)[^)]*\)/g)).toBeNull()
    const script = assets.script.body.toString()
    expect(script).not.toMatch(/\bimport\b|XMLHttpRequest|sendBeacon|["'`](https?:)?\/\//)
  })

  test('sets a font of the system, and our own classes beside those of the design system', () => {
    const styles = assets.styles.body.toString()
    expect(styles).toMatch(/html\{[^}]*font-family:-apple-system/)
    for (const name of ['nhsuk-button', 'nhsuk-radios', 'app-acting-for', 'app-day', 'app-mark']) {
      expect(styles).toContain(`.${name}`)
    }
  })

  test('makes them once: the next start takes what was kept', async () => {
    const folder = join(root, '.build')
    const kept = await readdir(folder)
    expect(kept).toHaveLength(1)
    const made = (await stat(join(folder, kept[0] ?? ''))).mtimeMs
    expect(await buildAssets(root)).toEqual(assets)
    expect((await stat(join(folder, kept[0] ?? ''))).mtimeMs).toBe(made)
  })
})
