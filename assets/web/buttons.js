import { h, setChildren } from './dom.js';
import { icon } from './icons.js';

/** How the buttons are called and drawn that the bot labels with a sign alone. */
const SIGNS = {
  'thumbs-up': ['up', 'Good result'],
  'thumbs-down': ['down', 'Bad result'],
};

/** The buttons that the bot put on a message. `onPress` gets each with the message it is on. */
export function buttonsView(onPress) {
  const element = h('div', { class: 'buttons' });
  let shown = '';
  return {
    element,
    update({ buttons, messageId }, ...more) {
      element.hidden = buttons.length === 0 && more.length === 0;
      const text = JSON.stringify([messageId, buttons]);
      if (text === shown) return;
      shown = text;
      setChildren(element, [
        ...more,
        ...buttons.map((button) => buttonOf(button, messageId, onPress)),
      ]);
    },
  };
}

function buttonOf(button, messageId, onPress) {
  const [sign, name] = SIGNS[button.action] ?? [];
  const element = h(
    'button',
    {
      type: 'button',
      class: `button button-${button.style}${sign ? ' button-sign' : ''}`,
      'aria-label': name,
      title: name,
      'data-action': button.action,
      'aria-pressed': sign ? 'false' : undefined,
      onclick: async () => {
        element.setAttribute('aria-busy', 'true');
        const isDone = await onPress(messageId, button);
        element.removeAttribute('aria-busy');
        if (sign && isDone) judge(element);
      },
    },
    sign ? icon(sign) : button.label,
  );
  return element;
}

/** One opinion a turn: the other one is taken back. */
function judge(pressed) {
  for (const other of pressed.parentElement?.querySelectorAll('.button-sign') ?? []) {
    other.setAttribute('aria-pressed', String(other === pressed));
  }
}
