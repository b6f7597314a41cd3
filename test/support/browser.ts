import { spawnSync } from 'node:child_process'
import { delimiter, isAbsolute, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const onMacs = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** Drawing as if there were a graphics processor where there is none costs more than it shows. */
const plainly = ['--disable-gpu', '--disable-gpu-rasterization', '--disable-software-rasterizer']

/**
 * Starts a browser that shows no window: the one $CHROMIUM names, else one this machine has, else
 * the one among the packages (Linux on x64).
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = installedBrowser()
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: plainly })
  return chromium.launch({
    executablePath: await packagedBrowser(),
    // Its package's own arguments run all in one process, where closing a page closes everything.
    args: ['--no-sandbox', '--headless=shell'],
  })
}

function installedBrowser(): string | undefined {
  const named = process.env['CHROMIUM']
  if (named !== undefined && named !== '') return named
  const known = process.platform === 'darwin' ? [...names, onMacs] : names
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return known
    .flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
    .find((file) => spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0)
}

/** Unpacked into the folder for temporary files on first use, with the libraries it needs. */
async function packagedBrowser(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found: install Chromium, or set CHROMIUM to the path of one')
  }
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
