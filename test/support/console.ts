/** Returns the errors that are logged while `act` runs. */
export function collectErrors(act: () => unknown): Promise<string[]> {
  return collect('error', act);
}

/** Returns the warnings that are logged while `act` runs. */
export function collectWarnings(act: () => unknown): Promise<string[]> {
  return collect('warn', act);
}

async function collect(level: 'error' | 'warn', act: () => unknown): Promise<string[]> {
  const { [level]: original } = console;
  const messages: string[] = [];
  console[level] = (message: unknown) => void messages.push(String(message)); // the test runner logs errors as objects
  try {
    await act();
  } finally {
    console[level] = original;
  }
  return messages;
}
