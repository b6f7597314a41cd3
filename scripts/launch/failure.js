/** A foreseen end of a command, told to the person at the console in one line. */
export class Failure extends Error {}
