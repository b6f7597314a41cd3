/** Each patient's journey is walked twice on a small screen, each time by people of a practice apart. */
export const ways = [
  { way: 'with scripts', scripts: true, practice: 0 },
  { way: 'without scripts', scripts: false, practice: 1 },
] as const
