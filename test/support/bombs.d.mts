/** The names of all bombs. */
export const BOMBS: readonly string[];

/** The bytes of the bomb of that name. */
export function bombOf(name: string): Uint8Array;
