/** Path prefix of the bundle's language: "" or "/de". Defined by the build. */
declare const ROOT: string
