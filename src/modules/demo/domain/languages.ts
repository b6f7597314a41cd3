import type { Origin } from './name-lists.ts'
import type { Random } from './random.ts'

const spoken: Readonly<Record<Origin, string>> = {
  british: 'en',
  irish: 'en',
  indian: 'pa',
  pakistani: 'ur',
  bangladeshi: 'bn',
  african: 'en',
  caribbean: 'en',
  polish: 'pl',
  romanian: 'ro',
  chinese: 'zh',
  arab: 'ar',
}

/** The language somebody speaks best, where it is recorded: for one in eight it is not. */
export function languageOf(random: Random, origin: Origin): string | undefined {
  if (random.chance(0.12)) return undefined
  return random.chance(0.55) ? spoken[origin] : 'en'
}
