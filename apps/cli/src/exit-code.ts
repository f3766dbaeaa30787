/** What the process ends with; part of the interface, as scripts and CI branch on it. */
export const exitCode = {
  /** Done, and nothing to object to. */
  ok: 0,
  /** The command ran and found problems; they are on standard output. */
  problems: 1,
  /** The command could not run: wrong arguments or an unreadable file. Why is on standard error. */
  notRun: 2,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
