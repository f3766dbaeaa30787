/** Entries of the log that is tampered with: two full tiles and 188 hashes of a third. */
export const corpusSize = 700;
