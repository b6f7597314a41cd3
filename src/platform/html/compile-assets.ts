import { join } from 'node:path'

/** The stylesheet, minified, its pictures within it. `root` is the folder of package.json. */
export async function compileStyles(root: string): Promise<string> {
  const sass = await import('sass')
  const { css } = await sass.compileAsync(join(root, 'src/platform/html/styles/app.scss'), {
    loadPaths: [join(root, 'node_modules')],
    style: 'compressed',
    quietDeps: true,
  })
  const esbuild = await import('esbuild')
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: css, loader: 'css', resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    loader: { '.svg': 'dataurl' },
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}

/** The browser's module, minified, in one file. `root` is the folder of package.json. */
export async function compileScript(root: string): Promise<string> {
  const esbuild = await import('esbuild')
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/platform/html/client/app.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari15'],
    legalComments: 'none',
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}
