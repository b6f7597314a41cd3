const piece = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$[\s\S]*?\$\1\$|;|[^]/g

/** One statement of a script, and the comments that stand before it. */
export interface ScriptStatement {
  readonly text: string
  readonly comment: string
}

/** The statements of a script, parted at semicolons that are not within a literal or comment. */
export function splitStatements(script: string): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = []
  let text = ''
  let comment = ''
  const end = (): void => {
    if (text.trim() !== '') statements.push({ text: text.trim(), comment: comment.trim() })
    text = ''
    comment = ''
  }
  for (const [found] of script.matchAll(piece)) {
    if (found === ';') end()
    else if (!found.startsWith('--') && !found.startsWith('/*')) text += found
    else if (text.trim() === '') comment += `${found}\n`
  }
  end()
  return statements
}
