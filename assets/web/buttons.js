import { h, setAttribute, setChildren } from './dom.js';
import { icon } from './icons.js';

/** How the buttons are called and drawn that the bot labels with a sign alone. */
const SIGNS = {
  'thumbs-up': ['up', 'Good result'],
  'thumbs-down': ['down', 'Bad result'],
};

/** The opinions that buttons stand for: of one turn there is one. */
const OPINIONS = { 'thumbs-up': 'up', 'thumbs-down': 'down' };

/** The buttons that the bot put on a message. `onPress` gets each with the message it is on. */
export function buttonsView(onPress) {
  const element = h('div', { class: 'buttons' });
  let shown = '';
  return {
    element,
    update({ buttons, messageId, opinion }, ...more) {
      element.hidden = buttons.length === 0 && more.length === 0;
      const text = JSON.stringify([messageId, buttons]);
      if (text !== shown) {
        shown = text;
        setChildren(element, [
          ...more,
          ...buttons.map((button) => buttonOf(button, messageId, onPress)),
        ]);
      }
      showOpinion(element, opinion);
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
      onclick: async () => {
        element.setAttribute('aria-busy', 'true');
        await onPress(messageId, button);
        element.removeAttribute('aria-busy');
      },
    },
    sign ? icon(sign) : button.label,
  );
  return element;
}

function showOpinion(element, opinion) {
  for (const [action, meant] of Object.entries(OPINIONS)) {
    const button = element.querySelector(`[data-action="${action}"]`);
    if (button) setAttribute(button, 'aria-pressed', String(meant === opinion));
  }
}
