/** Returns the number of date formatters for a time zone that are created until an action ends. */
export async function recordFormatters(timeZone: string, action: () => Promise<void>): Promise<number> {
  const { DateTimeFormat } = Intl;
  let count = 0;
  Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
    construct(target, [locales, options]: ConstructorParameters<typeof DateTimeFormat>) {
      if (options?.timeZone === timeZone) count++;
      return new target(locales, options);
    },
  });
  await action().finally(() => (Intl.DateTimeFormat = DateTimeFormat));
  return count;
}
