import { addressOf, BUSY_MACHINE } from '../fake-slack/bot-at-slack.ts';
import { FakeSlack } from '../fake-slack/fake-slack.ts';
import { appOfManifest } from '../fake-slack/manifest.ts';
import type { Person } from '../fake-slack/person.ts';
import type { Seen } from '../fake-slack/seen.ts';
import { kindOf } from '../fake-slack/transcript.ts';
import { untilHeard } from '../fake-slack/until.ts';
import type { Shown, Surface } from './surface.ts';

/** Slack over Socket Mode: a mention with a picture, in a channel. */
export async function openSlack(): Promise<Surface> {
  const slack = await FakeSlack.start({
    ...(await appOfManifest()),
    pollsUntilReady: 0,
    ...BUSY_MACHINE,
  });
  let talks = 0;
  return {
    settings: addressOf(slack),
    arrival: () => slack.sockets.connected(),
    ask: async (request, bytes) => {
      talks += 1;
      const person = slack.person(`person${talks}`);
      const channel = slack.channel(`channel-${talks}`);
      const root = await person.mentions(channel, request, [{ name: 'picture.png', bytes }]);
      return {
        look: () => slack.thread(root).map((seen) => shown(seen, person)),
        says: (text) => person.replies(root, text),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await slack[Symbol.asyncDispose]();
      slack.demandNoFaults();
    },
  };
}

function shown(seen: Seen, person: Person): Shown {
  const { message, text, pictures, buttons } = seen;
  const kind = kindOf(seen);
  return {
    kind: kind === 'status' || kind === 'note' ? 'other' : kind,
    text,
    pictures: pictures.map(({ alt, file }) => ({ alt, bytes: () => Promise.resolve(file.bytes) })),
    buttons: buttons.map(({ label }) => ({
      label,
      press: () => untilHeard(() => person.presses(message, label)),
    })),
  };
}
