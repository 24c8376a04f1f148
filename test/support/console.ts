/** What the console is told of errors while `act` runs. */
export function errorsOf(act: () => unknown): Promise<string[]> {
  return toldTo('error', act);
}

/** What the console is told of warnings while `act` runs. */
export function warningsOf(act: () => unknown): Promise<string[]> {
  return toldTo('warn', act);
}

async function toldTo(level: 'error' | 'warn', act: () => unknown): Promise<string[]> {
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
