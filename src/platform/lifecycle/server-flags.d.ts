/** See server-flags.js: plain JavaScript, because it is read before there is anything else. */
export function serverFlags(version?: string): readonly string[]
