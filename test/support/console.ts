/** What the console is told of errors while `act` runs. */
export async function errorsOf(act: () => Promise<unknown>): Promise<string[]> {
  const { error } = console;
  const messages: string[] = [];
  console.error = (message: string) => void messages.push(message);
  try {
    await act();
  } finally {
    console.error = error;
  }
  return messages;
}
