import type { ChatMessage } from '../../src/bots/messages.ts';
import type { PlainText } from '../../src/bots/plain-text.ts';

/** All texts of a message but labels and what stands for pictures. */
export function textsIn(message: ChatMessage): PlainText[] {
  const texts = (): (PlainText | undefined)[] => {
    switch (message.kind) {
      case 'status':
        return [
          message.request,
          message.line,
          message.thinking?.text,
          message.plan,
          message.problem,
        ];
      case 'round':
        return [
          message.title,
          message.instruction,
          message.critique?.text,
          message.verdict?.line,
          message.verdict?.details,
        ];
      case 'final':
        return [message.line];
      case 'note':
        return [message.text];
    }
    return message satisfies never;
  };
  return texts().filter((text) => text !== undefined);
}
