import type { Visitor } from './visitor.ts'

/** A page has no more stops than this before what is looked for. */
export const maxStops = 60

/** Presses Tab until what has the focus is called so: by its words, its label or its name in a form. */
export async function tabTo(visitor: Visitor, name: RegExp): Promise<void> {
  for (let stops = 0; stops < maxStops; stops++) {
    await visitor.page.keyboard.press('Tab')
    const names = await visitor.page.evaluate(() => {
      const at = document.activeElement
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : []
      return [at, ...labels]
        .map((one) => one?.textContent?.trim() ?? '')
        .concat(at?.getAttribute('name') ?? '')
    })
    if (names.some((one) => name.test(one))) return
  }
  throw new Error(`Tab never reached ${name.source}`)
}
