/**
 * The address below which the pages of this bundle's language stand: "" or "/de". Told by the
 * build.
 */
declare const ROOT: string
