/** Where a command writes. Text for people and pipes goes to `out`, why a command could not run to `error`. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Whether a person sees what goes to `error`, so that a line may be drawn anew. */
  readonly interactive?: boolean;
}
