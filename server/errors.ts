/** Every error a person can meet, one named function each: what happened, to what, and what to do. */

/** An error that is shown to the person who caused it, with its HTTP status. */
export class AppError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, message: string) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.status = status
  }
}
