import { describe, expect, it } from 'vitest';

import type { Bench } from '../../support/conversation-homes.ts';
import { add, fresh } from '../../support/turns.ts';

const WORKSPACE = { platform: 'slack', workspace: 'T1' };
const OTHER = { platform: 'slack', workspace: 'T2' };
const UNCHANGED = { channels: [], roles: [], followUps: true };

export function describeWorkspaces(bench: Bench): void {
  describe('the settings of a workspace', () => {
    it('are what was decided for it, and for no other', async () => {
      const { store } = bench;
      expect(await store.workspaceSettings(WORKSPACE)).toEqual(UNCHANGED);
      const change = { channels: ['C1', 'C2', 'C1'], dailyPerPerson: 5, followUps: false };
      const changed = { channels: ['C1', 'C2'], roles: [], dailyPerPerson: 5, followUps: false };
      expect(await store.changeWorkspaceSettings(WORKSPACE, change, 'ann')).toEqual(changed);
      expect(await (await bench.another()).workspaceSettings(WORKSPACE)).toEqual(changed);
      expect(await store.workspaceSettings(OTHER)).toEqual(UNCHANGED);
    });

    it('are changed one by one, by several at once, and back', async () => {
      const { store } = bench;
      const another = await bench.another();
      await Promise.all([
        store.changeWorkspaceSettings(WORKSPACE, { maxRounds: 2 }, 'ann'),
        another.changeWorkspaceSettings(WORKSPACE, { roles: ['R1'] }, 'ben'),
        store.changeWorkspaceSettings(WORKSPACE, { dailyPerPerson: 0.5 }, 'ann'),
      ]);
      expect(await store.workspaceSettings(WORKSPACE)).toEqual({
        ...UNCHANGED,
        roles: ['R1'],
        maxRounds: 2,
        dailyPerPerson: 1,
      });
      const back = { roles: [], maxRounds: null, dailyPerPerson: null };
      expect(await store.changeWorkspaceSettings(WORKSPACE, back, 'ann')).toEqual(UNCHANGED);
    });

    it('are written down with who changed them, where something changed', async () => {
      const store = await bench.another({ AUDIT_TEXT: true });
      await store.changeWorkspaceSettings(WORKSPACE, { followUps: true, channels: [] }, 'ann');
      const change = { followUps: false, maxRounds: 1 };
      await store.changeWorkspaceSettings(WORKSPACE, change, 'ann');
      await store.changeWorkspaceSettings(WORKSPACE, change, 'ann');
      expect(await store.auditEntries({ limit: 9 })).toEqual([
        { at: bench.now, person: 'ann', action: 'settings', text: JSON.stringify(change) },
      ]);
    });
  });

  describe('the limit of a workspace', () => {
    it('counts what a person asked for there today, also where it was forgotten', async () => {
      const { store } = bench;
      const [here, there] = await Promise.all(
        [WORKSPACE, OTHER].map(async (workspace) => {
          const place = { ...workspace, channel: 'C1' };
          return (await store.openConversation(place)).id;
        }),
      );
      const limits = { dailyInWorkspace: 1 };
      const ask = (conversationId = '', name = '') =>
        store.addTurn(fresh(conversationId, name, { limits }));
      await add(store, fresh(there ?? '', 'elsewhere'));
      expect(await ask(here, 'first')).toMatchObject({ kind: 'added' });
      const limited = { kind: 'limited', limit: 'dailyInWorkspace' };
      expect(await ask(here, 'second')).toEqual(limited);
      expect(await store.addTurn(fresh(here ?? '', 'b', { limits, person: 'web:ben' }))).toEqual(
        expect.objectContaining({ kind: 'added' }),
      );
      await store.removePerson('web:ann');
      const again = await store.openConversation({ ...WORKSPACE, channel: 'C1' });
      expect(await ask(again.id, 'third')).toEqual(limited);
      bench.now += 12 * 3_600_000;
      expect(await ask(again.id, 'tomorrow')).toMatchObject({ kind: 'added' });
    });
  });
}
