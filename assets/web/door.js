import { enter } from './api.js';
import { h } from './dom.js';

/** Asks for the token, until it is right. */
export function makeDoor(onOpened) {
  const input = h('input', {
    type: 'password',
    id: 'token',
    autocomplete: 'current-password',
    required: true,
  });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h(
    'form',
    { class: 'door-form' },
    h('h2', {}, 'This chat has a token'),
    h('label', { for: 'token' }, 'Enter the WEB_TOKEN that it was started with.'),
    input,
    problem,
    h('button', { type: 'submit', class: 'button button-primary' }, 'Open'),
  );
  const element = h('dialog', { class: 'door', 'aria-label': 'Token' }, form);
  element.addEventListener('cancel', (event) => event.preventDefault());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await enter(input.value);
      input.value = '';
      problem.textContent = '';
      element.close();
      onOpened();
    } catch (error) {
      problem.textContent = error.message;
      input.select();
    }
  });
  document.body.append(element);
  return () => {
    if (!element.open) element.showModal();
  };
}
