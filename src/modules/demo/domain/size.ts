/** How much to make. `patients` is how many each practice has. */
export interface DemoSize {
  readonly practices: number
  readonly patients: number
  readonly seed: number
}

/** What `npm start` makes: enough to try everything, in a few seconds. */
export const smallDemo: DemoSize = { practices: 3, patients: 100, seed: 1 }
