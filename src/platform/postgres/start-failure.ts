/** The embedded database cannot be had. The message is one line for the person at the console. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}
