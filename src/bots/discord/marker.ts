import { createHash } from 'node:crypto';

import { ComponentType, type APIMessage } from 'discord.js';

import { markerIn } from './custom-id.ts';

/*
 * By what a message of ours is found again. It is in the names of its files and in its buttons; as
 * some have neither, it is also in the ids that Discord lets components have.
 */

const MOST = 2 ** 31 - 1;

/** Two ids of components, 1 to 2³¹ − 1, that only this marker has. */
export function idsOf(marker: string): readonly [number, number] {
  const digest = createHash('sha256').update(marker).digest();
  const first = 1 + (digest.readUInt32BE(0) % (MOST - 1));
  const second = 1 + (digest.readUInt32BE(4) % (MOST - 1));
  return [first, second === first ? first + 1 : second];
}

/** The name of a file that carries the marker: `result-<marker>.png`. */
export function markedName(name: string, marker: string | undefined): string {
  return marker === undefined ? name : name.replace(/(?=\.\w+$)/, `-${marker}`);
}

type Marked = Pick<APIMessage, 'attachments' | 'components' | 'nonce'>;

export function hasMarker(message: Marked, marker: string): boolean {
  const [containerId, textId] = idsOf(marker);
  const [container] = message.components ?? [];
  return (
    message.nonce === marker ||
    message.attachments.some(({ filename }) => filename.includes(`-${marker}.`)) ||
    buttonIds(message.components).some((id) => markerIn(id) === marker) ||
    (container?.type === ComponentType.Container &&
      container.id === containerId &&
      container.components[0]?.id === textId)
  );
}

/** The marker that a message carries where it can be read from it. */
export function markerOf(message: Marked): string | undefined {
  const inName = message.attachments
    .map(({ filename }) => /-([0-9a-z]{20})\.\w+$/.exec(filename)?.[1])
    .find((marker) => marker !== undefined);
  return (
    inName ??
    buttonIds(message.components)
      .map(markerIn)
      .find((marker) => marker !== undefined)
  );
}

function buttonIds(components: APIMessage['components']): string[] {
  return (components ?? []).flatMap((component) => {
    if (component.type === ComponentType.Container) return buttonIds(component.components);
    if (component.type !== ComponentType.ActionRow) return [];
    return component.components.flatMap((inner) => ('custom_id' in inner ? [inner.custom_id] : []));
  });
}
