/** How many times a message is tried before staff must look at it. */
export const triesAtMost = 8

const waitSeconds = [10, 60, 300, 900, 3600, 7200, 14_400]

/**
 * When to try again after the `tries`-th try (from 1) came to nothing; undefined where it was the
 * last. All tries together take about eight hours.
 */
export function nextTryAt(now: Date, tries: number): Date | undefined {
  const seconds = tries >= triesAtMost ? undefined : waitSeconds[tries - 1]
  return seconds === undefined ? undefined : new Date(now.getTime() + seconds * 1000)
}

/** How soon after an approval its prescription is put together, so that others may join it. */
export const gatherSeconds = 60
