/** Longest query text, in UTF-16 code units: what a reader can oversee. */
export const maxQueryLength = 1_000;

/** Longest text of a query that was joined from parts: it is recorded whole in the entry of the read. */
export const maxRecordedQuery = 2_000;

/** Most terms in a query text. */
export const maxTerms = 30;
