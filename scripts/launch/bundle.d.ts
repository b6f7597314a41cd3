/** See bundle.js. Gives the bundled files in the order of the entries. */
export function bundle(root: string, entries: readonly string[]): Promise<readonly string[]>
