/** An error in the site's sources. Its message says what to fix, so no stack is shown. */
export class BuildError extends Error {}
