import { expect, test } from 'vitest';

test('a message is written once: a second one of the same name would replace it everywhere, unseen', () => {
  const files = import.meta.glob<Record<string, unknown>>('../../messages/*.json', {
    eager: true,
    import: 'default',
  });
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [file, messages] of Object.entries(files)) {
    const language = file.split('/').at(-1)?.split('.')[0];
    for (const name of Object.keys(messages).filter((key) => key !== '$schema')) {
      const key = `${language} ${name}`;
      const other = seen.get(key);
      if (other) twice.push(`${name} in ${other} and ${file}`);
      seen.set(key, file);
    }
  }
  expect(seen.size).toBeGreaterThan(500);
  expect(twice).toEqual([]);
});
