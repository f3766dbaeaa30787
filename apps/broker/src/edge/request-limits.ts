/** Bytes of all headers together, the request line included. */
export const maxHeaderSize = 32 * 1024;

/** Connections that may wait to be taken while the broker is busy; the kernel has a bound of its own (net.core.somaxconn). */
export const listenBacklog = 4_096;

/** Characters of one parameter in a path. */
export const longestParameter = 512;
