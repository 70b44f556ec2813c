/** A fault of what the site is built from: its message says what to mend, so no stack is shown. */
export class BuildError extends Error {}
