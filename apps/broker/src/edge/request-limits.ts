/** Bytes of all headers together, the request line included. */
export const maxHeaderSize = 32 * 1024;

/** Characters of one parameter in a path. */
export const longestParameter = 512;
