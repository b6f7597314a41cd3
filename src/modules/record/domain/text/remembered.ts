/** What was made of pieces of texts before, found again without cutting the piece out. */
export interface Remembered<Made> {
  /** What was made of the piece from `from` to `to`, `to` excluded, or is made of it now. */
  readonly of: (text: string, from: number, to: number) => Made
}

/**
 * Remembers up to `most` things that were made of short pieces, and then begins anew. What `make`
 * gives may depend on nothing but the piece.
 */
export function makeRemembered<Made>(
  most: number,
  longest: number,
  make: (piece: string) => Made,
): Remembered<Made> {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 2)))
  const hashes = new Int32Array(most + 1)
  const pieces: string[] = ['']
  const made: Made[] = [make('')]
  const last = slots.length - 1
  const add = (text: string, from: number, to: number, hash: number, slot: number) => {
    const piece = text.slice(from, to)
    const thing = make(piece)
    if (pieces.length > most) {
      slots.fill(0)
      pieces.length = 1
      made.length = 1
      slot = hash & last
    }
    slots[slot] = pieces.length
    hashes[pieces.length] = hash
    pieces.push(piece)
    made.push(thing)
    return thing
  }
  return {
    of: (text, from, to) => {
      if (to - from > longest) return make(text.slice(from, to))
      let hash = to - from
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93)
      hash ^= hash >>> 15
      let slot = hash & last
      for (let at = slots[slot] ?? 0; at !== 0; at = slots[slot] ?? 0) {
        if (hashes[at] === hash && stands(pieces[at] ?? '', text, from, to)) {
          const known = made[at]
          if (known !== undefined) return known
        }
        slot = (slot + 1) & last
      }
      return add(text, from, to, hash, slot)
    },
  }
}

function stands(piece: string, text: string, from: number, to: number): boolean {
  if (piece.length !== to - from) return false
  for (let at = from; at < to; at++)
    if (piece.charCodeAt(at - from) !== text.charCodeAt(at)) return false
  return true
}
