import type { Context } from './context.ts';
import type { View } from './view.ts';

export async function createView(json: boolean, { stdout, environment }: Context): Promise<View> {
  if (json) {
    const { createJsonView } = await import('./json-view.ts');
    return createJsonView(stdout);
  }
  const [{ Terminal }, { TextView }] = await Promise.all([
    import('./terminal.ts'),
    import('./text-view.ts'),
  ]);
  return new TextView(new Terminal(stdout, environment));
}
