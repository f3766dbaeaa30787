/** What a caller may ask of a job. */
export const actions = ['read', 'pause', 'start'] as const;
export type Action = (typeof actions)[number];
